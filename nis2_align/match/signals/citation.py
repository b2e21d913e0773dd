"""The clause, or its article's heading, cites the directive's article by number."""

from __future__ import annotations

import re

import numpy as np

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Citation"]

# "2022/2555" within reach of a number in brackets or after a word for "article".
_NUMBER = re.compile(r"2022/2555")
_REACH = 160


class Citation:
    """1.0 where the directive's number and the requirement's article stand close together."""

    name = "citation"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return 1.0 for a citation of the requirement's article, else 0."""
        values = np.zeros((len(space.queries), len(space.clauses.clauses)))
        cited = [self._cited(space, column) for column in range(values.shape[1])]
        for row, query in enumerate(space.queries):
            article = query.requirement.article
            values[row] = [article in numbers for numbers in cited]
        return values

    def _cited(self, space: TermSpace, column: int) -> set[str]:
        clause = space.clauses.clauses[column]
        act = clause.provision.act
        text = next(s.document.text for s in space.clauses.segmentations if s.document.id == act)
        body = clause.provision.span.of(text)
        numbers: set[str] = set()
        for hit in _NUMBER.finditer(body):
            around = body[max(0, hit.start() - _REACH) : hit.end() + _REACH]
            numbers |= set(
                re.findall(
                    r"\b(\d{1,2})\.?(?=\s*(?:\(|stav|st\.|paragraph|(?:of\s)?Dire|Дире))", around
                )
            )
        return numbers

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Say what it is."""
        return Why("why_citation")
