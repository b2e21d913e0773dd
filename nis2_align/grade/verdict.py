"""The verdict on one requirement from its accepted clauses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

from nis2_align.glossary import contrasts
from nis2_align.grade.bench import Bench, features, presence, shifted
from nis2_align.grade.comparison import delegates
from nis2_align.grade.elements import ElementVerdict
from nis2_align.grade.gathering import judged_elements, narrowed, with_holders, with_referred
from nis2_align.grade.wording import concept
from nis2_align.match.select import Choice, Selection, choose
from nis2_align.match.why import Why
from nis2_align.model import Coverage, ElementState, Gap

__all__ = ["Verdict", "judge"]


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
    quoted = bench.blend.space.queries[row].view == "official_text"
    if quoted and raw.coverage is Coverage.NONE:
        # A law may say it all in other words than the directive's: nothing found is a doubt.
        raw = replace(raw, coverage=Coverage.UNCERTAIN, confidence=0.5)
    return replace(raw, confidence=bench.rules.calibrated(raw.coverage, raw.confidence))


def _judge(bench: Bench, row: int, without: Collection[int]) -> Verdict:
    selection = choose(bench.blend, row, bench.selection, without)
    elements = judged_elements(bench, row, selection)
    if not selection.accepted:
        return Verdict(Coverage.NONE, 1.0, elements, _gaps(elements), selection, 0.0)
    present = presence(bench, row, selection)
    if present < bench.rules.present_from:
        return _not_present(bench, row, selection, elements, present, without)
    selection = with_referred(bench, row, selection, without)
    elements = judged_elements(bench, row, selection)
    selection = with_holders(bench, row, selection, elements, without)
    selection = narrowed(bench, row, selection)
    elements = judged_elements(bench, row, selection)
    if elements and all(e.result.state is ElementState.ABSENT for e in elements):
        # A clause in the right place that holds no element is a doubt, not a part.
        return _not_present(bench, row, selection, elements, present, without)
    complete = bench.rules.probability_complete(features(bench, row, selection))
    left_out = _left_out(bench, row, selection)
    return _present(bench, selection, elements, present, complete, left_out)


def _left_out(bench: Bench, row: int, selection: Selection) -> tuple[Gap, ...]:
    """Return a gap where the clauses bind only some of those whom the directive binds alike."""
    bound = set(bench.blend.space.queries[row].requirement.addressee)
    clauses = bench.blend.space.clauses.clauses
    named = [clauses[index].concepts for index in selection.clauses]
    for group in contrasts().alike:
        some = set().union(*named) & group
        vague = any(not concepts & group or concepts & contrasts().together for concepts in named)
        if group <= bound and some and some != group and not vague:
            say = partial(concept, words=bench.words)
            found, expected = ", ".join(map(say, sorted(some))), ", ".join(map(say, sorted(group)))
            message = bench.words.text("gap_addressee", found=found, expected=expected)
            return (Gap(kind="addressee", message=message, expected=expected, found=found),)
    return ()


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
        judged = judged_elements(bench, row, moved)
        gaps = (_left_to_by_law(bench, left), *_gaps(judged))
        confidence = 0.5 + 0.5 * abs(present - 0.5)
        return Verdict(Coverage.PARTIAL, confidence, judged, gaps, moved, present)
    likely = shifted(present, bench.prior)
    if present >= bench.rules.none_below:
        doubt = max(likely, 1 - likely)
        return Verdict(Coverage.UNCERTAIN, doubt, elements, _gaps(elements), selection, present)
    # Words of an element in a clause that is not accepted are no element found.
    nothing = judged_elements(bench, row, Selection((), ()))
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
    left_out: tuple[Gap, ...],
) -> Verdict:
    states = [e.result.state for e in elements]
    gaps = (*_gaps(elements), *left_out)
    likely = shifted(present, bench.prior)
    lacking = any(s in {ElementState.ABSENT, ElementState.WEAKER} for s in states)
    if lacking or left_out:
        # A weaker figure or force is plain to see; a missing element may be one not recognised.
        plain = ElementState.WEAKER in states or bool(left_out)
        confidence = likely * (0.9 if plain else max(0.5, 1 - complete))
        return Verdict(Coverage.PARTIAL, confidence, elements, gaps, selection, present)
    if ElementState.UNSURE in states or present < bench.rules.full_from:
        doubt = max(complete, 1 - complete)
        return Verdict(Coverage.UNCERTAIN, doubt, elements, gaps, selection, present)
    confidence = likely * max(0.5, complete)
    return Verdict(Coverage.FULL, confidence, elements, gaps, selection, present)
