"""Find figures in running text: durations, amounts, shares, head counts.

Numbers are read in digits with the language's grouping ("10.000.000", "10 000 000"), in words
("dvadeset četiri"), and with a magnitude ("10 milijuna"). A number without a unit is skipped,
save the first of a range ("od 500 do 2.000 eura"), which borrows the unit of the second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nis2_align.languages import Language
from nis2_align.text.normalise import as_typed

__all__ = ["HOURS", "FigureMention", "dimension", "find_figures"]

# A month is reckoned at 30 days and a year at 365: deadlines are compared, not computed.
HOURS = {"hour": 1, "day": 24, "working_day": 24, "week": 168, "month": 720, "year": 8760}
_CALENDAR = range(1900, 2101)
_DASHES = {"-", "–", "—"}
_APOSTROPHES = re.compile(r"^\d{1,3}(?:'\d{3})+(?!\d)")
_DIGITS = re.compile(r"^\d+(?:[.,]\d+)*$")


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure at ``tokens[first:last]``, number and unit together.

    Attributes:
        value: The number in ``unit``.
        unit: A unit of the catalogue, or an ISO 4217 code of another currency.
        bound: ``at_most``, ``at_least`` or ``""`` where no word says so.
        first: Index of its first token.
        last: Index after its last token.
    """

    value: float
    unit: str
    bound: str
    first: int
    last: int


