"""Printed lines → paragraphs: a provision that was broken over lines is one line again.

The rule that carries most: a line is broken where the next word no longer fits. Where the next
word would have fitted, somebody ended the paragraph there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import quantiles

from nis2_align.read.marks import DASHES, rest_after_mark, starts_with_mark
from nis2_align.read.pdf_lines import Line

__all__ = ["Joiner", "Layout", "Vocabulary"]

_HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\ufffe"
_SOFT_HYPHENS = "\N{SOFT HYPHEN}\ufffe"
_CLOSING = "\"'”“’»)]"
_ENDS_SENTENCE = (".", "!", "?")
_ENDS_ITEM = (";", ":")
# "br.", "čl.", "ст.": up to three consonants and a full stop are an abbreviation anywhere.
_VOWELS = "aeiouyàáâäèéêëìíîïòóôöùúûü" + "аеёиоуыэюяїіѐѝ"
_ABBREVIATION = re.compile(rf"(?:.*\W)?(?:(?![{_VOWELS}\d_])\w){{1,3}}\.$", re.I)
# "Article 15" alone on its line; in running text a full stop or more words would follow.
_NUMBERED_HEADING = re.compile(r"[^\W\d_]+ \d{1,3}[a-z]?")
_WORD = re.compile(r"\w+(?:-\w+)*")

_GAP = 1.15  # times the usual distance of lines: a space between paragraphs
_INDENT = 0.8  # times the type size: a first line set in
_SIZE = 0.12  # share by which type sizes of one paragraph may differ
_SLACK = 2.0  # points that a next word may lack and still count as fitting
_REACH = 3
_DIVIDED = 0.015  # share of lines with a hyphen at their end in a document that divides words
_SURE = 0.7
"""Share of sure paragraph ends that must show a space or an indent before its absence counts."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document sets its paragraphs, measured on all its lines.

    Attributes:
        leading: Usual distance of lines, as a multiple of the type size.
        spaced: Paragraphs are set apart by a space.
        indented: Paragraphs begin with an indent.
    """

    leading: float
    spaced: bool
    indented: bool

    @classmethod
    def of(cls, pages: Iterable[Sequence[Line]]) -> Layout:
        """Measure the lines of all pages."""
        pairs = [pair for lines in pages for pair in pairwise(lines) if pair[1].top > pair[0].top]
        steps = [(b.top - a.top) / b.size for a, b in pairs if b.size > 0]
        # The lower quarter: many documents have more paragraph ends than broken lines.
        leading = quantiles(steps, n=4)[0] if len(steps) > 1 else 1.2
        ends = [(a, b) for a, b in pairs if a.text.endswith(_ENDS_SENTENCE) and fits(a, b)]
        enough = max(1.0, _SURE * len(ends))
        spaced = sum(_gap(a, b) > _GAP * leading for a, b in ends) >= enough
        indented = sum(_set_in(a, b) and not _centred(b) for a, b in ends) >= enough
        # Where there are spaces, an indent belongs to a list.
        return cls(leading=leading, spaced=spaced, indented=indented and not spaced)


def fits(a: Line, b: Line) -> bool:
    """Return whether the first word of ``b`` would have fitted at the end of ``a``."""
    space = 0.25 * a.size
    return a.x1 + space + b.first_word <= a.frame.right - _SLACK


def _gap(a: Line, b: Line) -> float:
    return (b.top - a.top) / b.size if b.size > 0 else 0.0


def _below(a: Line, b: Line) -> bool:
    return a.page == b.page and b.top > a.top


def _inset(line: Line) -> float:
    """Return how far a line begins from its frame; the next line may stand in another column."""
    return line.x0 - line.frame.left


def _set_in(a: Line, b: Line) -> bool:
    return _inset(b) - min(_inset(a), 0.0) > _INDENT * b.size


@dataclass(frozen=True)
class Vocabulary:
    """The words of a document with their frequency, to resolve hyphens."""

    frequency: Counter[str]

    @classmethod
    def of(cls, pages: Iterable[Sequence[Line]]) -> Vocabulary:
        """Count the words of all lines; the broken halves at the ends of lines are no words."""
        texts = (line.text for lines in pages for line in lines)
        whole = (text if text[-1:] not in _HYPHENS else text.rpartition(" ")[0] for text in texts)
        return cls(Counter(_WORD.findall("\n".join(whole).casefold())))

    def count(self, word: str) -> int:
        """Return how often the word stands in the document."""
        return self.frequency[word]

    def beginning(self, start: str) -> int:
        """Return how many different words begin so."""
        end = start[:-1] + chr(ord(start[-1]) + 1)
        return bisect_left(self._sorted, end) - bisect_left(self._sorted, start)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.frequency)


@dataclass(frozen=True, slots=True)
class Joiner:
    """Decides which lines belong together, and how a hyphen at a line's end is read.

    Attributes:
        layout: How the document sets paragraphs.
        words: The document's words, to resolve hyphens; none where no line ends in one.
        divides_words: Words are divided at the ends of lines, so that a hyphen there usually
            is none of the word's own.
    """

    layout: Layout
    words: Vocabulary
    divides_words: bool

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> Joiner:
        """Learn layout and words from the lines of all pages."""
        broken = [
            (a.text, b.text)
            for lines in pages
            for a, b in pairwise(lines)
            if a.text[-1:] in _HYPHENS and hyphenated(a.text, b.text)
        ]
        words = Vocabulary.of(pages if broken else ())
        known = [own for own in (_own_hyphen(words, a, b) for a, b in broken) if own is not None]
        divides = known.count(False) >= known.count(True) if known else (
            len(broken) >= _DIVIDED * sum(map(len, pages)))  # fmt: skip
        return cls(Layout.of(pages), words, divides)

    def continues(self, paragraph: Sequence[Line], b: Line) -> bool:
        """Return whether ``b`` goes on with ``paragraph``, whose last line comes before it.

        In order: hyphenation; another type size; a number after an abbreviation; a list mark
        (unless it is a reference broken before its number); a numbered heading; a small letter;
        another weight; a space above; a next word that would have fitted; the end of an item or
        sentence.
        """
        a, text = paragraph[-1], b.text.lstrip()
        if a.text[-1:] in _HYPHENS and hyphenated(a.text, text):
            return True
        if abs(a.size - b.size) > _SIZE * max(a.size, b.size):
            return False
        if text[:1].isdigit() and _ends_in_abbreviation(a.text):
            return True
        if starts_with_mark(text):
            return self._is_reference(a, b)
        if _NUMBERED_HEADING.fullmatch(text) and text[0].isupper():
            return False
        if text[:1].islower() and (not a.text.endswith(_ENDS_ITEM) or self._unbroken(a, b)):
            return True
        return self._same_paragraph(paragraph, b)

    def _same_paragraph(self, paragraph: Sequence[Line], b: Line) -> bool:
        a = paragraph[-1]
        if a.bold != b.bold or not self._unbroken(a, b) or _centred_apart(a, b):
            return False
        hangs = _hangs(paragraph, b)
        if self.layout.indented and _set_in(a, b) and not hangs:
            return False
        if not a.text.rstrip(_CLOSING).endswith((*_ENDS_ITEM, *_ENDS_SENTENCE)):
            return True
        # The line is full and ends a sentence: only the layout can tell.
        return hangs or self._layout_joins(a, b)

    def _layout_joins(self, a: Line, b: Line) -> bool:
        """Return whether ``b`` lacks the space or the indent that paragraphs begin with.

        Over a page or a column no space can be seen, and the doubt counts for a new paragraph.
        """
        if self.layout.spaced:
            return _below(a, b) and not self._apart(a, b)
        return self.layout.indented and not _set_in(a, b)

    def _unbroken(self, a: Line, b: Line) -> bool:
        return not fits(a, b) and not self._apart(a, b)

    def _apart(self, a: Line, b: Line) -> bool:
        return _below(a, b) and _gap(a, b) > _GAP * self.layout.leading

    def _is_reference(self, a: Line, b: Line) -> bool:
        """Return whether a line such as ``(2) of this Article`` only looks like a new item."""
        rest = rest_after_mark(b.text)
        return (
            self._unbroken(a, b)
            and not a.text.endswith((*_ENDS_ITEM, *_ENDS_SENTENCE, ","))
            and _inset(b) <= _inset(a) + _SLACK
            and (_may_be_quoted(b.text, rest) or self._layout_joins(a, b))
        )

    def glue(self, a: str, b: str) -> tuple[int, str]:
        """Return how many characters to take off the end of ``a``, and what to put between.

        A soft hyphen goes. Of a hard one, the document itself knows whether it belongs to the
        word: the spelling it uses more often elsewhere is taken; without a witness the habit
        of the document decides.
        """
        if a[-1:] not in _HYPHENS or not hyphenated(a, b):
            return 0, " "
        if a[-1] in _SOFT_HYPHENS:
            return 1, ""
        own = _own_hyphen(self.words, a, b)
        keep = not self.divides_words if own is None else own
        return (0, "") if keep else (1, "")


def _own_hyphen(words: Vocabulary, a: str, b: str) -> bool | None:
    """Return whether the hyphen between two lines is the word's own; None where unknown."""
    first, second = _WORD.findall(a[:-1])[-1:], _WORD.findall(b)[:1]
    if not (first and second):
        return None
    with_hyphen, without = f"{first[0]}-{second[0]}".casefold(), f"{first[0]}{second[0]}".casefold()
    counts = words.count(with_hyphen), words.count(without)
    if counts[0] == counts[1]:
        # Another form of the word: its beginning reaches over the hyphen by three letters.
        reach = len(first[0]) + min(_REACH, len(second[0]))
        counts = words.beginning(with_hyphen[: reach + 1]), words.beginning(without[:reach])
    return None if counts[0] == counts[1] else counts[0] > counts[1]


