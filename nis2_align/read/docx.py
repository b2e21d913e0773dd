"""Word documents (DOCX), read through python-docx and the XML beneath it.

python-docx's own ``paragraph.text`` leaves out tracked insertions and content controls, so the
text is gathered from the XML (ECMA-376 Part 1, clause 17). Tracked changes are read as if all
were accepted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nis2_align.errors import UnreadableFileError
from nis2_align.read.rows import places_text, row_line, sets_list
from nis2_align.read.sheet import HintKind, Reading, Sheet, unreadable
from nis2_align.read.title import guess_title

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

__all__ = ["MAX_RATIO", "MAX_UNPACKED", "convert", "load"]

MAX_UNPACKED = 200 * 1024 * 1024
"""Largest sum of the unpacked sizes in the package, in bytes."""

MAX_RATIO = 200
"""Largest unpacked : packed ratio; judged from :data:`_RATIO_FROM` on, real files stay near 20."""

_RATIO_FROM = 20 * 1024 * 1024
_MOST_PARTS = 10_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is not shown once every tracked change is accepted.
_DELETED = frozenset(_W + name for name in ("del", "moveFrom"))
_CHANGES = frozenset(_W + name for name in ("ins", "del", "moveFrom", "moveTo"))
# Containers that hold blocks and are no blocks themselves.
_WRAPPERS = frozenset(
    _W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_SIGNS = {
    _W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n",
    _W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", _W + "sym": "\N{BULLET}",
}  # fmt: skip
_HEADING_NAME = re.compile(r"heading ([1-9])", re.I)
_OFF = ("0", "false", "off", "none")


def load(data: bytes, name: str) -> WordDocument:
    """Open the package.

    Raises:
        UnreadableFileError: It would unpack to too much, is damaged, or declares a document
            type (which the format forbids and which could name outside files).
    """
    import docx

    try:
        _check_package(data, name)
        document = docx.Document(io.BytesIO(data))
        if document.element.body is None or document.styles.element is None:
            raise ValueError("no body")
        return document
    except UnreadableFileError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx let anything through
        raise unreadable(
            name, "is damaged or was cut off", "Open it in Word, save it again and read that."
        ) from error


def _check_package(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts) or 1
        suspicious = unpacked > _RATIO_FROM and unpacked / packed > MAX_RATIO
        if unpacked > MAX_UNPACKED or suspicious or len(parts) > _MOST_PARTS:
            raise unreadable(
                name,
                "would unpack to far more than a document holds",
                "Open it in Word, save it without pictures and read that.",
            )
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                _check_part(package, part, name)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    with package.open(part) as stream:
        head = stream.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise unreadable(
            name, "declares entities, which a DOCX may not", "Open it in Word and save it again."
        )


def convert(document: WordDocument) -> Reading:
    """Write paragraphs and table rows in the order of the document."""
    styles = _styles(document)
    walk = _Walk(Sheet(), styles)
    body = document.element.body
    walk.blocks(body)
    walk.report(body)
    reading = walk.sheet.done()
    return walk.sheet.done(" ".join(walk.titles) or guess_title(reading.text.split("\n")))


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says, with all it is based on."""

    bold: bool = False
    heading: bool = False
    level: int | None = None
    title: bool = False
    numbered: bool = False


def _styles(document: WordDocument) -> dict[str | None, _Style]:
    """Return the styles by id; None stands for the default paragraph style."""
    elements = {style.get(_W + "styleId"): style for style in document.styles.element}
    known: dict[str | None, _Style] = {
        style_id: _style(_chain(element, elements))
        for style_id, element in elements.items()
        if style_id is not None
    }
    for style_id, element in elements.items():
        if element.get(_W + "default") in ("1", "true") and _is_paragraph_style(element):
            known[None] = known[style_id]
    return known


def _is_paragraph_style(element: Element) -> bool:
    return bool(element.get(_W + "type") == "paragraph")


def _chain(element: Element, elements: dict[str | None, Element]) -> list[Element]:
    """Return a style and those it is based on, nearest first; a circle ends where it began."""
    chain: list[Element] = []
    while element is not None and element not in chain:
        chain.append(element)
        element = elements.get(_value(element, "basedOn"))
    return chain


def _style(chain: list[Element]) -> _Style:
    names = [(_value(element, "name") or "").lower() for element in chain]
    levels = [_outline_level(element.find(_W + "pPr")) for element in chain]
    levels += [int(m.group(1)) for m in map(_HEADING_NAME.fullmatch, names) if m]
    level = next((number for number in levels if number is not None), None)
    title = "title" in names
    bold = next((b for b in (_bold(e.find(_W + "rPr")) for e in chain) if b is not None), False)
    numbered = next((n for n in (_numbered(e.find(_W + "pPr")) for e in chain) if n is not None), 0)
    return _Style(bold, title or level is not None, level, title, bool(numbered))


def _value(element: Element | None, child: str) -> str | None:
    found = None if element is None else element.find(_W + child)
    return None if found is None else found.get(_W + "val")


def _bold(properties: Element | None) -> bool | None:
    found = None if properties is None else properties.find(_W + "b")
    return None if found is None else found.get(_W + "val") not in _OFF


def _outline_level(properties: Element | None) -> int | None:
    value = _value(properties, "outlineLvl")
    # Nine is Word's "body text".
    return int(value) + 1 if value is not None and value.isdigit() and int(value) < 9 else None


def _numbered(properties: Element | None) -> bool | None:
    number = None if properties is None else properties.find(_W + "numPr")
    if number is None:
        return None
    # A style may hold the level alone; zero takes the numbering of the style away.
    return _value(number, "numId") not in (None, "0")


