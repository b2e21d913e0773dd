"""The glossary: concepts of the field and their terms in each language.

One mapping of concept → language → terms in ``mappings/glossary/*.yaml``. A term stands for its
concept when a requirement is compared with a clause, so a term belongs to one concept only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from nis2_align.errors import CatalogueError
from nis2_align.resources import load_yaml, mappings_dir

__all__ = ["Contrasts", "concepts", "contrasts", "glossary"]


@cache
def concepts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Load all concepts.

    Returns:
        Concept → language → terms.

    Raises:
        CatalogueError: A concept stands twice, or a term belongs to two concepts.
    """
    merged: dict[str, Mapping[str, tuple[str, ...]]] = {}
    owners: dict[tuple[str, str], str] = {}
    faults: list[str] = []
    for path in sorted((mappings_dir() / "glossary").glob("[!_]*.yaml")):
        for concept, entry in load_yaml(path).items():
            terms = {
                language: tuple(str(term) for term in words)
                for language, words in cast("dict[str, list[object]]", entry).items()
            }
            if concept in merged:
                faults.append(f"{concept} stands twice, again in {path.name}")
            for language, words in terms.items():
                for word in words:
                    owner = owners.setdefault((language, word.lower()), concept)
                    if owner != concept:
                        faults.append(f"{word!r} ({language}) belongs to {owner} and {concept}")
            merged[concept] = MappingProxyType(terms)
    if faults:
        raise CatalogueError(f"The glossary has faults: {'; '.join(faults)}.", "Mend the terms.")
    return MappingProxyType(merged)


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Actors that a law may treat apart; ``mappings/glossary/_contrasts.yaml``.

    Attributes:
        groups: Actors of whom a clause may speak of some and not of others.
        together: Names of several of them at once.
        alike: Actors whom the directive binds alike.
    """

    groups: tuple[frozenset[str], ...]
    together: frozenset[str]
    alike: tuple[frozenset[str], ...]


@cache
def contrasts() -> Contrasts:
    """Load the contrasts."""
    data = load_yaml(mappings_dir() / "glossary" / "_contrasts.yaml")
    sets = {
        key: tuple(frozenset(group) for group in cast("list[list[str]]", data[key]))
        for key in ("groups", "alike")
    }
    together = frozenset(cast("list[str]", data["together"]))
    return Contrasts(sets["groups"], together, sets["alike"])


@cache
def glossary(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return concept → terms for a language; a pack without terms of its own borrows.

    Args:
        language: Code of a language pack.
    """
    borrowed = cast("dict[str, str]", load_yaml(mappings_dir() / "glossary" / "_served_by.yaml"))
    source = borrowed.get(language, language)
    return {concept: terms[source] for concept, terms in concepts().items() if source in terms}
