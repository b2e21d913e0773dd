"""Bring a text to Latin letters with exact offsets back to the original.

Matching works in Latin letters, screens show what was written. Afterwards holds: every
character of the normalised text knows the stretch of the source it came from; a text in
either script of Serbian gives the same normalised text; nothing but soft hyphens is lost.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cyrtranslit

from nis2_align.model import Span

__all__ = ["NormalisedText", "normalise", "script_of"]

_SPACES = dict.fromkeys(map(chr, (0xA0, 0x2007, 0x2009, 0x200A, 0x202F)), " ")
_QUOTES = {"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "’": "'", "‘": "'"}
_DROPPED = {"\u00ad", "\u200b", "\ufeff"}
_JOINED = {"ǉ": "lj", "ǌ": "nj", "ǆ": "dž", "Ǉ": "Lj", "Ǌ": "Nj", "Ǆ": "Dž"}
# The library's table leaves the letters of neighbouring alphabets alone; Serbian covers ours.
_CYRILLIC = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШабвгдђежзијклљмнњопрстћуфхцчџш"
_COMBINING = {
    ("c", "\u030c"): "č", ("c", "\u0301"): "ć", ("s", "\u030c"): "š", ("z", "\u030c"): "ž",
    ("C", "\u030c"): "Č", ("C", "\u0301"): "Ć", ("S", "\u030c"): "Š", ("Z", "\u030c"): "Ž",
    ("e", "\u0308"): "ë", ("E", "\u0308"): "Ë", ("c", "\u0327"): "ç", ("C", "\u0327"): "Ç",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A Latin-letter text with its way back.

    Attributes:
        text: The normalised text.
        starts: For each character of ``text`` and one beyond, where its source begins.
        ends: For each character of ``text``, where its source ends.
    """

    text: str
    starts: array[int]
    ends: array[int]

    def to_source(self, start: int, end: int) -> Span:
        """Return the stretch of the source that ``text[start:end]`` came from."""
        if start >= end:
            return Span(start=self.starts[start], end=self.starts[start])
        return Span(start=self.starts[start], end=self.ends[end - 1])


@cache
def _letters() -> dict[str, str]:
    table = {letter: cyrtranslit.to_latin(letter, "sr") for letter in _CYRILLIC}
    return table | _SPACES | _QUOTES | _JOINED | dict.fromkeys(_DROPPED, "")


def _pieces(source: str) -> Iterator[tuple[str, int, int]]:
    letters = _letters()
    position, length = 0, len(source)
    while position < length:
        letter = source[position]
        following = source[position + 1] if position + 1 < length else ""
        composed = _COMBINING.get((letter, following))
        if composed is not None:
            yield composed, position, position + 2
            position += 2
            continue
        latin = letters.get(letter, letter)
        if len(latin) == 2 and latin[0].isupper() and following.isupper():
            latin = latin.upper()
        yield latin, position, position + 1
        position += 1


def normalise(source: str) -> NormalisedText:
    """Transliterate Cyrillic to Latin, unify spaces and quotes, compose typed accents.

    Args:
        source: Any text.

    Returns:
        The normalised text with offsets into ``source``.
    """
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    for latin, start, end in _pieces(source):
        parts.append(latin)
        for _ in latin:
            starts.append(start)
            ends.append(end)
    starts.append(len(source))
    return NormalisedText("".join(parts), starts, ends)


def script_of(source: str, sample: int = 200_000) -> str:
    """Return ``Cyrl`` where most letters of the first ``sample`` characters are Cyrillic."""
    letters = [c for c in source[:sample] if c.isalpha()]
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
    return "Cyrl" if cyrillic * 2 > len(letters) else "Latn"
