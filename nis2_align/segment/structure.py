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

from nis2_align.languages import Structure, alternatives, inflected
from nis2_align.segment.marks import NOTE, UPPER, is_row, roman
from nis2_align.text.normalise import fold

__all__ = [
    "Line",
    "Numbered",
    "Patterns",
    "caps_run",
    "is_bracketed",
    "is_caps",
    "is_closed",
    "is_heading_form",
    "patterns",
    "read_lines",
    "titled",
]

# Longer lines are sentences, whatever they end with: the longest heading met has 190 letters.
_LONGEST_HEADING = 240


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
        return self.ranks.index(fold(word.lower()))


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
    ranks = tuple(dict.fromkeys(fold(word.lower()) for word in chapter_words))
    chapter, annex = _both_cases(chapter_words), _both_cases(structure.annex)
    upper_chapter = alternatives(tuple(word.upper() for word in chapter_words))
    upper_annex = alternatives(tuple(word.upper() for word in structure.annex))
    ordinal = alternatives(structure.ordinals)
    named = rf"(?i:(?:{ordinal})\w*)" if ordinal else r"(?!)"
    upper_ordinal = alternatives(tuple(word.upper() for word in structure.ordinals))
    upper_named = rf"(?:{upper_ordinal})[{UPPER}]*" if ordinal else r"(?!)"
    # "PJESA E PARË": in some languages a particle of one letter binds the ordinal.
    particle = "".join(word + word.upper() for word in structure.links if len(word) == 1)
    bound = rf"(?:[{particle}]\s+)?" if particle else ""
    numeral = r"[IVXLC]+|\d{1,2}"
    # "5a", "5-a" and "5/1" are inserted articles; the number of a footnote may hang on any.
    number = (
        r"(?P<number>\d{1,3})(?:[-–/.]?(?P<suffix>[a-zčćžšđ]|/\d{1,2}(?!\d)))?"
        rf"(?![^\W{NOTE}])[{NOTE}]*"
    )
    trailing = alternatives(tuple(w for w in structure.article if w == w.lower())) or r"(?!)"
    ahead = number.replace("<number", "<first").replace("<suffix", "<letter")
    ahead = ahead.replace("(?:[-–/.]?", r"(?:\s?[-–/.]?")  # "10 a §"
    behind = alternatives(tuple(w for w in chapter_words if w == w.lower())) or r"(?!)"
    next_chapter = rf"\s+(?=(?:{upper_chapter})\s+(?:{numeral}|{upper_named})(?!\w))"
    closing = alternatives(structure.closing)
    between = alternatives((*structure.joins, *structure.through))
    cited = "|".join(
        inflected(word)
        for part in (structure.article, structure.paragraph, structure.point, structure.annex)
        for word in part
    )
    return Patterns(
        article=re.compile(
            rf"(?P<core>(?P<word>{article})\s*{number}|{ahead}\.?\s?(?P<unit>{trailing})(?!\w))"
            r"(?P<dot>\s?\.)?(?:\s*[:–—-](?=\s))?\s*"
        ),
        chapter=re.compile(
            rf"(?P<word>{chapter})\s+{bound}(?P<number>{numeral}|{named})(?!\w)\.?(?:\s*[:–—-](?=\s))?\s*"
            rf"|(?P<ahead>{named})\s+(?P<last>{chapter})(?!\w)[.:]?\s*"
            rf"|(?P<count>{numeral})\.?\s+(?P<behind>{behind})(?!\w)[.:]?\s*"
        ),
        inline_chapter=re.compile(rf"(?<=[.!?;:)\"]){next_chapter}"),
        nested_chapter=re.compile(rf"(?<=[{UPPER}]){next_chapter}"),
        annex=re.compile(
            rf"(?P<word>{annex})(?:\s*(?P<number>[IVXLC]+|\d{{1,2}}|[A-Z])(?!\w))?(?P<dot>\.)?"
            r"(?:\s*[:–—-](?=\s))?(?:\s+|$)"
        ),
        inline_annex=re.compile(
            rf"\s(?=(?:{upper_annex})\s+(?:{numeral})(?!\w)\.?\s+[{UPPER}]{{4}})"
        ),
        closing=re.compile(rf"(?:{closing})(?!\w)") if closing else None,
        inline_closing=re.compile(rf"(?<=[.!?\")])\s+(?=(?:{closing})(?:\s?:|\s+[{UPPER}]))")
        if closing
        else None,
        reference=re.compile(rf"(?<!\w)(?:{cited})\s*$", re.IGNORECASE),
        listed=re.compile(rf"(?:[^\W\d]\)|\d[.)]?)(?:\s(?:{between})|,)$"),
        joined=re.compile(rf"[.;:,]$|\s(?:{between})$"),
        ranks=ranks,
        ordinals=structure.ordinals,
    )


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


def is_bracketed(text: str) -> bool:
    """Tell whether a line is one phrase in brackets that begins with a capital letter."""
    inner = text[1:-1]
    whole = text.startswith("(") and text.endswith(")") and not set(inner) & set("()")
    return whole and len(text) <= _LONGEST_HEADING and inner[:1].isupper() and len(inner) > 1


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