def dimension(unit: str) -> str:
    """Return ``time``, ``percent``, ``staff`` or ``money``: only like is compared with like."""
    if unit in HOURS:
        return "time"
    return unit if unit in {"percent", "staff"} else "money"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of a pack that make figures, as they are typed with or without marks."""

    units: Mapping[tuple[str, ...], str]
    numerals: Mapping[str, float]
    implied: frozenset[str]
    magnitudes: Mapping[str, float]
    joins: frozenset[str]
    ranges: frozenset[str]
    bounds: tuple[tuple[str, tuple[str, ...]], ...]
    decimal: str
    grouping: str


def _lexicon(pack: Language) -> _Lexicon:
    units = {as_typed(word.lower()): unit for unit, words in pack.units.items() for word in words}
    numerals = {as_typed(word): number for word, number in pack.numerals.items()}
    # "and" comes first among the joining words; in some languages numerals have one of their own.
    joins = {*pack.structure.joins[:1], *(word for word in pack.structure.joins if len(word) == 1)}
    between = (*pack.structure.through, *pack.structure.joins[:1])
    at_most, at_least = (
        tuple(f" {as_typed(word.lower())}" for word in words)
        for words in (pack.at_most, pack.at_least)
    )
    return _Lexicon(
        units={tuple(word.split()): unit for word, unit in units.items()},
        numerals=numerals,
        # "mjesec dana" is one month: the number is left unsaid, the words are the unit's.
        implied=frozenset(numerals.keys() & units.keys()),
        magnitudes={as_typed(word): factor for word, factor in pack.magnitudes.items()},
        joins=frozenset(as_typed(word) for word in joins),
        ranges=frozenset(_DASHES | {as_typed(word.split()[0]) for word in between}),
        bounds=(("at_most", at_most), ("at_least", at_least)),
        decimal=pack.decimal,
        grouping=pack.grouping,
    )


def find_figures(words: Sequence[str], pack: Language) -> tuple[FigureMention, ...]:
    """Find all figures among lower-case token texts.

    Args:
        words: Lower-case texts of the tokens, marks included.
        pack: The language pack.

    Returns:
        The figures in order.
    """
    lexicon = _lexicon(pack)
    words = [as_typed(word) for word in words]
    found: list[FigureMention] = []
    pending: tuple[float, int, int] | None = None
    position = 0
    while position < len(words):
        number = _number(words, position, lexicon)
        if number is None:
            position += 1
            continue
        value, after = number
        unit = _unit(words, position, number, lexicon)
        if unit is None:
            after = _skip(words, after)
            joins = after < len(words) and words[after] in lexicon.ranges
            pending = (value, position, after) if joins else None
        else:
            if pending is not None and pending[2] + 1 >= position - 1:
                found.append(_mention(words, pending[0], unit[0], pending[1], pending[2], lexicon))
            pending = None
            found.append(_mention(words, value, unit[0], position, max(after, unit[1]), lexicon))
        position = max(after, unit[1] if unit else after)
    return tuple(found)


def _unit(
    words: Sequence[str], position: int, number: tuple[float, int], lexicon: _Lexicon
) -> tuple[str, int] | None:
    """Return the unit of a number with the position after it; the year of a date has none."""
    value, after = number
    unit = _at(words, _skip(words, after), lexicon.units)
    if unit is not None and unit[0] == "year" and value in _CALENDAR:
        return None
    before = _at_before(words, position, lexicon.units)
    return (before, after) if unit is None and before is not None else unit


def _mention(
    words: Sequence[str], value: float, unit: str, first: int, last: int, lexicon: _Lexicon
) -> FigureMention:
    lead = " ".join(["", *words[max(0, first - 5) : first]])
    bound = next((kind for kind, ends in lexicon.bounds if lead.endswith(ends)), "")
    return FigureMention(value, unit, bound, first, last)


def _at(
    words: Sequence[str], position: int, units: Mapping[tuple[str, ...], str]
) -> tuple[str, int] | None:
    for size in (3, 2, 1):
        unit = units.get(tuple(words[position : position + size]))
        if unit is not None and position + size <= len(words):
            return unit, position + size
    return None


def _at_before(
    words: Sequence[str], position: int, units: Mapping[tuple[str, ...], str]
) -> str | None:
    """Return the currency printed before the number, as in "EUR 10 000 000"."""
    unit = units.get((words[position - 1],)) if position else None
    return unit if unit is not None and dimension(unit) == "money" else None


def _skip(words: Sequence[str], position: int) -> int:
    """Step over a repetition in brackets: "24 (dvadeset četiri) sata".

    Digits do not repeat digits: "Član 10 (1) Zaposleni" has the number of a paragraph.
    """
    around = (position - 1, position + 1)
    twice = all("".join(words[place : place + 1]).isdigit() for place in around)
    if position < len(words) and words[position] == "(" and not twice:
        for ahead in range(position, min(position + 8, len(words))):
            if words[ahead] == ")":
                return ahead + 1
    return position


def _number(words: Sequence[str], position: int, lexicon: _Lexicon) -> tuple[float, int] | None:
    """Read a number at ``position``; return it with the position after it."""
    digits = _digits(words, position, lexicon)
    base = digits or _sum(words, position, lexicon)
    if base is None:
        return None
    value, after = base
    while after < len(words) and words[after] in lexicon.magnitudes:
        value *= lexicon.magnitudes[words[after]]
        after += 1
    in_digits = _repeated(words, after, lexicon) if digits is None else None
    return (value if in_digits is None else in_digits), after


def _repeated(words: Sequence[str], position: int, lexicon: _Lexicon) -> float | None:
    """Return the number in brackets behind one in words: "pesëqind mijë (500.000) euro"."""
    bracketed = [*words[position : position + 3]]
    if len(bracketed) < 3 or bracketed[0] != "(" or bracketed[2] != ")":
        return None
    inner = _digits(bracketed, 1, lexicon)
    return inner[0] if inner is not None else None


def _sum(words: Sequence[str], position: int, lexicon: _Lexicon) -> tuple[float, int] | None:
    """Read a number in words and what is added to it: "dyqind e pesëdhjetë", "dvadeset i pet"."""
    found = _words(words, position, lexicon)
    while found is not None:
        value, after = found
        joined = after < len(words) and words[after] in lexicon.joins
        more = _words(words, after + joined, lexicon) if after + joined < len(words) else None
        if more is None or not _adds(value, more[0]) or more[1] == after + joined:
            break
        found = (value + more[0], more[1])
    return found


def _adds(value: float, more: float) -> bool:
    """Tell whether a smaller number fills the zeros of a larger one."""
    return any(value % order == 0 and 1 <= more < order <= value for order in (10, 100))


def _digits(words: Sequence[str], position: int, lexicon: _Lexicon) -> tuple[float, int] | None:
    text = words[position]
    if _APOSTROPHES.match(text):
        text = text.replace("'", "")
    if not _DIGITS.match(text):
        return None
    after = position + 1
    if " " in lexicon.grouping and text.isdigit() and len(text) <= 3:
        while after < len(words) and words[after].isdigit() and len(words[after]) == 3:
            text += words[after]
            after += 1
    return _parse(text, lexicon), after


def _parse(text: str, lexicon: _Lexicon) -> float:
    other = "," if lexicon.decimal == "." else "."
    groups = re.split(r"[.,]", text)
    grouped = len(groups) > 1 and all(len(group) == 3 for group in groups[1:])
    if grouped and (len(groups) > 2 or any(mark in text for mark in lexicon.grouping.strip())):
        return float("".join(groups))
    # "1.4 %" in a language that writes "1,4": a lone mark before other than three digits.
    if len(groups) == 2:
        return float(f"{groups[0]}.{groups[1]}")
    if other in text and lexicon.decimal in text:
        return float(text.replace(other, "").replace(lexicon.decimal, "."))
    return float(groups[0]) if len(groups) == 1 else float("".join(groups))


def _words(words: Sequence[str], position: int, lexicon: _Lexicon) -> tuple[float, int] | None:
    for size in (3, 2, 1):
        phrase = " ".join(words[position : position + size])
        value = lexicon.numerals.get(phrase)
        if value is None and size == 3:
            value = lexicon.numerals.get("".join(words[position : position + 3]))
        if value is not None and position + size <= len(words):
            return value, position + size * (phrase not in lexicon.implied)
    return None
