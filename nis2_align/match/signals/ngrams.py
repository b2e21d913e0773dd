"""Character 4-grams, TF-IDF weighted: catches word forms that stemming leaves apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nis2_align.match.signals.base import shared_terms_span
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Ngrams"]

_SIZE = 4


class Ngrams:
    """Cosine of character 4-grams between the sentences and the clause."""

    name = "ngrams"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the mean over the sentences of their cosines."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = [(*clause.terms, *clause.context_terms) for clause in space.clauses.clauses]
        sentences = [sentence for query in space.queries for sentence in query.sentences]
        vectorizer = TfidfVectorizer(analyzer=_Grams(), sublinear_tf=True)
        clauses = vectorizer.fit_transform(texts)
        cosines = np.asarray((vectorizer.transform(sentences) @ clauses.T).todense())
        bounds = np.cumsum([0, *(len(query.sentences) for query in space.queries)])
        rows = [cosines[a:b].mean(axis=0) for a, b in pairwise(bounds)]
        return np.asarray(rows)

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Quote the stretch with the shared words."""
        _, span = shared_terms_span(space, row, column)
        return Why("why_ngrams", span=span)


class _Grams:
    """Cuts terms into runs of four letters, as ``char_wb`` of scikit-learn does, each term once."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def __call__(self, terms: Sequence[str]) -> list[str]:
        """Return the runs of all words; a clause without words has a run of its own."""
        words = [term for term in terms if not term.startswith("§")]
        return [run for word in words or ["-"] for run in self._runs(word)]

    def _runs(self, word: str) -> list[str]:
        known = self._known.get(word)
        if known is None:
            padded = [f" {part} " for part in word.lower().split()]
            known = self._known[word] = [
                part[at : at + _SIZE]
                for part in padded
                for at in range(max(1, len(part) - _SIZE + 1))
            ]
        return known
