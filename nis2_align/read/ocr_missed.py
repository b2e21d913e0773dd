"""Printed lines that text recognition passed over: found by the ink that no word accounts for.

Tesseract now and then leaves out a whole short line, such as the last point of a list, and nothing
in its answer tells. A list without its last point would pass for the law.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nis2_align.read.ocr import Image
from nis2_align.read.pdf_lines import Word

__all__ = ["Strip", "missed_lines"]

_DARK = 128
_AROUND = 0.25  # times the type size: accents and tails that stick out of a word's box
_LOW, _HIGH = 0.45, 1.8  # times the type size: how high a line's ink is
_BREAK = 0.15  # times the type size: the gap between a letter and its dot
_LEAST_WIDTH = 2.0  # times the type size
_LEAST_INK = 0.04  # share of the box; print has .1 to .25, dust and shadows less
_BORDER = 0.3  # share of a column of dots: the shadow of the paper's edge, or a rule
_MOST = 10  # lines of one page; more is a picture or a table that was not meant as text


class Strip(NamedTuple):
    """A part of a page, cut out, and where its upper left corner stood, in points."""

    image: Image
    x: float
    y: float


def missed_lines(image: Image, words: Sequence[Word]) -> list[Strip]:
    """Return the parts of a page that look like lines of print and hold no word.

    Args:
        image: The page.
        words: What was read on it, in points.
    """
    if not words:
        return []
    dots = np.frombuffer(image.dots, dtype=np.uint8).reshape(image.height, image.width)
    scale = image.dpi / 72
    size = median(word.size for word in words) * scale
    ink = dots < _DARK
    for word in words:
        around = _AROUND * word.size
        rows = slice(_dot((word.top - around) * scale), _dot((word.bottom + around) * scale))
        ink[rows, _dot((word.x0 - around) * scale) : _dot((word.x1 + around) * scale)] = False
    ink[:, ink.mean(axis=0) > _BORDER] = False
    found = [
        strip for run in _runs(ink, size) if (strip := _strip(dots, ink, run, size, image.dpi))
    ]
    return found if len(found) <= _MOST else []


def _dot(place: float) -> int:
    return max(round(place), 0)


def _runs(ink: NDArray[np.bool_], size: float) -> list[tuple[int, int]]:
    """Return the first row and the row after the last of each band of inked rows."""
    inked = np.flatnonzero(ink.sum(axis=1) >= 2)
    if not inked.size:
        return []
    breaks = np.flatnonzero(np.diff(inked) > max(_BREAK * size, 1))
    starts = inked[np.concatenate(([0], breaks + 1))]
    ends = inked[np.concatenate((breaks, [inked.size - 1]))] + 1
    return [
        (int(start), int(end))
        for start, end in zip(starts, ends, strict=True)
        if _LOW * size <= end - start <= _HIGH * size
    ]


def _strip(
    dots: NDArray[np.uint8], ink: NDArray[np.bool_], run: tuple[int, int], size: float, dpi: int
) -> Strip | None:
    band = ink[run[0] : run[1]]
    columns = np.flatnonzero(band.any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    box = (right - left) * (run[1] - run[0])
    if right - left < _LEAST_WIDTH * size or band.sum() < _LEAST_INK * box:
        return None
    margin = _dot(0.5 * size)
    top, left = max(run[0] - margin, 0), max(left - margin, 0)
    part = dots[top : run[1] + margin, left : right + margin]
    image = Image(part.tobytes(), part.shape[1], part.shape[0], dpi)
    return Strip(image, left * 72 / dpi, top * 72 / dpi)
