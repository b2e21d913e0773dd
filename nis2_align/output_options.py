"""The options of the command line that say which files are written, and in which layout."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nis2_align.export import Layout, Listed

__all__ = [
    "DirectionOption",
    "FormOption",
    "FormatOption",
    "GapsOption",
    "OutputOption",
    "layout_of",
    "output_paths",
    "words_of",
]


class Direction(StrEnum):
    """Which way the tables go that are written."""

    BOTH = "both"
    FORWARD = "forward"
    REVERSE = "reverse"


_LISTED: dict[Direction, Listed] = {
    Direction.BOTH: "all",
    Direction.FORWARD: "concordance",
    Direction.REVERSE: "reverse",
}


class Format(StrEnum):
    """What can be written under a name made of the act's."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


OutputOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write .docx, .xlsx, .csv or .json; may be repeated.",
    ),
]
GapsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the gaps as .csv, .xlsx or .docx; may be repeated.",
    ),
]
FormatOption = Annotated[
    list[Format] | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="Write docx, xlsx, csv or json into this folder, under a safe name made of the "
        "act's; may be repeated.",
    ),
]
DirectionOption = Annotated[
    Direction,
    typer.Option(
        "--direction",
        metavar="WAY",
        help="Tables to write: forward (directive to national law), reverse, or both "
        "(.csv: forward).",
    ),
]
FormOption = Annotated[
    str | None,
    typer.Option(
        "--form",
        metavar="CODE",
        help="Lay .docx, .xlsx and .csv out as a country's official form, e.g. rs, in its "
        "language unless --words says another; a wrong code lists all.",
    ),
]


def layout_of(direction: Direction, form: str | None) -> Layout:
    """Return the layout that the options ask for.

    Raises:
        Nis2AlignError: There is no such form, or it has no table of that direction.
    """
    from nis2_align.export import Layout
    from nis2_align.export.forms import form as known

    if form is not None:
        known(form).tables_of(_LISTED[direction])  # Refused before the work, not after it.
    return Layout(listing=_LISTED[direction], form=form)


def words_of(words: str | None, form: str | None) -> str | None:
    """Return the language of what is written: as asked for, else that of the form."""
    from nis2_align.export.forms import form as known

    return words or (known(form).words if form else None)


def output_paths(
    given: Sequence[Path] | None,
    formats: Sequence[Format] | None,
    acts: Sequence[Path],
    layout: Layout,
) -> list[Path]:
    """Return where the outputs go, each checked before the work.

    Args:
        given: Files named by the user.
        formats: Formats to write under a name made of the first act's.
        acts: The acts.
        layout: The layout, part of the names made.

    Raises:
        Nis2AlignError: A file cannot be written.
    """
    from nis2_align.export import check, file_name

    paths = list(given or ())
    for format_ in formats or ():
        act = acts[0].stem if len(acts) == 1 else f"{acts[0].stem} and {len(acts) - 1} more"
        paths.append(Path(file_name(act, layout.listing, f".{format_}", layout.form)))
    for path in paths:
        check(path)
    return paths
