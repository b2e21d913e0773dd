"""Where in a clause a phrasing of an element stands, and how much of it.

The words of a phrasing must stand close together: a long paragraph holds nearly every word
somewhere. What the lead-in says ("The authority may order the entity to:") counts in part,
since it is said for each of its points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nis2_align.match.clauses import Clause
from nis2_align.match.queries import ElementQuery
from nis2_align.match.terms import TermSpace

__all__ = ["Sighter", "Sighting"]

# Width of the window in tokens: room for a few words between those of the phrasing.
_ROOM = 6
_ROOM_PER_TERM = 4
_CONTEXT_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Sighting:
    """The best place of an element in a clause.

    Attributes:
        strength: Rarity-weighted share of a phrasing that was found, in [0, 1].
        clause: Index of the clause.
        first: First token of the stretch.
        last: Token after the stretch.
        phrasing: The phrasing found best.
    """

    strength: float
    clause: int
    first: int
    last: int
    phrasing: str


class Sighter:
    """Finds elements in clauses, remembering what it has looked at.

    Args:
        space: The terms of requirements and clauses.
    """

    def __init__(self, space: TermSpace) -> None:
        self._space = space
        self._rows = {query.requirement.id: row for row, query in enumerate(space.queries)}
        self._places: dict[int, dict[str, list[int]]] = {}
        self._seen: dict[tuple[str, int], Sighting | None] = {}

    def best(self, element: ElementQuery, clauses: Sequence[int]) -> Sighting | None:
        """Return the strongest sighting of an element in some clauses, or None."""
        found = [s for c in clauses if (s := self.look(element, c)) is not None]
        return max(found, key=lambda s: s.strength, default=None)

    def look(self, element: ElementQuery, clause: int) -> Sighting | None:
        """Return the strongest sighting of an element in one clause, or None."""
        key = (element.spec.id, clause)
        if key not in self._seen:
            self._seen[key] = self._look(element, self._space.clauses.clauses[clause])
        return self._seen[key]

    def _look(self, element: ElementQuery, clause: Clause) -> Sighting | None:
        """Look at the clause's own words and into its parts, never across two parts.

        A paragraph of sixty definitions holds nearly every phrasing if its points may lend each
        other words; what its lead-in says counts for each point as context.
        """
        found = [self._look_at_own(element, clause), self._defined(element, clause)]
        for part in self._space.clauses.parts[clause.index]:
            inside = self.look(element, part)
            found.append(replace(inside, clause=clause.index) if inside is not None else None)
        seen = [sighting for sighting in found if sighting is not None]
        return max(seen, key=lambda s: s.strength, default=None)

    def _defined(self, element: ElementQuery, clause: Clause) -> Sighting | None:
        """See the term of a definition where the clause defines it, whatever else it says."""
        if element.spec.kind != "term":
            return None
        row = self._rows[element.spec.id.rpartition("#")[0]]
        if clause.index not in self._space.definitions.of.get(row, ()):
            return None
        first, last = clause.body
        return Sighting(1.0, clause.index, first, min(last, first + _ROOM), "")

    def _look_at_own(self, element: ElementQuery, clause: Clause) -> Sighting | None:
        best: Sighting | None = None
        places = self._places_of(clause)
        context = set(clause.said_terms)
        for phrasing in element.phrasings:
            for variant in phrasing.variants:
                found = self._window(variant, places, context)
                if found is not None and (best is None or found[0] > best.strength):
                    strength, first, last = found
                    best = Sighting(strength, clause.index, first, last, phrasing.text)
        return best

    def _places_of(self, clause: Clause) -> dict[str, list[int]]:
        known = self._places.get(clause.index)
        if known is not None:
            return known
        places: dict[str, list[int]] = {}
        first, last = clause.lead_in if self._space.clauses.parts[clause.index] else clause.body
        for i in range(first, last):
            stem = clause.text.tokens[i].stem
            if stem:
                places.setdefault(stem, []).append(i)
        for mention in clause.text.concepts_in(first, last):
            places.setdefault(f"§{mention.concept}", []).append(mention.first)
        self._places[clause.index] = places
        return places

    def _window(
        self, variant: tuple[str, ...], places: dict[str, list[int]], context: set[str]
    ) -> tuple[float, int, int] | None:
        present = [term for term in variant if term in places]
        if not present:
            return None
        hits = sorted((i, term) for term in present for i in places[term])
        rarity = {term: self._space.rarity(term) for term in variant}
        total = sum(rarity.values())
        nearby = [term for term in variant if term in context]
        width = _ROOM + _ROOM_PER_TERM * len(variant)
        best_sum, best_range = 0.0, (hits[0][0], hits[0][0] + 1)
        held: dict[str, int] = {}
        start = 0
        for i, term in hits:
            held[term] = held.get(term, 0) + 1
            # Too far left, or said again further right: the stretch begins where it must.
            while i - hits[start][0] > width or held[hits[start][1]] > 1:
                gone = hits[start][1]
                held[gone] -= 1
                if not held[gone]:
                    del held[gone]
                start += 1
            outside = sum(rarity[t] for t in nearby if t not in held)
            value = sum(rarity[t] for t in held) + _CONTEXT_SHARE * outside
            if value > best_sum:
                best_sum, best_range = value, (hits[start][0], i + 1)
        return best_sum / total, best_range[0], best_range[1]
