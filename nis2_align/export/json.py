"""The JSON contract, schema version 1: what other programs read.

What holds afterwards: the same result gives the same bytes; every field of the contract is there,
in a fixed order; figures are rounded to six digits, so that the contributions of a match still
add up to its score within 1e-5. ``docs/json.md`` says what each field means.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import cast

from nis2_align.concordance import Reverse, reverse, unmatched
from nis2_align.model import (
    Act,
    Assessment,
    ClauseRef,
    ElementResult,
    Elsewhere,
    Evidence,
    Gap,
    GoldPlating,
    Issue,
    Match,
    Place,
    Result,
    Review,
    Span,
)
from nis2_align.official_text import OfficialText

__all__ = ["SCHEMA_VERSION", "schema", "to_dict", "to_json"]

SCHEMA_VERSION = 1
_DIGITS = 6


def schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of the contract, as it ships with the package."""
    source = resources.files("nis2_align.export").joinpath("schema", "result.schema.json")
    return cast("dict[str, object]", json.loads(source.read_text(encoding="utf-8")))


def to_dict(result: Result) -> dict[str, object]:
    """Return the contract as plain dicts, lists, texts and numbers.

    Args:
        result: The analysis.

    Returns:
        The contract; its keys stand in the order of ``docs/json.md``.
    """
    listing = reverse(result)
    return {
        "schema_version": SCHEMA_VERSION,
        "words": result.words,
        "directive": {
            "celex": result.celex,
            "catalogue_version": result.catalogue_version,
            "official_text": _official(result.official_text),
        },
        **_official_texts(result),
        "acts": [_act(act) for act in result.acts],
        "assessments": [_assessment(item) for item in result.assessments],
        "reverse": [_reverse(entry) for entry in listing],
        "unmatched_provisions": [
            {"act": entry.act, "ref": entry.ref} for entry in unmatched(result, listing)
        ],
        "issues": [_issue(issue) for issue in result.issues],
    }


def to_json(result: Result) -> str:
    r"""Return the contract as JSON text.

    Args:
        result: The analysis.

    Returns:
        UTF-8-safe text that ends in ``\n``, with one assessment, act, provision or issue per
        line, so that two runs can be compared line by line. No date, path or machine is in it.

    Raises:
        ValueError: A figure of the result is not a finite number, which is a defect of the grader.
    """
    parts = [f'"{key}": {_member(value)}' for key, value in to_dict(result).items()]
    text = "{" + ",\n".join(parts) + "}\n"
    # A lone surrogate has no UTF-8 form; it becomes one "?", so that offsets still count right.
    return text.encode("utf-8", "replace").decode("utf-8")


def _official(official: OfficialText | None) -> dict[str, object] | None:
    if official is None:
        return None
    return {
        "name": official.name,
        "sha256": official.sha256,
        "language": official.language,
        "found": len(official.texts),
        "missing": list(official.missing),
        "within": dict(official.within),
    }


def _official_texts(result: Result) -> dict[str, dict[str, str]]:
    """Return the official words of each requirement; no member at all where none were given."""
    if result.official_text is None:
        return {}
    given = {
        item.requirement: result.official_text.text(item.requirement) for item in result.assessments
    }
    return {"official_texts": {id_: text for id_, text in given.items() if text}}


