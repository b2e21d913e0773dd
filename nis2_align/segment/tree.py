"""What lies inside an article or an annex: paragraphs, points, sub-points, dashes, rows.

A number opens an item. Its style, the way it is printed, decides the depth: a style that is
open already goes on there, a new one begins a list inside the item that was opened last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

from nis2_align.model import ProvisionKind
from nis2_align.segment.division import Opening
from nis2_align.segment.marks import (
    UPPER,
    Mark,
    follows,
    is_first,
    is_note,
    is_row,
    mark_at,
    mark_of,
    roman,
    skips_one,
)
from nis2_align.segment.rows import cells
from nis2_align.segment.structure import Line, Patterns, is_closed

__all__ = ["Node", "grow"]


@dataclass(slots=True)
class Node:
    """A provision on the way; offsets count in the normalised text.

    ``end`` is where the next part begins; ``body`` is where the text after label and heading
    begins. ``more`` marks text that goes on after the item's list has ended.
    """

    kind: ProvisionKind
    start: int
    body: int
    number: str
    label: tuple[int, int] | None = None
    heading: tuple[int, int] | None = None
    end: int = 0
    style: str = ""
    inline: bool = False
    more: bool = False
    closed: bool = False
    children: list[Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Body:
    """The lines of one article or annex with what is known of them beforehand.

    Attributes:
        lines: The lines.
        marks: The number that opens each line, or None.
        coming: The next number after each line, dashes left out, or None.
        numbered: The style in which paragraphs or rows are numbered, or "".
        wrapped: The text breaks its lines inside sentences.
        annex: The body is that of an annex.
    """

    lines: tuple[Line, ...]
    marks: tuple[Mark | None, ...]
    coming: tuple[Mark | None, ...]
    numbered: str
    wrapped: bool
    annex: bool


def _numbered_style(
    lines: list[Line], marks: list[Mark | None], act_style: str, annex: bool
) -> str:
    """Return the style in which the paragraphs (or rows) are numbered, or "" where they are not."""
    first = next((i for i, mark in enumerate(marks) if mark and (mark.number or not annex)), None)
    if first is None:
        return ""
    mark = cast("Mark", marks[first])
    if annex:
        return mark.style
    if first == 0:
        return "" if mark.style in {"-", "|"} else mark.style
    chapeau = lines[first - 1].text.rstrip().endswith(":")
    if mark.style in {"(1)", "1."} and (mark.style == act_style or not chapeau):
        return mark.style
    return ""


_DASH = Mark("-", "", "-", 1)


class _Grower:
    """Reads the lines of one body in order and hangs each on the open items."""

    def __init__(self, root: Node, body: _Body, words: Patterns) -> None:
        self.root, self.body, self.words = root, body, words
        self.stack: list[Node] = []

    def run(self) -> None:
        """Read all lines."""
        for index, line in enumerate(self.body.lines):
            mark = self._mark(index)
            if mark is not None:
                self._open(mark, line.at, line.start)
                self._inside(line, mark.length, index)
            else:
                self._text(index, line)
                self._inside(line, 0, index)
            if self.stack:
                comma = self.body.wrapped and line.text.endswith(",")
                self.stack[-1].closed = is_closed(line.text) and not comma

    def _mark(self, index: int) -> Mark | None:
        """Return the line's number unless the line goes on with a sentence or a table."""
        mark, line = self.body.marks[index], self.body.lines[index]
        if mark is None:
            return None
        if mark.style == "-":
            return None if self._broken_off(index) else mark
        if mark.style == "|":
            return mark if self._opens_row(index) else None
        if mark.style == "I." and not self.body.annex:
            return None
        rest = line.text[mark.length :].lstrip()
        low = rest[:1].islower() or rest[:1] in ",.;"
        if self._sibling(mark) is not None:
            return None if low and self._cited(index) and self.body.wrapped else mark
        if self._cited(index) or (not is_first(mark.number) and low):
            return None
        open_sentence = bool(self.stack) and not self.stack[-1].closed
        return None if self.body.wrapped and low and open_sentence else mark

    def _cited(self, index: int) -> bool:
        """Tell whether the line before ends with the word of which this line has the number."""
        before = self.body.lines[index - 1] if index else None
        return (
            before is not None
            and before.hint != "table_row"
            and self.words.reference.search(before.text) is not None
        )

    def _opens_row(self, index: int) -> bool:
        """Tell the rows of a table without numbers from the head of one with numbers."""
        return not self.body.numbered or (
            bool(self.stack) and index > 0 and self.body.lines[index - 1].hint == "table_row"
        )

    def _broken_off(self, index: int) -> bool:
        """Tell whether the line before was cut at a dash inside its sentence."""
        if index == 0 or not self.stack or self._sibling(_DASH) is not None:
            return False
        before = self.body.lines[index - 1].text
        if before.rfind("(") > before.rfind(")"):
            return True
        following = self.body.marks[index + 1] if index + 1 < len(self.body.marks) else None
        alone = following is None or following.style != "-"
        return alone and not self.body.annex and not is_closed(before) and len(before) > 120

    def _sibling(self, mark: Mark) -> int | None:
        """Return the place on the stack of the open item that the number follows.

        A list inside a line may lack a number (a repealed point): what comes one later goes on
        where nothing follows exactly.
        """
        for rule in (follows, skips_one):
            for place in range(len(self.stack) - 1, -1, -1):
                node = self.stack[place]
                if rule is skips_one and not node.inline:
                    continue
                for style in _readings(mark):
                    if node.style == style and rule(style, node.number, mark.number):
                        return place
        return None

    def _open(self, mark: Mark, at: int, start: int, *, inline: bool = False) -> None:
        """Hang a new item on the open ones."""
        place = self._sibling(mark)
        if place is not None:
            style = self.stack[place].style
        else:
            style = _readings(mark)[-1] if mark.number in {"i", "aa"} else mark.style
            place = self._restart(style, mark.number)
        if place is None and style == self.body.numbered:
            place = 0
        if place is not None:
            del self.stack[place:]
        self._push(style, mark.number, start, at + mark.length, inline=inline)
        node = self.stack[-1]
        node.label = (at, at + len(mark.label))

    def _restart(self, style: str, number: str) -> int | None:
        """Return the place of an item of the style that the number does not follow.

        A list that begins again below another style is a list of its own.
        """
        for place in range(len(self.stack) - 1, -1, -1):
            if self.stack[place].style == style:
                deep = len(self.stack) >= _DEEPEST
                nested = is_first(number) and place < len(self.stack) - 1 and not deep
                return None if nested else place
        return None

    def _push(
        self, style: str, number: str, start: int, body: int, *, inline: bool = False,
        more: bool = False,
    ) -> None:  # fmt: skip
        parent = self.stack[-1] if self.stack else self.root
        parent.counts[style] = parent.counts.get(style, 0) + 1
        depth = len(self.stack) + 1
        node = Node(
            kind=_kind(depth, style, annex=self.body.annex, more=more),
            start=start,
            body=body,
            number=number or str(parent.counts[style]),
            style=style,
            inline=inline,
            more=more,
        )
        parent.children.append(node)
        self.stack.append(node)

    def _text(self, index: int, line: Line) -> None:
        """Place a line without a number: it goes on with an item or begins a paragraph."""
        if not self.stack:
            if not self.body.numbered:
                self._push("", "", line.start, line.at)
            return
        if self.body.marks[index] is not None and not is_row(line.text):
            return
        if is_note(line.text):
            return
        if not self.stack[-1].closed and (line.text[0].islower() or self.body.wrapped):
            return
        if self._goes_on(index):
            return
        if not self.body.numbered:
            self.stack.clear()
            self._push("", "", line.start, line.at)
        elif self.stack[0].children and not (len(self.stack) == 2 and self.stack[1].more):
            del self.stack[1:]
            self._push("more", "", line.start, line.at, more=True)

    def _goes_on(self, index: int) -> bool:
        """Keep the line inside a list whose next number is still to come."""
        coming = self.body.coming[index]
        place = self._sibling(coming) if coming is not None else None
        if place is None or place == 0:
            return False
        line = self.body.lines[index]
        del self.stack[place + 1 :]
        if self.stack[place].children:
            self._push("more", "", line.start, line.at, more=True)
        return True

    def _inside(self, line: Line, offset: int, index: int) -> None:
        """Open the items that begin inside a line, unless it is a row of a table."""
        if line.hint == "table_row":
            return
        for match in _INLINE.finditer(line.text, offset):
            mark = mark_at(line.text, match.start())
            if mark is not None and self._accepts(line.text, match.start(), mark):
                self._open(mark, line.at + match.start(), line.at + match.start(), inline=True)

    def _accepts(self, text: str, at: int, mark: Mark) -> bool:
        before, rest = text[max(0, at - _SIGHT) : at].rstrip(), text[at + mark.length :][:2]
        if not rest or self.words.reference.search(before) or self.words.listed.search(before):
            return False
        place = self._sibling(mark)
        if place is not None and self._flows(place, mark, before, rest):
            exact = follows(self.stack[place].style, self.stack[place].number, mark.number)
            return exact or _has_next(text, at + mark.length, mark)
        if (mark.style == "I." and not self.body.annex) or not is_first(mark.number):
            return False
        if self.body.annex and mark.style in {"1.", "I."} and not self.stack:
            return rest[0].isupper()
        return before.endswith(":") and _has_next(text, at + mark.length, mark)

    def _flows(self, place: int, mark: Mark, before: str, rest: str) -> bool:
        """Tell whether the next item of a list may begin inside the line."""
        if not self.stack[place].inline and not self.body.annex:
            return False
        if mark.style == "I.":
            return is_closed(before) and rest[0].isupper()
        if mark.style in {"(1)", "(a)"}:
            return self.words.joined.search(before) is not None
        return rest[0].isalpha() or rest[0] in '"(»'


