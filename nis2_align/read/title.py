"""The title of an act, where its first lines show one; language-free."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from nis2_align.read.marks import starts_with_mark

__all__ = ["guess_title"]

_LOOK_AT = 15
_LONGEST = 300
_ROMAN_OR_DIGIT = re.compile(r"\d|\b[IVXLC]+\.?$")


def guess_title(lines: Iterable[str]) -> str | None:
    """Return the run of capital lines near the top of an act, or None.

    Acts of all the countries the project serves set their title in capitals. A title of one
    word (the word for "law") takes the next line along, or the rest of its own line. Lines
    with a number, such as ``CHAPTER I`` or a gazette reference, are no title.

    Args:
        lines: The lines of the document; blank ones are passed over.
    """
    top = [line.strip() for line in islice((x for x in lines if x.strip()), _LOOK_AT)]
    first = next((i for i, line in enumerate(top) if _begins(line)), None)
    if first is None:
        return None
    if not _is_capital(top[first]):
        return top[first]
    after = first
    while after < len(top) and _is_capital(top[after]):
        after += 1
    title = " ".join(top[first:after])
    if " " not in title:
        if after >= len(top) or not _continues(top[after]):
            return None
        title = f"{title} {top[after]}"
    return title if len(title) <= _LONGEST else None


def _is_capital(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return (
        len(letters) >= 4
        and all(not c.islower() for c in letters)
        and not _ROMAN_OR_DIGIT.search(line)
        and not starts_with_mark(line)
    )


def _begins(line: str) -> bool:
    """Return whether a title may begin here: in capitals, at least its first word."""
    word, _, rest = line.partition(" ")
    return _is_capital(line) or (bool(rest) and _is_capital(word) and _continues(line))


def _continues(line: str) -> bool:
    return (
        line[0].isalpha()
        and line[-1] not in ".:;"
        and not _ROMAN_OR_DIGIT.search(line)
        and len(line) <= _LONGEST
    )
