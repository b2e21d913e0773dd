"""Which words of two wordings of a provision differ.

What holds afterwards: the pieces of each side, joined, are that side as it was written; what is not
set off on one side reads the same on the other, apart from script, letter case, punctuation and
white space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from nis2_align.model import Span
from nis2_align.text.normalise import normalise
from nis2_align.text.pieces import Piece, pieces

__all__ = ["differences", "words_of"]

# Words and figures with the signs that change what a figure means, as in the fingerprints of
# decisions: between them anything goes, as a table's cells are set off otherwise than a list.
_WORD = re.compile(r"[\w%‰€$§]+")


def words_of(latin: str) -> tuple[str, ...]:
    """Return the words and figures of a normalised text, as they are compared."""
    return tuple(map(_key, _WORD.findall(latin)))


def _key(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def differences(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Set off the words that two wordings do not share.

    The longest common sequence of words is taken for unchanged (Hunt and McIlroy 1976, on words
    instead of lines).

    Args:
        before: One wording, as written.
        after: The other.

    Returns:
        The pieces of each; marked is what the other lacks.
    """
    old, old_spans = _read(before)
    new, new_spans = _read(after)
    gone: list[Span] = []
    come: list[Span] = []
    for step in LCSseq.opcodes(old, new):
        if step.tag != "equal":
            gone += _run(old_spans[step.src_start : step.src_end])
            come += _run(new_spans[step.dest_start : step.dest_end])
    return _pieces(before, gone), _pieces(after, come)


def _run(words: Sequence[Span]) -> list[Span]:
    """Return words that follow each other as one stretch, with the signs between them."""
    return [Span(start=words[0].start, end=words[-1].end)] if words else []


def _read(text: str) -> tuple[list[str], list[Span]]:
    plain = normalise(text)
    found = list(_WORD.finditer(plain.text))
    return [_key(one.group()) for one in found], [plain.to_source(*one.span()) for one in found]


def _pieces(text: str, marked: Sequence[Span]) -> tuple[Piece, ...]:
    return pieces(text, Span(start=0, end=len(text)), marked)