# Lists in real acts go five deep; the limit keeps a damaged text from growing without end.
_DEEPEST = 12
# How many numbers may stand between the first item of a list and the second.
_AHEAD = 60
# How far before a number its context is read; longer than any structural word.
_SIGHT = 80
_INLINE = re.compile(r"(?<=\s)(?=\(?(?:\d{1,3}[a-z]?|[^\W\d_]{1,2}|[ivxlIVXL]{1,5})[).]\s)")


def _has_next(text: str, at: int, mark: Mark) -> bool:
    """Tell whether a second item comes later on the line."""
    places = islice(_INLINE.finditer(text, at), _AHEAD)
    later = (mark_at(text, match.start()) for match in places)
    return any(
        other is not None and other.style == mark.style
        and follows(mark.style, mark.number, other.number)
        for other in later
    )  # fmt: skip


def _readings(mark: Mark) -> tuple[str, ...]:
    """Return the styles in which a number can be read.

    ``(i)`` is a letter or a numeral; ``aa)`` comes after ``z)`` or opens a list of its own.
    """
    if mark.style not in {"(a)", "a)"}:
        return (mark.style,)
    numeral = (mark.style.replace("a", "i"),) if roman(mark.number) is not None else ()
    if len(mark.number) == 2 and mark.number[0] == mark.number[1]:
        return (mark.style, *numeral, mark.style.replace("a", "aa"))
    return numeral if numeral and len(mark.number) > 1 else (mark.style, *numeral)


