"""Compare ways to bring the forms of a word to one key, on lists of our own.

``python benchmarks/stems.py`` prints, for each list in ``benchmarks/stems/``, how many pairs of
forms of one word meet (should be all) and how many words share a key with a word of another
root (should be none), on the words the endings were chosen by and on words held back. ``pack`` is
what the language pack does today; rows with ``simplemma`` need that library, which is not ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import cast

from nis2_align.languages import Stemming, language
from nis2_align.resources import load_yaml
from nis2_align.text.analyse import analyser
from nis2_align.text.normalise import fold, normalise

LISTS = Path(__file__).resolve().parent / "stems"
Stemmer = Callable[[str], str]


def figures(words: dict[str, list[str]], kin: list[list[str]], stem: Stemmer) -> tuple[float, int]:
    """Return the share of pairs of forms that meet and the number of words that wrongly do.

    Args:
        words: Word → its forms, in the script of the language.
        kin: Groups of words of one root, whose meeting counts neither way.
        stem: Brings a form to its key.
    """
    keys = {word: [stem(form) for form in dict.fromkeys(forms)] for word, forms in words.items()}
    pairs = [one == other for forms in keys.values() for one, other in combinations(forms, 2)]
    root = {word: group[0] for group in kin for word in group}
    wrong = {
        word
        for one, other in combinations(words, 2)
        if root.get(one, one) != root.get(other, other) and set(keys[one]) & set(keys[other]) - {""}
        for word in (one, other)
    }
    return sum(pairs) / len(pairs), len(wrong)


def _dictionary(code: str) -> Stemmer:
    import simplemma

    # The dictionary holds forms in the script and with the marks of the language.
    return lambda form: fold(normalise(simplemma.lemmatize(form, lang=code)).text.lower())


def _plain(form: str) -> str:
    return fold(normalise(form).text.lower())


def _cut(stem: Stemmer, letters: int) -> Stemmer:
    return lambda form: stem(form)[:letters]


def _with_dictionary(code: str, bare: Stemming) -> Iterator[tuple[str, Stemmer]]:
    look_up = _dictionary(code)

    def both(form: str) -> str:
        return bare.strip(look_up(form))

    yield "simplemma", look_up
    yield from ((f"simplemma, prefix {n}", _cut(look_up, n)) for n in (6, 7))
    yield from ((f"simplemma, endings, prefix {n}", _cut(both, n)) for n in (7, 8))


def ways(code: str) -> Iterator[tuple[str, Stemmer]]:
    """Yield the names of the ways and the ways themselves for one language."""
    bare = replace(language(code).stemming, snowball="", prefix=0)

    def stripped(form: str) -> str:
        return bare.strip(_plain(form))

    yield "whole words", _plain
    yield from ((f"prefix {n}", _cut(_plain, n)) for n in (5, 6, 7))
    yield "endings", stripped
    yield from ((f"endings, prefix {n}", _cut(stripped, n)) for n in (5, 6, 7, 8))
    if find_spec("simplemma") is not None:
        yield from _with_dictionary(code, bare)
    yield "pack", lambda form: analyser(code).stem(normalise(form).text)


def main() -> int:
    """Print one table a list."""
    for path in sorted(LISTS.glob("*.yaml")):
        data = load_yaml(path)
        chosen = cast("dict[str, list[str]]", data["words"])
        later = cast("dict[str, list[str]]", data["held_back"])
        kin = cast("list[list[str]]", data["kin"])
        print(f"{path.stem}: {len(chosen)} words, {len(later)} held back; wrong over both")
        for name, stem in ways(path.stem):
            met, _ = figures(chosen, kin, stem)
            new, _ = figures(later, kin, stem)
            _, wrong = figures(chosen | later, kin, stem)
            print(f"  {name:<30} {met:5.3f}  {new:5.3f}  {wrong:3d}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
