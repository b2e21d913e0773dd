"""Character 4-grams, TF-IDF weighted: catches word forms that stemming leaves apart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from nis2_align.match.signals.base import shared_terms_span
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Ngrams"]


class Ngrams:
    """Cosine of character 4-grams between the sentences and the clause."""

    name = "ngrams"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the mean over the sentences of their cosines."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = [
            " ".join(t for t in (*clause.terms, *clause.context_terms) if not t.startswith("§"))
            for clause in space.clauses.clauses
        ]
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4), sublinear_tf=True)
        clauses = vectorizer.fit_transform(text or "-" for text in texts)
        sentences = [
            " ".join(t for t in sentence if not t.startswith("§"))
            for query in space.queries
            for sentence in query.sentences
        ]
        cosines = np.asarray((vectorizer.transform(sentences) @ clauses.T).todense())
        bounds = np.cumsum([0, *(len(query.sentences) for query in space.queries)])
        rows = [cosines[a:b].mean(axis=0) for a, b in pairwise(bounds)]
        return np.asarray(rows)

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Quote the stretch with the shared words."""
        _, span = shared_terms_span(space, row, column)
        return Why("why_ngrams", span=span)
