from dataclasses import replace

import pytest

from nis2_align.concordance import reviewed_coverage, table
from nis2_align.errors import Nis2AlignError, ReviewsError, UnknownRequirementError
from nis2_align.model import Coverage, Elsewhere
from nis2_align.reviews import apply, decide, find_dossier, open_reviews, recognised
from nis2_align.reviews.fingerprints import prints
from nis2_align.reviews.plain import to_plain
from tests.unit.reviews.review_samples import DRAFT, clause, dossier, draft

RENUMBERED = DRAFT.replace("Član 3.", "Član 4.").replace("Član 2.", "Član 3.").replace(
    "Član 1.\n", "Član 1.\nNovi član o brodovima.\nČlan 2.\n"
)  # fmt: skip
CHANGED = DRAFT.replace("zaštićen glas", "zaštićen govor")


def taken(result=None, **changes):
    asked = {"dossier": "Svetionici", "grade": Coverage.FULL, "who": "Ana"} | changes
    return decide(result or draft(), "21(2)(j)", **asked)


def review(result, *decisions):
    return apply(result, decisions).assessments[0].review


def test_a_decision_knows_what_it_was_taken_on():
    held = taken(added=[clause("3")], removed=[clause("2(2)")], when="2026-03-01T09:30:00Z")
    result = draft()
    assert held.before_coverage is Coverage.PARTIAL
    assert [one.clause.ref for one in held.basis.clauses] == ["2(2)", "3"]
    assert held.basis.acts == (result.acts[0].text_sha256,)
    assert held.when == "2026-03-01T09:30:00Z"
    assert taken().when > "2026"


def test_it_holds_no_word_of_the_draft():
    held = str(to_plain(taken(added=[clause("3")])))
    words = {word.strip(".,;:()") for word in DRAFT.split()}
    assert [word for word in words if len(word) > 3 and word in held] == []


@pytest.mark.parametrize("wrong", [{"added": [clause("9")]}, {"removed": [clause("2(2)", "x")]}])
def test_a_clause_or_requirement_that_is_not_there_is_refused(wrong):
    with pytest.raises(UnknownRequirementError):
        taken(**wrong)
    with pytest.raises(UnknownRequirementError):
        decide(draft(), "99(9)", dossier="a", grade=None, who="b")


def test_a_review_lies_beside_the_tools_verdict():
    other = Elsewhere(title="Pravilnik", article="4", planned="2030-01-01")
    held = taken(comment="vidi", added=[clause("3")], elsewhere=[other])
    before = draft()
    after = apply(before, [held])
    item = after.assessments[0]
    assert (item.review.grade, item.review.comment, item.review.who) == ("full", "vidi", "Ana")
    assert item.review.added == (clause("3"),)
    assert item.elsewhere == item.review.elsewhere == (other,)
    assert not item.review.stale
    assert replace(item, review=None, elsewhere=()) == before.assessments[0]
    assert before.assessments[0].review is None
    assert reviewed_coverage(item) is Coverage.FULL
    assert reviewed_coverage(before.assessments[0]) is None
    row = table(after, {}).rows[0]
    assert (row.coverage, reviewed_coverage(row), row.elsewhere) == ("partial", "full", (other,))
    without, counts = table(before, {}).counts, table(after, {}).counts
    assert (counts.full, counts.partial) == (without.full + 1, without.partial - 1)


def test_laying_over_twice_is_laying_over_once():
    held = [taken(elsewhere=[Elsewhere(title="Pravilnik")])]
    once = apply(draft(), held)
    assert apply(once, held) == once
    assert apply(draft(), []) == draft()


def test_what_was_taken_back_is_not_laid_over():
    held = taken()
    assert review(draft(), held, replace(held, undone=True)) is None


