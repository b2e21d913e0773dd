"""Lines → units: each a line, a cell of a table or an item that shares a line with another.

What holds afterwards: the units of a part, one after the other, are its text; none opens in the
middle of a sentence unless its line did.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nis2_align.official.division import Part, TextLine
from nis2_align.official.marks import ALPHABETS, Mark, mark_at, place_in, roman

__all__ = ["Unit", "article_units", "letters_of", "main_style", "row_units"]

# No article of the directive takes more lines, in whatever width it is set.
_MOST = 600

_CLOSED = re.compile(r"[.;:!?…]\s*[\"'»“”’)\]]*$")
_INLINE = re.compile(r"(?<=[;,:.])\s+(?=\(?\s?(?:[^\W\d_]{1,4}|\d{1,2})[).])")
_CELLS = re.compile(r"\s*\|\s*")
_DASHES = re.compile(r"\s(?=[–—―]\s)")
_FIRST = frozenset(("1", "a", "а", "α", "i"))
# A paragraph, a point and a Roman point: no list of the directive is deeper.
_DEEPEST = 3
# The end of a unit, by which it is told whether it is closed, has no more characters.
_ENDING = 20
_RULE = re.compile(r"[\s|:_=*–—-]+$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that may open a provision.

    Attributes:
        raw: All of it.
        mark: The number it opens with, or None.
        gap: A blank line stands before it.
        inline: It stands on one line with the unit before it.
        hint: What the file format said of its line.
    """

    raw: str
    mark: Mark | None
    gap: bool = False
    inline: bool = False
    hint: str = ""

    @property
    def text(self) -> str:
        """The text behind the number."""
        return self.raw[self.mark.end :] if self.mark else self.raw

    @property
    def closed(self) -> bool:
        """Whether a sentence or an item may end with it."""
        return _CLOSED.search(self.raw[-_ENDING:]) is not None


def article_units(part: Part, *, titled: bool) -> list[Unit]:
    """Return the units of an article.

    Args:
        part: The article.
        titled: The title of what follows may stand at its end, and is left out.
    """
    units = list(islice((unit for line in part.lines for unit in _split(line)), _MOST))
    end = len(units)
    while titled and end > 1 and _is_title(units[end - 1]):
        end -= 1
    return units[:end] if units and units[end - 1].closed else units


def row_units(part: Part) -> list[Unit]:
    """Return the units of an annex: its cells, each kind of entity apart; footnotes are left out.

    A footnote opens with a number that is printed otherwise than those of the rows.
    """
    found: list[Unit] = []
    for line in part.lines[:_MOST]:
        if _RULE.fullmatch(line.text):
            continue
        cells = [cell for cell in _CELLS.split(line.text) if cell]
        for place, cell in enumerate(cells):
            for turn, piece in enumerate(_DASHES.split(cell)):
                inline = place > 0 or turn > 0
                found.append(_unit(piece, gap=line.gap, inline=inline, hint=line.hint))
    return list(_without_notes(_without_repeated_heads(found[:_MOST])))


def letters_of(parts: Iterable[Part]) -> list[str]:
    """Return the letters that open the lines of some parts, in order."""
    marks = (mark_at(line.text) for part in parts for line in part.lines[:_MOST])
    return [mark.token for mark in marks if mark is not None and mark.kind == "letter"]


def main_style(units: Sequence[Unit]) -> str:
    """Return the way in which the units' numbers are printed that go on one from another."""
    counts: Counter[str] = Counter()
    before: dict[str, int] = {}
    for unit in units:
        if unit.mark is None or unit.mark.kind != "number":
            continue
        style, value = unit.mark.style, int(unit.mark.token)
        counts[style] += value == before.get(style, 0) + 1
        before[style] = value
    return max(counts, key=lambda style: counts[style], default="1.")


def _is_title(unit: Unit) -> bool:
    return unit.mark is None and not unit.closed and unit.raw[:1].isupper()


def _split(line: TextLine) -> Iterator[Unit]:
    """Cut a line where the next item of the list it stands in begins: ``a) …; b) …``."""
    text, gap, start = line.text, line.gap, 0
    first = mark_at(text)
    lists = [first] if first else []
    for match in _INLINE.finditer(text):
        next_ = mark_at(text, match.end())
        if next_ is None or not _goes_on(lists, next_, text[match.start() - 1]):
            continue
        yield _unit(text[start : match.start()], gap=gap, inline=start > 0, hint=line.hint)
        start, gap = match.end(), False
    yield _unit(text[start:], gap=gap, inline=start > 0, hint=line.hint)


def _unit(raw: str, *, gap: bool, inline: bool, hint: str) -> Unit:
    return Unit(raw, mark_at(raw), gap, inline, hint)


def _goes_on(lists: list[Mark], next_: Mark, before: str) -> bool:
    """Tell whether an item inside a line is the next of a list, or the first after a colon.

    Args:
        lists: The last numbers of the lists that are open, the outermost first; kept up to date.
        next_: The number of what may be an item.
        before: The character before it.
    """
    if next_.kind == "dash" or next_.style == "a.":
        return False
    for depth in reversed(range(len(lists))):
        mark = lists[depth]
        ended = before in ".;" or (before == "," and next_.kind == "letter")
        if ended and mark.style == next_.style and _follows(mark, next_):
            lists[depth:] = [next_]
            return True
    if before == ":" and len(lists) < _DEEPEST and next_.token in _FIRST:
        lists.append(next_)
        return True
    return False


def _follows(mark: Mark, next_: Mark) -> bool:
    if mark.kind == "number":
        return int(next_.token) == int(mark.token) + 1
    here, there = roman(mark.token), roman(next_.token)
    if here is not None and there is not None and there == here + 1:
        return True
    places = ((place_in(a, mark.token), place_in(a, next_.token)) for a in ALPHABETS)
    return any(one is not None and two == one + 1 for one, two in places)


def _without_repeated_heads(units: Sequence[Unit]) -> list[Unit]:
    """Drop the heads of columns where a new page prints them again."""
    first = next((n for n, unit in enumerate(units) if unit.mark is not None), len(units))
    heads = {unit.raw for unit in units[:first]}
    return [unit for n, unit in enumerate(units) if n < first or unit.raw not in heads]


def _without_notes(units: Sequence[Unit]) -> Iterator[Unit]:
    numbered = (unit.mark for unit in units if unit.mark and unit.mark.kind == "number")
    style = next((mark.style for mark in numbered), "1.")
    in_note = False
    for unit in units:
        if unit.mark is not None:
            in_note = unit.mark.kind == "number" and unit.mark.style != style
        if not in_note:
            yield unit
