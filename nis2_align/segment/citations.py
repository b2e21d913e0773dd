"""Find what a provision cites: other provisions of its act, and acts of the Union.

The words come from the language pack; inflected forms share their beginning with the base form
(``član``, ``člana``, ``članom``). A provision of another national act (``člana 5. Zakona o ...``)
is no citation of either kind and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from nis2_align.languages import Language, Structure, Words, as_pattern, inflected
from nis2_align.model import Span
from nis2_align.segment.marks import LETTER, roman
from nis2_align.text.normalise import NormalisedText, normalise

__all__ = ["Citation", "citations"]

_LONGEST_RANGE = 60
_LEVELS = ("article", "paragraph", "point")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One provision or act that a text cites.

    Attributes:
        span: The words that cite it; citations of one list (``čl. 12. i 13.``) share them.
        kind: ``internal`` for the same act, ``eu_act`` for an act of the Union.
        article: Article cited, ``12a`` or ``Annex 1``; None for the article in which the text
            stands (``stava 1. ovog člana``) or where an act is cited as a whole.
        paragraph: Paragraph cited, or None.
        point: Point, letter or dash cited, or None.
        celex: CELEX number of an act of the Union, or None.
    """

    span: Span
    kind: Literal["internal", "eu_act"]
    article: str | None = None
    paragraph: str | None = None
    point: str | None = None
    celex: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    part: re.Pattern[str]
    brackets: re.Pattern[str]
    link: re.Pattern[str]
    this: re.Pattern[str]
    other_act: re.Pattern[str]
    between: re.Pattern[str]
    eu_act: re.Pattern[str]
    eu_name: re.Pattern[str]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """One level of a citation: its word and the numbers after it."""

    level: str
    numbers: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Act:
    celex: str
    start: int
    end: int


def _inflected(words: Words) -> str:
    return "|".join(sorted(map(inflected, words), key=len, reverse=True)) or "(?!)"


def _beginnings(words: Words) -> str:
    # A star stands for the first parts of a compound: "*gesetz", "Telekommunikationsgesetzes".
    forms = (
        rf"[\w-]*{as_pattern(word[1:])}\w*" if word.startswith("*") else rf"{as_pattern(word)}\w*"
        for word in words
    )
    return "|".join(forms) or "(?!)"


def _exactly(words: Words) -> str:
    listed = sorted(words, key=len, reverse=True)
    return "|".join(r"\s+".join(map(as_pattern, word.split())) for word in listed) or "(?!)"


@cache
def _words(structure: Structure) -> _Words:
    number = rf"\(?\d{{1,3}}(?:[-–]?{LETTER}|/\d{{1,2}})?\)?(?![\w/])\.?"
    letter = rf"\(?{LETTER}{{1,4}}\)|[\"']{LETTER}{{1,4}}[\"']"
    # 1.2 is the second point of the first paragraph.
    item = rf"\d{{1,3}}(?:\.\d{{1,2}}){{1,3}}(?!\w)\.?|{number}|{letter}"
    annex = r"[IVXL]+\.?|\d{1,2}\.?"
    between = (
        rf"\s*,\s*(?:(?:{_exactly(structure.joins)})\s+)?|\s+(?:{_exactly(structure.joins)})\s+"
    )
    # The dash of "12-a" is part of the number.
    through = rf"\s*[–-]\s*(?!{LETTER}(?![\w)]))|\s+(?:{_exactly(structure.through)})\s+"
    numbers = rf"(?:{number})(?:(?:{between}|{through})(?:{number}))*"
    letters = rf"(?:{item})(?:(?:{between}|{through})(?:{item}))*"
    annexes = rf"(?:{annex})(?!\w)(?:(?:{between}|{through})(?:{annex})(?!\w))*"
    link = _exactly(structure.links)
    kinds = (
        ("L", structure.directive), ("R", structure.regulation), ("D", structure.decision),
    )  # fmt: skip
    kind = "|".join(rf"(?P<{letter}>{_beginnings(words)})" for letter, words in kinds)
    every = (*structure.directive, *structure.regulation, *structure.decision)
    names = {name.lower(): celex for name, celex in structure.eu_names}
    name = _exactly(tuple(names))
    return _Words(
        part=re.compile(
            rf"(?<!\w)(?:(?P<article>{_inflected(structure.article)})\s*(?P<articles>{numbers})"
            rf"|(?P<paragraph>{_inflected(structure.paragraph)})\s*(?P<paragraphs>{numbers})"
            rf"|(?P<point>{_inflected(structure.point)})\s*(?P<points>{letters})"
            rf"|(?P<annex>{_inflected(structure.annex)})\s+(?P<annexes>{annexes}))",
            re.IGNORECASE,
        ),
        brackets=re.compile(r"(?:[^\S\n]?\((?:\d{1,3}[a-z]?|[a-z]{1,4})\))+"),
        link=re.compile(rf"(?:\s*,)?(?:\s+(?:{link}))?\s+|\s*,\s*", re.IGNORECASE),
        this=re.compile(
            rf"(?:\s+(?:{link}))?\s+(?:{_beginnings(structure.this)})\s+(?P<what>\w+)",
            re.IGNORECASE,
        ),
        other_act=re.compile(
            rf"(?:\s+(?:{link})){'' if structure.links else '?'}\s+(?:\w+\s+)?"
            rf"(?:{_beginnings((*structure.acts, *every))})",
            re.IGNORECASE,
        ),
        between=re.compile(f"(?P<through>{through})|{between}"),
        eu_act=re.compile(
            rf"\b(?:{kind})\s*(?P<union>\([A-Z]{{2}}(?:,\s*\w+)?\)\s*)?(?P<no>(?:br|no|n[ro])\.?\s*)?"
            r"(?P<first>\d{1,4})/(?P<second>\d{1,4})(?P<old>/[A-Z]{2,4})?(?!\d)",
            re.IGNORECASE,
        ),
        eu_name=re.compile(
            rf"\b(?:(?:{_beginnings(every)})\s+(?P<after>{name})"
            rf"|(?P<before>{name})[\s-]+(?:{_beginnings(every)}))\b",
            re.IGNORECASE,
        ),
        names=names,
    )


