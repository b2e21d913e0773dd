"""A candidate for gold-plating on its way from one small law to the JSON, in two languages."""

from __future__ import annotations

import json

import pytest

from nis2_align.concordance import reverse
from nis2_align.export.json import to_json
from nis2_align.messages import messages
from nis2_align.model import Coverage
from tests.unit.pipeline.mini_laws import LAWS, analysed

HALF = {"en": ("24 hours", "12 hours"), "sr": ("24 časa", "12 časova")}


@pytest.mark.parametrize("code", LAWS)
def test_an_early_warning_in_twelve_hours_is_a_candidate(code: str) -> None:
    result = analysed(LAWS[code].replace(*HALF[code]), code)
    (entry,) = [entry for entry in reverse(result) if entry.gold_plating]
    (candidate,) = entry.gold_plating
    assert (entry.ref, entry.kind) == ("5(1)", "transposing")
    assert (candidate.requirement, candidate.kind) == ("23(4)(a)", "figure")
    assert "24" in str(candidate.expected) and "12" in str(candidate.found)
    say = messages(code).text(
        "gold_plating_figure", expected=candidate.expected, found=candidate.found
    )
    assert candidate.message == say
    listed = {e["ref"]: e["gold_plating"] for e in json.loads(to_json(result))["reverse"]}
    assert [one["message"] for one in listed["5(1)"]] == [say]


@pytest.mark.parametrize("code", LAWS)
def test_the_longest_time_allowed_is_none(code: str) -> None:
    result = analysed(LAWS[code], code)
    assert [entry.ref for entry in reverse(result) if entry.gold_plating] == []


@pytest.mark.parametrize("code", LAWS)
def test_what_goes_beyond_is_graded_like_what_does_just_enough(code: str) -> None:
    grades = [
        {one.requirement: one.coverage for one in analysed(text, code).assessments}["23(4)(a)"]
        for text in (LAWS[code], LAWS[code].replace(*HALF[code]))
    ]
    assert grades == [Coverage.FULL, Coverage.FULL]
