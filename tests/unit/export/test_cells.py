import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.export.cells import CELL_LIMIT, LINES, cell, fit, lines_of, row_height, shorten

RUN = "=+-@\t\r＝＋－＠"


@pytest.mark.parametrize("sign", list(RUN))
def test_text_that_begins_like_a_formula_is_marked_and_stays_readable(sign):
    made = cell(f"{sign}SUM(1)")
    assert made.startswith("'")
    assert made.endswith("SUM(1)")


@pytest.mark.parametrize("text", ["  =1+1", "\x00=1+1", "\n=1+1", "\x1b@x"])
def test_what_stands_before_the_sign_does_not_hide_it(text):
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["21(2)(j)", "Члан 2. (2)", "– цртица", "a=b", "", "1)"])
def test_other_text_stays_as_it_is(text):
    assert cell(text) == text


def test_control_characters_go_and_line_ends_stay():
    assert cell("a\x00b\x0bc\x7fd\ud800e\ufffef\u202eg\r\nh\ri") == "abcdefg\nh\ni"


@given(st.text())
def test_no_text_leaves_as_a_formula(text):
    made = cell(text)
    assert not made.lstrip()[:1] or made.lstrip()[0] not in RUN
    assert not any(ord(char) < 32 and char not in "\n\t" for char in made)


@pytest.mark.parametrize("char", ["a", "ш", "😀"])
def test_a_cell_keeps_within_the_limit_of_the_format(char):
    made = cell(char * 40_000)
    assert len(made.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert len(made.encode("utf-16-le")) // 2 > CELL_LIMIT - 4
    assert made.endswith("[…]")
    exact = "a" * CELL_LIMIT
    assert cell(exact) == exact


def test_the_mark_of_a_formula_counts_towards_the_limit():
    assert len(cell("=" + "a" * CELL_LIMIT)) <= CELL_LIMIT


def test_shortening_cuts_between_words():
    assert shorten("one two three", 8) == "one two […]"
    assert shorten("one  two\nthree", 20) == "one two three"
    assert shorten("a" * 30, 10) == "a" * 10 + " […]"


def test_more_text_or_a_narrower_column_takes_more_lines():
    text = "duty of care " * 20
    assert lines_of("", 20) == lines_of("word", 20) == 1
    assert lines_of("a\nb\nc", 20) == 3
    assert lines_of(text, 20) > lines_of(text, 60) > 1
    assert lines_of("x" * 400, 20) > 10  # one long word is broken
    assert lines_of("Ш" * 200, 20) > lines_of("i" * 200, 20)


def test_a_row_is_as_tall_as_its_longest_cell():
    short, long = ("word", 20.0), ("word " * 60, 20.0)
    assert row_height([short, long]) == row_height([long]) > row_height([short])
    assert row_height([]) == row_height([short])
    assert row_height([("word " * 9_000, 10.0)]) == 409


def test_pieces_that_fit_stay_whole_and_others_are_cut_evenly():
    assert fit(["a  b", "c"], 20) == "a b\nc"
    assert fit([], 20) == ""
    cut = fit(["word " * 400, "other " * 400], 62)
    assert lines_of(cut, 62) <= LINES
    assert cut.count("[…]") == 2
    assert "word" in cut and "other" in cut


def test_too_many_pieces_give_way_and_say_how_many():
    cut = fit([f"piece {number}" for number in range(100)], 30)
    assert lines_of(cut, 30) <= LINES
    kept = cut.splitlines()
    assert kept[-1] == f"[… +{100 - len(kept) + 1}]"


@given(st.lists(st.text(max_size=300), max_size=40), st.sampled_from([11.0, 34.0, 62.0]))
def test_whatever_is_fitted_fits(pieces, width):
    text = fit(pieces, width)
    assert lines_of(text, width) <= LINES or len(pieces) == 1
