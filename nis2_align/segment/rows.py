"""Rows of tables: one line each, cells between bars (``1. Energy | (a) Oil | operators``).

A cell that begins with a number opens an item of its own, as a line would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nis2_align.segment.marks import is_row, mark_at
from nis2_align.segment.structure import Line

__all__ = ["cells"]

_CELL = re.compile(r"\|\s*(?=[^|\s])")


def cells(lines: Iterable[Line]) -> Iterator[Line]:
    """Cut each row of a table where a cell begins with a number; other lines stay whole."""
    for line in lines:
        if is_row(line.text):
            yield from _cut(line)
        else:
            yield line


def _cut(line: Line) -> Iterator[Line]:
    """Cut one row; bars in front of the first full cell go with it."""
    lead = len(line.text) - len(line.text.lstrip("| "))
    rest = replace(line, at=line.at + lead, text=line.text[lead:], hint="table_row")
    while (place := _numbered_cell(rest.text)) is not None:
        head, rest = rest.cut(place)
        yield head
    yield rest


def _numbered_cell(text: str) -> int | None:
    for match in _CELL.finditer(text):
        mark = mark_at(text, match.end())
        if mark is not None and mark.number:
            return match.end()
    return None
