"""The requirements in the language of the acts, as the signals see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nis2_align.directive import (
    ElementSpec,
    Requirement,
    Statements,
    load_directive,
    load_statements,
)
from nis2_align.match.clauses import terms_of
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
    """

    requirement: Requirement
    sentences: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...]
    elements: tuple[ElementQuery, ...]
    delegated: ElementQuery


@cache
def queries(language: str) -> tuple[Query, ...]:
    """Prepare all requirements that have statements in ``language``, in the directive's order."""
    statements = load_statements(language)
    found = []
    for requirement in load_directive().requirements.values():
        texts = statements.says.get(requirement.id, ())
        if not texts:
            continue
        headings = statements.headings.get(requirement.id) or statements.headings.get(
            requirement.article, ()
        )
        elements = tuple(
            ElementQuery(spec, _phrasings(language, statements.elements.get(spec.id, ())))
            for spec in requirement.elements
        )
        found.append(
            Query(
                requirement=requirement,
                sentences=tuple(_terms(language, text) for text in texts),
                texts=texts,
                headings=tuple(_terms(language, text) for text in headings),
                elements=elements,
                delegated=_delegated(language, requirement, statements),
            )
        )
    return tuple(found)


def _delegated(language: str, requirement: Requirement, statements: Statements) -> ElementQuery:
    owners = (requirement.id, requirement.parent or "")
    texts = [text for owner in owners for text in statements.delegated.get(owner, ())]
    spec = ElementSpec(id=f"{requirement.id}#", kind="content", core=False)
    return ElementQuery(spec, _phrasings(language, tuple(texts)))


def _terms(language: str, text: str) -> tuple[str, ...]:
    analysed = analyser(language).analyse(text)
    return terms_of(analysed, [(0, len(analysed.tokens))])


def _phrasings(language: str, texts: tuple[str, ...]) -> tuple[Phrasing, ...]:
    return tuple(phrasing for text in texts if (phrasing := _phrasing(language, text)).variants)


def _phrasing(language: str, text: str) -> Phrasing:
    analysed = analyser(language).analyse(text)
    figures = {i for figure in analysed.figures for i in range(figure.first, figure.last)}
    kept = [i for i, token in enumerate(analysed.tokens) if token.stem and i not in figures]
    bare = tuple(dict.fromkeys(analysed.tokens[i].stem for i in kept))
    covered = {i for mention in analysed.concepts for i in range(mention.first, mention.last)}
    mixed = [analysed.tokens[i].stem for i in kept if i not in covered]
    mixed += [f"§{mention.concept}" for mention in analysed.concepts]
    variants = dict.fromkeys(v for v in (bare, tuple(dict.fromkeys(mixed))) if v)
    return Phrasing(text=text, variants=tuple(variants))
