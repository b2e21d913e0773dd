"""Knock-outs of a small law: what is edited, and that what must follow does."""

from __future__ import annotations

import pytest

from nis2_align.evaluate.gold import GoldRow
from nis2_align.evaluate.knockouts import OPERATORS, Edit, Outcome, edits, outcome
from nis2_align.model import Coverage, ElementState
from tests.unit.pipeline.mini_laws import ENGLISH, SERBIAN, analysed

WHOLE = {"en": (ENGLISH, "en"), "sr": (SERBIAN, "sr")}


def labels(rows: dict[str, tuple[str, ...]], grade: str = "full") -> dict[str, GoldRow]:
    return {id_: GoldRow(id_, grade, refs, True, "") for id_, refs in rows.items()}


EN = labels(
    {
        "20(1)": ("3(1)",), "20(2)": ("3(2)", "7(1)"), "21(2)(h)": ("4(1)(e)",),
        "23(4)(a)": ("5(1)",), "23(4)(c)": ("5(3)",), "34(4)": ("6(1)",),
    }
)  # fmt: skip


def made(operator: str, code: str = "en", rows: dict[str, GoldRow] = EN) -> dict[str, Edit]:
    """Requirement or element → edit."""
    found = edits(analysed(*WHOLE[code]), rows, operator)
    return {edit.element or edit.requirement: edit for edit in found}


def edited(edit: Edit, text: str = ENGLISH) -> list[tuple[str, str]]:
    return [(span.of(text), new) for span, new in edit.changes]


def test_every_operator_has_edits() -> None:
    for operator in OPERATORS:
        assert made(operator), operator


def test_deleting_all_takes_every_labelled_clause() -> None:
    found = made("delete_all")
    assert edited(found["21(2)(h)"]) == [("(e) rules on cryptography and encryption;", "")]
    first, second = edited(found["20(2)"])
    assert first[0].startswith("(2) Members of the management body")
    assert second == ("(1) Ships dock on the left bank.", "")


def test_labels_that_overlap_are_deleted_once() -> None:
    rows = labels({"21(2)(h)": ("4(1)(e)", "4(1)", "4(1)(d)")})
    (edit,) = made("delete_all", rows=rows).values()
    ((stretch, new),) = edited(edit)
    assert stretch.startswith("(1) Operators shall") and stretch.endswith("the operator.")
    assert new == ""


def test_deleting_one_needs_clauses_in_several_articles() -> None:
    found = made("delete_one")
    assert set(found) == {"20(2)"}
    assert [old[:12] for old, _ in edited(found["20(2)"])] == ["(2) Members "]


def test_only_what_was_found_in_full_is_deleted() -> None:
    assert made("delete_all", rows=labels({"21(2)(d)": ("4(2)",)})) == {}
    assert made("delete_all", rows=labels({"21(2)(h)": ("4(1)(e)",)}, "partial")) == {}
    assert made("delete_all", rows=labels({"21(2)(h)": ("99",)})) == {}


@pytest.mark.parametrize("operator", OPERATORS)
def test_chapeaux_options_and_rows_for_mapping_alone_are_left_out(operator: str) -> None:
    left_out = labels({"21(2)": ("4(1)",), "20(1)#sub2": ("3(1)",)})
    left_out["23(4)(a)"] = GoldRow("23(4)(a)", "full", ("5(1)",), False, "")
    assert made(operator, rows=left_out) == {}


def test_a_figure_becomes_weaker_in_its_own_unit() -> None:
    found = made("figure")
    assert edited(found["23(4)(a)#day"]) == [("24 hours", "48 hours")]


def test_a_duty_becomes_an_option() -> None:
    found = made("modality")
    assert ("shall", "may") in edited(found["23(4)(a)#early_warning"])
    serbian = made("modality", "sr", labels({"23(4)(a)": ("5(1)",)}))
    assert edited(serbian["23(4)(a)#early_warning"], SERBIAN) == [("dužan", "može")]


TWICE = ENGLISH.replace(
    "Article 6\n",
    "(5) An operator must send the CSIRT an early warning of a significant incident without delay "
    "and within 24 hours of becoming aware of it, saying whether malicious acts are suspected and "
    "whether the incident may have an effect across the border.\nArticle 6\n",
)


