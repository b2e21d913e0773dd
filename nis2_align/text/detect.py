"""Which language pack serves a text, and which country it is of, with a certainty for each.

A general identifier (py3langid, Lui & Baldwin 2012) tells the family; close neighbours are
told apart by how many of each pack's own cue words occur. The country is read from phrases
that name it, never guessed from the language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from nis2_align.errors import UnknownLanguageError
from nis2_align.languages import Language, language, language_codes
from nis2_align.notices import error
from nis2_align.text.normalise import as_typed, normalise, script_of

__all__ = ["Detection", "detect"]

_SAMPLE = 60_000
_MOST = 20
_AT_HOME = 2
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
    if code is not None and country is not None:
        # The text need not be searched.
        return Detection(
            language=language(code).code,
            language_certainty=1.0,
            script=script_of(text),
            country=country.upper(),
            country_certainty=1.0,
        )
    packs = [language(known) for known in language_codes()]
    plain = as_typed(normalise(text).text)
    if code is not None:
        best, certainty = language(code), 1.0
    else:
        best, certainty = _language(text, packs, _country(plain, packs[0], packs)[0])
    named, country_certainty = _country(plain, best, packs)
    if country is not None:
        named, country_certainty = country.upper(), 1.0
    return Detection(
        language=best.code,
        language_certainty=round(certainty, 2),
        script=script_of(text),
        country=named,
        country_certainty=round(country_certainty, 2),
    )


def _language(text: str, packs: Sequence[Language], country: str | None) -> tuple[Language, float]:
    """Choose among the packs of the text's family; a country named speaks for its languages."""
    import py3langid

    family, _ = py3langid.classify(text[:_SAMPLE])
    fitting = [pack for pack in packs if family in pack.langid]
    if not fitting:
        codes = ", ".join(language_codes())
        raise error(
            UnknownLanguageError,
            "language_unknown",
            {"family": family, "languages": codes},
            command=f"On the command line: --language with one of {codes}.",
        )
    words = Counter(map(_key, _WORD.findall(normalise(text[:_SAMPLE]).text)))
    shared = Counter(cue for pack in fitting for cue in {_key(cue) for cue in pack.cues})
    scores = {pack.code: _cue_score(words, pack, shared, len(fitting)) for pack in fitting}
    for pack in fitting:
        scores[pack.code] *= _AT_HOME if country in pack.countries else 1
    best = max(fitting, key=lambda pack: (scores[pack.code], -pack.langid.index(family)))
    total = sum(score**2 for score in scores.values())
    return best, scores[best.code] ** 2 / total if total else 1 / len(fitting)


def _key(word: str) -> str:
    return as_typed(word.lower())


def _cue_score(words: Counter[str], pack: Language, shared: Mapping[str, int], packs: int) -> float:
    """Weigh how often the pack's cues occur.

    A cue weighs the more, the fewer of the neighbours share it (as an inverse document frequency
    does); each is counted at most 20 times so that none decides alone.
    """
    weights = {cue: log(1 + packs / shared[cue]) for cue in {_key(cue) for cue in pack.cues}}
    hits = sum(min(words[cue], _MOST) * weight for cue, weight in weights.items())
    return hits / sum(weights.values()) if weights else 0.0


def _country(text: str, best: Language, packs: Sequence[Language]) -> tuple[str | None, float]:
    phrases: dict[str, set[str]] = {}
    for pack in [best, *packs]:
        for country, names in pack.countries.items():
            phrases.setdefault(country, set()).update(as_typed(name) for name in names)
    counts = {c: sum(text.count(name) for name in names) for c, names in phrases.items()}
    total = sum(counts.values())
    if not total:
        return None, 0.0
    country = max(counts, key=lambda c: (counts[c], c in best.countries))
    return country, counts[country] / total