def test_a_decision_that_fits_nowhere_is_told():
    held = replace(taken(), requirement="99(9)")
    after = apply(draft(), [held])
    assert after.assessments == draft().assessments
    assert [issue.code for issue in after.issues] == ["review_without_requirement"]
    assert "99(9)" in after.issues[0].message


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        (RENUMBERED, "3(2)"),
        (
            DRAFT.replace("(2) Čuvar", "(3) Čuvar").replace("(1) Čuvar", "(1) Nov.\n(2) Čuvar"),
            "2(3)",
        ),
        (DRAFT.replace("1) z", "a) z").replace("2) z", "b) z"), "2(2)"),
        (DRAFT.replace("Zakon stupa", "Ovaj zakon stupa"), "2(2)"),
        (DRAFT.replace("glas;", "glas,").replace("zaštićen glas", "ZAŠTIĆEN\n  glas"), "2(2)"),
    ],
)
def test_a_clause_that_only_moved_is_not_stale(text, ref):
    held = taken()
    assert text != DRAFT
    assert not review(draft(text, accepted={"21(2)(j)": [ref]}), held).stale
    assert not review(draft(text, "nacrt_v2", accepted={"21(2)(j)": [ref]}), held).stale


@pytest.mark.parametrize(
    "text",
    [
        CHANGED,
        DRAFT.replace("obezbeđuje:", "može da obezbedi:"),
        DRAFT.replace("2) zaštićenu sliku.\n", ""),
    ],
)
def test_a_clause_that_changed_is_stale_and_its_grade_stays(text):
    after = review(draft(text), taken())
    assert after.stale
    assert after.grade is Coverage.FULL


def test_a_point_is_stale_where_its_lead_in_changed():
    on_a_point = {"21(2)(j)": ["2(2)(1)"]}
    held = taken(draft(accepted=on_a_point))
    weaker = DRAFT.replace("obezbeđuje:", "može da obezbedi:")
    assert review(draft(weaker, accepted=on_a_point), held).stale
    other = DRAFT.replace("zaštićenu sliku", "sliku")
    assert not review(draft(other, accepted=on_a_point), held).stale


def test_a_figure_counts():
    on_a_figure = {"21(2)(j)": ["2(1)"]}
    held = taken(draft(accepted=on_a_figure))
    assert review(draft(DRAFT.replace("24 časa", "48 časa"), accepted=on_a_figure), held).stale


def test_the_same_draft_is_never_stale_whatever_the_tool_says_by_now():
    now = draft(accepted={"21(2)(j)": ["2(1)", "3"]}, coverage=Coverage.NONE)
    assert not review(now, taken()).stale


def test_a_new_clause_that_moves_the_verdict_makes_a_decision_stale():
    nothing = draft(accepted={"21(2)(j)": []}, coverage=Coverage.NONE)
    held = taken(nothing, grade=Coverage.NONE)
    text = DRAFT + "Član 4.\nČuvar obezbeđuje glas.\n"
    found = {"21(2)(j)": ["4"]}
    assert review(draft(text, accepted=found, coverage=Coverage.FULL), held).stale
    assert not review(draft(text, accepted=found, coverage=Coverage.NONE), held).stale
    known = replace(nothing.assessments[0], candidates=draft().assessments[0].provisions)
    held = taken(replace(nothing, assessments=(known,)), grade=Coverage.NONE)
    assert held.basis.clauses == () and len(held.basis.seen) == 1
    assert not review(draft(text, coverage=Coverage.FULL), held).stale
    still = draft(text, accepted={"21(2)(j)": []}, coverage=Coverage.NONE)
    assert not review(still, held).stale


def test_a_clause_that_did_not_count_may_go():
    two = {"21(2)(j)": ["2(1)", "2(2)"]}
    held = taken(draft(accepted=two), removed=[clause("2(1)")])
    without = DRAFT.replace("(1) Čuvar prijavljuje kvar u roku od 24 časa.\n(2) ", "(1) ")
    assert not review(draft(without, accepted={"21(2)(j)": ["2(1)"]}), held).stale
    added = taken(draft(), added=[clause("2(1)")])
    assert review(draft(without, accepted={"21(2)(j)": ["2(1)"]}), added).stale


def test_added_clauses_are_named_as_they_stand_now():
    held = taken(added=[clause("3")], removed=[clause("2(2)")])
    after = review(draft(RENUMBERED, "nacrt_v2", accepted={"21(2)(j)": ["3(2)"]}), held)
    assert after.added == (clause("4", "nacrt_v2"),)
    assert after.removed == (clause("3(2)", "nacrt_v2"),)
    gone = DRAFT.replace("osmog", "devetog")
    assert review(draft(gone), held).added == (clause("3"),)


