"""Verdicts on the invented act: what is said when a clause changes, and the rules of the grades."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from nis2_align.directive import Directive
from nis2_align.grade.assess import assess
from nis2_align.grade.bench import bench, shifted
from nis2_align.grade.rules import grade_rules
from nis2_align.grade.verdict import judge
from nis2_align.messages import messages
from nis2_align.model import Assessment, Coverage, DutyKind, ElementState, Reason
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import ACT, DIRECTIVE, RULES, clause, row

ORDER = {"none": 0, "uncertain": 1, "partial": 1, "full": 2}


@pytest.fixture(scope="module")
def whole() -> dict[str, Assessment]:
    return lighthouse.graded()


def changed(*changes: tuple[str, str]) -> dict[str, Assessment]:
    """The act graded with some of its words replaced."""
    text = ACT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return lighthouse.graded(text)


def states(assessment: Assessment) -> dict[str, str]:
    return {e.id.rpartition("#")[2]: str(e.state) for e in assessment.elements}


def kinds(assessment: Assessment) -> set[tuple[str | None, str]]:
    return {(gap.element, gap.kind) for gap in assessment.gaps}


def test_the_act_as_it_stands(whole: dict[str, Assessment]) -> None:
    grades = {id_: str(one.coverage) for id_, one in whole.items()}
    assert grades == {
        "60(1)": "full", "60(2)": "full", "61(2)": "full", "61(2)(a)": "full", "61(2)(b)": "full",
        "61(2)(c)": "full", "62(1)": "full", "63(1)": "not_applicable", "64(1)": "partial",
        "65(1)": "not_applicable", "66(1)": "uncertain",
    }  # fmt: skip
    assert list(whole) == list(DIRECTIVE.requirements), "every requirement, in order"


def test_the_same_clause_with_another_figure(whole: dict[str, Assessment]) -> None:
    stronger = changed(("24 hours", "12 hours"))["60(1)"]
    weaker = changed(("24 hours", "48 hours"))["60(1)"]
    assert states(stronger)["hours"] == states(whole["60(1)"])["hours"] == "met"
    assert states(weaker)["hours"] == "weaker"
    assert (weaker.coverage, kinds(weaker)) == (Coverage.PARTIAL, {("60(1)#hours", "figure")})


def test_a_deadline_that_may_belong_to_another_thing_is_uncertain() -> None:
    """24 hours for the message, none for the report: neither met nor a gap."""
    moved = changed(
        (" within 24 hours", ""), ("(2) The message", "(2) Within 24 hours, the message")
    )
    one = moved["60(1)"]
    assert states(one)["hours"] == "unsure"
    assert (one.coverage, kinds(one)) == (Coverage.UNCERTAIN, set())


def test_a_smaller_fine_is_weaker() -> None:
    fine = changed(("10 000 000", "1 000 000"))["62(1)"]
    assert states(fine) == {"fine": "met", "amount": "weaker"}
    assert (fine.coverage, kinds(fine)) == (Coverage.PARTIAL, {("62(1)#amount", "figure")})


def test_a_duty_turned_into_an_option() -> None:
    freed = changed(("keeper shall report", "keeper may report"))["60(1)"]
    assert states(freed)["report"] == "weaker"
    assert (freed.coverage, ("60(1)#report", "modality") in kinds(freed)) == (
        Coverage.PARTIAL,
        True,
    )


def test_a_freed_list_weakens_its_points() -> None:
    freed = changed(("shall put in place", "may put in place"))
    for id_ in ("61(2)(a)", "61(2)(b)", "61(2)(c)"):
        assert freed[id_].coverage is Coverage.PARTIAL
        assert {kind for _, kind in kinds(freed[id_])} == {"modality"}


def test_a_missing_detail_is_an_absent_element() -> None:
    silent = changed(("describe the cause of the breakdown", "be written in ink"))["60(1)"]
    assert states(silent) == {"report": "met", "hours": "met", "cause": "absent"}
    assert (silent.coverage, kinds(silent)) == (Coverage.PARTIAL, {("60(1)#cause", "element")})


FINE = "The harbour office may impose a fine of up to EUR 10 000 000 for leaving a lighthouse dark."


def test_a_clause_taken_out_is_not_found() -> None:
    gone = changed((FINE, "Money is counted in coins."))["62(1)"]
    assert gone.coverage is Coverage.NONE
    assert gone.provisions == () and gone.candidates != ()


def test_a_point_taken_out_of_a_list(whole: dict[str, Assessment]) -> None:
    gone = changed(("(b) storage of spare oil;\n(c)", "(b)"))
    assert gone["61(2)(b)"].coverage is Coverage.NONE
    assert states(gone["61(2)(b)"])["oil"] == "absent"
    assert gone["61(2)"].coverage is Coverage.PARTIAL
    for id_ in ("60(1)", "60(2)", "61(2)(a)", "61(2)(c)", "62(1)"):
        assert gone[id_].coverage is whole[id_].coverage, id_


def test_an_option_unused(whole: dict[str, Assessment]) -> None:
    unused = whole["63(1)"]
    assert (unused.coverage, unused.reason) == (Coverage.NOT_APPLICABLE, Reason.OPTION_UNUSED)
    assert unused.gaps == () and unused.provisions == () and unused.supported is None


def test_an_option_used() -> None:
    reward = "A reward is paid for the rescue of those who are shipwrecked."
    used = changed(("Guests climb the stairs in groups.", reward))["63(1)"]
    assert (used.coverage, used.reason) == (Coverage.FULL, None)


def test_a_matter_left_to_a_by_law_is_partial_at_most(whole: dict[str, Assessment]) -> None:
    left = whole["64(1)"]
    assert left.coverage is Coverage.PARTIAL
    assert (None, "delegation") in kinds(left)
    assert [match.ref for match in left.provisions] == ["6(1)"]


def test_union_body_and_no_statement(whole: dict[str, Assessment]) -> None:
    body, unsaid = whole["65(1)"], whole["66(1)"]
    assert (body.coverage, body.reason) == (Coverage.NOT_APPLICABLE, Reason.UNION_BODY)
    assert (unsaid.coverage, unsaid.reason) == (Coverage.UNCERTAIN, Reason.NO_STATEMENT)
    assert body.rationale and unsaid.rationale


def test_without_any_statement_all_is_uncertain() -> None:
    found = assess(DIRECTIVE, [], messages("en"))
    for one in found:
        wanted = Reason.UNION_BODY if one.requirement == "65(1)" else Reason.NO_STATEMENT
        assert one.reason is wanted


def listed(duties: dict[str, str]) -> Directive:
    """The directive with another kind of duty for some points or the chapeau of the list."""
    held = {
        id_: replace(one, duty=DutyKind(duties.get(id_, one.duty)))
        for id_, one in DIRECTIVE.requirements.items()
    }
    return Directive(requirements=MappingProxyType(held), version="-")


def _act_with(*points: str) -> str:
    start = ACT.index("(a) painting")
    end = ACT.index("(2) The storeroom")
    items = "".join(f"({'abc'[i]}) {point};\n" for i, point in enumerate(points))
    return ACT[:start] + items + ACT[end:]


ALL = ("painting of the tower", "storage of spare oil", "training of assistants")


@pytest.mark.parametrize(
    ("points", "coverage"),
    [
        (ALL, "full"),
        (ALL[:2], "partial"),
        (ALL[2:], "partial"),
        (("sweeping", "counting gulls"), "none"),
    ],
)
def test_a_chapeau_takes_its_grade_from_the_list(points: tuple[str, ...], coverage: str) -> None:
    text = _act_with(*points)
    found = lighthouse.graded(text)
    assert (found["61(2)"].coverage, found["61(2)"].reason) == (coverage, Reason.CHAPEAU)
    assert found["61(2)"].gaps == ()


def test_an_option_unused_does_not_lower_its_chapeau() -> None:
    found = lighthouse.graded(_act_with(*ALL[:2]), listed({"61(2)(c)": "option"}))
    assert found["61(2)(c)"].reason is Reason.OPTION_UNUSED
    assert found["61(2)"].coverage is Coverage.FULL


def test_an_option_whose_whole_list_is_unused_is_unused() -> None:
    duties = dict.fromkeys(("61(2)", "61(2)(a)", "61(2)(b)", "61(2)(c)"), "option")
    found = lighthouse.graded(_act_with("sweeping", "counting gulls"), listed(duties))
    assert found["61(2)"].coverage is Coverage.NOT_APPLICABLE
    assert found["61(2)"].reason is Reason.OPTION_UNUSED


def test_evidence_sums_to_the_score_in_every_match(whole: dict[str, Assessment]) -> None:
    matches = [m for one in whole.values() for m in (*one.provisions, *one.candidates)]
    assert matches
    for match in matches:
        assert abs(sum(e.contribution for e in match.evidence) - match.score) <= 1e-9
        assert match.quote == match.span.of(ACT)


def test_what_a_grade_rests_on(whole: dict[str, Assessment]) -> None:
    report = whole["60(1)"]
    assert [match.ref for match in report.provisions] == ["3(1)", "3(2)"]
    rests = {entry.without: str(entry.coverage) for entry in report.rests_on}
    assert set(rests) == {("3(1)",), ("3(2)",), ("3(1)", "3(2)")}
    assert all(ORDER[grade] < ORDER["full"] for grade in rests.values())
    assert report.supported is True


def test_supported_is_set_where_something_was_found(whole: dict[str, Assessment]) -> None:
    for one in whole.values():
        found = one.coverage in {Coverage.FULL, Coverage.PARTIAL} and one.reason is None
        assert (one.supported is not None) is found, one.requirement


def test_clauses_taken_away_take_what_holds_them_with_them() -> None:
    laid = bench(lighthouse.blended(), messages("en"), RULES)
    space = laid.blend.space
    point = clause(space, "4(1)(b)").index
    verdict = judge(laid, row(space, "61(2)(b)"), {point})
    holder = clause(space, "4(1)").index
    assert verdict.selection.clauses[0] == holder, "judge takes away what it is told, no more"
    report = next(one for one in lighthouse.graded().values() if one.requirement == "61(2)(b)")
    (rest,) = report.rests_on
    assert (rest.without, rest.coverage) == (("4(1)(b)",), Coverage.NONE)


def test_confidence_is_a_share(whole: dict[str, Assessment]) -> None:
    assert all(0.0 <= one.confidence <= 1.0 for one in whole.values())


def test_the_prior_shifts_a_probability_and_not_its_end() -> None:
    assert shifted(0.5, 0.5) == 0.5
    assert shifted(0.7, 0.9) > 0.7 > shifted(0.7, 0.1)
    assert (shifted(0.0, 0.3), shifted(1.0, 0.3)) == (0.0, 1.0)


def test_the_rules_that_ship_are_in_order() -> None:
    rules = grade_rules()
    assert 0 < rules.absent <= rules.met <= 1
    assert 0 < rules.none_below <= rules.present_from <= rules.full_from < 1
    everything = {name: 1.0 for name in (*rules.presence, *rules.completeness)}
    nothing = {name: 0.0 for name in everything} | {"intercept": 1.0}
    assert rules.probability_present(everything) > 0.9 > 0.1 > rules.probability_present(nothing)


def test_more_of_a_feature_of_presence_is_never_less_likely() -> None:
    rules = grade_rules()
    low = {name: 0.5 for name in rules.presence}
    for name in rules.presence:
        if name != "intercept":
            high = rules.probability_present(low | {"intercept": 1.0, name: 0.9})
            assert high >= rules.probability_present(low | {"intercept": 1.0}), name


@pytest.mark.parametrize("coverage", ["full", "partial", "none", "uncertain"])
def test_calibration_keeps_the_order(coverage: str) -> None:
    rules = grade_rules()
    found = [rules.calibrated(coverage, raw / 20) for raw in range(21)]
    assert found == sorted(found)
    assert all(0.0 < value < 1.0 for value in found)


def test_an_element_met_has_its_place(whole: dict[str, Assessment]) -> None:
    for one in whole.values():
        for part in one.elements:
            assert bool(part.spans) is (part.state is not ElementState.ABSENT), part.id
