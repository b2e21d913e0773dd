"""The numbers that Word gives paragraphs, as text (ECMA-376 Part 1, 17.9).

A paragraph names a numbering (``w:num``) and a level of it. The numbering points to a pattern
(``w:abstractNum``) that several may share; paragraphs of all of them count on together, unless a
numbering starts its levels anew.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nis2_align.read.docx_xml import W, count, flag, integer, value
from nis2_align.read.marks import DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from nis2_align.read.docx_styles import Style, Styles

__all__ = ["Numbering", "written"]

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# ST_NumberFormat russianLower leaves out ё, й, ъ and ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ALPHABETS = (
    _LATIN,
    _RUSSIAN,
    "абвгдђежзијклљмнњопрстћуфхцчџш",
    "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "абвгдежзийклмнопрстуфхцчшщъьюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_FRAMES = {
    "decimal": "{}", "decimalHalfWidth": "{}", "decimalFullWidth": "{}", "ordinal": "{}.",
    "decimalEnclosedFullstop": "{}.", "decimalEnclosedParen": "({})",
    "decimalEnclosedCircle": "({})", "numberInDash": "- {} -",
}  # fmt: skip
_BULLETS = "•▪■●◦○*·‣" + DASHES
_SYMBOL_MINUS = "\uf02d"
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 9
_LARGEST = 32_767


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a numbering; ``restart`` is None for the usual rule, else as in the file."""

    format: str
    custom: str
    text: str
    start: int
    joint: str
    legal: bool
    restart: int | None
    style: str | None


