"""Sets plain text as PDF pages: one column or two, words divided or not; and copies of pages.

The acts that figures and tests need as PDF are set here, so that nobody has to keep copies of
them: the same text gives the same pages everywhere.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

FONTS = Path("/usr/share/fonts/truetype/dejavu")
_REGULAR, _BOLD = "TypesetRegular", "TypesetBold"
_PAGE = (595.0, 842.0)
_MARGIN = 62.0
_LEADING = 1.22
_LEAST_PART = 3  # letters on either side of a division


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a text is set.

    Attributes:
        columns: 1 or 2.
        size: Type size in points.
        divide: Words are divided at the ends of lines.
        rowwise: Two columns are drawn row by row, not one after the other.
        head: Running head; the page number stands at its end. Nothing where empty.
        seed: Of the places where words are divided.
    """

    columns: int = 1
    size: float = 10.0
    divide: bool = False
    rowwise: bool = False
    head: str = ""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Printed:
    """One line: its words, and whether it is stretched to the edge, bold and centred."""

    words: tuple[str, ...]
    full: bool
    heading: bool
    gap: float  # above it, in points


def has_fonts() -> bool:
    """Return whether the fonts that hold all letters of the region are installed."""
    return all((FONTS / f"DejaVuSerif{kind}.ttf").exists() for kind in ("", "-Bold"))


def typeset(paragraphs: Sequence[str], style: Style | None = None) -> bytes:
    """Return the text as a PDF; a paragraph that begins with ``*`` is a bold, centred heading."""
    from reportlab.pdfgen.canvas import Canvas

    style = style or Style()
    _register()
    gutter = 18.0
    width = (_PAGE[0] - 2 * _MARGIN - gutter * (style.columns - 1)) / style.columns
    columns = _columns(list(_lines(paragraphs, width, style)), style)
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=_PAGE, invariant=True)
    for start in range(0, len(columns), style.columns):
        if style.head:
            canvas.setFont(_REGULAR, 8)
            page = start // style.columns + 1
            canvas.drawString(_MARGIN, _PAGE[1] - 36, f"{style.head} {page}")
        drawn = []
        for number, column in enumerate(columns[start : start + style.columns]):
            left = _MARGIN + number * (width + gutter)
            drawn += [(line, left, top) for line, top in column]
        if style.rowwise:
            drawn.sort(key=lambda item: (item[2], item[1]))
        for line, left, top in drawn:
            _draw(canvas, line, left, _PAGE[1] - top, width, style.size)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _width(text: str, size: float, bold: bool) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _BOLD if bold else _REGULAR, size))


def _lines(paragraphs: Sequence[str], width: float, style: Style) -> Iterator[_Printed]:
    places = random.Random(style.seed)
    for paragraph in paragraphs:
        heading = paragraph.startswith("*")
        words = paragraph.removeprefix("*").split()
        gap = style.size * 0.5
        while words:
            line, rest = _fill(words, width, style, heading, places)
            yield _Printed(tuple(line), bool(rest) and not heading, heading, gap)
            words, gap = rest, 0.0


def _fill(
    words: list[str], width: float, style: Style, heading: bool, places: random.Random
) -> tuple[list[str], list[str]]:
    """Return the words that fit on a line, the last perhaps divided, and the rest."""
    line: list[str] = []
    for number, word in enumerate(words):
        if _width(" ".join([*line, word]), style.size, heading) <= width:
            line.append(word)
            continue
        if style.divide and not heading and word.isalpha() and places.random() < 0.6:
            for cut in range(len(word) - _LEAST_PART, _LEAST_PART - 1, -1):
                part = word[:cut] + "-"
                if _width(" ".join([*line, part]), style.size, heading) <= width:
                    return [*line, part], [word[cut:], *words[number + 1 :]]
        if not line:
            return [word], words[number + 1 :]
        return line, words[number:]
    return line, []


def _columns(lines: Sequence[_Printed], style: Style) -> list[list[tuple[_Printed, float]]]:
    columns: list[list[tuple[_Printed, float]]] = [[]]
    top = _MARGIN
    for line in lines:
        top += line.gap if columns[-1] else 0.0
        if top + _LEADING * style.size > _PAGE[1] - _MARGIN:
            columns.append([])
            top = _MARGIN
        top += _LEADING * style.size
        columns[-1].append((line, top))
    return columns


def _draw(canvas: Canvas, line: _Printed, left: float, y: float, width: float, size: float) -> None:
    canvas.setFont(_BOLD if line.heading else _REGULAR, size)
    text = " ".join(line.words)
    if line.heading:
        canvas.drawCentredString(left + width / 2, y, text)
        return
    room, gaps = width - _width(text, size, bold=False), len(line.words) - 1
    if not line.full or not gaps or room > 0.2 * width:
        canvas.drawString(left, y, text)
        return
    for word in line.words:
        canvas.drawString(left, y, word)
        left += _width(f"{word} ", size, bold=False) + room / gaps


def ruled(cells: Sequence[str], rows: int) -> bytes:
    """Return a PDF that is one ruled table of three columns, as annexes are, over many pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    _register()
    style = ParagraphStyle("cell", fontName=_REGULAR, fontSize=9, leading=11)
    texts = [f"{number + 1}. {cells[number % len(cells)]}" for number in range(3 * rows)]
    filled = [[Paragraph(escape(text), style) for text in texts[n : n + 3]]
              for n in range(0, len(texts), 3)]  # fmt: skip
    stream = io.BytesIO()
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(stream, pagesize=A4, invariant=True).build([Table(filled, style=grid)])
    return stream.getvalue()


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, kind in ((_REGULAR, ""), (_BOLD, "-Bold")):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"DejaVuSerif{kind}.ttf")))


def scanned(pdf: bytes, dpi: int = 200, *, slope: float = 0.0, quality: int = 75) -> bytes:
    """Return a copy of a PDF whose pages are pictures, as a scanner makes them.

    Args:
        pdf: The file.
        dpi: Dots per inch.
        slope: Degrees by which each page lies askew.
        quality: Of the JPEG pictures, up to 95.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pictures = []
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        pictures.append(
            picture.rotate(slope, expand=abs(slope) > 45, fillcolor=255) if slope else picture
        )
    document.close()
    stream = io.BytesIO()
    pictures[0].save(
        stream, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=quality
    )
    return stream.getvalue()
