"""How much of the requirement's elements the clause names."""

from __future__ import annotations

import numpy as np

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Elements"]


class Elements:
    """Rarity-weighted share of each element's best phrasing, core elements counting double."""

    name = "elements"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the weighted mean over the elements of their squared best coverage."""
        owners: list[tuple[int, int]] = []
        variants: list[tuple[str, ...]] = []
        for row, query in enumerate(space.queries):
            for place, element in enumerate(query.elements):
                for phrasing in element.phrasings:
                    for variant in phrasing.variants:
                        owners.append((row, place))
                        variants.append(variant)
        values = np.zeros((len(space.queries), len(space.clauses.clauses)))
        if not variants:
            return values
        # Squared, because half of the words of a phrasing is far less than half of its sense.
        coverage = space.coverage(variants) ** 2
        best: dict[tuple[int, int], np.ndarray] = {}
        for number, owner in enumerate(owners):
            held = best.get(owner)
            best[owner] = coverage[number] if held is None else np.maximum(held, coverage[number])
        for row, query in enumerate(space.queries):
            total = 0.0
            for place, element in enumerate(query.elements):
                weight = 2.0 if element.spec.core else 1.0
                total += weight
                if (row, place) in best:
                    values[row] += weight * best[row, place]
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