def test_a_clause_that_stands_twice_keeps_its_name():
    text = DRAFT + "Član 4.\nZakon stupa na snagu osmog dana.\n"
    held = taken(draft(text), added=[clause("4")])
    assert review(draft(text + "Član 5.\nKraj.\n"), held).added == (clause("4"),)
    assert review(draft(), held).added == (clause("3"),)


def test_a_decision_on_two_acts_notices_the_one_that_is_left_out():
    other = "Član 1.\nPravilnik o glasu.\n"
    both = [("svetionik", DRAFT), ("pravilnik", other)]
    held = taken(dossier(both, {"21(2)(j)": [("pravilnik", "1")]}))
    assert not review(dossier(both[::-1], {"21(2)(j)": [("svetionik", "2(2)")]}), held).stale
    assert review(draft(), held).stale


def test_without_the_texts_quotes_serve():
    bare = replace(draft(), segmentations=())
    held = taken(bare)
    assert len(held.basis.clauses) == 1
    assert not review(bare, held).stale
    assert review(replace(draft(CHANGED), segmentations=()), held).stale


def test_both_scripts_have_one_fingerprint():
    latin = prints(draft("Član 1.\n(1) Čuvar obezbeđuje glas.\n", accepted={"1(1)": []}))
    cyrillic = prints(draft("Члан 1.\n(1) Чувар обезбеђује глас.\n", accepted={"1(1)": []}))
    assert latin.of[clause("1(1)")] == cyrillic.of[clause("1(1)")]


def test_a_dossier_is_recognised_by_its_clauses():
    held = [taken(), replace(taken(draft(CHANGED)), dossier="Luke")]
    assert recognised(draft(), held) == "Svetionici"
    assert recognised(draft(CHANGED), held) == "Luke"
    assert recognised(draft(RENUMBERED, "v2", accepted={"21(2)(j)": []}), held) == "Svetionici"
    strange = draft("Član 1.\nNešto drugo.\n", accepted={"21(2)(j)": []})
    assert recognised(strange, held) is None
    assert recognised(strange, []) is None
    assert recognised(draft(), [held[0], replace(held[0], dossier="Luke")]) is None


def test_the_dossier_of_a_store(tmp_path):
    strange = draft("Član 1.\nNešto drugo.\n", accepted={"21(2)(j)": []})
    with open_reviews(tmp_path / "r.sqlite") as reviews:
        assert find_dossier(strange, reviews) is None
        assert find_dossier(strange, reviews, "Luke") is None
        reviews.record(taken())
        assert find_dossier(strange, reviews) == "Svetionici"
        with pytest.raises(ReviewsError, match='no dossier "Luke"') as error:
            find_dossier(strange, reviews, "Luke")
        assert "Svetionici" in error.value.remedy
        reviews.record(replace(taken(draft(CHANGED)), dossier="Luke"))
        assert find_dossier(draft(CHANGED), reviews) == "Luke"
        assert find_dossier(draft(CHANGED), reviews, "Svetionici") == "Svetionici"
        with pytest.raises(Nis2AlignError, match="several dossiers"):
            find_dossier(strange, reviews)


def test_the_table_names_the_clauses_that_count():
    two = {"21(2)(j)": ["2(1)", "2(2)"]}
    held = taken(draft(accepted=two), removed=[clause("2(1)")], added=[clause("3"), clause("2(2)")])
    row = table(apply(draft(accepted=two), [held]), {}).rows[0]
    assert [one.ref for one in row.clauses] == ["2(1)", "2(2)"]
    assert [one.ref for one in row.counting] == ["2(2)", "3"]
    assert row.added[0].quote.startswith("Član 3.")
    assert row.added[0].printed == "Član 3."
    gone = apply(draft(DRAFT.replace("osmog", "devetog"), accepted=two), [held])
    bare = replace(gone, segmentations=())
    assert [one.ref for one in table(bare, {}).rows[0].counting] == ["2(2)"]