@dataclass(slots=True)
class _Walk:
    """Goes through the blocks in document order and writes lines."""

    sheet: Sheet
    styles: dict[str | None, _Style]
    titles: list[str] = field(default_factory=list)

    def blocks(self, parent: Element) -> None:
        for child in parent:
            if child.tag == _W + "p":
                self._paragraph(child)
            elif child.tag == _W + "tbl":
                self._table(child)
            elif child.tag in _WRAPPERS:
                self.blocks(child)

    def report(self, body: Element) -> None:
        """Note what the text does not show."""
        numbered = sum(self._is_numbered(paragraph) for paragraph in body.iter(_W + "p"))
        if numbered:
            self.sheet.issue(
                "docx_automatic_numbering",
                f"{numbered} paragraphs get their number or bullet from Word; these are not in "
                "the text that was read. In Word, turn automatic numbers into text (or save as "
                "PDF) and read that file.",
            )
        if next(body.iter(*_CHANGES), None) is not None:
            self.sheet.issue(
                "docx_tracked_changes",
                "The file holds tracked changes; it was read as if all of them were accepted. "
                "Accept or reject them in Word to be sure.",
            )
        if next(body.iter(_W + "footnoteReference", _W + "endnoteReference"), None) is not None:
            self.sheet.issue(
                "docx_footnotes",
                "Footnotes and endnotes were not read. Move what is law into the text.",
                info=True,
            )

    def _style_of(self, paragraph: Element) -> _Style:
        name = _value(paragraph.find(_W + "pPr"), "pStyle")
        return self.styles.get(name) or self.styles.get(None) or _Style()

    def _is_numbered(self, paragraph: Element) -> bool:
        own = _numbered(paragraph.find(_W + "pPr"))
        if not any(text.strip() for text, _ in _pieces(paragraph)):
            return False
        return self._style_of(paragraph).numbered if own is None else own

    def _paragraph(self, paragraph: Element) -> None:
        style = self._style_of(paragraph)
        pieces = [(text, bold) for text, bold in _pieces(paragraph) if text]
        text = "".join(piece for piece, _ in pieces).replace("\N{SOFT HYPHEN}", "").strip()
        shown = [bold for piece, bold in pieces if piece.strip()]
        hint: HintKind | None = None
        own_level = _outline_level(paragraph.find(_W + "pPr"))
        if style.heading or own_level is not None:
            hint = "heading"
        elif shown and all(style.bold if bold is None else bold for bold in shown):
            hint = "bold"
        if style.title and text:
            self.titles.append(" ".join(text.split()))
        self.sheet.line(text, hint, (own_level or style.level) if hint == "heading" else None)
        for box in _text_boxes(paragraph):
            self.blocks(box)

    def _table(self, table: Element) -> None:
        rows = [[self._lines(cell) for cell in _cells(row)] for row in _rows(table)]
        filled = [[" ".join(lines) for lines in row if lines] for row in rows]
        if sets_list(filled):
            for label, lines in ([lines for lines in row if lines] for row in rows if any(row)):
                self.sheet.line(f"{label[0]} {lines[0]}")
                for line in lines[1:]:
                    self.sheet.line(line)
        elif places_text(filled, max((len(cell) for row in rows for cell in row), default=0)):
            for cell in (cell for row in _rows(table) for cell in _cells(row)):
                if cell is not None:
                    self.blocks(cell)
        else:
            for row in rows:
                self.sheet.line(row_line([" ".join(lines) for lines in row]), "table_row")

    def _lines(self, cell: Element | None) -> list[str]:
        if cell is None:
            return []
        inner = _Walk(Sheet(), self.styles)
        inner.blocks(cell)
        return inner.sheet.done().text.splitlines()


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == _W + "tr":
            properties = child.find(_W + "trPr")
            if properties is None or properties.find(_W + "del") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element | None]:
    """Yield the cells of a row; None for a place that another cell reaches into."""
    before = _value(row.find(_W + "trPr"), "gridBefore")
    yield from [None] * _count(before, 0)
    for child in row:
        if child.tag == _W + "tc":
            properties = child.find(_W + "tcPr")
            merged = None if properties is None else properties.find(_W + "vMerge")
            goes_on = merged is not None and merged.get(_W + "val") in (None, "continue")
            yield None if goes_on else child
            yield from [None] * (_count(_value(properties, "gridSpan"), 1) - 1)
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _count(value: str | None, default: int) -> int:
    return min(int(value), 50) if value is not None and value.isdigit() else default


def _pieces(node: Element) -> Iterator[tuple[str, bool | None]]:
    """Yield the runs below ``node`` with their own boldness, None where the style decides."""
    for child in node:
        if child.tag == _W + "r":
            bold = _bold(child.find(_W + "rPr"))
            yield "".join(_run_text(child)), bold
        elif child.tag not in _DELETED and child.tag not in (_W + "pPr", _FALLBACK):
            yield from _pieces(child)


def _run_text(run: Element) -> Iterator[str]:
    for child in run:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes anchored in a paragraph, each once and none that lies in another."""
    for box in paragraph.iter(_W + "txbxContent"):
        between = (ancestor.tag for ancestor in _up_to(box, paragraph))
        if not any(tag in (_FALLBACK, _W + "txbxContent") for tag in between):
            yield box


def _up_to(element: Element, top: Element) -> Iterator[Element]:
    for ancestor in element.iterancestors():
        if ancestor is top:
            return
        yield ancestor
