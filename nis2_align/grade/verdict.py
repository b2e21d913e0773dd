"""The verdict on one requirement from its accepted clauses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nis2_align.grade.comparison import delegates, may_delegate
from nis2_align.grade.elements import ElementVerdict, judge_element
from nis2_align.grade.rules import GradeRules, grade_rules
from nis2_align.grade.sightings import Sighter
from nis2_align.match.blend import Blend
from nis2_align.match.select import (
    Choice,
    Selection,
    SelectionRule,
    choose,
    ownership,
    selection_rule,
)
from nis2_align.match.why import Why
from nis2_align.messages import Messages
from nis2_align.model import Coverage, ElementState, Gap

__all__ = ["Bench", "Verdict", "bench", "features", "judge"]

_EM_ROUNDS = 30
# Words of time and scope say nothing away from the clause that they belong to.
_BOUND_TO_CLAUSE = {"timing", "deadline", "frequency", "scope"}


@dataclass(frozen=True, slots=True)
class Bench:
    """All that judging needs; the same for every requirement of an analysis.

    Attributes:
        blend: All scores.
        sighter: Finds elements in clauses.
        rules: Thresholds and models.
        selection: Limits of the choice of clauses.
        words: Messages.
        delegating: Clauses that may leave something to a by-law.
        usual_top: What a good best score is in this act: the upper quartile of all requirements'
            best scores. A far-off wording lowers all of them, and says nothing by itself.
        usual_neighbours: What sisters usually say of a best clause in this act; it stands for the
            sisters of a requirement that has none.
        prior: Share of the requirements that this act seems to transpose at all; it moves how sure
            a verdict is, never the verdict.
        delegable: For each requirement, whether a by-law clause may stand for it: not for a point
            of a list of which the act itself gives most.
    """

    blend: Blend
    sighter: Sighter
    rules: GradeRules
    selection: SelectionRule
    words: Messages
    delegating: tuple[int, ...]
    usual_top: float
    usual_neighbours: float
    prior: float
    delegable: tuple[bool, ...]


def bench(blend: Blend, words: Messages, rules: GradeRules | None = None) -> Bench:
    """Lay out what judging needs, with the rules that ship unless others are given."""
    clauses = blend.space.clauses.clauses
    neighbours = [
        blend.value("neighbours", row, blend.order[row][0])
        for row, others in enumerate(blend.space.sisters)
        if others
    ]
    laid = Bench(
        blend=blend,
        sighter=Sighter(blend.space),
        rules=rules or grade_rules(),
        selection=selection_rule(),
        words=words,
        delegating=tuple(clause.index for clause in clauses if may_delegate(clause)),
        usual_top=float(np.quantile(blend.scores.max(axis=1), 0.75)) or 1.0,
        usual_neighbours=float(np.median(neighbours)) if neighbours else 0.0,
        prior=0.5,
        delegable=(),
    )
    found = _presences(laid)
    return replace(laid, prior=_prior(list(found.values())), delegable=_delegable(laid, found))


def _presences(laid: Bench) -> dict[int, float]:
    """Return row → probability of presence, for the rows that have any clause at all."""
    found = {}
    for row in range(len(laid.blend.space.queries)):
        selection = choose(laid.blend, row, laid.selection)
        if selection.accepted:
            found[row] = laid.rules.probability_present(features(laid, row, selection))
    return found


def _prior(found: Sequence[float]) -> float:
    """Estimate the share that is present, by the EM of Saerens, Latinne & Decaestecker (2002).

    The model of presence was trained with classes of equal weight; a law that transposes nearly
    all, or hardly half, has another share, which its own probabilities reveal.
    """
    prior = 0.5
    for _ in range(_EM_ROUNDS):
        if found:
            prior = float(np.mean([shifted(p, prior) for p in found]))
    return min(0.98, max(0.02, prior))


def shifted(present: float, prior: float) -> float:
    """Return a probability trained at even odds as it is under another prior."""
    yes, no = present * prior, (1 - present) * (1 - prior)
    return yes / (yes + no)


def _delegable(laid: Bench, found: Mapping[int, float]) -> tuple[bool, ...]:
    lists: dict[str, list[bool]] = {}
    queries = laid.blend.space.queries
    for row, present in found.items():
        parent = queries[row].requirement.parent
        if parent is not None:
            lists.setdefault(parent, []).append(present >= laid.rules.present_from)
    given_most = {parent for parent, points in lists.items() if 2 * sum(points) >= len(points)}
    return tuple(query.requirement.parent not in given_most for query in queries)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the accepted clauses amount to.

    Attributes:
        coverage: The grade; never ``not_applicable``.
        confidence: In [0, 1].
        elements: Each element's state.
        gaps: What is missing or weaker.
        selection: The clauses.
        present: Probability that the requirement's job is done at all.
        delegated: The job is left to a by-law.
    """

    coverage: Coverage
    confidence: float
    elements: tuple[ElementVerdict, ...]
    gaps: tuple[Gap, ...]
    selection: Selection
    present: float
    delegated: bool = False