def _year(number: str) -> int | None:
    """Return the year that a number of an act can stand for, or None."""
    value = int(number)
    if len(number) == 2:
        return 1900 + value if value >= 52 else 2000 + value
    return value if 1952 <= value <= 2099 else None


def _celex(match: re.Match[str]) -> str | None:
    """Build the CELEX number of a citation such as ``(EU) 2022/2555`` or ``br. 910/2014``.

    Since 2015 the year comes first. Before, it did so in directives and decisions
    (``2002/58/EZ``), not in regulations.
    """
    letter = next(name for name in ("L", "R", "D") if match.group(name))
    first, second = match.group("first"), match.group("second")
    earliest = 1952 if match.group("old") and letter != "R" else 2015
    leading = _year(first) if not match.group("no") or match.group("old") else None
    if leading is not None and leading >= earliest:
        return f"3{leading}{letter}{int(second):04}"
    trailing = _year(second)
    return f"3{trailing}{letter}{int(first):04}" if trailing is not None else None


def _acts(text: str, words: _Words) -> list[_Act]:
    found = [
        _Act(celex, match.start(), match.end())
        for match in words.eu_act.finditer(text)
        if (celex := _celex(match)) is not None
    ]
    for match in words.eu_name.finditer(text):
        name = " ".join((match.group("after") or match.group("before")).lower().split())
        found.append(_Act(words.names[name], match.start(), match.end()))
    return sorted(found, key=lambda act: act.start)


def _bare(number: str) -> str:
    """Return the number without brackets and marks; ``12-a`` is ``12a``."""
    bare = number.strip().strip("().\"'").strip(".)")
    return re.sub(r"(?<=\d)[-–](?=[^\W\d])", "", bare)


def _numbers(listed: str, words: _Words) -> tuple[str, ...]:
    """Return the single numbers of ``1., 2. i 4.`` or ``1 do 4``."""
    found: list[str] = []
    place, ranged = 0, False
    for match in [*words.between.finditer(listed), None]:
        number = _bare(listed[place : match.start() if match else len(listed)])
        if ranged and found:
            found += _amid(found[-1], number)
        found.append(number)
        if match is not None:
            place, ranged = match.end(), match.group("through") is not None
    return tuple(number for number in found if number)


def _amid(first: str, last: str) -> Iterator[str]:
    """Yield the numbers between two of one list, ``4`` and ``7`` or ``1.4`` and ``1.7``."""
    (head, dot, low), (other, _, high) = first.rpartition("."), last.rpartition(".")
    if head == other and low.isdigit() and high.isdigit():
        between = range(int(low) + 1, int(high))
        yield from (f"{head}{dot}{n}" for n in between if len(between) <= _LONGEST_RANGE)


def _parts(text: str, words: _Words) -> Iterator[_Part]:
    for match in words.part.finditer(text):
        level = next(name for name in ("article", "paragraph", "point", "annex") if match[name])
        numbers = _numbers(match[f"{level}s" if level != "annex" else "annexes"], words)
        if level == "annex":
            numbers = tuple(f"Annex {roman(n) or n}" for n in numbers)
        yield _Part(level, numbers, match.start(), match.end())
        brackets = words.brackets.match(text, match.end())
        if brackets is not None and level in {"article", "annex"}:
            yield from _bracketed(brackets, level)


