"""Words of a PDF page → lines in reading order, two columns included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor
from statistics import median
from typing import NamedTuple

__all__ = [
    "BELOW_BASELINE", "GUTTER_WIDTH", "GUTTER_ZONE", "SAME_LINE", "Frame", "Line", "Row", "Word",
    "frame_of", "framed_again", "is_bold", "lines_of", "text_of",
]  # fmt: skip

_BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.I)
# Middles of words on one line differ by less than this share of the type size: far enough for
# a raised footnote mark, too near for the next line.
SAME_LINE = 0.4
# Baselines stand this share of the type size above the bottom of a line.
BELOW_BASELINE = 0.2
_TOUCHING = 0.5  # points; a raised figure that touches its word belongs to it

# Where a gutter is looked for, as shares of the text's width; how wide it must be, in points;
# how many lines may cross it (full-width headings); and what each side must hold of the text.
GUTTER_ZONE = (0.35, 0.65)
GUTTER_WIDTH = 8.0
_STEP = 2  # points between the places where a gutter is tried
_MOST_CROSSING = 0.25
_LEAST_SIDE = 0.25
_LEAST_ROWS = 10
# The left side of a list of terms stays short; a column of text runs up to the gutter.
_COLUMN_FILL = 0.7


# Named tuples and not dataclasses: a long act has tens of thousands of them, and making them
# would be a third of the time that a plain page takes.
class Word(NamedTuple):
    """One word with its box, in points from the top left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        """Height of the word's middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Distance of the word's centre from the left edge of the page."""
        return (self.x0 + self.x1) / 2


class Frame(NamedTuple):
    """The left and right edge that a stretch of text is set between."""

    left: float
    right: float


class Line(NamedTuple):
    """One printed line; ``first_word`` is the width of its first word."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    first_word: float
    frame: Frame


class Row(NamedTuple):
    """One row of a table: the lines of each cell, and its height on the page."""

    cells: tuple[tuple[str, ...], ...]
    top: float


def is_bold(font: str) -> bool:
    """Return whether a font's name says that it is bold."""
    return _BOLD_FONT.search(font) is not None


def lines_of(words: Sequence[Word], page: int) -> tuple[list[Line], bool]:
    """Return the lines of a page in reading order, and whether it has two columns.

    Lines above, below and between that cross the gutter keep their place: the columns are read
    left then right within each stretch between such lines.
    """
    rows = _rows(words)
    gutter = _gutter(rows)
    if gutter is None:
        return _set(rows, page), False
    lines: list[Line] = []
    band: list[list[Word]] = []
    full: list[list[Word]] = []
    for row in rows:
        if _crosses(row, gutter):
            lines += _columns(band, gutter, page)
            band = []
            full.append(row)
        else:
            lines += _set(full, page)
            full = []
            band.append(row)
    return [*lines, *_set(full, page), *_columns(band, gutter, page)], True


def text_of(words: Sequence[Word]) -> list[str]:
    """Return the texts of the lines that ``words`` make, for a cell of a table."""
    return [_text(row) for row in _rows(words)]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    last: Word | None = None
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        if last and word.middle - last.middle <= SAME_LINE * max(word.size, last.size):
            rows[-1].append(word)
        else:
            rows.append([word])
        last = word
    return [sorted(row, key=lambda word: (word.x0, word.x1)) for row in rows]


def _columns(band: list[list[Word]], gutter: float, page: int) -> list[Line]:
    left = [[word for word in row if word.centre < gutter] for row in band]
    right = [[word for word in row if word.centre >= gutter] for row in band]
    return _set(left, page) + _set(right, page)


def _set(rows: Iterable[list[Word]], page: int) -> list[Line]:
    """Return the lines of rows that share one frame."""
    filled = [row for row in rows if row]
    if not filled:
        return []
    frame = frame_of([(row[0].x0, max(word.x1 for word in row)) for row in filled])
    return [_line(row, page, frame) for row in filled]


