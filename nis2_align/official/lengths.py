"""Which unnumbered subparagraph is which, told by length where a file prints fewer than there are.

Two translations of a sentence are of nearly proportional length (Gale and Church, "A program for
aligning sentences in bilingual corpora", Computational Linguistics 19, 1993). The lengths in
English are known; so where a file runs two subparagraphs together, the one that grew tells which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt

__all__ = ["assign", "grown", "ratio", "surprise"]

# Gale and Church's variance for each character; a translation by hand varies no less.
_VARIANCE = 6.8
# More blocks than this are no subparagraphs of one paragraph.
_MOST = 7
# A provision that holds another one is longer than it should be by that other one's length.
_SURPRISING = 2.0


def ratio(texts: Mapping[str, str], lengths: Mapping[str, int]) -> float:
    """Return how many characters of the file stand for one of the English text; 1 if unknown."""
    known = [id_ for id_ in texts if lengths.get(id_)]
    expected = sum(lengths[id_] for id_ in known)
    return sum(len(texts[id_]) for id_ in known) / expected if expected else 1.0


def surprise(length: int, expected: float) -> float:
    """Return how many standard deviations a length is away from the expected one."""
    return abs(length - expected) / sqrt(max(expected, 1.0) * _VARIANCE)


def assign(blocks: Sequence[int], expected: Sequence[float]) -> tuple[int, ...]:
    """Choose which provision each block opens.

    Args:
        blocks: Lengths of the blocks; the first one opens the first provision for certain.
        expected: Expected lengths of the provisions, at least one.

    Returns:
        For each block the place of the provision that it opens, rising, from 0; a block that opens
        none, because there are more blocks than provisions, has the place of the one before. The
        provisions that nothing opens count as part of the one before them.
    """
    count, wanted = len(blocks), len(expected)
    if count > _MOST or wanted > _MOST:
        return tuple(min(place, wanted - 1) for place in range(count))
    if count <= wanted:
        ways = [(0, *rest) for rest in combinations(range(1, wanted), count - 1)]
    else:
        openers = [(0, *rest) for rest in combinations(range(1, count), wanted - 1)]
        ways = [
            tuple(sum(place >= start for start in opening) - 1 for place in range(count))
            for opening in openers
        ]
    return min(ways, key=lambda way: _cost(blocks, expected, way))


def _cost(blocks: Sequence[int], expected: Sequence[float], way: Sequence[int]) -> float:
    opened = sorted(set(way))
    bounds = [*opened[1:], len(expected)]
    total = 0.0
    for start, end in zip(opened, bounds, strict=True):
        length = sum(block for block, place in zip(blocks, way, strict=True) if place == start)
        total += surprise(length, sum(expected[start:end]))
    return total


def grown(length: int, own: float, others: float) -> bool:
    """Tell whether a text is as long as if it held another one beside its own."""
    alone, together = surprise(length, own), surprise(length, own + others)
    return together < alone and alone > _SURPRISING
