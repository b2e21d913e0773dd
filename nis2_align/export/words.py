"""A row of the table in the words of a reader: what spreadsheets and screens show of it."""

from __future__ import annotations

from collections.abc import Mapping

from nis2_align.concordance import Clause, Counts, Row, Table, final
from nis2_align.messages import Messages
from nis2_align.model import Coverage, ElementState, Elsewhere, Gap

__all__ = [
    "FILLS", "cited_elsewhere", "elements", "elsewhere", "gap", "grade", "group_name",
    "places", "provision", "provisions", "quotes", "sentences", "verdict",
]  # fmt: skip

#: Background of each grade; the word always stands beside the colour.
FILLS: Mapping[Coverage, str] = {
    Coverage.FULL: "#C6E7CE",
    Coverage.PARTIAL: "#FFEB9C",
    Coverage.NONE: "#F8CBAD",
    Coverage.NOT_APPLICABLE: "#E3E3E3",
    Coverage.UNCERTAIN: "#CFE2F3",
}


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


def verdict(row: Row, say: Messages) -> tuple[str, ...]:
    """Return the word for the grade that counts and, where a person gave it, that they did.

    A decision taken on an earlier draft says so: what it rests on may have changed.
    """
    said = (grade(final(row), say),)
    if row.review is None or row.review.grade is None:
        return said
    key = "form_decided_stale" if row.review.stale else "form_decided"
    return (*said, say.text(key, grade=grade(row.coverage, say)))


def elsewhere(row: Row, say: Messages) -> tuple[str, ...]:
    """Name the clauses in acts that are not loaded or still planned, these with their date."""
    return tuple(_cited(one, say) for one in cited_elsewhere(row))


def cited_elsewhere(row: Row) -> tuple[Elsewhere, ...]:
    """Return the clauses in acts that are not loaded or still planned, each once."""
    return tuple(dict.fromkeys((*row.elsewhere, *(row.review.elsewhere if row.review else ()))))


def _cited(one: Elsewhere, say: Messages) -> str:
    due = say.text("cover_planned", date=one.planned) if one.planned else None
    return ", ".join(part for part in (one.title, one.gazette, one.article, one.celex, due) if part)


def places(row: Row, table: Table, say: Messages) -> list[str]:
    """Name every clause of a row, and those in acts that are not loaded or still planned."""
    return [*provisions(row, table, say), *elsewhere(row, say)]


def provisions(row: Row, table: Table, say: Messages) -> list[str]:
    """Name every clause of a row."""
    return [provision(clause, len(table.acts) > 1, say) for clause in row.counting]


def quotes(row: Row, table: Table) -> list[str]:
    """Quote every clause of a row, with its provision in front."""
    several = len(table.acts) > 1
    return [
        f"{f'{clause.act}: ' if several else ''}{clause.ref}: “{clause.quote}”"
        for clause in row.counting
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


def sentences(counts: Counts, say: Messages) -> list[str]:
    """Say in up to three sentences how much is covered, decided and not assessed."""
    said = [
        say.text(
            "summary_full",
            full=counts.full,
            assessed=counts.assessed,
            percent=say.number(counts.percent_full, 1),
        ),
        say.text(
            "summary_decided",
            decided=counts.decided,
            assessed=counts.assessed,
            uncertain=counts.uncertain - counts.no_statement,
        ),
    ]
    if counts.no_statement:
        said.append(say.text("summary_no_statement", count=counts.no_statement))
    return said
