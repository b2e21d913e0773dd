"""A stretch of a text, cut where marks begin and end, for whatever sets words off on a screen.

What holds afterwards: the pieces, joined, are the stretch as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nis2_align.model import Span

__all__ = ["Piece", "pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether its words are to be set off."""

    text: str
    marked: bool


def pieces(text: str, span: Span, marked: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a stretch of a text where marks begin and end.

    Args:
        text: The text.
        span: The stretch.
        marked: Marks, in any order, perhaps overlapping or reaching beyond the stretch.

    Returns:
        The pieces in order; marks that overlap, touch, or have nothing but spaces between them
        are one.
    """
    found: list[Piece] = []
    at = span.start
    for start, end in _joined(text, span, marked):
        if at < start:
            found.append(Piece(text[at:start], marked=False))
        found.append(Piece(text[start:end], marked=True))
        at = end
    if at < span.end:
        found.append(Piece(text[at : span.end], marked=False))
    return tuple(found)


def _joined(text: str, span: Span, marked: Iterable[Span]) -> Sequence[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    clipped = ((max(one.start, span.start), min(one.end, span.end)) for one in marked)
    for start, end in sorted(clipped):
        if start >= end:
            continue
        if joined and not text[joined[-1][1] : start].strip(" "):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
