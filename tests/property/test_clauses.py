"""Which clauses share their words, on acts of any shape."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nis2_align.languages import Language, language, language_codes
from nis2_align.match.clauses import ClauseSet, clause_set
from nis2_align.resources import corpus_dir
from nis2_align.segment import segment
from nis2_align.text.analyse import analyser
from tests.segment_guarantees import document


def by_pairs(held: ClauseSet, index: int) -> set[int]:
    """What ``overlapping`` means: the clauses inside this one, and those that it lies in."""
    one = held.clauses[index]
    return {
        other.index for other in held.clauses if held.within(one, other) or held.within(other, one)
    }


def assert_overlapping(held: ClauseSet) -> None:
    for one in held.clauses:
        assert held.overlapping(one.index) == by_pairs(held, one.index), one.provision.ref


@st.composite
def acts(draw: st.DrawFn, pack: Language) -> str:
    """Articles with paragraphs, points and points of points; annexes with rows."""
    lines: list[str] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        lines.append(f"{pack.structure.article[0]} {number}")
        for paragraph in range(1, draw(st.integers(0, 3)) + 1):
            lines.append(f"({paragraph}) Lorem ipsum:")
            for point in "abc"[: draw(st.integers(0, 3))]:
                lines.append(f"({point}) dolor sit:")
                depth = draw(st.integers(0, 3))
                lines += [f"({'i' * (n + 1)}) amet;" for n in range(depth)]
                lines += ["– dash;"] * draw(st.integers(0, 2))
        lines.append(draw(st.sampled_from(["", "Free words.", "1. one", "2) two", "a) three"])))
    for number in range(1, draw(st.integers(0, 2)) + 1):
        lines.append(f"{pack.structure.annex[0].upper()} {number}")
        lines += [f"{row}. row" for row in range(1, draw(st.integers(0, 3)) + 1)]
        lines += ["(a) part"] * draw(st.integers(0, 1))
    return "\n".join(lines)


@pytest.mark.parametrize("code", language_codes())
@settings(max_examples=40)
@given(data=st.data())
def test_overlapping_is_what_lies_within(code: str, data: st.DataObject) -> None:
    pack = language(code)
    texts = data.draw(st.lists(acts(pack), min_size=1, max_size=2))
    cut = [segment(document(text, f"{n}.txt"), pack) for n, text in enumerate(texts)]
    assert_overlapping(clause_set(cut, [analyser(code)] * len(cut)))


@cache
def _sample() -> ClauseSet:
    text = (corpus_dir() / "samples" / "valdoria_draft.txt").read_text(encoding="utf-8")
    return clause_set([segment(document(text), language("en"))], [analyser("en")])


def test_overlapping_in_the_sample() -> None:
    held = _sample()
    assert_overlapping(held)
    assert max(len(held.overlapping(one.index)) for one in held.clauses) > 20
    assert any(len(held.overlapping(one.index)) == 1 for one in held.clauses)


LAWS = {"rs_zib_2025.txt": "sr", "hr_zks_2024.txt": "hr"}


@pytest.mark.parametrize("name", LAWS)
def test_overlapping_in_a_law(shared: Path, name: str) -> None:
    text = (shared / "laws" / name).read_text(encoding="utf-8")
    code = LAWS[name]
    assert_overlapping(clause_set([segment(document(text), language(code))], [analyser(code)]))
