"""From all scores to one assessment per requirement of the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from nis2_align.directive import Directive, Requirement
from nis2_align.grade.bench import Bench
from nis2_align.grade.bench import bench as lay_out
from nis2_align.grade.gold_plating import gold_plating
from nis2_align.grade.rules import GradeRules
from nis2_align.grade.verdict import Verdict, judge
from nis2_align.grade.wording import said
from nis2_align.match.blend import Blend
from nis2_align.match.select import Choice, Selection
from nis2_align.match.why import Why
from nis2_align.messages import Messages
from nis2_align.model import (
    Assessment,
    Coverage,
    DutyKind,
    ElementState,
    Evidence,
    GoldPlating,
    Match,
    Reason,
    RestsOn,
)

__all__ = ["assess", "assessments"]

# A chapeau is cited by at most so many national lists.
_LISTS = 3
_FOUND = {Coverage.FULL, Coverage.PARTIAL}
# Requirement → its candidates for gold-plating.
_Beyond: TypeAlias = Mapping[str, tuple[GoldPlating, ...]]
_RANK = {Coverage.UNCERTAIN: 1, Coverage.PARTIAL: 2, Coverage.FULL: 3}


def assess(
    directive: Directive,
    blends: Sequence[Blend],
    words: Messages,
    rules: GradeRules | None = None,
) -> tuple[Assessment, ...]:
    """Assess every requirement of the catalogue.

    Args:
        directive: The catalogue.
        blends: Scores of the requirements that have statements in the acts' languages, one for
            each language; empty where no language has any.
        words: Messages of gaps and rationales.
        rules: Thresholds and models; those that ship where None.

    Returns:
        One assessment for each requirement, in the directive's order.
    """
    return tuple(assessments(directive, blends, words, rules))


def assessments(
    directive: Directive,
    blends: Sequence[Blend],
    words: Messages,
    rules: GradeRules | None = None,
    only: str | None = None,
) -> Iterator[Assessment]:
    """Yield what :func:`assess` returns, one by one, so that progress can be shown.

    Args:
        directive: As of :func:`assess`.
        blends: As of :func:`assess`.
        words: As of :func:`assess`.
        rules: As of :func:`assess`.
        only: Id of a requirement, to judge no other. Its assessment is the same but has no
            candidates for gold-plating: those hang on what all others say.
    """
    desks = [_Desk(directive, blend, words, rules) for blend in blends]
    if only is not None:
        yield _assessed(desks, directive.requirements[only], words, [{} for _ in desks])
        return
    beyond = [desk.beyond() for desk in desks]
    for requirement in directive.requirements.values():
        yield _assessed(desks, requirement, words, beyond)


class _Desk:
    """The acts of one language, where a requirement is judged when it is asked for, once."""

    def __init__(
        self, directive: Directive, blend: Blend, words: Messages, rules: GradeRules | None
    ) -> None:
        self.directive = directive
        self.bench = lay_out(blend, words, rules)
        self.rows = {
            query.requirement.id: row
            for row, query in enumerate(blend.space.queries)
            if directive.requirements[query.requirement.id].duty is not DutyKind.NONE
        }
        self._verdicts: dict[str, Verdict] = {}

    def verdict(self, id_: str) -> Verdict:
        """Return the verdict on a requirement of ``rows``."""
        if id_ not in self._verdicts:
            self._verdicts[id_] = judge(self.bench, self.rows[id_])
        return self._verdicts[id_]

    def beyond(self) -> _Beyond:
        """Return the candidates for gold-plating of all requirements."""
        verdicts = {id_: self.verdict(id_) for id_ in self.rows}
        return gold_plating(self.bench, self.rows, verdicts)


def _assessed(
    desks: Sequence[_Desk], requirement: Requirement, words: Messages, beyond: Sequence[_Beyond]
) -> Assessment:
    found = [
        _with_candidates(_graded(desk, requirement), candidates)
        for desk, candidates in zip(desks, beyond, strict=True)
        if requirement.id in desk.rows
    ]
    return _best(found) if found else _without_verdict(requirement, words)


def _graded(desk: _Desk, requirement: Requirement) -> Assessment:
    verdict, row = desk.verdict(requirement.id), desk.rows[requirement.id]
    listed = {c: desk.verdict(c) for c in requirement.children if c in desk.rows}
    if not requirement.chapeau or not listed:
        return _plain(desk.bench, requirement, row, verdict)
    points = [
        point
        for c, point in listed.items()
        if not _is_unused(desk.directive.requirements[c], point.coverage)
    ]
    return _chapeau(desk.bench, requirement, row, verdict, points)


def _best(found: Sequence[Assessment]) -> Assessment:
    """Return the assessment that covers most; acts in other languages keep their clauses."""
    best = max(found, key=lambda one: _RANK.get(one.coverage, 0))
    more = [one for one in found if one is not best and one.coverage in _FOUND]
    return replace(
        best,
        provisions=(*best.provisions, *(match for one in more for match in one.provisions)),
        candidates=(*best.candidates, *(m for one in found if one is not best for m in
                    (one.candidates if one in more else (*one.provisions, *one.candidates)))),
    )  # fmt: skip


def _with_candidates(graded: Assessment, beyond: _Beyond) -> Assessment:
    """Add the candidates for gold-plating; there are none where nothing was found."""
    if graded.coverage not in _FOUND:
        return graded
    return replace(graded, gold_plating=beyond.get(graded.requirement, ()))


def _without_verdict(requirement: Requirement, words: Messages) -> Assessment:
    addressed = requirement.duty is DutyKind.NONE
    reason = Reason.UNION_BODY if addressed else Reason.NO_STATEMENT
    return Assessment(
        requirement=requirement.id,
        duty=requirement.duty,
        coverage=Coverage.NOT_APPLICABLE if addressed else Coverage.UNCERTAIN,
        confidence=1.0 if addressed else 0.0,
        parent=requirement.parent,
        reason=reason,
        rationale=words.text(f"rationale_{reason}"),
    )


def _is_unused(requirement: Requirement, coverage: Coverage) -> bool:
    return requirement.duty is DutyKind.OPTION and coverage is Coverage.NONE


def _plain(bench: Bench, requirement: Requirement, row: int, verdict: Verdict) -> Assessment:
    coverage, reason = verdict.coverage, None
    unused = _is_unused(requirement, coverage)
    if unused:
        coverage, reason = Coverage.NOT_APPLICABLE, Reason.OPTION_UNUSED
    elif coverage is Coverage.UNCERTAIN:
        reason = Reason.UNDECIDED
    rests = tuple(_rests_on(bench, row, verdict)) if coverage in _FOUND else ()
    supported = None
    if coverage in _FOUND:
        supported = _without(bench, row, verdict.selection.clauses) != coverage
    accepted, passed = verdict.selection.accepted, verdict.selection.candidates
    if coverage in {Coverage.NONE, Coverage.NOT_APPLICABLE}:
        accepted, passed = (), _refused(accepted, passed)
    return Assessment(
        requirement=requirement.id,
        duty=requirement.duty,
        coverage=coverage,
        confidence=round(min(0.99, max(0.01, verdict.confidence)), 4),
        parent=requirement.parent,
        reason=reason,
        elements=tuple(element.result for element in verdict.elements),
        rests_on=rests,
        supported=supported,
        provisions=tuple(_match(bench, row, choice) for choice in accepted),
        candidates=tuple(_match(bench, row, choice) for choice in passed),
        gaps=() if unused else verdict.gaps,
        rationale=_rationale(bench, verdict, coverage, reason),
    )


def _chapeau(
    bench: Bench,
    requirement: Requirement,
    row: int,
    verdict: Verdict,
    points: Sequence[Verdict],
) -> Assessment:
    """Take the grade from the list; ``points`` are its verdicts without options left unused."""
    if not points:
        return _plain(bench, requirement, row, replace(verdict, coverage=Coverage.NONE))
    grades = [point.coverage for point in points]
    coverage = _of_list(grades)
    selection = _list_of(bench, verdict, points)
    accepted, passed = selection.accepted, selection.candidates
    if coverage is Coverage.NONE:
        accepted, passed = (), _refused(accepted, passed)
    full = sum(grade is Coverage.FULL for grade in grades)
    confidence = sum(point.confidence for point in points) / len(points)
    return Assessment(
        requirement=requirement.id,
        duty=requirement.duty,
        coverage=coverage,
        confidence=round(min(0.99, max(0.01, confidence)), 4),
        parent=requirement.parent,
        reason=Reason.CHAPEAU,
        elements=tuple(e.result for e in verdict.elements),
        supported=None,
        provisions=tuple(_match(bench, row, choice) for choice in accepted),
        candidates=tuple(_match(bench, row, choice) for choice in passed),
        gaps=(),
        rationale=bench.words.text("rationale_chapeau", full=full, total=len(points)),
    )


def _list_of(bench: Bench, verdict: Verdict, points: Sequence[Verdict]) -> Selection:
    """Return the provisions that hold the points' clauses, where several share one.

    What introduces a list in the directive is transposed by what introduces it in the law, and
    that is told by where the points were found, not by the few words of the lead-in.
    """
    space = bench.blend.space.clauses
    holders: Counter[int] = Counter()
    for point in points:
        if point.coverage in _FOUND and point.selection.accepted:
            provision = space.clauses[point.selection.clauses[0]].provision
            holder = space.by_ref.get((provision.act, provision.parent or ""))
            holders.update([] if holder is None else [holder])
    shared = [clause for clause, count in holders.most_common(_LISTS) if count > 1]
    if not shared:
        return verdict.selection
    accepted = tuple(Choice(clause, Why("selected_list")) for clause in shared)
    others = (*verdict.selection.accepted, *verdict.selection.candidates)
    return Selection(accepted, tuple(c for c in others if c.clause not in shared))


def _of_list(grades: Sequence[Coverage]) -> Coverage:
    """All full = full, all none = none, all uncertain = uncertain, otherwise partial."""
    alike = set(grades)
    if len(alike) == 1:
        return grades[0]
    return Coverage.PARTIAL


def _refused(accepted: tuple[Choice, ...], passed: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the nearest clauses of a requirement that was not found, for the reader."""
    return (*(Choice(choice.clause, Why("selected_not_accepted")) for choice in accepted), *passed)


