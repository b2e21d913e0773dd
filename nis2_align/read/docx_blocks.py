"""The blocks of a DOCX: paragraphs with their numbers, tables, text boxes, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nis2_align.read.docx_numbering import Numbering
from nis2_align.read.docx_runs import Runs
from nis2_align.read.docx_styles import Style, Styles, outline_level
from nis2_align.read.docx_xml import FALLBACK, GONE, WRAPPERS, W, count, flag, value
from nis2_align.read.rows import places_text, row_line, sets_list
from nis2_align.read.sheet import HintKind, Sheet

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["Blocks", "Written"]

Pieces = list[tuple[str, bool | None]]


@dataclass(frozen=True, slots=True)
class Written:
    """A line on its way to the sheet.

    Attributes:
        text: Its words.
        hint: What the format knew about it.
        level: Depth of a heading, or None.
        flat: How a row reads in a cell of another table.
        block: The paragraph, or for a row the table, with which it ends in the file.
    """

    text: str
    hint: HintKind | None = None
    level: int | None = None
    flat: str = ""
    block: Element | None = field(default=None, repr=False, compare=False)

    def on(self, sheet: Sheet) -> None:
        """Write the line."""
        sheet.line(self.text, self.hint, self.level)


@dataclass(slots=True)
class _Open:
    """A paragraph whose mark is gone, so that the next one goes on with it."""

    number: str
    style: Style
    level: int | None
    pieces: Pieces
    block: Element


@dataclass(slots=True)
class Blocks:
    """Goes through blocks in document order; paragraphs are counted in that order, once each.

    Attributes:
        styles: The document's styles.
        numbering: Its numberings.
        runs: The reader of its runs.
        lines: What was written.
        titles: Lines in the style of a title.
    """

    styles: Styles
    numbering: Numbering
    runs: Runs
    lines: list[Written] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    _open: _Open | None = None

    def read(self, parent: Element) -> list[Written]:
        """Return the lines of all blocks of ``parent``, nothing left open."""
        self._blocks(parent)
        self._close()
        return self.lines

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._close()
                self._table(child)
            elif child.tag in WRAPPERS:
                self._blocks(child)

    def _inner(self) -> Blocks:
        return Blocks(self.styles, self.numbering, self.runs, titles=self.titles)

    # ----- paragraphs -----

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(W + "pPr")
        style = self.styles.of(paragraph)
        pieces = [piece for piece in self.runs.pieces(paragraph, hidden=style.hidden) if piece[0]]
        joined = _mark_is_gone(properties)
        if self._open is not None:
            self._open.pieces += pieces
            self._open.block = paragraph
        elif joined and not any(text.strip() for text, _ in pieces):
            return
        else:
            number = self.numbering.label(paragraph, style)
            self._open = _Open(number, style, outline_level(properties), pieces, paragraph)
        if not joined:
            self._close()
        for box in _text_boxes(paragraph):
            self._close()
            self.lines += self._inner().read(box)

    def _close(self) -> None:
        """Write the paragraph that is open."""
        if self._open is None:
            return
        ended, self._open = self._open, None
        text = "".join(piece for piece, _ in ended.pieces).replace("\N{SOFT HYPHEN}", "").strip()
        line = f"{ended.number}{text}".strip()
        if not text and not any(letter.isalnum() for letter in line):
            return  # A bullet in front of nothing.
        hint, level = _hint(ended)
        if ended.style.title and text:
            self.titles.append(" ".join(text.split()))
        words = line if hint else self.runs.notes.placed(line)
        self.lines.append(Written(words, hint, level, block=ended.block))

    # ----- tables -----

    def _table(self, table: Element) -> None:
        rows = [[self._cell(cell) for cell in _cells(row)] for row in _rows(table)]
        filled = [[_flat(lines) for lines in row if lines] for row in rows]
        if sets_list(filled):
            for label, lines in ([lines for lines in row if lines] for row in rows if any(row)):
                first = f"{label[0].text} {lines[0].flat or lines[0].text}"
                self.lines += [Written(first, block=lines[0].block), *lines[1:]]
        elif places_text(filled, max((len(cell) for row in rows for cell in row), default=0)):
            for lines in (lines for row in rows for lines in row):
                self.lines += lines
        else:
            for row in rows:
                cells = [_flat(lines) for lines in row]
                flat = " ".join(cell for cell in cells if cell)
                self.lines.append(Written(row_line(cells), "table_row", flat=flat, block=table))

    def _cell(self, cell: Element | None) -> list[Written]:
        if cell is None:
            return []
        lines = self._inner().read(cell)
        return [
            replace(line, text=text)
            for line in lines
            for text in line.text.splitlines()
            if text.strip()
        ]


def _flat(lines: list[Written]) -> str:
    return " ".join(line.flat or line.text for line in lines)


def _hint(ended: _Open) -> tuple[HintKind | None, int | None]:
    if ended.style.heading or ended.level is not None:
        return "heading", ended.level or ended.style.level
    shown = [bold for text, bold in ended.pieces if text.strip()]
    if shown and all(ended.style.bold if bold is None else bold for bold in shown):
        return "bold", None
    return None, None


def _mark_is_gone(properties: Element | None) -> bool:
    """Tell whether the end of a paragraph was deleted, or is hidden to set a heading run-in."""
    mark = None if properties is None else properties.find(W + "rPr")
    if mark is None:
        return False
    return any(child.tag in GONE for child in mark) or bool(flag(mark, "specVanish"))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == W + "tr":
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif child.tag in WRAPPERS:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element | None]:
    """Yield the cells of a row; None for a place that another cell reaches into."""
    yield from [None] * count(value(row.find(W + "trPr"), "gridBefore"), 0)
    for child in row:
        if child.tag == W + "tc":
            properties = child.find(W + "tcPr")
            if properties is not None and properties.find(W + "cellDel") is not None:
                continue
            merged = None if properties is None else properties.find(W + "vMerge")
            goes_on = merged is not None and merged.get(W + "val") in (None, "continue")
            yield None if goes_on else child
            yield from [None] * (count(value(properties, "gridSpan"), 1) - 1)
        elif child.tag in WRAPPERS:
            yield from _cells(child)


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes anchored in a paragraph, each once and none that lies in another."""
    for box in paragraph.iter(W + "txbxContent"):
        between = {above.tag for above in _up_to(box, paragraph)}
        if not between & {FALLBACK, W + "txbxContent", *GONE}:
            yield box


def _up_to(element: Element, top: Element) -> Iterator[Element]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above
