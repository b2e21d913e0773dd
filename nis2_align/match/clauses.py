"""The clauses of the acts, as the signals see them.

A clause is a provision that can transpose something: a paragraph, a point, an annex row, or an
article or annex without parts. Each carries its own words (with those of its parts) and its
context: the heading of its article and the lead-ins of the provisions that hold it, because
"multi-factor authentication;" says what must be done only together with "The measures include:".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from nis2_align.match.memory import Memory
from nis2_align.model import Provision, Segmentation
from nis2_align.text.analyse import AnalysedText, Analyser

__all__ = ["ARTICLES", "Clause", "ClauseSet", "clause_set", "terms_of"]

#: Kinds of provision that are read by themselves, whatever stands before and behind them.
ARTICLES = frozenset({"article", "annex"})
_KINDS = {"article", "paragraph", "point", "subpoint", "dash", "annex", "row"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        index: Its place in the set, which is its column in every signal's matrix.
        provision: The provision.
        text: Analysis of its article or annex; the ranges below index its tokens.
        body: Token range of the provision with its parts, without label and heading.
        context: Token ranges of lead-ins and headings, nearest first.
        article: Place of its article in the set's order of articles (acts one after another).
        lead_in: Token range of its own words before its first part; the whole body without parts.
        terms: Stems and concepts of the body.
        context_terms: Stems and concepts of the context.
        said_terms: Those of the lead-ins alone: a heading names a subject and lays down nothing.
    """

    index: int
    provision: Provision
    text: AnalysedText
    body: tuple[int, int]
    context: tuple[tuple[int, int], ...]
    article: int
    lead_in: tuple[int, int]
    terms: tuple[str, ...]
    context_terms: tuple[str, ...]
    said_terms: tuple[str, ...]

    @property
    def concepts(self) -> frozenset[str]:
        """Glossary concepts that the clause or its context names."""
        return frozenset(
            term[1:] for term in (*self.terms, *self.context_terms) if term.startswith("§")
        )


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """All clauses of the acts that are read together.

    Attributes:
        clauses: The clauses in the order of the text.
        segmentations: The acts.
        by_ref: Act and ref → index.
        headings: Terms of each article's heading, in the order of ``Clause.article``.
        parts: For each clause the clauses directly inside it.
    """

    clauses: tuple[Clause, ...]
    segmentations: tuple[Segmentation, ...]
    by_ref: dict[tuple[str, str], int]
    headings: tuple[tuple[str, ...], ...]
    parts: tuple[tuple[int, ...], ...]

    def overlapping(self, index: int) -> set[int]:
        """Return the clause, all that lie in it and all that hold it: they share its words."""
        shared = {index}
        below = list(self.parts[index])
        while below:
            part = below.pop()
            shared.add(part)
            below += self.parts[part]
        provision = self.clauses[index].provision
        holder = self.by_ref.get((provision.act, provision.parent or ""))
        while holder is not None and holder not in shared:
            shared.add(holder)
            provision = self.clauses[holder].provision
            holder = self.by_ref.get((provision.act, provision.parent or ""))
        return shared

    def within(self, clause: Clause, other: Clause) -> bool:
        """Tell whether ``other`` lies inside ``clause`` (or is it)."""
        same = clause.provision.act == other.provision.act
        outer, inner = clause.provision.span, other.provision.span
        return same and outer.start <= inner.start and inner.end <= outer.end


def terms_of(text: AnalysedText, ranges: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return the stems, and the concepts marked ``§``, of some token ranges."""
    terms: list[str] = []
    for first, last in ranges:
        terms += [token.stem for token in text.tokens[first:last] if token.stem]
        terms += [f"§{mention.concept}" for mention in text.concepts_in(first, last)]
    return tuple(terms)


def clause_set(
    segmentations: Sequence[Segmentation],
    analysers: Sequence[Analyser],
    memory: Memory | None = None,
) -> ClauseSet:
    """Analyse the acts, article by article, and list their clauses.

    Args:
        segmentations: One for each act.
        analysers: The analyser of each act's language, in the same order.
        memory: What is known of articles with the same words; they are not analysed again.

    Returns:
        The clauses in the order of the acts and of their texts.
    """
    memory = memory or Memory()
    clauses: list[Clause] = []
    headings: list[tuple[str, ...]] = []
    for segmentation, analyser in zip(segmentations, analysers, strict=True):
        by_ref = {provision.ref: provision for provision in segmentation.provisions}
        parents = {provision.parent for provision in segmentation.provisions}
        for provision in segmentation.provisions:
            if provision.kind in ARTICLES:
                text = _analysed(provision, segmentation, analyser, memory)
                headings.append(_heading(text, provision))
            if provision.kind not in _KINDS:
                continue
            if provision.kind in ARTICLES and provision.ref in parents:
                continue
            clauses.append(_clause(len(clauses), provision, text, by_ref, len(headings) - 1))
    by_place = {(c.provision.act, c.provision.ref): c.index for c in clauses}
    parts: list[list[int]] = [[] for _ in clauses]
    for clause in clauses:
        holder = by_place.get((clause.provision.act, clause.provision.parent or ""))
        if holder is not None:
            parts[holder].append(clause.index)
    return ClauseSet(
        clauses=tuple(clauses),
        segmentations=tuple(segmentations),
        by_ref=by_place,
        headings=tuple(headings),
        parts=tuple(map(tuple, parts)),
    )


def _analysed(
    article: Provision, segmentation: Segmentation, analyser: Analyser, memory: Memory
) -> AnalysedText:
    words = article.span.of(segmentation.document.text)
    key = ("analysis", segmentation.language, words)
    return replace(memory.recall(key, partial(analyser.analyse, words)), base=article.span.start)


def _heading(text: AnalysedText, provision: Provision) -> tuple[str, ...]:
    if provision.heading_span is None:
        return ()
    return terms_of(text, [text.within(provision.heading_span)])


def _clause(
    index: int,
    provision: Provision,
    text: AnalysedText,
    by_ref: dict[str, Provision],
    article: int,
) -> Clause:
    first, last = text.within(provision.span)
    own_first, own_last = text.within(provision.own)
    body = (max(first, own_first) if provision.own.end > provision.own.start else first, last)
    context: list[tuple[int, int]] = []
    said: list[tuple[int, int]] = []
    holder = by_ref.get(provision.parent or "")
    if provision.heading_span is not None:
        context.append(text.within(provision.heading_span))
    while holder is not None and holder.kind not in {"chapter", "preamble"}:
        context.append(text.within(holder.own))
        said.append(text.within(holder.own))
        if holder.heading_span is not None:
            context.append(text.within(holder.heading_span))
        holder = by_ref.get(holder.parent or "")
    return Clause(
        index=index,
        provision=provision,
        text=text,
        body=body,
        context=tuple(context),
        article=article,
        lead_in=(body[0], max(body[0], own_last)) if own_last > own_first else body,
        terms=terms_of(text, [body]),
        context_terms=terms_of(text, context),
        said_terms=terms_of(text, said),
    )
