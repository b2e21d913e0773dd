"""What would become of a requirement if a clause stood in an act: read again, graded again.

The clause is put into the act's text as lines of its own and the whole dossier goes through the
pipeline once more, so a trial is graded by the code that graded the act, and no other. Reading
is not repeated; the rest takes a few seconds for an act of common length. The act and its result
stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nis2_align.dossier import Entry
from nis2_align.drafting import Edited, clause_lines, with_clause
from nis2_align.errors import UnknownRequirementError
from nis2_align.explanation import Explanation, explain
from nis2_align.model import (
    Act,
    Assessment,
    ClauseRef,
    Coverage,
    ElementResult,
    Gap,
    Provision,
    Result,
    Segmentation,
    Span,
)

if TYPE_CHECKING:
    from nis2_align.pipeline import Progress

__all__ = ["Change", "Trial", "find_provision", "try_clause"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another requirement whose grade would change as well."""

    requirement: str
    before: Coverage
    after: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a clause would do.

    Attributes:
        requirement: Id of the requirement it was written for.
        text: The clause as it was put into the act, one provision or part of one per line.
        after: The provision after which it was put.
        before: The tool's grade of the requirement without it.
        explanation: Verdict, elements and evidence with it.
        refs: The provisions of the changed act that hold the clause, in its numbering.
        counts: A provision that holds the clause is among those that the verdict accepts.
        others: What else would change, in the order of the catalogue.
    """

    requirement: str
    text: str
    after: ClauseRef
    before: Coverage
    explanation: Explanation
    refs: tuple[str, ...]
    counts: bool
    others: tuple[Change, ...] = ()

    @property
    def assessment(self) -> Assessment:
        """The verdict with the clause."""
        return self.explanation.assessment

    @property
    def coverage(self) -> Coverage:
        """The grade with the clause."""
        return self.assessment.coverage

    @property
    def elements(self) -> tuple[ElementResult, ...]:
        """The elements with the clause; spans count in the changed text."""
        return self.assessment.elements

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What would still be missing or weaker."""
        return self.assessment.gaps


def find_provision(
    result: Result, ref: str, act: str | None = None
) -> tuple[Segmentation, Provision]:
    """Return a provision with its act.

    Args:
        result: The analysis.
        ref: The provision.
        act: Id of its act; the first act where None.

    Raises:
        UnknownRequirementError: There is no such provision.
    """
    cuts = [cut for cut in result.segmentations if act in (None, cut.document.id)]
    for provision in cuts[0].provisions if cuts else ():
        if provision.ref == ref:
            return cuts[0], provision
    raise UnknownRequirementError(
        f'There is no provision "{ref}" in the act.', "Name one of the act's own, as 12(3)(1)."
    )


def try_clause(
    result: Result,
    requirement: str,
    text: str,
    after: ClauseRef,
    on_stage: Callable[[Progress], None] | None = None,
) -> Trial:
    """Grade a dossier with a clause added to one of its acts.

    Args:
        result: The analysis without it.
        requirement: Id of the requirement that it is meant for.
        text: The clause; several lines are several paragraphs or points.
        after: The provision below which it is to stand.
        on_stage: Told how far the work is; an exception it raises cancels the work.

    Returns:
        What it would do.

    Raises:
        UnknownRequirementError: There is no such requirement or provision.
        Nis2AlignError: The clause is empty or too long.
    """
    from nis2_align.alignment import catalogue_headings
    from nis2_align.pipeline import run_documents

    explain(result, requirement)  # Refused before the work, not after it.
    cut, provision = find_provision(result, after.ref, after.act)
    lines = clause_lines(text)
    edited = with_clause(cut.document, provision, lines)
    documents = [edited.document if one is cut else one.document for one in result.segmentations]
    changed = run_documents(
        documents, on_stage=on_stage, words=result.words,
        entries=_entries(result), official=result.official_text,
    )  # fmt: skip
    told = explain(changed, requirement, catalogue_headings(result.words))
    refs = tuple(_holding(changed, edited))
    grades = {one.requirement: one.coverage for one in result.assessments}
    id_ = told.assessment.requirement
    return Trial(
        requirement=id_,
        text="\n".join(lines),
        after=after,
        before=grades[id_],
        explanation=told,
        refs=refs,
        counts=any(
            one.act == after.act and _overlap(one.span, edited.span)
            for one in told.assessment.provisions
        ),
        others=tuple(_changes(grades, changed, id_)),
    )


def _entries(result: Result) -> list[Entry]:
    """Return what is known of each act, so that nothing is looked for twice.

    The country found stands for the jurisdiction unless the acts have several: only then does it
    matter which acts complete each other.
    """
    acts = {act.id: act for act in result.acts}
    several = len({act.jurisdiction for act in result.acts}) > 1
    return [_entry(acts[cut.document.id], cut, several) for cut in result.segmentations]


def _entry(act: Act, cut: Segmentation, several: bool) -> Entry:
    return Entry(
        path=Path(cut.document.name),
        title=act.title,
        # Whether an act changes another must not hang on the clause that is tried.
        kind="amending" if cut.amending else act.kind,
        jurisdiction=act.jurisdiction if several else None,
        language=act.language,
        country=act.country,
        planned=act.planned,
    )


def _holding(changed: Result, edited: Edited) -> Iterator[str]:
    """Yield the innermost provisions that the clause is part of."""
    for cut in changed.segmentations:
        if cut.document.id == edited.document.id:
            parents = {one.parent for one in cut.provisions if _overlap(one.span, edited.span)}
            for one in cut.provisions:
                if _overlap(one.span, edited.span) and one.ref not in parents:
                    yield one.ref


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _changes(grades: dict[str, Coverage], changed: Result, requirement: str) -> Iterator[Change]:
    for one in changed.assessments:
        before = grades[one.requirement]
        if one.requirement != requirement and one.coverage is not before:
            yield Change(requirement=one.requirement, before=before, after=one.coverage)
