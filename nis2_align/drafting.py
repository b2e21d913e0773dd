"""A clause that somebody drafts, put into the text of an act below a provision.

What holds afterwards: the act given is untouched; the changed copy has the clause as lines of its
own, pages and hints moved along, and the digest of its own text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nis2_align.errors import Nis2AlignError
from nis2_align.model import Document, Page, Provision, Span
from nis2_align.notices import error
from nis2_align.read.sheet import clean

__all__ = ["LONGEST", "Edited", "clause_lines", "with_clause"]

#: The most characters of a clause that is tried.
LONGEST = 20_000
# Not allowed in XML, and no letters; soft hyphens are left out by the readers too.
_NO_LETTERS = re.compile("[\N{SOFT HYPHEN}\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A document with a clause in it; ``span`` is where the clause stands."""

    document: Document
    span: Span


def clause_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a clause as a reader would read them.

    Args:
        text: What was typed or pasted.

    Returns:
        Its lines without blank ones, white space collapsed, without signs that no text holds.

    Raises:
        Nis2AlignError: It has no letter, or more than :data:`LONGEST` characters.
    """
    lines = (" ".join(line.split()) for line in _NO_LETTERS.sub("", clean(text)).splitlines())
    held = tuple(line for line in lines if line)
    if not any(letter.isalpha() for line in held for letter in line):
        raise error(Nis2AlignError, "clause_empty")
    if len(text) > LONGEST:
        raise error(Nis2AlignError, "clause_long", {"most": LONGEST})
    return held


def with_clause(document: Document, provision: Provision, lines: Sequence[str]) -> Edited:
    """Put lines into the text of an act, below the last line of a provision.

    Args:
        document: The act.
        provision: The provision; what it holds stays above the lines.
        lines: The clause, as of :func:`clause_lines`.

    Returns:
        The changed copy; pages and hints are moved along, the digest of the text is its own.
    """
    text = document.text
    end = text.find("\n", provision.span.end)
    at = end + 1 if end >= 0 else len(text)
    lead = "" if end >= 0 else "\n"
    piece = lead + "".join(f"{line}\n" for line in lines)
    changed = text[:at] + piece + text[at:]
    size = len(piece)
    return Edited(
        document=replace(
            document,
            text=changed,
            text_sha256=hashlib.sha256(changed.encode()).hexdigest(),
            pages=tuple(
                Page(number=one.number, span=_moved(one.span, at, size)) for one in document.pages
            ),
            hints=tuple(
                replace(hint, span=_moved(hint.span, at, size)) if hint.span.start >= at else hint
                for hint in document.hints
            ),
        ),
        span=Span(start=at + len(lead), end=at + size - 1),
    )


def _moved(span: Span, at: int, size: int) -> Span:
    """Make room in a span; one that ends where the room begins takes it in."""
    start = span.start + size if span.start >= at and at > 0 else span.start
    return Span(start=start, end=span.end + size if span.end >= at else span.end)
