"""What a clause refers to inside its own act."""

from __future__ import annotations

import pytest

from nis2_align.match.clauses import ClauseSet, clause_set
from nis2_align.match.references import act_citations, references
from nis2_align.text.analyse import analyser
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import clause

REST = """Article 1
(1) Lamps are lit at dusk.
(2) Towers are tall:
(a) on rocks;
(b) on hills.
(3) Boats float.
Article 2
(1) {}
(2) Ropes are checked.
Article 3
(1) Dogs stay outside.
(2) Nets are mended.
Article 4
A single sentence fills this one.
"""


def refers(held: ClauseSet) -> dict[str, list[str]]:
    """Ref → refs of what the clause refers to, where it refers to anything."""
    citations = {s.document.id: act_citations(s) for s in held.segmentations}
    found = references(held.clauses, held.by_ref, citations)
    refs = [one.provision.ref for one in held.clauses]
    return {
        refs[one.index]: [refs[other] for other in found[one.index]]
        for one in held.clauses
        if found[one.index]
    }


def cited(sentence: str) -> list[str]:
    """What the first paragraph of Article 2 refers to; no other clause refers to anything."""
    found = refers(lighthouse.clauses(REST.format(sentence)))
    assert found.keys() <= {"2(1)"}
    return found.get("2(1)", [])


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The keeper follows Article 1(2) here.", ["1(2)"]),
        ("The keeper follows Article 1(2), point (b), here.", ["1(2)(b)"]),
        ("The keeper follows point (a) of Article 1(2) here.", ["1(2)(a)"]),
        ("Under paragraph 2 of this Article he rests.", ["2(2)"]),
        ("Under paragraph 2 he rests.", ["2(2)"]),
        # An article cited whole stands for its paragraphs, not for their points.
        ("Article 1 of this Act is followed.", ["1(1)", "1(2)", "1(3)"]),
        ("Article 4 of this Act is followed.", ["4(1)"]),
        ("Articles 1 and 3 of this Act are followed.", ["1(1)", "1(2)", "1(3)", "3(1)", "3(2)"]),
        # A place that is not there leads to what would hold it.
        ("Article 1(2), point (x), is followed.", ["1(2)"]),
        ("Article 1(9) is followed.", ["1(1)", "1(2)", "1(3)"]),
        ("Article 9 of this Act is followed.", []),
        # In the order cited, each once.
        ("Article 3(2) and Article 1(1) and then Article 3(2) are followed.", ["3(2)", "1(1)"]),
        # Never itself, nor another act.
        ("Article 2(1) is what this is.", []),
        ("Article 2 of this Act is followed.", ["2(2)"]),
        ("Article 1(2) of the Boat Act is followed.", []),
        ("Article 1(2) of Regulation (EU) 2019/881 is followed.", []),
        ("The keeper follows nothing.", []),
    ],
)
def test_what_is_cited(sentence: str, wanted: list[str]) -> None:
    assert cited(sentence) == wanted


@pytest.mark.parametrize("lines", [11, 12])
def test_whoever_cites_a_dozen_refers_to_none(lines: int) -> None:
    listed = "".join(f"({number}) Line {number}.\n" for number in range(1, lines + 1))
    text = REST.format("Article 5 of this Act is followed.") + f"Article 5\n{listed}"
    wanted = {"2(1)": [f"5({number})" for number in range(1, lines + 1)]} if lines < 12 else {}
    assert refers(lighthouse.clauses(text)) == wanted


def test_what_a_point_cites_its_paragraph_cites_too() -> None:
    lines = "Followed are:\n(a) Article 1(1) by day;\n(b) Article 3(2) by night."
    assert refers(lighthouse.clauses(REST.format(lines))) == {
        "2(1)": ["1(1)", "3(2)"], "2(1)(a)": ["1(1)"], "2(1)(b)": ["3(2)"],
    }  # fmt: skip


def test_this_article_is_the_one_in_which_the_words_stand() -> None:
    text = REST.format("Rest.").replace("Dogs stay outside", "Paragraph 2 of this Article counts")
    assert refers(lighthouse.clauses(text)) == {"3(1)": ["3(2)"]}


def test_each_act_refers_to_itself() -> None:
    first = REST.format("Article 1(2) is followed.")
    second = REST.format("Article 3(1) is followed.")
    acts = [lighthouse.cut(first, name="one.txt"), lighthouse.cut(second, name="two.txt")]
    both = clause_set(acts, [analyser("en")] * 2)
    found = references(
        both.clauses, both.by_ref, {s.document.id: act_citations(s) for s in both.segmentations}
    )
    assert found[clause(both, "2(1)", "one").index] == (clause(both, "1(2)", "one").index,)
    assert found[clause(both, "2(1)", "two").index] == (clause(both, "3(1)", "two").index,)


def test_the_space_of_terms_knows_them() -> None:
    space = lighthouse.space(REST.format("Article 1(2), point (b), is followed."))
    assert space.references[clause(space, "2(1)").index] == (clause(space, "1(2)(b)").index,)
    assert sum(map(len, space.references)) == 1
