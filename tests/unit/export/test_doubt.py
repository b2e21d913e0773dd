"""The most doubtful rows come first, and a decision moves none."""

from dataclasses import replace

from nis2_align.concordance import Row
from nis2_align.concordance.doubt import by_doubt
from nis2_align.model import Coverage, DutyKind, Reason, Review


def row(name, coverage, confidence, duty=DutyKind.MUST, reason=None):
    return Row(
        requirement=name, heading="", chapter="IV", article="21", duty=duty, coverage=coverage,
        confidence=confidence, reason=reason, clauses=(), met=(), weaker=(), absent=(), unsure=(),
        gaps=(), rationale="",
    )  # fmt: skip


ROWS = (
    row("unstated", Coverage.UNCERTAIN, 0.0, reason=Reason.NO_STATEMENT),
    row("sure", Coverage.FULL, 0.9),
    row("union", Coverage.NOT_APPLICABLE, 1.0, DutyKind.NONE),
    row("option", Coverage.UNCERTAIN, 0.1, DutyKind.OPTION),
    row("unsure", Coverage.UNCERTAIN, 0.6),
    row("less sure", Coverage.NONE, 0.4),
)


def names(rows):
    return [one.requirement for one in by_doubt(rows)]


def test_the_most_doubtful_come_first():
    assert names(ROWS) == ["unsure", "less sure", "sure", "option", "union", "unstated"]


def test_a_decision_moves_no_row():
    review = Review(grade=Coverage.FULL, who="x", when="2026-01-01T00:00:00Z", stale=True)
    assert names(replace(one, review=review) for one in ROWS) == names(ROWS)
