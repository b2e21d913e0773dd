from dataclasses import replace

import pytest

from nis2_align.concordance import (
    ANNEXES,
    Counts,
    article_of,
    chapter_of,
    reverse,
    table,
    unmatched,
)
from nis2_align.directive import element_name
from nis2_align.model import Coverage
from tests.unit.export.result_samples import CANDIDATE, HEADINGS, assessments, beyond, match, result


def test_every_requirement_has_a_row_in_the_order_of_the_result():
    made = table(result(), HEADINGS)
    assert [row.requirement for row in made.rows] == [a.requirement for a in assessments()]
    assert made.rows[2].heading == HEADINGS["21(2)(j)"]
    assert made.rows[0].heading == ""


def test_a_clause_carries_the_printed_numbers_from_its_article_down():
    row = table(result(), HEADINGS).rows[2]
    assert row.clauses[0].printed == "Члан 2. (2)"
    assert row.met == ("21(2)(j)#secured_voice",)


def test_without_the_text_of_the_act_the_label_of_the_match_stands():
    row = table(result(segmentations=()), HEADINGS).rows[2]
    assert row.clauses[0].printed == "(2)"


def test_an_element_is_named_by_its_label_and_without_one_by_its_id():
    row = table(result(), HEADINGS).rows[2]
    assert row.element("21(2)(j)#secured_voice") == "zaštićena govorna komunikacija"
    assert row.element("21(2)(j)#secured_video") == "secured video"


def test_elements_are_sorted_by_state():
    row = table(result(), HEADINGS).rows[3]
    assert (row.met, row.weaker, row.absent) == ((), ("23(4)(a)#day",), ("23(4)(a)#unlawful",))


@pytest.mark.parametrize(
    ("requirement", "chapter", "article"),
    [
        ("1(1)", "I", "1"),
        ("6(41)", "I", "6"),
        ("7(1)", "II", "7"),
        ("20(1)#sub2", "IV", "20"),
        ("26(1)(a)", "V", "26"),
        ("37(2)", "VII", "37"),
        ("46", "IX", "46"),
        ("I(1)(a)", ANNEXES, "I"),
        ("Annex II(5)", ANNEXES, "II"),
    ],
)
def test_chapter_and_article(requirement, chapter, article):
    assert chapter_of(requirement) == chapter
    assert article_of(requirement) == article


def test_every_article_has_exactly_one_chapter():
    assert all(chapter_of(f"{number}(1)") != ANNEXES for number in range(1, 47))
    assert chapter_of("47(1)") == ANNEXES


def test_groups_add_up_to_the_whole():
    made = table(result(), HEADINGS)
    for groups in (made.chapters, made.articles):
        assert sum(group.counts.total for group in groups) == made.counts.total == 6
        for grade in Coverage:
            whole = getattr(made.counts, grade.value)
            assert sum(getattr(group.counts, grade.value) for group in groups) == whole
    assert [group.key for group in made.chapters] == ["I", "III", "IV", ANNEXES]


def test_the_share_counts_a_doubt_as_not_full_and_the_unread_neither_way():
    counts = table(result(), HEADINGS).counts
    assert counts == Counts(
        full=1, partial=1, none=1, not_applicable=1, uncertain=2, no_statement=1
    )
    assert counts.assessed == 4
    assert counts.decided == 3
    assert counts.percent_full == pytest.approx(25.0)
    assert Counts(not_applicable=3).percent_full == 0.0


def test_the_reverse_listing_says_what_serves_what():
    held = {entry.ref: entry for entry in reverse(result())}
    assert held["2(1)"].requirements == ("23(4)(a)",)
    assert held["2"].requirements == ("21(2)(j)", "23(4)(a)")  # what it holds is cited
    assert held["2"].kind == held["2(2)"].kind == "transposing"
    assert held["1"].kind == held["3"].kind == "national_only"
    assert held["Annex 1"].kind == "supporting"  # only an undecided requirement cites it
    assert "Chapter 1" not in held
    assert "2(2)(1)" not in held  # a point that nobody cites


