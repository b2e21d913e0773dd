"""Word documents (DOCX), read through python-docx and the XML beneath it.

python-docx's own ``paragraph.text`` leaves out tracked insertions, content controls and the
numbers that Word computes, so the text is gathered from the XML (ECMA-376 Part 1, clause 17).
Tracked changes are read as if all were accepted; headers, footers and comments are no text of
the act. Nothing that the file refers to is opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nis2_align.errors import UnreadableFileError
from nis2_align.read.docx_blocks import Blocks
from nis2_align.read.docx_numbering import Numbering
from nis2_align.read.docx_runs import Runs
from nis2_align.read.docx_styles import Styles
from nis2_align.read.docx_xml import CHANGES, W, is_gone
from nis2_align.read.sheet import Reading, Sheet, unreadable
from nis2_align.read.title import guess_title

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

__all__ = ["MAX_RATIO", "MAX_UNPACKED", "check_sizes", "convert", "line_ends", "load"]

MAX_UNPACKED = 200 * 1024 * 1024
"""Largest sum of the unpacked sizes in the package, in bytes."""

MAX_RATIO = 200
"""Largest unpacked : packed ratio; judged from :data:`_RATIO_FROM` on, real files stay near 20."""

_RATIO_FROM = 20 * 1024 * 1024
_MOST_PARTS = 10_000

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_STRICT = b"http://purl.oclc.org/ooxml/"


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
        raise unreadable(name, "docx_damaged") from error


def _check_package(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        check_sizes(package, name)
        for part in package.infolist():
            if part.filename.lower().endswith((".xml", ".rels")):
                _check_part(package, part, name)


def check_sizes(package: zipfile.ZipFile, name: str) -> None:
    """Refuse a package that would unpack to more than a document holds.

    Raises:
        UnreadableFileError: More than :data:`MAX_UNPACKED` bytes, :data:`MAX_RATIO` or parts.
    """
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    suspicious = unpacked > _RATIO_FROM and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or suspicious or len(parts) > _MOST_PARTS:
        raise unreadable(name, "unpacks_to_too_much")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    with package.open(part) as stream:
        head = stream.read(4096)
    if _STRICT in head:
        raise unreadable(name, "docx_strict")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise unreadable(name, "docx_entities")


def convert(document: WordDocument) -> Reading:
    """Write paragraphs and table rows in the order of the document."""
    sheet = Sheet()
    body = document.element.body
    blocks = _blocks(document)
    for line in blocks.read(body):
        line.on(sheet)
    blocks.runs.notes.finish(sheet, "docx_footnotes")
    _report_changes(sheet, body)
    _report_left_out(sheet, blocks, body)
    _report_comments(sheet, _root(document, "comments"))
    reading = sheet.done()
    return sheet.done(" ".join(blocks.titles) or guess_title(reading.text.split("\n")))


def line_ends(document: WordDocument) -> dict[int, Element]:
    """Say where the lines of the text stand in the file.

    Args:
        document: The document, as it was read.

    Returns:
        Offset in the text just after a line → the paragraph that holds the line, or the table
        where the line is a row of one. Lines inside a paragraph are none.
    """
    sheet = Sheet()
    ends: dict[int, Element] = {}
    for line in _blocks(document).read(document.element.body):
        line.on(sheet)
        if line.block is not None:
            ends[sheet.length] = line.block
    return ends


def _blocks(document: WordDocument) -> Blocks:
    styles = Styles(document.styles.element)
    numbering = Numbering.of(_root(document, "numbering"), styles)
    runs = Runs(styles, dict(_notes(document, styles)))
    runs.prepare(document.element.body)
    return Blocks(styles, numbering, runs)


def _root(document: WordDocument, kind: str) -> Element | None:
    """Return the root of a part that the document names, or None; damaged parts are none."""
    from docx.oxml.parser import oxml_parser
    from lxml import etree

    parts = (
        relation.target_part
        for relation in document.part.rels.values()
        if not relation.is_external and (relation.reltype or "").endswith(f"/{kind}")
    )
    part = next(parts, None)
    if part is None:
        return None
    try:
        return (
            part.element if hasattr(part, "element") else etree.fromstring(part.blob, oxml_parser)
        )
    except etree.XMLSyntaxError:
        return None


def _notes(document: WordDocument, styles: Styles) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the notes below the text; separators and notes in notes are none."""
    for kind in ("footnote", "endnote"):
        root = _root(document, f"{kind}s")
        for note in () if root is None else root.iter(f"{W}{kind}"):
            if note.get(f"{W}type") in (None, "normal"):
                runs = Runs(styles, {})
                runs.prepare(note)
                lines = Blocks(styles, Numbering(), runs).read(note)
                yield (kind, note.get(f"{W}id") or ""), " ".join(line.text for line in lines)


def _report_changes(sheet: Sheet, body: Element) -> None:
    found = {tag: sum(1 for _ in body.iter(tag)) for tag in CHANGES}
    if not any(found.values()):
        return
    sheet.issue(
        "docx_tracked_changes",
        inserted=found[W + "ins"],
        deleted=found[W + "del"],
        moved=found[W + "moveTo"],
    )


def _report_comments(sheet: Sheet, comments: Element | None) -> None:
    number = 0 if comments is None else sum(1 for _ in comments.iter(f"{W}comment"))
    if number:
        sheet.issue("docx_comments", info=True, count=number)


def _report_left_out(sheet: Sheet, blocks: Blocks, body: Element) -> None:
    left_out = blocks.runs.left_out
    unknown = blocks.numbering.unknown
    pictures = sum(not is_gone(found) for found in body.iter(_PICTURE, _OLD_PICTURE))
    embedded = sum(1 for _ in body.iter(f"{W}altChunk", f"{W}subDoc"))
    if unknown:
        forms = ", ".join(unknown)
        sheet.issue("docx_automatic_numbering", count=unknown.total(), forms=forms)
    if left_out["counted"]:
        sheet.issue("docx_field_numbers", count=left_out["counted"])
    if embedded:
        sheet.issue("docx_embedded_documents", count=embedded)
    if left_out["hidden"]:
        sheet.issue("docx_hidden_text", info=True, count=left_out["hidden"])
    if left_out["contents"]:
        sheet.issue("docx_contents", info=True, count=left_out["contents"])
    if pictures:
        sheet.issue("docx_pictures", info=True, count=pictures)
