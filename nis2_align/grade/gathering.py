"""Which further clauses join the accepted ones: what they refer to, what holds a missing element.

And which points of a long list are cited in place of the list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nis2_align.grade.bench import Bench
from nis2_align.grade.elements import ElementVerdict, judge_element
from nis2_align.match.clauses import Clause
from nis2_align.match.select import Choice, Selection, admissible, ownership
from nis2_align.match.why import Why
from nis2_align.model import ElementState

__all__ = ["judged_elements", "narrowed", "with_holders", "with_referred"]

# A list with so many points is cited point by point.
_LONG_LIST = 8
# Words of time and scope say nothing away from the clause that they belong to.
_BOUND_TO_CLAUSE = {"timing", "deadline", "frequency", "scope"}


def judged_elements(bench: Bench, row: int, selection: Selection) -> tuple[ElementVerdict, ...]:
    """Judge each element of a requirement in the union of the accepted clauses."""
    query = bench.blend.space.queries[row]
    clauses = [bench.blend.space.clauses.clauses[c] for c in selection.clauses]
    return tuple(
        judge_element(query.requirement, e, clauses, bench.sighter, bench.rules, bench.words)
        for e in query.elements
    )


def _is_point(bench: Bench, row: int) -> bool:
    parent = bench.blend.space.queries[row].requirement.parent
    return parent is not None


def with_referred(
    bench: Bench, row: int, selection: Selection, without: Collection[int]
) -> Selection:
    """Accept the clauses to which the accepted ones refer, where they fit nearly as well."""
    scores, space = bench.blend.scores[row], bench.blend.space
    least = bench.selection.referred_near * scores[selection.clauses[0]]
    taken = {part for index in selection.clauses for part in space.clauses.overlapping(index)}
    added = [
        Choice(cited, Why("selected_referred", {"ref": _label(bench, index)}))
        for index in selection.clauses
        for cited in _referred(bench, index, without)
        if cited not in taken and scores[cited] >= least and admissible(bench.blend, row, cited)
    ]
    return _joined(bench, selection, sorted(added, key=lambda one: -scores[one.clause]))


def _referred(bench: Bench, index: int, without: Collection[int]) -> list[int]:
    """Return what a clause refers to, and the parts of it."""
    space = bench.blend.space
    cited = [
        index for whole in space.references[index] for index in (whole, *space.clauses.parts[whole])
    ]
    return [index for index in cited if index not in without]


def _label(bench: Bench, index: int) -> str:
    provision = bench.blend.space.clauses.clauses[index].provision
    return provision.label or provision.ref


def _joined(bench: Bench, selection: Selection, added: Sequence[Choice]) -> Selection:
    """Add clauses as far as there is room, in their order, each once."""
    by_clause: dict[int, Choice] = {}
    for choice in added:
        by_clause.setdefault(choice.clause, choice)
    room = max(0, bench.selection.clauses + 2 - len(selection.accepted))
    kept = tuple(by_clause.values())[:room]
    held = {choice.clause for choice in kept}
    passed = tuple(choice for choice in selection.candidates if choice.clause not in held)
    return Selection((*selection.accepted, *kept), passed)


def with_holders(
    bench: Bench,
    row: int,
    selection: Selection,
    elements: tuple[ElementVerdict, ...],
    without: Collection[int],
) -> Selection:
    """Accept further clauses that plainly hold an element which the accepted ones lack.

    Sought in what the accepted clauses refer to; in the article of the best clause and among the
    near candidates, because a duty and its details often stand in neighbouring paragraphs. What
    stands near a point of a list mostly belongs to its sisters, so for a point only those clauses
    of the article count that fit no other requirement better.
    """
    query = bench.blend.space.queries[row]
    missing = [
        element
        for element, verdict in zip(query.elements, elements, strict=True)
        if verdict.result.state in {ElementState.ABSENT, ElementState.UNSURE}
        and element.spec.figure is None
        and element.spec.kind not in _BOUND_TO_CLAUSE
    ]
    near = _near(bench, row, selection, without) if missing else []
    added: list[Choice] = []
    for element in missing:
        sighting = bench.sighter.best(element, near)
        if sighting is not None and sighting.strength >= bench.selection.holds_strength:
            added.append(
                Choice(sighting.clause, Why("selected_holds", {"element": element.spec.id}))
            )
    return _joined(bench, selection, added)


def _near(bench: Bench, row: int, selection: Selection, without: Collection[int]) -> list[int]:
    """Return where a missing element is sought, best score first."""
    clauses, scores = bench.blend.space.clauses.clauses, bench.blend.scores[row].tolist()
    taken = selection.clauses
    best = taken[0]
    least = bench.selection.holds_near * scores[best]
    referred = {c for index in taken for c in _referred(bench, index, without)}
    point = _is_point(bench, row)

    def belongs(clause: Clause) -> bool:
        same_article = clause.article == clauses[best].article
        if point:
            return same_article and ownership(bench.blend, row, clause.index) == 1.0
        return same_article or scores[clause.index] >= least

    near = [
        c.index
        for c in clauses
        if scores[c.index] > 0
        and (c.index in referred or belongs(c))
        and c.index not in without
        and c.index not in taken
        and admissible(bench.blend, row, c.index)
    ]
    return sorted(near, key=lambda c: -scores[c])


def narrowed(bench: Bench, row: int, selection: Selection) -> Selection:
    """Cite the points that hold the elements in place of the long list that holds the points.

    A list of forty measures that is cited whole tells the reader nothing; its points are cited
    where together they hold every element that the list holds.
    """
    accepted: list[Choice] = []
    for choice in selection.accepted:
        points = _points_that_hold(bench, row, choice.clause)
        cited = [Choice(p, Why("selected_point")) for p in points] or [choice]
        taken = {c.clause for c in accepted}
        accepted += [c for c in cited if c.clause not in taken]
    accepted = accepted[: bench.selection.clauses + 2]
    held = {choice.clause for choice in accepted}
    passed = tuple(choice for choice in selection.candidates if choice.clause not in held)
    return Selection(tuple(accepted), passed)


def _points_that_hold(bench: Bench, row: int, clause: int) -> list[int]:
    """Return the parts of a long list that hold all its elements, or nothing to leave it whole."""
    space = bench.blend.space
    parts = space.clauses.parts[clause]
    if len(parts) < _LONG_LIST:
        return []
    found: list[int] = []
    for element in space.queries[row].elements:
        whole = bench.sighter.look(element, clause)
        if whole is None or whole.strength < bench.rules.met:
            continue
        best = bench.sighter.best(element, parts)
        if best is None or best.strength < whole.strength:
            return []
        if best.clause not in found:
            found.append(best.clause)
    return found if len(found) <= bench.selection.clauses else []
