"""Akoma Ntoso: acts as XML with their structure (OASIS LegalDocML 1.0, also the 2.0 schema).

Every element of structure becomes lines as they would be printed; what the format knows about
them beyond their words goes into hints: numbers and headings of parts that stand on lines of
their own are ``heading`` hints, as deep as the part lies, rows of tables are ``table_row`` hints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nis2_align.read.encoding import Decoded, decode
from nis2_align.read.notes import Notes
from nis2_align.read.rows import grid, places_text, row_line, sets_list
from nis2_align.read.sheet import HintKind, Reading, Sheet, clean, unreadable
from nis2_align.read.title import guess_title

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["convert", "load"]

# Parts whose number and heading are printed on lines of their own.
_PARTS = frozenset((
    "article", "attachment", "book", "chapter", "division", "hcontainer", "part", "section",
    "subchapter", "subdivision", "subpart", "subtitle", "title", "tome", "transitional",
))  # fmt: skip
# Smaller parts: the number stands before the text.
_ITEMS = frozenset((
    "alinea", "citation", "clause", "indent", "item", "level", "li", "list", "paragraph", "point",
    "proviso", "recital", "rule", "subclause", "sublist", "subparagraph", "subrule", "subsection",
))  # fmt: skip
_BLOCKS = _PARTS | _ITEMS | frozenset((
    "act", "akomaNtoso", "attachments", "bill", "block", "blockContainer", "blockList", "body",
    "citations", "conclusions", "container", "content", "coverPage", "crossHeading", "doc",
    "docketNumber", "formula", "heading", "interstitial", "intro", "listIntroduction",
    "listWrapUp", "longTitle", "mainBody", "ol", "p", "preamble", "preface", "quotedStructure",
    "recitals", "subheading", "tblock", "ul", "wrapUp",
))  # fmt: skip
_HEADINGS = frozenset(("crossHeading", "heading", "subheading"))
# Data about the text, what was deleted, and lists of what follows.
_DROPPED = frozenset(("del", "img", "meta", "noteRef", "toc"))
_BOLD = frozenset(("b",))
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.I)
_SPACES = re.compile(r"[\s\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed act with what is known about its decoding."""

    root: Element
    decoded: Decoded


def load(data: bytes, name: str) -> Page:
    """Parse the act. No document type is read, no entity and no address is ever followed.

    Raises:
        UnreadableFileError: No text in a known encoding, a document type declaration (through
            which a file could name others, and which the format does not use), XML that is
            damaged or nested beyond the parser's limit, or another root element.
    """
    from lxml import etree

    decoded = decode(data)
    if decoded is None:
        raise unreadable(name, "akn_encoding")
    if _DOCTYPE.search(decoded.text):
        raise unreadable(name, "akn_entities")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    text = clean(decoded.text).lstrip("\N{ZERO WIDTH NO-BREAK SPACE} \n")
    try:
        root = etree.fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise unreadable(name, "damaged") from error
    if _tag(root).lower() != "akomantoso":
        raise unreadable(name, "xml")
    return Page(root, decoded)


def convert(page: Page) -> Reading:
    """Write the lines of the act in the order of the elements."""
    sheet = Sheet()
    page.decoded.report(sheet)
    walk = _Walk(sheet)
    walk.element(page.root, _Place())
    walk.end_line()
    walk.notes.finish(sheet, "akn_notes")
    walk.report()
    reading = sheet.done()
    return sheet.done(" ".join(walk.titles) or guess_title(reading.text.split("\n")))


