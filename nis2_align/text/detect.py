"""Which language pack serves a text, and which country it is of, with a certainty for each.

A general identifier (py3langid, Lui & Baldwin 2012) tells the family; close neighbours are
told apart by how many of each pack's own cue words occur. The country is read from phrases
that name it, never guessed from the language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nis2_align.errors import UnknownLanguageError
from nis2_align.languages import Language, language, language_codes
from nis2_align.text.normalise import normalise, script_of

__all__ = ["Detection", "detect"]

_SAMPLE = 60_000
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What a text seems to be; certainties in [0, 1]."""

    language: str
    language_certainty: float
    script: str
    country: str | None
    country_certainty: float


def detect(text: str, code: str | None = None, country: str | None = None) -> Detection:
    """Detect pack, script and country of a text; what a person said is certain.

    Args:
        text: The text of an act.
        code: The language, where a person said it.
        country: The country, where a person said it.

    Returns:
        The detection; country None with certainty 0.0 where nothing names one.

    Raises:
        UnknownLanguageError: The text is in a language without a pack, or ``code`` has none.
    """
    packs = [language(known) for known in language_codes()]
    best, certainty = (language(code), 1.0) if code is not None else _language(text, packs)
    named, country_certainty = _country(normalise(text).text, best, packs)
    if country is not None:
        named, country_certainty = country.upper(), 1.0
    return Detection(
        language=best.code,
        language_certainty=round(certainty, 2),
        script=script_of(text),
        country=named,
        country_certainty=round(country_certainty, 2),
    )


def _language(text: str, packs: Sequence[Language]) -> tuple[Language, float]:
    import py3langid

    family, _ = py3langid.classify(text[:_SAMPLE])
    fitting = [pack for pack in packs if family in pack.langid]
    if not fitting:
        raise UnknownLanguageError(
            f"The text seems to be in the language {family!r}, for which there is no pack.",
            f"If that is wrong, say --language with one of: {', '.join(language_codes())}.",
        )
    words = Counter(_WORD.findall(normalise(text[:_SAMPLE]).text))
    scores = {pack.code: _cue_score(words, pack) for pack in fitting}
    best = max(fitting, key=lambda pack: (scores[pack.code], -pack.langid.index(family)))
    total = sum(scores.values())
    return best, scores[best.code] / total if total else 1 / len(fitting)


def _cue_score(words: Counter[str], pack: Language) -> float:
    """Occurrences of the pack's cues, each counted at most 20 times so that none decides alone."""
    hits = sum(min(words[cue], 20) for cue in pack.cues)
    return hits / len(pack.cues)


def _country(text: str, best: Language, packs: Sequence[Language]) -> tuple[str | None, float]:
    phrases: dict[str, set[str]] = {}
    for pack in [best, *packs]:
        for country, names in pack.countries.items():
            phrases.setdefault(country, set()).update(names)
    counts = {c: sum(text.count(name) for name in names) for c, names in phrases.items()}
    total = sum(counts.values())
    if not total:
        return None, 0.0
    country = max(counts, key=lambda c: (counts[c], c in best.countries))
    return country, counts[country] / total
