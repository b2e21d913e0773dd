"""Where the articles and the annexes of the directive begin, in any language.

The word for an article is not asked for: it is the word that stands, on lines of its own, with the
numbers 1 to 46 one after the other. Words of the language packs only help where a heading
shares the line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nis2_align.languages import language, language_codes
from nis2_align.model import Document
from nis2_align.official.skeleton import annexes, articles, chapters
from nis2_align.text.normalise import as_typed, normalise

__all__ = ["Division", "Part", "TextLine", "divide", "text_lines"]

# Marks of corrigenda in consolidated texts, and what is left of a footnote's number.
_MARKS = re.compile(r"[►▼◄]\s?(?:[A-Z]\d{0,3}\b)?|(?<=\s)\(\s*\)(?=\s|[,.;:]|$)")
_HEAD = re.compile(r"(?P<word>[^\W\d_]{2,14}\.?|§)\s*(?P<number>\d{1,2}|I{1,3})(?!\w)(?P<rest>.*)$")
_HEAD_BEHIND = re.compile(
    r"(?P<number>\d{1,2}|I{1,3})(?!\w)\s?\.?\s*(?P<word>[^\W\d_]{2,14}|§)(?!\w)(?P<rest>.*)$"
)
_HEADING = re.compile(r"\s*[.:–—-]?\s*(?P<words>[^\W\d_a-z(|][^|]*)?$")
_ROMAN_NUMBERS = {"I": 1, "II": 2, "III": 3}
# A chapter's title takes no more lines above the article, its own line no more letters.
_CHAPTER_LINES, _CHAPTER_WIDTH = 8, 90


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line; ``gap`` says that a blank line or another kind of line stands before it."""

    text: str
    gap: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An article or an annex: the rest of its line where it is a heading, and its other lines."""

    heading: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """What of the directive a file holds; the last article in order is named by ``last``."""

    articles: Mapping[int, Part]
    annexes: Mapping[str, Part]

    @property
    def last(self) -> int:
        """Number of the last article found, 0 where there is none."""
        return max(self.articles, default=0)


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that may open an article or an annex."""

    line: int
    number: int
    heading: str
    weight: float


def text_lines(document: Document) -> list[TextLine]:
    """Return the lines that are not blank, white space collapsed and editors' marks dropped."""
    hints = {hint.span.start: hint.kind for hint in document.hints}
    found: list[TextLine] = []
    gap, position = False, 0
    for raw in document.text.split("\n"):
        text = " ".join(_MARKS.sub(" ", raw).split())
        if text:
            found.append(TextLine(text, gap, hints.get(position, "")))
        gap = not text
        position += len(raw) + 1
    return found


def divide(lines: Sequence[TextLine]) -> Division:
    """Find the articles 1 to 46 and, behind them, Annexes I and II.

    Args:
        lines: The lines of the file.

    Returns:
        What was found; nothing where no word stands with rising numbers.
    """
    heads = _best(_heads(lines, _packed("article"), roman=False), max(articles()))
    if not heads:
        return Division({}, {})
    last = heads[-1].line
    behind = _best(_heads(lines[last:], _packed("annex"), roman=True), 3)
    starts = [head.line for head in heads]
    tail = [*(last + head.line for head in behind), len(lines)]
    ends = [*starts[1:], tail[0]]
    held = {
        head.number: Part(head.heading, _trimmed(lines[head.line + 1 : end], following))
        for head, end, following in zip(heads, ends, [*heads[1:], None], strict=True)
    }
    names = tuple(annexes())
    rows = {
        names[head.number - 1]: Part(head.heading, tuple(lines[start + 1 : end]))
        for head, start, end in zip(behind, tail[:-1], tail[1:], strict=True)
        if head.number <= len(names)
    }
    return Division(held, rows)


@cache
def _packed(part: str) -> frozenset[str]:
    """Return the words for a part in every language pack, as keys."""
    words = (getattr(language(code).structure, part) for code in language_codes())
    return frozenset(_key(word) for listed in words for word in listed)


def _key(word: str) -> str:
    return as_typed(normalise(word.rstrip(".")).text.casefold())


def _heads(
    lines: Sequence[TextLine], packed: frozenset[str], *, roman: bool
) -> dict[str, list[_Head]]:
    """Return the lines that a word and a number open, by the word."""
    found: dict[str, list[_Head]] = {}
    for index, line in enumerate(lines):
        for order, pattern in enumerate((_HEAD, _HEAD_BEHIND)):
            match = pattern.match(line.text[:300])
            if match is None or (number := _number(match.group("number"), roman)) is None:
                continue
            heading = _HEADING.match(match.group("rest"))
            if heading is None:
                continue
            key = _key(match.group("word"))
            words = heading.group("words") or ""
            weight = 1.0 if not words else 0.45 if key in packed else 0.25
            if line.hint == "heading":
                weight += 0.2
            found.setdefault(f"{key} {order}", []).append(_Head(index, number, words, weight))
    return found


def _number(printed: str, roman: bool) -> int | None:
    if roman:
        return _ROMAN_NUMBERS.get(printed)
    return int(printed) if printed.isdigit() else None


def _best(groups: Mapping[str, list[_Head]], most: int) -> list[_Head]:
    """Return the best rising row of numbers that one word opens."""
    rows = [_row(heads, most) for heads in groups.values()]
    score, row = max(rows, key=lambda pair: pair[0], default=(0.0, []))
    return row if score > 0 else []


def _row(heads: Sequence[_Head], most: int) -> tuple[float, list[_Head]]:
    """Choose rising numbers of the greatest weight.

    A table of contents and the table of correlation repeat the numbers; what tells them apart is
    that no text stands between one number and the next.
    """
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    lengths = [after.line - here.line for here, after in pairwise(heads)]
    for place, (head, room) in enumerate(zip(heads, [*lengths, 3], strict=True)):
        if not 1 <= head.number <= most:
            continue
        before = max(
            (entry for number, entry in best.items() if number < head.number),
            key=lambda entry: entry[0],
        )
        score = before[0] + head.weight + min(room - 1, 2) / 4
        if head.number not in best or score > best[head.number][0]:
            best[head.number] = (score, (*before[1], place))
    score, chosen = max(best.values(), key=lambda entry: entry[0])
    return score, [heads[place] for place in chosen]


def _trimmed(lines: Sequence[TextLine], following: _Head | None) -> tuple[TextLine, ...]:
    """Cut off what belongs to the next chapter or article: their titles above the number."""
    kept = list(lines)
    numeral = chapters().get(following.number) if following else None
    if numeral:
        title = re.compile(rf"(?<!\w){numeral}(?!\w)")
        for place in range(max(1, len(kept) - _CHAPTER_LINES), len(kept)):
            text = kept[place].text
            if len(text) <= _CHAPTER_WIDTH and title.search(text) and not text.endswith((";", ",")):
                return tuple(kept[:place])
    return tuple(kept)
