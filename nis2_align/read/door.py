"""The door: what a file is, what is refused unread, and what every document guarantees."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from nis2_align.model import Document
from nis2_align.notices import worded
from nis2_align.read.limits import DEFAULT, Limits, exceeded
from nis2_align.read.sheet import Reading, unreadable
from nis2_align.read.sniff import Format, format_of

__all__ = ["MAX_BYTES", "OnPage", "bytes_of", "file_name", "read", "read_unworded"]

MAX_BYTES = DEFAULT.file_bytes
"""Size of the largest file that is read where nobody says otherwise."""

_MODULES: dict[Format, str] = {
    **{"text": "plain", "html": "html", "docx": "docx", "pdf": "pdf", "akn": "akn"},
    **dict.fromkeys(("doc", "odt", "rtf"), "office"),
}
_NO_NAME = "document"
OnPage = Callable[[int, int], None]
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read(
    source: Path | bytes,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT,
    on_page: OnPage | None = None,
) -> Document:
    r"""Read one file in this process.

    Time and memory have no bound here: what may be hostile goes through
    :func:`nis2_align.read.safely.read_safely`.

    What holds afterwards: ``text`` is not blank and ends in ``\n``; its lines end in ``\n``
    alone; it holds no control character; page spans are in order and cover it; hint spans are
    whole lines. The same bytes give the same document.

    Args:
        source: The file, or its bytes.
        name: File name for messages and for the id; the path's own name where it is a path.
        limits: Bounds on its size, pages and text.
        on_page: Called with the number of pages read and of all pages, where the file has pages.

    Returns:
        The document. What was odd but did not stop the reading stands in ``issues``.

    Raises:
        UnreadableFileError: The file is missing, no regular file, empty, encrypted, damaged,
            without text, or of a kind that is not read.
        ReadingLimitError: It is over one of the limits.
    """
    document = read_unworded(source, name=name, limits=limits, on_page=on_page)
    return replace(document, issues=tuple(map(worded, document.issues)))


def read_unworded(
    source: Path | bytes,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT,
    on_page: OnPage | None = None,
) -> Document:
    """Read one file; as :func:`read`, but no issue has its message.

    The process that reads sends codes and values, so that it need not load any words.
    """
    shown = file_name(name if name is not None else source)
    data = source if isinstance(source, bytes) else bytes_of(source, shown, limits)
    if len(data) > limits.file_bytes:
        raise exceeded("file_mb", shown, limits)
    kind = format_of(data, shown)
    _check_length(kind, data, shown, limits)
    reading = _reading(kind, data, shown, on_page)
    if len(reading.text) > limits.characters:
        raise exceeded("characters", shown, limits)
    if not any(character.isalpha() for character in reading.text):
        raise unreadable(shown, "no_text")
    act = _slug(shown)
    return Document(
        id=act,
        name=shown,
        title=reading.title,
        text=reading.text,
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=hashlib.sha256(reading.text.encode()).hexdigest(),
        pages=reading.pages,
        hints=reading.hints,
        issues=tuple(replace(issue, act=act) for issue in reading.issues),
    )


def _reading(kind: Format, data: bytes, name: str, on_page: OnPage | None) -> Reading:
    module = import_module(f"nis2_align.read.{_MODULES[kind]}")
    load: Callable[[bytes, str], Any] = module.load
    convert: Callable[..., Reading] = module.convert
    told = {"on_page": on_page} if kind == "pdf" else {}
    try:
        return convert(load(data, name), **told)
    except (RecursionError, MemoryError) as error:
        raise unreadable(name, "nested") from error


def _check_length(kind: Format, data: bytes, name: str, limits: Limits) -> None:
    """Refuse what is certainly too long before any work goes into it."""
    # No encoding that is read takes more than four bytes for a character.
    if kind == "text" and len(data) > 4 * limits.characters:
        raise exceeded("characters", name, limits)
    if kind == "pdf" and _pages(data) > limits.pages:
        raise exceeded("pages", name, limits)


def _pages(data: bytes) -> int:
    """Return how many pages a PDF says it has; 0 where pdfium cannot tell."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except (pypdfium2.PdfiumError, ValueError):
        return 0
    try:
        return len(pdf)
    finally:
        pdf.close()


def bytes_of(path: Path, name: str, limits: Limits = DEFAULT) -> bytes:
    """Return what a file holds; one byte too many is not read.

    Raises:
        UnreadableFileError: There is no such file, or it is a folder, a pipe, a device, or not
            to be opened.
        ReadingLimitError: It is too long.
    """
    try:
        _check_regular(path.stat().st_mode, name)
        # What the path names may have changed since; a pipe must not make the opening wait.
        with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
            status = os.fstat(stream.fileno())
            _check_regular(status.st_mode, name)
            # Some files of the system have no size and yet no end.
            data = b"" if status.st_size > limits.file_bytes else stream.read(limits.file_bytes + 1)
            if max(status.st_size, len(data)) > limits.file_bytes:
                raise exceeded("file_mb", name, limits)
            return data
    except FileNotFoundError as error:
        raise unreadable(name, "missing") from error
    except (OSError, ValueError) as error:
        raise unreadable(name, "not_opened") from error


def _check_regular(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise unreadable(name, "folder")
    if not stat.S_ISREG(mode):
        raise unreadable(name, "device")


def file_name(source: Path | str | bytes) -> str:
    """Return the name by which messages call a file; folders are left out."""
    if isinstance(source, bytes):
        return _NO_NAME
    return PurePath(str(source).replace("\\", "/")).name or _NO_NAME


def _slug(name: str) -> str:
    stem = PurePath(name).stem
    return re.sub(r"[^\w]+", "-", stem.casefold()).strip("-") or _NO_NAME
