"""Figures of the requirement that the clause states: 24 hours, EUR 10 000 000, 2 %."""

from __future__ import annotations

import numpy as np

from nis2_align.directive import Figure
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why
from nis2_align.text.figures import HOURS, FigureMention, dimension

__all__ = ["Figures"]

_SAME_UNIT = 0.4


class Figures:
    """1.0 for a figure met to the digit, less for another figure of the same unit."""

    name = "figures"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the mean over the requirement's figures of their best likeness in the clause."""
        values = np.zeros((len(space.queries), len(space.clauses.clauses)))
        stated = [(c, found) for c in range(values.shape[1]) if (found := _mentions(space, c))]
        for row, query in enumerate(space.queries):
            wanted = [e.spec.figure for e in query.elements if e.spec.figure is not None]
            if not wanted:
                continue
            for column, found in stated:
                values[row, column] = np.mean(
                    [max(_likeness(figure, mention) for mention in found) for figure in wanted]
                )
        return values

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Quote the likest figure."""
        wanted = [e.spec.figure for e in space.queries[row].elements if e.spec.figure is not None]
        clause = space.clauses.clauses[column]
        pairs = [(_likeness(f, m), f, m) for f in wanted for m in _mentions(space, column)]
        if not pairs:
            return Why("why_no_figure")
        _, figure, mention = max(pairs, key=lambda pair: pair[0])
        span = clause.text.span(mention.first, mention.last)
        return Why("why_figures", {"figure": figure}, span)


def _mentions(space: TermSpace, column: int) -> list[FigureMention]:
    clause = space.clauses.clauses[column]
    first, last = clause.body
    return [m for m in clause.text.figures if first <= m.first and m.last <= last]


def _likeness(figure: Figure, mention: FigureMention) -> float:
    if dimension(figure.unit) != dimension(mention.unit):
        return 0.0
    if dimension(figure.unit) == "time":
        same = HOURS[figure.unit] * figure.value == HOURS[mention.unit] * mention.value
        return 1.0 if same else _SAME_UNIT * (figure.unit == mention.unit)
    if figure.unit != mention.unit:
        return _SAME_UNIT / 2
    return 1.0 if figure.value == mention.value else _SAME_UNIT
