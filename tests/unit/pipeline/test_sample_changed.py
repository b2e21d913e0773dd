"""The sample draft with words changed on purpose: what must follow in its assessments."""

from __future__ import annotations

import re

import pytest

from nis2_align.alignment import Alignment
from nis2_align.evaluate.gold import GoldRow
from nis2_align.evaluate.knockouts import edits, outcome
from nis2_align.model import Assessment, Coverage
from nis2_align.resources import corpus_dir
from tests.unit.pipeline.mini_laws import analysed

SAMPLE = corpus_dir() / "samples" / "valdoria_draft.txt"
# Requirement that is a definition → the item of Article 3(1) that defines its term.
DELETED = {
    "6(6)": '5. "incident" means', "6(8)": '8. "incident handling" means',
    "6(10)": '10. "cyber threat" means',
}  # fmt: skip
# Clauses that bind essential and important entities, and the same for the first alone.
WEAKENED = {
    "Essential and important entities shall report": "Essential entities shall report",
    "management body of an essential or important entity shall": (
        "management body of an essential entity shall"
    ),
}
# What these clauses transpose: of Article 32(1) and of Article 27(1).
LEFT_OUT = {"20(1)": "27(1)", "23(4)(b)": "32(1)(b)", "23(4)(c)": "32(1)(c)"}


def text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def changed() -> str:
    """Three definitions deleted, two duties bound to essential entities alone."""
    made = text()
    for beginning in DELETED.values():
        made, count = re.subn(rf"(?m)^{re.escape(beginning)} .*\n", "", made)
        assert count == 1, beginning
    for old, new in WEAKENED.items():
        assert made.count(old) == 1, old
        made = made.replace(old, new)
    return made


def assessed(words: str) -> dict[str, Assessment]:
    return {one.requirement: one for one in analysed(words, "en").assessments}


@pytest.mark.parametrize("id_", DELETED)
def test_a_deleted_definition_is_not_found(id_: str) -> None:
    """Though other definitions and duties go on using its term."""
    before, after = assessed(text())[id_], assessed(changed())[id_]
    assert before.coverage is Coverage.FULL
    assert [match.quote.startswith(DELETED[id_]) for match in before.provisions] == [True]
    assert (after.coverage, after.provisions) == (Coverage.NONE, ())
    assert {gap.kind for gap in after.gaps} == {"element"}


@pytest.mark.parametrize("id_", DELETED)
def test_who_uses_the_term_is_shown_with_the_reason(id_: str) -> None:
    why = assessed(changed())[id_].candidates[0].selected_by
    assert why == "uses the term but does not define it"


@pytest.mark.parametrize(("id_", "ref"), LEFT_OUT.items())
def test_a_duty_of_essential_entities_alone_leaves_the_important_ones_out(
    id_: str, ref: str
) -> None:
    before, after = assessed(text())[id_], assessed(changed())[id_]
    assert before.coverage is Coverage.FULL
    assert after.coverage is Coverage.PARTIAL
    assert ref in {match.ref for match in after.provisions}
    (gap,) = after.gaps
    assert (gap.kind, gap.found) == ("addressee", "essential entity")
    assert gap.expected == "essential entity, important entity"


def test_a_paragraph_of_its_own_closes_the_gap_of_a_point() -> None:
    """It stands outside the list that the directive has it in, in the same article."""
    words = "(9) The entity shall keep secured emergency communication systems."
    trial = Alignment(analysed(text(), "en")).try_clause("21(2)(j)", words, "25")
    assert (trial.before, trial.coverage) == (Coverage.PARTIAL, Coverage.FULL)
    assert trial.counts and trial.refs == ("25(9)",)
    other = Alignment(analysed(text(), "en")).try_clause("21(2)(i)", words, "25")
    assert not other.counts and other.coverage is other.before


def test_the_knock_out_of_a_definition_is_followed() -> None:
    labels = {"6(8)": GoldRow("6(8)", "full", ("3(1)(8)",), True, "")}
    result = analysed(text(), "en")
    (edit,) = edits(result, labels, "delete_all")
    ((span, instead),) = edit.changes
    assert span.of(text()).startswith(DELETED["6(8)"]) and instead == ""
    done = outcome(result, labels, edit)
    assert (done.before, done.became_none, done.followed) == (Coverage.FULL, True, True)


def test_other_definitions_keep_their_grades() -> None:
    before, after = assessed(text()), assessed(changed())
    others = [id_ for id_ in before if id_.startswith("6(") and id_ not in DELETED]
    assert len(others) > 35
    for id_ in others:
        assert after[id_].coverage is before[id_].coverage, id_


def test_most_other_grades_stand() -> None:
    """One clause may move a neighbour's grade; it must not move the table."""
    before, after = assessed(text()), assessed(changed())
    moved = {id_ for id_ in before if after[id_].coverage is not before[id_].coverage}
    assert DELETED.keys() | LEFT_OUT.keys() <= moved
    assert len(moved) <= 0.05 * len(before)


def test_no_provision_stands_twice_for_one_requirement() -> None:
    for one in (*assessed(text()).values(), *assessed(changed()).values()):
        cited = [(match.act, match.ref) for match in one.provisions]
        assert len(cited) == len(set(cited)), one.requirement
