"""The numbers at the beginning of a line, in any alphabet: ``(1)``, ``1.``, ``(a)``, ``б)``.

A letter is read as a place in its alphabet, because a translation may letter its lists ``a b c d``
or ``а б в г`` where the original has ``a b c d``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

__all__ = ["ALPHABETS", "Mark", "alphabet_of", "mark_at", "place_in", "roman"]

ALPHABETS: tuple[tuple[str, ...], ...] = tuple(
    tuple(letters.split())
    for letters in (
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
        "a b c č d e f g h i j k l m n o p r s š t u v z ž",
        "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v x xh y z zh",
        "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š",
        "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш",
        "а б в г д ѓ е ж з ѕ и ј к л љ м н њ о п р с т ќ у ф х ц ч џ ш",
        "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
        "α β γ δ ε στ ζ η θ ι ια ιβ ιγ ιδ ιε ιστ ιζ ιη ιθ κ",
        "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω",
    )
)
_ROMAN = {"i": 1, "v": 5, "x": 10}

_MARK = re.compile(
    r"(?:"
    r"\(\s?(?P<pn>\d{1,3})\s?\)"
    r"|(?P<n>\d{1,3})\.(?=\s|[^\W\d_]|[\"„“”«»‘‚'(]|$)"
    r"|(?P<dn>\d{1,3})\)"
    r"|\(\s?(?P<pl>[^\W\d_]{1,4})\s?\)"
    r"|(?P<l>[^\W\d_]{1,4})\)"
    r"|(?P<dl>[^\W\d_])\.(?=\s)"
    r"|(?P<dash>[-–—―−•·▪])(?=\s)"
    r")\s*"
)
_STYLES = {"pn": "(1)", "n": "1.", "dn": "1)", "pl": "(a)", "l": "a)", "dl": "a.", "dash": "-"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that opens a line.

    Attributes:
        kind: ``number``, ``letter`` (Roman numerals too) or ``dash``.
        style: The way it is printed, shown with the first of its kind.
        token: The number or the letters themselves, in small letters.
        end: Where the text behind it begins.
    """

    kind: Literal["number", "letter", "dash"]
    style: str
    token: str
    end: int


def mark_at(text: str, at: int = 0) -> Mark | None:
    """Return the number that stands in ``text`` at ``at``, or None.

    Capitals in brackets such as ``(EU)`` are words and no numbers.
    """
    match = _MARK.match(text, at)
    if match is None:
        return None
    name = next(group for group in _STYLES if match.group(group) is not None)
    token = match.group(name)
    style = _STYLES[name]
    if name == "dash":
        return Mark("dash", style, "", match.end())
    if token.isdigit():
        return Mark("number", style, str(int(token)), match.end())
    if token != token.lower() or not _is_letter(token):
        return None
    return Mark("letter", style, token, match.end())


def _is_letter(token: str) -> bool:
    return roman(token) is not None or any(token in alphabet for alphabet in ALPHABETS)


def roman(token: str) -> int | None:
    """Return the value of a Roman numeral in small Latin letters below 40, or None."""
    total = before = 0
    for letter in reversed(token):
        value = _ROMAN.get(letter)
        if value is None:
            return None
        total += value if value >= before else -value
        before = max(before, value)
    return total or None


def place_in(alphabet: Sequence[str], token: str) -> int | None:
    """Return the place of a letter in an alphabet, from 1, or None."""
    return alphabet.index(token) + 1 if token in alphabet else None


def alphabet_of(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return the alphabet by which a text letters its lists.

    Args:
        tokens: The letters that open its lines, in order.

    Returns:
        The alphabet in which the most letters come right after the one before them; the Latin
        one where nothing tells.
    """
    pairs = list(pairwise(tokens))

    def steps(alphabet: tuple[str, ...]) -> int:
        places = {letter: place for place, letter in enumerate(alphabet)}
        return sum(
            1 for one, next_ in pairs if one in places and places.get(next_) == places[one] + 1
        )

    return max(ALPHABETS, key=steps)
