"""Where the parts of an act begin: preamble, chapters, articles, signature, annexes.

The candidates of :mod:`nis2_align.segment.structure` are weighed here by their order. A line
that begins with ``Article 5`` opens the article only where the numbers go on; a reference in
the text, a quoted article of an amending act or a table of contents does not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

from nis2_align.segment.structure import (
    Line,
    Patterns,
    caps_run,
    is_caps,
    is_closed,
    is_heading_form,
    mark_of,
    roman,
)

__all__ = ["Opening", "divide"]

Style = Literal["above", "below", "none"]
Stretch = tuple[int, int]


@dataclass(slots=True)
class Opening:
    """One part of the act on the way to its provision; offsets count in the normalised text.

    Attributes:
        kind: ``preamble``, ``chapter``, ``article``, ``closing`` or ``annex``.
        start: Where the part begins, with a heading that stands above its number.
        number: The number as the ref prints it, or "" where it is counted.
        label: The number as printed, with its word.
        heading: Where the heading stands.
        body: Where the text after label and heading begins.
        rank: Depth of a chapter from 0.
        lines: The lines of the body.
        doubtful: The number breaks the order.
    """

    kind: Literal["preamble", "chapter", "article", "closing", "annex"]
    start: int
    number: str = ""
    label: Stretch | None = None
    heading: Stretch | None = None
    body: int = 0
    rank: int = 0
    lines: list[Line] = field(default_factory=list)
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    number: int
    suffix: str
    rest: int
    label: int
    quoted: bool

    @property
    def key(self) -> tuple[int, str]:
        return self.number, self.suffix


def _candidates(lines: list[Line], words: Patterns) -> list[_Candidate]:
    found: list[_Candidate] = []
    quotes = 0
    for index, line in enumerate(lines):
        match = words.article.match(line.text)
        if match is not None:
            number = match.group("number") or match.group("first")
            suffix = match.group("suffix") or match.group("letter") or ""
            rest = line.text[match.end() :]
            if not rest or _opens_text(rest):
                label = match.end("dot") if match.group("dot") else match.end(_last(match))
                found.append(
                    _Candidate(index, int(number), suffix, match.end(), label, quotes % 2 == 1)
                )
                quotes = 0
        quotes += line.text.count('"')
    return found


def _last(match: object) -> int:
    return max(range(1, 5), key=lambda group: match.end(group))  # type: ignore[attr-defined]


def _opens_text(rest: str) -> bool:
    """Tell whether what follows the number can be a heading or the first paragraph."""
    if mark_of(rest) is not None and rest[0] in "(1":
        return True
    first = next((letter for letter in rest if letter.isalnum()), "")
    return first.isupper() and rest[0] not in ",;)"
