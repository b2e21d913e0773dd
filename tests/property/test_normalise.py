"""Normalisation, which turns runs of letters at once, against the same thing letter by letter."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nis2_align.text import normalise as module
from nis2_align.text.normalise import normalise

# What a letter stands for; which letters of a mixed word are read otherwise, and which spaces
# belong to a spaced-out word, is found on the whole text in both.
LETTERS = module._letters()
COMBINING = module._COMBINING


def by_letters(source: str) -> tuple[str, list[int], list[int]]:
    """The normalised text with the beginning and the end of each letter's source."""
    other, spaces = module._one_script(source), module._spaced(source)
    text, starts, ends = "", [], []
    position = 0
    while position < len(source):
        letter = other.get(position, source[position])
        following = source[position + 1 : position + 2]
        after = position + 1
        if (letter, following) in COMBINING:
            latin, after = COMBINING[letter, following], position + 2
        else:
            latin = LETTERS.get(letter, letter)
            if len(latin) == 2 and latin[0].isupper() and following.isupper():
                latin = latin.upper()
        if after in spaces:
            after += 1
        text += latin
        starts += [position] * len(latin)
        ends += [after] * len(latin)
        position = after
    return text, [*starts, len(source)], ends


CYRILLIC = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШЃЌЅЀЍ"
ALIKE = "ABESJKMHOPCTXYaesjopcxyk" + "АВЕЅЈКМНОРСТХУаеѕјорсхук" + "Ii"
MARKED = "cszeCSZE" + "сеСЕ"
MARKS = "\u030c\u0301\u0308\u0327\u0300"
DOUBLE = "ЉЊЏЅљњџѕ" + "ǉǌǆǈǋǅǇǊǄ"
ODD = "\u00ad\u200b\ufeff\u00a0\u2007\u202f„“”»«’‘\n\t-.,1 "

letter = st.sampled_from(CYRILLIC + CYRILLIC.lower() + ALIKE + DOUBLE + "čćžšđžQWZqwz")
typed = st.tuples(st.sampled_from(MARKED), st.sampled_from(MARKS)).map("".join)
word = st.lists(letter | typed | st.sampled_from(ODD), max_size=8).map("".join)
spaced = st.lists(letter | typed, min_size=3, max_size=7).map(" ".join)
mixed = st.text(st.sampled_from(ALIKE + DOUBLE + MARKS), max_size=8)
texts = st.lists(word | spaced | mixed | st.text(max_size=5), max_size=8).flatmap(
    lambda parts: st.sampled_from([" ", "", "  ", "\n"]).map(lambda between: between.join(parts))
)


@settings(max_examples=600)
@given(source=texts)
@example(source="")
@example(source="Č l a n 5")
@example(source="C\u030c l a n 5")
@example(source="З А К О Н о сајбер")
@example(source="Љ У Б А В љ у б а в ЉУБАВ Љубав")
@example(source="Љ ЉЉ Џ\u00ad" + "Џ ЏЕП Њ")
@example(source="c\u030cc\u0301lan s\u030c\u030c e\u0308 c\u0327")
@example(source="с\u030c" + "лужба C" + "лужба чл" + "e" + "н с" + "lan с" + "\u030clan")
def test_it_is_what_it_would_be_letter_by_letter(source: str) -> None:
    found = normalise(source)
    text, starts, ends = by_letters(source)
    assert found.text == text
    assert list(found.starts) == starts
    assert list(found.ends) == ends


@settings(max_examples=300)
@given(source=texts)
def test_offsets_rise_and_leave_nothing_out_but_what_is_dropped(source: str) -> None:
    found = normalise(source)
    starts, ends = list(found.starts), list(found.ends)
    assert len(starts) == len(found.text) + 1 and len(ends) == len(found.text)
    assert all(one <= other for one, other in pairwise(starts))
    assert all(one <= other for one, other in pairwise(ends))
    assert all(start < end for start, end in zip(starts, ends, strict=False))
    assert starts[-1] == len(source)
    # Each piece ends where the next begins, but for marks that print nothing.
    gaps = {(end, start) for end, start in zip(ends, starts[1:], strict=True) if end < start}
    dropped = {source[place] for end, start in gaps for place in range(end, start)}
    assert dropped <= module._DROPPED


@pytest.mark.parametrize("name", ["rs_zib_2025.txt", "hr_zks_2024.txt"])
def test_a_whole_law_reads_the_same(shared: Path, name: str) -> None:
    source = (shared / "laws" / name).read_text(encoding="utf-8")[:60_000]
    found = normalise(source)
    assert (found.text, list(found.starts), list(found.ends)) == by_letters(source)
