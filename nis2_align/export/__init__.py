"""Writes results: the ending of a file says which format.

What holds afterwards: a file is there whole or not at all; after a failure nothing new is
left on the disk, and what stood there before still stands.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from nis2_align.errors import Nis2AlignError
from nis2_align.export.material import LISTINGS, Layout, Listed
from nis2_align.model import Result

__all__ = [
    "ENDINGS",
    "LISTINGS",
    "Layout",
    "Listed",
    "check",
    "file_name",
    "form_codes",
    "render",
    "save",
    "save_all",
    "write",
]

#: The endings that can be written.
ENDINGS = (".json", ".xlsx", ".csv", ".docx")


def form_codes() -> tuple[str, ...]:
    """Return the codes of the countries' forms that there are; see :class:`Layout`."""
    from nis2_align.export.forms import available

    return available()


def file_name(act: str, listing: Listed, ending: str, form: str | None = None) -> str:
    """Make a safe file name; see :func:`nis2_align.export.file_names.file_name`."""
    from nis2_align.export.file_names import file_name as made

    return made(act, listing, ending, form)


def check(path: Path) -> None:
    """Make sure, before any work, that an output can be written.

    Args:
        path: Where the output will be.

    Raises:
        Nis2AlignError: The ending is unknown, the folder is missing or not writable, or the path
            is a folder.
    """
    if path.suffix.lower() not in ENDINGS:
        raise Nis2AlignError(
            f'The ending of "{path.name}" says no format that can be written.',
            f"Choose one of {', '.join(ENDINGS)}.",
        )
    folder = path.parent
    if not folder.is_dir():
        raise Nis2AlignError(
            f'The folder "{folder}" for "{path.name}" does not exist.', "Create it first."
        )
    if path.is_dir():
        raise Nis2AlignError(f'"{path}" is a folder.', "Give the name of a file.")
    if not os.access(folder, os.W_OK):
        raise Nis2AlignError(
            f'The folder "{folder}" for "{path.name}" cannot be written to.',
            "Choose another folder, or ask for the right to write there.",
        )


def render(
    result: Result,
    ending: str,
    headings: Mapping[str, str] | None = None,
    language: str | None = None,
    layout: Layout | None = None,
) -> bytes:
    """Return the bytes of one output.

    Args:
        result: The analysis.
        ending: One of :data:`ENDINGS`.
        headings: Id of a requirement → our short summary of it; JSON needs none.
        language: Language of heads and grades, see :mod:`nis2_align.messages`; where None that
            of the form, and without a form that of the result.
        layout: Direction, form, official text and day; JSON has none of it.

    Returns:
        The same bytes for the same input on the same day.

    Raises:
        Nis2AlignError: The ending, the language or the form is unknown, or the form has no table
            of the direction.
    """
    # Each writer is loaded only when asked for: the spreadsheet library alone takes a while.
    if ending.lower() == ".json":
        from nis2_align.export.json import to_json

        return to_json(result).encode("utf-8")
    if ending.lower() not in ENDINGS:
        raise Nis2AlignError(
            f'"{ending}" is no format that can be written.',
            f"Choose one of {', '.join(ENDINGS)}.",
        )
    from nis2_align.export.material import material

    if layout is not None and layout.form is not None:
        from nis2_align.export.forms import form

        language = language or form(layout.form).words
    laid_out = material(result, headings or {}, language, layout)
    if ending.lower() == ".xlsx":
        from nis2_align.export.xlsx import to_xlsx

        return to_xlsx(laid_out)
    if ending.lower() == ".docx":
        from nis2_align.export.docx import to_docx

        return to_docx(laid_out)
    from nis2_align.export.csv import to_csv

    return to_csv(laid_out)


def save(
    result: Result,
    path: Path,
    headings: Mapping[str, str] | None = None,
    language: str | None = None,
    layout: Layout | None = None,
) -> None:
    """Write one output, whole or not at all.

    Args:
        result: The analysis.
        path: Where to; its ending is one of :data:`ENDINGS`. An existing file is replaced.
        headings: Id of a requirement → our short summary of it.
        language: Language of heads and grades; see :func:`render`.
        layout: Direction, form, official text and day.

    Raises:
        Nis2AlignError: See :func:`check`; or the disk refused, e.g. because it is full.
    """
    save_all(result, [path], headings, language, layout)


def save_all(
    result: Result,
    paths: Sequence[Path],
    headings: Mapping[str, str] | None = None,
    language: str | None = None,
    layout: Layout | None = None,
) -> None:
    """Write several outputs; none is put in its place before all are on the disk.

    Args:
        result: The analysis.
        paths: Where to; one output per path.
        headings: Id of a requirement → our short summary of it.
        language: Language of heads and grades; see :func:`render`.
        layout: Direction, form, official text and day.

    Raises:
        Nis2AlignError: As for :func:`save`.
    """
    for path in paths:
        check(path)
    write({path: render(result, path.suffix, headings, language, layout) for path in paths})


def write(outputs: Mapping[Path, bytes]) -> None:
    """Write files; none is put in its place before all are on the disk.

    Args:
        outputs: Where to, and what. An existing file is replaced.

    Raises:
        Nis2AlignError: The disk refused, e.g. because it is full.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, content in outputs.items():
            # Beside the target, so that the last step is a rename within one file system.
            waiting[path] = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
            with waiting[path].open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for path, part in waiting.items():
            part.replace(path)
    except OSError as error:
        names = ", ".join(path.name for path in outputs)
        raise Nis2AlignError(
            f"Writing {names} failed: {error.strerror or error}.",
            "Check the room on the disk and whether the file is open elsewhere.",
        ) from error
    finally:
        for part in waiting.values():
            part.unlink(missing_ok=True)
