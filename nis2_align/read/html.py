"""HTML pages of gazettes and of EUR-Lex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nis2_align.read.encoding import Decoded, decode
from nis2_align.read.marks import is_label
from nis2_align.read.rows import grid, places_text, row_line, sets_list
from nis2_align.read.sheet import HintKind, Reading, Sheet, clean, unreadable
from nis2_align.read.title import guess_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["convert", "load"]

_DROPPED = frozenset((
    "head", "script", "style", "noscript", "template", "nav", "button", "svg", "iframe",
    "object", "embed", "select", "textarea", "audio", "video", "canvas", "map",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
    "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_BOLD_TAGS = frozenset(("b", "strong"))
_HEADING_TAG = re.compile(r"h([1-6])")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_BOLD_CLASS = re.compile(r"\bbold", re.I)
_TITLE_CLASS = re.compile(r"(?:^|[\s-])(?:s?title\b|s?ti-)", re.I)
_TITLE_OF_ACT = re.compile(r"\b(?:title-doc-first|doc-ti|eli-main-title)\b", re.I)
_SPACES = re.compile(r"[\s\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page with what is known about its decoding."""

    root: Any
    decoded: Decoded


def load(data: bytes, name: str) -> Page:
    """Parse the page; entities of a document type and links are never followed.

    Raises:
        UnreadableFileError: No text, no element at all, or nested beyond the parser's limit
            (the rest would be lost in silence).
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    decoded = decode(data)
    if decoded is None:
        raise unreadable(name, "html_encoding")
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    text = clean(decoded.text)
    try:
        root = document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise unreadable(name, "html_unreadable") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise unreadable(name, "html_nested")
    return Page(root, decoded)


def convert(page: Page) -> Reading:
    """Write one line for each block element and for each row of a table."""
    sheet = Sheet()
    page.decoded.report(sheet)
    walk = _Walk(sheet)
    walk.element(page.root, _Style())
    walk.end_line()
    reading = sheet.done()
    return sheet.done(_title(page.root, walk) or guess_title(reading.text.split("\n")))


def _title(root: HtmlElement, walk: _Walk) -> str | None:
    if walk.titles:
        return " ".join(dict.fromkeys(walk.titles))
    for element in root.iter("h1"):
        text = " ".join(element.text_content().split())
        if text:
            return text
    return None


@dataclass(frozen=True, slots=True)
class _Style:
    """What the elements around a stretch of text say about it."""

    bold: bool = False
    heading: bool = False
    level: int | None = None
    title: bool = False
    preformatted: bool = False

    def within(self, element: HtmlElement) -> _Style:
        tag, classes = element.tag, element.get("class") or ""
        style = self
        heading = _HEADING_TAG.fullmatch(tag)
        if heading:
            style = replace(style, heading=True, level=int(heading.group(1)))
        elif _TITLE_CLASS.search(classes):
            style = replace(style, heading=True)
        if _TITLE_OF_ACT.search(classes):
            style = replace(style, title=True)
        if (
            tag in _BOLD_TAGS
            or _BOLD_CLASS.search(classes)
            or _BOLD_STYLE.search(element.get("style") or "")
        ):
            style = replace(style, bold=True)
        return replace(style, preformatted=True) if tag == "pre" else style


@dataclass(slots=True)
class _Walk:
    """Goes through the tree in document order and writes lines."""

    sheet: Sheet
    titles: list[str] = field(default_factory=list)
    _pieces: list[tuple[str, _Style]] = field(default_factory=list)

    def element(self, element: HtmlElement, style: _Style) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            return
        if tag == "br":
            self.end_line()
        elif tag == "table":
            self._table(element, style)
        else:
            style = style.within(element)
            self._start(tag)
            self._content(element, style)
            self._end(element)

    def end_line(self) -> None:
        """Write the pieces gathered so far as one line."""
        text = self._pending()
        shown = [style for piece, style in self._pieces if piece.strip()]
        self._pieces.clear()
        if not text:
            return
        if all(style.title for style in shown):
            self.titles.append(text)
        hint: HintKind | None = None
        if all(style.heading for style in shown):
            hint = "heading"
        elif all(style.bold for style in shown):
            hint = "bold"
        self.sheet.line(text, hint, shown[0].level if hint == "heading" else None)

    def _content(self, element: HtmlElement, style: _Style) -> None:
        self._text(element.text, style)
        for child in element:
            self.element(child, style)
            self._text(child.tail, style)

    def _text(self, text: str | None, style: _Style) -> None:
        if not text:
            return
        if not style.preformatted:
            self._pieces.append((text, style))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.end_line()
            self._pieces.append((line, style))

    def _pending(self) -> str:
        joined = "".join(piece for piece, _ in self._pieces).replace("\N{SOFT HYPHEN}", "")
        return _SPACES.sub(" ", joined).strip()

    def _start(self, tag: str) -> None:
        # "<span>1.</span><div>text</div>" is one provision: a lone list mark waits for its text.
        if tag in _BLOCKS:
            self._end_line_unless_label()

    def _end(self, element: HtmlElement) -> None:
        if element.tag not in _BLOCKS:
            return
        if element.tag == "dt" or _is_first_of_two(element):
            self._end_line_unless_label()
        else:
            self.end_line()

    def _end_line_unless_label(self) -> None:
        if is_label(self._pending()):
            self._pieces.append((" ", self._pieces[-1][1]))
        else:
            self.end_line()

    def _table(self, table: HtmlElement, style: _Style) -> None:
        self._end_line_unless_label()
        for caption in table.iterchildren("caption"):
            self.element(caption, style)
        rows = list(_rows(table))
        if _is_list(rows):
            for row in rows:
                for cell in row:
                    self._content(cell, style.within(cell))
                    self._end_line_unless_label()
                self.end_line()
        elif _is_layout(rows):
            for cell in (cell for row in rows for cell in row):
                self.element(cell, style)
        else:
            self.end_line()
            for cells in grid(rows, _cell_text):
                self.sheet.line(row_line(cells), "table_row")


def _is_first_of_two(element: HtmlElement) -> bool:
    # By the neighbours: to count the children of a long page for each of them takes minutes.
    while element.getprevious() is None and element.getnext() is None:
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    second = element.getnext()
    return element.getprevious() is None and second is not None and second.getnext() is None


def _rows(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    for child in table:
        if child.tag == "tr":
            yield [cell for cell in child if cell.tag in ("td", "th")]
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _filled(row: list[HtmlElement]) -> list[str]:
    texts = (_SPACES.sub(" ", cell.text_content()).strip() for cell in row)
    return [text for text in texts if text]


def _is_list(rows: list[list[HtmlElement]]) -> bool:
    return sets_list(map(_filled, rows))


def _is_layout(rows: list[list[HtmlElement]]) -> bool:
    cells = [cell for row in rows for cell in row]
    if any(not _is_list(list(_rows(inner))) for cell in cells for inner in cell.iter("table")):
        return True
    paragraphs = (sum(1 for _ in cell.iter("p", "li", "h1", "h2", "h3")) for cell in cells)
    return places_text([_filled(row) for row in rows], max(paragraphs, default=0))


def _cell_text(cell: HtmlElement) -> str:
    inner = _Walk(Sheet())
    inner.element(cell, _Style())
    inner.end_line()
    return " ".join(inner.sheet.done().text.split())
