"""The words of a PDF page with their places: for columns, turned text, and all that is not plain.

A word costs eight calls into pdfium where a line costs five, so pages come here only when
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
from nis2_align.read.pdf_text import HYPHEN, PageText, font_name, mended

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
    fonts: dict[int, bool] = {}
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw = page.raw
    for text, first, last in _spans(page):
        if not pdfium.FPDFText_GetLooseCharBox(raw, last, box):
            continue
        ends = (box.left, box.bottom, box.right, box.top)
        pdfium.FPDFText_GetLooseCharBox(raw, first, box)
        pdfium.FPDFText_GetCharOrigin(raw, first, x, y)
        pdfium.FPDFText_GetMatrix(raw, first, matrix)
        item = pdfium.FPDFText_GetTextObject(raw, first)
        yield _Raw(
            text=mended(text),
            left=min(box.left, ends[0]),
            lower=min(box.bottom, ends[1]),
            right=max(box.right, ends[2]),
            upper=max(box.top, ends[3]),
            x=x.value,
            y=y.value,
            size=pdfium.FPDFText_GetFontSize(raw, first) * hypot(matrix.c, matrix.d),
            bold=_bold(item, fonts),
            quarter=_quarter(matrix.a, matrix.b),
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


def _bold(item: Item, fonts: dict[int, bool]) -> bool:
    font = pdfium.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return False
    key = ctypes.addressof(font.contents)
    if key not in fonts:
        fonts[key] = is_bold(font_name(font))
    return fonts[key]


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