def _member(value: object) -> str:
    if isinstance(value, dict) and value and all(isinstance(part, str) for part in value.values()):
        lines = (f" {_dumps(key)}: {_dumps(part)}" for key, part in value.items())
        return "{\n" + ",\n".join(lines) + "\n}"
    if not isinstance(value, list) or not value:
        return _dumps(value)
    return "[\n" + ",\n".join(" " + _dumps(entry) for entry in value) + "\n]"


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _number(value: float) -> float:
    return round(float(value), _DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _act(act: Act) -> dict[str, object]:
    return {
        "id": act.id,
        "title": act.title,
        "language": act.language,
        "script": act.script,
        "country": act.country,
        "jurisdiction": act.jurisdiction,
        "sha256": act.sha256,
        "text_sha256": act.text_sha256,
        "articles": act.articles,
        "detected": _detected(act.detected),
        "planned": act.planned,
        "kind": act.kind,
        "amending": act.amending,
    }


def _detected(certainty: Mapping[str, float]) -> dict[str, float]:
    first = ("language", "country")
    order: Iterable[str] = [*first, *sorted(certainty.keys() - set(first))]
    return {key: _number(certainty[key]) for key in order if key in certainty}


def _assessment(item: Assessment) -> dict[str, object]:
    return {
        "requirement": item.requirement,
        "duty": item.duty.value,
        "coverage": item.coverage.value,
        "confidence": _number(item.confidence),
        "parent": item.parent,
        "reason": item.reason.value if item.reason else None,
        "elements": [_element(element) for element in item.elements],
        "rests_on": [
            {"without": list(part.without), "coverage": part.coverage.value}
            for part in item.rests_on
        ],
        "supported": item.supported,
        "provisions": [_match(match) for match in item.provisions],
        "candidates": [_match(match) for match in item.candidates],
        "elsewhere": [_elsewhere(act) for act in item.elsewhere],
        "gaps": [_gap(gap) for gap in item.gaps],
        **_jurisdictions(item),
        "rationale": item.rationale,
        "review": _review(item.review) if item.review else None,
    }


def _jurisdictions(item: Assessment) -> dict[str, dict[str, str]]:
    """Return the coverage in each of parallel jurisdictions; no member where there is but one."""
    if not item.jurisdictions:
        return {}
    return {"jurisdictions": {name: coverage.value for name, coverage in item.jurisdictions}}


def _review(review: Review) -> dict[str, object]:
    return {
        "grade": review.grade.value if review.grade else None,
        "comment": review.comment,
        "who": review.who,
        "when": review.when,
        "added": [_clause_ref(clause) for clause in review.added],
        "removed": [_clause_ref(clause) for clause in review.removed],
        "elsewhere": [_elsewhere(act) for act in review.elsewhere],
        "stale": review.stale,
    }


def _clause_ref(clause: ClauseRef) -> dict[str, object]:
    return {"act": clause.act, "ref": clause.ref}


def _element(element: ElementResult) -> dict[str, object]:
    return {
        "id": element.id,
        "label": element.label,
        "state": element.state.value,
        "spans": _places(element.spans),
    }


def _places(places: Sequence[Place]) -> list[dict[str, object]]:
    return [{"act": place.act, "ref": place.ref, "span": _span(place.span)} for place in places]


def _match(match: Match) -> dict[str, object]:
    return {
        "act": match.act,
        "ref": match.ref,
        "label": match.label,
        "score": _number(match.score),
        "selected_by": match.selected_by,
        "view": match.view,
        "quote": match.quote,
        "page": match.page,
        "span": _span(match.span),
        "evidence": [_evidence(evidence) for evidence in match.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "signal": evidence.signal,
        "contribution": _number(evidence.contribution),
        "why": evidence.why,
        "span": _span(evidence.span),
    }


def _elsewhere(act: Elsewhere) -> dict[str, object]:
    return {
        "title": act.title,
        "gazette": act.gazette,
        "article": act.article,
        "celex": act.celex,
        "planned": act.planned,
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "kind": gap.kind,
        "element": gap.element,
        "message": gap.message,
        "expected": gap.expected,
        "found": gap.found,
    }


def _reverse(entry: Reverse) -> dict[str, object]:
    return {
        "act": entry.act,
        "ref": entry.ref,
        "class": entry.kind,
        "requirements": list(entry.requirements),
        "gold_plating": [_gold_plating(candidate) for candidate in entry.gold_plating],
    }


def _gold_plating(candidate: GoldPlating) -> dict[str, object]:
    return {
        "requirement": candidate.requirement,
        "kind": candidate.kind,
        "message": candidate.message,
        "expected": candidate.expected,
        "found": candidate.found,
    }


def _issue(issue: Issue) -> dict[str, object]:
    return {
        "code": issue.code,
        "message": issue.message,
        "severity": issue.severity,
        "act": issue.act,
        "page": issue.page,
        "span": _span(issue.span),
    }
