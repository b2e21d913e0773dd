"""Which provision of an earlier draft a provision of a later one comes from, whatever its number.

Three steps, each on what the one before left: the same words in the same order; the same words
elsewhere; words that are alike, with the pairs around them as a further sign.

What holds afterwards: every provision with words of its own is on one side of exactly one pair; a
change of script, letter case, punctuation, line breaks or number alone is no change of words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from rapidfuzz.distance import Indel, LCSseq
from scipy.sparse import csr_matrix

from nis2_align.compare.words import differences, words_of
from nis2_align.model import ClauseRef, Provision, Segmentation, Span
from nis2_align.text.normalise import normalise
from nis2_align.text.pieces import Piece

__all__ = ["Alike", "Change", "Side", "Step", "changes", "share_kept"]

_OUTSIDE = frozenset({"chapter", "preamble", "closing"})
# Candidates that are compared word by word.
_NEAREST = 8


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two wordings must be to be one provision; measured by ``benchmarks/drafts.py``.

    Attributes:
        alone: Share of words in common, in [0, 1], that is enough wherever they stand.
        in_place: That which is enough where the provisions around them are a pair.
    """

    alone: float = 0.60
    in_place: float = 0.35


class Step(StrEnum):
    """What became of a provision."""

    SAME = "same"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A provision in one of the drafts.

    Attributes:
        clause: Its name.
        label: Its number as printed.
        words: Its heading and its own words, as written; those of its parts stand for themselves.
        page: Page from 1, or None.
    """

    clause: ClauseRef
    label: str
    words: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A provision of one draft and what it is in the other.

    Attributes:
        step: What became of it.
        before: In the earlier draft; None where it was added.
        after: In the later draft; None where it was removed.
        alike: Share of words in common, in [0, 1]; 0 where one side is missing.
    """

    step: Step
    before: Side | None
    after: Side | None
    alike: float

    def words(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Return the words of both sides, set off where they differ."""
        old = self.before.words if self.before else ""
        new = self.after.words if self.after else ""
        return differences(old, new)


@dataclass(frozen=True, slots=True)
class _Unit:
    side: Side
    key: tuple[str, ...] = field(repr=False)
    parent: ClauseRef


def changes(
    before: Iterable[Segmentation], after: Iterable[Segmentation], alike: Alike | None = None
) -> tuple[Change, ...]:
    """Pair the provisions of two drafts.

    Args:
        before: The acts of the earlier draft.
        after: Those of the later one.
        alike: How alike two wordings must be.

    Returns:
        In the order of the later draft; what was removed stands where it stood in the earlier one.
    """
    old = [unit for cut in before for unit in _units_of(cut)]
    new = [unit for cut in after for unit in _units_of(cut)]
    return tuple(_in_order(old, new, _Pairing(old, new).all(alike or Alike())))


def share_kept(found: Iterable[Change]) -> float:
    """Return how much of the smaller draft is in the other, in [0, 1]: whether they are one law."""
    counts = Counter(change.step for change in found)
    both = counts[Step.SAME] + counts[Step.RENUMBERED] + counts[Step.CHANGED]
    least = both + min(counts[Step.ADDED], counts[Step.REMOVED])
    return both / least if least else 0.0


def _units_of(cut: Segmentation) -> Iterator[_Unit]:
    text, act = cut.document.text, cut.document.id
    plain = normalise(text)  # Once for an act: once for a provision would cost seconds.

    def latin(span: Span) -> str:
        first = bisect_left(plain.starts, span.start)
        return plain.text[first : bisect_left(plain.starts, span.end, lo=first)]

    for one in cut.provisions:
        spans = [one.own] if one.heading_span is None else [one.heading_span, one.own]
        key = tuple(word for span in spans for word in words_of(latin(span)))
        if key and one.kind not in _OUTSIDE:
            yield _Unit(_side(one, spans, text), key, ClauseRef(act=act, ref=one.parent or ""))


def _side(one: Provision, spans: Sequence[Span], text: str) -> Side:
    parts = (span.of(text).strip() for span in spans)
    return Side(
        clause=ClauseRef(act=one.act, ref=one.ref),
        label=one.label,
        words="\n".join(filter(None, parts)),
        page=one.page,
    )


class _Pairing:
    """Pairs as they are found.

    Attributes:
        before_of: Place in the later draft → place in the earlier one.
        alike: Place in the later draft → share of words in common.
    """

    def __init__(self, old: Sequence[_Unit], new: Sequence[_Unit]) -> None:
        self.before_of: dict[int, int] = {}
        self.alike: dict[int, float] = {}
        self.taken: set[int] = set()
        self._old, self._new = old, new
        self._old_at = {one.side.clause: place for place, one in enumerate(old)}
        self._new_at = {one.side.clause: place for place, one in enumerate(new)}

    def all(self, alike: Alike) -> _Pairing:
        """Find all pairs; return itself."""
        for step in LCSseq.opcodes([one.key for one in self._old], [one.key for one in self._new]):
            if step.tag == "equal":
                for offset in range(step.src_end - step.src_start):
                    self._join(step.src_start + offset, step.dest_start + offset, 1.0)
        self._elsewhere()
        near = self._nearest()
        self._near(near, alike.alone)
        # Each pair may be what speaks for the next one.
        while self._near([one for one in near if self._in_place(*one[1:])], alike.in_place):
            pass
        return self

    def _join(self, before: int, after: int, share: float) -> None:
        self.before_of[after] = before
        self.alike[after] = share
        self.taken.add(before)

    def _elsewhere(self) -> None:
        """Pair what has the same words in another place, the first with the first."""
        free: dict[tuple[str, ...], list[int]] = {}
        for place in reversed(range(len(self._old))):
            if place not in self.taken:
                free.setdefault(self._old[place].key, []).append(place)
        for place, one in enumerate(self._new):
            if place not in self.before_of and free.get(one.key):
                self._join(free[one.key].pop(), place, 1.0)

    def _nearest(self) -> list[tuple[float, int, int]]:
        """Return share in common and places before and after, the most alike first."""
        left = [place for place in range(len(self._old)) if place not in self.taken]
        right = [place for place in range(len(self._new)) if place not in self.before_of]
        if not left or not right:
            return []
        old, new = self._old, self._new
        rough = _words_shared([old[one].key for one in left], [new[one].key for one in right])
        found: list[tuple[float, int, int]] = []
        for row, place in enumerate(left):
            for column in np.argsort(-rough[row], kind="stable")[:_NEAREST]:
                other = right[int(column)]
                share = Indel.normalized_similarity(old[place].key, new[other].key)
                found.append((share, place, other))
        return sorted(found, key=lambda one: (-one[0], one[1], one[2]))

    def _near(self, near: Iterable[tuple[float, int, int]], least: float) -> bool:
        """Pair what is alike enough, the most alike first; return whether any was."""
        before = len(self.taken)
        for share, place, other in near:
            if share >= least and place not in self.taken and other not in self.before_of:
                self._join(place, other, share)
        return len(self.taken) > before

    def _in_place(self, before: int, after: int) -> bool:
        """Tell whether what stands before or after, or what holds it, is a pair on both sides."""
        if any(self.before_of.get(after + step) == before + step for step in (-1, 1)):
            return True
        holder = self._new_at.get(self._new[after].parent)
        held = self._old_at.get(self._old[before].parent)
        return holder is not None and held is not None and self.before_of.get(holder) == held


def _words_shared(left: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]]) -> np.ndarray:
    """Return the share of different words in common (Dice 1945), left × right, in [0, 1]."""
    known = {word: place for place, word in enumerate(sorted({w for key in left for w in key}))}

    def held(keys: Sequence[tuple[str, ...]]) -> csr_matrix:
        cells = [
            (row, known[word]) for row, key in enumerate(keys) for word in set(key) if word in known
        ]
        rows, columns = zip(*cells, strict=True) if cells else ((), ())
        shape = (len(keys), len(known))
        return csr_matrix((np.ones(len(cells)), (rows, columns)), shape=shape)

    shared = (held(left) @ held(right).T).toarray()
    sizes = np.add.outer([len(set(key)) for key in left], [len(set(key)) for key in right])
    return np.asarray(2.0 * shared / sizes)


def _in_order(old: Sequence[_Unit], new: Sequence[_Unit], pairs: _Pairing) -> Iterator[Change]:
    told: set[int] = set()

    def gone(start: int) -> Iterator[Change]:
        """Yield what was removed from here on, up to the next that was kept."""
        for place in range(start, len(old)):
            if place in pairs.taken:
                return
            if place not in told:
                told.add(place)
                side = old[place].side
                yield Change(step=Step.REMOVED, before=side, after=None, alike=0.0)

    yield from gone(0)
    for place, one in enumerate(new):
        if place not in pairs.before_of:
            yield Change(step=Step.ADDED, before=None, after=one.side, alike=0.0)
            continue
        before = pairs.before_of[place]
        yield _pair(old[before].side, one.side, pairs.alike[place], old[before].key == one.key)
        yield from gone(before + 1)


def _pair(before: Side, after: Side, share: float, same_words: bool) -> Change:
    step = Step.CHANGED
    if same_words:
        step = Step.SAME if before.clause.ref == after.clause.ref else Step.RENUMBERED
    return Change(step=step, before=before, after=after, alike=share)
