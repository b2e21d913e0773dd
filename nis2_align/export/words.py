"""A row of the table in the words of a reader: what spreadsheets and screens show of it."""

from __future__ import annotations

from nis2_align.concordance import Clause, Row, Table
from nis2_align.messages import Messages
from nis2_align.model import Coverage, ElementState, Gap

__all__ = ["elements", "gap", "grade", "group_name", "provision", "provisions", "quotes"]


def grade(coverage: Coverage, say: Messages) -> str:
    """Return the word for a grade, e.g. ``partial``."""
    return say.text(f"grade_{coverage.value}")


def provision(clause: Clause, several_acts: bool, say: Messages) -> str:
    """Name one clause: ``12(3) – Član 12. (3), page 4``; its act too where there are several."""
    parts = [f"{clause.act}: {clause.ref}" if several_acts else clause.ref]
    if clause.printed and clause.printed != clause.ref:
        parts.append(clause.printed)
    name = " – ".join(parts)
    return name if clause.page is None else f"{name}, {say.text('page_number', page=clause.page)}"


def provisions(row: Row, table: Table, say: Messages) -> list[str]:
    """Name every clause of a row."""
    return [provision(clause, len(table.acts) > 1, say) for clause in row.clauses]


def quotes(row: Row, table: Table) -> list[str]:
    """Quote every clause of a row, with its provision in front."""
    several = len(table.acts) > 1
    return [
        f"{f'{clause.act}: ' if several else ''}{clause.ref}: “{clause.quote}”"
        for clause in row.clauses
    ]


def elements(row: Row, say: Messages) -> list[str]:
    """Say what was found of the elements: ``met: voice, video``, one line per state."""
    lines = (
        (ElementState.MET, row.met),
        (ElementState.WEAKER, row.weaker),
        (ElementState.ABSENT, row.absent),
        (ElementState.UNSURE, row.unsure),
    )
    return [
        f"{say.text(f'state_{state.value}')}: {'; '.join(map(row.element, ids))}"
        for state, ids in lines
        if ids
    ]


def gap(entry: Gap, say: Messages) -> str:
    """Return one gap with its kind in front."""
    return f"{say.text(f'kind_{entry.kind}')}: {entry.message}"


def group_name(key: str, say: Messages, *, chapter: bool) -> str:
    """Name a chapter, article or annex; see :class:`nis2_align.concordance.Group`."""
    if not chapter:
        kind = "article_number" if key.isdigit() else "annex_number"
        return say.text(kind, number=key)
    if f"chapter_{key}" not in say.texts:
        return say.text("annexes")
    return say.text("chapter_number", number=key, heading=say.text(f"chapter_{key}"))
