"""Comparisons as tables, for a workbook or a CSV file.

What holds afterwards: every requirement of a comparison has one line; of the provisions those that
read and are numbered the same in both drafts are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from nis2_align.compare.drafts import Drafts, Line
from nis2_align.compare.laws import Laws
from nis2_align.compare.provisions import Change, Side, Step
from nis2_align.concordance import Row, Table, final
from nis2_align.export import words
from nis2_align.export.cells import few
from nis2_align.export.csv import written
from nis2_align.export.grid import QUOTES, Column, Grid, GridLine, Pieces
from nis2_align.messages import Messages
from nis2_align.model import Coverage

__all__ = ["drafts_grids", "laws_grids", "place_of", "to_csv", "to_xlsx"]

# Characters of a provision's words in one cell.
_WORDS = 2_000


def drafts_grids(found: Drafts, say: Messages) -> tuple[Grid, ...]:
    """Lay a comparison of drafts out: the requirements, then the provisions.

    Args:
        found: The comparison.
        say: The words of heads and grades.

    Returns:
        The two tables.
    """
    heads = (("requirement", 22), ("heading", 45), ("move", 22), ("before", 20), ("after", 20),
             ("gaps_closed", 60), ("gaps_opened", 60), ("clauses_changed", 30))  # fmt: skip
    return (
        Grid(
            title=say.text("sheet_moves"),
            about=say.text("about_moves"),
            columns=tuple(
                Column(head=say.text(f"column_{key}"), width=width) for key, width in heads
            ),
            lines=tuple(_requirement(line, say) for line in found.lines),
        ),
        _provisions(found, say),
    )


def _requirement(line: Line, say: Messages) -> GridLine:
    before, after = final(line.before), final(line.after)
    return GridLine(
        cells=(
            (line.requirement,),
            (line.heading,),
            (say.text(f"move_{line.move.value}"),),
            (words.grade(before, say),),
            (words.grade(after, say),),
            tuple(words.gap(gap, say) for gap in line.closed),
            tuple(words.gap(gap, say) for gap in line.opened),
            tuple(place_of(change) for change in line.changes),
        ),
        grades={3: before, 4: after},
    )


def _provisions(found: Drafts, say: Messages) -> Grid:
    heads = (("step", 20), ("ref_before", 22), ("ref_after", 22), ("before", 100), ("after", 100))
    return Grid(
        title=say.text("sheet_provisions"),
        about=say.text("about_provisions"),
        columns=tuple(
            Column(head=say.text(f"column_{key}"), width=width, national=key != "step")
            for key, width in heads
        ),
        lines=tuple(
            GridLine(
                cells=(
                    (say.text(f"step_{change.step.value}"),),
                    _ref(change.before),
                    _ref(change.after),
                    _words(change.before),
                    _words(change.after),
                )
            )
            for change in found.changes
            if change.step is not Step.SAME
        ),
    )


def _ref(side: Side | None) -> Pieces:
    return (side.clause.ref,) if side else ()


def _words(side: Side | None) -> Pieces:
    return few([side.words], _WORDS) if side else ()


def place_of(change: Change) -> str:
    """Name the places of a change: ``12(3)``, ``12(3) → 13(3)``, ``– → 14`` or ``9 → –``."""
    before = change.before.clause.ref if change.before else "–"
    after = change.after.clause.ref if change.after else "–"
    return before if before == after else f"{before} → {after}"


def laws_grids(found: Laws, tables: Mapping[str, Table], say: Messages) -> tuple[Grid, ...]:
    """Lay a comparison of laws out: the grades, then the clauses.

    Args:
        found: The comparison.
        tables: Name of a law, as in the comparison → its table of concordance.
        say: The words of heads and grades.

    Returns:
        The two tables.
    """
    first = (("requirement", 22.0), ("heading", 50.0))
    share = 150.0 / max(1, len(found.names))
    named = tuple(Column(head=say.text(f"column_{key}"), width=width) for key, width in first)
    laws = tuple(Column(head=name, width=share) for name in found.names)
    return (
        Grid(
            title=say.text("sheet_matrix"),
            about=say.text("about_matrix"),
            columns=(*named, *laws),
            lines=tuple(_grades(row, say) for row in found.rows),
        ),
        Grid(
            title=say.text("sheet_wordings"),
            about=say.text("about_wordings"),
            columns=(*named, *(Column(head=name, width=share, national=True) for name in tables)),
            lines=tuple(_quotes(row, tables) for row in found.rows),
        ),
    )


def _asked(rows: Iterable[Row | None]) -> tuple[Pieces, Pieces]:
    first = next(row for row in rows if row is not None)
    return (first.requirement,), (first.heading,)


def _grades(rows: tuple[Row | None, ...], say: Messages) -> GridLine:
    grades: dict[int, Coverage] = {
        place: final(row) for place, row in enumerate(rows, start=2) if row is not None
    }
    cells = (words.verdict(row, say) if row is not None else () for row in rows)
    return GridLine(cells=(*_asked(rows), *cells), grades=grades)


def _quotes(rows: tuple[Row | None, ...], tables: Mapping[str, Table]) -> GridLine:
    cells = (
        few(words.quotes(row, table), QUOTES) if row is not None else ()
        for row, table in zip(rows, tables.values(), strict=True)
    )
    return GridLine(cells=(*_asked(rows), *cells))


def to_xlsx(title: str, grids: Iterable[Grid], made: date | None = None) -> bytes:
    """Write tables as a workbook.

    Args:
        title: What it is called.
        grids: The tables.
        made: The day it says it was made; today where None.

    Returns:
        Its bytes.
    """
    # Loaded only when asked for: the spreadsheet library takes a while.
    from nis2_align.export.xlsx import grids_to_xlsx

    return grids_to_xlsx(title, grids, made or date.today())


def to_csv(grid: Grid) -> bytes:
    """Write one table as CSV; see :func:`nis2_align.export.csv.written`."""
    cells = (map("\n".join, line.cells) for line in grid.lines)
    return written([column.head for column in grid.columns], cells)