def judge(bench: Bench, row: int, without: Collection[int] = ()) -> Verdict:
    """Judge one requirement, optionally with some clauses taken away.

    Args:
        bench: Scores, rules and words.
        row: The requirement's row in the blend.
        without: Clauses that are not to be seen.

    Returns:
        The verdict.
    """
    raw = _judge(bench, row, without)
    return replace(raw, confidence=bench.rules.calibrated(raw.coverage, raw.confidence))


def _judge(bench: Bench, row: int, without: Collection[int]) -> Verdict:
    selection = choose(bench.blend, row, bench.selection, without)
    elements = _elements(bench, row, selection)
    if not selection.accepted:
        return Verdict(Coverage.NONE, 1.0, elements, (), selection, 0.0)
    present = bench.rules.probability_present(features(bench, row, selection))
    if present < bench.rules.present_from:
        return _not_present(bench, row, selection, elements, present, without)
    selection = _with_holders(bench, row, selection, elements, without)
    elements = _elements(bench, row, selection)
    complete = bench.rules.probability_complete(features(bench, row, selection))
    return _present(bench, selection, elements, present, complete)


def _elements(bench: Bench, row: int, selection: Selection) -> tuple[ElementVerdict, ...]:
    query = bench.blend.space.queries[row]
    clauses = [bench.blend.space.clauses.clauses[c] for c in selection.clauses]
    return tuple(
        judge_element(query.requirement, e, clauses, bench.sighter, bench.rules, bench.words)
        for e in query.elements
    )


def _is_point(bench: Bench, row: int) -> bool:
    parent = bench.blend.space.queries[row].requirement.parent
    return parent is not None


def _with_holders(
    bench: Bench,
    row: int,
    selection: Selection,
    elements: tuple[ElementVerdict, ...],
    without: Collection[int],
) -> Selection:
    """Accept further clauses that plainly hold an element which the accepted ones lack.

    Sought in the article of the best clause and among the near candidates, because a duty and
    its details often stand in neighbouring paragraphs.
    """
    query = bench.blend.space.queries[row]
    if _is_point(bench, row):
        return selection
    clauses = bench.blend.space.clauses.clauses
    scores = bench.blend.scores[row]
    best = selection.clauses[0]
    near = [
        c.index
        for c in clauses
        if c.index not in without
        and c.index not in selection.clauses
        and (
            (c.article == clauses[best].article and scores[c.index] > 0)
            or scores[c.index] >= bench.selection.holds_near * scores[best]
        )
    ]
    near.sort(key=lambda c: -scores[c])
    added: dict[int, Why] = {}
    for element, verdict in zip(query.elements, elements, strict=True):
        bound = element.spec.figure is not None or element.spec.kind in _BOUND_TO_CLAUSE
        if verdict.result.state is not ElementState.ABSENT or bound:
            continue
        for c in near:
            sighting = bench.sighter.look(element, c)
            if sighting is not None and sighting.strength >= bench.selection.holds_strength:
                added.setdefault(c, Why("selected_holds", {"element": element.spec.id}))
                break
    room = bench.selection.clauses + 2 - len(selection.accepted)
    holders = tuple(Choice(c, by) for c, by in list(added.items())[: max(0, room)])
    passed = tuple(c for c in selection.candidates if c.clause not in added)
    return Selection((*selection.accepted, *holders), passed)


