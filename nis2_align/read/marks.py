"""What a line of a legal text begins with: ``(1)``, ``a)``, ``12.``, ``1.1.`` or a dash.

Only the shape of a mark is looked at, never a word of any language, so that every reader can
tell a new provision from the rest of the last one before the language is known.
"""

from __future__ import annotations

import re

__all__ = ["DASHES", "is_label", "rest_after_mark", "starts_with_mark"]

DASHES = "-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HORIZONTAL BAR}"
_BULLETS = "\N{BULLET}\N{BLACK SMALL SQUARE}\N{WHITE BULLET}\N{MIDDLE DOT}"

_LETTER = r"[^\W\d_]"
_SMALL = r"[^\W\d_A-ZÇËČĆĐŠŽ\u0400-\u042f]"
# One letter, a letter written with two (dž, lj, nj, sh, xh) or doubled, or a Roman numeral;
# never two capitals: "(EU)" is no mark.
_LETTERS = rf"(?:{_LETTER}{_SMALL}?|[ivx]{{1,5}}|[IVX]{{1,5}})"

# Three digits at most: "2022." at the start of a line is a year. One letter only before a full
# stop because two would take "st." and "br." for marks.
_MARK = (
    rf"\((?:\d{{1,3}}{_LETTER}?|{_LETTERS})\)"
    rf"|\d{{1,3}}{_LETTER}?[.)]"
    r"|\d{1,3}(?:\.\d{1,3}){1,3}\.?"
    rf"|{_LETTERS}\)"
    rf"|{_LETTER}\."
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
