"""Which clauses are accepted: rules on hand-made scores over the invented act."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nis2_align.directive import Directive
from nis2_align.match.blend import Blend
from nis2_align.match.select import (
    SelectionRule,
    admissible,
    choose,
    ownership,
    selection_rule,
)
from nis2_align.match.terms import TermSpace
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import clause, element, requirement, row

RULE = SelectionRule(
    near_best=0.9,
    articles=2,
    clauses=3,
    candidates=4,
    holds_near=0.75,
    holds_strength=0.8,
    referred_near=0.8,
)
SPACE = lighthouse.space()
# The same requirements and two definitions, 70(1) and 70(2), in an act that has a list of them.
DEFINING = lighthouse.space(
    lighthouse.ACT.replace(
        "(2) A breakdown is the loss of that light.",
        "(2) A breakdown is the loss of that light.\n(3) A tower is a house on a rock.",
    ),
    (*lighthouse.asked(), *lighthouse.defining("lamp", "red lamp", "breakdown", "tower")),
)
Scores = dict[str, dict[str, float]]


def blended(scores: Scores, space: TermSpace = SPACE) -> Blend:
    """A blend with the scores given, and 0 for all others."""
    table = np.zeros((len(space.queries), len(space.clauses.clauses)))
    for id_, row_ in scores.items():
        for ref, score in row_.items():
            table[row(space, id_), clause(space, ref).index] = score
    ranked = np.argsort(-table, axis=1, kind="stable").tolist()
    empty = np.zeros((*table.shape, 1))
    return Blend(
        space=space, signals=(), values=empty, shares=empty, scores=table,
        order=tuple(tuple(one) for one in ranked),
    )  # fmt: skip


def chosen(
    scores: Scores, id_: str, without: tuple[str, ...] = (), space: TermSpace = SPACE
) -> tuple[list[str], dict[str, str]]:
    """Accepted refs, and candidate ref → key of why it was passed over."""
    gone = {clause(space, ref).index for ref in without}
    found = choose(blended(scores, space), row(space, id_), RULE, gone)
    ref = [c.provision.ref for c in space.clauses.clauses]
    return [ref[c] for c in found.clauses], {
        ref[c.clause]: c.selected_by.key for c in found.candidates
    }


def test_the_best_and_those_nearly_as_good() -> None:
    accepted, passed = chosen({"62(1)": {"5(1)": 0.5, "5(2)": 0.45, "1(1)": 0.449}}, "62(1)")
    assert accepted == ["5(1)", "5(2)"]
    assert passed == {"1(1)": "selected_next"}


def test_how_each_was_chosen_stands_beside_it() -> None:
    blend = blended({"62(1)": {"5(1)": 0.5, "5(2)": 0.48}})
    found = choose(blend, row(SPACE, "62(1)"), RULE)
    assert [c.selected_by.key for c in found.accepted] == ["selected_best", "selected_near"]


def test_at_most_so_many_clauses() -> None:
    scores = {"62(1)": {"4(1)(a)": 0.5, "4(1)(b)": 0.5, "4(1)(c)": 0.5, "4(2)": 0.5}}
    accepted, passed = chosen(scores, "62(1)")
    assert accepted == ["4(1)(a)", "4(1)(b)", "4(1)(c)"]
    assert passed == {"4(2)": "selected_next"}


def test_from_at_most_so_many_articles() -> None:
    scores = {"62(1)": {"1(1)": 0.5, "2(1)": 0.49, "3(1)": 0.48, "2(2)": 0.47}}
    accepted, passed = chosen(scores, "62(1)")
    assert accepted == ["1(1)", "2(1)", "2(2)"]
    assert passed == {"3(1)": "selected_further_article"}


def test_at_most_so_many_candidates() -> None:
    scores = {"62(1)": {c.provision.ref: 0.1 for c in SPACE.clauses.clauses} | {"5(1)": 0.5}}
    accepted, passed = chosen(scores, "62(1)")
    assert accepted == ["5(1)"]
    assert len(passed) == 4


def test_nothing_is_chosen_where_no_score_is_above_nil() -> None:
    assert chosen({}, "62(1)") == ([], {})


def test_a_clause_that_a_sister_owns_is_refused() -> None:
    scores = {
        "61(2)(a)": {"4(1)(a)": 0.50, "4(1)(b)": 0.48},
        "61(2)(b)": {"4(1)(b)": 0.60},
    }
    accepted, passed = chosen(scores, "61(2)(a)")
    assert accepted == ["4(1)(a)"]
    assert passed == {"4(1)(b)": "selected_fits_other"}
    refused = choose(blended(scores), row(SPACE, "61(2)(a)"), RULE).candidates[0]
    assert refused.selected_by.values == {"requirement": "61(2)(b)"}


@pytest.mark.parametrize(
    "sister",
    [
        {"4(1)(b)": 0.47},  # her best clause, but it fits her less
        {"4(1)(b)": 0.60, "4(2)": 0.70},  # fits her better, but is not her best
    ],
)
def test_a_sister_without_a_better_claim_leaves_it(sister: dict[str, float]) -> None:
    scores = {"61(2)(a)": {"4(1)(a)": 0.50, "4(1)(b)": 0.48}, "61(2)(b)": sister}
    assert chosen(scores, "61(2)(a)")[0] == ["4(1)(a)", "4(1)(b)"]


def test_a_stranger_has_no_claim() -> None:
    scores = {"61(2)(a)": {"4(1)(a)": 0.50, "4(1)(b)": 0.48}, "62(1)": {"4(1)(b)": 0.9}}
    assert chosen(scores, "61(2)(a)")[0] == ["4(1)(a)", "4(1)(b)"]


def test_the_best_clause_is_kept_even_where_a_sister_fits_it_better() -> None:
    scores = {"61(2)(a)": {"4(1)(a)": 0.5}, "61(2)(b)": {"4(1)(a)": 0.9}}
    assert chosen(scores, "61(2)(a)")[0] == ["4(1)(a)"]


def test_clauses_taken_away_are_neither_accepted_nor_candidates() -> None:
    scores = {"62(1)": {"5(1)": 0.5, "5(2)": 0.3, "1(1)": 0.1}}
    accepted, passed = chosen(scores, "62(1)", without=("5(1)",))
    assert accepted == ["5(2)"]
    assert list(passed) == ["1(1)"]


def test_selection_never_touches_the_scores() -> None:
    blend = blended({"62(1)": {"5(1)": 0.5, "5(2)": 0.48}})
    before = blend.scores.copy()
    choose(blend, row(SPACE, "62(1)"), RULE, {clause(SPACE, "5(1)").index})
    assert (blend.scores == before).all()


def test_a_clause_on_the_counterpart_alone_is_refused() -> None:
    text = (
        "Article 1\n(1) Essential entities shall report faults of the lamp at once.\n"
        "(2) Important entities shall report faults of the lamp in writing.\n"
        "Article 2\n(1) The museum is open.\n(2) Dogs stay outside.\n"
    )
    asked = requirement(
        "1(1)", element("report", "measure", core=True), addressee=("important_entity",)
    )
    directive = Directive(requirements={"1(1)": asked}, version="-")
    statements = replace(
        lighthouse.STATEMENTS, says={"1(1)": ("Faults of the lamp are reported at once.",)},
        headings={}, elements={}, delegated={}, defines={},
    )  # fmt: skip
    blend = lighthouse.blended(text, lighthouse.asked(directive, statements))
    found = choose(blend, 0, selection_rule())
    accepted = [blend.space.clauses.clauses[c].provision.ref for c in found.clauses]
    assert accepted == ["1(2)"]
    refused = {c.clause: c.selected_by.key for c in found.candidates}
    assert refused[clause(blend.space, "1(1)").index] == "selected_of_others"


def test_a_definition_never_stands_for_a_duty() -> None:
    """However alike their words: the best clause is the best that is no definition."""
    scores = {"60(1)": {"2(2)": 0.9, "2(1)": 0.8, "3(1)": 0.5, "3(2)": 0.46, "7(1)": 0.4}}
    accepted, passed = chosen(scores, "60(1)", space=DEFINING)
    assert accepted == ["3(1)", "3(2)"]
    assert passed == {"7(1)": "selected_next"}


def test_where_only_definitions_are_alike_nothing_is_accepted() -> None:
    assert chosen({"60(1)": {"2(2)": 0.9, "2(1)": 0.8}}, "60(1)", space=DEFINING)[0] == []


def test_without_a_list_of_definitions_any_clause_may_stand_for_a_duty() -> None:
    assert chosen({"60(1)": {"2(2)": 0.9, "3(1)": 0.5}}, "60(1)")[0] == ["2(2)"]


def test_a_definition_is_what_defines_its_term() -> None:
    """Other clauses use the term; the reader sees the best of them, and why they are none."""
    scores = {"70(1)": {"3(1)": 0.9, "2(2)": 0.8, "2(1)": 0.2, "7(1)": 0.1}}
    accepted, passed = chosen(scores, "70(1)", space=DEFINING)
    assert accepted == ["2(1)"]
    assert passed == {"3(1)": "selected_not_defining", "2(2)": "selected_not_defining"}


def test_a_term_that_is_used_and_defined_nowhere_has_no_clause() -> None:
    scores = {"70(2)": {"3(1)": 0.9, "2(1)": 0.8, "2(2)": 0.7, "7(1)": 0.6}}
    accepted, passed = chosen(scores, "70(2)", space=DEFINING)
    assert accepted == []
    assert passed == dict.fromkeys(("3(1)", "2(1)", "2(2)"), "selected_not_defining")
    assert chosen(scores, "70(2)", ("3(1)",), DEFINING)[1].keys() == {"2(1)", "2(2)", "7(1)"}


def test_what_is_admissible() -> None:
    blend = blended({}, DEFINING)
    lamp, duty = row(DEFINING, "70(1)"), row(DEFINING, "60(1)")
    defines, uses = clause(DEFINING, "2(1)").index, clause(DEFINING, "3(1)").index
    assert [admissible(blend, lamp, defines), admissible(blend, lamp, uses)] == [True, False]
    assert [admissible(blend, duty, defines), admissible(blend, duty, uses)] == [True, True]


def test_ownership_is_the_share_of_the_best_claim() -> None:
    blend = blended({"61(2)(a)": {"4(1)": 0.3}, "62(1)": {"4(1)": 0.6}})
    column = clause(SPACE, "4(1)").index
    assert ownership(blend, row(SPACE, "61(2)(a)"), column) == pytest.approx(0.5)
    assert ownership(blend, row(SPACE, "62(1)"), column) == 1.0
    assert ownership(blend, row(SPACE, "62(1)"), clause(SPACE, "1(1)").index) == 0.0
