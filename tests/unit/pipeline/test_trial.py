"""A clause tried in an act: graded by the pipeline itself, nothing else touched."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from nis2_align.alignment import Alignment
from nis2_align.drafting import LONGEST, clause_lines, with_clause
from nis2_align.errors import Nis2AlignError, UnknownRequirementError
from nis2_align.model import Hint, Page, Span
from nis2_align.pipeline import run_documents
from nis2_align.trial import Trial, find_provision
from tests.unit.pipeline.mini_laws import ENGLISH, analysed

_TRAINING = next(line for line in ENGLISH.splitlines() if "shall attend training" in line)
WITHOUT = ENGLISH.replace(f"{_TRAINING}\n", "")
ASKED = "20(2)"


@cache
def tried(text: str = _TRAINING, after: str = "3(1)") -> Trial:
    return Alignment(analysed(WITHOUT, "en")).try_clause(ASKED, text, after, others=True)


def test_a_clause_that_was_cut_out_closes_its_gap_when_it_is_tried() -> None:
    whole = {one.requirement: one for one in analysed(ENGLISH, "en").assessments}
    trial = tried()
    assert trial.before is not trial.coverage
    assert trial.coverage is whole[ASKED].coverage
    assert [one.state for one in trial.elements] == [one.state for one in whole[ASKED].elements]
    assert trial.gaps == whole[ASKED].gaps
    assert trial.refs == ("3(2)",)
    assert trial.counts


def test_a_clause_of_something_else_closes_nothing() -> None:
    trial = tried("(2) Lamps are lit at dusk.")
    assert trial.coverage is trial.before
    assert not trial.counts


def test_what_else_changes_is_what_the_pipeline_says() -> None:
    before = {one.requirement: one.coverage for one in analysed(WITHOUT, "en").assessments}
    after = {one.requirement: one.coverage for one in analysed(ENGLISH, "en").assessments}
    others = tried().others
    assert others is not None
    assert {one.requirement: one.after for one in others} == {
        id_: coverage for id_, coverage in after.items() if id_ != ASKED and before[id_] != coverage
    }


def test_what_else_changes_is_not_known_until_it_is_asked_for() -> None:
    trial = Alignment(analysed(WITHOUT, "en")).try_clause(ASKED, _TRAINING, "3(1)")
    assert trial.others is None
    assert replace(trial, others=tried().others) == tried()


def test_the_act_stays_as_it_is() -> None:
    result = analysed(WITHOUT, "en")
    tried()
    assert result.segmentations[0].document.text == WITHOUT
    assert _TRAINING not in WITHOUT


def test_the_words_are_those_of_the_result() -> None:
    held = analysed(WITHOUT, "en")
    croatian = run_documents([held.segmentations[0].document], language="en", words="hr")
    trial = Alignment(croatian).try_clause(ASKED, "(2) Lamps.", "3(1)")
    assert trial.gaps == next(one.gaps for one in croatian.assessments if one.requirement == ASKED)


@pytest.mark.parametrize("text", ["", " \n\t", "—", "1.", "a" * (LONGEST + 1)])
def test_what_is_no_clause_is_refused(text: str) -> None:
    with pytest.raises(Nis2AlignError):
        clause_lines(text)


def test_unknown_places_are_refused_before_the_work() -> None:
    alignment = Alignment(analysed(WITHOUT, "en"))
    for requirement, ref, act in (("99(9)", "3(1)", None), (ASKED, "77", None), (ASKED, "3", "x")):
        with pytest.raises(UnknownRequirementError):
            alignment.try_clause(requirement, "Lamps.", ref, act)


def test_pages_and_hints_move_along_and_still_cut_the_same_words() -> None:
    result = analysed(WITHOUT, "en")
    cut, provision = find_provision(result, "3(1)")
    text = cut.document.text
    at = text.index("\n", provision.span.end) + 1
    head = Span(start=text.index("Article 4"), end=text.index("Article 4") + len("Article 4\n"))
    document = replace(
        cut.document,
        pages=(
            Page(number=1, span=Span(start=0, end=at)),
            Page(number=2, span=Span(start=at, end=len(text))),
        ),
        hints=(Hint(kind="heading", span=Span(start=0, end=9), level=1),
               Hint(kind="heading", span=head, level=1)),
    )  # fmt: skip
    edited = with_clause(document, provision, ("One", "two <&>"))
    new = edited.document
    assert edited.span.of(new.text) == "One\ntwo <&>"
    assert new.text.replace("One\ntwo <&>\n", "") == text
    assert [hint.span.of(new.text) for hint in new.hints] == [text[:9], "Article 4\n"]
    assert [page.span.of(new.text) for page in new.pages] == [
        text[:at] + "One\ntwo <&>\n", text[at:],
    ]  # fmt: skip
    assert new.text_sha256 != document.text_sha256
