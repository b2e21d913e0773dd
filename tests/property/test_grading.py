"""What must hold of grades whatever the act: more clauses, other ids, another process or script."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.directive import (
    Directive,
    Requirement,
    Statements,
    load_directive,
    load_statements,
)
from nis2_align.export.json import to_json
from nis2_align.grade.assess import assess
from nis2_align.grade.elements import ElementVerdict, judge_element
from nis2_align.grade.rules import grade_rules
from nis2_align.grade.sightings import Sighter
from nis2_align.match.queries import queries
from nis2_align.match.terms import TermSpace
from nis2_align.messages import messages
from nis2_align.model import Assessment, Coverage, ElementState, Reason, Result
from nis2_align.pipeline import run
from nis2_align.resources import corpus_dir
from tests.unit.match import lighthouse
from tests.unit.pipeline.mini_laws import ENGLISH, SERBIAN, SHARED, analysed, latin_law, law

needs_shared = pytest.mark.skipif(
    not (SHARED / "laws").is_dir(), reason="needs ../shared (laws), which is not there"
)
SERBIA = "laws/rs_zib_2025.txt"


@cache
def sample() -> Result:
    return run([corpus_dir() / "samples" / "valdoria_draft.txt"])


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    """Outside the strategies, which must not do slow work of their own."""
    judging()


@cache
def judging() -> tuple[TermSpace, Sighter]:
    space = TermSpace(lighthouse.clauses(ENGLISH), queries("en"))
    return space, Sighter(space)


def _judged(row: int, place: int, columns: list[int]) -> ElementVerdict:
    space, sighter = judging()
    query = space.queries[row]
    held = [space.clauses.clauses[c] for c in columns]
    return judge_element(
        query.requirement, query.elements[place], held, sighter, grade_rules(), messages("en")
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, int, list[int], list[int]]:
    """An element, some clauses, and more clauses that come after them."""
    space, sighter = judging()
    row = draw(st.sampled_from([r for r, q in enumerate(space.queries) if q.elements]))
    place = draw(st.integers(0, len(space.queries[row].elements) - 1))
    every = range(len(space.clauses.clauses))
    element = space.queries[row].elements[place]
    # Mostly clauses that say something of the element: others cannot change anything.
    telling = [c for c in every if sighter.look(element, c) is not None] or list(every)
    columns = st.sampled_from(telling) | st.sampled_from(every)
    some = draw(st.lists(columns, min_size=1, max_size=4, unique=True))
    more = draw(st.lists(columns, max_size=5, unique=True))
    return row, place, some, [c for c in more if c not in some]


@given(case=cases(), first=st.booleans())
def test_more_clauses_never_turn_a_met_element_absent(
    case: tuple[int, int, list[int], list[int]], first: bool
) -> None:
    row, place, some, more = case
    before = _judged(row, place, some).result.state
    after = _judged(row, place, [*more, *some] if first else [*some, *more]).result.state
    if before is ElementState.MET:
        assert after in {ElementState.MET, ElementState.WEAKER}
    if before is not ElementState.ABSENT:
        assert after is not ElementState.ABSENT


@given(case=cases())
def test_more_clauses_never_show_less_of_an_element(
    case: tuple[int, int, list[int], list[int]],
) -> None:
    row, place, some, more = case
    space, sighter = judging()
    element = space.queries[row].elements[place]
    before, after = sighter.best(element, some), sighter.best(element, [*some, *more])
    if before is not None:
        assert after is not None and after.strength >= before.strength


@given(case=cases())
def test_a_strength_is_a_share_and_a_sighting_lies_in_its_clause(
    case: tuple[int, int, list[int], list[int]],
) -> None:
    row, place, some, _ = case
    space, sighter = judging()
    for column in some:
        seen = sighter.look(space.queries[row].elements[place], column)
        if seen is not None:
            first, last = space.clauses.clauses[column].body
            assert 0.0 <= seen.strength <= 1.0 + 1e-9
            assert seen.clause == column
            assert first <= seen.first < seen.last <= last


@given(case=cases())
def test_a_met_element_has_no_gap_and_a_weaker_one_has(
    case: tuple[int, int, list[int], list[int]],
) -> None:
    row, place, some, _ = case
    verdict = _judged(row, place, some)
    state = verdict.result.state
    lacking = state in {ElementState.ABSENT, ElementState.WEAKER}
    assert (verdict.gap is not None) is lacking
    assert bool(verdict.result.spans) is (state is not ElementState.ABSENT)


def _renamed(id_: str) -> str:
    """Another id of the same shape: 21(2)(j) → 121(52)(jq); annexes and unnumbered parts stay."""
    head, sign, name = id_.partition("#")
    article, bracket, parts = head.partition("(")
    number = str(int(article) + 100) if article.isdigit() else article
    moved = re.sub(
        r"\w+",
        lambda part: str(int(part[0]) + 50) if part[0].isdigit() else f"{part[0]}q",
        parts,
    )
    return f"{number}{bracket}{moved}{sign}{name}"


def _moved(requirement: Requirement) -> Requirement:
    return replace(
        requirement,
        id=_renamed(requirement.id),
        parent=None if requirement.parent is None else _renamed(requirement.parent),
        children=tuple(map(_renamed, reversed(requirement.children))),
        elements=tuple(replace(e, id=_renamed(e.id)) for e in requirement.elements),
    )


def _keys(texts: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {_renamed(key): value for key, value in texts.items()}


def _graded(directive: Directive, statements: Statements) -> dict[str, Assessment]:
    blend = lighthouse.blended(ENGLISH, lighthouse.asked(directive, statements))
    return {one.requirement: one for one in assess(directive, [blend], messages("en"))}


def _said(one: Assessment) -> tuple[object, ...]:
    return (
        one.coverage, one.reason, one.supported, [m.ref for m in one.provisions],
        [m.ref for m in one.candidates], [e.state for e in one.elements],
        [gap.kind for gap in one.gaps],
    )  # fmt: skip


def test_other_ids_in_another_order_change_no_grade() -> None:
    """Nothing may know a requirement by its id: all get others, the last comes first."""
    known = load_directive().requirements
    assert len({_renamed(id_) for id_ in known}) == len(known)
    moved = {_renamed(id_): _moved(one) for id_, one in reversed(known.items())}
    directive = Directive(requirements=MappingProxyType(moved), version="-")
    old = load_statements("en")
    statements = replace(
        old, headings=_keys(old.headings), says=_keys(old.says), elements=_keys(old.elements),
        delegated=_keys(old.delegated),
        defines=_keys(old.defines),
    )  # fmt: skip
    before = {one.requirement: one for one in analysed(ENGLISH, "en").assessments}
    after = _graded(directive, statements)
    assert len(after) == len(before)
    for id_, one in before.items():
        assert _said(after[_renamed(id_)]) == _said(one), id_
        assert after[_renamed(id_)].confidence == pytest.approx(one.confidence, abs=1e-3), id_


PROGRAM = """
import sys
from pathlib import Path
from nis2_align.export.json import to_json
from nis2_align.pipeline import run
sys.stdout.buffer.write(to_json(run([Path(sys.argv[1])], language="en")).encode())
"""


def test_the_same_input_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("1", "20")
    ]
    outputs = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert outputs[0] == outputs[1]
    assert outputs[0] == to_json(analysed(ENGLISH, "en")).encode()


@needs_shared
def test_both_scripts_of_one_law_give_the_same_table() -> None:
    cyrillic, latin = law(SERBIA), latin_law(SERBIA)
    assert (cyrillic.acts[0].script, latin.acts[0].script) == ("Cyrl", "Latn")
    assert cyrillic.acts[0].language == latin.acts[0].language == "sr"
    for one, other in zip(cyrillic.assessments, latin.assessments, strict=True):
        assert one.requirement == other.requirement
        assert _said(one) == _said(other), one.requirement


def _results() -> list[Result]:
    found = [sample(), analysed(ENGLISH, "en"), analysed(SERBIAN, "sr")]
    return [*found, law(SERBIA)] if (SHARED / "laws").is_dir() else found


def test_contributions_sum_to_the_score_end_to_end() -> None:
    for result in _results():
        matches = chain.from_iterable((*a.provisions, *a.candidates) for a in result.assessments)
        for match in matches:
            total = sum(evidence.contribution for evidence in match.evidence)
            assert abs(total - match.score) <= 1e-9, match.ref
            assert 0.0 < match.score < 1.0


def test_what_was_found_says_what_it_rests_on() -> None:
    """With all accepted clauses taken away: ``supported`` says whether the grade moved."""
    for result in _results():
        for one in result.assessments:
            found = one.coverage in {Coverage.FULL, Coverage.PARTIAL}
            if one.reason is Reason.CHAPEAU or not found:
                continue
            assert one.supported is not None, one.requirement
            everything = next(
                entry for entry in one.rests_on if len(entry.without) == len(one.provisions)
            )
            assert one.supported is (everything.coverage is not one.coverage), one.requirement


def test_every_quote_is_what_stands_there() -> None:
    for result in _results():
        texts = {s.document.id: s.document.text for s in result.segmentations}
        for one in result.assessments:
            for match in (*one.provisions, *one.candidates):
                assert match.quote == match.span.of(texts[match.act])
            for element in one.elements:
                for place in element.spans:
                    assert 0 <= place.span.start < place.span.end <= len(texts[place.act])


def test_nothing_accepted_means_nothing_claimed() -> None:
    for result in _results():
        for one in result.assessments:
            if one.coverage in {Coverage.NONE, Coverage.NOT_APPLICABLE}:
                assert one.provisions == (), one.requirement
            if one.coverage in {Coverage.FULL, Coverage.PARTIAL} and not one.elsewhere:
                assert one.provisions != (), one.requirement
            if one.coverage is Coverage.FULL and one.reason is None:
                assert {e.state for e in one.elements} <= {ElementState.MET}, one.requirement
                assert one.gaps == (), one.requirement
