"""Writes results: the ending of a file says which format.

What holds afterwards: a file is there whole or not at all; after a failure nothing new is
left on the disk, and what stood there before still stands.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from nis2_align.concordance import table
from nis2_align.errors import Nis2AlignError
from nis2_align.model import Result

__all__ = ["ENDINGS", "check", "render", "save", "save_all"]

#: The endings that can be written.
ENDINGS = (".json", ".xlsx", ".csv")


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
) -> bytes:
    """Return the bytes of one output.

    Args:
        result: The analysis.
        ending: One of :data:`ENDINGS`.
        headings: Id of a requirement → our short summary of it; JSON needs none.
        language: Language of heads and grades, see :mod:`nis2_align.messages`; that of the
            result where None.

    Returns:
        The same bytes for the same input.

    Raises:
        Nis2AlignError: The ending or the language is unknown.
    """
    # Each writer is loaded only when asked for: the spreadsheet library alone takes a while.
    if ending.lower() == ".json":
        from nis2_align.export.json import to_json

        return to_json(result).encode("utf-8")
    from nis2_align.messages import messages

    say = messages(language or result.words)
    concordance = table(result, headings or {})
    if ending.lower() == ".xlsx":
        from nis2_align.export.xlsx import to_xlsx

        return to_xlsx(concordance, say)
    if ending.lower() == ".csv":
        from nis2_align.export.csv import to_csv

        return to_csv(concordance, say)
    raise Nis2AlignError(
        f'"{ending}" is no format that can be written.', f"Choose one of {', '.join(ENDINGS)}."
    )


def save(
    result: Result,
    path: Path,
    headings: Mapping[str, str] | None = None,
    language: str | None = None,
) -> None:
    """Write one output, whole or not at all.

    Args:
        result: The analysis.
        path: Where to; its ending is one of :data:`ENDINGS`. An existing file is replaced.
        headings: Id of a requirement → our short summary of it.
        language: Language of heads and grades; that of the result where None.

    Raises:
        Nis2AlignError: See :func:`check`; or the disk refused, e.g. because it is full.
    """
    save_all(result, [path], headings, language)


def save_all(
    result: Result,
    paths: Sequence[Path],
    headings: Mapping[str, str] | None = None,
    language: str | None = None,
) -> None:
    """Write several outputs; none is put in its place before all are on the disk.

    Args:
        result: The analysis.
        paths: Where to; one output per path.
        headings: Id of a requirement → our short summary of it.
        language: Language of heads and grades; that of the result where None.

    Raises:
        Nis2AlignError: As for :func:`save`.
    """
    for path in paths:
        check(path)
    outputs = {path: render(result, path.suffix, headings, language) for path in paths}
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
