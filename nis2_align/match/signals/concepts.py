"""Glossary concepts that statements and clause share."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Concepts"]


class Concepts:
    """Rarity-weighted cosine of the sets of concepts."""

    name = "concepts"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the cosine of the statements' concepts and the clause's (context halved)."""
        chosen = np.array([term.startswith("§") for term in space.vocabulary])
        weights = np.where(chosen, space.idf, 0.0)
        clauses = space.body.maximum(space.context * 0.5).multiply(weights).tocsr()
        rows = []
        for query in space.queries:
            held = {t for s in query.sentences for t in s if t.startswith("§")}
            vector = np.zeros(len(weights))
            for term in held & space.vocabulary.keys():
                vector[space.vocabulary[term]] = space.rarity(term)
            rows.append(vector)
        return _cosine(csr_matrix(np.asarray(rows)), clauses)

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Name the shared concepts."""
        query, clause = space.queries[row], space.clauses.clauses[column]
        held = {t for s in query.sentences for t in s if t.startswith("§")}
        shared = dict.fromkeys(t.removeprefix("§") for t in clause.terms if t in held)
        if not shared:
            return Why("why_concepts_lead_in")
        return Why("why_concepts", {"concepts": tuple(shared)})


def _cosine(left: csr_matrix, right: csr_matrix) -> np.ndarray:
    product = np.asarray((left @ right.T).todense())
    norms = [np.sqrt(np.asarray(m.multiply(m).sum(axis=1))).ravel() for m in (left, right)]
    scale = np.outer(*norms)
    return np.asarray(np.divide(product, scale, out=np.zeros_like(product), where=scale > 0))