def _without(bench: Bench, row: int, clauses: Sequence[int]) -> Coverage:
    """Grade again with some clauses taken away, and all that share their words."""
    space = bench.blend.space.clauses
    gone = set().union(*(space.overlapping(index) for index in clauses))
    return judge(bench, row, gone).coverage


def _rests_on(bench: Bench, row: int, verdict: Verdict) -> Iterator[RestsOn]:
    """Grade again without each clause by itself, and without all of them."""
    provisions = bench.blend.space.clauses.clauses
    accepted = [choice.clause for choice in verdict.selection.accepted]
    for clause in accepted:
        coverage = _without(bench, row, [clause])
        yield RestsOn(without=(provisions[clause].provision.ref,), coverage=coverage)
    if len(accepted) > 1:
        coverage = _without(bench, row, accepted)
        refs = tuple(provisions[clause].provision.ref for clause in accepted)
        yield RestsOn(without=refs, coverage=coverage)


def _match(bench: Bench, row: int, choice: Choice) -> Match:
    clause = bench.blend.space.clauses.clauses[choice.clause]
    evidence = tuple(
        Evidence(
            signal=share.signal,
            contribution=share.contribution,
            why=said(share.why, bench.words),
            span=share.why.span,
        )
        for share in bench.blend.evidence(row, choice.clause)
    )
    provision = clause.provision
    text = next(
        s.document
        for s in bench.blend.space.clauses.segmentations
        if s.document.id == provision.act
    ).text
    return Match(
        act=provision.act,
        ref=provision.ref,
        label=provision.label,
        score=sum(e.contribution for e in evidence),
        selected_by=said(choice.selected_by, bench.words),
        quote=provision.span.of(text),
        page=provision.page,
        span=provision.span,
        evidence=evidence,
        view=bench.blend.space.queries[row].view,
    )


def _rationale(bench: Bench, verdict: Verdict, coverage: Coverage, reason: Reason | None) -> str:
    words = bench.words
    clauses = bench.blend.space.clauses.clauses
    refs = ", ".join(clauses[c].provision.ref for c in verdict.selection.clauses) or "-"
    met = sum(e.result.state is ElementState.MET for e in verdict.elements)
    total = len(verdict.elements)
    if reason is not None:
        return words.text(f"rationale_{reason}", refs=refs)
    if coverage is Coverage.NONE:
        return words.text("rationale_none")
    return words.text(f"rationale_{coverage}", met=met, total=total, refs=refs)
