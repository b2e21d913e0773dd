"""Where the parts of an act begin: preamble, chapters, articles, signature, annexes.

The candidates of :mod:`nis2_align.segment.structure` are weighed here by their order. A line
that begins with ``Article 5`` opens the article only where the numbers go on; a reference in
the text, a quoted article of an amending act or a table of contents does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Literal

from nis2_align.segment.articles import choose
from nis2_align.segment.cuts import at_chapters, at_stray_headings, split_at
from nis2_align.segment.marks import mark_of, roman
from nis2_align.segment.structure import (
    Line,
    Numbered,
    Patterns,
    caps_run,
    is_bracketed,
    is_caps,
    is_closed,
    is_heading_form,
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


_ROMAN_CHAPTER = re.compile(
    r"(?P<number>[IVXL]{1,6})(?!\w)(?P<dot>\.)?\s*(?:[:–—-]\s)?\s*(?=[^\W\d]|\"|$)"
)


class _Divider:
    """Hands out each line of the act to one part of it."""

    def __init__(self, lines: list[Line], words: Patterns) -> None:
        self.words = words
        pieces = [piece for line in lines for piece in at_chapters(line, words)]
        self.lines = list(at_stray_headings(pieces, words))
        chosen, self.doubtful = choose(self.lines, words)
        self.articles = {candidate.index: candidate for candidate in chosen}
        self.last = max(self.articles, default=-1)
        self._cut_tail()
        self.bracketed = self._brackets_headings()
        self.chapters = self._chapters()
        self.chapters |= self._unnumbered_chapters()
        self.style = self._style()
        self.taken: set[int] = set()
        self.openings: list[Opening] = []

    def _cut_tail(self) -> None:
        """Split the lines after the last article where the signature or an annex begins."""
        tail = [
            piece
            for line in self.lines[self.last :]
            for half in split_at(line, self.words.inline_closing)
            for piece in split_at(half, self.words.inline_annex)
        ]
        self.lines[self.last :] = tail

    def _chapters(self) -> dict[int, Numbered]:
        found: dict[int, Numbered] = {}
        romans: list[int] = []
        value = 0
        for index, line in enumerate(self.lines[: self.last + 2]):
            if index in self.articles:
                continue
            named = self._named_chapter(line)
            if named is None and (read := self._roman_chapter(index, value)) is not None:
                named, value = read, roman(read.number) or 0
                romans.append(index)
            if named is not None:
                found[index] = named
        if len(romans) == 1 < len(found):
            # One of its kind among named chapters is a word: "I REPUBLIKËS SË ...".
            del found[romans[0]]
        return found

    def _unnumbered_chapters(self) -> dict[int, Numbered]:
        """Find titles in capitals without a number above an article or above its heading.

        In an act that prints the headings of its articles in capitals, and above the first
        article, where the title of the act stands, capitals alone tell nothing.
        """
        first = min(self.articles, default=0)
        if sum(self._bare_title(index - 1) for index in self.articles) * 2 > len(self.articles):
            return {}
        found = [
            index - back
            for index in sorted(self.articles)
            if index > first
            for back in (1, 2)
            if self._bare_title(index - back) and (back == 1 or self._plain(index - 1))
        ]
        opening = first - 1 if self._bare_title(first - 1) else first - 2
        if found and opening > 0 and self._bare_title(opening) and self.lines[opening].gap:
            found.append(opening)
        return {index: Numbered("", len(self.words.ranks) + 1, 0, 0) for index in found}

    def _bare_title(self, index: int) -> bool:
        """Tell whether a line is in capitals and not the title of the chapter before it."""
        before = self.chapters.get(index - 1)
        titled = before is not None and before.rest < len(self.lines[index - 1].text)
        return self._caps_title(index) and (before is None or titled)

    def _named_chapter(self, line: Line) -> Numbered | None:
        match = self.words.chapter.match(line.text)
        if match is None:
            return None
        rest = line.text[match.end() :]
        if rest and not is_heading_form(replace(line, text=rest)):
            return None
        word = match.group("word") or match.group("last") or match.group("behind")
        label = match.end() - len(match.group()) + len(match.group().rstrip(" :–—-"))
        return Numbered(match.group("number") or "", self.words.rank(word), label, match.end())

    def _roman_chapter(self, index: int, previous: int) -> Numbered | None:
        """Read ``II. TITLE``; a title in small letters must stand right before an article."""
        line = self.lines[index]
        match = _ROMAN_CHAPTER.match(line.text)
        value = roman(match.group("number")) if match else None
        if match is None or value is None or value not in {1, previous + 1}:
            return None
        rest = line.text[match.end() :]
        following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        near = self._stands_before_article(index)
        caps = is_caps(rest or following)
        good = caps or (match.group("dot") and near and is_heading_form(replace(line, text=rest)))
        if not good or index > self.last:
            return None
        label = match.end("dot") if match.group("dot") else match.end("number")
        return Numbered(match.group("number"), len(self.words.ranks), label, match.end())

    def _brackets_headings(self) -> bool:
        """Tell whether the act prints the headings of its articles in brackets below the number."""
        below = [self.lines[index + 1].text for index in self.articles if index < self.last]
        return sum(map(is_bracketed, below)) * 2 > len(below)

    def _stands_before_article(self, index: int) -> bool:
        """Tell whether an article follows, with a line or with headings of sections between."""
        if index + 1 in self.articles or index + 2 in self.articles:
            return True
        following = next((n for n in (3, 4) if index + n in self.articles), None)
        return following is not None and all(
            is_heading_form(line) for line in self.lines[index + 1 : index + following]
        )

    def _plain(self, index: int) -> bool:
        """Tell whether the line may be a heading: right form, no number, not another part."""
        if not 0 <= index < len(self.lines) or index in self.articles or index in self.chapters:
            return False
        line = self.lines[index]
        form = is_heading_form(line) or (self.bracketed and is_bracketed(line.text))
        return form and mark_of(line.text) is None

    def _below(self, index: int) -> bool:
        """Tell whether a heading stands below the article's number."""
        return (
            self._plain(index + 1)
            and index + 2 < len(self.lines)
            and index + 2 not in self.articles
            and index + 2 not in self.chapters
        )

    def _style(self) -> Style:
        alone = [index for index, candidate in self.articles.items() if candidate.alone]
        above = sum(self._plain(index - 1) for index in alone)
        below = sum(self._below(index) for index in alone)
        if not above and not below:
            return "none"
        return "above" if above > below else "below"

    # ----- the walk -----

    def run(self) -> list[Opening]:
        """Return the parts in the order in which they begin."""
        for index in sorted(self.chapters):
            self._open_chapter(index)
        for index in sorted(self.articles):
            self._open_article(index)
        for index in range(self.last + 1, len(self.lines)):
            self._open_tail(index)
        return self._filled()

    def _stretch(self, first: int, last: int) -> Stretch:
        return self.lines[first].at, self.lines[last].end

    def _open_chapter(self, index: int) -> None:
        line, named = self.lines[index], self.chapters[index]
        opening = Opening("chapter", line.start, rank=named.rank, body=line.end)
        opening.label = (line.at, line.at + named.label_end) if named.label_end else None
        self.taken.add(index)
        if named.rest < len(line.text):
            opening.heading = (line.at + named.rest, line.end)
        elif self._plain(index + 1) and self.lines[index + 1].hint != "tail":
            last = index + 1
            caps = is_caps(self.lines[last].text)
            while caps and self.style != "above" and self._caps_title(last + 1):
                last += 1
            self.taken.update(range(index + 1, last + 1))
            opening.heading = self._stretch(index + 1, last)
            opening.body = self.lines[last].end
        self.openings.append(opening)

    def _caps_title(self, index: int) -> bool:
        return self._plain(index) and is_caps(self.lines[index].text)

    def _open_article(self, index: int) -> None:
        line, found = self.lines[index], self.articles[index]
        opening = Opening("article", line.start, f"{found.number}{found.suffix}")
        opening.label = (line.at, line.at + found.label)
        opening.body = line.at + found.rest
        opening.doubtful = index in self.doubtful
        self.taken.add(index)
        self._head_article(index, opening)
        if index + 1 in self.chapters and found.alone:
            self._move_chapter(index, opening)
        self.openings.append(opening)

    def _head_article(self, index: int, opening: Opening) -> None:
        line, found = self.lines[index], self.articles[index]
        rest = replace(line, at=line.at + found.rest, text=line.text[found.rest :])
        if rest.text:
            if is_heading_form(rest) and mark_of(rest.text) is None:
                opening.heading = (rest.at, rest.end)
                opening.body = rest.end
            else:
                opening.lines.append(replace(rest, start=rest.at))
            return
        above = self._above(index)
        late = index + 2 if index + 1 in self.chapters else index + 1
        if above is not None:
            opening.heading = self._stretch(above, index - 1)
            opening.start = self.lines[above].start
            self.taken.update(range(above, index))
        elif self._heads_below(late):
            self.taken.add(late)
            opening.heading = self._stretch(late, late)
            opening.body = self.lines[late].end
            self._share_title(late, opening)

    def _heads_below(self, index: int) -> bool:
        if not self._plain(index) or (
            not self._below(index - 1) and self.lines[index].hint != "tail"
        ):
            return False
        return self.style == "below" or self.lines[index].hint in {"tail", "heading", "bold"}

    def _above(self, index: int) -> int | None:
        """Return the first line of the heading above the article's number."""
        above = index - 1
        if above not in self.taken and self._plain(above):
            if self.style == "above" or self.lines[above].hint == "tail":
                return above
            return None
        # A heading that runs over two lines goes on in small letters.
        joined = (
            self.style == "above"
            and above > 0
            and above not in self.taken
            and self.lines[above].text[0].islower()
            and not is_closed(self.lines[above].text)
            and self._plain(above - 1)
            and above - 1 not in self.taken
            and (self.lines[above - 1].gap or self.lines[above - 1].hint != "")
        )
        return above - 1 if joined else None

    def _share_title(self, index: int, opening: Opening) -> None:
        """Give the capitals that begin the heading to a chapter that still lacks a title."""
        chapter = self._untitled(self.lines[index].at)
        if chapter is None or opening.heading is None:
            return
        start, end = opening.heading
        run = caps_run(self.lines[index].text, single=True)
        if not run:
            return
        chapter.heading = (start, start + run)
        skipped = len(self.lines[index].text[run:]) - len(self.lines[index].text[run:].lstrip())
        opening.heading = (start + run + skipped, end) if start + run + skipped < end else None

    def _untitled(self, before: int) -> Opening | None:
        """Return the last chapter before an offset where it has no title and no article yet."""
        earlier = [part for part in self.openings if part.start < before]
        last = max(earlier, key=lambda part: part.start, default=None)
        return last if last is not None and last.kind == "chapter" and not last.heading else None

    def _move_chapter(self, index: int, opening: Opening) -> None:
        """Let a chapter whose title stands below the article's number begin with the article."""
        at = self.lines[index + 1].start
        chapter = next(part for part in self.openings if part.start == at)
        chapter.start = opening.start
        opening.body = max(opening.body, self.lines[index + 1].end)

    def _open_tail(self, index: int) -> None:
        line = self.lines[index]
        if index in self.taken:
            return
        if any(part.kind == "annex" for part in self.openings) or not self._opens_closing(line):
            self._open_annex(index)
        elif not any(part.kind == "closing" for part in self.openings):
            opening = Opening("closing", line.start, body=line.at)
            opening.lines.append(line)
            self.taken.add(index)
            self.openings.append(opening)

    def _opens_closing(self, line: Line) -> bool:
        match = self.words.closing.match(line.text) if self.words.closing else None
        if match is None:
            return False
        rest = line.text[match.end() :].lstrip()
        return not rest or rest[0] == ":" or is_caps(match.group()) or is_heading_form(line)

    def _open_annex(self, index: int) -> None:
        line = self.lines[index]
        match = self.words.annex.match(line.text)
        if match is None:
            return
        rest = line.text[match.end() :]
        run = caps_run(rest)
        if rest and not run and not is_heading_form(replace(line, text=rest)):
            return
        if not match.group("number") and rest and not is_caps(match.group()):
            return
        opening = Opening("annex", line.start, match.group("number") or "")
        label = match.end("dot") if match.group("dot") else len(match.group().rstrip(" :–—-"))
        opening.label = (line.at, line.at + label)
        opening.body = line.at + match.end()
        self.taken.add(index)
        if rest:
            run = run or len(rest)
            opening.heading = (opening.body, opening.body + len(rest[:run].rstrip()))
            opening.body = opening.heading[1]
            _, tail = line.cut(match.end() + run)
            opening.lines += [tail] if tail.text else []
        elif self._plain(index + 1) and index + 2 < len(self.lines):
            self.taken.add(index + 1)
            opening.heading = self._stretch(index + 1, index + 1)
            opening.body = self.lines[index + 1].end
        self.openings.append(opening)

    def _filled(self) -> list[Opening]:
        """Give every line that is left to the part in which it stands."""
        self.openings.sort(key=lambda part: (part.start, part.kind != "chapter"))
        left = [line for index, line in enumerate(self.lines) if index not in self.taken]
        starts = [part.start for part in self.openings]
        preamble = Opening("preamble", 0)
        for line in left:
            place = bisect_right(starts, line.start) - 1
            (self.openings[place] if place >= 0 else preamble).lines.append(line)
        for part in self.openings:
            part.lines.sort(key=lambda line: line.start)
        return [preamble, *self.openings] if preamble.lines else self.openings


def divide(lines: list[Line], words: Patterns) -> list[Opening]:
    """Cut an act into its parts.

    Args:
        lines: The lines of the act.
        words: The patterns of its language.

    Returns:
        The parts in order, each with its label, heading and lines; empty where there is no
        article. Every line belongs to exactly one part.
    """
    divider = _Divider(lines, words)
    return divider.run() if divider.articles else []
