"""The space of terms that requirements and clauses share: vocabulary, rarity, sparse matrices.

Rarity (IDF) is taken over the clauses of the acts at hand, so that what this act says in every
article ("subject", "measure", "entry into force") carries little weight in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from nis2_align.glossary import contrasts
from nis2_align.match.clauses import ClauseSet
from nis2_align.match.definitions import Definitions, definitions
from nis2_align.match.memory import Memory
from nis2_align.match.queries import Query
from nis2_align.match.references import act_citations, references
from nis2_align.model import Span
from nis2_align.segment import Citation

__all__ = ["TermSpace"]


class TermSpace:
    """Terms of one language over one set of clauses.

    Args:
        clauses: The clauses.
        queries: The requirements.
        memory: What is known of pairs with the same words; one of its own where None.
    """

    def __init__(
        self, clauses: ClauseSet, queries: Sequence[Query], memory: Memory | None = None
    ) -> None:
        self.clauses = clauses
        self.queries = tuple(queries)
        self.memory = memory or Memory()
        self.vocabulary: dict[str, int] = {}
        for clause in clauses.clauses:
            for term in (*clause.terms, *clause.context_terms):
                self.vocabulary.setdefault(term, len(self.vocabulary))
        self._spoken = len(self.vocabulary)
        #: What requirement and clause share, once it was asked for: several signals name it.
        self.shared: dict[tuple[int, int], tuple[tuple[str, ...], Span | None]] = {}

    @cached_property
    def body(self) -> csr_matrix:
        """Clauses x terms, 1.0 where the body holds the term."""
        return self._matrix([clause.terms for clause in self.clauses.clauses])

    @cached_property
    def context(self) -> csr_matrix:
        """Clauses x terms, 1.0 where the context holds the term."""
        return self._matrix([clause.context_terms for clause in self.clauses.clauses])

    @cached_property
    def citations(self) -> Mapping[str, tuple[Citation, ...]]:
        """Citations of each act, by its id."""
        return {s.document.id: act_citations(s, self.memory) for s in self.clauses.segmentations}

    @cached_property
    def references(self) -> tuple[tuple[int, ...], ...]:
        """For each clause the clauses of its act that it refers to."""
        return references(self.clauses.clauses, self.clauses.by_ref, self.citations)

    @cached_property
    def definitions(self) -> Definitions:
        """What the lists of definitions define."""
        return definitions(self.clauses, self.queries)

    @cached_property
    def sisters(self) -> list[list[int]]:
        """For each requirement the rows of its family: same list, or same article."""
        rows: dict[str, list[int]] = {}
        families = [_family(query.requirement.id) for query in self.queries]
        for row, family in enumerate(families):
            rows.setdefault(family, []).append(row)
        return [
            [other for other in rows[family] if other != row] for row, family in enumerate(families)
        ]

    @cached_property
    def of_others(self) -> np.ndarray:
        """Requirements x clauses, true where the clause speaks only of other actors.

        A requirement that binds important entities alone is not transposed by a clause that
        names essential entities alone, however alike their words are.
        """
        groups, together = contrasts().groups, contrasts().together
        named = [c.concepts for c in self.clauses.clauses]
        table = np.zeros((len(self.queries), len(named)), dtype=bool)
        known: dict[tuple[frozenset[str], frozenset[str]], list[bool]] = {}
        for row, query in enumerate(self.queries):
            for group in groups:
                bound = group.intersection(query.requirement.addressee)
                if not bound or bound == group:
                    continue
                if (group, bound) not in known:
                    fitting = bound | together
                    known[group, bound] = [
                        bool(group & actors) and not fitting & actors for actors in named
                    ]
                table[row] |= known[group, bound]
        return table

    def names(self, concepts: Iterable[str]) -> np.ndarray:
        """Return for each clause whether it, or its context, names one of some concepts."""
        places = [self.vocabulary[t] for c in concepts if (t := f"§{c}") in self.vocabulary]
        found = self._said[:, places].sum(axis=1)
        return np.asarray(found).ravel() > 0

    @cached_property
    def _said(self) -> csc_matrix:
        return csc_matrix(self.body.maximum(self.context))

    @cached_property
    def idf(self) -> np.ndarray:
        """Rarity of each term of the vocabulary, at least 0.1."""
        articles: dict[int, set[str]] = {}
        for clause in self.clauses.clauses:
            articles.setdefault(clause.article, set()).update(clause.terms, clause.context_terms)
        counts = np.zeros(len(self.vocabulary))
        for held in articles.values():
            counts[[self.vocabulary[term] for term in held]] += 1
        total = max(1, len(articles))
        return np.asarray(np.maximum(0.1, np.log((total + 1) / (counts + 0.5))))

    def rarity(self, term: str) -> float:
        """Return the IDF of ``term``; a term that the acts never use is as rare as the rarest."""
        return self._rarities.get(term, self._rarest)

    @cached_property
    def _rarities(self) -> dict[str, float]:
        return dict(zip(self.vocabulary, self.idf.tolist(), strict=True))

    @cached_property
    def _rarest(self) -> float:
        return float(self.idf.max(initial=1.0))

    def _matrix(self, rows: Sequence[Sequence[str]]) -> csr_matrix:
        indices: list[int] = []
        pointers = [0]
        for row in rows:
            indices += sorted({self.vocabulary[t] for t in row if t in self.vocabulary})
            pointers.append(len(indices))
        shape = (len(rows), self._spoken)
        return csr_matrix((np.ones(len(indices)), indices, pointers), shape=shape)

    def coverage(self, variants: Sequence[Sequence[str]]) -> np.ndarray:
        """Return how much of each term list each clause holds, weighted by rarity.

        Args:
            variants: Term lists.

        Returns:
            Lists x clauses, in [0, 1]. A term found only in the context counts half.
        """
        indices: list[int] = []
        weights: list[float] = []
        pointers = [0]
        for terms in variants:
            total = sum(self.rarity(term) for term in terms) or 1.0
            for term in terms:
                if term in self.vocabulary:
                    indices.append(self.vocabulary[term])
                    weights.append(self.rarity(term) / total)
            pointers.append(len(indices))
        lists = csr_matrix((weights, indices, pointers), shape=(len(variants), self._spoken))
        nearby = self.body.maximum(self.context * 0.5)
        return np.asarray((lists @ nearby.T).todense())


def _family(id_: str) -> str:
    """Return the list or the article: all points of ``21(2)``; all paragraphs of Article 21."""
    parts = id_.split("(")
    return "(".join(parts[:2]) if len(parts) > 2 else parts[0]
