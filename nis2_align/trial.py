"""What would become of a requirement if a clause stood in an act: graded with the clause in it.

The clause is put into the act's text as lines of its own and the dossier goes through the pipeline
once more, so a trial is graded by the code that graded the act, and no other. All requirements are
scored, since they rival each other; then only the one is judged. What else would change is a
question of its own (:func:`others_changed`), which takes as long as grading the whole dossier.
The act and its result stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nis2_align.dossier import Entry
from nis2_align.drafting import Edited, clause_lines, with_clause
from nis2_align.errors import UnknownRequirementError
from nis2_align.explanation import Explanation, explain
from nis2_align.match.memory import Memory
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

    OnStage = Callable[[Progress], None]

__all__ = ["Change", "Trial", "find_provision", "others_changed", "remembered", "try_clause"]


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
        explanation: Verdict, elements and evidence with it; without candidates for gold-plating.
        refs: The provisions of the changed act that hold the clause, in its numbering.
        counts: A provision that holds the clause is among those that the verdict accepts.
        others: What else would change, in the order of the catalogue; None until asked for.
    """

    requirement: str
    text: str
    after: ClauseRef
    before: Coverage
    explanation: Explanation
    refs: tuple[str, ...]
    counts: bool
    others: tuple[Change, ...] | None = None

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
    on_stage: OnStage | None = None,
    memory: Memory | None = None,
) -> Trial:
    """Grade a requirement with a clause added to one of the acts.

    Args:
        result: The analysis without it.
        requirement: Id of the requirement that it is meant for.
        text: The clause; several lines are several paragraphs or points.
        after: The provision below which it is to stand.
        on_stage: Told how far the work is; an exception it raises cancels the work.
        memory: What :func:`remembered` or an earlier trial left; the trial is the same without,
            and takes about twice as long.

    Returns:
        What it would do, without what else would change.

    Raises:
        UnknownRequirementError: There is no such requirement or provision.
        Nis2AlignError: The clause is empty or too long.
    """
    from nis2_align.alignment import catalogue_headings

    before = explain(result, requirement).assessment  # Refused before the work, not after it.
    id_ = before.requirement
    lines = clause_lines(text)
    edited = _edited(result, after, lines)
    changed = _graded(result, edited, on_stage, memory, only=id_)
    told = explain(changed, id_, catalogue_headings(result.words))
    return Trial(
        requirement=id_,
        text="\n".join(lines),
        after=after,
        before=before.coverage,
        explanation=told,
        refs=tuple(_holding(changed, edited)),
        counts=any(
            one.act == after.act and _overlap(one.span, edited.span)
            for one in told.assessment.provisions
        ),
    )


def others_changed(
    result: Result, trial: Trial, on_stage: OnStage | None = None, memory: Memory | None = None
) -> tuple[Change, ...]:
    """Grade the whole dossier with the clause of a trial, and say what else would change.

    Args:
        result: The analysis without the clause.
        trial: The trial.
        on_stage: As of :func:`try_clause`.
        memory: As of :func:`try_clause`.

    Returns:
        The other requirements whose grade would change, in the order of the catalogue.
    """
    edited = _edited(result, trial.after, trial.text.split("\n"))
    changed = _graded(result, edited, on_stage, memory)
    grades = {one.requirement: one.coverage for one in result.assessments}
    return tuple(_changes(grades, changed, trial.requirement))


def remembered(result: Result, on_stage: OnStage | None = None) -> Memory:
    """Return what trials can use again, so that the first is as quick as the others.

    It holds words of the acts, so it is to be kept no longer than the result.

    Args:
        result: The analysis.
        on_stage: As of :func:`try_clause`.
    """
    memory = Memory()
    _graded(result, None, on_stage, memory, only=result.assessments[0].requirement)
    return memory


def _edited(result: Result, after: ClauseRef, lines: Sequence[str]) -> Edited:
    cut, provision = find_provision(result, after.ref, after.act)
    return with_clause(cut.document, provision, lines)


def _graded(
    result: Result,
    edited: Edited | None,
    on_stage: OnStage | None,
    memory: Memory | None,
    only: str | None = None,
) -> Result:
    """Grade the acts again as they were graded, one of them edited."""
    from nis2_align.pipeline import run_documents

    held = [one.document for one in result.segmentations]
    if edited is not None:
        held = [edited.document if one.id == edited.document.id else one for one in held]
    return run_documents(
        held, on_stage=on_stage, words=result.words, entries=_entries(result),
        official=result.official_text, only=only, memory=memory,
    )  # fmt: skip


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
