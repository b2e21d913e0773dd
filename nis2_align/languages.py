"""Language packs: the words of structure, duty, figures and detection of one language.

A pack is one file in ``mappings/languages/``; adding one touches no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import cast

from nis2_align.errors import CatalogueError, UnknownLanguageError
from nis2_align.notices import error
from nis2_align.resources import load_yaml, mappings_dir

__all__ = [
    "Language",
    "Stemming",
    "Structure",
    "alternatives",
    "as_pattern",
    "inflected",
    "language",
    "language_codes",
]

_KEYS = {
    "code", "name", "spacy", "langid", "scripts", "stem", "structure", "modals", "weaken",
    "delegation", "units", "magnitudes", "numerals", "decimal", "grouping", "at_most", "at_least",
    "detect",
    "stopwords", "examples",
}  # fmt: skip
_OPTIONAL_KEYS = {"ocr"}
_STRUCTURE_KEYS = {
    "article", "chapter", "section", "annex", "paragraph", "point", "ordinals", "amending",
    "closing", "this", "acts", "joins", "through", "links", "directive", "regulation", "decision",
    "eu_names", "defining",
}  # fmt: skip
_MODAL_KEYS = {"duty", "option", "power", "negation", "relative", "conditional"}
_STEM_KEYS = {"snowball", "typed", "suffixes", "least", "bases", "prefix"}

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Words that open the parts of an act, in Latin letters, as printed in base form.

    Attributes:
        article: Words of an article. One printed in small letters (``§``, ``straipsnis``) may
            also stand behind its number.
        chapter: Words of chapters, the outermost first.
        section: Words of parts smaller than a chapter.
        annex: Words of an annex.
        paragraph: Words of a paragraph, as cited.
        point: Words of a point or dash, as cited.
        ordinals: Beginnings of the ordinals that number chapters.
        amending: Phrases by which an act changes another one.
        closing: Words with which the signature begins.
        this: Beginnings of the word for "this" in "this article", "this act".
        acts: Beginnings of the names of acts of national law; a star in front stands for the
            first parts of a compound.
        joins: Words between the last two numbers of a list.
        through: Words between the ends of a range.
        links: Words between a cited part and what it is a part of; may be empty.
        directive: Beginnings of the word for a directive of the Union.
        regulation: Beginnings of the word for a regulation of the Union.
        decision: Beginnings of the word for a decision of the Union.
        eu_names: Short names of acts of the Union with their CELEX numbers.
        defining: Words right behind a term that a list of definitions defines.
    """

    article: Words
    chapter: Words
    section: Words
    annex: Words
    paragraph: Words
    point: Words
    ordinals: Words
    amending: Words
    closing: Words
    this: Words
    acts: Words
    joins: Words
    through: Words
    links: Words
    directive: Words
    regulation: Words
    decision: Words
    eu_names: tuple[tuple[str, str], ...]
    defining: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Stemming:
    """How the forms of a word are brought to one key; all steps but the last may be empty.

    Attributes:
        snowball: Name of a Snowball stemmer, or "" where the language has none.
        typed: Words typed without marks → with them, where the stemmer needs them.
        suffixes: Steps that follow each other; each strips the longest of its endings that the
            word has, e.g. first the article, then the ending of the plural. Without marks.
        least: So many letters must be left of a word when an ending is stripped.
        bases: Roots that only look as if they had an ending; nothing more is stripped of them.
        prefix: The key is cut to so many letters; 0 leaves it whole.
    """

    snowball: str
    typed: Mapping[str, str]
    suffixes: tuple[Words, ...]
    least: int
    bases: frozenset[str]
    prefix: int

    def strip(self, word: str) -> str:
        """Return a word in small letters without marks, its endings stripped step by step."""
        for step in self.suffixes:
            if word in self.bases:
                break
            for suffix in step:
                if word.endswith(suffix) and len(word) - len(suffix) >= self.least:
                    word = word[: len(word) - len(suffix)]
                    break
        return word


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language pack; all words in Latin letters.

    Attributes:
        code: The pack's code, e.g. ``sr``; also the folder of its statements.
        name: English name.
        spacy: Code that ``spacy.blank`` knows.
        langid: Codes under which a general language identifier may report it, likeliest first.
        scripts: ISO 15924 codes in use.
        stemming: How the forms of a word are brought to one key.
        structure: Words of structure.
        modals: ``duty``, ``option``, ``power``, ``negation``, and the ``relative`` and
            ``conditional`` words of side clauses → words.
        weaken: Duty → the option that it becomes in a knock-out.
        delegation: ``verbs`` and ``instruments`` → words of a delegation to a by-law.
        units: Unit of the catalogue → words.
        magnitudes: Word → factor.
        numerals: Words → number.
        decimal: Decimal mark.
        grouping: Marks that group thousands, one character each.
        at_most: Words that make a figure an upper bound.
        at_least: Words that make a figure a lower bound.
        cues: Frequent words that tell the language from its neighbours.
        countries: ISO 3166 code → phrases that name the country or its gazette.
        stopwords: Words that carry no content.
        examples: What the pack must recognise; a test runs them.
        ocr: ISO 15924 script → name of Tesseract's model of the language.
    """

    code: str
    name: str
    spacy: str
    langid: Words
    scripts: Words
    stemming: Stemming
    structure: Structure
    modals: Mapping[str, Words]
    weaken: Mapping[str, str]
    delegation: Mapping[str, Words]
    units: Mapping[str, Words]
    magnitudes: Mapping[str, float]
    numerals: Mapping[str, float]
    decimal: str
    grouping: str
    at_most: Words
    at_least: Words
    cues: frozenset[str]
    countries: Mapping[str, Words]
    stopwords: frozenset[str]
    examples: Mapping[str, object]
    ocr: Mapping[str, str] = field(default_factory=dict)


@cache
def language_codes() -> tuple[str, ...]:
    """Return the codes of all packs in alphabetical order."""
    return tuple(sorted(path.stem for path in (mappings_dir() / "languages").glob("*.yaml")))


@cache
def language(code: str) -> Language:
    """Load one pack.

    Args:
        code: A code of :func:`language_codes`.

    Returns:
        The pack.

    Raises:
        UnknownLanguageError: There is no such pack.
        CatalogueError: The pack has unknown or missing keys.
    """
    if code not in language_codes():
        codes = ", ".join(language_codes())
        told = {"wanted": code, "codes": codes}
        raise error(UnknownLanguageError, "language_without_pack", told)
    data = load_yaml(mappings_dir() / "languages" / f"{code}.yaml")
    faults = _faults(data)
    if faults:
        raise CatalogueError(
            f"The language pack {code}.yaml has faults: {'; '.join(faults)}.",
            "Compare it with another pack.",
        )
    return _build(data)


def _faults(data: Mapping[str, object]) -> list[str]:
    faults = [f"unknown key {key!r}" for key in data.keys() - _KEYS - _OPTIONAL_KEYS]
    faults += [f"missing key {key!r}" for key in _KEYS - data.keys()]
    for key, wanted in (("structure", _STRUCTURE_KEYS), ("modals", _MODAL_KEYS)):
        part = data.get(key)
        if not isinstance(part, dict) or set(part) != wanted:
            faults.append(f"{key!r} must have the keys {', '.join(sorted(wanted))}")
    stem = data.get("stem")
    if not isinstance(stem, dict) or not {"snowball", "prefix"} <= set(stem) <= _STEM_KEYS:
        faults.append(f"'stem' must have snowball and prefix of {', '.join(sorted(_STEM_KEYS))}")
    return sorted(faults)


def _words(value: object) -> Words:
    return tuple(str(word) for word in cast("list[object]", value or []))


def _word_lists(value: object) -> Mapping[str, Words]:
    part = cast("dict[str, object]", value or {})
    return MappingProxyType({key: _words(words) for key, words in part.items()})


def _numbers(value: object) -> Mapping[str, float]:
    part = cast("dict[str, float]", value or {})
    return MappingProxyType({str(key): float(number) for key, number in part.items()})


def _stemming(data: Mapping[str, object]) -> Stemming:
    steps = cast("list[list[object]]", data.get("suffixes") or [])
    return Stemming(
        snowball=str(data["snowball"] or ""),
        typed=MappingProxyType(dict(cast("dict[str, str]", data.get("typed") or {}))),
        suffixes=tuple(tuple(sorted(_words(step), key=len, reverse=True)) for step in steps),
        least=int(cast("int", data.get("least") or 0)),
        bases=frozenset(_words(data.get("bases"))),
        prefix=int(cast("int", data["prefix"])),
    )


def _build(data: Mapping[str, object]) -> Language:
    detect = cast("dict[str, object]", data["detect"])
    structure = dict(cast("dict[str, object]", data["structure"]))
    names = cast("dict[str, str]", structure.pop("eu_names") or {})
    return Language(
        code=str(data["code"]),
        name=str(data["name"]),
        spacy=str(data["spacy"]),
        langid=_words(data["langid"]),
        scripts=_words(data["scripts"]),
        stemming=_stemming(cast("dict[str, object]", data["stem"])),
        structure=Structure(**_word_lists(structure), eu_names=tuple(names.items())),
        modals=_word_lists(data["modals"]),
        weaken=MappingProxyType(dict(cast("dict[str, str]", data["weaken"]))),
        delegation=_word_lists(data["delegation"]),
        units=_word_lists(data["units"]),
        magnitudes=_numbers(data["magnitudes"]),
        numerals=_numbers(data["numerals"]),
        decimal=str(data["decimal"]),
        grouping=str(data["grouping"]),
        at_most=_words(data["at_most"]),
        at_least=_words(data["at_least"]),
        cues=frozenset(_words(detect["cues"])),
        countries=_word_lists(detect["countries"]),
        stopwords=frozenset(_words(data["stopwords"])),
        examples=MappingProxyType(cast("dict[str, object]", data["examples"])),
        ocr=MappingProxyType(dict(cast("dict[str, str]", data.get("ocr") or {}))),
    )


# How a letter is typed where its mark, or the letter itself, is missing on the keyboard.
_TYPED = {
    "č": "[čc]", "ć": "[ćc]", "š": "[šs]", "ž": "[žz]", "đ": "(?:đ|dj|d)", "ë": "[ëe]",
    "ç": "[çc]", "ǵ": "(?:ǵ|gj|g)", "ḱ": "(?:ḱ|kj|k)",
}  # fmt: skip
_TYPED |= {letter.upper(): typed.upper() for letter, typed in _TYPED.items() if letter != "đ"}
_TYPED |= {"Đ": "(?:Đ|DJ|Dj|D)", "Ǵ": "(?:Ǵ|GJ|Gj|G)", "Ḱ": "(?:Ḱ|KJ|Kj|K)"}


def as_pattern(words: str) -> str:
    """Return a regular expression of the words, typed with or without the marks of letters."""
    return "".join(_TYPED.get(letter) or re.escape(letter) for letter in words)


def inflected(word: str) -> str:
    """Return a regular expression of a structural word's forms: they share its beginning.

    A word of up to three letters, or an abbreviation, stands alone. Of a long word more is asked:
    ``paragraf`` must not be found in ``para``.
    """
    bare = word.rstrip(".")
    if len(bare) < 4:
        return rf"{as_pattern(bare)}\.?"
    return rf"{as_pattern(bare[: 4 if len(bare) < 8 else 5])}\w*"


def alternatives(words: Words) -> str:
    """Return a regular expression that matches any of ``words``, longest first."""
    return "|".join(as_pattern(word) for word in sorted(words, key=len, reverse=True))
