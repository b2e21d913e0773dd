"""Candidates for gold-plating on the invented act: shorter deadlines, and duties on others too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nis2_align.directive import Directive, ElementSpec, Figure
from nis2_align.grade.comparison import binds, compare_figure, is_stricter
from nis2_align.grade.sightings import Sighting
from nis2_align.match.clauses import Clause
from nis2_align.model import Assessment, GoldPlating
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import ACT, DIRECTIVE

HOURS = Figure(direction="at_most", value=24, unit="hour")
MONTH = Figure(direction="at_most", value=1, unit="month")
TWO_YEARS = Figure(direction="at_most", value=2, unit="year")
FINE = Figure(direction="at_least", value=10_000_000, unit="EUR")


def clauses(*paragraphs: str, code: str = "en") -> tuple[Clause, ...]:
    """The paragraphs of one article."""
    word = {"en": "Article", "sr": "Član"}[code]
    lines = [f"({number}) {text}" for number, text in enumerate(paragraphs, 1)]
    return lighthouse.clauses("\n".join([f"{word} 1", *lines, ""]), code).clauses


def judged(figure: Figure, *paragraphs: str, at: int = 0, code: str = "en") -> bool:
    """Whether the figure is stricter, the element's words standing first in paragraph ``at``."""
    held = clauses(*paragraphs, code=code)
    first = held[at].body[0]
    sighting = Sighting(1.0, held[at].index, first, first + 1, "-")
    return is_stricter(figure, compare_figure(figure, held, sighting), held, sighting)


@pytest.mark.parametrize(
    ("figure", "text", "stricter"),
    [
        (HOURS, "Report within 12 hours.", True),
        (HOURS, "Report within 24 hours.", False),
        (HOURS, "Report within one day.", False),
        (HOURS, "Report within 48 hours.", False),
        (HOURS, "Report after at least 12 hours.", False),
        (MONTH, "Report within 15 days.", True),
        (MONTH, "Report within 30 days.", False),
        (MONTH, "Report within four weeks.", False),
        (MONTH, "Report within 10 working days.", False),
        (TWO_YEARS, "Review every 12 months.", True),
        (TWO_YEARS, "Review every 24 months.", False),
        (TWO_YEARS, "Review every 18 months.", True),
        (FINE, "A fine of up to EUR 20 000 000.", False),
        (FINE, "A fine of up to EUR 10 000 000.", False),
        (HOURS, "Report without delay.", False),
    ],
)
def test_only_a_plainly_shorter_period_is_stricter(
    figure: Figure, text: str, stricter: bool
) -> None:
    assert judged(figure, text) is stricter


def test_it_reads_the_language_of_the_act() -> None:
    assert judged(HOURS, "Пријава у року од 12 часова.", code="sr")
    assert not judged(HOURS, "Пријава у року од 24 часа.", code="sr")


def test_a_figure_away_from_the_words_tells_nothing() -> None:
    far = "Report it. " + "The tower stands on a rock by the sea. " * 6 + "It takes 12 hours."
    assert not judged(HOURS, far)
    assert not judged(HOURS, "Report the breakdown.", "It takes 12 hours.")
    assert not is_stricter(HOURS, compare_figure(HOURS, clauses("In 12 hours."), None), (), None)


def test_where_the_longest_allowed_is_said_too_the_shorter_serves_something_else() -> None:
    assert not judged(HOURS, "Report within 12 hours.", "Others report within 24 hours.")
    assert judged(HOURS, "Report within 12 hours.", "Others report within 48 hours.")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Important entities shall store oil.", True),
        ("Essential entities and important entities shall store oil.", True),
        ("Essential and important entities shall store oil.", True),
        ("An important entity is rich. An important entity shall store oil.", True),
        ("Essential entities shall store oil.", False),
        ("Important entities may store oil.", False),
        ("Important entities store oil.", False),
        ("The harbour office shall inform the important entities.", False),
        ("The inspector of important entities shall store oil.", False),
        ("Where they concern important entities, records shall be stored.", False),
        ("Important entities may store oil, and the crew shall row.", False),
    ],
)
def test_a_duty_binds_those_whom_its_sentence_opens_with(text: str, bound: bool) -> None:
    (clause,) = clauses(text)
    assert binds(clause, {"important_entity", "regulated_entity"}) is bound


def test_a_lead_in_binds_for_its_points() -> None:
    text = "Article 1\n(1) Important entities shall:\n(a) store oil;\n(b) paint the tower.\n"
    held = lighthouse.clauses(text)
    assert binds(lighthouse.clause(held, "1(1)(a)"), {"important_entity"})
    assert not binds(lighthouse.clause(held, "1(1)(a)"), {"essential_entity"})


def graded(*changes: tuple[str, str], directive: Directive = DIRECTIVE) -> dict[str, Assessment]:
    text = ACT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return lighthouse.graded(text, directive)


