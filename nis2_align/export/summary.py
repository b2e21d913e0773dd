"""The sheet of figures: how many of each grade, by chapter and by article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nis2_align.concordance import Counts, Group, Table
from nis2_align.export import words
from nis2_align.export.cells import cell, row_height
from nis2_align.messages import Messages
from nis2_align.model import Coverage

__all__ = ["Styles", "write_summary"]

#: Cell formats by name, one for each grade among them.
Styles = Mapping[str, Format]

_FIRST = 48.0
_OTHER = 14.0
_COLUMNS = 8
_A4 = 9


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
    notes = words.sentences(table.counts, say)
    for row, note in enumerate(notes, start=1):
        sheet.write_string(row, 0, cell(note), styles["plain"])
    row = _grades(sheet, len(notes) + 2, table.counts, say, styles)
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
