"""Compare what a clause says with what the directive asks: figures and force.

A figure is compared in the right direction: 12 hours for an early warning is stronger than 24,
a fine of at most EUR 1 million is weaker than one of at least 10. A duty that became an option
is weaker, unless the requirement itself only gives a power.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from nis2_align.directive import Figure
from nis2_align.grade.sightings import Sighting
from nis2_align.match.clauses import Clause
from nis2_align.resources import load_yaml, mappings_dir
from nis2_align.text.analyse import ConceptMention, ModalMention
from nis2_align.text.figures import HOURS, FigureMention, dimension

__all__ = [
    "FigureFinding",
    "binds",
    "compare_figure",
    "delegates",
    "governing_modal",
    "is_stricter",
    "may_delegate",
]

# A figure stands within so many tokens of the words it belongs to, or in the same clause.
_NEAR = 40
# Whom a duty of operators may name together.
_ENTITIES = {"essential_entity", "important_entity"}
# Months have 28 to 31 days: across units only a difference beyond this share is a difference.
_RECKONED = 0.1
# A full stop after so few letters ends an abbreviation, not a sentence.
_SHORT_FORM = 3


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """What was found of a figure: ``strong_enough`` and the mention, or no mention at all."""

    strong_enough: bool
    mention: FigureMention | None
    clause: int | None


@cache
def _per_euro() -> dict[str, float]:
    rates = load_yaml(mappings_dir() / "weights" / "currencies.yaml")["per_euro"]
    return {str(k): float(v) for k, v in cast("dict[str, float]", rates).items()}


def _in_common(value: float, unit: str) -> float:
    """Return hours, euros, or the number itself."""
    if unit in HOURS:
        return value * HOURS[unit]
    return value / _per_euro().get(unit, 1.0) if dimension(unit) == "money" else value


def compare_figure(
    figure: Figure, clauses: Sequence[Clause], sighting: Sighting | None
) -> FigureFinding:
    """Look for a figure in the clauses and compare it.

    A deadline is read where the element's words stand, nearest figure first. A floor (a fine of
    at least so much) is judged by the highest amount of all clauses: a range counts by its top.

    Args:
        figure: What the directive sets.
        clauses: The accepted clauses, best first.
        sighting: Where the element's words stand, if anywhere.

    Returns:
        The finding.
    """
    found = [(clause, mentions) for clause in clauses if (mentions := _mentions(figure, clause))]
    if not found:
        return FigureFinding(False, None, None)
    if figure.direction == "at_least":
        every = [(clause, mention) for clause, mentions in found for mention in mentions]
        clause, chosen = max(every, key=lambda pair: _in_common(pair[1].value, pair[1].unit))
    else:
        own = [pair for pair in found if sighting is not None and pair[0].index == sighting.clause]
        clause, mentions = (own or found)[0]
        chosen = _nearest(figure, mentions, clause, sighting)
    return FigureFinding(_strong_enough(figure, chosen), chosen, clause.index)


def _mentions(figure: Figure, clause: Clause) -> list[FigureMention]:
    """Return the figures of a clause that can be compared with ``figure`` at all."""
    first, last = clause.body
    return [
        mention
        for mention in clause.text.figures
        if first <= mention.first
        and mention.last <= last
        and dimension(mention.unit) == dimension(figure.unit)
    ]


def _nearest(
    figure: Figure,
    mentions: Sequence[FigureMention],
    clause: Clause,
    sighting: Sighting | None,
) -> FigureMention:
    if sighting is None or sighting.clause != clause.index:
        return min(mentions, key=lambda m: abs(_apart(figure, m)))
    near = [m for m in mentions if _distance(m, sighting) <= _NEAR] or list(mentions)
    return min(near, key=lambda m: (_distance(m, sighting) // 8, abs(_apart(figure, m))))


def _distance(mention: FigureMention, sighting: Sighting) -> int:
    return max(0, sighting.first - mention.last, mention.first - sighting.last)


def _apart(figure: Figure, mention: FigureMention) -> float:
    return _in_common(mention.value, mention.unit) - _in_common(figure.value, figure.unit)


def _strong_enough(figure: Figure, mention: FigureMention) -> bool:
    apart = _apart(figure, mention)
    # A percent of tolerance: rates of currencies are rounded.
    slack = 0.01 * _in_common(figure.value, figure.unit)
    return apart <= slack if figure.direction == "at_most" else apart >= -slack


def is_stricter(
    figure: Figure, finding: FigureFinding, clauses: Sequence[Clause], sighting: Sighting | None
) -> bool:
    """Tell whether a deadline or period that was found is plainly shorter than the longest allowed.

    Amounts never are: the directive sets the least that the highest fine must reach. Nothing is
    said where the figure stands away from the element's words, where the longest allowed is said
    too (the shorter one then serves something else), or where working days meet calendar units.

    Args:
        figure: What the directive sets.
        finding: What :func:`compare_figure` found.
        clauses: The accepted clauses.
        sighting: Where the element's words stand, if anywhere.

    Returns:
        True where the figure is stricter.
    """
    mention = finding.mention
    if figure.direction != "at_most" or mention is None or sighting is None:
        return False
    if sighting.clause != finding.clause or _distance(mention, sighting) > _NEAR:
        return False
    if mention.bound == "at_least" or not _shorter(figure, mention):
        return False
    every = [other for clause in clauses for other in _mentions(figure, clause)]
    return not any(_strong_enough(figure, m) and not _shorter(figure, m) for m in every)


def _shorter(figure: Figure, mention: FigureMention) -> bool:
    alike = mention.unit == figure.unit
    if not alike and mention.unit == "working_day":
        return False
    slack = (0.01 if alike else _RECKONED) * _in_common(figure.value, figure.unit)
    return _apart(figure, mention) < -slack


def governing_modal(clause: Clause, sighting: Sighting) -> ModalMention | None:
    """Return the modal that governs a stretch: the last one before it in its sentence.

    A stretch without a modal before it in its own sentence is governed by the lead-in; a modal
    right behind its beginning counts where nothing stands before ("Operators may use ...").

    Args:
        clause: The clause.
        sighting: The stretch.

    Returns:
        The modal, or None where the clause simply states ("the operator notifies").
    """
    first, last = _sentence(clause, sighting.first, sighting.last)
    inside = [m for m in clause.text.modals if first <= m.first and m.last <= last]
    before = [m for m in inside if m.first < sighting.last]
    if before:
        return before[-1]
    # In a clause with parts, its own lead-in governs what stands in a part.
    own = [clause.lead_in] if sighting.first >= clause.lead_in[1] else []
    for start, end in (*own, *clause.context):
        held = [m for m in clause.text.modals if start <= m.first and m.last <= end]
        if held:
            return held[-1]
    return inside[0] if inside else None


def binds(clause: Clause, concepts: Collection[str]) -> bool:
    """Tell whether a clause lays a duty on some actors: its sentence or lead-in opens with them.

    "The important entity shall" binds it; "the authority shall inform the important entity" and
    "the supervisor of important entities shall" do not.

    Args:
        clause: The clause.
        concepts: Glossary concepts of the actors.

    Returns:
        True where a duty follows the actors, with no other modal or comma between.
    """
    return any(
        mention.concept in concepts and _opens_duty(clause, area, mention)
        for area in (clause.body, *clause.context)
        for mention in clause.text.concepts_in(*area)
    )


def _opens_duty(clause: Clause, area: tuple[int, int], mention: ConceptMention) -> bool:
    tokens, (start, end) = clause.text.tokens, area
    modal = next((m for m in clause.text.modals if mention.last <= m.first < end), None)
    if modal is None or modal.kind != "duty":
        return False
    first = mention.first
    while first > start and not _ends_sentence(clause, first - 1, colon=True):
        first -= 1
    # Other actors may be named with them ("essential entities and important entities").
    actors = {i for m in clause.text.concepts_in(first, mention.first) if m.concept in _ENTITIES
              for i in range(m.first, m.last)}  # fmt: skip
    ahead = [i for i in range(first, mention.first) if tokens[i].stem and i not in actors]
    between = {token.lower for token in tokens[mention.last : modal.first]}
    return not ahead and not between & {",", ".", ";", ":"}


def _sentence(clause: Clause, first: int, last: int) -> tuple[int, int]:
    """Return the token range of the sentence around a stretch, within the clause."""
    low, high = clause.body
    while first > low and not _ends_sentence(clause, first - 1, colon=True):
        first -= 1
    while last < high and not _ends_sentence(clause, last, colon=False):
        last += 1
    return first, last


def _ends_sentence(clause: Clause, index: int, *, colon: bool) -> bool:
    """Tell whether a token ends a sentence; "37." and "st." are an ordinal and a short form."""
    mark = clause.text.tokens[index].lower
    if mark != ".":
        return mark == ";" or (colon and mark == ":")
    before = clause.text.tokens[index - 1].lower if index else ""
    return not before.isdigit() and len(before) > _SHORT_FORM


def may_delegate(clause: Clause) -> bool:
    """Tell whether a clause holds any instrument of delegation: a cheap first look."""
    first, last = clause.body
    return any(
        m.kind == "instruments" and first <= m.first and m.last <= last
        for m in clause.text.delegations
    )


def delegates(clause: Clause, first: int, last: int) -> bool:
    """Tell whether the sentence around a stretch leaves its content to a by-law.

    Args:
        clause: The clause.
        first: First token of the stretch.
        last: Token after the stretch.

    Returns:
        True where the sentence has both a verb and an instrument of delegation.
    """
    low, high = _sentence(clause, first, last)
    kinds = {m.kind for m in clause.text.delegations if low <= m.first and m.last <= high}
    return kinds == {"verbs", "instruments"}
