"""Lay the units of an article or annex on the provisions that are expected there.

Both run in one direction, so the cheapest way is found by dynamic programming (the algorithm of
Viterbi, 1967): each unit opens a provision, goes on with the one before, or is a stray line (a
footnote, a running head); each provision that nothing opens has its price too. A wrong number, a
number that is missing, or a point that shares a line spoils one provision and not the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from nis2_align.official.marks import ALPHABETS, Mark, place_in, roman
from nis2_align.official.skeleton import Node
from nis2_align.official.units import Unit, main_style

__all__ = ["Laid", "Setting", "lay"]

_MISSING = {"number": 3.0, "letter": 3.0, "roman": 3.0, "bare": 3.0, "sub": 2.0}
_MISPRINT = 2.5
_STRAY, _SIGNATURE = 3.0, 0.9
# A way that costs so much more than the cheapest is not followed further.
_HOPELESS = 40.0
_IMPOSSIBLE = inf


@dataclass(frozen=True, slots=True)
class Setting:
    """How a file is set.

    Attributes:
        alphabet: The alphabet that letters its lists.
        below: Headings stand below the numbers of the articles.
        table: The units are the cells of an annex.
        last: Nothing but a signature follows.
    """

    alphabet: tuple[str, ...] = ALPHABETS[0]
    below: bool = True
    table: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """What was found, and whether it can be trusted.

    Attributes:
        units: Each node found, in order, with its units.
        strays: How many units were left out, beside headings.
        sure: False where numbers are missing from the file and the order alone does not tell.
    """

    units: tuple[tuple[Node, tuple[Unit, ...]], ...]
    strays: int
    sure: bool = True


@dataclass(slots=True)
class _Prices:
    """What each step costs in one article."""

    units: Sequence[Unit]
    setting: Setting
    style: str = ""
    kinds: frozenset[str] = frozenset()
    wrapped: bool = False

    def __post_init__(self) -> None:
        marks = [unit.mark for unit in self.units if unit.mark is not None]
        self.style = main_style(self.units)
        self.kinds = frozenset(mark.kind for mark in marks)
        open_ends = sum(
            not before.closed and unit.mark is None and not unit.gap
            for before, unit in zip(self.units[1:], self.units[2:], strict=False)
        )
        self.wrapped = open_ends > max(1, len(self.units) // 12)

    def heading(self, place: int) -> float:
        """Price of a unit that is a heading or stands before the first provision."""
        unit, setting = self.units[place], self.setting
        if setting.table:
            return 0.1 if unit.mark is None else _STRAY
        if unit.mark is not None:
            return _STRAY
        if place == 0:
            return 0.0 if setting.below else 2.0
        same = bool(unit.hint) and unit.hint == self.units[place - 1].hint
        return 0.2 if same else 1.0

    def going_on(self, place: int) -> float:
        """Price of a unit that goes on with the provision before it."""
        unit, before = self.units[place], self.units[place - 1]
        if self.setting.table:
            return 0.1 if unit.mark is None or unit.mark.kind != "number" else 4.0
        if unit.mark is None:
            if not before.closed:
                return 0.0
            return 5.0 if self.setting.last else 1.5
        if unit.inline:
            return 0.3
        if unit.mark.kind == "dash":
            return 0.5
        return 4.0 if before.closed else 2.0

    def stray(self, place: int, after_stray: bool) -> float:
        """Price of a unit that belongs to no provision."""
        unit = self.units[place]
        if after_stray and unit.mark is None:
            return 0.3
        if not any(letter.isalpha() for letter in unit.raw):
            return 0.4  # the number or the date of a page
        return _SIGNATURE if self.setting.last else _STRAY

    def opening(self, place: int, node: Node, *, first: bool) -> float:
        """Price of a unit that opens a provision; ``first``: nothing but a heading is before."""
        unit = self.units[place]
        if unit.mark is not None:
            return self._numbered(unit.mark, node)
        if node.kind in {"bare", "sub"}:
            return self._unnumbered(place, first)
        headed = place > 0 or not self.setting.below
        if first and headed and node.kind == "number" and node.value == 1:
            return _IMPOSSIBLE if self.setting.table else 1.2
        expected = "number" if node.kind == "number" else "letter"
        # Where a file has lost its numbers, the order alone is left to go by.
        return _IMPOSSIBLE if expected in self.kinds or self.setting.table else 2.2

    def _unnumbered(self, place: int, first: bool) -> float:
        unit = self.units[place]
        broken = 1.5 if unit.raw[:1].islower() else 0.0
        if first:
            alone = 1.0 if unit.closed else 3.5
            return broken + (alone if place == 0 and self.setting.below else 0.0)
        if self.units[place - 1].closed:
            return broken
        return 5.0 if self.wrapped else 0.8

    def _numbered(self, mark: Mark, node: Node) -> float:
        if node.kind == "sub":
            return _IMPOSSIBLE
        if node.kind == "bare":
            # A translation may number the only paragraph of an article.
            return 1.5 if mark.kind == "number" and mark.token == "1" else _IMPOSSIBLE
        if node.kind == "number":
            return self._number(mark, node.value)
        if node.kind == "roman":
            return self._roman(mark, node.value)
        return self._letter(mark, node.value)

    def _number(self, mark: Mark, value: int) -> float:
        if mark.kind != "number":
            return _IMPOSSIBLE
        if mark.style != self.style:
            return _IMPOSSIBLE if self.setting.table else 1.0 if int(mark.token) == value else 4.0
        return 0.0 if int(mark.token) == value else _MISPRINT

    def _letter(self, mark: Mark, value: int) -> float:
        if mark.kind != "letter":
            return 1.7 if mark.kind == "dash" or mark.style != self.style else _IMPOSSIBLE
        if place_in(self.setting.alphabet, mark.token) == value:
            return 0.0
        if any(place_in(alphabet, mark.token) == value for alphabet in ALPHABETS):
            return 0.5
        return _IMPOSSIBLE if roman(mark.token) and len(mark.token) > 1 else _MISPRINT

    def _roman(self, mark: Mark, value: int) -> float:
        if mark.kind == "letter" and roman(mark.token) == value:
            return 0.0
        if mark.kind == "number" and mark.style == self.style:
            return _IMPOSSIBLE
        return 1.5


def lay(units: Sequence[Unit], nodes: Sequence[Node], setting: Setting) -> Laid:
    """Find the cheapest way to read the units as the nodes.

    Args:
        units: The units of one article or annex, in order.
        nodes: The provisions expected there, in order.
        setting: How the file is set.

    Returns:
        The nodes found, in order, each with at least one unit.
    """
    steps = _steps(_Prices(units, setting), nodes)
    found: dict[int, list[Unit]] = {}
    strays = 0
    for unit, (node, stray) in zip(units, steps, strict=True):
        if stray:
            strays += 1
        elif node:
            found.setdefault(node, []).append(unit)
    held = tuple((nodes[n - 1], tuple(held)) for n, held in sorted(found.items()))
    return Laid(held, strays, _is_sure(held, nodes, strays))


def _is_sure(
    held: Sequence[tuple[Node, Sequence[Unit]]], nodes: Sequence[Node], strays: int
) -> bool:
    """Tell whether numbers that are not printed can be told by counting."""
    bare = [
        node
        for place, (node, units) in enumerate(held)
        if units[0].mark is None and node.kind not in {"bare", "sub"} and place
    ]
    return not bare or (len(held) == len(nodes) and not strays)


State = tuple[int, bool]


def _steps(prices: _Prices, nodes: Sequence[Node]) -> list[State]:
    """Return for each unit the node it belongs to, counted from 1, and whether it is stray."""
    # What it costs to leave out all nodes before one: differences give every gap's price.
    skipped = [0.0]
    for node in nodes:
        skipped.append(skipped[-1] + _MISSING[node.kind])
    costs: dict[State, float] = {(0, False): 0.0}
    ways: list[dict[State, State]] = []
    for place in range(len(prices.units)):
        costs, way = _step(prices, nodes, skipped, costs, place)
        left = len(prices.units) - place - 1
        costs = _hopeful(costs, len(nodes) - left)
        ways.append(way)
    state = min(costs, key=lambda s: costs[s] + skipped[-1] - skipped[s[0]])
    path: list[State] = []
    for way in reversed(ways):
        path.append(state)
        state = way[state]
    return path[::-1]


def _hopeful(costs: dict[State, float], due: int) -> dict[State, float]:
    """Leave out the ways that cannot become the cheapest any more.

    Args:
        costs: The cost of each state.
        due: So many nodes must be behind if each unit that is left is to open one.
    """
    least = min(_MISSING.values())
    bounds = {s: cost + least * max(0, due - s[0]) for s, cost in costs.items()}
    best = min(bounds.values()) + _HOPELESS
    return {state: costs[state] for state, bound in bounds.items() if bound <= best}


def _step(
    prices: _Prices,
    nodes: Sequence[Node],
    skipped: Sequence[float],
    costs: dict[State, float],
    place: int,
) -> tuple[dict[State, float], dict[State, State]]:
    after: dict[State, float] = {}
    way: dict[State, State] = {}

    def offer(state: State, cost: float, source: State) -> None:
        if cost < after.get(state, inf):
            after[state], way[state] = cost, source

    heading = prices.heading(place)
    going_on = prices.going_on(place) if place else 0.0
    for (node, stray), cost in costs.items():
        if node == 0 and not stray:
            offer((0, False), cost + heading, (0, False))
        elif node:
            offer((node, False), cost + going_on + (2.0 if stray else 0.0), (node, stray))
        price = prices.stray(place, stray) if node else _STRAY
        offer((node, True), cost + price, (node, stray))
    _offer_openings(prices, nodes, skipped, costs, place, offer)
    return after, way


def _offer_openings(
    prices: _Prices,
    nodes: Sequence[Node],
    skipped: Sequence[float],
    costs: dict[State, float],
    place: int,
    offer: Callable[[State, float, State], None],
) -> None:
    """Let the unit open each node, coming from the cheapest state before it."""
    head: tuple[float, State] | None = None
    best: tuple[float, State] | None = None
    for number, node in enumerate(nodes, start=1):
        for stray in (False, True):
            cost = costs.get((number - 1, stray))
            if cost is None:
                continue
            entry = (cost - skipped[number - 1], (number - 1, stray))
            if number == 1:
                head = min(head, entry) if head else entry
            else:
                best = min(best, entry) if best else entry
        for source, first in ((head, True), (best, False)):
            if source is None:
                continue
            price = prices.opening(place, node, first=first or source[1][1])
            if price < inf:
                cost = source[0] + skipped[number - 1] + price
                offer((number, False), cost, source[1])
