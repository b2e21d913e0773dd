"""The commands that lay drafts or laws beside each other; thin over :mod:`nis2_align.compare`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nis2_align.act_arguments import Words
from nis2_align.errors import Nis2AlignError
from nis2_align.terminal import one_line

if TYPE_CHECKING:
    from nis2_align.compare.drafts import Drafts
    from nis2_align.compare.laws import Laws
    from nis2_align.export.grid import Grid
    from nis2_align.messages import Messages
    from nis2_align.model import Result

__all__ = ["commands"]

_ENDINGS = (".xlsx", ".csv")
_KINDS = "PDF, DOCX, HTML, AKN, text, DOC, ODT or RTF; or a dossier.yaml."
_Output = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write an .xlsx, or its first table as .csv; may be repeated.",
    ),
]
_Limits = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=NUMBER", help="Bound on reading each file; see align."),
]


def commands(
    after: Callable[..., str],
    run: Callable[[Sequence[Path], str | None, list[str] | None], Result],
    show: Callable[[Sequence[str]], None],
) -> typer.Typer:
    """Return the group of commands.

    Args:
        after: Makes what stands below a command's options from its examples.
        run: Analyses the acts of one law: paths, language of the words, limits.
        show: Prints lines to stdout.

    Returns:
        The group ``compare``.
    """
    group = typer.Typer(
        help="Lay two drafts, or several laws, beside each other.",
        no_args_is_help=True,
        rich_markup_mode=None,
        epilog=after(
            "nis2-align compare drafts spring.docx autumn.docx",
            "nis2-align compare laws rs.html me.pdf hr.txt",
        ),
    )

    @group.command(epilog=after("nis2-align compare drafts spring.docx autumn.docx -o moved.xlsx"))
    def drafts(
        earlier: Annotated[Path, typer.Argument(metavar="EARLIER", help=_KINDS)],
        later: Annotated[Path, typer.Argument(metavar="LATER", help=_KINDS)],
        words: Words = None,
        output: _Output = None,
        limit: _Limits = None,
    ) -> None:
        """Say which gaps a later draft closed or opened, and which provisions changed."""
        from nis2_align.alignment import Alignment
        from nis2_align.compare.sheets import drafts_grids
        from nis2_align.messages import messages

        _checked(output)
        after_ = Alignment(run([later], words, limit))
        say = messages(after_.result.words)
        found = after_.changes_since(Alignment(run([earlier], say.language, limit)))
        _save(output, say.text("compare_title_drafts"), lambda: drafts_grids(found, say))
        show(list(_drafts_lines(found, say)))

    @group.command(epilog=after("nis2-align compare laws rs.html me.pdf hr.txt -o region.xlsx"))
    def laws(
        acts: Annotated[list[Path], typer.Argument(metavar="LAW", help=f"Laws: {_KINDS}")],
        words: Words = None,
        output: _Output = None,
        limit: _Limits = None,
    ) -> None:
        """Show the grade of each requirement in each law; each file is a law of its own."""
        from nis2_align.alignment import Alignment
        from nis2_align.compare.laws import compare_laws, named
        from nis2_align.compare.sheets import laws_grids
        from nis2_align.messages import messages

        _checked(output)
        first = Alignment(run([acts[0]], words, limit))
        say = messages(first.result.words)
        rest = [Alignment(run([act], say.language, limit)) for act in acts[1:]]
        tables = named({str(place): one.table() for place, one in enumerate([first, *rest])})
        found = compare_laws(tables)
        _save(output, say.text("compare_title_laws"), lambda: laws_grids(found, tables, say))
        show(list(_laws_lines(found, say)))

    return group


def _checked(outputs: Sequence[Path] | None) -> None:
    """Refuse an output before any work.

    Raises:
        Nis2AlignError: Its ending is unknown, or it cannot be written.
    """
    from nis2_align.export import check

    for path in outputs or ():
        if path.suffix.lower() not in _ENDINGS:
            raise Nis2AlignError(
                f'A comparison cannot be written as "{path.name}".',
                f"Choose one of {', '.join(_ENDINGS)}.",
            )
        check(path)


def _save(
    outputs: Sequence[Path] | None, title: str, grids: Callable[[], tuple[Grid, ...]]
) -> None:
    from nis2_align.compare.sheets import to_csv, to_xlsx
    from nis2_align.export import write

    laid = grids() if outputs else ()
    write(
        {
            path: to_csv(laid[0]) if path.suffix.lower() == ".csv" else to_xlsx(title, laid)
            for path in outputs or ()
        }
    )


def _drafts_lines(found: Drafts, say: Messages) -> Iterator[str]:
    from nis2_align.compare.drafts import Move
    from nis2_align.compare.provisions import Step
    from nis2_align.compare.sheets import place_of
    from nis2_align.concordance import final
    from nis2_align.export.words import grade

    steps = Counter(change.step.value for change in found.changes)
    yield say.text("ui_compare_provisions_found", **{one.value: steps[one.value] for one in Step})
    for move in Move:
        lines = [line for line in found.lines if line.move is move]
        yield f"{say.text(f'move_{move.value}')}: {len(lines)}"
        if move in (Move.OPEN, Move.IN_ORDER):
            continue  # Hundreds of lines that say nothing new.
        for line in lines:
            grades = " → ".join(grade(final(row), say) for row in (line.before, line.after))
            places = "; ".join(map(place_of, line.changes))
            yield one_line(f"  {line.requirement}  {line.heading}: {grades}  {places}")


def _laws_lines(found: Laws, say: Messages) -> Iterator[str]:
    from nis2_align.concordance import final
    from nis2_align.export.words import grade

    for place, name in enumerate(found.names, start=1):
        yield one_line(f"[{place}] {name}")
    for rows in found.rows:
        first = next(row for row in rows if row is not None)
        cells = (f"[{place}] {grade(final(row), say)}" for place, row in enumerate(rows, 1) if row)
        yield one_line(f"{first.requirement}  {first.heading}: {'  '.join(cells)}")