def _bracketed(brackets: re.Match[str], level: str) -> Iterator[_Part]:
    """Read ``(3)(a)`` after ``Article 12``."""
    levels = ["point"] if level == "annex" else ["paragraph", "point"]
    inner = list(re.finditer(r"\(([^)]+)\)", brackets.group()))
    for name, match in zip(levels, inner, strict=False):
        start = brackets.start() + match.start()
        yield _Part(name, (match.group(1),), start, brackets.start() + match.end())


def _chains(text: str, words: _Words) -> Iterator[list[_Part]]:
    """Gather the levels that cite one place: ``člana 7 stav 2 tačka 6``."""
    chain: list[_Part] = []
    for part in _parts(text, words):
        if chain:
            gap = text[chain[-1].end : part.start]
            levels = {"article" if one.level == "annex" else one.level for one in chain}
            here = "article" if part.level == "annex" else part.level
            near = not gap or words.link.fullmatch(gap) is not None
            if near and here == "point" == chain[-1].level:
                # A sub-point belongs to the point that is cited.
                chain[-1] = replace(chain[-1], end=part.end)
                continue
            if not near or here in levels:
                yield chain
                chain = []
        chain.append(part)
    if chain:
        yield chain


def _cited(chain: list[_Part]) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Yield the places of a chain; only its finest level may list several numbers.

    The finest stands last (``člana 7 stav 2``) or first (``pikat 1 dhe 2 të nenit 7``).
    """
    levels = ["article" if part.level == "annex" else part.level for part in chain]
    finest = max(range(len(chain)), key=lambda place: _LEVELS.index(levels[place]))
    fixed = {levels[place]: part.numbers[-1] for place, part in enumerate(chain) if place != finest}
    for place, part in enumerate(chain):
        if levels[place] == "article" and place != finest:
            for number in part.numbers[:-1]:
                yield number, None, None
    for number in chain[finest].numbers:
        paragraph, dot, point = number.partition(".")
        here = {"paragraph": paragraph, "point": point.partition(".")[0]}
        cited = fixed | (here if dot else {levels[finest]: number})
        yield cited.get("article"), cited.get("paragraph"), cited.get("point")


@dataclass(frozen=True, slots=True)
class _Target:
    """What a chain is part of: this act, an act of the Union, or another act (``end`` None)."""

    end: int | None
    act: _Act | None = None
    told: bool = True


def _target(text: str, end: int, acts: list[_Act], words: _Words) -> _Target:
    this = words.this.match(text, end)
    if this is not None:
        return _Target(this.end())
    for act in acts:
        if act.start >= end and words.link.fullmatch(text[end : act.start]) is not None:
            return _Target(act.end, act)
    if words.other_act.match(text, end):
        return _Target(None)
    return _Target(end, told=False)


def _targets(
    text: str, chains: list[list[_Part]], acts: list[_Act], words: _Words
) -> list[_Target]:
    """Find what each chain is part of; ``članka 4. i članka 5. Zakona`` share it."""
    found: list[_Target] = []
    for place in range(len(chains) - 1, -1, -1):
        end = chains[place][-1].end
        target = _target(text, end, acts, words)
        if (
            not target.told
            and found
            and words.between.fullmatch(text[end : chains[place + 1][0].start])
        ):
            after = found[-1]
            target = replace(after, end=None if after.end is None else end)
        found.append(target)
    return found[::-1]


def citations(text: str, language: Language) -> tuple[Citation, ...]:
    """Find the provisions and acts of the Union that a text cites.

    Args:
        text: A stretch of an act in its own script.
        language: The pack whose words cite.

    Returns:
        The citations in the order of the text; spans count in ``text``.
    """
    normalised = normalise(text)
    words = _words(language.structure)
    acts = _acts(normalised.text, words)
    chains = list(_chains(normalised.text, words))
    targets = _targets(normalised.text, chains, acts, words)
    found: list[Citation] = []
    for chain, target in zip(chains, targets, strict=True):
        if target.end is not None:
            span = normalised.to_source(chain[0].start, target.end)
            found += _listed(chain, target.act, span)
    placed = {target.act for target in targets if target.act is not None}
    found += _whole(acts, placed, normalised)
    return tuple(sorted(found, key=lambda one: (one.span, one.kind)))


def _listed(chain: list[_Part], act: _Act | None, span: Span) -> Iterator[Citation]:
    for article, paragraph, point in _cited(chain):
        yield Citation(
            span=span,
            kind="internal" if act is None else "eu_act",
            article=article,
            paragraph=paragraph,
            point=point,
            celex=None if act is None else act.celex,
        )


def _whole(acts: list[_Act], placed: set[_Act], normalised: NormalisedText) -> Iterator[Citation]:
    for act in acts:
        if act not in placed:
            span = normalised.to_source(act.start, act.end)
            yield Citation(span=span, kind="eu_act", celex=act.celex)
