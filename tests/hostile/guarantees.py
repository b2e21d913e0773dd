"""What must hold of every document that is read, from whatever bytes; as one function."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from nis2_align.model import Document, Span
from nis2_align.read.sheet import clean
from nis2_align.read.wire import document_from, pack, unpack

__all__ = ["broken"]


def broken(document: Document, data: bytes) -> list[str]:
    """Return the guarantees of reading that do not hold; none where all do."""
    return [*_text(document, data), *_pages(document), *_hints(document), *_wire(document)]


def _text(document: Document, data: bytes) -> Iterator[str]:
    text = document.text
    if not text.strip() or not text.endswith("\n"):
        yield "the text is blank or ends without a line end"
    if clean(text) != text:
        yield "the text holds control characters or foreign line ends"
    if document.sha256 != hashlib.sha256(data).hexdigest():
        yield "the digest of the bytes is another"
    if document.text_sha256 != hashlib.sha256(text.encode()).hexdigest():
        yield "the digest of the text is another"


def _pages(document: Document) -> Iterator[str]:
    if not document.pages:
        return
    if [page.number for page in document.pages] != list(range(1, len(document.pages) + 1)):
        yield "pages are missing or out of order"
    end = 0
    for page in document.pages:
        if page.span.start != end or page.span.end < end:
            yield f"page {page.number} does not begin where the one before ends"
        end = page.span.end
    if end != len(document.text):
        yield "the pages do not cover the text"


def _hints(document: Document) -> Iterator[str]:
    starts = [hint.span.start for hint in document.hints]
    if starts != sorted(starts):
        yield "hints are out of order"
    if not all(_is_whole(hint.span, document.text) for hint in document.hints):
        yield "a hint is no whole number of lines"


def _is_whole(span: Span, text: str) -> bool:
    begins = span.start == 0 or text[span.start - 1] == "\n"
    return begins and span.start < span.end <= len(text) and text[span.end - 1] == "\n"


def _wire(document: Document) -> Iterator[str]:
    if document_from(unpack(pack(document))["document"]) != document:
        yield "the document does not come back from the wire as it was"
