"""Plain text and Markdown."""

from __future__ import annotations

import re

from nis2_align.read.encoding import Decoded, decode
from nis2_align.read.sheet import Reading, Sheet, clean, unreadable
from nis2_align.read.title import guess_title

__all__ = ["convert", "load"]

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_WHOLE_BOLD = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1[ \t]*$")
_TITLE_BLOCK = re.compile(r"%[ \t]+(\S.*)")  # the head of a pandoc file
_COMMENT = re.compile(r"<!--.*?-->[ \t]*\n?", re.S)
_HEAD_COMMENT_AFTER = 5


def load(data: bytes, name: str) -> Decoded:
    """Return the decoded text.

    Raises:
        UnreadableFileError: The bytes are no text.
    """
    decoded = decode(data)
    if decoded is None:
        raise unreadable(name, "not_text")
    return decoded


def convert(decoded: Decoded) -> Reading:
    """Turn the text into lines.

    Heading marks (``#``) and the marks of a wholly bold line (``**``) become hints; comments
    among the first lines go; every other character stays, blank lines between paragraphs too.
    """
    sheet = Sheet()
    decoded.report(sheet)
    title: str | None = None
    lines = _without_head_comments(clean(decoded.text)).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and (block := _TITLE_BLOCK.match(lines[0])):
        title = title or block.group(1).strip()
        sheet.line(block.group(1))
        del lines[0]
    for line in lines:
        heading = _HEADING.match(line)
        bold = _WHOLE_BOLD.match(line)
        if heading:
            # Not in the pattern, which would try a long row of blanks in every way.
            named = heading.group(2).rstrip(" \t").rstrip("#").rstrip(" \t")
            title = title or named or None
            sheet.line(named, "heading", len(heading.group(1)))
        elif bold:
            sheet.line(bold.group(2), "bold")
        elif line.strip():
            sheet.line(line)
        else:
            sheet.blank()
    return sheet.done(title or guess_title(lines))


def _without_head_comments(text: str) -> str:
    lines = text.split("\n")
    head = "\n".join(lines[:_HEAD_COMMENT_AFTER])
    at = head.find("<!--")
    if at < 0:
        return text.lstrip("\n")
    match = _COMMENT.match(text, at)
    if match is None:
        return text
    return (text[:at] + text[match.end() :]).lstrip("\n")
