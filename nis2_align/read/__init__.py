"""A file → a :class:`~nis2_align.model.Document`: text, pages and structure hints.

One module reads one format: ``load`` opens the file (bad input is told apart here), ``convert``
turns what was opened into lines. The modules, and the libraries they need, are imported when a
file of their format comes. Nothing a file refers to is ever opened.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from nis2_align.model import Document
from nis2_align.read.sheet import Reading, unreadable
from nis2_align.read.sniff import Format, format_of

__all__ = ["MAX_BYTES", "read"]

MAX_BYTES = 50 * 1024 * 1024
"""Size of the largest file that is read. The longest act of law known to us has 2 MB as HTML."""

_MODULES: dict[Format, str] = {"text": "plain", "html": "html", "docx": "docx", "pdf": "pdf"}
_NO_NAME = "document"


def read(source: Path | bytes, *, name: str | None = None) -> Document:
    r"""Read one file.

    What holds afterwards: ``text`` is not blank and ends in ``\n``; its lines end in ``\n``
    alone; it holds no control character; page spans are in order and cover it; hint spans are
    whole lines. The same bytes give the same document.

    Args:
        source: The file, or its bytes.
        name: File name for messages and for the id; the path's own name where it is a path.

    Returns:
        The document. What was odd but did not stop the reading stands in ``issues``.

    Raises:
        UnreadableFileError: The file is missing, too long (:data:`MAX_BYTES`), empty, encrypted,
            damaged, without text, or of a kind that is not read.
    """
    shown = _file_name(name if name is not None else source)
    data = source if isinstance(source, bytes) else _bytes_of(source, shown)
    if len(data) > MAX_BYTES:
        raise _too_long(shown)
    kind = format_of(data, shown)
    reading = _reading(kind, data, shown)
    if not any(character.isalpha() for character in reading.text):
        raise unreadable(shown, "holds no text", "Check that it is the right file.")
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


def _reading(kind: Format, data: bytes, name: str) -> Reading:
    module = import_module(f"{__name__}.{_MODULES[kind]}")
    load: Callable[[bytes, str], Any] = module.load
    convert: Callable[[Any], Reading] = module.convert
    try:
        return convert(load(data, name))
    except (RecursionError, MemoryError) as error:
        raise unreadable(
            name, "is nested too deeply or too large", "Save it as plain text and read that."
        ) from error


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_long(name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise unreadable(name, "does not exist", "Check the path.") from error
    except OSError as error:
        raise unreadable(
            name,
            "cannot be opened",
            "Check that it is a file, not a folder, and that you may read it.",
        ) from error


def _too_long(name: str) -> Exception:
    most = MAX_BYTES // (1024 * 1024)
    return unreadable(
        name, f"is longer than {most} MB", "Leave out pictures or split it, then read the parts."
    )


def _file_name(source: Path | str | bytes) -> str:
    if isinstance(source, bytes):
        return _NO_NAME
    return PurePath(str(source).replace("\\", "/")).name or _NO_NAME


def _slug(name: str) -> str:
    stem = PurePath(name).stem
    return re.sub(r"[^\w]+", "-", stem.casefold()).strip("-") or _NO_NAME
