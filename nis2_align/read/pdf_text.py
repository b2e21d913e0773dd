"""The text layer of a PDF page, read through pdfium: whole lines, or single words.

A call into pdfium costs about as much as reading fifty letters, so a plain page (one column, level
text, lines one below the other) is read by its lines, with some five calls for each. A page of
which that does not hold is read word by word, with a few calls for each letter.

pdfium writes U+FFFE for a hyphen at the end of a line and drops the line end; it comes out here
as a hyphen at the end of a line again, whose meaning the whole document decides.
"""

from __future__ import annotations

import ctypes
import re
from ctypes import addressof
from functools import cached_property
from itertools import pairwise
from math import hypot
from operator import itemgetter
from typing import NamedTuple

import pypdfium2.raw as pdfium

from nis2_align.read.pdf_lines import (
    BELOW_BASELINE,
    GUTTER_WIDTH,
    GUTTER_ZONE,
    SAME_LINE,
    Frame,
    Line,
    frame_of,
    is_bold,
)
from nis2_align.read.pdf_objects import Item

__all__ = ["GRAIN", "HYPHEN", "PageText", "font_name", "mended"]


_loose_box = pdfium.FPDFText_GetLooseCharBox
_object_at = pdfium.FPDFText_GetTextObject
_font_of = pdfium.FPDFTextObj_GetFont

HYPHEN = "\ufffe"
"""What pdfium writes for a hyphen at the end of a line."""
_PRINTED_LINE = re.compile(rf"[^\s{HYPHEN}][^\r\n{HYPHEN}]*{HYPHEN}?|{HYPHEN}")
_TOP = itemgetter(4)
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"

# The bullets and dashes of symbol fonts, which have no letter of their own in the file.
_SYMBOLS = str.maketrans({"\uf0b7": "\N{BULLET}", "\uf0a7": "\N{BULLET}", "\uf02d": "-",
                          "\uf0d8": "\N{BULLET}", "\uf0fc": "\N{BULLET}"})  # fmt: skip
_SYMBOL = re.compile(f"[{''.join(map(chr, _SYMBOLS))}]")
_NO_LETTER = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_ODD = re.compile(f"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f{HYPHEN}{_SOFT_HYPHEN}]")
GRAIN = 256
"""Heights of letters are compared in so many parts of a point; more would be noise."""

_ROOM = 2.5  # points; a line that ends nearer to the edge is full

_SLOPE = 0.05  # up by so much of the way along: not level
_RAISED = 0.9  # times as high as the letters beside it, or less
# So many lines beside others, and such a share of all, show that a page may have columns.
_LEAST_BESIDE = 3
_SHARE_BESIDE = 0.15
_MOST_GARBLED = 0.2
_INVISIBLE = 3


class _Type(NamedTuple):
    """How letters of one font stand whose boxes have one height.

    Such letters have one size, so that it need not be asked for each line.

    Attributes:
        size: Type size.
        above: From the bottom of the box to the top of the line.
        level: Whether the text is not turned.
        bold: Whether the font is bold.
    """

    size: float
    above: float
    level: bool
    bold: bool


class _Set(NamedTuple):
    """One line as it is set: text, index of its first letter, and place on the page."""

    text: str
    first: int
    x0: float
    x1: float
    top: float
    size: float
    bold: bool


