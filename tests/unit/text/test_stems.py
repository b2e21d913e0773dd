"""The forms of a word meet in one key, and those of another root do not."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from benchmarks.stems import figures
from nis2_align.languages import Stemming, language
from nis2_align.resources import load_yaml
from nis2_align.text.analyse import analyser
from nis2_align.text.normalise import fold, normalise

LISTS = sorted((Path(__file__).parents[3] / "benchmarks" / "stems").glob("*.yaml"))
STEMMING = Stemming(
    snowball="",
    typed=MappingProxyType({}),
    suffixes=(("ite", "ot", "i"), ("en", "n")),
    least=3,
    bases=frozenset({"domen"}),
    prefix=0,
)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("part", "floor"), [("words", 0.98), ("held_back", 0.93)])
def test_conflation(path: Path, part: str, floor: float) -> None:
    data = load_yaml(path)
    reader = analyser(path.stem)
    met, wrong = figures(data[part], data["kin"], lambda form: reader.stem(normalise(form).text))
    assert met >= floor
    assert wrong == 0


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_text_typed_without_marks_meets_the_marked_forms(path: Path) -> None:
    data = load_yaml(path)
    reader = analyser(path.stem)
    for forms in (data["words"] | data["held_back"]).values():
        for form in map(lambda one: normalise(one).text, forms):
            assert reader.stem(fold(form)) == reader.stem(form)


def test_steps_follow_each_other_and_the_longest_ending_goes() -> None:
    assert STEMMING.strip("merki") == "merk"
    assert STEMMING.strip("vazniot") == "vazni"
    assert STEMMING.strip("vaznite") == STEMMING.strip("vazen") == "vaz"


def test_so_many_letters_are_left() -> None:
    assert STEMMING.strip("rot") == "rot"
    assert STEMMING.strip("roti") == "rot"


def test_nothing_more_is_stripped_of_a_base() -> None:
    assert STEMMING.strip("domeni") == STEMMING.strip("domen") == "domen"


@pytest.mark.parametrize("code", ["sr", "hr", "cnr", "bs"])
def test_words_the_stemmer_knows_only_with_marks(code: str) -> None:
    for typed, marked in language(code).stemming.typed.items():
        assert fold(marked.replace("đ", "dj")) == typed or fold(marked) == typed
        assert analyser(code).stem(typed) == analyser(code).stem(marked)


def test_a_pack_without_a_stemmer_needs_none() -> None:
    assert language("sq").stemming.snowball == ""
    assert analyser("sq").stem("incidenteve") == analyser("sq").stem("Incidenti")
