"""The verdict on one requirement from its accepted clauses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from nis2_align.grade.bench import Bench, features, shifted
from nis2_align.grade.comparison import delegates
from nis2_align.grade.elements import ElementVerdict, judge_element
from nis2_align.match.select import Choice, Selection, choose
from nis2_align.match.why import Why
from nis2_align.model import Coverage, ElementState, Gap

__all__ = ["Verdict", "judge"]

# A list with so many points is cited point by point.
_LONG_LIST = 8
# Words of time and scope say nothing away from the clause that they belong to.
_BOUND_TO_CLAUSE = {"timing", "deadline", "frequency", "scope"}


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
    """

    coverage: Coverage
    confidence: float
    elements: tuple[ElementVerdict, ...]
    gaps: tuple[Gap, ...]
    selection: Selection
    present: float


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
        return Verdict(Coverage.NONE, 1.0, elements, _gaps(elements), selection, 0.0)
    present = bench.rules.probability_present(features(bench, row, selection))
    if present < bench.rules.present_from:
        return _not_present(bench, row, selection, elements, present, without)
    selection = _with_holders(bench, row, selection, elements, without)
    selection = _narrowed(bench, row, selection)
    elements = _elements(bench, row, selection)
    if elements and all(e.result.state is ElementState.ABSENT for e in elements):
        # A clause in the right place that holds no element is a doubt, not a part.
        return _not_present(bench, row, selection, elements, present, without)
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
        if verdict.result.state not in {ElementState.ABSENT, ElementState.UNSURE} or bound:
            continue
        sighting = bench.sighter.best(element, near)
        if sighting is not None and sighting.strength >= bench.selection.holds_strength:
            by = Why("selected_holds", {"element": element.spec.id})
            added.setdefault(sighting.clause, by)
    room = bench.selection.clauses + 2 - len(selection.accepted)
    holders = tuple(Choice(c, by) for c, by in list(added.items())[: max(0, room)])
    passed = tuple(c for c in selection.candidates if c.clause not in added)
    return Selection((*selection.accepted, *holders), passed)


def _narrowed(bench: Bench, row: int, selection: Selection) -> Selection:
    """Cite the points that hold the elements in place of the long list that holds the points.

    A list of forty measures that is cited whole tells the reader nothing; its points are cited
    where together they hold every element that the list holds.
    """
    accepted: list[Choice] = []
    for choice in selection.accepted:
        points = _points_that_hold(bench, row, choice.clause)
        taken = {c.clause for c in accepted}
        kept = [Choice(p, Why("selected_point")) for p in points if p not in taken]
        accepted += kept if points else [choice]
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
    introduces = bench.blend.space.queries[row].requirement.chapeau
    left = None if named or introduces else _delegation(bench, row, without)
    if left is not None:
        passed = (*selection.accepted, *selection.candidates)
        moved = Selection((left,), tuple(c for c in passed if c.clause != left.clause))
        judged = _elements(bench, row, moved)
        gaps = (_left_to_by_law(bench, left), *_gaps(judged))
        confidence = 0.5 + 0.5 * abs(present - 0.5)
        return Verdict(Coverage.PARTIAL, confidence, judged, gaps, moved, present)
    likely = shifted(present, bench.prior)
    if present >= bench.rules.none_below:
        doubt = max(likely, 1 - likely)
        return Verdict(Coverage.UNCERTAIN, doubt, elements, _gaps(elements), selection, present)
    # Words of an element in a clause that is not accepted are no element found.
    nothing = _elements(bench, row, Selection((), ()))
    return Verdict(Coverage.NONE, 1 - likely, nothing, _gaps(nothing), selection, present)


def _gaps(elements: tuple[ElementVerdict, ...]) -> tuple[Gap, ...]:
    return tuple(element.gap for element in elements if element.gap is not None)


def _left_to_by_law(bench: Bench, left: Choice) -> Gap:
    provision = bench.blend.space.clauses.clauses[left.clause].provision
    found = provision.label or provision.ref
    message = bench.words.text("gap_delegation", found=found)
    return Gap(kind="delegation", message=message, found=found)


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
    gaps = _gaps(elements)
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
