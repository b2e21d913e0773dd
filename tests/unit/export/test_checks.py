from dataclasses import replace

import pytest

from nis2_align.export import words
from nis2_align.export.checks import CHECKS, checks, expected_date
from nis2_align.export.material import material
from nis2_align.messages import available, messages
from nis2_align.model import Coverage, Elsewhere, Reason, Review
from tests.unit.export.result_samples import act, assessments, result, segmentation


def found(**changes):
    held = material(result(**changes), {})
    return {check.name: check.found for check in checks(held)}


def test_each_check_points_at_what_a_reviewer_would_send_back():
    assert found() == {
        "celex": (),
        "unmapped": ("1(1)", "23(5)"),
        "partial_reason": (),
        "no_date": ("23(4)(a)", "23(5)"),
        "no_transposition_reason": (),
        "unused_provision": ("1", "3"),
        "undecided": ("1(1)", "I(1)(a)"),
    }


@pytest.mark.parametrize("celex", ["", "2022/2555", "32022L255"])
def test_a_missing_or_broken_celex_number_is_found(celex):
    assert found(celex=celex)["celex"]


def test_a_partial_verdict_without_a_gap_has_no_reason_but_a_chapeau_has_one():
    bare = replace(assessments()[3], gaps=())
    assert found(assessments=(bare,))["partial_reason"] == ("23(4)(a)",)
    list_ = replace(bare, reason=Reason.CHAPEAU)
    assert found(assessments=(list_,))["partial_reason"] == ()


def test_what_needs_no_transposition_must_say_why():
    silent = replace(assessments()[1], rationale="", reason=None)
    assert found(assessments=(silent,))["no_transposition_reason"] == ("19(1)",)


def test_a_planned_act_gives_the_date_only_of_what_it_carries():
    planned = replace(act(), planned="2031-06-30")
    held = material(result(acts=(planned,)), {})
    rows = {row.requirement: expected_date(row, held) for row in held.table.rows}
    assert rows == {
        "1(1)": "", "19(1)": "", "21(2)(j)": "", "23(4)(a)": "2031-06-30", "23(5)": "",
        "I(1)(a)": "",
    }  # fmt: skip


def test_the_latest_of_several_dates_counts():
    clause = assessments()[3].provisions[0]
    both = replace(assessments()[3], provisions=(clause, replace(clause, act="bylaw")))
    acts = (replace(act(), planned="2031-06-30"), replace(act("bylaw"), planned="2032-01-31"))
    held = material(result(acts=acts, assessments=(both,)), {})
    assert expected_date(held.table.rows[0], held) == "2032-01-31"


def test_an_act_cited_by_a_person_is_a_counterpart():
    cited = replace(assessments()[4], elsewhere=(Elsewhere(title="Another act"),))
    assert found(assessments=(cited,))["unmapped"] == ()


def test_a_person_s_grade_counts():
    review = Review(grade=Coverage.FULL, who="A", when="2031-01-01T00:00:00Z")
    decided = replace(assessments()[5], review=review)
    assert found(assessments=(decided,))["undecided"] == ()


def test_a_planned_act_that_is_only_cited_gives_its_date():
    due = Elsewhere(title="Rulebook", article="2(1)", planned="2031-06-30")
    later = Elsewhere(title="Decree", planned="2032-01-31")
    cited = replace(assessments()[4], elsewhere=(due,))
    review = Review(elsewhere=(later,), who="A", when="2031-01-01T00:00:00Z")
    for item, date in ((cited, "2031-06-30"), (replace(cited, review=review), "2032-01-31")):
        held = material(result(assessments=(item,)), {})
        assert expected_date(held.table.rows[0], held) == date
        assert found(assessments=(item,))["no_date"] == ()


@pytest.mark.parametrize("language", available())
def test_what_is_planned_is_told_with_its_date_beside_the_clauses(language):
    due = Elsewhere(title="Rulebook", article="2(1)", planned="2031-06-30")
    table = material(result(assessments=(replace(assessments()[3], elsewhere=(due,)),)), {}).table
    *clauses, told = words.places(table.rows[0], table, messages(language))
    assert clauses
    assert told.startswith("Rulebook, 2(1), ") and told.endswith("2031-06-30")


def test_each_clause_names_its_act_where_there_are_several():
    acts = (act(), act("bylaw"))
    table = material(result(acts=acts, assessments=(assessments()[3],)), {}).table
    (row,) = table.rows
    say = messages("en")
    assert all(
        place.startswith(f"{row.counting[0].act}: ") for place in words.places(row, table, say)
    )
    assert all(quote.startswith(f"{row.counting[0].act}: ") for quote in words.quotes(row, table))


def test_several_acts_are_named_before_their_provisions():
    both = found(acts=(act(), act("bylaw")), segmentations=(segmentation(), segmentation("bylaw")))
    assert both["unused_provision"][-1].startswith("bylaw: ")


@pytest.mark.parametrize("language", available())
def test_every_check_has_words(language):
    assert all(messages(language).text(f"check_{name}") for name in CHECKS)
