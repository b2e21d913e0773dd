"""What one line of an act is: an article, a chapter, an annex, a numbered item, plain text.

Everything here looks at a single line of text in Latin letters (see
:mod:`nis2_align.text.normalise`) and at the words of the language pack. Which of the
candidates really open a part is decided where the order of the lines is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from nis2_align.languages import Structure, alternatives

__all__ = [
    "Line",
    "Mark",
    "Numbered",
    "Patterns",
    "caps_run",
    "follows",
    "is_caps",
    "is_closed",
    "is_first",
    "is_heading_form",
    "is_row",
    "mark_at",
    "mark_of",
    "patterns",
    "read_lines",
    "roman",
    "titled",
]

# Longer lines are sentences, whatever they end with: the longest heading met has 190 letters.
_LONGEST_HEADING = 240
_UPPER = "A-ZČĆŽŠĐËÇ"
_LETTER = r"[a-zčćžšđçë]"
_ALPHABETS = (
    tuple("abcdefghijklmnopqrstuvwxyz"),
    ("a", "b", "c", "č", "ć", "d", "dž", "đ", "e", "f", "g", "h", "i", "j", "k", "l", "lj", "m",
     "n", "nj", "o", "p", "r", "s", "š", "t", "u", "v", "z", "ž"),
    ("a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o",
     "p", "r", "s", "t", "ć", "u", "f", "h", "c", "č", "dž", "š"),
    ("a", "b", "c", "ç", "d", "dh", "e", "ë", "f", "g", "gj", "h", "i", "j", "k", "l", "ll", "m",
     "n", "nj", "o", "p", "q", "r", "rr", "s", "sh", "t", "th", "u", "v", "x", "xh", "y", "z",
     "zh"),
)  # fmt: skip
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one line of the normalised text, white space and ``#`` marks trimmed.

    Attributes:
        start: Where it begins, ``#`` marks included.
        at: Where ``text`` begins.
        end: Where it ends.
        text: The text itself.
        gap: A blank line stands before it.
        hint: What the file format said of the line: ``heading``, ``bold``, ``table_row`` or "".
    """

    start: int
    at: int
    end: int
    text: str
    gap: bool = False
    hint: str = ""

    def cut(self, offset: int) -> tuple[Line, Line]:
        """Split at ``offset``, counted in ``text``."""
        left, right = self.text[:offset].rstrip(), self.text[offset:]
        skipped = len(right) - len(right.lstrip())
        begin = self.at + offset + skipped
        return (
            replace(self, end=self.at + len(left), text=left),
            Line(begin, begin, self.end, right.lstrip(), hint=self.hint),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """The number that opens a paragraph or an item of a list.

    ``style`` shows the way it is printed with the first of its kind: ``(1)``, ``1)``, ``1.``,
    ``1.1.``, ``(a)``, ``a)``, ``(i)``, ``i)``, ``(A)``, ``A)``, ``I.``, ``-``, ``1|`` or ``|``.
    """

    style: str
    number: str
    label: str
    length: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A structural word with its number; ``rest`` is what follows on the line."""

    number: str
    rank: int
    label_end: int
    rest: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """The regular expressions of one language.

    ``reference`` ends a text after which a number is cited, ``listed`` one after which it is
    part of a list of numbers (``a) i b)``), ``joined`` one after which an item may begin.
    """

    article: re.Pattern[str]
    chapter: re.Pattern[str]
    inline_chapter: re.Pattern[str]
    nested_chapter: re.Pattern[str]
    annex: re.Pattern[str]
    inline_annex: re.Pattern[str]
    closing: re.Pattern[str] | None
    inline_closing: re.Pattern[str] | None
    reference: re.Pattern[str]
    listed: re.Pattern[str]
    joined: re.Pattern[str]
    ranks: tuple[str, ...]
    ordinals: tuple[str, ...]

    def rank(self, word: str) -> int:
        """Return the depth of a chapter word: the packs list the outermost first."""
        return self.ranks.index(word.lower())


def titled(word: str) -> str:
    """Return the word with a capital first letter."""
    return word[:1].upper() + word[1:]


def _both_cases(words: Iterable[str]) -> str:
    listed = list(words)
    return alternatives((*map(titled, listed), *(word.upper() for word in listed)))


@cache
def patterns(structure: Structure) -> Patterns:
    """Build the regular expressions of one language pack's words."""
    article = _both_cases(structure.article)
    chapter_words = tuple(dict.fromkeys((*structure.chapter, *structure.section)))
    ranks = tuple(dict.fromkeys(word.lower() for word in chapter_words))
    chapter, annex = _both_cases(chapter_words), _both_cases(structure.annex)
    upper_chapter = alternatives(tuple(word.upper() for word in chapter_words))
    upper_annex = alternatives(tuple(word.upper() for word in structure.annex))
    ordinal = alternatives(structure.ordinals)
    named = rf"(?i:(?:{ordinal})\w*)" if ordinal else r"(?!)"
    upper_named = rf"(?:{ordinal.upper()})[{_UPPER}]*" if ordinal else r"(?!)"
    numeral = r"[IVXLC]+|\d{1,2}"
    number = r"(?P<number>\d{1,3})(?:[-–/.]?(?P<suffix>[a-zčćžšđ]))?(?!\w)"
    trailing = alternatives(tuple(w for w in structure.article if w == w.lower())) or r"(?!)"
    ahead = number.replace("<number", "<first").replace("<suffix", "<letter")
    next_chapter = rf"\s+(?=(?:{upper_chapter})\s+(?:{numeral}|{upper_named})(?!\w))"
    closing = alternatives(structure.closing)
    between = alternatives((*structure.joins, *structure.through))
    cited = "|".join(
        _cited(word)
        for part in (structure.article, structure.paragraph, structure.point, structure.annex)
        for word in part
    )
    return Patterns(
        article=re.compile(
            rf"(?P<core>(?P<word>{article})\s*{number}|{ahead}\.?\s?(?P<unit>{trailing})(?!\w))"
            r"(?P<dot>\s?\.)?(?:\s*[:–—-](?=\s))?\s*"
        ),
        chapter=re.compile(
            rf"(?P<word>{chapter})\s+(?P<number>{numeral}|{named})(?!\w)\.?(?:\s*[:–—-](?=\s))?\s*"
            rf"|(?P<ahead>{named})\s+(?P<last>{chapter})(?!\w)[.:]?\s*"
        ),
        inline_chapter=re.compile(rf"(?<=[.!?;:)\"]){next_chapter}"),
        nested_chapter=re.compile(rf"(?<=[{_UPPER}]){next_chapter}"),
        annex=re.compile(
            rf"(?P<word>{annex})(?:\s*(?P<number>[IVXLC]+|\d{{1,2}}|[A-Z])(?!\w))?(?P<dot>\.)?"
            r"(?:\s*[:–—-](?=\s))?(?:\s+|$)"
        ),
        inline_annex=re.compile(
            rf"\s(?=(?:{upper_annex})\s+(?:{numeral})(?!\w)\.?\s+[{_UPPER}]{{4}})"
        ),
        closing=re.compile(rf"(?:{closing})(?!\w)") if closing else None,
        inline_closing=re.compile(rf"(?<=[.!?\")])\s+(?=(?:{closing})(?:\s?:|\s+[{_UPPER}]))")
        if closing
        else None,
        reference=re.compile(rf"\b(?:{cited})\s*$", re.IGNORECASE),
        listed=re.compile(rf"(?:[^\W\d]\)|\d[.)]?)(?:\s(?:{between})|,)$"),
        joined=re.compile(rf"[.;:,]$|\s(?:{between})$"),
        ranks=ranks,
        ordinals=structure.ordinals,
    )