@dataclass(slots=True)
class _List:
    """One numbering: its pattern, its levels, and the levels that it starts anew."""

    pattern: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    begun: bool = False


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document in the order in which they are asked for.

    Attributes:
        unknown: Formats that cannot be written, with the number of paragraphs; these were
            numbered 1, 2, 3.
    """

    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, part: Element | None, styles: Styles) -> Numbering:
        """Read the numbering part; None where the document has none."""
        if part is None:
            return cls()
        patterns = {p.get(W + "abstractNumId"): p for p in part.iter(W + "abstractNum")}
        nums = {num.get(W + "numId"): num for num in part.iter(W + "num")}
        lists: dict[str, _List] = {}
        for id_, num in nums.items():
            pattern = patterns.get(value(num, "abstractNumId"))
            linked = value(pattern, "numStyleLink")
            if linked is not None:
                other = nums.get(styles.numbering(linked))
                pattern = patterns.get(value(other, "abstractNumId"))
            if id_ is not None and pattern is not None:
                lists[id_] = _list(num, pattern)
        return cls(lists)

    def label(self, paragraph: Element, style: Style) -> str:
        """Count a paragraph and return its number with the space after it, or ""."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        id_ = value(own, "numId") or style.number
        known = self._lists.get(id_) if id_ not in (None, "0") else None
        if known is None:
            return ""
        told = value(own, "ilvl")
        depth = count(told, 0) if told is not None else _depth(known, style)
        level = known.levels.get(depth)
        if level is None:
            return ""
        counts = self._advance(known, depth)
        text = self._text(known, level, depth, counts)
        return text + level.joint if text else ""

    def _advance(self, known: _List, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(known.pattern, {})
        if not known.begun:
            known.begun = True
            for anew in known.starts:
                counts.pop(anew, None)
        start = _start(known, depth)
        counts[depth] = min(counts.get(depth, start - 1) + 1, _LARGEST)
        for deeper in [n for n in counts if n > depth]:
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        return counts

    def _text(self, known: _List, level: _Level, depth: int, counts: dict[int, int]) -> str:
        if level.format == "bullet":
            return _bullet(level.text)

        def place(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            if other > depth or other not in known.levels:
                return ""
            number = counts.get(other, _start(known, other))
            return self._number(known.levels[other], number, legal=level.legal)

        return _PLACE.sub(place, level.text).strip()

    def _number(self, level: _Level, number: int, *, legal: bool) -> str:
        if legal and level.format != "decimalZero":
            return str(number)
        text = written(number, level.format, level.custom)
        if text is None:
            self.unknown[level.custom or level.format] += 1
            return str(number)
        return text


def _start(known: _List, depth: int) -> int:
    return known.starts.get(depth, known.levels[depth].start)


def _depth(known: _List, style: Style) -> int:
    """Return the level of a style: the one that names the style, else the one it names."""
    named = (
        depth for id_ in style.ids for depth, level in known.levels.items() if level.style == id_
    )
    return next(named, style.depth or 0)


def _list(num: Element, pattern: Element) -> _List:
    levels = dict(_levels(pattern.findall(W + "lvl")))
    starts: dict[int, int] = {}
    for override in num.findall(W + "lvlOverride"):
        depth = count(override.get(W + "ilvl"), 0)
        levels.update(_levels(override.findall(W + "lvl")))
        start = value(override, "startOverride")
        if start is not None and depth in levels:
            starts[depth] = _integer(start, 1)
    return _List(pattern.get(W + "abstractNumId") or "", levels, starts)


def _levels(elements: Iterable[Element]) -> Iterable[tuple[int, _Level]]:
    for element in elements:
        depth = count(element.get(W + "ilvl"), 0)
        if depth < _DEEPEST:
            yield depth, _level(element)


def _level(element: Element) -> _Level:
    # A format that only newer versions know stands first, with another for the older ones.
    told = next(element.iter(W + "numFmt"), None)
    restart = value(element, "lvlRestart")
    return _Level(
        format="decimal" if told is None else told.get(W + "val") or "decimal",
        custom="" if told is None else told.get(W + "format") or "",
        text=value(element, "lvlText") or "",
        start=_integer(value(element, "start"), 0),
        joint="" if value(element, "suff") == "nothing" else " ",
        legal=bool(flag(element, "isLgl")),
        restart=_integer(restart, 0) if restart is not None else None,
        style=value(element, "pStyle"),
    )


def _integer(text: str | None, default: int) -> int:
    return integer(text, default, _LARGEST)


def _bullet(text: str) -> str:
    """Return a bullet that means the same in any font; those of symbol fonts are letters else."""
    mark = text.strip()
    if mark == _SYMBOL_MINUS:
        return "\N{EN DASH}"
    return mark if mark and mark in _BULLETS else "\N{BULLET}" * bool(text)


def written(number: int, format_: str, custom: str = "") -> str | None:
    """Write a number in a format of ECMA-376 (ST_NumberFormat, 17.18.59).

    Args:
        number: The number, from 0.
        format_: Name of the format.
        custom: For the format ``custom``, how its first numbers look: ``001, 002, 003, ...``.

    Returns:
        The number as text, "" for ``none``; None for a format that is not known.
    """
    if format_ in _FRAMES:
        return _FRAMES[format_].format(number)
    if format_ == "decimalZero":
        return f"{number:02}"
    if format_ == "none":
        return ""
    if format_ == "custom":
        return _custom(number, [item.strip() for item in custom.split(",")][:-1])
    lower = _lower(number, format_)
    return lower.upper() if lower is not None and format_.startswith("upper") else lower


def _lower(number: int, format_: str) -> str | None:
    if format_ in ("lowerRoman", "upperRoman"):
        return _roman(number)
    if format_ in ("lowerLetter", "upperLetter"):
        return _letters(number, _LATIN)
    if format_ in ("russianLower", "russianUpper"):
        letters = _letters(number, _RUSSIAN)
        return letters.upper() if format_ == "russianUpper" else letters
    return None


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text or "0"


def _letters(number: int, alphabet: str) -> str:
    """Write a letter; after the last one comes the first one twice."""
    if number < 1:
        return "0"
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * min(times + 1, 20)


def _custom(number: int, shown: list[str]) -> str | None:
    """Write a number as the first ones are shown; the first alphabet that begins so is meant."""
    if not shown:
        return None
    if shown[0].strip("0") == "1":
        return f"{number:0{len(shown[0])}}"
    small = "".join(shown).lower()
    alphabet = next((a for a in _ALPHABETS if a.startswith(small)), None)
    if alphabet is None:
        return shown[number - 1] if 1 <= number <= len(shown) else None
    letters = _letters(number, alphabet)
    return letters.upper() if shown[0].isupper() else letters
