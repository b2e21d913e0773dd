"""The verdict on one requirement from its accepted clauses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from nis2_align.grade.comparison import delegates
from nis2_align.grade.elements import ElementVerdict, judge_element
from nis2_align.grade.rules import GradeRules
from nis2_align.grade.sightings import Sighter
from nis2_align.match.blend import Blend
from nis2_align.match.select import Choice, Selection, SelectionRule, choose, ownership
from nis2_align.messages import Messages
from nis2_align.model import Coverage, ElementState, Gap

__all__ = ["Bench", "Verdict", "judge"]

# A by-law clause stands for a missing content only where it fits nearly as well as the best.
_DELEGATION_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Bench:
    """All that judging needs; the same for every requirement of an analysis."""

    blend: Blend
    sighter: Sighter
    rules: GradeRules
    selection: SelectionRule
    words: Messages


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
    selection = choose(bench.blend, row, bench.selection, without)
    query = bench.blend.space.queries[row]
    clauses = [bench.blend.space.clauses.clauses[c] for c in selection.clauses]
    elements = tuple(
        judge_element(query.requirement, e, clauses, bench.sighter, bench.rules, bench.words)
        for e in query.elements
    )
    if not clauses:
        return Verdict(Coverage.NONE, 1.0, elements, (), selection, 0.0)
    features = _features(bench, row, selection, elements)
    present = bench.rules.probability_present(features)
    if present < bench.rules.present_from:
        return _not_present(bench, row, selection, elements, present)
    complete = bench.rules.probability_complete(features)
    return _present(selection, elements, present, complete)


def _features(
    bench: Bench, row: int, selection: Selection, elements: tuple[ElementVerdict, ...]
) -> dict[str, float]:
    """Return the features of the two models, all in [0, 1]."""
    query = bench.blend.space.queries[row]
    strengths = []
    for element in query.elements:
        sighting = bench.sighter.best(element, selection.clauses)
        strengths.append(0.0 if sighting is None else min(1.0, sighting.strength))
    core = (
        [s for s, e in zip(strengths, query.elements, strict=True) if e.spec.core]
        or strengths
        or [0.0]
    )
    best = selection.clauses[0]
    return {
        "core_max": max(core),
        "core_mean": float(np.mean(core)),
        "weakest": min(strengths, default=0.0),
        "mean": float(np.mean(strengths)) if strengths else 0.0,
        "score": float(bench.blend.scores[row, best]),
        "ownership": ownership(bench.blend, row, best),
    }


def _not_present(
    bench: Bench,
    row: int,
    selection: Selection,
    elements: tuple[ElementVerdict, ...],
    present: float,
) -> Verdict:
    """Grade ``none`` or ``uncertain``, or ``partial`` where a by-law is to fill the gap."""
    left = _delegation(bench, row, selection)
    gaps = tuple(e.gap for e in elements if e.gap is not None)
    if left is not None:
        clause = bench.blend.space.clauses.clauses[left.clause].provision
        label = clause.label or clause.ref
        gap = Gap(
            kind="delegation",
            message=bench.words.text("gap_delegation", found=label),
            found=label,
        )
        others = tuple(c for c in selection.accepted if c.clause != left.clause)
        moved = Selection((*others, left), selection.candidates)
        confidence = 0.5 + 0.5 * abs(present - 0.5)
        return Verdict(
            Coverage.PARTIAL, confidence, elements, (gap, *gaps), moved, present, delegated=True
        )
    coverage = Coverage.NONE if present < bench.rules.none_below else Coverage.UNCERTAIN
    confidence = 1 - present if coverage is Coverage.NONE else max(present, 1 - present)
    return Verdict(coverage, confidence, elements, gaps, selection, present)


def _delegation(bench: Bench, row: int, selection: Selection) -> Choice | None:
    """Return the by-law clause among the best candidates, if one is close to the best."""
    scores = bench.blend.scores[row]
    top = scores[selection.clauses[0]]
    for choice in (*selection.accepted, *selection.candidates):
        clause = bench.blend.space.clauses.clauses[choice.clause]
        first, last = clause.body
        if scores[choice.clause] < _DELEGATION_NEAR * top or last - first < 2:
            continue
        if clause.provision.kind in {"article", "paragraph"} and delegates(
            clause, last - 2, last - 1
        ):
            return Choice(choice.clause, "leaves it to a by-law")
    return None


def _present(
    selection: Selection, elements: tuple[ElementVerdict, ...], present: float, complete: float
) -> Verdict:
    states = [e.result.state for e in elements]
    gaps = tuple(e.gap for e in elements if e.gap is not None)
    lacking = any(s in {ElementState.ABSENT, ElementState.WEAKER} for s in states)
    if lacking:
        # A weaker figure or force is plain to see; a missing element may be one not recognised.
        plain = ElementState.WEAKER in states
        confidence = present * (0.9 if plain else max(0.5, 1 - complete))
        return Verdict(Coverage.PARTIAL, confidence, elements, gaps, selection, present)
    if ElementState.UNSURE in states:
        doubt = max(complete, 1 - complete)
        return Verdict(Coverage.UNCERTAIN, doubt, elements, gaps, selection, present)
    confidence = present * max(0.5, complete)
    return Verdict(Coverage.FULL, confidence, elements, gaps, selection, present)
