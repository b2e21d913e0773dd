"""What judging needs of a whole analysis, and what the two models see of a selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nis2_align.grade.comparison import compare_figure, may_delegate
from nis2_align.grade.rules import GradeRules, grade_rules
from nis2_align.grade.sightings import Sighter
from nis2_align.match.blend import Blend
from nis2_align.match.queries import ElementQuery
from nis2_align.match.select import Selection, SelectionRule, choose, ownership, selection_rule
from nis2_align.messages import Messages

__all__ = ["Bench", "bench", "features", "presence", "shifted"]

# Rounds of the EM that estimates the prior; it has settled long before.
_EM_ROUNDS = 30
# What a figure that is there but weaker counts for.
_WEAKER_FIGURE = 0.5


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
            found[row] = presence(laid, row, selection)
    return found


def presence(bench: Bench, row: int, selection: Selection) -> float:
    """Return the probability that the clauses do the requirement's job, in (0, 1).

    Args:
        bench: Scores and rules.
        row: The requirement's row.
        selection: Its clauses; at least one.

    Returns:
        What the model says; for a definition whose term is defined, that it is there.
    """
    defining = bench.blend.space.definitions.of.get(row)
    if defining and selection.clauses[0] in defining:
        return bench.rules.defined
    return bench.rules.probability_present(features(bench, row, selection))


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


def features(bench: Bench, row: int, selection: Selection) -> dict[str, float]:
    """Return what the two models of :class:`GradeRules` see of a selection, about [0, 1].

    None of it depends on the requirement's id or place: strengths of its core elements and of
    all, the best clause's score, how much the clause is its own, and what its sisters say.
    """
    query = bench.blend.space.queries[row]
    strengths = [_strength(bench, element, selection) for element in query.elements]
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


def _strength(bench: Bench, element: ElementQuery, selection: Selection) -> float:
    """Return how much of an element the clauses hold; for a figure, whether it is there."""
    sighting = bench.sighter.best(element, selection.clauses)
    if element.spec.figure is None:
        return 0.0 if sighting is None else min(1.0, sighting.strength)
    clauses = [bench.blend.space.clauses.clauses[c] for c in selection.clauses]
    finding = compare_figure(element.spec.figure, clauses, sighting)
    if finding.mention is None:
        return 0.0
    return 1.0 if finding.strong_enough else _WEAKER_FIGURE