def _ends_in_abbreviation(text: str) -> bool:
    return text[-1:] == "." and _ABBREVIATION.fullmatch(text.rpartition(" ")[2]) is not None


def hyphenated(a: str, b: str) -> bool:
    """Return whether the last word of line ``a`` goes on in line ``b``.

    A capital goes on only a word in capitals, of which more than one letter is left on the line.
    """
    if len(a) < 2 or a[-1] not in _HYPHENS or not (a[-2].isalpha() and b[:1].isalpha()):
        return False
    if b[0].islower() or a[-1] in _SOFT_HYPHENS:
        return True
    return a[-3:-1].isupper() and len(a) > 2 and a[-3].isalpha() and b[:2].isupper()


def _may_be_quoted(text: str, rest: str) -> bool:
    """Return whether a number at the start of a line may be a reference; a dash never is one."""
    return text.lstrip()[0] not in DASHES and (not rest or rest[0].islower())


def _hangs(paragraph: Sequence[Line], b: Line) -> bool:
    """Return whether ``b`` stands where the text of a list item stands, clear of its mark."""
    first, last = paragraph[0], paragraph[-1]
    return (
        starts_with_mark(first.text)
        and _inset(b) > _inset(first) + _INDENT * b.size
        and (last is first or abs(_inset(b) - _inset(last)) < _SLACK)
    )


def _centred_apart(a: Line, b: Line) -> bool:
    """Return whether one of two lines is centred and the other not, as above and below headings."""
    return _centred(a) != _centred(b) and abs(_inset(a) - _inset(b)) > _SLACK


def _centred(line: Line) -> bool:
    left, right = line.x0 - line.frame.left, line.frame.right - line.x1
    return min(left, right) > _INDENT * line.size and abs(left - right) < line.size
