"""What is drawn on a PDF page beside text: rules that may form a table, and pictures.

Looking at objects is cheap (a few microseconds each); it decides which pages are worth a
hundred times as much.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

__all__ = ["MOST_RULES", "Drawn", "Item", "drawn_on"]

Item = Any
"""One of pdfium's own pointers, which have no types."""

_THIN = 3.0  # points; thinner is a rule, whatever operator drew it
_APART = 3.0  # points between rules that are two
# Two cells side by side have three upright rules and a rule above and below.
_LEAST_UPRIGHT, _LEAST_LEVEL = 3, 2
_DEEPEST = 4  # forms within forms
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2_000
MOST_RULES = 3_000
"""A page with more paths is a drawing; the search for tables takes time by their square."""

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO = 0


@dataclass(slots=True)
class Drawn:
    """What stands on one page.

    Attributes:
        paths: Number of lines, frames and fillings.
        covered: Area of the largest picture, in square points.
        pictures: Number of pictures.
        upright: Places of upright rules.
        level: Heights of level rules.
    """

    paths: int = 0
    covered: float = 0.0
    pictures: int = 0
    upright: list[float] = field(default_factory=list)
    level: list[float] = field(default_factory=list)

    @property
    def ruled(self) -> bool:
        """Whether rules may form a table of two columns or more."""
        return (
            self.paths <= MOST_RULES
            and _distinct(self.upright) >= _LEAST_UPRIGHT
            and _distinct(self.level) >= _LEAST_LEVEL
        )

    @property
    def crowded(self) -> bool:
        """Whether there are too many paths to look for a table among them."""
        return self.paths > MOST_RULES


def drawn_on(page: Item, texts: int = -1) -> Drawn:
    """Return what is drawn on a page.

    Args:
        page: The open page.
        texts: Number of its text objects, where known: a page that holds no more objects than
            these need not be looked through.
    """
    found = Drawn()
    if pdfium.FPDFPage_CountObjects(page) == texts:
        return found
    for seen, (kind, item, frame) in enumerate(_objects(page)):
        if seen > _MOST_OBJECTS:
            break
        if kind == _PATH:
            found.paths += 1
            if found.paths <= MOST_RULES:
                _add_rules(item, found)
        elif kind == _IMAGE:
            found.pictures += 1
            left, bottom, right, top = _bounds(item if frame is None else frame)
            found.covered = max(found.covered, (right - left) * (top - bottom))
    return found


def _objects(page: Item) -> Iterator[tuple[int, Item, Item]]:
    """Yield kind, object, and the outermost form around it; text objects are left out."""
    kind_of, get = pdfium.FPDFPageObj_GetType, pdfium.FPDFPage_GetObject
    for number in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = get(page, number)
        kind = kind_of(item)
        if kind == _FORM:
            yield from _within(item, item, _DEEPEST)
        elif kind != _TEXT:
            yield kind, item, None


def _within(form: Item, outermost: Item, deep: int) -> Iterator[tuple[int, Item, Item]]:
    if not deep:
        return
    for number in range(min(max(pdfium.FPDFFormObj_CountObjects(form), 0), _MOST_OBJECTS)):
        item = pdfium.FPDFFormObj_GetObject(form, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _FORM:
            yield from _within(item, outermost, deep - 1)
        elif kind != _TEXT:
            yield kind, item, outermost


def _bounds(item: Item) -> tuple[float, float, float, float]:
    box = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *box):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in box)
    return left, bottom, right, top


def _add_rules(item: Item, found: Drawn) -> None:
    left, bottom, right, top = _bounds(item)
    wide, high = right - left, top - bottom
    if wide <= _THIN and high <= _THIN:
        return
    if high <= _THIN:
        found.level.append(bottom)
    elif wide <= _THIN:
        found.upright.append(left)
    else:
        # A frame or a filling; one path may also hold all the rules of a table.
        found.upright += (left, right)
        found.level += (bottom, top)
        segments = pdfium.FPDFPath_CountSegments(item)
        if 5 < segments <= _MOST_SEGMENTS:
            _add_segments(item, segments, found)


def _add_segments(item: Item, count: int, found: Drawn) -> None:
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            before = None
            continue
        here = (x.value, y.value)
        if kind == _LINE_TO and before is not None:
            across, up = abs(here[0] - before[0]), abs(here[1] - before[1])
            if across < 0.1 and up > _THIN:
                found.upright.append(here[0])
            elif up < 0.1 and across > _THIN:
                found.level.append(here[1])
        before = here


def _distinct(places: list[float]) -> int:
    count, last = 0, float("-inf")
    for place in sorted(places):
        if place - last > _APART:
            count += 1
            last = place
    return count
