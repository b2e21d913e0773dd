"""Looks a few words or a number up in the acts, in whatever script and with or without marks.

What holds afterwards: every provision found is one of the result's; a provision that holds all the
words stands before one that holds something like them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from nis2_align.model import ClauseRef, Provision, Result, Segmentation, Span
from nis2_align.text.normalise import as_typed, normalise

__all__ = ["Index", "Place", "index"]

_NOT_CITED = frozenset({"chapter", "preamble", "closing"})
#: So alike (0 to 100) must the words be where not all of them are there.
_ALIKE = 78.0
# A shorter query is like everything.
_FUZZY_FROM = 5
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"(?:annex ?)?\d+\w?(?:\(\w+\))*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A provision that was found.

    Attributes:
        clause: Its name.
        label: Its number as printed.
        page: Page from 1, or None.
        words: The whole provision as the act writes it.
        exact: It holds all the words, or bears the number; else only something like them.
    """

    clause: ClauseRef
    label: str
    page: int | None
    words: str
    exact: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    provision: Provision
    words: str
    key: str
    own: str


@dataclass(frozen=True, slots=True)
class Index:
    """The provisions of a result by their words; make it through :func:`index`."""

    _entries: tuple[_Entry, ...]

    def find(self, query: str, limit: int = 12) -> tuple[Place, ...]:
        """Find provisions.

        Args:
            query: Words in any order, parts of words, or the number of a provision: ``12(3)``.
            limit: How many at most; at least 1.

        Returns:
            First the provision of that number, then those whose own words hold all that was asked
            for, then those that hold it with their parts, the shortest first, then those with
            similar words, the most similar first; nothing for an empty query.
        """
        words = _WORD.findall(_key(query))
        if not words:
            return ()
        # By identity, as each entry is there once and comparing their words would be slow.
        exact = {id(one): one for one in (*self._numbered(query), *self._holding(words))}
        near: list[_Entry] = []
        if len(exact) < limit and sum(map(len, words)) >= _FUZZY_FROM:
            near = [one for one in self._alike(words) if id(one) not in exact]
        ranked = [(entry, True) for entry in exact.values()] + [(entry, False) for entry in near]
        return tuple(_place(*one) for one in ranked[:limit])

    def _numbered(self, query: str) -> Iterator[_Entry]:
        wanted = "".join(query.split()).casefold()
        if _NUMBER.fullmatch(wanted):
            for entry in self._entries:
                if entry.provision.ref.replace(" ", "").casefold() == wanted:
                    yield entry

    def _holding(self, words: Sequence[str]) -> list[_Entry]:
        held = [entry for entry in self._entries if all(word in entry.key for word in words)]
        return sorted(held, key=lambda e: (not all(word in e.own for word in words), len(e.words)))

    def _alike(self, words: Sequence[str]) -> list[_Entry]:
        named = process.extract(
            " ".join(words),
            [entry.own for entry in self._entries],
            scorer=fuzz.token_set_ratio if len(words) > 1 else fuzz.partial_ratio,
            score_cutoff=_ALIKE,
            limit=None,
        )
        return [self._entries[place] for _, _, place in named]


def index(result: Result) -> Index:
    """Read the acts of a result, so that they can be searched.

    Args:
        result: The analysis with the acts' texts.

    Returns:
        The index; it holds the words of the acts, so it is to be kept no longer than they are.
    """
    return Index(tuple(entry for cut in result.segmentations for entry in _entries(cut)))


def _entries(cut: Segmentation) -> Iterator[_Entry]:
    text = cut.document.text
    normal = normalise(text)

    def key(span: Span) -> str:
        first = bisect_left(normal.starts, span.start)
        return _key(normal.text[first : bisect_left(normal.starts, span.end, lo=first)], done=True)

    for provision in cut.provisions:
        if provision.kind not in _NOT_CITED:
            heading = key(provision.heading_span) if provision.heading_span else ""
            own = f"{heading} {key(provision.own)}".strip()
            yield _Entry(provision, provision.span.of(text), key(provision.span), own)


def _key(text: str, *, done: bool = False) -> str:
    """Return what all ways to write a text have in common."""
    latin = text if done else normalise(text).text
    return " ".join(as_typed(latin.casefold()).split())


def _place(entry: _Entry, exact: bool) -> Place:
    at = entry.provision
    return Place(ClauseRef(act=at.act, ref=at.ref), at.label, at.page, entry.words, exact)
