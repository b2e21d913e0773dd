"""The guarantees of segmentation on acts made up of the keywords of each language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nis2_align.errors import NoArticlesError
from nis2_align.languages import Language, language, language_codes
from nis2_align.segment import segment
from tests.segment_guarantees import document, faults

_FREE = (
    "",
    "   ",
    "\u00ad",
    "\ufeff# Title",
    "\u200b",
    "<!-- note -->",
    "a | b | c",
    "1 | x",
    "I.",
)
_MARKS = (
    "(1)", "(2)", "1)", "2)", "1.", "2.", "1.1.", "1.2.", "a)", "(a)", "(i)", "(ii)", "б)", "A)",
    "II.", "–", "-", "•", "12. 5. 2024.", "(2a)",
)  # fmt: skip
_TEXTS = (
    "Something is done.", "something goes on", "It covers:", "NASLOV DIJELA", "Kratak naslov",
    "(u daljem tekstu", "Предмет", "он ради: 1. прво 2. друго 3. треће", "x: a) one b) two",
    '"Quoted', 'end."', "vrlo dugo " * 30, "E.g.", ".",
)  # fmt: skip


def _keywords(pack: Language) -> list[str]:
    words = pack.structure
    parts = [f"{word} {number}" for word in words.article for number in ("1", "2.", "3a", "12-b.")]
    parts += [f"{word.upper()} {number}" for word in words.chapter for number in ("I.", "II", "3")]
    parts += [f"{word.upper()} I. SEKTORI" for word in words.annex]
    parts += [*words.annex, *words.closing, *(f"{word} 2" for word in words.annex)]
    return parts


def _acts(pack: Language) -> st.SearchStrategy[str]:
    piece = st.sampled_from([*_keywords(pack), *_FREE, *_MARKS, *_TEXTS])
    line = st.lists(piece, min_size=1, max_size=4).map(" ".join)
    return st.lists(line, min_size=1, max_size=30).map("\n".join)


@pytest.mark.parametrize("code", language_codes())
@settings(max_examples=150)
@given(data=st.data())
def test_every_guarantee_holds_on_any_text(code: str, data: st.DataObject) -> None:
    pack = language(code)
    text = f"{pack.structure.article[0]} 1\n" + data.draw(_acts(pack))
    assert faults(segment(document(text), pack)) == []


@settings(max_examples=100)
@given(text=st.text(max_size=200))
def test_a_text_is_cut_or_refused(text: str) -> None:
    pack = language("en")
    try:
        assert faults(segment(document(text), pack)) == []
    except NoArticlesError as error:
        assert error.what and error.remedy
