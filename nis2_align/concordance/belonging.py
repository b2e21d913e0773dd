"""Where what is missing would belong: the national article that holds its nearest sister.

A duty that a draft leaves out is best put beside what the draft has already taken from the same
article of the directive; nearness is that of the directive's own division.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nis2_align.concordance.forward import Clause, Row, Table
from nis2_align.concordance.reviewed import reviewed_coverage
from nis2_align.directive import load_directive
from nis2_align.model import Coverage

__all__ = ["Home", "addressees", "homes"]

_FOUND = (Coverage.FULL, Coverage.PARTIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The article in which a requirement would belong.

    Attributes:
        act: Id of the act.
        ref: The article, e.g. ``12``.
        printed: Its number as the act prints it, e.g. ``Član 12.``; never empty.
        sister: The requirement that stands there already; the requirement itself where a part
            of it does.
    """

    act: str
    ref: str
    printed: str
    sister: str


def homes(table: Table) -> Mapping[str, Home]:
    """Find where each requirement would belong.

    Args:
        table: The table of concordance.

    Returns:
        Requirement → the article of the best clause of its nearest sister that is covered in
        full or in part, as the grades stand after review; the one that shares most of its
        number comes first, then the one that stands nearest in the directive, the earlier of
        two. No entry where nothing of the article of the directive was found.
    """
    labels = {(entry.act, entry.ref): entry.label for entry in table.reverse}
    places = {row.requirement: place for place, row in enumerate(table.rows)}
    found: dict[str, list[Row]] = {}
    for row in table.rows:
        if (reviewed_coverage(row) or row.coverage) in _FOUND and row.counting:
            found.setdefault(row.article, []).append(row)
    made: dict[str, Home] = {}
    for row in table.rows:
        sister = _nearest(row, found.get(row.article, ()), places)
        if sister is not None:
            made[row.requirement] = _home(sister, labels)
    return made


def _nearest(row: Row, sisters: Iterable[Row], places: Mapping[str, int]) -> Row | None:
    own, here = _parts(row.requirement), places[row.requirement]

    def distance(sister: Row) -> tuple[int, int, int]:
        there = places[sister.requirement]
        shared = _shared(own, _parts(sister.requirement))
        return -shared, abs(there - here), there

    return min(sisters, key=distance, default=None)


def _parts(requirement: str) -> list[str]:
    """Split an id: ``21``, ``(2)``, ``(j)``."""
    return re.findall(r"\([^)]*\)|#\w+|[^(#]+", requirement)


def _shared(one: list[str], other: list[str]) -> int:
    """Count the parts that two numbers begin with in common; the same number has one more."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            return count
        count += 1
    return count + (one == other)


def _home(sister: Row, labels: Mapping[tuple[str, str], str]) -> Home:
    # A clause that a person added has no score, and was chosen with more care.
    clause = next(iter(sister.added), None) or max(sister.counting, key=_score)
    article = re.split(r"[(#]", clause.ref, maxsplit=1)[0]
    known = (clause.act, article) in labels
    return Home(
        act=clause.act,
        ref=article if known else clause.ref,
        printed=(labels[clause.act, article] if known else clause.printed) or clause.ref,
        sister=sister.requirement,
    )


def _score(clause: Clause) -> float:
    return clause.score


def addressees(requirement: str) -> tuple[str, ...]:
    """Return whom a requirement binds.

    Args:
        requirement: Its id.

    Returns:
        Concepts of the glossary; where the catalogue names none for a point, those of the
        provision that introduces it. Empty where none is named.
    """
    known = load_directive().requirements
    entry = known.get(requirement)
    while entry is not None and not entry.addressee:
        entry = known.get(entry.parent) if entry.parent is not None else None
    return entry.addressee if entry is not None else ()
