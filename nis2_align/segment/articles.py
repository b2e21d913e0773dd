"""Which of the lines that begin with "Article 5" open an article.

The numbers of an act rise. A longest run of numbers that never fall tells the articles from
references at the beginning of a line; quotation marks tell them from the quoted articles of an
amending act; a table of contents is known by the lack of text between its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nis2_align.segment.marks import mark_of
from nis2_align.segment.structure import Line, Patterns

__all__ = ["Candidate", "choose"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may open an article.

    Attributes:
        index: The line.
        word: The word as printed, in small letters.
        number: The number without its letter.
        suffix: The letter of an inserted article, or "".
        label: Where word and number end on the line.
        rest: Where the text after them begins.
        alone: Nothing stands after the number.
        quoted: An odd number of quotation marks stands between the last candidate and this one.
    """

    index: int
    word: str
    number: int
    suffix: str
    label: int
    rest: int
    alone: bool
    quoted: bool

    @property
    def key(self) -> tuple[int, str]:
        """Return what the order of articles goes by."""
        return self.number, self.suffix


def _candidates(lines: list[Line], words: Patterns) -> list[Candidate]:
    found: list[Candidate] = []
    quotes = 0
    for index, line in enumerate(lines):
        match = words.article.match(line.text)
        rest = line.text[match.end() :] if match else ""
        if match is not None and (not rest or _opens_text(rest)):
            found.append(
                Candidate(
                    index=index,
                    word=(match.group("word") or match.group("unit")).lower(),
                    number=int(match.group("number") or match.group("first")),
                    suffix=match.group("suffix") or match.group("letter") or "",
                    label=match.end("dot") if match.group("dot") else match.end("core"),
                    rest=match.end(),
                    alone=not rest,
                    quoted=quotes % 2 == 1,
                )
            )
            quotes = 0
        quotes += line.text.count('"')
    return found


def _opens_text(rest: str) -> bool:
    """Tell whether what follows the number can be a heading or the first paragraph."""
    if rest[0] in "(1" and mark_of(rest) is not None:
        return True
    first = next((letter for letter in rest if letter.isalnum()), "")
    return first.isupper() and rest[0] not in ",;)("


def _without_sections(found: list[Candidate], words: Patterns) -> list[Candidate]:
    """Drop the words that also name a section where another word opens the articles."""
    main = sum(candidate.word not in words.ranks for candidate in found)
    if main * 2 < len(found):
        return found
    return [candidate for candidate in found if candidate.word not in words.ranks]


def _without_contents(found: list[Candidate]) -> list[Candidate]:
    """Drop a table of contents: a first run of numbers with hardly a line between them."""
    restart = next((i for i, c in enumerate(found) if i and c.key <= found[0].key), None)
    if restart is None or restart < 3:
        return found
    run = found[restart].index - found[0].index
    return found[restart:] if run <= 2 * restart else found


def _ascending(found: list[Candidate]) -> set[int]:
    """Return the places of the heaviest run of numbers that never fall.

    Numbers printed in the manner of the act (alone on their lines, or not) weigh double, so that
    a sentence that begins with a lower number does not take the place of an article.
    """
    manner = sum(candidate.alone for candidate in found) * 2 >= len(found)
    ranks = {key: rank for rank, key in enumerate(sorted({c.key for c in found}), start=1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    for place, candidate in enumerate(found):
        rank = ranks[candidate.key]
        weight, last = max((best[node] for node in _below(rank)), key=lambda run: run[0])
        before.append(last)
        run = (weight + (2 if candidate.alone == manner else 1), place)
        for node in _above(rank, len(ranks)):
            best[node] = max(best[node], run, key=lambda run: run[0])
    kept: set[int] = set()
    place = max(
        (best[node] for node in _below(len(ranks))), key=lambda run: run[0], default=(0, -1)
    )[1]
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def _below(rank: int) -> Iterator[int]:
    """Yield the nodes of a Fenwick tree that cover the ranks up to ``rank``."""
    while rank > 0:
        yield rank
        rank -= rank & -rank


def _above(rank: int, size: int) -> Iterator[int]:
    """Yield the nodes of a Fenwick tree that a change at ``rank`` touches."""
    while rank <= size:
        yield rank
        rank += rank & -rank


def choose(lines: list[Line], words: Patterns) -> tuple[list[Candidate], set[int]]:
    """Choose the lines that open articles.

    Args:
        lines: The lines of the act.
        words: The patterns of its language.

    Returns:
        The candidates chosen, and the indices of the lines whose number breaks the order.
    """
    found = _without_contents(_without_sections(_candidates(lines, words), words))
    kept = _ascending(found)
    chosen: list[Candidate] = []
    doubtful: set[int] = set()
    previous = 0
    for place, candidate in enumerate(found):
        expected = candidate.number in {previous, previous + 1}
        if candidate.quoted and not expected:
            continue
        if place not in kept:
            if not candidate.alone or candidate.quoted:
                continue
            doubtful.add(candidate.index)
        else:
            previous = candidate.number
        chosen.append(candidate)
    return chosen, doubtful
