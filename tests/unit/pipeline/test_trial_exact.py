"""A requirement tried by itself is graded as it is when the whole dossier is graded again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from nis2_align.directive import load_directive
from nis2_align.drafting import clause_lines, with_clause
from nis2_align.match.memory import Memory
from nis2_align.model import Assessment, ClauseRef, Result
from nis2_align.official import read_official
from nis2_align.pipeline import Progress, run
from nis2_align.resources import corpus_dir
from nis2_align.trial import _graded, find_provision, others_changed, remembered, try_clause
from tests.unit.pipeline.dossier_acts import by_id, bylaw, dossier, law
from tests.unit.pipeline.mini_laws import SHARED
from tests.unit.pipeline.test_dossiers import GERMAN, said_in

_DRAWN = 25
# One clause of many subjects, so that it moves scores everywhere.
_CLAUSE = """(9) "Beacon service" means a service by which a lamp is lit for others, and essential
entities shall notify the CSIRT of a significant incident within 48 hours.
(a) the competent authority may carry out inspections and impose a fine of EUR 20 000;
(b) multi-factor authentication and encryption shall be used, and staff shall attend training."""


@cache
def sample() -> Result:
    return run([corpus_dir() / "samples" / "valdoria_draft.pdf"])


def drawn() -> list[str]:
    """Requirements of every kind, the same in each run."""
    requirements = load_directive().requirements
    kinds: tuple[Callable[[str], bool], ...] = (
        lambda id_: id_.startswith("6("),
        lambda id_: id_.startswith("I"),
        lambda id_: requirements[id_].chapeau,
        lambda id_: requirements[id_].duty == "none",
        lambda id_: requirements[id_].duty == "option",
        lambda id_: any(element.figure for element in requirements[id_].elements),
    )
    chance = random.Random(2555)
    ids = {id_ for kind in kinds for id_ in chance.sample([i for i in requirements if kind(i)], 3)}
    rest = sorted(requirements.keys() - ids)
    return sorted({*ids, *chance.sample(rest, _DRAWN - len(ids))})


def whole(result: Result, text: str, after: ClauseRef) -> Result:
    """The whole dossier graded again with the clause."""
    cut, provision = find_provision(result, after.ref, after.act)
    return _graded(result, with_clause(cut.document, provision, clause_lines(text)), None, None)


def alone(one: Assessment) -> Assessment:
    """What can be said without all the others: no candidate for gold-plating."""
    return replace(one, gold_plating=())


def agree(result: Result, text: str, after: ClauseRef, requirements: list[str]) -> None:
    again, memory = by_id(whole(result, text, after)), Memory()
    for id_ in requirements:
        trial = try_clause(result, id_, text, after, memory=memory)
        assert trial.assessment == alone(again[id_]), id_
        assert trial.others is None


def test_requirements_of_every_kind_are_graded_as_among_all() -> None:
    ids = drawn()
    assert len(ids) == _DRAWN
    agree(sample(), _CLAUSE, ClauseRef(act="valdoria_draft", ref="21(1)"), ids)


def test_the_clause_moves_something_at_all() -> None:
    again = by_id(whole(sample(), _CLAUSE, ClauseRef(act="valdoria_draft", ref="21(1)")))
    before = by_id(sample())
    moved = [id_ for id_ in drawn() if again[id_].confidence != before[id_].confidence]
    assert len(moved) > _DRAWN / 2


def test_a_memory_changes_no_grade_and_holds_no_clause_for_long() -> None:
    result, after = sample(), ClauseRef(act="valdoria_draft", ref="21(1)")
    memory = remembered(result)
    # The second begins as the first does, and says something else.
    for text in (_CLAUSE, _CLAUSE.replace("a significant incident within 48 hours", "its lamps")):
        for id_ in ("23(1)", "23(4)(b)"):
            without = try_clause(result, id_, text, after)
            assert try_clause(result, id_, text, after, memory=memory) == without
    assert "its lamps" in repr(memory.__dict__)
    assert "significant incident within 48 hours" not in repr(memory.__dict__)
    memory.turn()
    memory.turn()
    assert memory.__dict__ == Memory().__dict__


SAID = (
    (),
    (("BA-FED",), ("BA-SRP",)),
    (("BA",), ("BA-FED",)),
    (("", "2027-03-01"), ()),
    ((), ("", "2027-03-01")),
    (("BA-FED",), ("BA-SRP", "2027-03-01")),
)
_ASKED = ["21(2)(h)", "21(2)", "23(4)(a)", "20(2)", "6(1)"]


@pytest.mark.parametrize("said", SAID)
def test_acts_of_several_places_and_dates_agree(said: tuple[tuple[str, ...], ...]) -> None:
    acts = ("law.txt", law("en")), ("bylaw.txt", bylaw("en"))
    result = dossier(*acts, said=said, language="en")
    agree(result, _CLAUSE, ClauseRef(act="bylaw", ref="2(1)"), _ASKED)


def test_acts_in_several_languages_agree() -> None:
    told = said_in(("law.txt", law("en"), "en"), ("bylaw.txt", bylaw("sr"), "sr"))
    agree(run(told, words="en"), _CLAUSE, ClauseRef(act="law", ref="3(1)"), _ASKED)


def test_an_official_text_alone_agrees() -> None:
    source = SHARED / "directive" / "nis2_de_articles.md"
    if not source.exists():
        pytest.skip("the official text of ../shared is not here")
    told = said_in(("gesetz.txt", GERMAN, "de"))
    result = run(told, words="en", directive_text=read_official(source))
    clause = "(3) Wichtige Einrichtungen melden binnen 24 Stunden."
    agree(result, clause, ClauseRef(act="gesetz", ref="3(2)"), _ASKED)


def test_what_else_changes_is_asked_with_progress_and_can_be_stopped() -> None:
    result = dossier(("law.txt", law("en")), language="en")
    after = ClauseRef(act="law", ref="3(1)")
    trial = try_clause(result, "20(2)", _CLAUSE, after)
    told: list[Progress] = []
    others = others_changed(result, trial, told.append)
    before, again = by_id(result), by_id(whole(result, _CLAUSE, after))
    assert [(one.requirement, one.before, one.after) for one in others] == [
        (id_, before[id_].coverage, one.coverage)
        for id_, one in again.items()
        if id_ != "20(2)" and one.coverage is not before[id_].coverage
    ]
    assert others
    assert {one.stage for one in told} == {"segment", "match", "grade"}
    assert told[-1].done == told[-1].total == len(load_directive().requirements)

    def stop(progress: Progress) -> None:
        if progress.stage == "match":
            raise InterruptedError

    for asked in (lambda: others_changed(result, trial, stop),
                  lambda: try_clause(result, "20(2)", _CLAUSE, after, stop)):  # fmt: skip
        with pytest.raises(InterruptedError):
            asked()


def test_a_clause_that_opens_another_article_agrees() -> None:
    result = dossier(("law.txt", law("en")), language="en")
    text = "Article 3a\nTraining\n(1) Members of the management body shall attend training."
    agree(result, text, ClauseRef(act="law", ref="3(1)"), ["20(2)", "21(2)(g)", "20(1)"])
