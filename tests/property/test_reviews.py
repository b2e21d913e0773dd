"""Whatever people do, the history only grows, and taking back restores what stood."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from nis2_align.model import ClauseRef, Coverage, Elsewhere
from nis2_align.reviews import (
    Basis,
    Decision,
    Fingerprint,
    open_reviews,
    parse,
    standing,
    to_text,
)
from nis2_align.reviews.decision import instant

NAMES = st.text(min_size=1, max_size=8).filter(
    lambda text: text.strip() and all(c > "\x1f" and c != "\x7f" for c in text)
)
TEXTS = st.text(max_size=20)
MAYBE = st.none() | TEXTS
DIGESTS = st.integers(0, 5).map(lambda number: f"{number:064x}")
REFS = st.builds(ClauseRef, act=TEXTS, ref=TEXTS)
TIMES = st.datetimes().map(lambda time: f"{time.isoformat()}Z")
ELSEWHERE = st.builds(
    Elsewhere, title=NAMES, gazette=MAYBE, article=MAYBE, celex=MAYBE,
    planned=st.none() | st.dates().map(str),
)  # fmt: skip
DECISIONS = st.builds(
    Decision,
    dossier=st.sampled_from(["Svetionici", "Луке", "a'; DROP TABLE entries"]),
    requirement=st.sampled_from(["21(2)(j)", "23(5)"]),
    grade=st.none() | st.sampled_from(Coverage),
    added=st.lists(REFS, max_size=2).map(tuple),
    removed=st.lists(REFS, max_size=2).map(tuple),
    elsewhere=st.lists(ELSEWHERE, max_size=2).map(tuple),
    comment=TEXTS,
    who=NAMES,
    when=TIMES,
    before_coverage=st.sampled_from(Coverage),
    basis=st.builds(
        Basis,
        clauses=st.lists(st.builds(Fingerprint, clause=REFS, sha256=DIGESTS), max_size=2).map(
            tuple
        ),
        seen=st.lists(DIGESTS, max_size=2).map(tuple),
        acts=st.lists(DIGESTS, max_size=2).map(tuple),
    ),
)


@given(st.lists(DECISIONS, max_size=4))
def test_the_file_that_carries_decisions_gives_them_back(entries):
    assert parse(to_text(entries)) == tuple(entries)


class People(RuleBasedStateMachine):
    """Several people record, take back, and carry decisions from store to store."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "reviews.sqlite")
        self.reviews = open_reviews(self.path)
        self.told = []

    def teardown(self):
        self.reviews.close()
        self.folder.cleanup()

    def history(self):
        return [e for name in self.reviews.dossiers() for e in self.reviews.history(name)]

    @rule(held=DECISIONS)
    def record(self, held):
        before = self.reviews.history(held.dossier, held.requirement)
        self.reviews.record(held)
        self.told.append(held)
        assert self.reviews.history(held.dossier, held.requirement) == (*before, held)
        assert held in self.reviews.current(held.dossier)

    @precondition(lambda self: standing(self.history()))
    @rule(data=st.data(), who=NAMES, when=TIMES)
    def undo(self, data, who, when):
        held = data.draw(st.sampled_from(standing(self.history())))
        before = self.reviews.history(held.dossier, held.requirement)
        entry = self.reviews.undo(held, who=who, when=when)
        self.told.append(entry)
        assert self.reviews.history(held.dossier, held.requirement) == (*before, entry)
        # What stands now is what would stand had the decision never been taken.
        place = max(place for place, one in enumerate(before) if one == held)
        never = standing((*before[:place], *before[place + 1 :]))
        now = [e for e in self.reviews.current(held.dossier) if e.requirement == held.requirement]
        assert [one.content for one in now] == [one.content for one in never]

    @rule()
    def reopen(self):
        self.reviews.close()
        self.reviews = open_reviews(self.path)

    @rule()
    def carry(self):
        """A copy in another store has the same histories; brought back it adds nothing."""
        entries = parse(to_text(self.history()))
        with open_reviews(self.path.with_name("copy.sqlite")) as copy:
            for name in copy.dossiers():
                copy.delete(name)
            copy.merge(entries)
            for name in self.reviews.dossiers():
                here, there = self.reviews.history(name), copy.history(name)
                assert standing(here) == standing(there) or len(set(here)) < len(here)
        assert self.reviews.merge(entries) == 0

    @invariant()
    def nothing_is_lost_or_changed(self):
        assert sorted(map(repr, self.history())) == sorted(map(repr, self.told))


People.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestPeople = People.TestCase


@given(TIMES)
def test_times_are_read_as_written(when):
    assert instant(when).isoformat().startswith(when[:19])
