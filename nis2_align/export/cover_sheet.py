"""The cover as the first sheet of the workbook, in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nis2_align.export.cells import cell, fit, row_height
from nis2_align.export.cover import Cover
from nis2_align.export.summary import Styles
from nis2_align.messages import Messages
from nis2_align.model import Coverage

__all__ = ["write_cover"]

_LEFT = 46.0
_RIGHT = 100.0
_A4 = 9


def write_cover(sheet: Worksheet, front: Cover, say: Messages, styles: Styles) -> None:
    """Write the sheet from top to bottom.

    Args:
        sheet: An empty worksheet.
        front: What stands on the cover.
        say: The words.
        styles: Cell formats.
    """
    sheet.set_paper(_A4)
    sheet.set_column(0, 0, _LEFT)
    sheet.set_column(1, 1, _RIGHT)
    sheet.write_string(0, 0, cell(front.title), styles["title"])
    sheet.set_row(0, 22)
    row = _said(sheet, 1, (front.subtitle,), styles)
    row = _pairs(sheet, row + 1, front.facts, styles)
    row = _section(sheet, row, say.text("summary_acts"), styles)
    acts = [(act.title, f"{act.id}; {act.about}\nSHA-256: {act.digest}") for act in front.acts]
    row = _pairs(sheet, row, acts, styles)
    row = _section(sheet, row, say.text("summary_grades"), styles)
    row = _said(sheet, row, front.summary, styles)
    for line in front.grades:
        share = say.number(line.share, 1)
        told = f"{line.count} ({share} %): {line.meaning}"
        row = _pair(sheet, row, line.word, told, (styles[line.grade.value], styles["text"]))
    row = _section(sheet, row + 1, say.text("cover_method"), styles)
    row = _said(sheet, row, front.method, styles)
    row = _section(sheet, row + 1, say.text("cover_limits"), styles)
    row = _said(sheet, row, front.limits, styles)
    row = _section(sheet, row + 1, say.text("cover_checks"), styles)
    for check in front.checks:
        fill = Coverage.FULL if check.in_order else Coverage.PARTIAL
        looks = (styles["text"], styles[fill.value])
        row = _pair(sheet, row, check.label, check.outcome, looks)


def _section(sheet: Worksheet, row: int, title: str, styles: Styles) -> int:
    sheet.write_string(row, 0, cell(title), styles["section"])
    sheet.set_row(row, 20)
    return row + 1


def _said(sheet: Worksheet, row: int, sentences: Sequence[str], styles: Styles) -> int:
    for sentence in sentences:
        text = cell(fit([sentence], _LEFT + _RIGHT))
        sheet.merge_range(row, 0, row, 1, "", styles["prose"])
        sheet.write_string(row, 0, text, styles["prose"])
        sheet.set_row(row, row_height([(text, _LEFT + _RIGHT)]))
        row += 1
    return row


def _pairs(sheet: Worksheet, row: int, pairs: Sequence[tuple[str, str]], styles: Styles) -> int:
    for label, value in pairs:
        row = _pair(sheet, row, label, value, (styles["strong"], styles["text"]))
    return row + 1


def _pair(sheet: Worksheet, row: int, label: str, value: str, looks: tuple[Format, Format]) -> int:
    left, right = cell(fit([label], _LEFT)), cell(fit(value.split("\n"), _RIGHT))
    sheet.write_string(row, 0, left, looks[0])
    sheet.write_string(row, 1, right, looks[1])
    # Bold letters are broader than those that the estimate knows.
    sheet.set_row(row, row_height([(left, 0.9 * _LEFT), (right, 0.9 * _RIGHT)]))
    return row + 1
