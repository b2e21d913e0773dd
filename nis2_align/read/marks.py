"""What a line of a legal text begins with: ``(1)``, ``a)``, ``12.``, ``1.1.`` or a dash.

Only the shape of a mark is looked at, never a word of any language, so that every reader can
tell a new provision from the rest of the last one before the language is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["is_label", "row_line", "starts_with_mark"]

DASHES = "-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HORIZONTAL BAR}"
_BULLETS = "\N{BULLET}\N{BLACK SMALL SQUARE}\N{WHITE BULLET}\N{MIDDLE DOT}"

# Three digits at most: "2022." at the start of a line is a year. Two letters before a bracket
# because some alphabets write one letter with two (dž, lj, nj, sh, xh); one before a full stop
# because two would take "st." and "br." for marks.
_MARK = (
    r"\((?:\d{1,3}|[^\W\d_]{1,5})\)"
    r"|\d{1,3}[^\W\d_]?[.)]"
    r"|\d{1,3}(?:\.\d{1,3}){1,3}\.?"
    r"|[^\W\d_]{1,2}\)"
    r"|[^\W\d_]\."
    r"|[IVXLC]{1,6}[.)]"
    rf"|[{re.escape(DASHES + _BULLETS)}]"
)
_LABEL = re.compile(rf"(?:{_MARK})")
_START = re.compile(rf"(?:{_MARK})(?:\s|$)|[{re.escape(DASHES[1:] + _BULLETS)}]")


def is_label(text: str) -> bool:
    """Return whether ``text`` is a list mark and nothing else, such as ``(a)`` or ``12.``."""
    return _LABEL.fullmatch(text.strip()) is not None


def starts_with_mark(line: str) -> bool:
    """Return whether ``line`` begins with a list mark that is set apart from what follows."""
    return _START.match(line.lstrip()) is not None


def rest_after_mark(line: str) -> str:
    """Return what follows the list mark of ``line``; the whole line where there is none."""
    stripped = line.lstrip()
    match = _START.match(stripped)
    return stripped[match.end() :].lstrip() if match else stripped


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
