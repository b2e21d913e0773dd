"""BM25 on stems and concepts (Robertson & Zaragoza 2009), by the bm25s library (Lù 2024)."""

from __future__ import annotations

import numpy as np

from nis2_align.match.signals.base import shared_terms_span
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Bm25"]

# A lead-in is said once for all its points: half the weight of the point's own words.
_BODY_TIMES = 2


class Bm25:
    """Rare words shared by a sentence of the statements and the clause."""

    name = "bm25"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the mean over the sentences of their BM25 scores."""
        import bm25s

        corpus = [
            list(clause.terms) * _BODY_TIMES + list(clause.context_terms) or ["-"]
            for clause in space.clauses.clauses
        ]
        index = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        index.index(corpus, show_progress=False)
        rows = []
        for query in space.queries:
            scores = [
                index.get_scores(known)
                for sentence in query.sentences
                if (known := [term for term in sentence if term in index.vocab_dict])
            ]
            rows.append(np.mean(scores, axis=0) if scores else np.zeros(len(corpus)))
        return np.asarray(rows)

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Name the rarest shared words."""
        words, span = shared_terms_span(space, row, column)
        if not words:
            return Why("why_bm25_lead_in", span=span)
        return Why("why_bm25", {"words": words}, span)
