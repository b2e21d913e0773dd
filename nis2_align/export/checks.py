"""What a reviewer of a table of concordance looks for before it is handed in.

The list follows the faults for which offices of European integration send tables back: a missing
CELEX number, rows without a counterpart, national articles that no row uses, verdicts without a
reason, and gaps without a date. Whether a finding is a fault, a person says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nis2_align.concordance import Row, final
from nis2_align.export import words
from nis2_align.export.listings import rationale
from nis2_align.export.material import Material
from nis2_align.messages import Messages
from nis2_align.model import Coverage, DutyKind, Reason

__all__ = ["CHECKS", "Check", "checks", "expected_date", "reasons"]

#: The checks in the order in which they are shown; ``check_NAME`` is the message of each.
CHECKS = (
    "celex", "unmapped", "partial_reason", "no_date", "no_transposition_reason",
    "unused_provision", "undecided",
)  # fmt: skip
# CELEX numbers of legal acts: sector, year, descriptor, number (EUR-Lex, "How CELEX numbers are
# composed").
_CELEX = re.compile(r"[1-9]\d{4}[A-Z]{1,2}\d{4}")
_Predicate = Callable[[Row], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: its name in :data:`CHECKS` and the ids that it points at; none: in order."""

    name: str
    found: tuple[str, ...] = ()


def checks(material: Material) -> tuple[Check, ...]:
    """Look at a table as a reviewer does.

    Args:
        material: The table with what belongs to it.

    Returns:
        One check per name of :data:`CHECKS`, in their order. ``unmapped`` are duties without any
        national clause, here or elsewhere; ``partial_reason`` partial verdicts that name no gap,
        chapeaux apart; ``no_date`` what is not, or not wholly, transposed and has no date by
        which it will be; ``no_transposition_reason`` what needs no transposition without saying
        why; ``unused_provision`` national provisions that no requirement cites; ``undecided``
        verdicts that a person must still give.
    """
    table, say = material.table, material.say
    several = len(table.acts) > 1
    found: dict[str, Iterable[str]] = {
        "celex": () if _CELEX.fullmatch(table.celex) else (table.celex or "–",),
        "unmapped": _rows(
            table.rows,
            lambda row: _is_duty(row) and not (row.counting or words.cited_elsewhere(row)),
        ),
        "partial_reason": _rows(
            table.rows, lambda row: final(row) is Coverage.PARTIAL and not reasons(row, say)
        ),
        "no_date": _rows(
            table.rows,
            lambda row: (
                final(row) in (Coverage.NONE, Coverage.PARTIAL) and not expected_date(row, material)
            ),
        ),
        "no_transposition_reason": _rows(
            table.rows,
            lambda row: final(row) is Coverage.NOT_APPLICABLE and not reasons(row, say),
        ),
        "unused_provision": (
            f"{entry.act}: {entry.ref}" if several else entry.ref for entry in table.unmatched
        ),
        "undecided": _rows(table.rows, lambda row: final(row) is Coverage.UNCERTAIN),
    }
    return tuple(Check(name=name, found=tuple(found[name])) for name in CHECKS)


def _rows(rows: Iterable[Row], wrong: _Predicate) -> Iterator[str]:
    return (row.requirement for row in rows if wrong(row))


def _is_duty(row: Row) -> bool:
    return row.duty is DutyKind.MUST and final(row) is not Coverage.NOT_APPLICABLE


def reasons(row: Row, say: Messages) -> tuple[str, ...]:
    """Say why a row is not wholly transposed.

    Args:
        row: A row of the table.
        say: The words.

    Returns:
        What its gaps say; for a chapeau and for what needs no transposition its rationale; the
        rationale of an undecided or unfound row; nothing for a full one, and nothing for a
        partial one that names no gap.
    """
    if final(row) is Coverage.FULL:
        return ()
    if row.gaps:
        return tuple(gap.message for gap in row.gaps)
    if final(row) is Coverage.PARTIAL and row.reason is not Reason.CHAPEAU:
        return ()
    return rationale(row, say)


def expected_date(row: Row, material: Material) -> str:
    """Return the day by which a row will be wholly transposed.

    Args:
        row: A row of the table.
        material: The table with its acts.

    Returns:
        The latest date on which a planned act that the row cites is due, loaded or not, as
        ISO 8601; empty for a full row and where no cited act is planned.
    """
    if final(row) not in (Coverage.NONE, Coverage.PARTIAL):
        return ""
    cited = {clause.act for clause in row.counting}
    dates = [act.planned for act in material.table.acts if act.id in cited]
    dates += [one.planned for one in words.cited_elsewhere(row)]
    return max((due for due in dates if due), default="")
