"""The first sheet of the workbook: which acts, how many of each grade, where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nis2_align.concordance import Counts, Group, Table
from nis2_align.export import words
from nis2_align.export.cells import cell, row_height
from nis2_align.messages import Messages
from nis2_align.model import Coverage

__all__ = ["Styles", "sentences", "write_summary"]

#: Cell formats by name, one for each grade among them.
Styles = Mapping[str, Format]

_FIRST = 48.0
_OTHER = 14.0
_COLUMNS = 8
_A4 = 9


def sentences(counts: Counts, say: Messages) -> list[str]:
    """Say in up to three sentences how much is covered, decided and not assessed."""
    said = [
        say.text(
            "summary_full",
            full=counts.full,
            assessed=counts.assessed,
            percent=say.number(counts.percent_full, 1),
        ),
        say.text(
            "summary_decided",
            decided=counts.decided,
            assessed=counts.assessed,
            uncertain=counts.uncertain - counts.no_statement,
        ),
    ]
    if counts.no_statement:
        said.append(say.text("summary_no_statement", count=counts.no_statement))
    return said


def write_summary(sheet: Worksheet, table: Table, say: Messages, styles: Styles) -> None:
    """Write the sheet from top to bottom.

    Args:
        sheet: An empty worksheet.
        table: The table of concordance.
        say: The words.
        styles: Cell formats.
    """
    sheet.set_paper(_A4)
    sheet.set_column(0, 0, _FIRST)
    sheet.set_column(1, _COLUMNS - 1, _OTHER)
    sheet.freeze_panes(1, 0)
    sheet.write_string(0, 0, say.text("title"), styles["title"])
    sheet.set_row(0, 22)
    notes = [
        f"{say.text('summary_directive')}: {table.celex}",
        f"{say.text('summary_catalogue')}: {table.catalogue_version}",
        say.text("not_the_judge"),
        say.text("shortened"),
        *sentences(table.counts, say),
    ]
    for row, note in enumerate(notes, start=1):
        sheet.write_string(row, 0, cell(note), styles["plain"])
    row = _acts(sheet, len(notes) + 2, table, say, styles)
    row = _grades(sheet, row, table.counts, say, styles)
    row = _groups(sheet, row, table.chapters, "chapter", say, styles)
    _groups(sheet, row, table.articles, "article", say, styles)


def _head(sheet: Worksheet, row: int, section: str, heads: Sequence[str], styles: Styles) -> int:
    """Write a section's title and column heads; return the row after them."""
    sheet.write_string(row, 0, section, styles["section"])
    sheet.set_row(row, 18)
    for place in range(_COLUMNS):
        sheet.write_string(
            row + 1, place, heads[place] if place < len(heads) else "", styles["head"]
        )
    sheet.set_row(
        row + 1,
        row_height([(head, _OTHER - 2 if place else _FIRST) for place, head in enumerate(heads)]),
    )
    return row + 2


def _acts(sheet: Worksheet, row: int, table: Table, say: Messages, styles: Styles) -> int:
    keys = ("title", "act", "language", "country", "articles", "digest")
    heads = [say.text(f"column_{key}") for key in keys]
    row = _head(sheet, row, say.text("summary_acts"), heads, styles)
    for act in table.acts:
        title, identifier = cell(act.title), cell(act.id)
        sheet.write_string(row, 0, title, styles["text"])
        sheet.write_string(row, 1, identifier, styles["text"])
        sheet.write_string(row, 2, cell(f"{act.language}, {act.script}"), styles["text"])
        sheet.write_string(row, 3, cell(act.country or "–"), styles["text"])
        sheet.write_number(row, 4, act.articles, styles["count"])
        sheet.write_string(row, 5, cell(act.sha256), styles["digest"])
        sheet.set_row(row, row_height([(title, _FIRST), (identifier, _OTHER)]))
        row += 1
    return row + 1


def _grades(sheet: Worksheet, row: int, counts: Counts, say: Messages, styles: Styles) -> int:
    keys = ("coverage", "count", "share", "meaning")
    heads = [say.text(f"column_{key}") for key in keys]
    row = _head(sheet, row, say.text("summary_grades"), heads, styles)
    for grade in Coverage:
        number = getattr(counts, grade.value)
        sheet.write_string(row, 0, words.grade(grade, say), styles[grade.value])
        sheet.write_number(row, 1, number, styles["count"])
        sheet.write_number(row, 2, 100.0 * number / max(counts.total, 1), styles["share"])
        sheet.write_string(row, 3, say.text(f"about_{grade.value}"), styles["plain"])
        row += 1
    return row + 1


def _groups(
    sheet: Worksheet,
    row: int,
    groups: Sequence[Group],
    kind: str,
    say: Messages,
    styles: Styles,
) -> int:
    heads = [
        say.text(f"column_{kind}"),
        *(words.grade(grade, say) for grade in Coverage),
        say.text("column_total"),
        say.text("column_full_share"),
    ]
    row = _head(sheet, row, say.text(f"summary_{kind}s"), heads, styles)
    for group in groups:
        name = words.group_name(group.key, say, chapter=kind == "chapter")
        sheet.write_string(row, 0, name, styles["text"])
        for place, grade in enumerate(Coverage, start=1):
            number = getattr(group.counts, grade.value)
            sheet.write_number(
                row, place, number, styles[f"count_{grade.value}" if number else "count"]
            )
        sheet.write_number(row, 6, group.counts.total, styles["count"])
        if group.counts.assessed:
            sheet.write_number(row, 7, group.counts.percent_full, styles["share"])
        else:
            sheet.write_string(row, 7, "–", styles["count"])
        sheet.set_row(row, row_height([(name, _FIRST)]))
        row += 1
    return row + 1
