"""The whole way: decide on a draft, change the draft, analyse it again, and look."""

import re

import pytest

from nis2_align.model import ClauseRef
from nis2_align.reviews import apply, decide, find_dossier, open_reviews
from tests.unit.pipeline.mini_laws import ENGLISH, SERBIAN, analysed

NEW = {
    "en": ("Article 2\nWords used", "Article 2\nBoats\n(1) A boat floats.\nArticle 3\nWords used"),
    "sr": ("Član 2.\nReči", "Član 2.\nČamci\n(1) Čamac pluta.\nČlan 3.\nReči"),
}
WEAKENED = {"en": ("within 24 hours", "within 48 hours"), "sr": ("24 časa", "48 časa")}


def renumbered(text, code):
    """The law with a new article in front of most others, which move by one."""
    old, new = NEW[code]
    before, after = text.split(old)
    word = {"en": r"(?m)^Article (\d+)$", "sr": r"(?m)^Član (\d+)\.$"}[code]
    moved = re.sub(word, lambda m: m.group().replace(m[1], str(int(m[1]) + 1)), after)
    return before + new + moved


@pytest.fixture(params=[("en", ENGLISH), ("sr", SERBIAN)], ids=["en", "sr"])
def decided(request, tmp_path):
    code, text = request.param
    result = analysed(text, code)
    path = tmp_path / "reviews.sqlite"
    with open_reviews(path) as reviews:
        for item in result.assessments:
            held = decide(
                result, item.requirement, dossier="Ostrvo", grade=item.coverage, who="Ana"
            )
            reviews.record(held)
    return code, text, path


def rerun(path, text, code):
    result = analysed(text, code)
    with open_reviews(path) as reviews:
        return apply(result, reviews.current(find_dossier(result, reviews)))


def stale(result):
    return {item.requirement for item in result.assessments if item.review.stale}


def test_the_same_draft_again_is_not_stale(decided):
    code, text, path = decided
    result = rerun(path, text, code)
    assert all(item.review for item in result.assessments)
    assert stale(result) == set()


def test_renumbering_alone_makes_nothing_stale(decided):
    code, text, path = decided
    result = rerun(path, renumbered(text, code), code)
    assert all(item.review for item in result.assessments)
    assert stale(result) == set()


def test_a_weakened_clause_makes_stale_what_rests_on_it_and_nothing_else(decided):
    code, text, path = decided
    before = analysed(text, code)
    clause = {"5(1)", "5"}
    rest = {
        item.requirement
        for item in before.assessments
        if any(ClauseRef(act=m.act, ref=m.ref).ref in clause for m in item.provisions)
    }
    assert "23(4)(a)" in rest
    result = rerun(path, renumbered(text.replace(*WEAKENED[code]), code), code)
    assert rest <= stale(result)
    decided_once = {item.requirement: item.review for item in result.assessments}
    assert decided_once["23(4)(a)"].who == "Ana"
    assert stale(result) - rest == set()
