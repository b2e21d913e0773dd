"""Tables → lines, by the same rules for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nis2_align.read.marks import is_label

__all__ = ["places_text", "row_line", "sets_list"]

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
