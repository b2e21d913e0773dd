"""Approximate string match (rapidfuzz) on the pairs that other signals put first.

Token-set similarity is 100 for any subset of words and too dear for every pair, so it refines a
shortlist and never decides alone (Nanda et al., ICAIL 2017, used it the same way).
"""

from __future__ import annotations

from functools import partial

import numpy as np
from rapidfuzz import fuzz

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Fuzzy"]

_SHORTLIST = 25
# So many words of a clause are compared.
_WORDS = 120


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
        texts = [" ".join(c.terms[:_WORDS]) for c in space.clauses.clauses]
        in_order = [_in_order(text) for text in texts]
        shortlists = np.argsort(-self._first, axis=1, kind="stable")[:, :_SHORTLIST].tolist()
        for row, query in enumerate(space.queries):
            sentences = tuple(" ".join(sentence) for sentence in query.sentences)
            ordered = tuple(map(_in_order, sentences))
            asked = "\n".join(sentences)
            for column in shortlists[row]:
                likeness = partial(_likeness, sentences, ordered, texts[column], in_order[column])
                key = ("fuzzy", asked, texts[column])
                values[row, column] = space.memory.recall(key, likeness)
        return values / 200.0

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Say what it is."""
        return Why("why_fuzzy")


def _in_order(text: str) -> str:
    return " ".join(sorted(text.split()))


def _likeness(
    sentences: tuple[str, ...], ordered: tuple[str, ...], text: str, in_order: str
) -> float:
    """Return the sum of both ratios for the likest sentence.

    The plain ratio of sorted words is the token-sort ratio; sorted once for each text, it is
    cheaper.
    """
    return max(
        fuzz.ratio(in_order_too, in_order) + fuzz.token_set_ratio(sentence, text)
        for sentence, in_order_too in zip(sentences, ordered, strict=True)
    )
