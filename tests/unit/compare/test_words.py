"""Which words of two wordings differ."""

from hypothesis import given
from hypothesis import strategies as st

from nis2_align.compare.words import differences, words_of
from nis2_align.text.normalise import normalise

WORDS = st.lists(st.sampled_from(["lamp", "Keeper", "24", "сат", "čuvar", ",", "(a)", "\n"]))


def joined(pieces, marked=None):
    return "".join(one.text for one in pieces if marked in (None, one.marked))


def test_a_changed_figure_alone_is_set_off():
    before, after = differences(
        "The keeper reports within 24 hours.", "The keeper reports within 48 hours."
    )
    assert joined(before, True) == "24"
    assert joined(after, True) == "48"


def test_script_case_white_space_and_punctuation_are_no_difference():
    before, after = differences("Čuvar  prijavljuje: kvar", "ЧУВАР\nпријављује | квар")
    assert not joined(before, True)
    assert not joined(after, True)


def test_what_one_side_lacks_is_set_off_whole():
    assert joined(differences("", "A new, clear clause.")[1], True) == "A new, clear clause"
    assert differences("Gone.", "")[1] == ()


@given(WORDS, WORDS)
def test_the_pieces_are_the_texts_and_the_rest_reads_the_same(one, two):
    before, after = " ".join(one), " ".join(two)
    old, new = differences(before, after)
    assert (joined(old), joined(new)) == (before, after)
    same = [words_of(normalise(joined(side, False)).text) for side in (old, new)]
    assert same[0] == same[1]


@given(WORDS)
def test_a_text_does_not_differ_from_itself(one):
    text = " ".join(one)
    assert not any(piece.marked for side in differences(text, text) for piece in side)
