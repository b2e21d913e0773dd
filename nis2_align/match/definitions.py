"""Lists of definitions: which clause defines which term.

A definition is transposed by the clause that defines its term, not by one that uses it: "trust
service provider" is no definition of "trust service", and a duty of providers defines nothing.
So the words ahead of "is" or "means" in each item of a list are compared with the term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nis2_align.languages import Language, Structure, language
from nis2_align.match.clauses import Clause, ClauseSet
from nis2_align.match.queries import Query

__all__ = ["Definitions", "definitions"]

# An article in which so many terms of the directive are defined is a list of definitions.
_LIST = 3
# Shared words over all words of the two terms (Jaccard), from which they are the same term.
_SAME = 0.8
# Terms are short: what stands further from the beginning than this is no defining word.
_LONGEST_TERM = 16
# Outside a list, and further on in an item, one word ahead of "is" need not be a term.
_TOLD_APART = 2
_QUOTES = {'"', "'", "«", "»", "„", "“", "”"}
_BREAKS = {"(", ")", ",", ";", ":"} | _QUOTES
_DASHES = {"–", "—", "-"}

Term = frozenset[str]


@dataclass(frozen=True, slots=True)
class Definitions:
    """What some acts define.

    Attributes:
        items: Clauses of the lists of definitions.
        of: Row of a requirement that is a definition → the clauses that define its term; empty
            where none does. No row has an entry where the acts have no list of definitions.
    """

    items: frozenset[int]
    of: dict[int, frozenset[int]]

    def admits(self, row: int, clause: int) -> bool:
        """Tell whether a clause may transpose a requirement, as far as definitions go."""
        own = self.of.get(row)
        return own is None or clause in own


def definitions(clauses: ClauseSet, queries: Sequence[Query]) -> Definitions:
    """Find what is defined, and where.

    Args:
        clauses: The clauses of the acts.
        queries: The requirements; those with ``defines`` are definitions.

    Returns:
        The definitions.
    """
    packs = {s.document.id: language(s.language) for s in clauses.segmentations}
    readings = {c.index: _reading(c, packs[c.provision.act]) for c in clauses.clauses}
    asked = {row: query.defines for row, query in enumerate(queries) if query.defines}
    headed = [(i, reading.head) for i, reading in readings.items() if reading.head]
    heads = {row: {i for i, head in headed if _same(wanted, head)} for row, wanted in asked.items()}
    found = Counter(clauses.clauses[i].article for i in set().union(*heads.values()))
    lists = {article for article, count in found.items() if count >= _LIST}
    if not lists:
        return Definitions(frozenset(), {})
    listed = {i for i in readings if clauses.clauses[i].article in lists}
    return Definitions(
        items=frozenset(_with_parts(clauses, {i for i in listed if readings[i].head})),
        of={
            row: frozenset(
                _with_parts(
                    clauses,
                    {i for i in heads[row] if i in listed or readings[i].stands_alone}
                    | {i for i in listed if _same(wanted, readings[i].inside)},
                )
            )
            for row, wanted in asked.items()
        },
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The terms that a clause may define: at its head, and further on, where it is an item."""

    head: tuple[Term, ...]
    inside: tuple[Term, ...]
    stands_alone: bool


def _with_parts(clauses: ClauseSet, items: Collection[int]) -> Iterator[int]:
    """A definition may go on in points of its own."""
    for index in items:
        yield index
        yield from _with_parts(clauses, clauses.parts[index])


def _same(wanted: Sequence[Term], terms: Sequence[Term]) -> bool:
    return any(len(a & b) >= _SAME * len(a | b) for a in wanted for b in terms)


def _reading(clause: Clause, pack: Language) -> _Reading:
    first, last = clause.lead_in
    words = pack.structure
    end = _end_of_head(clause, words)
    quoted = tuple(_quoted(clause))
    if end is None:
        return _Reading((), quoted, False)
    tokens = clause.text.tokens
    head = tuple(_terms(clause, first, end, words))
    later = [p for p in range(end + 1, last) if tokens[p].lower in words.defining]
    inside = [
        term for p in later for term in _ahead_of(clause, p, words) if len(term) >= _TOLD_APART
    ]
    # "The operator is obliged" and "operators who are ..." define nothing, nor does a heading.
    binds = any(m.first <= end < m.last + 1 for m in clause.text.modals_in(first, last))
    relative = any(t.lower in pack.modals["relative"] for t in tokens[first:end])
    told = tokens[end].lower in words.defining and max(map(len, head), default=0) >= _TOLD_APART
    return _Reading(head, (*inside, *quoted), told and not binds and not relative)


def _end_of_head(clause: Clause, words: Structure) -> int | None:
    """Return the place of the first defining word, or None where the clause defines nothing."""
    tokens, (first, last) = clause.text.tokens, clause.lead_in
    depth = 0
    for index in range(first, min(last, first + _LONGEST_TERM)):
        mark = tokens[index].lower
        depth += (mark == "(") - (mark == ")")
        if depth:
            continue
        if mark in {";", "."}:
            return None
        dash = mark in _DASHES and tokens[index - 1].end < tokens[index].start
        if index > first and (mark in words.defining or mark == ":" or dash):
            return index
    return None


def _terms(clause: Clause, first: int, last: int, words: Structure) -> Iterator[Term]:
    """Yield all words of a stretch as one term, and each of those told apart in it.

    "ICT product, ICT service and ICT process have the meaning of ..." defines three; what stands
    in brackets is another name ("hereinafter: the Strategy").
    """
    whole: set[str] = set()
    part: set[str] = set()
    depth = 0
    for token in clause.text.tokens[first:last]:
        depth += (token.lower == "(") - (token.lower == ")")
        if token.lower in _BREAKS or token.lower in words.joins:
            yield from _term(part)
            part = set()
        elif token.stem:
            part.add(token.stem)
            if not depth:
                whole.add(token.stem)
    yield from _term(part)
    yield from _term(whole)


def _ahead_of(clause: Clause, place: int, words: Structure) -> Iterator[Term]:
    """Yield the term between the last mark and a defining word further on in a clause."""
    tokens = clause.text.tokens
    start = place
    while start > clause.body[0] and place - start < _LONGEST_TERM // 2:
        if tokens[start - 1].lower in _BREAKS:
            return _terms(clause, start, place, words)
        start -= 1
    return iter(())


def _quoted(clause: Clause) -> Iterator[Term]:
    tokens, (first, last) = clause.text.tokens, clause.lead_in
    marks = [i for i in range(first, last) if tokens[i].lower in _QUOTES]
    for opening, closing in pairwise(marks):
        if closing - opening <= _LONGEST_TERM // 2:
            yield from _term({t.stem for t in tokens[opening:closing] if t.stem})


def _term(stems: set[str]) -> Iterator[Term]:
    if stems:
        yield frozenset(stems)
