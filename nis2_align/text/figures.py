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

__all__ = ["HOURS", "FigureMention", "dimension", "find_figures"]

# A month is reckoned at 30 days and a year at 365: deadlines are compared, not computed.
HOURS = {"hour": 1, "day": 24, "working_day": 24, "week": 168, "month": 720, "year": 8760}
_RANGE_MARKS = {"-", "–", "—", "do", "to", "and", "i"}
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


def find_figures(words: Sequence[str], pack: Language) -> tuple[FigureMention, ...]:
    """Find all figures among lower-case token texts.

    Args:
        words: Lower-case texts of the tokens, marks included.
        pack: The language pack.

    Returns:
        The figures in order.
    """
    units = _phrases(pack.units)
    found: list[FigureMention] = []
    pending: tuple[float, int, int] | None = None
    position = 0
    while position < len(words):
        number = _number(words, position, pack)
        if number is None:
            position += 1
            continue
        value, after = number
        unit = _at(words, _skip(words, after), units)
        before = _at_before(words, position, units)
        if unit is None and before is not None:
            unit = (before, after)
        if unit is None:
            joins = after < len(words) and words[after] in _RANGE_MARKS
            pending = (value, position, after) if joins else None
        else:
            if pending is not None and pending[2] + 1 >= position - 1:
                found.append(_mention(words, pending[0], unit[0], pending[1], pending[2], pack))
            pending = None
            found.append(_mention(words, value, unit[0], position, max(after, unit[1]), pack))
        position = max(after, unit[1] if unit else after)
    return tuple(found)


def _mention(
    words: Sequence[str], value: float, unit: str, first: int, last: int, pack: Language
) -> FigureMention:
    lead = " ".join(["", *words[max(0, first - 5) : first]])
    bound = ""
    if any(lead.endswith(f" {word.lower()}") for word in pack.at_most):
        bound = "at_most"
    elif any(lead.endswith(f" {word.lower()}") for word in pack.at_least):
        bound = "at_least"
    return FigureMention(value, unit, bound, first, last)


def _phrases(units: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    return {tuple(word.lower().split()): unit for unit, words in units.items() for word in words}


def _at(
    words: Sequence[str], position: int, units: dict[tuple[str, ...], str]
) -> tuple[str, int] | None:
    for size in (3, 2, 1):
        unit = units.get(tuple(words[position : position + size]))
        if unit is not None and position + size <= len(words):
            return unit, position + size
    return None


def _at_before(
    words: Sequence[str], position: int, units: dict[tuple[str, ...], str]
) -> str | None:
    """Return the currency printed before the number, as in "EUR 10 000 000"."""
    unit = units.get((words[position - 1],)) if position else None
    return unit if unit is not None and dimension(unit) == "money" else None


def _skip(words: Sequence[str], position: int) -> int:
    """Step over a repetition in brackets: "24 (dvadeset četiri) sata"."""
    if position < len(words) and words[position] == "(":
        for ahead in range(position, min(position + 8, len(words))):
            if words[ahead] == ")":
                return ahead + 1
    return position


def _number(words: Sequence[str], position: int, pack: Language) -> tuple[float, int] | None:
    """Read a number at ``position``; return it with the position after it."""
    base = _digits(words, position, pack) or _words(words, position, pack)
    if base is None:
        return None
    value, after = base
    while after < len(words) and words[after] in pack.magnitudes:
        value *= pack.magnitudes[words[after]]
        after += 1
    return value, after


def _digits(words: Sequence[str], position: int, pack: Language) -> tuple[float, int] | None:
    text = words[position]
    if not _DIGITS.match(text):
        return None
    after = position + 1
    if " " in pack.grouping and text.isdigit() and len(text) <= 3:
        while after < len(words) and words[after].isdigit() and len(words[after]) == 3:
            text += words[after]
            after += 1
    return _parse(text, pack), after


def _parse(text: str, pack: Language) -> float:
    other = "," if pack.decimal == "." else "."
    groups = re.split(r"[.,]", text)
    grouped = len(groups) > 1 and all(len(group) == 3 for group in groups[1:])
    if grouped and (len(groups) > 2 or other in text):
        return float("".join(groups))
    # "1.4 %" in a language that writes "1,4": a lone mark before other than three digits.
    if len(groups) == 2:
        return float(f"{groups[0]}.{groups[1]}")
    if other in text and pack.decimal in text:
        return float(text.replace(other, "").replace(pack.decimal, "."))
    return float(groups[0]) if len(groups) == 1 else float("".join(groups))


def _words(words: Sequence[str], position: int, pack: Language) -> tuple[float, int] | None:
    for size in (3, 2, 1):
        phrase = " ".join(words[position : position + size])
        value = pack.numerals.get(phrase)
        if value is None and size == 3:
            value = pack.numerals.get("".join(words[position : position + 3]))
        if value is not None and position + size <= len(words):
            # "mjesec dana" is one month: the number is left unsaid, the words are the unit's.
            said = not any(phrase in unit for unit in pack.units.values())
            return value, position + size * said
    return None
