"""What a signal is."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from nis2_align.match.queries import Query
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why
from nis2_align.model import Span

__all__ = ["Signal", "shared_terms_span"]


class Signal(Protocol):
    """A view of how well a clause fits a requirement.

    Attributes:
        name: Name under which its weight and its evidence stand.
    """

    name: str

    def values(self, space: TermSpace) -> np.ndarray:
        """Return requirements x clauses, raw values of at least 0."""
        ...

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Return why the pair has its value, with a stretch to quote if one tells."""
        ...


def shared_terms_span(
    space: TermSpace, row: int, column: int
) -> tuple[tuple[str, ...], Span | None]:
    """Return the rarest words that clause and statements share, and the stretch holding them."""
    known = space.shared.get((row, column))
    if known is None:
        known = space.shared[row, column] = _shared(space, space.queries[row], column)
    return known


def _shared(space: TermSpace, query: Query, column: int) -> tuple[tuple[str, ...], Span | None]:
    clause = space.clauses.clauses[column]
    wanted = {term for sentence in query.sentences for term in sentence}
    first, last = clause.body
    places = [i for i in range(first, last) if clause.text.tokens[i].stem in wanted]
    if not places:
        return (), None
    best = sorted(places, key=lambda i: -space.rarity(clause.text.tokens[i].stem))
    words = tuple(dict.fromkeys(clause.text.tokens[i].lower for i in best))[:4]
    centre = best[0]
    window = [i for i in places if abs(i - centre) <= 12]
    return words, clause.text.span(min(window), max(window) + 1)
