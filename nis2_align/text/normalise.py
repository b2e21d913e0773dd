"""Bring a text to Latin letters with exact offsets back to the original.

Matching works in Latin letters, screens show what was written. Afterwards holds: every
character of the normalised text knows the stretch of the source it came from; a text in
either script of Serbian gives the same normalised text; nothing but soft hyphens is lost. The
spaces of a spaced-out word (``Č l a n``) belong to the letters before them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import cyrtranslit

from nis2_align.model import Span

__all__ = ["NormalisedText", "as_typed", "fold", "normalise", "script_of"]

_SPACES = dict.fromkeys(map(chr, (0xA0, 0x2007, 0x2009, 0x200A, 0x202F)), " ")
_QUOTES = {"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "’": "'", "‘": "'"}
_DROPPED = {"\u00ad", "\u200b", "\ufeff"}
_JOINED = {"ǉ": "lj", "ǌ": "nj", "ǆ": "dž", "Ǉ": "Lj", "Ǌ": "Nj", "Ǆ": "Dž"}
# The library's Serbian table leaves the letters of Macedonian alone; its Macedonian table differs
# from it in these only, so one normalisation serves both.
_CYRILLIC = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШабвгдђежзијклљмнњопрстћуфхцчџш"
_MACEDONIAN = "ЃЌЅЀЍѓќѕѐѝ"
_COMBINING = {
    ("c", "\u030c"): "č", ("c", "\u0301"): "ć", ("s", "\u030c"): "š", ("z", "\u030c"): "ž",
    ("C", "\u030c"): "Č", ("C", "\u0301"): "Ć", ("S", "\u030c"): "Š", ("Z", "\u030c"): "Ž",
    ("e", "\u0308"): "ë", ("E", "\u0308"): "Ë", ("c", "\u0327"): "ç", ("C", "\u0327"): "Ç",
}  # fmt: skip


_MARKS = {mark for _, mark in _COMBINING}

# Letters that look alike in both scripts and are typed for each other: Cyrillic, Latin.
_ALIKE = tuple(zip("АВЕЅЈКМНОРСТХУаеѕјорсхук", "ABESJKMHOPCTXYaesjopcxyk", strict=True))
_TO_LATIN = dict(_ALIKE)
_TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in _ALIKE} | {"I": "I", "i": "i"}
# Only from the start of a word, else a letter run of some thousand takes minutes.
_MIXED = re.compile(
    r"(?<![^\W\d_])[^\W\d_]*(?:[\u0400-\u04ff][a-zA-Z]|[a-zA-Z][\u0400-\u04ff])[^\W\d_]*"
)
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){3,}(?!\S)")
_BARE = str.maketrans("čćšžđśźëçǵḱČĆŠŽĐŚŹËÇǴḰ", "ccszdszecgkCCSZDSZECGK")


def fold(word: str) -> str:
    """Return a word without its marks: ``član`` and ``clan`` are one."""
    return word.translate(_BARE)


def as_typed(word: str) -> str:
    """Return what all ways to type a word in small letters have in common.

    Beside missing marks, ``dj`` stands for ``đ`` (``uredjuje``); the other way round too, so the
    result is a key to compare by (``odjeljak`` gives ``odeljak``), not a spelling.
    """
    return fold(word).replace("dj", "d")


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
    table |= {letter: cyrtranslit.to_latin(letter, "mk") for letter in _MACEDONIAN}
    return table | _SPACES | _QUOTES | _JOINED | dict.fromkeys(_DROPPED, "")


def _one_script(source: str) -> dict[int, str]:
    """Return the letters to read otherwise in words of two scripts, by their places.

    A word that has letters of the other script only where they look alike is read in its own.
    """
    letters: dict[int, str] = {}
    for word in _MIXED.finditer(source):
        cyrillic = [letter for letter in word.group() if "\u0400" <= letter <= "\u04ff"]
        main = len(cyrillic) * 2 >= len(word.group())
        alike = _TO_CYRILLIC if main else _TO_LATIN
        strange = {
            place: letter
            for place, letter in enumerate(word.group(), word.start())
            if ("\u0400" <= letter <= "\u04ff") is not main
        }
        if all(letter in alike for letter in strange.values()):
            letters |= {place: alike[letter] for place, letter in strange.items()}
    return letters


def _spaced(source: str) -> set[int]:
    """Return the places of the spaces inside spaced-out words: ``Č l a n 5``, ``Z A K O N``."""
    return {
        word.start() + place
        for word in _SPACED.finditer(source)
        for place, letter in enumerate(word.group())
        if letter == " "
    }


@cache
def _tables() -> tuple[dict[int, str], re.Pattern[str]]:
    """Return what turns one letter into one, and what finds all that turns otherwise."""
    letters = _letters()
    plain = {ord(letter): latin for letter, latin in letters.items() if len(latin) == 1}
    others = "".join(letter for letter, latin in letters.items() if len(latin) != 1)
    typed = "|".join(re.escape(letter + mark) for letter, mark in _COMBINING)
    return plain, re.compile(f"{typed}|[{re.escape(others)}]")


def _piece(
    source: str, position: int, other: Mapping[int, str], spaces: Collection[int]
) -> tuple[str, int]:
    """Return a letter's Latin form, and where the stretch of the source ends it stands for."""
    letter = other.get(position) or source[position]
    after = position + 1
    following = source[after] if after < len(source) else ""
    latin = _COMBINING.get((letter, following))
    if latin is not None:
        after += 1
    else:
        latin = _letters().get(letter, letter)
        if len(latin) == 2 and latin[0].isupper() and following.isupper():
            latin = latin.upper()
    return latin, after + (after in spaces)


def normalise(source: str) -> NormalisedText:
    """Transliterate Cyrillic to Latin, unify spaces and quotes, compose typed accents.

    Nearly every letter stands for one letter; runs of those are turned at once, the others one
    by one.

    Args:
        source: Any text.

    Returns:
        The normalised text with offsets into ``source``.
    """
    plain, special = _tables()
    other, spaces = _one_script(source), _spaced(source)
    odd = {found.start() for found in special.finditer(source)}
    odd |= other.keys() | {space - 1 for space in spaces}
    # A mark typed behind a letter belongs to it.
    odd |= {space - 2 for space in spaces if source[space - 1] in _MARKS}
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    position = 0
    for start in sorted(odd):
        if start < position:
            continue
        latin, end = _piece(source, start, other, spaces)
        parts += [source[position:start].translate(plain), latin]
        starts.extend(range(position, start))
        ends.extend(range(position + 1, start + 1))
        starts.extend([start] * len(latin))
        ends.extend([end] * len(latin))
        position = end
    parts.append(source[position:].translate(plain))
    starts.extend(range(position, len(source) + 1))
    ends.extend(range(position + 1, len(source) + 1))
    return NormalisedText("".join(parts), starts, ends)


def script_of(source: str, sample: int = 200_000) -> str:
    """Return ``Cyrl`` where most letters of the first ``sample`` characters are Cyrillic."""
    letters = [c for c in source[:sample] if c.isalpha()]
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
    return "Cyrl" if cyrillic * 2 > len(letters) else "Latn"
