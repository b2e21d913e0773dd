"""Marks, colours, words, and text of acts in Markdown."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nis2_align.match.blend import weights
from nis2_align.messages import available, messages
from nis2_align.pipeline import STAGES
from nis2_align.ui.waterfalls import apportioned
from nis2_align.ui.words import COLOURS, NO_STATEMENT, STANDINGS, plain, standing_name

SIGNS = st.text(st.sampled_from("*_`#<>[](){}$:~|\\!-+.=&/@'\" \t\nab1ww ж"), max_size=40)


@given(SIGNS)
def test_plain_text_stays_as_it_is(text):
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(plain(text)).strip()
    flat = " ".join(text.split())
    assert shown.replace("\u2060", "") == (f"<p>{escape(flat, quote=False)}</p>" if flat else "").replace('"', "&quot;")  # fmt: skip # noqa: E501


@pytest.mark.parametrize(
    "text", [":smile:", "a :red[b] :+1: c", ":material/home:", "->", "<-", "--", ">=", "<=", "~="]
)
def test_plain_text_holds_no_symbol_name(text):
    bare = plain(text).replace("\\", "")
    assert not re.search(r":[\w+/-]+:|->|<-|--|[<>~]=", bare)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lines = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * lines[0] + 0.7152 * lines[1] + 0.0722 * lines[2]


@pytest.mark.parametrize("standing", STANDINGS)
def test_white_words_can_be_read_on_every_colour(standing):
    assert 1.05 / (luminance(COLOURS[standing]) + 0.05) >= 4.5


@pytest.mark.parametrize("language", available())
def test_every_standing_stage_and_signal_has_words(language):
    say = messages(language)
    names = [standing_name(key, say) for key in STANDINGS]
    assert len(set(names)) == len({name.split(" ")[0] for name in names}) == len(STANDINGS)
    assert {f"ui_stage_{stage}" for stage in STAGES} <= say.texts.keys()
    signals = [name for name, weight in weights().signals.items() if weight]
    assert {f"ui_signal_{name}" for name in signals} <= say.texts.keys()
    assert say.text("ui_no_statement") in standing_name(NO_STATEMENT, say)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=12))
def test_contributions_shown_add_up_to_the_score_shown(shares):
    shown, total = apportioned(shares, sum(shares))
    assert sum(round(float(share) * 1000) for share in shown) == round(float(total) * 1000)
    assert all(abs(float(s) - share) <= 0.0011 for s, share in zip(shown, shares, strict=True))
