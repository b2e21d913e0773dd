"""The words of a PDF page with their places: for columns, turned text, and all that is not plain.

A word costs as many calls into pdfium as a line, so pages come here only when
:meth:`~nis2_align.read.pdf_text.PageText.plain_lines` gives them up.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as pdfium

from nis2_align.read.pdf_lines import BELOW_BASELINE, Word, is_bold
from nis2_align.read.pdf_objects import Item
from nis2_align.read.pdf_text import GRAIN, HYPHEN, PageText, font_name, mended

__all__ = ["PageWords", "words_on"]

_IN_TEXT = re.compile(rf"[^\s{HYPHEN}]+{HYPHEN}?|{HYPHEN}")
_OBLIQUE = 0.05  # up by so much of the way along: not level
_QUARTERS = {(1, 0): 0, (0, 1): 1, (-1, 0): 2, (0, -1): 3}


class PageWords(NamedTuple):
    """What words a page holds.

    Attributes:
        words: Those that run the way most of the page does.
        width: Of the page, turned so that these words are level.
        height: Likewise.
        turned: Share of the letters that run another way and are not in ``words``.
    """

    words: list[Word]
    width: float
    height: float
    turned: float


class _Raw(NamedTuple):
    """A word as it stands in the file's own directions."""

    text: str
    left: float
    lower: float
    right: float
    upper: float
    x: float
    y: float
    size: float
    bold: bool
    quarter: int | None


class _Type(NamedTuple):
    """How a letter is set; ``x`` and ``y`` lead from the corner of its box to its baseline."""

    size: float
    bold: bool
    quarter: int | None
    x: float
    y: float


def words_on(page: PageText) -> PageWords:
    """Return the words of an open page.

    The page is turned the way most of its letters run, whatever the file says of its rotation:
    tables are often set sideways on an upright page.
    """
    found = list(_raw_words(page))
    letters: Counter[int | None] = Counter()
    for word in found:
        letters[word.quarter] += len(word.text)
    quarters = [(count, -quarter) for quarter, count in letters.items() if quarter is not None]
    quarter = -max(quarters)[1] if quarters else 0
    left, lower, right, upper = page.box
    width, height = right - left, upper - lower
    if quarter % 2:
        width, height = height, width
    level = [_turn(word, quarter, page.box) for word in found if word.quarter == quarter]
    total = letters.total()
    turned = 1 - letters[quarter] / total if total else 0.0
    return PageWords(level, width, height, turned)


def _raw_words(page: PageText) -> Iterator[_Raw]:
    box, raw = pdfium.FS_RECTF(), page.raw
    box_ref = ctypes.byref(box)
    types: dict[tuple[int, int], _Type] = {}
    for text, first, last in _spans(page):
        if not pdfium.FPDFText_GetLooseCharBox(raw, first, box_ref):
            continue
        left, lower, right, upper = box.left, box.bottom, box.right, box.top
        font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(raw, first))
        address = ctypes.addressof(font.contents) if font else 0
        key = (address, int((upper - lower) * GRAIN))
        known = types.get(key)
        if known is None:
            known = _type(raw, first, font, (left, lower))
            # Level letters whose boxes have one height have one size; turned ones may not.
            if known.quarter == 0:
                types[key] = known
        if last > first:
            pdfium.FPDFText_GetLooseCharBox(raw, last, box_ref)
        yield _Raw(
            mended(text),
            min(box.left, left),
            min(box.bottom, lower),
            max(box.right, right),
            max(box.top, upper),
            left + known.x,
            lower + known.y,
            known.size,
            known.bold,
            known.quarter,
        )


def _spans(page: PageText) -> Iterator[tuple[str, int, int]]:
    """Yield each word with the index of its first and last letter in pdfium."""
    text = page.text
    if not page.countable:
        # Letters that pdfium counts but does not write, or that take two units.
        text = "".join(
            chr(code) if 0 < code <= 0x10FFFF else " "
            for code in (pdfium.FPDFText_GetUnicode(page.raw, n) for n in range(page.count))
        )
    for match in _IN_TEXT.finditer(text):
        yield match[0], match.start(), match.end() - 1


def _type(raw: Item, index: int, font: Item, corner: tuple[float, float]) -> _Type:
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    return _Type(
        size=pdfium.FPDFText_GetFontSize(raw, index) * hypot(matrix.c, matrix.d),
        bold=bool(font) and is_bold(font_name(font)),
        quarter=_quarter(matrix.a, matrix.b),
        x=x.value - corner[0],
        y=y.value - corner[1],
    )


def _quarter(along: float, up: float) -> int | None:
    """Return by how many quarters a word is turned to the left; None where it is oblique."""
    longer = max(abs(along), abs(up))
    if not longer or min(abs(along), abs(up)) > _OBLIQUE * longer:
        return None
    return _QUARTERS[round(along / longer), round(up / longer)]


def _turn(word: _Raw, quarter: int, box: tuple[float, float, float, float]) -> Word:
    """Return the word in points from the top left corner, the page turned back by ``quarter``."""
    left, lower, right, upper = box
    x0, x1, baseline = {
        0: (word.left - left, word.right - left, upper - word.y),
        1: (word.lower - lower, word.upper - lower, word.x - left),
        2: (right - word.right, right - word.left, word.y - lower),
        3: (upper - word.upper, upper - word.lower, right - word.x),
    }[quarter]
    top = baseline - (1 - BELOW_BASELINE) * word.size
    return Word(word.text, x0, x1, top, top + word.size, word.size, word.bold)
