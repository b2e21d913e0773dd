"""Where acts hold: views, the weakest of parallel places, and planned acts."""

from __future__ import annotations

import pytest

from nis2_align.grade.standing import Standing, View, nothing, weakest, with_planned
from nis2_align.messages import messages
from nis2_align.model import Assessment, Coverage, DutyKind, Elsewhere, Gap, Match, Reason, Span

WORDS = messages("en")
RANKED = [Coverage.NONE, Coverage.UNCERTAIN, Coverage.PARTIAL, Coverage.FULL]


def assessed(
    coverage: Coverage, *acts: str, duty: DutyKind = DutyKind.MUST, gaps: tuple[Gap, ...] = ()
) -> Assessment:
    matches = tuple(
        Match(
            act=act, ref="3(1)", label="(1)", score=1.0, selected_by="", quote="", page=None,
            span=Span(start=0, end=1),
        )
        for act in acts
    )  # fmt: skip
    return Assessment(
        requirement="60(2)", duty=duty, coverage=coverage, confidence=0.5, provisions=matches,
        gaps=gaps,
    )  # fmt: skip


def views(jurisdictions: dict[str, str], planned: dict[str, str] | None = None) -> dict[str, View]:
    standing = Standing(jurisdictions=jurisdictions, planned=planned or {})
    found = standing.views(["law", "bylaw", "other"])
    return {view.jurisdiction: view for view in found}


@pytest.mark.parametrize(
    ("jurisdictions", "held"),
    [
        ({}, {"": {"law", "bylaw", "other"}}),
        ({"law": "BA"}, {"": {"law", "bylaw", "other"}}),
        ({"law": "BA", "bylaw": "BA-FED"}, {"": {"law", "bylaw", "other"}}),
        (
            {"law": "BA-FED", "bylaw": "BA-SRP"},
            {"BA-FED": {"law", "other"}, "BA-SRP": {"bylaw", "other"}},
        ),
        (
            {"law": "BA", "bylaw": "BA-FED", "other": "BA-SRP"},
            {"BA-FED": {"law", "bylaw"}, "BA-SRP": {"law", "other"}},
        ),
        ({"law": "RS", "bylaw": "ME"}, {"ME": {"bylaw", "other"}, "RS": {"law", "other"}}),
        # A code that merely begins alike holds nothing of the other.
        (
            {"law": "BA-S", "bylaw": "BA-SRP"},
            {"BA-S": {"law", "other"}, "BA-SRP": {"bylaw", "other"}},
        ),
    ],
)  # fmt: skip
def test_acts_hold_in_their_place_and_those_of_the_state_in_all(
    jurisdictions: dict[str, str], held: dict[str, set[str]]
) -> None:
    found = views(jurisdictions)
    assert {name: set(view.acts) for name, view in found.items()} == held
    assert all(view.acts == view.later for view in found.values())


def test_planned_acts_hold_later() -> None:
    found = views({"law": "BA-FED", "bylaw": "BA-SRP"}, {"bylaw": "2027-03-01"})
    assert (set(found["BA-SRP"].acts), set(found["BA-SRP"].later)) == (
        {"other"},
        {"bylaw", "other"},
    )
    assert found["BA-FED"].acts == found["BA-FED"].later
    (only,) = views({}, dict.fromkeys(("law", "bylaw", "other"), "2027-03-01")).values()
    assert not only.acts and len(only.later) == 3


@pytest.mark.parametrize("weak", range(4))
@pytest.mark.parametrize("strong", range(4))
def test_the_weakest_counts(weak: int, strong: int) -> None:
    low, high = sorted((weak, strong))
    found = weakest({"A": assessed(RANKED[strong]), "B": assessed(RANKED[weak])}, WORDS)
    assert found.coverage is RANKED[low]
    assert found.jurisdictions == (("A", RANKED[strong]), ("B", RANKED[weak]))
    assert bool(found.gaps) is (low != high)


def test_the_gap_names_who_has_more_and_who_less_beside_the_gaps_there_are() -> None:
    own = Gap(kind="element", message="own")
    found = weakest(
        {
            "A": assessed(Coverage.PARTIAL, gaps=(own,)),
            "B": assessed(Coverage.FULL),
            "C": assessed(Coverage.PARTIAL),
        },
        WORDS,
    )
    first, gap = found.gaps
    assert first == own
    assert (gap.kind, gap.expected, gap.found) == ("scope", "A, C", "B")
    assert "A, C" in gap.message and "B" in gap.message


def test_an_option_that_one_place_leaves_unused_is_no_gap() -> None:
    unused = assessed(Coverage.NOT_APPLICABLE, duty=DutyKind.OPTION)
    used = assessed(Coverage.FULL, duty=DutyKind.OPTION)
    found = weakest({"A": unused, "B": used}, WORDS)
    assert (found.coverage, found.gaps) == (Coverage.NOT_APPLICABLE, ())
    assert found.jurisdictions == (("A", Coverage.NOT_APPLICABLE), ("B", Coverage.FULL))


def test_a_place_without_acts_has_nothing() -> None:
    must, option, union = nothing(
        [
            assessed(Coverage.FULL, "law"),
            assessed(Coverage.FULL, "law", duty=DutyKind.OPTION),
            assessed(Coverage.NOT_APPLICABLE, duty=DutyKind.NONE),
        ],
        WORDS,
    )
    assert (must.coverage, must.reason, must.provisions) == (Coverage.NONE, None, ())
    assert (option.coverage, option.reason) == (Coverage.NOT_APPLICABLE, Reason.OPTION_UNUSED)
    assert union.coverage is Coverage.NOT_APPLICABLE


PLANNED = {"bylaw": ("Rulebook", "2027-03-01"), "third": ("Decree", "2028-01-01")}


def test_planned_acts_that_would_raise_the_coverage_are_named() -> None:
    now = assessed(Coverage.NONE)
    later = assessed(Coverage.FULL, "law", "bylaw", "bylaw", "third")
    found = with_planned(now, later, PLANNED)
    assert found.coverage is Coverage.NONE and found.provisions == ()
    assert found.elsewhere == (
        Elsewhere(title="Rulebook", article="3(1), 3(1)", planned="2027-03-01"),
        Elsewhere(title="Decree", article="3(1)", planned="2028-01-01"),
    )


@pytest.mark.parametrize("coverage", RANKED)
def test_planned_acts_that_raise_nothing_are_not_named(coverage: Coverage) -> None:
    now = assessed(coverage, "law")
    assert with_planned(now, assessed(coverage, "law", "bylaw"), PLANNED) is now
    assert with_planned(now, assessed(Coverage.NONE, "bylaw"), PLANNED) is now