def _cited(word: str) -> str:
    """Return a pattern of the word's forms before a number; only abbreviations end in a dot."""
    bare = re.escape(word.rstrip("."))
    return rf"{bare}\.?" if len(word.rstrip(".")) < 4 else rf"{bare[:4]}\w*"


def read_lines(text: str, hints: Iterable[tuple[int, int, str]] = ()) -> list[Line]:
    """Split the normalised text into lines that are not blank.

    Args:
        text: The normalised text.
        hints: ``(start, end, kind)`` in ascending order, in offsets of ``text``.

    Returns:
        The lines in order.
    """
    marked = list(hints)
    lines: list[Line] = []
    gap, current = False, 0
    for match in re.finditer(r"[^\n]+|\n(?=\n)", text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            gap = True
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = start + len(stripped)
        while current < len(marked) and marked[current][1] <= start:
            current += 1
        hint = marked[current][2] if current < len(marked) and marked[current][0] < end else ""
        body = stripped.lstrip("#").lstrip() if stripped.startswith("#") else stripped
        if body != stripped:
            hint = hint or "heading"
        lines.append(Line(start, end - len(body), end, body, gap, hint))
        gap = False
    return lines


def roman(number: str) -> int | None:
    """Return the value of a Roman numeral in either case, or None."""
    values = [_ROMAN.get(letter) for letter in number.lower()]
    if not values or None in values:
        return None
    total, known = 0, [value for value in values if value is not None]
    for here, after in zip(known, [*known[1:], 0], strict=True):
        total += -here if here < after else here
    return total


def is_caps(text: str) -> bool:
    """Tell whether the text is printed in capitals throughout."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and not any(letter.islower() for letter in letters)


def is_closed(text: str) -> bool:
    """Tell whether a sentence or an item of a list ends with the text."""
    return text.rstrip("\"')»”“ ").endswith((".", ";", ":", "!", "?", ","))


def is_heading_form(line: Line) -> bool:
    """Tell whether a line has the form of a heading: short, capitalised, without an end mark."""
    text = line.text
    if len(text) > _LONGEST_HEADING or line.hint == "table_row" or is_row(text):
        return False
    first = next((letter for letter in text if letter.isalnum()), "")
    if not first or first.islower() or text[0] in "(-–—−•<":
        return False
    return (not is_closed(text) and not text.endswith('"')) or (
        text.count('"') == 2 and text[-1] == '"'
    )


def caps_run(text: str, *, single: bool = False) -> int:
    """Return the length of the title in capitals that a line begins with, or 0.

    A title and the heading after it sometimes share one line. One capital word counts only
    where ``single`` says that a title is due, because an abbreviation looks the same.
    """
    tokens: list[re.Match[str]] = []
    for token in re.finditer(r"\S+", text):
        if any(letter.islower() for letter in token.group()):
            break
        tokens.append(token)
    else:
        return len(text) if is_caps(text) else 0
    # The last capital word may be the numeral or the initial of what follows.
    while tokens and (roman(bare := tokens[-1].group().strip(".")) or len(bare) == 1):
        tokens.pop()
    letters = sum(letter.isalpha() for token in tokens for letter in token.group())
    enough = (letters >= 10 and len(tokens) > 1) or (single and letters >= 6)
    return tokens[-1].end() if tokens and enough else 0


_MARK = re.compile(
    r"(?P<label>"
    r"\((?P<pd>\d{1,3}[a-z]?)\)"
    r"|(?P<d>\d{1,3}[a-z]?)\)"
    r"|(?P<m>\d{1,3}(?:\.\d{1,2}){1,3})\.?(?=\s)"
    r"|(?P<n>\d{1,3}[a-z]?)\.(?=\s|[A-ZČĆŽŠĐ])"
    rf"|\((?P<pl>{_LETTER}|dž|lj|nj|dh|gj|ll|rr|sh|th|xh|zh|[ivxl]{{2,5}}|(?P<twin>[a-z])(?P=twin))\)"
    rf"|(?P<l>{_LETTER}|dž|lj|nj|dh|gj|ll|rr|sh|th|xh|zh|[ivxl]{{2,5}})\)"
    r"|\((?P<pu>[A-ZČĆŽŠĐ])\)|(?P<u>[A-ZČĆŽŠĐ])\)"
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
    return number in {"", "1", "a", "i", "A", "I", "0"}


def follows(style: str, previous: str, number: str) -> bool:
    """Tell whether ``number`` comes right after ``previous`` in a list of the style."""
    if style in {"-", "|"}:
        return True
    if style in {"(i)", "i)", "I."}:
        here, before = roman(number), roman(previous)
        return here is not None and before is not None and here == before + 1
    if style in {"(a)", "a)", "(A)", "A)"}:
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