def test_a_provision_inside_a_cited_article_is_touched_and_a_sibling_supports():
    whole = replace(assessments()[2], provisions=(match("2(2)(1)", "1)", "1) глас;"),))
    held = {entry.ref: entry for entry in reverse(result(assessments=(whole,)))}
    assert held["2(2)(1)"].kind == held["2(2)"].kind == held["2"].kind == "transposing"
    assert held["2(1)"].kind == "supporting"
    assert held["2(1)"].requirements == ()


def test_a_candidate_stands_at_the_clause_that_goes_beyond_and_nowhere_else():
    listing = reverse(result(assessments=beyond()))
    assert {e.ref: e.gold_plating for e in listing if e.gold_plating} == {"2(1)": (CANDIDATE,)}
    assert {e.ref: e.kind for e in listing}["2(1)"] == "transposing"


@pytest.mark.parametrize(
    "changes",
    [{"coverage": Coverage.UNCERTAIN}, {"coverage": Coverage.NONE}, {"provisions": ()}],
    ids=str,
)
def test_only_a_clause_that_transposes_can_go_beyond(changes):
    listing = reverse(result(assessments=beyond(**changes)))
    assert [entry.ref for entry in listing if entry.gold_plating] == []


def test_a_clause_that_goes_beyond_two_requirements_names_both():
    other = replace(CANDIDATE, requirement="21(2)(j)")
    held = list(beyond())
    also = match("2(1)", "(1)", "(1) Оператор", "48 часова.")
    held[2] = replace(held[2], gold_plating=(other,), provisions=(also,))
    entry = {e.ref: e for e in reverse(result(assessments=tuple(held)))}["2(1)"]
    assert entry.gold_plating == (other, CANDIDATE)


def test_the_reverse_listing_prints_the_numbers_from_the_article_down():
    held = {entry.ref: entry.label for entry in reverse(result())}
    assert (held["2"], held["2(1)"], held["Annex 1"]) == ("Члан 2.", "Члан 2. (1)", "Прилог 1.")
    bare = {entry.ref: entry.label for entry in reverse(result(segmentations=()))}
    assert bare["2(1)"] == "(1)"


def test_the_reverse_frame_holds_every_provision_with_its_candidates():
    made = table(result(assessments=beyond()), HEADINGS)
    frame = made.reverse_frame()
    assert list(frame.columns) == ["act", "ref", "label", "class", "requirements", "gold_plating"]
    assert list(frame["ref"]) == [entry.ref for entry in made.reverse]
    line = frame.set_index("ref").loc["2(1)"]
    assert (line["class"], line["requirements"]) == ("transposing", ["23(4)(a)"])
    assert line["gold_plating"] == [CANDIDATE.message]
    assert made.to_frame().loc[3, "gold_plating"] == [CANDIDATE.message]
    assert made.to_frame().loc[2, "gold_plating"] == []
    empty = table(result(assessments=(), segmentations=()), {}).reverse_frame()
    assert (len(empty), list(empty.columns)) == (0, list(frame.columns))


def test_what_nobody_cites_is_named_once():
    held = result(assessments=assessments()[3:4])
    listing = reverse(held)
    assert [entry.ref for entry in unmatched(held, listing)] == ["1", "2(2)", "3", "Annex 1"]


def test_a_cited_clause_is_listed_even_without_the_text_of_its_act():
    held = result(segmentations=())
    listing = reverse(held)
    assert [entry.ref for entry in listing] == ["2(2)", "2(1)", "Annex 1"]
    assert unmatched(held, listing) == ()


def test_the_frame_holds_every_row_and_nothing_is_merged():
    frame = table(result(), HEADINGS).to_frame()
    assert list(frame["requirement"]) == [a.requirement for a in assessments()]
    assert frame.loc[2, "provisions"] == ["svetionik:2(2)"]
    assert frame.loc[3, "gaps"][0] == "24 h required, 48 h found"
    assert list(frame["coverage"])[-1] == "uncertain"


def test_an_empty_result_gives_an_empty_frame_with_its_columns():
    frame = table(result(assessments=()), {}).to_frame()
    assert len(frame) == 0
    assert "coverage" in frame.columns


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("21(2)(j)#secured_voice", "secured voice"),
        ("23(4)#sub2_trust_services", "trust services"),
        ("20(1)#sub2", "sub2"),
        ("mfa", "mfa"),
    ],
)
def test_the_readable_name_of_an_element(element, name):
    assert element_name(element) == name