def test_a_duty_said_twice_is_weakened_twice() -> None:
    """In one clause or in two: what still binds somewhere is no option."""
    assert edited(made("modality")["20(2)#employee_training"]) == [("shall", "may")] * 2
    result = analysed(TWICE, "en")
    found = {edit.element: edit for edit in edits(result, EN, "modality")}
    edit = found["23(4)(a)#early_warning"]
    assert edited(edit, TWICE) == [("shall", "may"), ("must", "may")]
    done = outcome(result, EN, edit)
    assert (done.before, done.after, done.followed) == (Coverage.FULL, Coverage.PARTIAL, True)
    one = Edit("modality", edit.requirement, edit.element, edit.changes[:1])
    assert outcome(result, EN, one).after is Coverage.FULL, "the second still binds"


def test_a_duty_in_capitals_stays_in_capitals() -> None:
    text = ENGLISH.replace("An operator shall send the CSIRT an early", "SHALL SEND an early")
    assert text != ENGLISH
    found = {edit.element: edit for edit in edits(analysed(text, "en"), EN, "modality")}
    assert edited(found["23(4)(a)#early_warning"], text) == [("SHALL", "MAY")]


def test_the_lead_in_of_a_further_list_is_weakened_too() -> None:
    text = ENGLISH.replace(
        "(2) The costs are borne by the operator.",
        "(2) The operator must also have:\n(a) rules on cryptography and encryption;\n(b) rest.",
    )
    result = analysed(text, "en")
    found = {edit.element: edit for edit in edits(result, EN, "modality")}
    accepted = next(a.provisions for a in result.assessments if a.requirement == "21(2)(h)")
    assert {match.ref for match in accepted} >= {"4(1)(e)", "4(2)(a)"}
    assert edited(found["21(2)(h)#encryption"], text) == [("shall", "may"), ("must", "may")]


def test_where_no_duty_governs_nothing_is_weakened() -> None:
    """Though the clause holds a duty: that one is of another thing."""
    old = "the operator shall submit an intermediate report on the status of the incident."
    new = "the operator submits an intermediate report on the status of the incident."
    assert "23(4)(c)#intermediate_report" in made("modality")
    text = ENGLISH.replace(old, f"{new} The clerk shall read it soon.")
    result = analysed(text, "en")
    states = {e.id: e.state for a in result.assessments for e in a.elements}
    assert states["23(4)(c)#intermediate_report"] is ElementState.MET
    elements = {edit.element for edit in edits(result, EN, "modality")}
    assert "23(4)(c)#intermediate_report" not in elements


@pytest.mark.parametrize(
    ("money", "weaker"),
    [
        ("EUR 10 000 000", ["1000000"]),
        ("EUR 10 million", ["1000000"]),
        ("10 million euros", ["1000000 euros"]),
        ("€10,000,000", ["1000000"]),
    ],
)
def test_a_fine_becomes_a_tenth(money: str, weaker: list[str]) -> None:
    text = ENGLISH.replace("EUR 10 000 000", money)
    rows = labels({"34(4)": ("6(1)",)})
    found = {e.element: e for e in edits(analysed(text, "en"), rows, "figure")}
    assert [new for _, new in found["34(4)#amount"].changes] == weaker


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("delete_all", "21(2)(h)"),
        ("delete_one", "20(2)"),
        ("figure", "23(4)(a)#day"),
        ("modality", "23(4)(c)#intermediate_report"),
    ],
)
def test_what_must_follow_does(operator: str, key: str) -> None:
    found: Outcome = outcome(analysed(ENGLISH, "en"), EN, made(operator)[key])
    assert found.before is Coverage.FULL
    assert found.after is not Coverage.FULL
    assert found.followed
    assert found.became_none is (operator.startswith("delete"))
    assert found.kept == found.untouched
    assert found.untouched == len(EN) - 1


def test_an_edit_that_changes_nothing_is_not_followed() -> None:
    """The measure itself must be able to fail."""
    edit = made("figure")["23(4)(a)#day"]
    unchanged = Edit("figure", edit.requirement, edit.element, ((edit.changes[0][0], "24 hours"),))
    found = outcome(analysed(ENGLISH, "en"), EN, unchanged)
    assert (found.before, found.after, found.followed) == (Coverage.FULL, Coverage.FULL, False)
