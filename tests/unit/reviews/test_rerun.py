"""The whole way: decide on a draft, change the draft, analyse it again, and look."""

import re

import pytest

from nis2_align.pipeline import run_documents
from nis2_align.read import read
from nis2_align.reviews import apply, decide, find_dossier, open_reviews, prints, recognised
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
    path, found = tmp_path / "reviews.sqlite", prints(result)
    with open_reviews(path) as reviews:
        reviews.record(
            *(
                decide(
                    result, item.requirement, dossier="Ostrvo", grade=item.coverage, who="Ana",
                    found=found,
                )
                for item in result.assessments
            )
        )  # fmt: skip
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


def resting_on(result, ref):
    return {
        item.requirement
        for item in result.assessments
        if any(match.ref == ref for match in item.provisions)
    }


def test_a_weakened_clause_makes_stale_what_rests_on_it_and_nothing_else(decided):
    code, text, path = decided
    before = resting_on(analysed(text, code), "5(1)")
    assert "23(4)(a)" in before
    result = rerun(path, renumbered(text.replace(*WEAKENED[code]), code), code)
    held = {item.requirement: item.review for item in result.assessments}
    assert held["23(4)(a)"].who == "Ana"
    assert before <= stale(result)
    # Others may be stale only because the tool's verdict moved onto the clause as it reads now.
    assert stale(result) - before <= resting_on(result, "6(1)")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "head"),
    [("laws/hr_zks_2024.txt", r"^Članak {}\.$"), ("drafts/cnr_draft.txt", r"^.+\nČlan {}$")],
)
def test_renumbering_a_real_act_makes_nothing_stale(shared, path, head):
    text = (shared / path).read_text(encoding="utf-8")
    place = re.search(head.format(5), text, re.MULTILINE)
    number = re.compile(head.format(r"(\d+)"), re.MULTILINE)
    moved = number.sub(
        lambda m: re.sub(r"\d+(?=\.?$)", str(int(m[1]) + 1), m.group()), text[place.start() :]
    )
    later = f"{text[: place.start()]}{place.group()}\nBrodovi plove morem.\n{moved}"
    before, after = (
        run_documents([read(draft.encode(), name="act.txt")]) for draft in (text, later)
    )
    assert before.acts[0].articles + 1 == after.acts[0].articles
    found = prints(before)
    held = [
        decide(before, item.requirement, dossier="a", grade=None, who="Ana", found=found)
        for item in before.assessments
    ]
    assert recognised(after, held) == "a"
    assert stale(apply(after, held)) == set()
