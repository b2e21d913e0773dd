"""The table of concordance as a workbook: Summary, Concordance, Gaps, Reverse, Issues.

What holds afterwards: the same result gives the same bytes; every requirement has one row; every
text is a text and never a formula, number or link; every row is as tall as its longest cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nis2_align.concordance import Row, Table
from nis2_align.export import words
from nis2_align.export.cells import cell, fit, lines_of, row_height
from nis2_align.export.summary import Styles, write_summary
from nis2_align.messages import Messages
from nis2_align.model import Coverage, Issue

__all__ = ["FILLS", "to_xlsx"]

#: Background of each grade; the word always stands beside the colour.
FILLS: Mapping[Coverage, str] = {
    Coverage.FULL: "#C6E7CE",
    Coverage.PARTIAL: "#FFEB9C",
    Coverage.NONE: "#F8CBAD",
    Coverage.NOT_APPLICABLE: "#E3E3E3",
    Coverage.UNCERTAIN: "#CFE2F3",
}
# The day of the directive: a date of its own would make two runs differ.
_CREATED = datetime(2022, 12, 14)
_A3 = 8
# "none": the font is Arial itself, and not whatever the theme of the workbook names.
_FACE = {"font_name": "Arial", "font_size": 9, "font_scheme": "none"}
_FONT = {**_FACE, "valign": "top"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    key: str
    width: float


_CONCORDANCE = (
    _Column(key="requirement", width=12.5),
    _Column(key="heading", width=27),
    _Column(key="coverage", width=16),
    _Column(key="confidence", width=13),
    _Column(key="provisions", width=27),
    _Column(key="quotes", width=62),
    _Column(key="elements", width=27),
    _Column(key="gaps", width=34),
    _Column(key="rationale", width=32),
)
_GAPS = (
    _Column(key="requirement", width=12.5),
    _Column(key="heading", width=27),
    _Column(key="coverage", width=16),
    _Column(key="kind", width=16),
    _Column(key="element", width=20),
    _Column(key="message", width=44),
    _Column(key="expected", width=18),
    _Column(key="found", width=18),
    _Column(key="provisions", width=27),
    _Column(key="quotes", width=52),
)
_REVERSE = (
    _Column(key="act", width=24),
    _Column(key="ref", width=18),
    _Column(key="label", width=27),
    _Column(key="class", width=20),
    _Column(key="requirements", width=44),
    _Column(key="gold_plating", width=62),
)
_ISSUES = (
    _Column(key="act", width=24),
    _Column(key="page", width=9),
    _Column(key="severity", width=14),
    _Column(key="code", width=28),
    _Column(key="issue", width=90),
)
# One line of a sheet: text, number or nothing for each column, and the grade that colours it.
_Value = str | float | None
_Line = tuple[Sequence[_Value], Coverage | None]


def to_xlsx(table: Table, say: Messages) -> bytes:
    """Write the workbook.

    Args:
        table: The table of concordance.
        say: Words of the heads, grades and kinds of gap.

    Returns:
        The bytes of the workbook. Quotes that no row could hold are shortened with ``[…]``.
    """
    buffer = BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # Columns are measured in digits of the default font: it must be that of the cells.
            # A copy, since the workbook writes into what it is given.
            "default_format_properties": dict(_FACE),
        },
    )
    book.set_properties({"title": say.text("title"), "created": _CREATED})
    styles = _styles(book)
    write_summary(_sheet(book, "summary", table, say), table, say, styles)
    _list(book, "concordance", _CONCORDANCE, _concordance(table, say), table, say, styles)
    _list(book, "gaps", _GAPS, _gaps(table, say), table, say, styles)
    _list(book, "reverse", _REVERSE, _reverse(table, say), table, say, styles)
    _list(book, "issues", _ISSUES, _issues(table.issues, say), table, say, styles)
    book.close()
    return buffer.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    styles = {
        "text": book.add_format({**_FONT, "text_wrap": True}),
        "plain": book.add_format(_FONT),
        "number": book.add_format({**_FONT, "num_format": "0.00", "align": "center"}),
        "count": book.add_format({**_FONT, "align": "center"}),
        "share": book.add_format({**_FONT, "num_format": "0.0", "align": "center"}),
        "digest": book.add_format({**_FONT, "font_size": 6}),
        "title": book.add_format({**_FONT, "bold": True, "font_size": 14}),
        "section": book.add_format({**_FONT, "bold": True, "font_size": 11}),
        "head": book.add_format(
            {
                **_FONT,
                "bold": True,
                "text_wrap": True,
                "font_color": "#FFFFFF",
                "bg_color": "#1F3864",
                "border": 1,
                "border_color": "#7F7F7F",
            }
        ),
    }
    for grade, fill in FILLS.items():
        graded = {**_FONT, "text_wrap": True, "bold": True, "bg_color": fill}
        styles[grade.value] = book.add_format(graded)
        styles[f"count_{grade.value}"] = book.add_format({**graded, "align": "center"})
    for name, style in styles.items():
        if name not in {"plain", "digest", "title", "section", "head"}:
            style.set_border(1)
            style.set_border_color("#BFBFBF")
    return styles


def _sheet(book: Workbook, name: str, table: Table, say: Messages) -> Worksheet:
    sheet = book.add_worksheet(say.text(f"sheet_{name}"))
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    # An ampersand begins a code here, so a title must double it; 255 characters are the limit.
    # The space after the size keeps a figure that follows from being read as part of it.
    titles = ", ".join(act.title for act in table.acts)
    about = cell(say.text("subtitle", celex=table.celex, acts=titles)).replace("\n", " ")
    about = about.replace("&", "&&")[:150].rstrip("&")
    sheet.set_footer(f"&L&8 {about}&R&8 &P / &N")
    return sheet


def _list(
    book: Workbook,
    name: str,
    columns: Sequence[_Column],
    lines: Iterator[_Line],
    table: Table,
    say: Messages,
    styles: Styles,
) -> None:
    """Write one sheet that is a list: head, filter, and a row per line."""
    sheet = _sheet(book, name, table, say)
    sheet.set_paper(_A3)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    heads = [say.text(f"column_{column.key}") for column in columns]
    for place, (column, head) in enumerate(zip(columns, heads, strict=True)):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, head, styles["head"])
    # Room for the button of the filter, which covers the end of a head.
    tallest = max(
        lines_of(head, column.width - 2) for column, head in zip(columns, heads, strict=True)
    )
    sheet.set_row(0, 12.5 * tallest + 6)
    last = 0
    for last, (values, grade) in enumerate(lines, start=1):
        _write(sheet, last, columns, values, grade, styles)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _write(
    sheet: Worksheet,
    row: int,
    columns: Sequence[_Column],
    values: Sequence[_Value],
    grade: Coverage | None,
    styles: Styles,
) -> None:
    shown: list[tuple[str, float]] = []
    for place, (column, value) in enumerate(zip(columns, values, strict=True)):
        if isinstance(value, str) and value:
            text = cell(value)
            graded = column.key == "coverage" and grade is not None
            style = styles[grade.value if graded and grade else "text"]
            sheet.write_string(row, place, text, style)
            shown.append((text, column.width - 1.5 if graded else column.width))
        elif isinstance(value, (int, float)):
            style = styles["count" if column.key == "page" else "number"]
            sheet.write_number(row, place, value, style)
        else:
            sheet.write_blank(row, place, None, styles["text"])
    sheet.set_row(row, row_height(shown))


def _concordance(table: Table, say: Messages) -> Iterator[_Line]:
    width = {column.key: column.width for column in _CONCORDANCE}
    for row in table.rows:
        values: list[_Value] = [
            row.requirement,
            row.heading,
            words.grade(row.coverage, say),
            round(row.confidence, 6),
            fit(words.provisions(row, table, say), width["provisions"]),
            fit(words.quotes(row, table), width["quotes"]),
            fit(words.elements(row, say), width["elements"]),
            fit([words.gap(gap, say) for gap in row.gaps], width["gaps"]),
            fit(_rationale(row, say), width["rationale"]),
        ]
        yield values, row.coverage


def _rationale(row: Row, say: Messages) -> list[str]:
    """Return the rationale, or at least the reason where the grader gave no words."""
    if row.rationale:
        return row.rationale.splitlines()
    return [say.text(f"reason_{row.reason.value}")] if row.reason else []


def _gaps(table: Table, say: Messages) -> Iterator[_Line]:
    width = {column.key: column.width for column in _GAPS}
    for row in table.rows:
        for gap in row.gaps:
            values: list[_Value] = [
                row.requirement,
                row.heading,
                words.grade(row.coverage, say),
                say.text(f"kind_{gap.kind}"),
                row.element(gap.element) if gap.element else "",
                fit([gap.message], width["message"]),
                fit([gap.expected or ""], width["expected"]),
                fit([gap.found or ""], width["found"]),
                fit(words.provisions(row, table, say), width["provisions"], 12),
                fit(words.quotes(row, table), width["quotes"], 12),
            ]
            yield values, row.coverage


def _reverse(table: Table, say: Messages) -> Iterator[_Line]:
    width = {column.key: column.width for column in _REVERSE}
    for entry in table.reverse:
        candidates = [f"{one.requirement}: {one.message}" for one in entry.gold_plating]
        values: list[_Value] = [
            fit([entry.act], width["act"]),
            entry.ref,
            fit([entry.label], width["label"]),
            say.text(f"class_{entry.kind}"),
            fit([", ".join(entry.requirements)], width["requirements"]),
            fit(candidates, width["gold_plating"]),
        ]
        yield values, None


def _issues(issues: Sequence[Issue], say: Messages) -> Iterator[_Line]:
    if not issues:
        yield ["", None, "", "", say.text("none_listed")], None
    for issue in issues:
        message = fit([issue.message], _ISSUES[-1].width)
        severity = say.text(f"severity_{issue.severity}")
        yield [issue.act or "", issue.page, severity, issue.code, message], None