def _kind(depth: int, style: str, *, annex: bool, more: bool) -> ProvisionKind:
    if depth == 1:
        return "row" if annex else "dash" if style == "-" else "paragraph"
    if more:
        return "paragraph" if depth == 2 and not annex else "point"
    if style in {"-", "|", "1|"}:
        return "dash" if style == "-" else "row"
    return "point" if depth == 2 else "subpoint"


def grow(root: Node, opening: Opening, words: Patterns, *, act_style: str, wrapped: bool) -> None:
    """Hang the paragraphs and items of an article or the rows of an annex on its node.

    Args:
        root: The node of the article or annex.
        opening: Its lines.
        words: The patterns of the language.
        act_style: The style in which the act numbers its paragraphs, or "".
        wrapped: The text breaks its lines inside sentences.
    """
    lines = list(cells(opening.lines))
    marks = [mark_of(line.text) for line in lines]
    annex = opening.kind == "annex"
    if annex and not any(mark and mark.number for mark in marks):
        # A row may begin inside a line, after the head of the table.
        numbered = "1." if any(_ANNEX_ROW.search(line.text) for line in lines) else ""
    else:
        numbered = _numbered_style(lines, marks, act_style, annex)
    body = _Body(tuple(lines), tuple(marks), _coming(marks), numbered, wrapped, annex)
    _Grower(root, body, words).run()


def _coming(marks: list[Mark | None]) -> tuple[Mark | None, ...]:
    found: list[Mark | None] = []
    after: Mark | None = None
    for mark in reversed(marks):
        found.append(after)
        if mark is not None and mark.style != "-":
            after = mark
    return tuple(reversed(found))


_ANNEX_ROW = re.compile(rf"\s1\.\s+[{UPPER}]")
