"""Which provision of an earlier draft a later one comes from."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nis2_align.compare.provisions import Step, changes, share_kept
from nis2_align.languages import language
from nis2_align.model import Document
from nis2_align.segment import segment

ARTICLES = (
    "Lamps\n(1) The keeper of a lighthouse keeps the lamp burning from dusk to dawn.\n"
    "(2) The lamp is cleaned every morning before the keeper goes to sleep.",
    "Oil\n(1) Oil is stored in a dry cellar away from the stairs.\n"
    "(2) The keeper counts the barrels on the first day of each month.",
    "Ships\n(1) A ship in distress is reported to the harbour office within 24 hours.\n"
    "(2) The report names the ship, its flag and its crew.",
    "Birds\n(1) Gulls may rest on the railing but not on the glass.",
)


def cut(*articles):
    text = "".join(f"Article {number}\n{words}\n" for number, words in enumerate(articles, start=1))
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id="lamps", name="lamps.txt", text=text, format="text", sha256=digest, text_sha256=digest
    )
    return segment(document, language("en"))


def steps(before, after):
    return {
        (one.before and one.before.clause.ref, one.after and one.after.clause.ref): one.step
        for one in changes([before], [after])
        if one.step is not Step.SAME
    }


def test_a_new_article_renumbers_the_rest_and_changes_nothing_else():
    new = "Fog\n(1) In fog the keeper sounds the horn twice a minute."
    found = steps(cut(*ARTICLES), cut(ARTICLES[0], new, *ARTICLES[1:]))
    assert {key for key, step in found.items() if step is Step.ADDED} == {
        (None, "2"), (None, "2(1)")
    }  # fmt: skip
    assert found["2(1)", "3(1)"] is Step.RENUMBERED
    assert set(found.values()) == {Step.ADDED, Step.RENUMBERED}


def test_an_article_that_moved_is_found_again():
    found = steps(cut(*ARTICLES), cut(ARTICLES[3], *ARTICLES[:3]))
    assert found["4(1)", "1(1)"] is Step.RENUMBERED
    assert set(found.values()) == {Step.RENUMBERED}


def test_a_weakened_clause_is_changed_across_renumbering():
    weaker = ARTICLES[2].replace("is reported", "may be reported").replace("24", "72")
    found = changes([cut(*ARTICLES)], [cut(ARTICLES[0], weaker, ARTICLES[3])])
    one = next(one for one in found if one.step is Step.CHANGED)
    assert (one.before.clause.ref, one.after.clause.ref) == ("3(1)", "2(1)")
    assert 0.7 < one.alike < 1
    marked = [[piece.text for piece in side if piece.marked] for side in one.words()]
    assert marked == [["is", "24"], ["may be", "72"]]
    gone = [one.before.clause.ref for one in found if one.step is Step.REMOVED]
    assert gone == ["2", "2(1)", "2(2)"]


def test_a_rewritten_clause_is_known_by_its_place():
    rewritten = ARTICLES[1].replace(
        "The keeper counts the barrels on the first day of each month.",
        "The barrels are counted by two clerks on the first working day of each quarter.",
    )
    found = steps(cut(*ARTICLES), cut(ARTICLES[0], rewritten, *ARTICLES[2:]))
    assert found == {("2(2)", "2(2)"): Step.CHANGED}


def test_what_has_nothing_in_common_is_no_pair():
    found = changes([cut(*ARTICLES[:2])], [cut("Tax\n(1) Beer duty falls due in autumn.")])
    assert {one.step for one in found} == {Step.ADDED, Step.REMOVED}
    assert share_kept(found) == 0


def test_removed_provisions_stand_where_they_stood():
    found = changes([cut(*ARTICLES)], [cut(ARTICLES[0], ARTICLES[2], ARTICLES[3])])
    order = [(one.before or one.after).words.split("\n")[0] for one in found]
    assert order.index("Lamps") < order.index("Oil") < order.index("Ships")
    assert share_kept(found) == 1


@pytest.mark.parametrize("words", ["čuvar svetionika vodi dnevnik", "ruaj dritën"])
def test_two_scripts_of_one_text_are_the_same(words):
    latin = cut(f"Dnevnik\n(1) {words}.", ARTICLES[0])
    other = cut(f"Dnevnik\n(1) {words}.".upper(), ARTICLES[0])
    assert not steps(latin, other)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(ARTICLES), max_size=6),
    st.lists(st.sampled_from(ARTICLES), max_size=6),
)
def test_every_provision_is_on_one_side_of_one_pair(one, two):
    before, after = cut(*ARTICLES[:1], *one), cut(*ARTICLES[:1], *two)
    found = changes([before], [after])
    for side, whole in (("before", before), ("after", after)):
        refs = [getattr(each, side).clause.ref for each in found if getattr(each, side)]
        assert len(refs) == len(set(refs))
        assert set(refs) == {each.ref for each in whole.provisions if each.own or each.heading}
    # Seen from the other side, what was added is removed.
    back = changes([after], [before])
    assert sum(each.before is None for each in found) == sum(each.after is None for each in back)
    assert sum(each.after is None for each in found) == sum(each.before is None for each in back)
