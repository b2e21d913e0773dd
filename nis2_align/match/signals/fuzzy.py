"""Approximate string match (rapidfuzz) on the pairs that other signals put first.

Token-set similarity is 100 for any subset of words and too dear for every pair, so it refines a
shortlist and never decides alone (Nanda et al., ICAIL 2017, used it the same way).
"""

from __future__ import annotations

import numpy as np
from rapidfuzz import fuzz

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Fuzzy"]

_SHORTLIST = 25


class Fuzzy:
    """Mean of token-sort and token-set ratios of stems, on the shortlist.

    Args:
        first: Requirements x clauses; the best of each row make the shortlist.
    """

    name = "fuzzy"

    def __init__(self, first: np.ndarray) -> None:
        self._first = first

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the best mean ratio over the sentences, 0 outside the shortlist."""
        values = np.zeros_like(self._first)
        texts = [" ".join(c.terms[:120]) for c in space.clauses.clauses]
        for row, query in enumerate(space.queries):
            shortlist = np.argsort(-self._first[row], kind="stable")[:_SHORTLIST]
            sentences = [" ".join(sentence) for sentence in query.sentences]
            for column in shortlist:
                values[row, column] = max(
                    fuzz.token_sort_ratio(s, texts[column]) + fuzz.token_set_ratio(s, texts[column])
                    for s in sentences
                )
        return values / 200.0

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Say what it is."""
        return Why("why_fuzzy")
