"""What a file is, told from its content: its ending may say anything."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Literal

from nis2_align.read.encoding import decode
from nis2_align.read.sheet import unreadable

__all__ = ["Format", "format_of"]

Format = Literal["text", "html", "docx", "pdf", "akn", "doc", "odt", "rtf"]

# Magic numbers of kinds that are known and not read → the code of the error.
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"%!PS", "postscript"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ODT = b"application/vnd.oasis.opendocument.text"
_OLD_WORD = "WordDocument".encode("utf-16-le")
_WORD_MAIN = b"wordprocessingml.document.main+xml"

_SKIP = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)+", re.S | re.I)
_TAG = re.compile(r"<([a-z][\w:.-]*)", re.I)
_HTML_TAGS = frozenset((
    "html", "head", "body", "div", "p", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "span", "section", "article", "main", "center", "font", "b", "br", "meta",
    "title", "link", "style", "script",
))  # fmt: skip


def format_of(data: bytes, name: str) -> Format:
    """Return the format that reads ``data``.

    Args:
        data: The whole file.
        name: Its name, for messages only.

    Raises:
        UnreadableFileError: The file is empty or of a kind that is not read.
    """
    if not data.strip():
        raise unreadable(name, "empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip(data, name)
    if data.startswith(_OLE):
        return _ole(data, name)
    if data.startswith(_RTF):
        return "rtf"
    for magic, code in _REFUSED:
        # "BM" begins words too, so a bitmap must also be no text.
        if data.startswith(magic) and (len(magic) > 2 or decode(data[:4096]) is None):
            raise unreadable(name, code)
    return _markup(data, name)


def _zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            kinds = _head(package, "[Content_Types].xml", names, 200_000)
            mimetype = _head(package, "mimetype", names, 100)
            manifest = _head(package, "META-INF/manifest.xml", names, 200_000)
    except Exception as error:  # zipfile and zlib let whatever a damaged file provokes through
        raise unreadable(name, "damaged") from error
    if _WORD_MAIN in kinds:
        return "docx"
    if b"opendocument" in mimetype:
        return _open_document(mimetype, manifest, name)
    if b"wordprocessingml" in kinds or b"ms-word" in kinds:
        raise unreadable(name, "word_template")
    if b"officedocument" in kinds:
        raise unreadable(name, "spreadsheet")
    raise unreadable(name, "archive")


def _head(package: zipfile.ZipFile, member: str, names: set[str], most: int) -> bytes:
    if member not in names:
        return b""
    with package.open(member) as stream:
        return stream.read(most)


def _open_document(mimetype: bytes, manifest: bytes, name: str) -> Format:
    if b"encryption-data" in manifest:
        raise unreadable(name, "protected")
    if mimetype.strip() != _ODT:
        raise unreadable(name, "opendocument")
    return "odt"


def _ole(data: bytes, name: str) -> Format:
    if _ENCRYPTED_PACKAGE in data:
        raise unreadable(name, "protected")
    if _OLD_WORD not in data:
        raise unreadable(name, "old_office")
    return "doc"


def _markup(data: bytes, name: str) -> Format:
    # The head alone decides, so that a law is not decoded twice.
    decoded = decode(data[: 64 * 1024])
    if decoded is None:
        return "text"
    text = decoded.text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    skipped = _SKIP.match(text)
    tag = _TAG.match(text, skipped.end() if skipped else 0)
    if tag and tag.group(1).lower() in _HTML_TAGS:
        return "html"
    if tag and tag.group(1).rpartition(":")[2].lower() == "akomantoso":
        return "akn"
    if text.lstrip().startswith("<?xml") or (tag and _is_root(tag, text)):
        raise unreadable(name, "xml")
    if text.startswith("MIME-Version:") and "multipart/related" in text[:2000]:
        raise unreadable(name, "web_archive")
    if text.lstrip()[:1] in ("{", "[") and _is_json(data):
        raise unreadable(name, "json")
    return "text"


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_root(tag: re.Match[str], text: str) -> bool:
    """Return whether an unknown first tag opens an XML document and not a line of text."""
    opening = text[tag.start() : text.find(">", tag.start())]
    return "xmlns" in opening or f"</{tag.group(1)}>" in text
