"""How much of the requirement's elements the clause names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Elements"]


class Elements:
    """Rarity-weighted share of each element's best phrasing, core elements counting double."""

    name = "elements"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the weighted mean over the elements of their squared best coverage."""
        values = np.zeros((len(space.queries), len(space.clauses.clauses)))
        elements = [element for query in space.queries for element in query.elements]
        groups = [[v for phrasing in e.phrasings for v in phrasing.variants] for e in elements]
        best = iter(_best(space, groups))
        for row, query in enumerate(space.queries):
            total = 0.0
            for element in query.elements:
                weight = 2.0 if element.spec.core else 1.0
                total += weight
                values[row] += weight * next(best)
            values[row] /= total or 1.0
        return values

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Name the elements whose phrasings the clause holds best."""
        query, clause = space.queries[row], space.clauses.clauses[column]
        held = set(clause.terms)
        named = []
        for element in query.elements:
            shares = [
                sum(term in held for term in variant) / len(variant)
                for phrasing in element.phrasings
                for variant in phrasing.variants
            ]
            if shares and max(shares) >= 0.6:
                named.append(element.spec.id)
        if not named:
            return Why("why_elements_in_part")
        return Why("why_elements", {"elements": tuple(named)})


def _best(space: TermSpace, groups: Sequence[Sequence[tuple[str, ...]]]) -> np.ndarray:
    """Return groups x clauses: the squared coverage of the best variant of each group.

    Squared, because half of the words of a phrasing is far less than half of its sense.
    """
    variants = [variant for group in groups for variant in group]
    held = [place for place, group in enumerate(groups) if group]
    best = np.zeros((len(groups), len(space.clauses.clauses)))
    if variants:
        sizes = [len(groups[place]) for place in held]
        starts = np.cumsum([0, *sizes[:-1]])
        best[held] = np.maximum.reduceat(space.coverage(variants), starts, axis=0) ** 2
    return best
