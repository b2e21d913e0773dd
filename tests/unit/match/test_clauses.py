"""Clauses with their own words and their context, the space of terms, and the requirements."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from nis2_align.languages import language_codes
from nis2_align.match.clauses import Clause, clause_set
from nis2_align.match.queries import queries
from nis2_align.text.analyse import analyser
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import clause, row

SET = lighthouse.clauses()
SPACE = lighthouse.space()


def words(held: Clause, place: tuple[int, int]) -> str:
    return " ".join(token.lower for token in held.text.tokens[slice(*place)])


def test_paragraphs_and_points_are_clauses_but_articles_with_parts_are_not() -> None:
    refs = [held.provision.ref for held in SET.clauses]
    assert refs[:4] == ["1(1)", "1(2)", "2(1)", "2(2)"]
    assert {"4(1)", "4(1)(a)", "4(1)(b)", "4(1)(c)", "4(2)"} <= set(refs)
    assert not {"1", "4", "Preamble"} & set(refs)
    assert [held.index for held in SET.clauses] == list(range(len(refs)))


def test_the_body_leaves_out_label_and_heading() -> None:
    assert words(clause(SET, "1(2)"), clause(SET, "1(2)").body) == (
        "it applies to all towers , old and new ."
    )
    assert words(clause(SET, "4(1)(b)"), clause(SET, "4(1)(b)").body) == "storage of spare oil ;"


def test_the_body_of_what_holds_points_holds_them_too() -> None:
    body = words(clause(SET, "4(1)"), clause(SET, "4(1)").body)
    assert "these measures" in body and "spare oil" in body


def test_context_is_the_lead_in_and_the_heading_nearest_first() -> None:
    held = clause(SET, "4(1)(b)")
    said = [text for place in held.context if (text := words(held, place))]
    assert said == ["the keeper shall put in place these measures :", "care of the tower"]


def test_articles_are_numbered_in_order() -> None:
    numbers = [held.article for held in SET.clauses]
    assert numbers == sorted(numbers)
    assert clause(SET, "3(1)").article == clause(SET, "3(2)").article
    assert len(SET.headings) == 9


def test_within_knows_what_lies_inside() -> None:
    holder, point = clause(SET, "4(1)"), clause(SET, "4(1)(a)")
    assert SET.within(holder, point) and SET.within(point, point)
    assert not SET.within(point, holder)
    assert not SET.within(holder, clause(SET, "4(2)"))


def test_clauses_of_two_acts_stay_apart() -> None:
    acts = [lighthouse.cut(lighthouse.ACT, name=name) for name in ("one.txt", "two.txt")]
    both = clause_set(acts, [analyser("en")] * 2)
    assert len(both.clauses) == 2 * len(SET.clauses)
    one, two = clause(both, "4(1)", "one"), clause(both, "4(1)(a)", "two")
    assert not both.within(one, two)
    assert one.article != two.article


def test_an_article_without_parts_is_a_clause_and_an_annex_has_rows() -> None:
    text = "Article 1\nThe lamp is lit.\nAnnex I\nTowers\n1. North tower\n2. South tower\n"
    held = clause_set([lighthouse.cut(text)], [analyser("en")])
    assert {"1(1)", "Annex 1(1)", "Annex 1(2)"} <= {c.provision.ref for c in held.clauses}


def test_rare_words_weigh_more_and_unheard_ones_most() -> None:
    stem = analyser("en").stems
    (lamp,), (ropes,) = stem("lamp"), stem("ropes")
    assert SPACE.rarity(ropes) > SPACE.rarity(lamp) > 0
    assert SPACE.rarity("never heard") == pytest.approx(SPACE.idf.max())


def test_coverage_counts_the_context_half() -> None:
    stem = analyser("en").stems
    (oil,), (keeper,) = stem("oil"), stem("keeper")
    column = clause(SPACE, "4(1)(b)").index
    found = SPACE.coverage([(oil,), (keeper,), (oil, "never heard"), ()])
    assert found[:2, column] == pytest.approx([1.0, 0.5])
    assert 0 < found[2, column] < 1
    assert found[3].max() == 0
    assert found.min() >= 0 and found.max() <= 1 + 1e-9


def test_sisters_are_the_points_of_one_list_or_paragraphs_of_one_article() -> None:
    ids = [query.requirement.id for query in SPACE.queries]
    sisters = {id_: {ids[r] for r in SPACE.sisters[row(SPACE, id_)]} for id_ in ids}
    assert sisters["61(2)(a)"] == {"61(2)(b)", "61(2)(c)"}
    assert sisters["60(1)"] == {"60(2)"}
    assert sisters["64(1)"] == set()
    assert all(id_ in sisters[other] for id_ in ids for other in sisters[id_])


def test_only_requirements_with_statements_are_asked() -> None:
    ids = {query.requirement.id for query in SPACE.queries}
    assert "66(1)" not in ids and len(ids) == len(lighthouse.SAYS)


def test_figures_are_no_words_of_a_phrasing() -> None:
    hours = SPACE.queries[row(SPACE, "60(1)")].elements[1]
    assert [phrasing.variants for phrasing in hours.phrasings] == [(("report", "within"),)]


def test_a_by_law_that_leaves_a_list_open_counts_for_its_points() -> None:
    delegated = {"61(2)": ("care of the tower",)}
    statements = replace(lighthouse.STATEMENTS, delegated=delegated)
    asked = {q.requirement.id: q for q in lighthouse.asked(statements=statements)}
    texts = {id_: [p.text for p in query.delegated.phrasings] for id_, query in asked.items()}
    assert texts["61(2)"] == texts["61(2)(a)"] == ["care of the tower"]
    assert texts["60(1)"] == []


@pytest.mark.parametrize("code", language_codes())
def test_the_catalogue_is_asked_in_the_order_of_the_directive(code: str) -> None:
    asked = queries(code)
    assert all(query.texts and all(query.sentences) for query in asked)
    ids = [query.requirement.id for query in asked]
    assert len(set(ids)) == len(ids)
    articles = [query.requirement.article for query in asked]
    blocks = [one for one, other in pairwise([*articles, None]) if one != other]
    assert len(blocks) == len(set(blocks))
    for query in asked:
        for found in (*query.elements, query.delegated):
            for phrasing in found.phrasings:
                assert phrasing.variants and all(phrasing.variants)


def test_matrices_have_a_row_for_each_clause() -> None:
    assert SPACE.body.shape == SPACE.context.shape
    assert SPACE.body.shape[0] == len(SPACE.clauses.clauses)
    assert set(np.unique(SPACE.body.data)) == {1.0}
