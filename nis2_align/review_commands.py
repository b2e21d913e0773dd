"""The commands on people's decisions, and the way of ``align`` to them; thin over the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nis2_align.errors import ReviewsError
from nis2_align.notices import error
from nis2_align.terminal import one_line

if TYPE_CHECKING:
    from nis2_align.model import Result
    from nis2_align.reviews import Decision, Reviews

__all__ = ["DossierOption", "ReviewsOption", "commands", "existing", "laid_over"]

ReviewsOption = Annotated[
    Path | None,
    typer.Option("--reviews", metavar="FILE", help="Lay the decisions in this file over it."),
]
DossierOption = Annotated[
    str | None,
    typer.Option("--dossier", metavar="NAME", help="Whose decisions; else found out."),
]
_File = Annotated[
    Path | None,
    typer.Option(
        "--reviews", metavar="FILE", help="The file; else NIS2_ALIGN_REVIEWS, else your own."
    ),
]
_Dossier = Annotated[str, typer.Argument(metavar="DOSSIER", help="Name of the dossier.")]

_HEADS = ("requirement", "grade", "before", "who", "when", "undone", "comment")


def existing(path: Path | None) -> Reviews:
    """Open a store that must be there if a person named it: a misspelt name makes no new one.

    Args:
        path: The file, or None for the person's own, which may be new.

    Returns:
        The store.

    Raises:
        ReviewsError: There is no such file, or it is no store.
    """
    from nis2_align.reviews import open_reviews

    if path is not None and not path.is_file():
        if path.exists():
            raise error(ReviewsError, "reviews_not_opened", {"path": str(path)})
        raise error(ReviewsError, "missing", {"name": str(path)})
    return open_reviews(path)


def laid_over(result: Result, path: Path, dossier: str | None) -> Result:
    """Lay the decisions of a store over a result, and say on stderr how many there were.

    Args:
        result: The analysis.
        path: The store.
        dossier: Name of the dossier; recognised by its clauses where None.

    Returns:
        The result with its reviews.

    Raises:
        ReviewsError: The store cannot be read, or does not tell which dossier it is.
    """
    from nis2_align.reviews import apply, find_dossier

    with existing(path) as reviews:
        name = find_dossier(result, reviews, dossier)
        held = reviews.current(name) if name is not None else ()
    reviewed = apply(result, held)
    stale = sum(item.review is not None and item.review.stale for item in reviewed.assessments)
    whose = f" of {one_line(name)}" if name is not None else ""
    typer.echo(f"reviews{whose}: {len(held)}, of them stale: {stale}", err=True)
    return reviewed


def commands(after: Callable[..., str]) -> typer.Typer:
    """Return the group of commands.

    Args:
        after: Makes what stands below a command's options from its examples.

    Returns:
        The group ``reviews``.
    """
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="List, carry over and delete people's decisions.",
        epilog=after("nis2-align reviews list", 'nis2-align reviews export "My law" -o my.json'),
    )
    example = "nis2-align reviews"
    group.command("list", epilog=after(f"{example} list", f'{example} list "My law"'))(_list)
    group.command("export", epilog=after(f'{example} export "My law" -o my.json'))(_export)
    group.command("import", epilog=after(f"{example} import my.json"))(_import)
    group.command("delete", epilog=after(f'{example} delete "My law" --yes'))(_delete)
    return group


def _list(
    dossier: Annotated[
        str | None, typer.Argument(metavar="DOSSIER", help="Whose decisions; else all dossiers.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="All entries, oldest first, not only what stands.")
    ] = False,
    reviews: _File = None,
) -> None:
    """List the dossiers, or the decisions on one.

    A line each, columns parted by tabs.
    """
    rows: list[tuple[str, ...]]
    with existing(reviews) as held:
        if dossier is None:
            names = held.dossiers().items()
            rows = [("dossier", "entries"), *((name, str(count)) for name, count in names)]
        else:
            _known(held, dossier)
            entries = held.history(dossier) if history else held.current(dossier)
            rows = [_HEADS, *map(_row, entries)]
    for row in rows:
        _out("\t".join(map(one_line, row)) + "\n")


def _row(entry: Decision) -> tuple[str, ...]:
    return (
        entry.requirement,
        entry.grade.value if entry.grade else "",
        entry.before_coverage.value,
        entry.who,
        entry.when,
        "undone" if entry.undone else "",
        entry.comment,
    )


def _export(
    dossier: _Dossier,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; else stdout.")
    ] = None,
    reviews: _File = None,
) -> None:
    """Write a dossier's whole history as JSON."""
    from nis2_align.export import write
    from nis2_align.reviews import to_text

    with existing(reviews) as held:
        _known(held, dossier)
        text = to_text(held.history(dossier))
    if output is None:
        _out(text)
    else:
        write({output: text.encode("utf-8")})


def _import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `reviews export` wrote.")],
    reviews: _File = None,
) -> None:
    """Add the decisions of an exported file.

    What is here already stays as it is and is not doubled.
    """
    from nis2_align.reviews import open_reviews, parse

    try:
        text = file.read_text(encoding="utf-8")
    except OSError as failed:
        raise error(ReviewsError, "not_opened", {"name": str(file)}) from failed
    except UnicodeDecodeError as failed:
        raise error(ReviewsError, "reviews_no_export") from failed
    entries = parse(text)
    with open_reviews(reviews) as held:
        added = held.merge(entries)
    typer.echo(f"entries: {len(entries)}, new: {added}")


def _delete(
    dossier: _Dossier,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask: it cannot be brought back.")
    ] = False,
    reviews: _File = None,
) -> None:
    """Delete everything about a dossier.

    Its history goes too, and its traces in unused parts of the file and in the file's log.
    """
    with existing(reviews) as held:
        _known(held, dossier)
        if not yes:
            typer.confirm(f"Delete all decisions on {one_line(dossier)}?", abort=True, err=True)
        typer.echo(f"entries deleted: {held.delete(dossier)}")


def _known(held: Reviews, dossier: str) -> None:
    names, path = held.dossiers(), str(held.path)
    if not names:
        raise error(ReviewsError, "reviews_empty", {"path": path})
    if dossier not in names:
        told = {"path": path, "dossier": dossier, "names": ", ".join(names)}
        raise error(ReviewsError, "reviews_no_dossier", told)


def _out(text: str) -> None:
    """Write text to stdout as UTF-8, to the byte, whatever the terminal's encoding."""
    typer.echo(text.encode("utf-8", "replace"), nl=False)
