"""Which clauses are accepted for a requirement: a set, not only the best one.

A provision of the directive is often transposed by several clauses; what is accepted is the best
clause and those nearly as good, in few articles. The score itself is never touched: how a clause
was chosen stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from typing import cast

from nis2_align.match.blend import Blend
from nis2_align.match.why import Why
from nis2_align.resources import load_yaml, mappings_dir

__all__ = [
    "Choice",
    "Selection",
    "SelectionRule",
    "admissible",
    "choose",
    "ownership",
    "selection_rule",
]


# How many of the best clauses are shown to the reader though they may not be accepted.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class SelectionRule:
    """Limits of the choice; see ``mappings/weights/match.yaml``.

    Attributes:
        near_best: Accept a clause whose score is at least this share of the best one's.
        articles: From at most so many articles.
        clauses: At most so many clauses.
        candidates: How many of the next best are kept for the reader.
        holds_near: A missing element is also sought in candidates with at least this share of the
            best score, and in the article of the best clause.
        holds_strength: So much of the element's phrasing such a clause must hold.
        referred_near: Accept a clause to which an accepted one refers, from this share on.
    """

    near_best: float
    articles: int
    clauses: int
    candidates: int
    holds_near: float
    holds_strength: float
    referred_near: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause with the way it was chosen."""

    clause: int
    selected_by: Why


@dataclass(frozen=True, slots=True)
class Selection:
    """Accepted clauses, best first, and the next best candidates."""

    accepted: tuple[Choice, ...]
    candidates: tuple[Choice, ...]

    @property
    def clauses(self) -> tuple[int, ...]:
        """The accepted clauses' indices, best first."""
        return tuple(choice.clause for choice in self.accepted)


@cache
def selection_rule() -> SelectionRule:
    """Load the rule that ships."""
    data = cast("dict[str, float]", load_yaml(mappings_dir() / "weights" / "match.yaml")["select"])
    return SelectionRule(
        near_best=float(data["near_best"]),
        articles=int(data["articles"]),
        clauses=int(data["clauses"]),
        candidates=int(data["candidates"]),
        holds_near=float(data["holds_near"]),
        holds_strength=float(data["holds_strength"]),
        referred_near=float(data["referred_near"]),
    )


def choose(blend: Blend, row: int, rule: SelectionRule, without: Collection[int] = ()) -> Selection:
    """Choose the clauses of one requirement.

    Args:
        blend: All scores.
        row: The requirement's row.
        rule: The limits.
        without: Clauses that are taken away, to see what a grade rests on.

    Returns:
        The selection; empty where no clause has a score above 0.
    """
    scores = blend.scores[row]
    fitting = (c for c in _ranked(blend, row, without) if admissible(blend, row, c))
    order = list(islice(fitting, 6 * rule.candidates))
    while order and order[0] in blend.space.definitions.items and not _defines(blend, row):
        order = order[1:]
    others = _refused(blend, row, islice(_ranked(blend, row, without), _SHOWN))
    if not order:
        return Selection((), others)
    top = scores[order[0]]
    clauses = blend.space.clauses.clauses
    accepted: list[Choice] = []
    passed: list[Choice] = []
    articles: list[int] = []
    rivals = blend.space.sisters[row]
    for c in order:
        if len(passed) >= rule.candidates and scores[c] < rule.near_best * top:
            break  # What follows fits no better: it is neither accepted nor shown.
        new = clauses[c].article not in articles
        owner = _sister_that_owns(blend, row, rivals, c) if c != order[0] else None
        if owner is not None:
            how = Why("selected_fits_other", {"requirement": owner})
            passed.append(Choice(c, how))
        elif scores[c] < rule.near_best * top or len(accepted) >= rule.clauses:
            passed.append(Choice(c, Why("selected_next")))
        elif new and len(articles) >= rule.articles:
            passed.append(Choice(c, Why("selected_further_article")))
        else:
            how = Why("selected_best" if c == order[0] else "selected_near")
            accepted.append(Choice(c, how))
            articles += [clauses[c].article] if new else []
    return Selection(tuple(accepted), (*others, *passed[: rule.candidates]))


def _ranked(blend: Blend, row: int, without: Collection[int]) -> Iterator[int]:
    """Yield the clauses with a score above 0, best first."""
    scores = blend.scores[row]
    kept = (c for c in blend.order[row] if c not in without)
    return takewhile(lambda c: scores[c] > 0, kept)


def _refused(blend: Blend, row: int, ranked: Iterable[int]) -> tuple[Choice, ...]:
    """Return those of the best clauses that may not transpose the requirement, with the reason."""
    refused = []
    for clause in ranked:
        if blend.space.of_others[row, clause]:
            refused.append(Choice(clause, Why("selected_of_others")))
        elif not blend.space.definitions.admits(row, clause):
            refused.append(Choice(clause, Why("selected_not_defining")))
    return tuple(refused)


def admissible(blend: Blend, row: int, clause: int) -> bool:
    """Tell whether a clause may transpose a requirement at all, however alike their words are.

    Not where it speaks of other actors only; a definition only where the clause defines its term.
    """
    space = blend.space
    return space.definitions.admits(row, clause) and not space.of_others[row, clause]


def _defines(blend: Blend, row: int) -> bool:
    return bool(blend.space.queries[row].defines)


def _sister_that_owns(blend: Blend, row: int, rivals: list[int], clause: int) -> str | None:
    """Return the sister whose best clause this is and whom it fits better, if there is one."""
    for rival in rivals:
        own_best = blend.order[rival][0] == clause
        if own_best and blend.scores[rival, clause] > blend.scores[row, clause]:
            return blend.space.queries[rival].requirement.id
    return None


def ownership(blend: Blend, row: int, clause: int) -> float:
    """Return the requirement's score over the best score any requirement has for the clause.

    Args:
        blend: All scores.
        row: The requirement's row.
        clause: The clause's column.

    Returns:
        A share in [0, 1]; 1.0 where the clause fits this requirement best (mutual best match).
    """
    top = float(blend.tops[clause])
    return float(blend.scores[row, clause]) / top if top > 0 else 0.0
