"""The requirements in the language of the acts, as the signals see them."""

from __future__ import annotations

from collections.abc import Iterable
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
        defines: Stems of the term that it defines, in each form; empty unless it is a definition.
    """

    requirement: Requirement
    sentences: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...]
    elements: tuple[ElementQuery, ...]
    delegated: ElementQuery
    defines: tuple[frozenset[str], ...]


@cache
def queries(language: str) -> tuple[Query, ...]:
    """Prepare all requirements that have statements in ``language``, in the directive's order."""
    statements = load_statements(language)
    asked = [r for r in load_directive().requirements.values() if r.id in statements.says]
    shelf = _Shelf(language, statements)
    return tuple(_query(requirement, statements, shelf) for requirement in asked)


class _Shelf:
    """All texts of a language's statements, analysed once.

    Args:
        language: Code of the language pack.
        statements: Its statements.
    """

    def __init__(self, language: str, statements: Statements) -> None:
        held = (
            statements.says, statements.headings, statements.elements, statements.delegated,
            statements.defines,
        )  # fmt: skip
        texts = list(
            dict.fromkeys(text for part in held for group in part.values() for text in group)
        )
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
