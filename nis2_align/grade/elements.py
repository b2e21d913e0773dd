"""The state of each element in the union of the accepted clauses, and the gaps that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nis2_align.directive import ElementSpec, Requirement
from nis2_align.grade.comparison import compare_figure, delegates, governing_modal
from nis2_align.grade.rules import GradeRules
from nis2_align.grade.sightings import Sighter, Sighting
from nis2_align.grade.wording import figure, label
from nis2_align.match.clauses import Clause
from nis2_align.match.queries import ElementQuery
from nis2_align.messages import Messages
from nis2_align.model import DutyKind, ElementResult, ElementState, Gap, Place

__all__ = ["ElementVerdict", "has_force", "judge_element"]

# Kinds of element without a force of their own: "may" beside them weakens nothing.
_WITHOUT_FORCE = {"power", "actor", "scope", "condition", "entity_type"}
# Clauses that hold an element about as well as the one that holds it best speak for it too.
_AS_WELL = 0.05


@dataclass(frozen=True, slots=True)
class ElementVerdict:
    """An element with its state and, unless it is met, its gap."""

    result: ElementResult
    gap: Gap | None


def judge_element(
    requirement: Requirement,
    element: ElementQuery,
    clauses: Sequence[Clause],
    sighter: Sighter,
    rules: GradeRules,
    words: Messages,
) -> ElementVerdict:
    """Judge one element in the union of some clauses.

    Args:
        requirement: The requirement that holds it.
        element: The element with its phrasings.
        clauses: The accepted clauses, best first.
        sighter: Finds phrasings in clauses.
        rules: Thresholds.
        words: Messages of the gaps.

    Returns:
        The verdict.
    """
    sighting = sighter.best(element, [clause.index for clause in clauses])
    by_index = {clause.index: clause for clause in clauses}
    spec = element.spec
    if spec.figure is not None:
        told = _judge_figure(spec, clauses, by_index, sighting, rules, words)
        return _against_others(element, told, clauses, sighter, rules, words)
    strength = sighting.strength if sighting is not None else 0.0
    if sighting is None or strength < rules.absent:
        state = ElementState.ABSENT
    else:
        state = ElementState.MET if strength >= rules.met else ElementState.UNSURE
    spans = () if sighting is None else (_place(by_index[sighting.clause], sighting),)
    result = ElementResult(
        id=spec.id,
        state=state,
        label=label(spec.id, words),
        spans=spans if state is not ElementState.ABSENT else (),
        strength=round(min(1.0, strength), 4),
    )
    if state is ElementState.MET and sighting is not None:
        return _with_force(requirement, element, clauses, sighter, rules, words, result)
    if state is ElementState.UNSURE:
        return ElementVerdict(result, None)
    message = words.text("gap_element_absent", element=label(spec.id, words))
    return ElementVerdict(result, Gap(kind="element", element=spec.id, message=message))


def _place(clause: Clause, sighting: Sighting) -> Place:
    span = clause.text.span(sighting.first, sighting.last)
    return Place(act=clause.provision.act, ref=clause.provision.ref, span=span)


def _with_force(
    requirement: Requirement,
    element: ElementQuery,
    clauses: Sequence[Clause],
    sighter: Sighter,
    rules: GradeRules,
    words: Messages,
    result: ElementResult,
) -> ElementVerdict:
    """Keep the state ``met`` where some clause that holds the element binds, else ``weaker``."""
    forced = has_force(requirement, element.spec)
    seen = [s for c in clauses if (s := sighter.look(element, c.index)) is not None]
    enough = max(rules.met, max(s.strength for s in seen) - _AS_WELL)
    by_index = {clause.index: clause for clause in clauses}
    weak: Gap | None = None
    for sighting in seen:
        if sighting.strength < enough:
            continue
        clause = by_index[sighting.clause]
        gap = _weakness(element.spec, clause, sighting, forced, words)
        if gap is None:
            return ElementVerdict(replace(result, spans=(_place(clause, sighting),)), None)
        weak = weak or gap
    found = weak.found if weak is not None else None
    return ElementVerdict(replace(result, state=ElementState.WEAKER, found=found), weak)


def has_force(requirement: Requirement, spec: ElementSpec) -> bool:
    """Tell whether an element must bind: an option in its place would be weaker."""
    asks = requirement.modality == "duty" and requirement.duty is DutyKind.MUST
    return asks and spec.kind not in _WITHOUT_FORCE


def _weakness(
    spec: ElementSpec, clause: Clause, sighting: Sighting, forced: bool, words: Messages
) -> Gap | None:
    """Return the gap where a clause names the element but does not make it binding."""
    tokens = clause.text.tokens
    if delegates(clause, sighting.first, sighting.last):
        found = clause.provision.label or clause.provision.ref
        message = words.text("gap_delegation", found=found)
        return Gap(kind="delegation", element=spec.id, message=message, found=found)
    modal = governing_modal(clause, sighting) if forced else None
    if modal is None or modal.kind == "duty":
        return None
    found = " ".join(token.lower for token in tokens[modal.first : modal.last])
    expected = words.text("expected_duty")
    message = words.text("gap_modality", found=found, expected=expected)
    return Gap(kind="modality", element=spec.id, message=message, expected=expected, found=found)


def _against_others(
    element: ElementQuery,
    told: ElementVerdict,
    clauses: Sequence[Clause],
    sighter: Sighter,
    rules: GradeRules,
    words: Messages,
) -> ElementVerdict:
    """Hold a deadline that one act sets well enough against what other acts say of the same."""
    limit = element.spec.figure
    if limit is None or limit.direction != "at_most" or told.result.state is not ElementState.MET:
        return told
    here = told.result.spans[0]
    for clause in clauses:
        sighting = sighter.look(element, clause.index)
        if clause.provision.act == here.act or sighting is None or sighting.strength < rules.met:
            continue
        finding = compare_figure(limit, [clause], sighting)
        if finding.mention is None or finding.strong_enough:
            continue
        found = figure(finding.mention.value, finding.mention.unit, words)
        expected = f"{told.result.found} ({here.ref})"
        there = f"{found} ({clause.provision.ref})"
        message = words.text("gap_conflict", expected=expected, found=there)
        gap = Gap(
            kind="conflict",
            element=element.spec.id,
            message=message,
            expected=expected,
            found=there,
        )
        return ElementVerdict(replace(told.result, state=ElementState.WEAKER), gap)
    return told


def _judge_figure(
    spec: ElementSpec,
    clauses: Sequence[Clause],
    by_index: dict[int, Clause],
    sighting: Sighting | None,
    rules: GradeRules,
    words: Messages,
) -> ElementVerdict:
    assert spec.figure is not None
    expected = figure(spec.figure.value, spec.figure.unit, words)
    name = label(spec.id, words)
    finding = compare_figure(spec.figure, clauses, sighting)
    if finding.mention is None or finding.clause is None:
        shown = name if expected in name else f"{name} ({expected})"
        message = words.text("gap_element_absent", element=shown)
        gap = Gap(kind="element", element=spec.id, message=message, expected=expected)
        return ElementVerdict(ElementResult(id=spec.id, state=ElementState.ABSENT, label=name), gap)
    clause = by_index[finding.clause]
    span = clause.text.span(finding.mention.first, finding.mention.last)
    place = Place(act=clause.provision.act, ref=clause.provision.ref, span=span)
    found = figure(finding.mention.value, finding.mention.unit, words)
    state = ElementState.MET if finding.strong_enough else ElementState.WEAKER
    result = ElementResult(
        id=spec.id,
        state=state,
        label=name,
        spans=(place,),
        strength=1.0 if finding.strong_enough else 0.5,
        found=found,
    )
    seen = sighting.strength if sighting is not None else 0.0
    if spec.figure.direction == "at_most" and seen < rules.absent:
        # The figure is there and nothing tells that it belongs to this: a doubt either way.
        return ElementVerdict(replace(result, state=ElementState.UNSURE), None)
    if finding.strong_enough:
        return ElementVerdict(result, None)
    message = words.text("gap_figure", expected=expected, found=found)
    return ElementVerdict(
        result,
        Gap(kind="figure", element=spec.id, message=message, expected=expected, found=found),
    )