def candidates(found: dict[str, Assessment]) -> list[GoldPlating]:
    return [candidate for one in found.values() for candidate in one.gold_plating]


def test_the_act_as_it_stands_goes_beyond_nothing() -> None:
    assert candidates(graded()) == []


def test_a_shorter_deadline_is_a_candidate_and_changes_no_verdict() -> None:
    found = graded(("24 hours", "12 hours"))
    (candidate,) = candidates(found)
    assert candidate == found["60(1)"].gold_plating[0]
    assert (candidate.requirement, candidate.kind) == ("60(1)", "figure")
    assert (candidate.expected, candidate.found) == ("24 hours", "12 hours")
    assert (candidate.act, candidate.ref) == ("act", "3(1)")
    assert "candidate" in candidate.message
    assert "12 hours" in candidate.message and "24 hours" in candidate.message
    assert {id_: one.coverage for id_, one in found.items()} == {
        id_: one.coverage for id_, one in graded().items()
    }


SPREAD = "within good hours:\n(a) by lamp;\n(b) by boat, which takes 12 hours"


@pytest.mark.parametrize(
    "changes",
    [
        [("24 hours", "48 hours")],
        [("10 000 000", "90 000 000")],
        [("24 hours", "12 hours"), ("keeper shall report", "keeper may report")],
        [("to the harbour office within 24 hours", SPREAD)],
    ],
    ids=["longer", "higher fine", "an option", "in another point"],
)  # fmt: skip
def test_what_is_no_candidate(changes: list[tuple[str, str]]) -> None:
    assert candidates(graded(*changes)) == []


def test_a_figure_that_is_just_what_another_element_asks_is_no_candidate() -> None:
    later = Figure(direction="at_most", value=72, unit="hour")
    asked = dict(DIRECTIVE.requirements)
    report, hours, cause = asked["60(1)"].elements

    def found(*elements: ElementSpec) -> list[GoldPlating]:
        changed = replace(asked["60(1)"], elements=elements)
        held = Directive(requirements=asked | {"60(1)": changed}, version="invented")
        return candidates(graded(directive=held))

    hours = replace(hours, figure=later)
    assert [one.expected for one in found(report, hours, cause)] == ["72 hours"]
    assert found(replace(report, figure=HOURS), hours, cause) == []


def addressed(**to: str) -> Directive:
    """The invented directive with the points of its list addressed to some entities."""
    asked = dict(DIRECTIVE.requirements)
    for name, entities in to.items():
        id_ = f"61(2)({name})"
        asked[id_] = replace(asked[id_], addressee=tuple(entities.split()))
    return Directive(requirements=asked, version="invented")


BOTH = ("The keeper shall put in place", "Essential and important entities shall put in place")
ESSENTIAL = ("The keeper shall put in place", "Essential entities shall put in place")


@pytest.mark.parametrize("to", ["essential_entity", "competent_authority essential_entity"])
def test_a_duty_on_important_entities_too_is_a_candidate(to: str) -> None:
    found = graded(BOTH, directive=addressed(b=to))
    (candidate,) = candidates(found)
    assert (candidate.requirement, candidate.kind, candidate.ref) == (
        "61(2)(b)", "scope", "4(1)(b)",
    )  # fmt: skip
    assert (candidate.expected, candidate.found) == ("essential entity", "important entity")


@pytest.mark.parametrize(
    ("change", "to"),
    [
        (ESSENTIAL, {"b": "essential_entity"}),
        (BOTH, {"b": "essential_entity important_entity"}),
        (BOTH, {"b": "important_entity"}),
        (BOTH, {}),
        ((BOTH[0], BOTH[1].replace("shall", "may")), {"b": "essential_entity"}),
    ],
)
def test_no_other_scope_is_guessed(change: tuple[str, str], to: dict[str, str]) -> None:
    assert candidates(graded(change, directive=addressed(**to))) == []


def test_a_clause_that_serves_important_entities_anyway_is_no_candidate() -> None:
    changes = (
        ("The keeper shall report", "Essential and important entities shall report"),
        ("within 24 hours.", "within 24 hours, whereupon they confirm receipt of the report."),
        ("The harbour office shall confirm receipt of the report and send a", "It has a"),
    )

    def found(addressee: str) -> dict[str, Assessment]:
        asked = dict(DIRECTIVE.requirements)
        for id_, entity in (("60(1)", "essential_entity"), ("60(2)", addressee)):
            asked[id_] = replace(asked[id_], addressee=(entity,))
        return graded(*changes, directive=Directive(requirements=asked, version="invented"))

    assert [one.ref for one in candidates(found("harbour_office"))] == ["3(1)"]
    served = found("important_entity")
    assert "3(1)" in {match.ref for match in served["60(2)"].provisions}
    assert candidates(served) == []
