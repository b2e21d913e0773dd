"""Cut lines where a part of the act begins inside them.

Gazettes that were turned into plain text lose line breaks: a chapter, its title and the heading
of the next article follow the last sentence of a paragraph, an annex follows the signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nis2_align.segment.marks import UPPER, mark_of
from nis2_align.segment.structure import Line, Patterns, caps_run, is_caps, is_heading_form

__all__ = ["at_chapters", "at_stray_headings", "split_at"]


def at_chapters(line: Line, words: Patterns) -> Iterator[Line]:
    """Split a line where a chapter begins inside it, and after the chapter's title."""
    for piece in split_at(line, words.inline_chapter):
        match = words.chapter.match(piece.text)
        run = caps_run(piece.text[match.end() :]) if match else 0
        if match is None or not run or not is_caps(match.group()):
            yield piece
            continue
        head, tail = piece.cut(match.end() + run)
        yield from split_at(head, words.nested_chapter)
        if tail.text:
            yield replace(tail, hint="tail")


def split_at(line: Line, pattern: re.Pattern[str] | None) -> Iterator[Line]:
    """Split a line behind each match of a pattern that looks ahead to the next part."""
    while pattern is not None and (match := pattern.search(line.text)) is not None:
        piece, line = line.cut(match.end())
        yield piece
    yield line


def at_stray_headings(lines: list[Line], words: Patterns) -> Iterator[Line]:
    """Split off a heading that hangs at the end of the text before a number without one."""
    numbers = [words.article.fullmatch(line.text) is not None for line in lines]
    for index, line in enumerate(lines):
        cut = _STRAY.search(line.text) if numbers[index + 1 : index + 2] == [True] else None
        if cut is None or numbers[index] or index + 2 >= len(lines):
            yield line
            continue
        head, tail = line.cut(cut.start("tail"))
        if is_heading_form(tail) and mark_of(lines[index + 2].text) is not None:
            yield head
            yield replace(tail, hint="tail")
        else:
            yield line


# After a sentence, not after an abbreviation or a number.
_STRAY = re.compile(
    rf"(?<=[^\W\d_]{{4}})\.\s+(?P<tail>[{UPPER}](?:(?!\.\s+[{UPPER}]).){{9,}}[^.;:,!?])$"
)
