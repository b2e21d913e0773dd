"""Numbers that text recognition misreads, put right by the numbers before and after them.

A Roman ``III`` is read as ``II`` or ``Ш``, an ``I`` as ``1`` or ``l``, and ``(1)`` as ``()`` or
``(l)``. A number is changed only where its neighbours leave one reading, and each change is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nis2_align.read.pdf_lines import Line

__all__ = ["Mended", "mend_numbers"]

# What Roman figures are taken for, in Latin and in Cyrillic.
_STROKES = str.maketrans({
    **dict.fromkeys("l1!|i" + "ІГТ", "I"), "П": "II", "Ш": "III", "У": "V", "Х": "X",
})  # fmt: skip
_CHAPTER = re.compile(r"([IVXLl1!|ІГТПШУХ]{1,7})\. (?=[^\W\d_]{2})")
_LETTER = re.compile("[IVX" + "ПШУХ]")
_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_FIRST = re.compile(r"\(([lI|!]?)\)(?= )")
_SECOND = re.compile(r"\(2\) ")
_MARK = re.compile(r"\((?:\d{0,3}|[^\W\d_]{1,2})\) ")
_PARTS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Mended(NamedTuple):
    """One number put right: the page, and the number as it was read and as it must be."""

    page: int
    before: str
    after: str


def mend_numbers(
    pages: Sequence[Sequence[Line]], recognised: set[int]
) -> tuple[list[list[Line]], list[Mended]]:
    """Return the lines of all pages with numbers put right, and what was changed.

    Args:
        pages: Lines in reading order.
        recognised: Numbers of the pages that text recognition read; others are not changed.
    """
    lines = [line for page in pages for line in page]
    changes = {**dict(_chapters(lines)), **dict(_first_paragraphs(lines))}
    mended: list[Mended] = []
    result: list[list[Line]] = []
    place = 0
    for page in pages:
        kept: list[Line] = []
        for line in page:
            change = changes.get(place)
            place += 1
            if change is not None and line.page in recognised:
                before, after = change
                mended.append(Mended(line.page, before, after))
                line = line._replace(text=after + line.text[len(before) :])
            kept.append(line)
        result.append(kept)
    return result, mended


def _chapters(lines: Sequence[Line]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the place of each misread Roman number of a heading in capitals, and its change."""
    found = [
        (place, match[1], _value(match[1].translate(_STROKES)))
        for place, line in enumerate(lines)
        if (match := _CHAPTER.match(line.text)) and line.text[match.end() :].isupper()
    ]
    last = 0
    for number, (place, read, value) in enumerate(found):
        beyond = found[number + 1] if number + 1 < len(found) else None
        # "1." before "11." is no Roman number: one of the two must be written as such.
        following = beyond[2] if beyond and _LETTER.search(beyond[1]) else None
        wanted = _numeral(last + 1)
        alone = beyond is None and last > 1
        if read != wanted and (following == last + 2 or alone):
            close = read.translate(_STROKES)
            if close == wanted or _one_stroke_apart(close, wanted):
                yield place, (read, wanted)
                value = last + 1
        last = value or last


def _first_paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the place of each misread ``(1)``: the next such number is ``(2)``."""
    waiting: tuple[int, str] | None = None
    for place, line in enumerate(lines):
        first = _FIRST.match(line.text)
        if first:
            waiting = (place, first[0])
        elif _MARK.match(line.text):
            if waiting and _SECOND.match(line.text):
                yield waiting[0], (waiting[1], "(1)")
            waiting = None


def _value(numeral: str) -> int | None:
    """Return the number that a Roman numeral up to XXXIX means; None where it is none."""
    if not numeral or not _NUMERAL.fullmatch(numeral):
        return None
    value, rest = 0, numeral
    for size, part in _PARTS:
        while rest.startswith(part):
            value, rest = value + size, rest[len(part) :]
    return value


def _numeral(value: int) -> str:
    written = ""
    for size, part in _PARTS:
        count, value = divmod(value, size)
        written += part * count
    return written


def _one_stroke_apart(a: str, b: str) -> bool:
    """Return whether one ``I`` more or less makes one numeral the other."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and any(
        longer[n] == "I" and longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer))
    )
