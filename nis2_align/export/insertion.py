"""A copy of an act's own DOCX with a clause in it, as a tracked insertion.

The clause becomes paragraphs of its own below the provision chosen, marked as inserted by an
author at a time (ECMA-376 Part 1, 17.13.5), so that the ministry accepts or rejects it in Word.
Only the main part of the package is written anew; every other part is copied as it stands. What
comes out is read again: unless it reads as the act with the clause in it, nothing is handed out,
so the copy is graded as the trial was.
"""

from __future__ import annotations

import copy
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from nis2_align.drafting import clause_lines, with_clause
from nis2_align.errors import Nis2AlignError
from nis2_align.read.docx_styles import Styles
from nis2_align.read.docx_xml import W, is_gone
from nis2_align.read.sheet import clean

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from nis2_align.model import Document, Provision

__all__ = ["InsertionError", "with_insertion"]

_ID = W + "id"
# Word takes no longer name.
_LONGEST_NAME = 255
# How a paragraph is set; not how it is numbered, which would change the numbers below.
_SETTING = frozenset(W + name for name in ("spacing", "ind", "contextualSpacing", "jc"))
_LETTERS = frozenset(W + name for name in ("rFonts", "sz", "szCs", "lang"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class InsertionError(Nis2AlignError):
    """The clause cannot be put into the file; its text can still be taken.

    Args:
        reason: ``format``: the act is no DOCX; ``file``: these are not the bytes that were read;
            ``place``: no paragraph of the file ends where the provision does.
    """

    def __init__(self, reason: Literal["format", "file", "place"]) -> None:
        super().__init__(_WHAT[reason], "Take the clause as text and put it in by hand.")
        self.reason = reason


_WHAT = {
    "format": "The act is no DOCX file, so no tracked insertion can be made in it.",
    "file": "The file is not the one that was read.",
    "place": "The provision does not end with a paragraph of the file.",
}


def with_insertion(
    content: bytes,
    document: Document,
    provision: Provision,
    text: str,
    author: str,
    when: datetime | None = None,
) -> bytes:
    """Return a copy of a DOCX with a clause below a provision, as a tracked insertion.

    Args:
        content: The bytes of the act's file; they stay as they are.
        document: What was read from them.
        provision: Provision of the act below which the clause is to stand.
        text: The clause; each line becomes a paragraph.
        author: Who inserts it, as Word shows it; up to 255 characters are kept.
        when: When; now where None.

    Returns:
        The bytes of the copy.

    Raises:
        InsertionError: The act is no DOCX, the bytes are others, or there is no such place.
        Nis2AlignError: The clause is empty or too long.
    """
    from nis2_align.read.docx import convert, line_ends, load

    lines = clause_lines(text)
    if document.format != "docx":
        raise InsertionError("format")
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise InsertionError("file")
    word = load(content, document.name)
    edited = with_clause(document, provision, lines)
    block = line_ends(word).get(edited.span.start)
    if block is None:
        raise InsertionError("place")
    styled = block.tag == W + "p" and _may_follow(block, Styles(word.styles.element))
    inserted = _Inserted(_name(author), when or datetime.now(UTC))
    part = str(word.part.partname).lstrip("/")
    place = list(word.element.iter(block.tag)).index(block)
    made = _package(content, part, lambda root: inserted.put(root, block.tag, place, lines, styled))
    if convert(load(made, document.name)).text != edited.document.text:
        raise InsertionError("place")
    return made


def _name(author: str) -> str:
    kept = "".join(letter for letter in clean(author) if letter not in "\ufffe\uffff")
    return " ".join(kept.split())[:_LONGEST_NAME]


def _may_follow(paragraph: Element, styles: Styles) -> bool:
    """Tell whether a paragraph's style may be taken over: it is plain running text."""
    style = styles.of(paragraph)
    return not (style.bold or style.hidden or style.heading or style.number is not None)


def _package(content: bytes, part: str, change: Callable[[Element], None]) -> bytes:
    """Return the package with one part changed; all others are copied."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as held,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for item in held.infolist():
            data = held.read(item)
            if item.filename == part:
                root = etree.fromstring(data, parser)
                change(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            made.writestr(item, data)
    return stream.getvalue()


class _Inserted:
    """Makes paragraphs that are marked as inserted by one author at one time."""

    def __init__(self, author: str, when: datetime) -> None:
        self._author = author
        self._when = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._next = 1

    def put(self, root: Element, tag: str, place: int, lines: Sequence[str], styled: bool) -> None:
        """Put the lines below the block that is number ``place`` of its tag."""
        block = list(root.iter(tag))[place]
        told = (element.get(_ID) or "" for element in root.iter())
        self._next = 1 + max((int(id_) for id_ in told if _is_number(id_)), default=0)
        for line in reversed(lines):
            block.addnext(self._paragraph(block, line, styled))

    def _paragraph(self, block: Element, line: str, styled: bool) -> Element:
        made: Element = block.makeelement(W + "p")
        properties = _child(made, "pPr")
        letters: list[Element] = []
        if block.tag == W + "p":
            properties.extend(_setting(block, styled))
            letters = list(_letters(block))
        mark = _child(properties, "rPr")
        self._marked(mark)
        mark.extend(copy.deepcopy(one) for one in letters)
        run = _child(self._marked(made), "r")
        if letters:
            _child(run, "rPr").extend(copy.deepcopy(one) for one in letters)
        words = _child(run, "t")
        words.set(_SPACE, "preserve")
        words.text = line
        return made

    def _marked(self, parent: Element) -> Element:
        mark = _child(parent, "ins")
        mark.set(_ID, str(self._next))
        mark.set(W + "author", self._author)
        mark.set(W + "date", self._when)
        self._next += 1
        return mark


def _is_number(id_: str) -> bool:
    return id_.isascii() and id_.isdigit() and len(id_) < 10


def _child(parent: Element, name: str) -> Element:
    made = parent.makeelement(W + name)
    parent.append(made)
    return made


def _setting(block: Element, styled: bool) -> Iterator[Element]:
    """Yield how a paragraph is set, in the order that the schema wants."""
    properties = block.find(W + "pPr")
    for one in () if properties is None else properties:
        if one.tag in _SETTING or (styled and one.tag == W + "pStyle"):
            yield copy.deepcopy(one)


def _letters(block: Element) -> Iterator[Element]:
    """Yield typeface, size and language of the first run that is there."""
    run = next((one for one in block.iter(W + "r") if not is_gone(one)), None)
    properties = None if run is None else run.find(W + "rPr")
    for one in () if properties is None else properties:
        if one.tag in _LETTERS:
            yield one
