"""What may stand in a spreadsheet cell, and how much room it takes there.

A draft can hold text that a spreadsheet would run (``=HYPERLINK(...)``), so text that begins like
a formula gets an apostrophe in front, the mark for text that spreadsheets themselves use
(see CWE-1236). What holds afterwards: no cell begins with ``= + - @``, a tab or a carriage return,
none holds a control character, and none is longer than the format allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = [
    "CELL_LIMIT",
    "LINES",
    "cell",
    "clean",
    "few",
    "fit",
    "lines_of",
    "row_height",
    "shorten",
]

#: The longest text of a cell, in UTF-16 units (Microsoft, Excel specifications and limits).
CELL_LIMIT = 32_767
#: Lines of body text that the tallest possible row, 409 points, can hold.
LINES = 34

_CUT = " […]"
# Full-width twins count too: some spreadsheets read them as the plain signs.
_FORMULA = re.compile(r"[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]")
# Not allowed in XML 1.0, or invisible and apt to reorder the text around it.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
_FONT_POINTS = 9.0
_LINE_POINTS = 11.75
_ROW_PADDING = 5.0
# Widths in em of Arial and the faces that stand in for it, rounded up. Where a machine falls back
# to a broader face, its columns become broader too, being measured in digits of that face.
_NARROW = frozenset("ijlI.,:;'|! ()[]/")
_SLIM = frozenset('ftrJ-"“”„*')
_BROAD = frozenset("mMwW@%ШЩЖЮФшщжюфмМ—…")


def cell(text: str) -> str:
    """Make a text safe to write into a cell.

    Args:
        text: Any text.

    Returns:
        The text without control characters, with an apostrophe in front where it would begin
        like a formula, and cut at :data:`CELL_LIMIT`.
    """
    # The check comes both before and after the clean-up: either order alone lets one sign through.
    risky = _FORMULA.match(text) is not None
    kept = clean(text)
    if risky or _FORMULA.match(kept.lstrip()):
        kept = "'" + kept
    return _limit(kept)


def clean(text: str) -> str:
    """Return a text without control characters, its lines ended by a line feed."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _limit(text: str) -> str:
    if _units(text) <= CELL_LIMIT:
        return text
    kept = text[: CELL_LIMIT - len(_CUT)]
    while _units(kept) + len(_CUT) > CELL_LIMIT:
        kept = kept[: len(kept) - max(1, (_units(kept) + len(_CUT) - CELL_LIMIT) // 2)]
    return kept + _CUT


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def few(pieces: Sequence[str], room: int, least: int = 120) -> tuple[str, ...]:
    """Shorten pieces evenly, so that they keep within a number of characters.

    Args:
        pieces: Texts that stand one below the other.
        room: Characters for all of them together.
        least: Characters that each keeps whatever their number.

    Returns:
        All in full where they fit; else each at most its even share, cut like :func:`shorten`;
        and where even :attr:`least` is too much for all, the last give way to ``[… +N]``.
    """
    if sum(map(len, pieces)) <= room:
        return tuple(" ".join(piece.split()) for piece in pieces)
    most = max(1, room // least)
    limit = max(least, room // len(pieces))
    kept = tuple(shorten(piece, limit) for piece in pieces[:most])
    return kept if len(pieces) <= most else (*kept, f"[… +{len(pieces) - most}]")


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word boundary.

    Args:
        text: Any text.
        limit: Characters that may remain, without the mark; at least 1.

    Returns:
        The text with its white space collapsed; where it was cut it ends in ``[…]``.
    """
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    kept = flat[: limit + 1].rpartition(" ")[0] or flat[:limit]
    return kept + _CUT


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.3
    if char in _SLIM:
        return 0.38
    if char in _BROAD:
        return 0.88
    return 0.72 if char.isupper() else 0.58


def lines_of(text: str, width: float) -> int:
    r"""Estimate how many lines a wrapped text takes.

    Args:
        text: The text; ``\n`` begins a new line.
        width: Width of the column in characters, as spreadsheets count it.

    Returns:
        At least 1; rather one too many than one too few.
    """
    room = (width * 5.25 - 1.0) / _FONT_POINTS
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        size = sum(map(_em, word))
        gap = _em(" ") if used else 0.0
        if used + gap + size <= room:
            used += gap + size
            continue
        if used:
            count += 1
        # A word longer than the line is broken wherever the line ends.
        count += int(size // room) if size > room else 0
        used = size % room if size > room else size
    return count


def fit(pieces: Sequence[str], width: float, lines: int = LINES) -> str:
    """Join pieces, one below the other, so that they fit into a row.

    Args:
        pieces: Texts; an empty sequence gives an empty text.
        width: Width of the column in characters.
        lines: Lines that there are.

    Returns:
        All pieces in full where they fit; else each is shortened, evenly; and only where even
        short pieces are too many, the last ones give way to ``[… +N]``.
    """
    whole = "\n".join(" ".join(piece.split()) for piece in pieces)
    if lines_of(whole, width) <= lines:
        return whole
    for limit in (900, 600, 450, 300, 220, 160, 110, 80, 60):
        text = "\n".join(shorten(piece, limit) for piece in pieces)
        if lines_of(text, width) <= lines:
            return text
    kept = [shorten(piece, 60) for piece in pieces]
    while len(kept) > 1 and lines_of("\n".join(kept), width) > lines - 1:
        kept.pop()
    return "\n".join([*kept, f"[… +{len(pieces) - len(kept)}]"])


def row_height(cells: Sequence[tuple[str, float]]) -> float:
    """Return the height in points that shows every cell of a row whole.

    Args:
        cells: Text and column width of each wrapped cell.

    Returns:
        Points, at most 409.
    """
    lines = max((lines_of(text, width) for text, width in cells), default=1)
    return min(409.0, lines * _LINE_POINTS + _ROW_PADDING)
