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
from typing import TYPE_CHECKING, Any

from nis2_align.read.marks import is_label, row_line
from nis2_align.read.sheet import HintKind, Reading, Sheet, unreadable
from nis2_align.read.title import guess_title

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

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
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError,
            KeyError, ValueError, AttributeError, TypeError, RuntimeError,
            SyntaxError) as error:  # fmt: skip
        # lxml's XMLSyntaxError is a SyntaxError; python-docx lets the rest through as it comes.
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
