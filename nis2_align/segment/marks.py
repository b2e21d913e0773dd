"""The numbers that open paragraphs and items of lists, and what comes after what.

Everything here looks at one line of text in Latin letters and knows no language: the alphabets
by which lists are lettered are all tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "LETTER",
    "NOTE",
    "UPPER",
    "Mark",
    "follows",
    "is_first",
    "is_note",
    "is_row",
    "mark_at",
    "mark_of",
    "roman",
    "skips_one",
]

UPPER = "A-ZČĆŽŠĐËÇǴḰ"
NOTE = "¹²³⁴⁵⁶⁷⁸⁹⁰"
LETTER = r"[a-zčćžšđçëǵḱ]"
_DIGRAPH = "dž|dz|lj|nj|dh|gj|ll|rr|sh|th|xh|zh"
_ALPHABETS = (
    tuple("abcdefghijklmnopqrstuvwxyz"),
    ("a", "b", "c", "č", "ć", "d", "dž", "đ", "e", "f", "g", "h", "i", "j", "k", "l", "lj", "m",
     "n", "nj", "o", "p", "r", "s", "š", "t", "u", "v", "z", "ž"),
    ("a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o",
     "p", "r", "s", "t", "ć", "u", "f", "h", "c", "č", "dž", "š"),
    ("a", "b", "v", "g", "d", "ǵ", "e", "ž", "z", "dz", "i", "j", "k", "l", "lj", "m", "n", "nj",
     "o", "p", "r", "s", "t", "ḱ", "u", "f", "h", "c", "č", "dž", "š"),
    # Word letters Cyrillic lists by the Russian alphabet, in any language.
    ("a", "b", "v", "g", "d", "e", "ž", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
     "f", "h", "c", "č", "š"),
    ("a", "b", "c", "ç", "d", "dh", "e", "ë", "f", "g", "gj", "h", "i", "j", "k", "l", "ll", "m",
     "n", "nj", "o", "p", "q", "r", "rr", "s", "sh", "t", "th", "u", "v", "x", "xh", "y", "z",
     "zh"),
)  # fmt: skip
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Mark:
    """The number that opens a paragraph or an item of a list.

    ``style`` shows the way it is printed with the first of its kind: ``(1)``, ``1)``, ``1.``,
    ``1.1.``, ``(a)``, ``a)``, ``(aa)``, ``aa)``, ``(i)``, ``i)``, ``(A)``, ``A)``, ``I.``, ``-``,
    ``1|`` or ``|``.
    """

    style: str
    number: str
    label: str
    length: int


def roman(number: str) -> int | None:
    """Return the value of a Roman numeral in either case, or None."""
    values = [_ROMAN.get(letter) for letter in number.lower()]
    if not values or None in values:
        return None
    total, known = 0, [value for value in values if value is not None]
    for here, after in zip(known, [*known[1:], 0], strict=True):
        total += -here if here < after else here
    return total


_MARK = re.compile(
    r"(?P<label>"
    r"\((?P<pd>\d{1,3}[a-z]?)\)"
    r"|(?P<d>\d{1,3}[a-z]?)\)"
    r"|(?P<m>\d{1,3}(?:\.\d{1,2}){1,3})\.?(?=\s)"
    rf"|(?P<n>\d{{1,3}}[a-z]?)\.(?=\s|[{UPPER}])"
    rf"|\((?P<pl>{LETTER}|{_DIGRAPH}|[ivxl]{{2,5}}|(?P<twin>[a-z])(?P=twin))\)"
    rf"|(?P<l>{LETTER}|{_DIGRAPH}|[ivxl]{{2,5}}|(?P<pair>[a-z])(?P=pair))\)"
    rf"|\((?P<pu>[{UPPER}])\)|(?P<u>[{UPPER}])\)"
    r"|(?P<r>[IVX]{1,5})\.(?=\s)"
    r"|(?P<dash>[–—−‒\-•·▪●■*])(?=\s|[^\W\d])"
    r")\s*"
)
_STYLES = {
    "pd": "(1)", "d": "1)", "m": "1.1.", "n": "1.", "pl": "(a)", "l": "a)", "pu": "(A)",
    "u": "A)", "r": "I.", "dash": "-",
}  # fmt: skip
_DATE = re.compile(r"\d{1,2}\.\s+(?:\d{1,2}\.\s+\d{4}|[^\W\d]+\s+\d{4})")
_ROW = re.compile(r"(?P<number>\d{1,3})\.?\s*\|\s*")


_NOTE_LINE = re.compile(rf"[_–—―-]{{4,}}$|[{NOTE}]|\[\d{{1,2}}\]\s")


def is_note(text: str) -> bool:
    """Tell whether a line is a footnote or the rule above it: no paragraph of the article."""
    return _NOTE_LINE.match(text) is not None


def is_row(text: str) -> bool:
    """Tell whether a line is a row of a table, its cells parted by bars."""
    return " | " in text or text.startswith("| ")


def mark_of(text: str) -> Mark | None:
    """Return the number that opens a line, or None.

    A row of a table has the number of its first cell: that of an item (``1. Energy | Oil``), a
    number alone (``1 | Energy``, style ``1|``), or none (style ``|``).
    """
    mark = mark_at(text, 0)
    if not is_row(text) or (mark is not None and mark.number):
        return mark
    row = _ROW.match(text)
    if row is None:
        return Mark("|", "", "", 0)
    return Mark("1|", row.group("number"), row.group("number"), len(row.group()))


def mark_at(text: str, at: int) -> Mark | None:
    """Return the number that stands at a place inside a line, or None.

    Dates (``1. januara 2027.``) are no numbers of items.
    """
    match = _MARK.match(text, at)
    if match is None or (match.end() == len(text) and match.lastgroup == "dash"):
        return None
    kind = next(name for name in _STYLES if match.group(name))
    number = "" if kind == "dash" else match.group(kind)
    if kind == "n" and _DATE.match(text, at):
        return None
    style = _STYLES[kind]
    if kind == "m":
        style = "1." * (number.count(".") + 1)
        number = number.rpartition(".")[2]
    return Mark(style, number, match.group("label"), match.end() - at)


def is_first(number: str) -> bool:
    """Tell whether a list may begin with the number."""
    return number in {"", "1", "a", "aa", "i", "A", "I", "0"}


def follows(style: str, previous: str, number: str) -> bool:
    """Tell whether ``number`` comes right after ``previous`` in a list of the style."""
    if style in {"-", "|"}:
        return True
    if style in {"(i)", "i)", "I."}:
        here, before = roman(number), roman(previous)
        return here is not None and before is not None and here == before + 1
    if style in {"(a)", "a)", "(aa)", "aa)", "(A)", "A)"}:
        return _next_letter(previous.lower(), number.lower())
    (old, letter), new = _split(previous), _split(number)
    inserted = chr(ord(letter) + 1) if letter else "a"
    return new in {(old + 1, ""), (old, inserted)}


def skips_one(style: str, previous: str, number: str) -> bool:
    """Tell whether a plain ``number`` comes two after ``previous``, one being missing."""
    if style not in {"1.", "1)"} or not (previous.isdigit() and number.isdigit()):
        return False
    return int(number) == int(previous) + 2


def _next_letter(previous: str, number: str) -> bool:
    for alphabet in _ALPHABETS:
        if previous in alphabet[:-1] and alphabet[alphabet.index(previous) + 1] == number:
            return True
    # After z comes aa, then bb.
    doubled = previous == "z" or (len(previous) == 2 and previous[0] == previous[1])
    due = "a" if previous == "z" else chr(ord(previous[0]) + 1)
    return doubled and number == due * 2


def _split(number: str) -> tuple[int, str]:
    match = re.fullmatch(r"(\d+)([a-z]?)", number)
    return (int(match.group(1)), match.group(2)) if match else (-1, "")
