"""Which words of two wordings of a provision differ.

What holds afterwards: the pieces of each side, joined, are that side as it was written; what is not
set off on one side reads the same on the other, apart from script, letter case and white space.
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

# A word, a figure, or one other sign.
_WORD = re.compile(r"\w+|[^\w\s]")


def words_of(latin: str) -> tuple[str, ...]:
    """Return the words, figures and signs of a normalised text, as they are compared."""
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
            gone += old_spans[step.src_start : step.src_end]
            come += new_spans[step.dest_start : step.dest_end]
    return _pieces(before, gone), _pieces(after, come)


def _read(text: str) -> tuple[list[str], list[Span]]:
    plain = normalise(text)
    found = list(_WORD.finditer(plain.text))
    return [_key(one.group()) for one in found], [plain.to_source(*one.span()) for one in found]


def _pieces(text: str, marked: Sequence[Span]) -> tuple[Piece, ...]:
    return pieces(text, Span(start=0, end=len(text)), marked)