def _tag(element: Element) -> str:
    """Return the local name: the namespace differs from version to version of the schema."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """What the elements around a stretch of text say about it."""

    part: str = ""
    depth: int = 0
    heading: bool = False
    bold: bool = False
    quoted: bool = False


@dataclass(slots=True)
class _Walk:
    """Goes through the tree in document order and writes lines."""

    sheet: Sheet
    notes: Notes = field(default_factory=Notes)
    titles: list[str] = field(default_factory=list)
    deleted: int = 0
    _number: str = ""
    _pieces: list[tuple[str, _Place]] = field(default_factory=list)
    _titled: bool = False

    def element(self, element: Element, place: _Place) -> None:
        """Write an element and all that it holds."""
        tag = _tag(element)
        if tag in _DROPPED or not tag:
            self.deleted += tag == "del"
        elif tag == "num":
            self._take_number(element, place)
        elif tag == "table" and _is_regular(element):
            self._table(element, place)
        elif tag == "authorialNote":
            self.notes.add(" ".join("".join(element.itertext()).split()))
        elif tag in ("br", "eol"):
            self._pieces.append((" ", place))
        elif tag in _BLOCKS:
            self._block(element, tag, place)
        else:
            self._inline(element, tag, place)

    def end_line(self) -> None:
        """Write the pieces gathered so far as one line, after the number that waits for them."""
        text = _SPACES.sub(" ", "".join(piece for piece, _ in self._pieces)).strip()
        shown = [place for piece, place in self._pieces if piece.strip()]
        self._pieces.clear()
        if not text:
            return
        number, self._number = self._number, ""
        hint: HintKind | None = None
        if not number and not any(place.quoted for place in shown):
            hint = _hint(shown)
        level = (shown[0].depth or None) if hint == "heading" else None
        line = f"{number} {text}" if number else text
        self.sheet.line(line if hint else self.notes.placed(line), hint, level)

    def report(self) -> None:
        """Note what the text does not show."""
        if self.deleted:
            self.sheet.issue("akn_tracked_changes", count=self.deleted)

    def _block(self, element: Element, tag: str, place: _Place) -> None:
        self.end_line()
        inner = replace(place, heading=place.heading or tag in _HEADINGS)
        if tag in _PARTS:
            inner = replace(inner, part=tag, depth=place.depth + _is_told(element))
        elif tag in _ITEMS:
            inner = replace(inner, part=tag)
        elif tag == "quotedStructure":
            inner = replace(inner, quoted=True)
        if tag == "quotedStructure" and element.get("startQuote"):
            self._pieces.append((element.get("startQuote") or "", inner))
        self._content(element, inner)
        if tag == "quotedStructure" and element.get("endQuote"):
            self._pieces.append((element.get("endQuote") or "", inner))
        self.end_line()
        if any(_tag(child) == "num" for child in element):
            self._end_number()
        self._titled = self._titled or (tag in ("preface", "longTitle") and bool(self.titles))

    def _inline(self, element: Element, tag: str, place: _Place) -> None:
        inner = replace(place, bold=place.bold or tag in _BOLD)
        if tag == "docTitle" and not self._titled:
            self.titles.append(" ".join("".join(_shown(element)).split()))
        quotes = tag == "quotedText"
        if quotes:
            self._pieces.append((element.get("startQuote") or "", inner))
        self._content(element, inner)
        if quotes:
            self._pieces.append((element.get("endQuote") or "", inner))

    def _content(self, element: Element, place: _Place) -> None:
        if element.text:
            self._pieces.append((element.text, place))
        for child in element:
            self.element(child, place)
            if child.tail:
                self._pieces.append((child.tail, place))

    def _take_number(self, element: Element, place: _Place) -> None:
        """Write the number of a part; one of an item waits for the item's text."""
        self.end_line()
        self._end_number()
        text = _SPACES.sub(" ", "".join(_shown(element))).strip()
        if place.part in _PARTS and not place.quoted:
            self.sheet.line(text, "heading", place.depth or None)
        elif place.part in _PARTS:
            self.sheet.line(text)
        else:
            self._number = text
        for note in _named(element, "authorialNote"):
            self.notes.add("".join(note.itertext()))

    def _end_number(self) -> None:
        if self._number:
            number, self._number = self._number, ""
            self.sheet.line(number)

    def _table(self, table: Element, place: _Place) -> None:
        self.end_line()
        self._end_number()
        for child in table:
            if _tag(child) == "caption":
                self._content(child, place)
                self.end_line()
        rows = list(_rows(table))
        filled = [[text for text in map(_cell_text, row) if text] for row in rows]
        most = max((sum(1 for _ in _named(cell, "p")) for row in rows for cell in row), default=0)
        if sets_list(filled):
            for row in filled:
                self.sheet.line(" ".join(row))
        elif places_text(filled, most):
            for cell in (cell for row in rows for cell in row):
                self._content(cell, place)
                self.end_line()
        else:
            for cells in grid(rows, _cell_text):
                self.sheet.line(row_line(cells), "table_row")


def _hint(shown: list[_Place]) -> HintKind | None:
    if all(place.heading for place in shown):
        return "heading"
    return "bold" if all(place.bold for place in shown) else None


def _is_told(element: Element) -> bool:
    """Tell whether a part has a number or a heading; one without is only a wrapper."""
    return any(_tag(child) in ("num", "heading") for child in element)


def _shown(element: Element) -> Iterator[str]:
    """Yield the text of an element without its notes and without what was deleted."""
    yield element.text or ""
    for child in element:
        if _tag(child) not in _DROPPED and _tag(child) != "authorialNote":
            yield from _shown(child)
        yield child.tail or ""


def _named(element: Element, tag: str) -> Iterator[Element]:
    return (inner for inner in element.iter() if _tag(inner) == tag)


def _is_regular(table: Element) -> bool:
    """Tell whether all words of a table stand in its cells, so that rows lose none."""
    for element in table.iter():
        tag = _tag(element)
        if tag in ("table", "tbody", "thead", "tfoot", "tr"):
            allowed = ("td", "th") if tag == "tr" else ("tbody", "thead", "tfoot", "tr", "caption")
            texts = [element.text, *(child.tail for child in element)]
            if any((text or "").strip() for text in texts):
                return False
            if any(_tag(child) not in allowed for child in element):
                return False
    return True


def _rows(table: Element) -> Iterator[list[Element]]:
    for child in table:
        if _tag(child) == "tr":
            yield [cell for cell in child if _tag(cell) in ("td", "th")]
        elif _tag(child) in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _cell_text(cell: Element) -> str:
    inner = _Walk(Sheet())
    inner._content(cell, _Place())
    inner.end_line()
    inner._end_number()
    return " ".join(inner.sheet.done().text.split())
