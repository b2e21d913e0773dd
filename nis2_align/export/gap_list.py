"""The list of gaps as drafters use it: what is missing, where it belongs, what it must hold.

One line per requirement, unlike the listing of gaps in :mod:`nis2_align.export.listings`, which
has one per gap. The screen and the file are made of the same lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nis2_align.concordance import Row, Table
from nis2_align.concordance.belonging import Home, homes
from nis2_align.export import words
from nis2_align.export.csv import written
from nis2_align.export.listings import rationale
from nis2_align.messages import Messages

__all__ = ["COLUMNS", "GapLine", "gap_lines", "to_csv"]

#: Keys of the heads of the columns.
COLUMNS = (
    "column_requirement", "column_heading", "column_coverage", "column_message", "ui_gaps_place",
    "ui_gaps_checklist", "column_quotes",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """What a drafter needs to know of one requirement; nothing is shortened or guarded yet.

    Attributes:
        row: The row of the table that it was made from.
        missing: The gaps in words; the rationale where there are none.
        place: Where it would belong.
        home: The same as a place in an act, or None where nothing near was found.
        checklist: One line per element, ticked where it is met.
        quotes: The clauses that count, each with its place.
        others: How other laws wrote it, each with its law and place.
    """

    row: Row
    missing: tuple[str, ...]
    place: str
    home: Home | None
    checklist: tuple[str, ...]
    quotes: tuple[str, ...]
    others: tuple[str, ...] = ()


def gap_lines(
    rows: Iterable[Row],
    table: Table,
    say: Messages,
    others: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[GapLine, ...]:
    """Make the lines of some rows.

    Args:
        rows: Rows of the table, in the order wanted.
        table: The whole table, in which their sisters are looked for.
        say: The words.
        others: Requirement → how other laws wrote it.

    Returns:
        One line per row, in the same order.
    """
    known = homes(table)
    return tuple(
        GapLine(
            row=row,
            missing=tuple(words.gap(gap, say) for gap in row.gaps) or rationale(row, say),
            place=_place(row, known.get(row.requirement), table, say),
            home=known.get(row.requirement),
            checklist=_checklist(row, say),
            quotes=tuple(words.quotes(row, table)),
            others=(others or {}).get(row.requirement, ()),
        )
        for row in rows
    )


def _place(row: Row, home: Home | None, table: Table, say: Messages) -> str:
    if home is None:
        article = words.group_name(row.article, say, chapter=False)
        return say.text("ui_gaps_new_article", article=article)
    place = f"{home.act}: {home.printed}" if len(table.acts) > 1 else home.printed
    if home.sister == row.requirement:
        return place
    return say.text("ui_gaps_beside", place=place, sister=home.sister)


def _checklist(row: Row, say: Messages) -> tuple[str, ...]:
    states: Mapping[str, str] = {
        id_: state
        for state, ids in (
            ("met", row.met),
            ("weaker", row.weaker),
            ("absent", row.absent),
            ("unsure", row.unsure),
        )
        for id_ in ids
    }
    return tuple(
        f"{'☑' if states[id_] == 'met' else '☐'} {row.element(id_)} "
        f"({say.text(f'state_{states[id_]}')})"
        for id_ in row.labels
        if id_ in states
    )


def to_csv(lines: Iterable[GapLine], say: Messages, *, others: bool = False) -> bytes:
    """Write the lines as a CSV file.

    Args:
        lines: What :func:`gap_lines` returned, or a part of it in another order.
        say: The words of the heads.
        others: Whether there is a column that shows how other laws wrote it.

    Returns:
        See :func:`nis2_align.export.csv.written`.
    """
    heads = [say.text(key) for key in (*COLUMNS, *(("ui_others",) if others else ()))]
    return written(heads, (_cells(line, say)[: len(heads)] for line in lines))


def _cells(line: GapLine, say: Messages) -> tuple[str, ...]:
    row = line.row
    return (
        row.requirement,
        row.heading,
        "\n".join(words.verdict(row, say)),
        "\n".join(line.missing),
        line.place,
        "\n".join(line.checklist),
        "\n".join(line.quotes),
        "\n".join(line.others),
    )