class PageText:
    """The text layer of one page that pdfium holds open.

    Attributes:
        text: All of it, as pdfium writes it.
        count: Number of letters that pdfium counts in it.
        box: Left, lower, right and upper edge of the page.
        raw: The page's text in pdfium.
    """

    def __init__(self, page: Item, number: int) -> None:
        self._number = number
        self.raw = pdfium.FPDFText_LoadPage(page)
        if not self.raw:
            raise ValueError("pdfium finds no text page")
        self.count: int = max(pdfium.FPDFText_CountChars(self.raw), 0)
        self.text = self._all_text()
        self._box = pdfium.FS_RECTF()
        self._box_ref = ctypes.byref(self._box)
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._types: dict[tuple[int, int], _Type] = {}
        self._bold: dict[int, bool] = {}
        self._usual = _ODD.search(self.text) is None
        self._garbled = False
        pdfium.FPDF_GetPageBoundingBox(page, self._box_ref)
        self.box = (self._box.left, self._box.bottom, self._box.right, self._box.top)
        self._left, self._top = self._box.left, self._box.top

    def close(self) -> None:
        """Free what the page holds in pdfium."""
        pdfium.FPDFText_ClosePage(self.raw)

    def _all_text(self) -> str:
        # pypdfium2's own method first looks for letters without text at both ends, which takes
        # longer than all else on a plain page; here they only make the text uncountable. A sign
        # beyond the first plane is two units, so twice the room is always enough.
        units = (ctypes.c_ushort * (2 * self.count + 1))()
        written = pdfium.FPDFText_GetText(self.raw, 0, self.count, units)
        return bytes(memoryview(units)[: max(written - 1, 0)]).decode("utf-16-le", "replace")

    @property
    def countable(self) -> bool:
        """Whether the letters of ``text`` stand at their index in pdfium."""
        return len(self.text) == self.count

    @cached_property
    def stretches(self) -> int:
        """Number of stretches of text that the file sets in one go and that are not blank."""
        return max(int(pdfium.FPDFText_CountRects(self.raw, 0, -1)), 0)

    def is_hidden(self) -> bool:
        """Return whether the text is invisible, as what text recognition lays under a scan."""
        first = next((i for i, letter in enumerate(self.text) if not letter.isspace()), None)
        if first is None:
            return False
        item = pdfium.FPDFText_GetTextObject(self.raw, first)
        return bool(pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE)

    def is_garbled(self) -> bool:
        """Return whether more than a fifth of the letters cannot be told from the file."""
        text = self.text if self._usual else self.text.translate(_SYMBOLS)
        lost = 0 if self._usual else len(_NO_LETTER.findall(text))
        lost += max(self.count - len(text), 0)
        if lost <= _MOST_GARBLED * self.count and self._garbled:
            error = pdfium.FPDFText_HasUnicodeMapError
            lost += sum(error(self.raw, index) == 1 for index in range(self.count))
        return lost > _MOST_GARBLED * max(self.count, 1)

    def plain_lines(self) -> list[Line] | None:
        """Return the lines of a plain page; None where it must be read word by word."""
        if not self.countable:
            return None
        found: list[_Set] = []
        for match in _PRINTED_LINE.finditer(self.text):
            line = self._set(match[0].rstrip(), match.start())
            if line is None:
                return None
            found.append(line)
        found.sort(key=_TOP)
        if any(b.top - a.top <= SAME_LINE * max(a.size, b.size) for a, b in pairwise(found)):
            return None
        frame = frame_of([(line.x0, line.x1) for line in found]) if found else Frame(0, 0)
        return None if self._may_have_columns(found, frame) else self._lines(found, frame)

    def _set(self, text: str, first: int) -> _Set | None:
        """Return where a line stands; None where it is not level or has no extent."""
        box, box_ref, last = self._box, self._box_ref, first + len(text) - 1
        if not _loose_box(self.raw, last, box_ref):
            return None
        x1, end, end_height = box.right, box.bottom, box.top - box.bottom
        _loose_box(self.raw, first, box_ref)
        x0, at, bottom = box.left, first, box.bottom
        height = box.top - bottom
        if height < _RAISED * end_height and text[0].isdigit():
            # A raised figure at the beginning says nothing about the line.
            at, bottom, height = last, end, end_height
        font = _font_of(_object_at(self.raw, at))
        key = (addressof(font.contents) if font else 0, int(height * GRAIN))
        known = self._types.get(key) or self._type(key, font, at, bottom)
        if not known.level or x1 <= x0:
            return None
        return _Set(
            text if self._usual else mended(text),
            first,
            x0 - self._left,
            x1 - self._left,
            self._top - bottom - known.above,
            known.size,
            known.bold and self._is_bold((first + last) // 2) and self._is_bold(last),
        )

    def _lines(self, found: list[_Set], frame: Frame) -> list[Line]:
        """Return the lines with the widths of their first words, exact where they may count.

        What begins a line counts only where the line before has room left.
        """
        lines: list[Line] = []
        number, edge = self._number, frame.right - _ROOM
        full = False
        for text, first, x0, x1, top, size, bold in found:
            letters = text.find(" ")
            width = x1 - x0
            if letters > 0:
                if full:
                    width *= letters / len(text)
                elif _loose_box(self.raw, first + letters - 1, self._box_ref):
                    width = self._box.right - self._left - x0
            lines.append(Line(text, number, x0, x1, top, top + size, size, bold, width, frame))
            full = x1 > edge
        return lines

    def _type(self, key: tuple[int, int], font: Item, index: int, bottom: float) -> _Type:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self.raw, index, matrix)
        pdfium.FPDFText_GetCharOrigin(self.raw, index, self._x, self._y)
        self._garbled |= pdfium.FPDFText_HasUnicodeMapError(self.raw, index) == 1
        # The matrix scales the size that the text is set in.
        size = pdfium.FPDFText_GetFontSize(self.raw, index) * hypot(matrix.c, matrix.d)
        known = self._types[key] = _Type(
            size=size,
            above=self._y.value - bottom + (1 - BELOW_BASELINE) * size,
            level=size > 0 and abs(matrix.b) <= _SLOPE * matrix.a,
            bold=bool(font) and is_bold(font_name(font)),
        )
        return known

    def _is_bold(self, index: int) -> bool:
        """Return whether a letter is bold; a space that pdfium put in has no font and counts so."""
        font = _font_of(_object_at(self.raw, index))
        if not font:
            return True
        key = addressof(font.contents)
        if key not in self._bold:
            self._bold[key] = is_bold(font_name(font))
        return self._bold[key]

    def _may_have_columns(self, lines: list[_Set], frame: Frame) -> bool:
        """Return whether lines stand side by side, or in the right half only.

        The gaps are looked for between the stretches that the file sets in one go.
        """
        width = frame.right - frame.left
        middle = frame.left + width / 2
        if sum(line.x0 >= middle for line in lines) >= _LEAST_BESIDE:
            return True
        count = self.stretches
        if count < len(lines) + _LEAST_BESIDE:
            return False
        gaps = self._gaps(count, *(frame.left + share * width for share in GUTTER_ZONE))
        return _most_at_one_place(gaps) >= max(_LEAST_BESIDE, _SHARE_BESIDE * len(lines))

    def _gaps(self, count: int, start: float, end: float) -> list[tuple[float, float]]:
        """Return where there is room for a gutter between neighbours on a line."""
        sides = [ctypes.c_double() for _ in range(4)]
        left_side, top_side, right_side, bottom_side = sides
        get, raw = pdfium.FPDFText_GetRect, self.raw
        gaps: list[tuple[float, float]] = []
        before_right, before_bottom = 0.0, 0.0
        for number in range(count):
            get(raw, number, *sides)
            left = left_side.value - self._left
            if left - before_right >= GUTTER_WIDTH and left > start and before_right < end:
                bottom = bottom_side.value
                if abs(bottom - before_bottom) < top_side.value - bottom:
                    gaps.append((before_right, left))
            before_right, before_bottom = right_side.value - self._left, bottom_side.value
        return gaps


def _most_at_one_place(gaps: list[tuple[float, float]]) -> int:
    """Return how many gaps share a place that is wide enough for a gutter.

    A justified line may have wide spaces; only between columns do they lie below each other.
    """
    half = GUTTER_WIDTH / 2
    ends = [(left + half, -1) for left, _ in gaps] + [(right - half, 1) for _, right in gaps]
    most = now = 0
    for _, change in sorted(ends):
        now -= change
        most = max(most, now)
    return most


def mended(text: str) -> str:
    """Return the text of a line with the signs for hyphens and bullets written out."""
    if text[-1] == HYPHEN:
        text = text[:-1] + "-"
    if _SOFT_HYPHEN in text:
        text = text[:-1].replace(_SOFT_HYPHEN, "") + text[-1]
    return text.translate(_SYMBOLS) if _SYMBOL.search(text) else text


def font_name(font: Item) -> str:
    """Return the name of a font as the file gives it."""
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")
