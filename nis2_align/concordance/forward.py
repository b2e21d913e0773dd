"""The table of concordance: directive → national law, and its summary by chapter and article.

What holds afterwards: one row per assessment, in the order of the catalogue; every accepted clause
of a row is in its ``clauses``, none is merged away; the counts of the groups add up to the
counts of the whole table; every provision that a row cites stands in the reverse listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from nis2_align.concordance.backward import Index, Reverse, by_ref, printed, reverse, unmatched
from nis2_align.concordance.reviewed import final
from nis2_align.directive import element_name
from nis2_align.model import (
    Act,
    Assessment,
    ClauseRef,
    Coverage,
    DutyKind,
    ElementState,
    Elsewhere,
    Gap,
    GoldPlating,
    Issue,
    Reason,
    Result,
    Review,
    Span,
)
from nis2_align.resources import load_yaml, mappings_dir

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ANNEXES",
    "Clause",
    "Counts",
    "Group",
    "Row",
    "Table",
    "article_of",
    "chapter_of",
    "table",
]

#: The group of the requirements that stand in the annexes, beside the chapters.
ANNEXES = "annexes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One accepted national clause of a row.

    Attributes:
        act: Id of the act.
        ref: The project's notation, e.g. ``12(3)(1)``.
        printed: The numbers as the act prints them, article first, e.g. ``Član 12. (3) 1)``.
        quote: The words of the clause.
        page: Page from 1, or None.
        span: Where it stands in the text of the act.
        score: The score of the match; 0 for a clause that a person added.
    """

    act: str
    ref: str
    printed: str
    quote: str
    page: int | None
    span: Span
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One requirement and where national law carries it.

    ``met``, ``weaker``, ``absent`` and ``unsure`` hold ids of elements; ``heading`` is our own
    short summary and empty where none is known; ``labels`` names the elements for people;
    ``coverage`` and ``clauses`` are the tool's, whatever a ``review`` says; ``added`` are the
    clauses that a person added.
    """

    requirement: str
    heading: str
    chapter: str
    article: str
    duty: DutyKind
    coverage: Coverage
    confidence: float
    reason: Reason | None
    clauses: tuple[Clause, ...]
    met: tuple[str, ...]
    weaker: tuple[str, ...]
    absent: tuple[str, ...]
    unsure: tuple[str, ...]
    gaps: tuple[Gap, ...]
    rationale: str
    gold_plating: tuple[GoldPlating, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[Elsewhere, ...] = ()
    review: Review | None = None
    added: tuple[Clause, ...] = ()

    @property
    def counting(self) -> tuple[Clause, ...]:
        """The clauses that count: the tool's without those a person removed, then the added."""
        removed = self.review.removed if self.review else ()
        kept = (c for c in self.clauses if ClauseRef(act=c.act, ref=c.ref) not in removed)
        return (*kept, *self.added)

    def element(self, id_: str) -> str:
        """Return an element's name for people: its label, else its id in words."""
        return self.labels.get(id_) or element_name(id_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often each grade stands, a person's over the tool's.

    ``no_statement`` is a part of ``uncertain``.
    """

    full: int = 0
    partial: int = 0
    none: int = 0
    not_applicable: int = 0
    uncertain: int = 0
    no_statement: int = 0

    @property
    def total(self) -> int:
        """Number of requirements."""
        return self.full + self.partial + self.none + self.not_applicable + self.uncertain

    @property
    def assessed(self) -> int:
        """Number that apply and that the catalogue states in the act's language."""
        return self.total - self.not_applicable - self.no_statement

    @property
    def decided(self) -> int:
        """Number graded full, partial or none."""
        return self.full + self.partial + self.none

    @property
    def percent_full(self) -> float:
        """Share of ``full`` among the assessed, in [0, 100]; 0 where nothing was assessed.

        A doubt counts as not full; what the catalogue cannot read counts neither way.
        """
        return 100.0 * self.full / self.assessed if self.assessed else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The counts of one chapter (``IV``, :data:`ANNEXES`), article (``21``) or annex (``I``)."""

    key: str
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The table of concordance with its summaries and the reverse listing."""

    celex: str
    catalogue_version: str
    acts: tuple[Act, ...]
    rows: tuple[Row, ...]
    counts: Counts
    chapters: tuple[Group, ...]
    articles: tuple[Group, ...]
    reverse: tuple[Reverse, ...]
    unmatched: tuple[Reverse, ...]
    issues: tuple[Issue, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a DataFrame.

        Returns:
            One line per requirement, in the order of the catalogue. Columns: ``requirement``,
            ``heading``, ``duty``, ``coverage``, ``confidence`` in [0, 1], ``reason``,
            ``provisions`` (``act:ref``), ``labels``, ``quotes``, ``met``, ``weaker``, ``absent``,
            ``unsure`` and ``gaps`` (lists of text), ``rationale``, ``gold_plating`` (candidates,
            a list of text).
        """
        import pandas as pd

        return pd.DataFrame([_record(row) for row in self.rows], columns=list(_COLUMNS))

    def reverse_frame(self) -> pd.DataFrame:
        """Return the reverse listing, national law → directive, as a DataFrame.

        Returns:
            One line per national provision, in the order of the texts. Columns: ``act``, ``ref``,
            ``label``, ``class``, ``requirements`` (list of ids) and ``gold_plating`` (candidates,
            a list of text).
        """
        import pandas as pd

        records = [_reverse_record(entry) for entry in self.reverse]
        return pd.DataFrame(records, columns=list(_REVERSE_COLUMNS))


_COLUMNS = (
    "requirement", "heading", "duty", "coverage", "confidence", "reason", "provisions", "labels",
    "quotes", "met", "weaker", "absent", "unsure", "gaps", "rationale",
    "gold_plating",
)  # fmt: skip
_REVERSE_COLUMNS = ("act", "ref", "label", "class", "requirements", "gold_plating")


def _record(row: Row) -> dict[str, object]:
    return {
        "requirement": row.requirement,
        "heading": row.heading,
        "duty": row.duty.value,
        "coverage": row.coverage.value,
        "confidence": row.confidence,
        "reason": row.reason.value if row.reason else None,
        "provisions": [f"{clause.act}:{clause.ref}" for clause in row.clauses],
        "labels": [clause.printed for clause in row.clauses],
        "quotes": [clause.quote for clause in row.clauses],
        "met": list(row.met),
        "weaker": list(row.weaker),
        "absent": list(row.absent),
        "unsure": list(row.unsure),
        "gaps": [gap.message for gap in row.gaps],
        "rationale": row.rationale,
        "gold_plating": [candidate.message for candidate in row.gold_plating],
    }


def _reverse_record(entry: Reverse) -> dict[str, object]:
    return {
        "act": entry.act,
        "ref": entry.ref,
        "label": entry.label,
        "class": entry.kind,
        "requirements": list(entry.requirements),
        "gold_plating": [candidate.message for candidate in entry.gold_plating],
    }


def article_of(requirement: str) -> str:
    """Return the article or annex of a requirement: ``21`` of ``21(2)(j)``, ``I`` of ``I(1)``."""
    return re.split(r"[(#]", requirement.removeprefix("Annex "), maxsplit=1)[0]


@cache
def _chapters() -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for name, bounds in load_yaml(mappings_dir() / "nis2" / "chapters.yaml").items():
        if isinstance(bounds, list) and len(bounds) == 2:
            found[name] = (int(bounds[0]), int(bounds[1]))
    return found


def chapter_of(requirement: str) -> str:
    """Return the chapter of a requirement, e.g. ``IV``; :data:`ANNEXES` for annex rows."""
    number = re.match(r"\d+", requirement)
    if number:
        for name, (first, last) in _chapters().items():
            if first <= int(number.group()) <= last:
                return name
    return ANNEXES


def table(result: Result, directive_headings: Mapping[str, str]) -> Table:
    """Lay the result out as a table of concordance.

    Args:
        result: The analysis.
        directive_headings: Id of a requirement → our own short summary of it.

    Returns:
        The table; nothing is filtered or merged.
    """
    index = by_ref(result)
    texts = {cut.document.id: cut.document.text for cut in result.segmentations}
    rows = tuple(_row(item, directive_headings, index, texts) for item in result.assessments)
    listing = reverse(result)
    return Table(
        celex=result.celex,
        catalogue_version=result.catalogue_version,
        acts=result.acts,
        rows=rows,
        counts=_count(rows),
        chapters=_groups((row.chapter, row) for row in rows),
        articles=_groups((row.article, row) for row in rows),
        reverse=listing,
        unmatched=unmatched(result, listing),
        issues=result.issues,
    )


def _row(
    item: Assessment, headings: Mapping[str, str], index: Index, texts: Mapping[str, str]
) -> Row:
    def ids(state: ElementState) -> tuple[str, ...]:
        return tuple(element.id for element in item.elements if element.state is state)

    return Row(
        requirement=item.requirement,
        heading=headings.get(item.requirement, ""),
        chapter=chapter_of(item.requirement),
        article=article_of(item.requirement),
        duty=item.duty,
        coverage=item.coverage,
        confidence=item.confidence,
        reason=item.reason,
        clauses=tuple(
            Clause(
                act=match.act,
                ref=match.ref,
                printed=printed(index, match.act, match.ref) or match.label or match.ref,
                quote=match.quote,
                page=match.page,
                span=match.span,
                score=match.score,
            )
            for match in item.provisions
        ),
        met=ids(ElementState.MET),
        weaker=ids(ElementState.WEAKER),
        absent=ids(ElementState.ABSENT),
        unsure=ids(ElementState.UNSURE),
        gaps=item.gaps,
        gold_plating=item.gold_plating,
        rationale=item.rationale,
        labels={element.id: element.label for element in item.elements},
        elsewhere=item.elsewhere,
        review=item.review,
        added=_added(item, index, texts),
    )


def _added(item: Assessment, index: Index, texts: Mapping[str, str]) -> tuple[Clause, ...]:
    """Return the clauses that a person added, without those that are gone from the acts."""
    held = {(match.act, match.ref) for match in item.provisions}
    names = dict.fromkeys((c.act, c.ref) for c in (item.review.added if item.review else ()))
    return tuple(
        Clause(
            act=act,
            ref=ref,
            printed=printed(index, act, ref) or ref,
            quote=index[act, ref].span.of(texts[act]),
            page=index[act, ref].page,
            span=index[act, ref].span,
            score=0.0,
        )
        for act, ref in names
        if (act, ref) in index and (act, ref) not in held
    )


def _count(rows: Iterable[Row]) -> Counts:
    tally: dict[str, int] = dict.fromkeys([grade.value for grade in Coverage], 0)
    unread = 0
    for row in rows:
        grade = final(row)
        tally[grade.value] += 1
        unread += grade is Coverage.UNCERTAIN and row.reason is Reason.NO_STATEMENT
    return Counts(no_statement=unread, **tally)


def _groups(keyed: Iterable[tuple[str, Row]]) -> tuple[Group, ...]:
    """Group rows by key; groups stand in the order in which they first appear."""
    held: dict[str, list[Row]] = {}
    for key, row in keyed:
        held.setdefault(key, []).append(row)
    return tuple(Group(key=key, counts=_count(rows)) for key, rows in held.items())
