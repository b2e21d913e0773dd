"""Sisters of a requirement lie in the same article, and each point fits one clause best.

The directive's points and paragraphs are transposed together; a clause whose neighbours carry
the sisters of a requirement is likelier to carry the requirement itself. A clause that a sister
fits better is likelier hers (order and place are a prior, Gale & Church 1993, not a rule).
"""

from __future__ import annotations

import numpy as np

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Neighbours", "Rivals"]


class Neighbours:
    """Mean over the sisters of their best value elsewhere in the clause's article.

    Args:
        first: Requirements x clauses, what the other signals gave.
    """

    name = "neighbours"

    def __init__(self, first: np.ndarray) -> None:
        self._first = first

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the means, in the units of ``first``."""
        articles = np.array([c.article for c in space.clauses.clauses])
        count = int(articles.max(initial=0)) + 1
        best = np.zeros((len(space.queries), count))
        for article in range(count):
            columns = articles == article
            if columns.any():
                best[:, article] = self._first[:, columns].max(axis=1)
        peaks = best.max(axis=1, keepdims=True)
        relative = np.divide(best, peaks, out=np.zeros_like(best), where=peaks > 0) ** 2
        values = np.zeros_like(self._first)
        for row, others in enumerate(space.sisters):
            if others:
                values[row] = relative[others].mean(axis=0)[articles]
        return values

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Say what it is."""
        return Why("why_neighbours")


class Rivals:
    """How far the clause is this requirement's own rather than a sister's.

    Args:
        first: Requirements x clauses, what the other signals gave.
    """

    name = "rivals"

    def __init__(self, first: np.ndarray) -> None:
        self._first = first

    def values(self, space: TermSpace) -> np.ndarray:
        """Return own value over the best of own and sisters' values, in [0, 1], times own."""
        values = np.zeros_like(self._first)
        for row, others in enumerate(space.sisters):
            own = self._first[row]
            rival = self._first[others].max(axis=0) if others else np.zeros_like(own)
            top = np.maximum(own, rival)
            share = np.divide(own, top, out=np.zeros_like(own), where=top > 0)
            values[row] = share**4 * own
        return values

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Say what it is."""
        return Why("why_rivals")