def features(bench: Bench, row: int, selection: Selection) -> dict[str, float]:
    """Return what the two models of :class:`GradeRules` see of a selection, about [0, 1].

    None of it depends on the requirement's id or place: strengths of its core elements and of
    all, the best clause's score, how much the clause is its own, and what its sisters say.
    """
    query = bench.blend.space.queries[row]
    strengths = []
    for element in query.elements:
        sighting = bench.sighter.best(element, selection.clauses)
        strengths.append(0.0 if sighting is None else min(1.0, sighting.strength))
    core = [s for s, e in zip(strengths, query.elements, strict=True) if e.spec.core]
    core = core or strengths or [0.0]
    best = selection.clauses[0]
    return {
        "core_max": max(core),
        "core_mean": float(np.mean(core)),
        "weakest": min(strengths, default=0.0),
        "mean": float(np.mean(strengths)) if strengths else 0.0,
        "score": min(2.0, float(bench.blend.scores[row, best]) / bench.usual_top),
        "ownership": ownership(bench.blend, row, best),
        "neighbours": (
            bench.blend.value("neighbours", row, best)
            if bench.blend.space.sisters[row]
            else bench.usual_neighbours
        ),
        "rivals": bench.blend.value("rivals", row, best),
    }


def _not_present(
    bench: Bench,
    row: int,
    selection: Selection,
    elements: tuple[ElementVerdict, ...],
    present: float,
    without: Collection[int],
) -> Verdict:
    """Grade ``none`` or ``uncertain``, or ``partial`` where a by-law is to fill the gap."""
    met = bench.rules.met
    named = any(
        element.spec.core and verdict.result.strength >= met
        for element, verdict in zip(bench.blend.space.queries[row].elements, elements, strict=True)
    )
    left = None if named else _delegation(bench, row, without)
    gaps = tuple(e.gap for e in elements if e.gap is not None)
    if left is not None:
        clause = bench.blend.space.clauses.clauses[left.clause].provision
        label = clause.label or clause.ref
        gap = Gap(
            kind="delegation",
            message=bench.words.text("gap_delegation", found=label),
            found=label,
        )
        passed = (*selection.accepted, *selection.candidates)
        moved = Selection((left,), tuple(c for c in passed if c.clause != left.clause))
        confidence = 0.5 + 0.5 * abs(present - 0.5)
        return Verdict(
            Coverage.PARTIAL, confidence, elements, (gap, *gaps), moved, present, delegated=True
        )
    coverage = Coverage.NONE if present < bench.rules.none_below else Coverage.UNCERTAIN
    likely = shifted(present, bench.prior)
    confidence = 1 - likely if coverage is Coverage.NONE else max(likely, 1 - likely)
    return Verdict(coverage, confidence, elements, gaps, selection, present)


def _delegation(bench: Bench, row: int, without: Collection[int]) -> Choice | None:
    """Return the clause that leaves the requirement's subject to a by-law, if there is one."""
    query = bench.blend.space.queries[row]
    if not bench.delegating or not bench.delegable[row]:
        return None
    best: tuple[float, int] | None = None
    for index in bench.delegating:
        clause = bench.blend.space.clauses.clauses[index]
        sighting = None if index in without else bench.sighter.look(query.delegated, index)
        if sighting is None or sighting.strength < bench.rules.met:
            continue
        if delegates(clause, sighting.first, sighting.last) and (
            best is None or sighting.strength > best[0]
        ):
            best = (sighting.strength, index)
    return Choice(best[1], Why("selected_delegated")) if best is not None else None


def _present(
    bench: Bench,
    selection: Selection,
    elements: tuple[ElementVerdict, ...],
    present: float,
    complete: float,
) -> Verdict:
    states = [e.result.state for e in elements]
    gaps = tuple(e.gap for e in elements if e.gap is not None)
    likely = shifted(present, bench.prior)
    lacking = any(s in {ElementState.ABSENT, ElementState.WEAKER} for s in states)
    if lacking:
        # A weaker figure or force is plain to see; a missing element may be one not recognised.
        plain = ElementState.WEAKER in states
        confidence = likely * (0.9 if plain else max(0.5, 1 - complete))
        return Verdict(Coverage.PARTIAL, confidence, elements, gaps, selection, present)
    if ElementState.UNSURE in states or present < bench.rules.full_from:
        doubt = max(complete, 1 - complete)
        return Verdict(Coverage.UNCERTAIN, doubt, elements, gaps, selection, present)
    confidence = likely * max(0.5, complete)
    return Verdict(Coverage.FULL, confidence, elements, gaps, selection, present)
