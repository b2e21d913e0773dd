"""Running heads, feet and page numbers: what a page repeats and the act does not say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from math import ceil

from rapidfuzz.fuzz import ratio

from nis2_align.read.pdf_lines import Line

__all__ = ["without_running_heads"]

# Heads and feet stand in the outer parts of a page, and are few.
_ZONE = 0.14
_MOST_LINES = 4
# Left and right pages may carry different heads, so a head need not be on every page.
_SHARE, _SHARE_OF_A_WORD = 0.4, 0.6
_SAME_HEIGHT = 4.0  # points
# For what text recognition read: scans shift, and letters are misread.
_SAME_PLACE = 9.0  # points
_LIKE = 70.0  # of 100; headings with numbers of their own are too short to count
_LEAST_LETTERS = 10
_LOOK_AT = 8  # pages
_NUMBER = re.compile(r"\d+")


def without_running_heads(
    pages: Sequence[tuple[Sequence[Line], float]], recognised: Collection[int] = ()
) -> list[list[Line]]:
    """Return the lines of each page without running heads, feet and page numbers.

    A line near the edge goes when the same words stand at the same height on at least two
    pages in five (two of two). Its numbers may differ only where one of them counts the pages,
    so that an article heading which happens to begin several pages stays.

    Args:
        pages: Lines and height of each page.
        recognised: Places in ``pages`` of those that text recognition read: it reads one head a
            little differently on each, so that like words must do there.
    """
    edges = [(*_edge(lines, height, top=True), *_edge(lines, height, top=False))
             for lines, height in pages]  # fmt: skip
    groups: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, edge in enumerate(edges):
        for line in edge:
            groups[_key(line)].append((number, line))
    repeated = {id(line) for group in groups.values() for line in _repeated(group, len(pages))}
    if recognised:
        eyed = [(number, line) for number in sorted(recognised) for line in edges[number]]
        repeated |= {id(line) for line in _alike(eyed, len(recognised))}
    kept: list[list[Line]] = []
    for lines, height in pages:
        gone = _outermost(lines, height, repeated)
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def _edge(lines: Sequence[Line], height: float, *, top: bool) -> list[Line]:
    """Return the lines in the upper or lower zone, the outermost first."""
    if top:
        found = sorted((x for x in lines if x.bottom <= _ZONE * height), key=lambda x: x.top)
    else:
        found = sorted((x for x in lines if x.top >= (1 - _ZONE) * height), key=lambda x: -x.top)
    return found[:_MOST_LINES]


def _key(line: Line) -> str:
    return _NUMBER.sub("#", " ".join(line.text.split()))


def _repeated(group: list[tuple[int, Line]], pages: int) -> list[Line]:
    """Return the lines of a group that stand at one height and differ by the page at most."""
    text = group[0][1].text
    enough = max(2, ceil(_SHARE * pages))
    # "Article 5" and "Annex 2" may begin pages and count up as pages do: one word with one
    # number must do so longer, and not as a heading.
    counted = enough
    if len(_NUMBER.findall(text)) == 1 and len(re.findall(r"[^\W\d_]+", text)) == 1:
        counted = max(3, ceil(_SHARE_OF_A_WORD * pages))
        if any(line.bold for _, line in group):
            counted = pages + 1
    best: list[Line] = []
    for _, start in group:
        level = [(n, x) for n, x in group if abs(x.top - start.top) <= _SAME_HEIGHT]
        found = [same for same in _by_words(level) if len(same) >= enough]
        found += [same for same in _by_count(level) if len(same) >= counted]
        best = max([best, *found], key=len)
        if len(level) == len(group):
            break
    return best


def _alike(lines: list[tuple[int, Line]], pages: int) -> list[Line]:
    """Return the lines that say almost the same at one height on enough pages."""
    worded = [(n, x) for n, x in lines if sum(map(str.isalpha, x.text)) >= _LEAST_LETTERS]
    enough = max(2, ceil(_SHARE * pages))
    found: list[Line] = []
    # A head is on every second page at least, so a few pages show all heads there are.
    for first, start in worded[: _LOOK_AT * _MOST_LINES]:
        like = [
            (n, x)
            for n, x in worded
            if abs(x.top - start.top) <= _SAME_PLACE and ratio(_key(x), _key(start)) >= _LIKE
        ]
        if len({n for n, _ in like}) >= enough and any(n != first for n, _ in like):
            found += [x for _, x in like]
    return found


def _by_words(level: list[tuple[int, Line]]) -> list[list[Line]]:
    texts: dict[str, list[Line]] = defaultdict(list)
    for _, line in level:
        texts[line.text].append(line)
    return list(texts.values())


def _by_count(level: list[tuple[int, Line]]) -> list[list[Line]]:
    """Group lines by the difference between the page and one of their numbers."""
    groups: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for page, line in level:
        for place, number in enumerate(_NUMBER.findall(line.text)):
            if len(number) <= 6:
                groups[place, int(number) - page].append(line)
    return list(groups.values())


def _outermost(lines: Sequence[Line], height: float, repeated: set[int]) -> set[int]:
    """Return what goes from one page: repeated lines with nothing but such lines outside."""
    gone: set[int] = set()
    for top in (True, False):
        for line in _edge(lines, height, top=top):
            if id(line) not in repeated:
                break
            gone.add(id(line))
    return gone
