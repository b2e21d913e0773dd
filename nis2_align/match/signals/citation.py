"""The clause, or a lead-in or heading above it, cites the requirement's article of the directive.

A heading counts too: some laws print in it the article that they transpose (Greece's Law
5160/2024 does).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nis2_align.directive import CELEX
from nis2_align.match.clauses import Clause
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why
from nis2_align.segment import Citation as Cited

__all__ = ["Citation"]

_ANNEXES = {"Annex 1": "Annex I", "Annex 2": "Annex II", "Annex 3": "Annex III"}


class Citation:
    """1.0 where the requirement's article of the directive is cited."""

    name = "citation"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return 1.0 for a citation of the requirement's article, else 0."""
        cited = self._cited(space)
        values = np.zeros((len(space.queries), len(cited)))
        asked = [query.requirement.article for query in space.queries]
        for article in set(asked):
            rows = [row for row, other in enumerate(asked) if other == article]
            values[rows] = [article in held for held in cited]
        return values

    def _cited(self, space: TermSpace) -> list[set[str]]:
        """Return for each clause the directive's articles that it cites; each act is read once."""
        places = {act: _places(found) for act, found in space.citations.items()}
        return [
            {article for at, article in places[c.provision.act] if _holds(c, at)}
            for c in space.clauses.clauses
        ]

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Say what it is."""
        return Why("why_citation")


def _places(found: Sequence[Cited]) -> list[tuple[int, str]]:
    """Return where an act cites the directive, with the article cited."""
    return [
        (one.span.start, _ANNEXES.get(one.article, one.article))
        for one in found
        if one.celex == CELEX and one.article is not None
    ]


def _holds(clause: Clause, at: int) -> bool:
    """Tell whether a place lies in the clause, a lead-in or a heading above it."""
    if clause.provision.span.start <= at < clause.provision.span.end:
        return True
    above = (clause.text.span(*place) for place in clause.context if place[0] < place[1])
    return any(span.start <= at < span.end for span in above)
