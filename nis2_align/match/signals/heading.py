"""The heading of the article against how a law may title this requirement."""

from __future__ import annotations

import numpy as np
from rapidfuzz import fuzz, process

from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why

__all__ = ["Heading"]


class Heading:
    """Best token-sort similarity (rapidfuzz) of stems, in [0, 1]."""

    name = "heading"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return the best similarity over the heading variants."""
        headings = [" ".join(_plain(terms)) for terms in space.clauses.headings]
        articles = np.array([clause.article for clause in space.clauses.clauses], dtype=int)
        rows = []
        for query in space.queries:
            variants = [" ".join(_plain(terms)) for terms in query.headings]
            if not variants or not headings:
                rows.append(np.zeros(len(articles)))
                continue
            table = process.cdist(variants, headings, scorer=fuzz.token_sort_ratio) / 100.0
            best = np.where([bool(h) for h in headings], table.max(axis=0), 0.0)
            rows.append(np.where(articles >= 0, best[articles], 0.0))
        return np.asarray(rows)

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Quote the heading."""
        return Why("why_heading")


def _plain(terms: tuple[str, ...]) -> list[str]:
    return [term for term in terms if not term.startswith("§")]
