"""Fingerprints of clauses: how a decision finds its clauses again in a later draft.

A point says what must be done only together with the lead-in of its list, so the words of a clause
are its own, with its parts, and the lead-ins of what holds it.

What holds afterwards: two clauses of the same words have the same fingerprint, whatever their
numbers, their place, their script, their letter case, their punctuation and the breaks of their
lines; a changed word or figure gives another. A fingerprint is a SHA-256 digest and no text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nis2_align.model import ClauseRef, Match, Provision, Result, Segmentation, Span
from nis2_align.text.normalise import normalise

__all__ = ["Prints", "prints"]

# Words and figures with the signs that change what a figure means; between them anything goes.
_WORD = re.compile(r"[\w%‰€$§]+")
_NO_LEAD_IN = frozenset({"chapter", "preamble"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """The fingerprints of all clauses of a result.

    Attributes:
        of: Clause → fingerprint.
        places: Fingerprint → the clauses that bear it, in the order of the acts.
        acts: Digests of the texts of the acts, sorted.
    """

    of: Mapping[ClauseRef, str]
    places: Mapping[str, tuple[ClauseRef, ...]]
    acts: tuple[str, ...]


def prints(result: Result) -> Prints:
    """Take the fingerprints of every provision of a result.

    Args:
        result: The analysis. Where it does not hold the text of an act, its accepted and
            candidate clauses are taken from what they quote, without lead-ins.

    Returns:
        The fingerprints.
    """
    of: dict[ClauseRef, str] = {}
    for segmentation in result.segmentations:
        of.update(_provisions(segmentation))
    for assessment in result.assessments:
        for match in (*assessment.provisions, *assessment.candidates):
            clause = ClauseRef(act=match.act, ref=match.ref)
            if clause not in of:
                of[clause] = _quoted(match)
    places: dict[str, list[ClauseRef]] = {}
    for clause, digest in of.items():
        places.setdefault(digest, []).append(clause)
    return Prints(
        of=of,
        places={digest: tuple(clauses) for digest, clauses in places.items()},
        acts=tuple(sorted({act.text_sha256 for act in result.acts})),
    )


def _provisions(segmentation: Segmentation) -> Iterator[tuple[ClauseRef, str]]:
    """Yield each provision with its fingerprint; the act is normalised once, not once a clause."""
    plain = normalise(_without_numbers(segmentation))
    by_ref = {provision.ref: provision for provision in segmentation.provisions}

    def words(span: Span) -> str:
        first = bisect_left(plain.starts, span.start)
        return plain.text[first : bisect_left(plain.starts, span.end, lo=first)]

    for provision in segmentation.provisions:
        parts = [words(provision.span)]
        holder = by_ref.get(provision.parent or "")
        while holder is not None and holder.kind not in _NO_LEAD_IN:
            parts.append(words(holder.own))
            holder = by_ref.get(holder.parent or "")
        yield ClauseRef(act=provision.act, ref=provision.ref), _digest("\n".join(parts))


def _without_numbers(segmentation: Segmentation) -> str:
    """Return the text with every printed number of a provision blanked, so that spans still fit."""
    text = segmentation.document.text
    kept: list[str] = []
    at = 0
    for label in sorted(filter(None, (_label(text, one) for one in segmentation.provisions))):
        if label.start < at:
            continue
        kept += (text[at : label.start], " " * (label.end - label.start))
        at = label.end
    return "".join((*kept, text[at:]))


def _label(text: str, provision: Provision) -> Span | None:
    """Find the number of a provision: in front of its words, below or above its heading."""
    if not provision.label:
        return None
    start, end = provision.span.start, provision.span.end
    if provision.own.end > provision.own.start:
        end = provision.own.start
    heading = provision.heading_span
    at = text.find(provision.label, start, end)
    if heading is not None and heading.start <= at < heading.end:
        at = text.find(provision.label, heading.end, end)
    return None if at < 0 else Span(start=at, end=at + len(provision.label))


def _quoted(match: Match) -> str:
    return _digest(normalise(match.quote.strip().removeprefix(match.label)).text)


def _digest(latin: str) -> str:
    words = " ".join(_WORD.findall(unicodedata.normalize("NFKC", latin).casefold()))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
