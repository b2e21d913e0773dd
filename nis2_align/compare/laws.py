"""Several laws beside each other: where each stands, and how the others wrote it.

What holds afterwards: one line per requirement that any of the laws was graded on, in the order of
the catalogue; one cell per law; a clause is quoted as its act writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nis2_align.concordance import Clause, Row, Table, final
from nis2_align.model import Coverage

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Laws", "Wording", "compare_laws", "named", "quoted", "wordings"]

_WRITTEN = frozenset({Coverage.FULL, Coverage.PARTIAL})
# Clauses of one law that are shown for a requirement.
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """The laws beside each other.

    Attributes:
        names: One per law, in the order given; each once.
        rows: Per requirement the row of each law, None where it has none, in the order of names.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[Row | None, ...], ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the matrix as a DataFrame.

        Returns:
            Index: requirement. Columns: ``heading``, then one per law with its grade, a person's
            before the tool's; None where it was not graded.
        """
        import pandas as pd

        records = {}
        for row in self.rows:
            first = next(one for one in row if one is not None)
            grades = [None if one is None else final(one).value for one in row]
            records[first.requirement] = [first.heading, *grades]
        columns = ["heading", *self.names]
        return pd.DataFrame.from_dict(records, orient="index", columns=columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How one law carries a requirement.

    Attributes:
        law: Its name.
        coverage: Its grade, a person's before the tool's.
        clauses: The clauses that count, the nearest first; at most three.
    """

    law: str
    coverage: Coverage
    clauses: tuple[Clause, ...]


def compare_laws(tables: Mapping[str, Table]) -> Laws:
    """Lay laws beside each other.

    Args:
        tables: Name of a law → its table of concordance.

    Returns:
        The matrix.
    """
    held = [{row.requirement: row for row in table.rows} for table in tables.values()]
    order = dict.fromkeys(row.requirement for table in tables.values() for row in table.rows)
    return Laws(
        names=tuple(tables),
        rows=tuple(tuple(rows.get(id_) for rows in held) for id_ in order),
    )


def wordings(requirement: str, tables: Mapping[str, Table]) -> tuple[Wording, ...]:
    """Show how laws wrote what a requirement asks for.

    Args:
        requirement: Its id.
        tables: Name of a law → its table of concordance.

    Returns:
        The laws that meet it in full first, then those that meet it in part; none where no law
        has a clause that counts.
    """
    rows = {
        name: next((row for row in table.rows if row.requirement == requirement), None)
        for name, table in tables.items()
    }
    return _wordings(rows)


def quoted(tables: Mapping[str, Table]) -> dict[str, tuple[str, ...]]:
    """Quote how laws wrote each requirement, for a cell of a table.

    Args:
        tables: Name of a law → its table of concordance.

    Returns:
        Requirement → the nearest clause of each law that meets it, law and place in front.
    """
    laws = compare_laws(tables)
    found: dict[str, tuple[str, ...]] = {}
    for rows in laws.rows:
        held = dict(zip(laws.names, rows, strict=True))
        found[next(row.requirement for row in rows if row is not None)] = tuple(
            f"{one.law}, {one.clauses[0].ref}: “{one.clauses[0].quote}”" for one in _wordings(held)
        )
    return found


def _wordings(rows: Mapping[str, Row | None]) -> tuple[Wording, ...]:
    found = (
        Wording(law=name, coverage=final(row), clauses=_first(row))
        for name, row in rows.items()
        if row is not None and row.counting and final(row) in _WRITTEN
    )
    return tuple(sorted(found, key=lambda one: one.coverage is not Coverage.FULL))


def _first(row: Row) -> tuple[Clause, ...]:
    return tuple(sorted(row.counting, key=lambda clause: -clause.score)[:_MOST])


def named(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Name laws for a reader.

    Args:
        tables: Any key, e.g. the name of a file → the table.

    Returns:
        Country where it is known, and the title of the first act; its id too where two laws would
        bear one name. In the same order.
    """
    plain = [_plain(table) for table in tables.values()]
    found: dict[str, Table] = {}
    for name, table in zip(plain, tables.values(), strict=True):
        unique = name if plain.count(name) == 1 else f"{table.acts[0].id}: {name}"
        while unique in found:
            unique += " *"
        found[unique] = table
    return found


def _plain(table: Table) -> str:
    act = table.acts[0]
    country = act.jurisdiction or act.country
    title = " ".join(act.title.split())
    return f"{country}: {title}" if country else title
