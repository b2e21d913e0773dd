"""What each clause refers to inside its own act: "the measures of Article 30(2)"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from nis2_align.languages import language
from nis2_align.match.clauses import ARTICLES, Clause
from nis2_align.match.memory import Memory
from nis2_align.model import Segmentation, Span
from nis2_align.segment import Citation, citations

__all__ = ["act_citations", "references"]

# A clause that cites more of its act than this refers to it as a whole, not to any part.
_MOST = 12


def act_citations(segmentation: Segmentation, memory: Memory | None = None) -> tuple[Citation, ...]:
    """Return the citations in the articles and annexes of an act, in the order of its text.

    Args:
        segmentation: The act.
        memory: What is known of articles with the same words.
    """
    memory, pack = memory or Memory(), language(segmentation.language)
    found: list[Citation] = []
    for article in segmentation.provisions:
        if article.kind in ARTICLES:
            words = article.span.of(segmentation.document.text)
            key = ("citations", pack.code, words)
            for one in memory.recall(key, partial(citations, words, pack)):
                start, end = (article.span.start + at for at in (one.span.start, one.span.end))
                found.append(replace(one, span=Span(start=start, end=end)))
    return tuple(found)


def references(
    clauses: Sequence[Clause],
    by_ref: Mapping[tuple[str, str], int],
    found: Mapping[str, Sequence[Citation]],
) -> tuple[tuple[int, ...], ...]:
    """Return for each clause the clauses of the same act that its own words refer to.

    Args:
        clauses: The clauses.
        by_ref: Act and ref → index.
        found: Act → its citations, in the order of its text.

    Returns:
        For each clause indices in the order cited; none for one that cites a dozen or more. An
        article cited whole stands for each of its paragraphs.
    """
    paragraphs: dict[tuple[str, str], list[int]] = {}
    for clause in clauses:
        act, ref = clause.provision.act, clause.provision.ref
        if ref.count("(") == 1:
            paragraphs.setdefault((act, ref.split("(")[0]), []).append(clause.index)
    placed = {
        act: [one for one in listed if one.kind == "internal"] for act, listed in found.items()
    }
    made = []
    for clause in clauses:
        span, inside = clause.provision.span, placed.get(clause.provision.act, [])
        first, last = (
            bisect_left(inside, at, key=lambda one: one.span.start) for at in (span.start, span.end)
        )
        cited = [
            index
            for one in inside[first:last]
            for index in _resolved(clause, one, by_ref, paragraphs)
        ]
        kept = tuple(dict.fromkeys(index for index in cited if index != clause.index))
        made.append(kept if len(kept) < _MOST else ())
    return tuple(made)


def _resolved(
    clause: Clause,
    one: Citation,
    by_ref: Mapping[tuple[str, str], int],
    paragraphs: Mapping[tuple[str, str], list[int]],
) -> list[int]:
    act = clause.provision.act
    article = one.article or clause.provision.ref.split("(")[0]
    levels = [level for level in (one.paragraph, one.point) if level is not None]
    while True:
        ref = article + "".join(f"({level})" for level in levels)
        index = by_ref.get((act, ref))
        if index is not None:
            return [index]
        if not levels:
            return paragraphs.get((act, article), [])
        levels.pop()
