"""The requirements in the language of the acts, as the signals see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nis2_align.directive import (
    ElementSpec,
    Requirement,
    Statements,
    load_directive,
    load_statements,
)
from nis2_align.match.clauses import terms_of
from nis2_align.model import DutyKind
from nis2_align.official_text import OfficialText
from nis2_align.text.analyse import analyser

__all__ = ["ElementQuery", "Phrasing", "Query", "queries"]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One phrasing of an element: its text, and its terms in one or two variants.

    The first variant is the bare stems; the second, where the glossary knows a term in the
    phrasing, has the concept in place of the stems.
    """

    text: str
    variants: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ElementQuery:
    """An element with its phrasings."""

    spec: ElementSpec
    phrasings: tuple[Phrasing, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One requirement that has statements in the language.

    Attributes:
        requirement: The requirement.
        sentences: Terms of each sentence.
        texts: The sentences as written.
        headings: Terms of each heading variant of the requirement or its article.
        elements: Its elements.
        delegated: Phrasings of its subject in a delegation to a by-law, its parent's included; as
            an element of its own, so that it is sought in the same way.
        defines: Stems of the term that it defines, in each form; empty unless it is a definition.
        view: What it is made from: our statements, or an official text alone.
    """

    requirement: Requirement
    sentences: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...]
    elements: tuple[ElementQuery, ...]
    delegated: ElementQuery
    defines: tuple[frozenset[str], ...]
    view: Literal["statements", "official_text"] = "statements"


def queries(language: str, official: OfficialText | None = None) -> tuple[Query, ...]:
    """Prepare all requirements that can be asked for in ``language``, in the directive's order.

    Args:
        language: Code of a language pack.
        official: An official text; where it is in the language, its words stand for requirements
            without statements. Beside statements they add nothing (docs/decisions).

    Returns:
        The queries; none where there are neither statements nor an official text.
    """
    own = _stated(language)
    if official is None or official.language != language:
        return own
    stated = {query.requirement.id: query for query in own}
    texts = {
        requirement.id: text
        for requirement in load_directive().requirements.values()
        if requirement.duty is not DutyKind.NONE
        and requirement.id not in stated
        and (text := official.text(requirement.id))
    }
    shelf = _Shelf(language, texts.values())
    return tuple(
        stated.get(requirement.id) or _quoted(requirement, texts[requirement.id], shelf)
        for requirement in load_directive().requirements.values()
        if requirement.id in stated or requirement.id in texts
    )


def _quoted(requirement: Requirement, text: str, shelf: _Shelf) -> Query:
    """Ask for a requirement by its official words alone: what they say is its only element."""
    spec = ElementSpec(id=f"{requirement.id}#text", kind="content", core=True)
    nothing = ElementSpec(id=f"{requirement.id}#", kind="content", core=False)
    return Query(
        requirement=requirement,
        sentences=(shelf.terms(text),),
        texts=(text,),
        headings=(),
        elements=(ElementQuery(spec, shelf.phrasings([text])),),
        delegated=ElementQuery(nothing, ()),
        defines=(),
        view="official_text",
    )


@cache
def _stated(language: str) -> tuple[Query, ...]:
    """Prepare all requirements that have statements in ``language``, in the directive's order."""
    statements = load_statements(language)
    asked = [r for r in load_directive().requirements.values() if r.id in statements.says]
    held = (statements.says, statements.headings, statements.elements, statements.delegated,
            statements.defines)  # fmt: skip
    shelf = _Shelf(language, [text for part in held for group in part.values() for text in group])
    return tuple(_query(requirement, statements, shelf) for requirement in asked)


class _Shelf:
    """Texts of one language, analysed at once.

    Args:
        language: Code of the language pack.
        texts: The texts; each may stand several times.
    """

    def __init__(self, language: str, texts: Iterable[str]) -> None:
        texts = list(dict.fromkeys(texts))
        self._text, ranges = analyser(language).analyse_all(texts)
        self._ranges = dict(zip(texts, ranges, strict=True))
        self._figured = {
            i for figure in self._text.figures for i in range(figure.first, figure.last)
        }

    def terms(self, text: str) -> tuple[str, ...]:
        """Return the stems and concepts of a text."""
        return terms_of(self._text, [self._ranges[text]])

    def stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text, without concepts."""
        first, last = self._ranges[text]
        return frozenset(token.stem for token in self._text.tokens[first:last] if token.stem)

    def phrasings(self, texts: Iterable[str]) -> tuple[Phrasing, ...]:
        """Return the phrasings that hold at least one content word."""
        made = (self._phrasing(text) for text in texts)
        return tuple(phrasing for phrasing in made if phrasing.variants)

    def _phrasing(self, text: str) -> Phrasing:
        first, last = self._ranges[text]
        tokens = self._text.tokens
        kept = [i for i in range(first, last) if tokens[i].stem and i not in self._figured]
        concepts = list(self._text.concepts_in(first, last))
        covered = {i for mention in concepts for i in range(mention.first, mention.last)}
        bare = tuple(dict.fromkeys(tokens[i].stem for i in kept))
        mixed = [tokens[i].stem for i in kept if i not in covered]
        mixed += [f"§{mention.concept}" for mention in concepts]
        variants = dict.fromkeys(v for v in (bare, tuple(dict.fromkeys(mixed))) if v)
        return Phrasing(text=text, variants=tuple(variants))


def _query(requirement: Requirement, statements: Statements, shelf: _Shelf) -> Query:
    id_, article = requirement.id, requirement.article
    headings = statements.headings.get(id_) or statements.headings.get(article, ())
    owners = (id_, requirement.parent or "")
    delegated = [text for owner in owners for text in statements.delegated.get(owner, ())]
    subject = ElementSpec(id=f"{id_}#", kind="content", core=False)
    return Query(
        requirement=requirement,
        sentences=tuple(shelf.terms(text) for text in statements.says[id_]),
        texts=statements.says[id_],
        headings=tuple(shelf.terms(text) for text in headings),
        elements=tuple(
            ElementQuery(spec, shelf.phrasings(statements.elements.get(spec.id, ())))
            for spec in requirement.elements
        ),
        delegated=ElementQuery(subject, shelf.phrasings(delegated)),
        defines=tuple(shelf.stems(term) for term in statements.defines.get(id_, ())),
    )
