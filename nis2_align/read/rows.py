"""Tables → lines, by the same rules for every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from nis2_align.read.marks import is_label

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["grid", "places_text", "row_line", "sets_list"]

# No real table has more columns; the limit keeps a damaged one from growing without end.
_WIDEST = 50

# A table of so few rows, one cell of which holds so many paragraphs, is a page layout.
_LAYOUT_ROWS, _LAYOUT_PARAGRAPHS = 3, 12


def row_line(cells: Sequence[str]) -> str:
    """Return one table row as a line, ``a | b | c``.

    An empty cell keeps its place so that columns stay countable; empty cells at the end are
    dropped. A first cell that is only a list mark is joined with a space: such tables are how
    publishers set a list, and a drafter reads ``(a) text``.
    """
    filled = [" ".join(cell.split()) for cell in cells]
    while filled and not filled[-1]:
        filled.pop()
    if len(filled) == 2 and is_label(filled[0]):
        return " ".join(filled)
    return " ".join(" | ".join(filled).split())


def sets_list(rows: Iterable[Sequence[str]]) -> bool:
    """Return whether a table only sets list marks beside their text.

    Args:
        rows: The texts of the cells that are not blank, row by row.
    """
    filled = [row for row in rows if row]
    return bool(filled) and all(len(row) == 2 and is_label(row[0]) for row in filled)


def places_text(rows: Sequence[Sequence[str]], most_paragraphs: int) -> bool:
    """Return whether a table only places passages on the page, and so is read as their text.

    Args:
        rows: The texts of the cells that are not blank, row by row.
        most_paragraphs: Number of paragraphs in the fullest cell.
    """
    if all(len(row) < 2 for row in rows):
        return True
    return len(rows) <= _LAYOUT_ROWS and most_paragraphs > _LAYOUT_PARAGRAPHS


def grid(rows: Iterable[Iterable[Element]], text: Callable[[Element], str]) -> Iterator[list[str]]:
    """Yield the texts of each row; a place taken by a cell that spans it is empty.

    Args:
        rows: The cells, which may have the attributes ``colspan`` and ``rowspan``.
        text: What a cell says, on one line.
    """
    taken: dict[int, int] = {}
    for row in rows:
        texts: list[str] = []
        cells = iter(row)
        cell = next(cells, None)
        while cell is not None or any(column >= len(texts) for column in taken):
            column = len(texts)
            if column in taken:
                texts.append("")
                taken[column] -= 1
                if not taken[column]:
                    del taken[column]
                continue
            if cell is None:
                texts.append("")
                continue
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            texts.extend([text(cell), *[""] * (width - 1)])
            taken.update({column + n: height - 1 for n in range(width) if height > 1})
            cell = next(cells, None)
        yield texts


def _span(cell: Element, attribute: str) -> int:
    value = (cell.get(attribute) or "").strip()
    if not (value.isascii() and value.isdigit()):
        return 1
    return max(1, min(int(value), _WIDEST)) if len(value) < 10 else _WIDEST
