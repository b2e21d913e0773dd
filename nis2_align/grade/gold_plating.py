"""Candidates for gold-plating: accepted clauses that may go beyond the directive.

Two things only can be told from the clauses: a deadline or period that is shorter than the longest
the directive allows, and a duty on important entities where the directive addresses essential
entities alone. All the rest is a person's to say, and so is whether a candidate is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nis2_align.directive import ElementSpec, Requirement
from nis2_align.glossary import glossary
from nis2_align.grade.bench import Bench
from nis2_align.grade.comparison import binds, compare_figure, governing_modal, is_stricter
from nis2_align.grade.verdict import Verdict
from nis2_align.grade.wording import figure
from nis2_align.model import Coverage, GoldPlating, Span

__all__ = ["gold_plating"]

_DECIDED = {Coverage.FULL, Coverage.PARTIAL}
_ADDRESSED = "essential_entity"
_ADDED = "important_entity"
# Concepts under which a law binds them: by themselves, or together with the others.
_BOUND = {_ADDED, "regulated_entity"}


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A figure of a requirement as an accepted clause has it."""

    requirement: str
    spec: ElementSpec
    clause: int
    place: tuple[str, Span]
    value: float
    unit: str
    stricter: bool


def gold_plating(
    bench: Bench, rows: Mapping[str, int], verdicts: Mapping[str, Verdict]
) -> dict[str, tuple[GoldPlating, ...]]:
    """Find the candidates of all requirements that were found.

    Args:
        bench: Scores, rules and words.
        rows: Requirement id → row in the blend.
        verdicts: Requirement id → verdict.

    Returns:
        Requirement id → its candidates; only requirements that have any.
    """
    found = {id_: verdict for id_, verdict in verdicts.items() if verdict.coverage in _DECIDED}
    candidates: dict[str, list[GoldPlating]] = {}
    for one in (*_figures(bench, rows, found), *_scopes(bench, rows, found)):
        held = candidates.setdefault(one.requirement, [])
        if one not in held:
            held.append(one)
    return {id_: tuple(held) for id_, held in candidates.items()}


def _figures(
    bench: Bench, rows: Mapping[str, int], found: Mapping[str, Verdict]
) -> Iterator[GoldPlating]:
    deadlines = [
        deadline
        for id_, verdict in found.items()
        for deadline in _deadlines(bench, id_, rows[id_], verdict)
    ]
    # "An early warning within 24 hours" is no stricter form of a notification within 72.
    kept = {deadline.place for deadline in deadlines if not deadline.stricter}
    for one in deadlines:
        if not one.stricter or one.place in kept or one.spec.figure is None:
            continue
        expected = figure(one.spec.figure.value, one.spec.figure.unit, bench.words)
        shown = figure(one.value, one.unit, bench.words)
        yield _candidate(bench, one.requirement, "figure", expected, shown, one.clause)


def _deadlines(bench: Bench, id_: str, row: int, verdict: Verdict) -> Iterator[_Deadline]:
    """Yield the deadlines that are as long as allowed or shorter, where the words stand."""
    clauses = [bench.blend.space.clauses.clauses[c] for c in verdict.selection.clauses]
    for element in bench.blend.space.queries[row].elements:
        bound = element.spec.figure
        sighting = bench.sighter.best(element, [clause.index for clause in clauses])
        if bound is None or sighting is None or sighting.strength < bench.rules.met:
            continue
        finding = compare_figure(bound, clauses, sighting)
        if finding.mention is None or finding.clause is None or not finding.strong_enough:
            continue
        mention, clause = finding.mention, bench.blend.space.clauses.clauses[finding.clause]
        modal = governing_modal(clause, sighting) if sighting.clause == finding.clause else None
        yield _Deadline(
            requirement=id_,
            spec=element.spec,
            clause=finding.clause,
            place=(clause.provision.act, clause.text.span(mention.first, mention.last)),
            value=mention.value,
            unit=mention.unit,
            # What may be done sooner binds nobody to more.
            stricter=(modal is None or modal.kind == "duty")
            and is_stricter(bound, finding, clauses, sighting)
            and _part(bench, sighting.clause, sighting.first)
            == _part(bench, finding.clause, mention.first),
        )


def _part(bench: Bench, clause: int, token: int) -> int:
    """Return the innermost part of a clause that holds a token: a point sets its own figure."""
    every = bench.blend.space.clauses
    for part in every.parts[clause]:
        first, last = every.clauses[part].body
        if first <= token < last:
            return _part(bench, part, token)
    return clause


def _scopes(
    bench: Bench, rows: Mapping[str, int], found: Mapping[str, Verdict]
) -> Iterator[GoldPlating]:
    """Yield the clauses that bind important entities for a duty of essential entities alone."""
    asked = {id_: bench.blend.space.queries[rows[id_]].requirement for id_ in found}
    # A clause that also serves a duty of important entities binds them for that one.
    theirs = {
        clause
        for id_, verdict in found.items()
        if _ADDED in asked[id_].addressee
        for clause in verdict.selection.clauses
    }
    terms = glossary(bench.words.language)
    expected, shown = ((terms.get(c) or (c.replace("_", " "),))[0] for c in (_ADDRESSED, _ADDED))
    for id_, verdict in found.items():
        if not _is_for_essential_alone(asked[id_]):
            continue
        for index in verdict.selection.clauses:
            clause = bench.blend.space.clauses.clauses[index]
            if index not in theirs and binds(clause, _BOUND):
                yield _candidate(bench, id_, "scope", expected, shown, index)


def _is_for_essential_alone(requirement: Requirement) -> bool:
    """Tell whether, of the entities, it is about the essential ones only (an authority may act)."""
    return _ADDRESSED in requirement.addressee and not _BOUND & set(requirement.addressee)


def _candidate(
    bench: Bench, requirement: str, kind: Literal["figure", "scope"],
    expected: str, found: str, clause: int,
) -> GoldPlating:  # fmt: skip
    provision = bench.blend.space.clauses.clauses[clause].provision
    return GoldPlating(
        requirement=requirement,
        kind=kind,
        message=bench.words.text(f"gold_plating_{kind}", expected=expected, found=found),
        expected=expected,
        found=found,
        act=provision.act,
        ref=provision.ref,
    )