def frame_of(extents: Sequence[tuple[float, float]]) -> Frame:
    """Return the frame of lines, given where each begins and ends."""
    # A few lines may stick out (a number in the margin); where lines are few, all count.
    skip = len(extents) // 20
    starts = sorted(x0 for x0, _ in extents)
    ends = sorted((x1 for _, x1 in extents), reverse=True)
    return Frame(left=starts[skip], right=ends[skip])


def framed_again(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with frames that count these lines alone, heads having been taken away."""
    shared: dict[Frame, list[tuple[float, float]]] = {}
    for line in lines:
        shared.setdefault(line.frame, []).append((line.x0, line.x1))
    frames = {frame: frame_of(extents) for frame, extents in shared.items()}
    if all(frame == again for frame, again in frames.items()):
        return list(lines)
    return [line._replace(frame=frames[line.frame]) for line in lines]


def _line(row: list[Word], page: int, frame: Frame) -> Line:
    size = median(word.size for word in row)
    # A raised figure says nothing about the height of the line.
    normal = [word for word in row if word.size >= 0.9 * size]
    lettered = [word for word in row if any(map(str.isalnum, word.text))] or row
    return Line(
        text=_text(row),
        page=page,
        x0=row[0].x0,
        x1=max(word.x1 for word in row),
        top=min(word.top for word in normal),
        bottom=max(word.bottom for word in normal),
        size=size,
        bold=all(word.bold for word in lettered),
        first_word=row[0].x1 - row[0].x0,
        frame=frame,
    )


def _text(row: Sequence[Word]) -> str:
    parts = [row[0].text]
    for before, word in pairwise(row):
        touching = word.x0 - before.x1 < _TOUCHING and word.size != before.size
        parts.append(word.text if touching else " " + word.text)
    return "".join(parts)


def _gutter(rows: list[list[Word]]) -> float | None:
    """Return the middle of the gap between two columns, or None for a page of one column."""
    if len(rows) < _LEAST_ROWS:
        return None
    words = [word for row in rows for word in row]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    start, end = (left + share * (right - left) for share in GUTTER_ZONE)
    places = int(end - start) // _STEP + 1
    crossed = [_crossed(row, start, places) for row in rows]
    crossing = [sum(row >> place & 1 for row in crossed) for place in range(places)]
    fewest = min(crossing)
    if fewest > _MOST_CROSSING * len(rows):
        return None
    best = [place for place in range(places) if crossing[place] == fewest]
    gutter = start + _STEP * best[len(best) // 2]
    return gutter if _are_columns(rows, gutter, left) else None


def _crossed(row: Sequence[Word], start: float, places: int) -> int:
    """Return, as the bits of a number, at which places no gutter could pass a row."""
    half, bits = GUTTER_WIDTH / 2, 0
    for word in row:
        first = max(floor((word.x0 - half - start) / _STEP) + 1, 0)
        last = min(ceil((word.x1 + half - start) / _STEP) - 1, places - 1)
        if first <= last:
            bits |= ((1 << (last - first + 1)) - 1) << first
    return bits


def _crosses(row: Sequence[Word], x: float) -> bool:
    half = GUTTER_WIDTH / 2
    return any(word.x0 < x + half and word.x1 > x - half for word in row)


def _are_columns(rows: list[list[Word]], gutter: float, left: float) -> bool:
    beside = [row for row in rows if not _crosses(row, gutter)]
    lefts = [[word for word in row if word.x1 <= gutter] for row in beside]
    letters_left = sum(len(word.text) for row in lefts for word in row)
    letters = sum(len(word.text) for row in beside for word in row)
    ends = [row[-1].x1 for row in lefts if row]
    return _LEAST_SIDE <= letters_left / max(letters, 1) <= 1 - _LEAST_SIDE and median(
        ends
    ) - left >= _COLUMN_FILL * (gutter - left)
