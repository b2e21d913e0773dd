"""Language, script and country of a text, found or said."""

from __future__ import annotations

import pytest

from nis2_align.errors import UnknownLanguageError
from nis2_align.text.detect import detect

LATIN = (
    "Ovim zakonom uređuju se mere bezbednosti i obaveze organa i drugih lica u Republici Srbiji. "
    "Operator je dužan da prijavi kvar. Nadležni organ vodi evidenciju o svim obaveštenjima."
)
CYRILLIC = (
    "Овим законом уређују се мере безбедности и обавезе органа и других лица у Републици Србији. "
    "Оператор је дужан да пријави квар. Надлежни орган води евиденцију о свим обавештењима."
)
CROATIAN = (
    "Ovim se Zakonom uređuju mjere sigurnosti i obveze tijela u Republici Hrvatskoj. Subjekt je "
    "dužan prijaviti kvar. Nadležno tijelo vodi evidenciju o svim obavijestima i izvješćima."
)
MONTENEGRIN = (
    "Ovim zakonom uređuju se mjere bezbjednosti i obaveze organa u Crnoj Gori. Subjekt je dužan "
    "da prijavi kvar. Nadležni organ vodi evidenciju o svim obavještenjima i izvještajima."
)
ENGLISH = "The keeper of the tower shall report to the office and the office shall reply to it."
GERMAN = "Die Betreiber der Anlagen melden jede Störung unverzüglich der zuständigen Behörde."


@pytest.mark.parametrize(
    ("text", "code", "script", "country"),
    [
        (LATIN, "sr", "Latn", "RS"),
        (CYRILLIC, "sr", "Cyrl", "RS"),
        (CROATIAN, "hr", "Latn", "HR"),
        (MONTENEGRIN, "cnr", "Latn", "ME"),
        (ENGLISH, "en", "Latn", None),
    ],
)
def test_close_neighbours_are_told_apart(
    text: str, code: str, script: str, country: str | None
) -> None:
    found = detect(text)
    assert (found.language, found.script, found.country) == (code, script, country)
    assert 0.0 < found.language_certainty <= 1.0
    assert (found.country_certainty > 0.0) is (country is not None)


def test_both_scripts_are_as_certain() -> None:
    assert detect(LATIN).language_certainty == detect(CYRILLIC).language_certainty


def test_what_a_person_said_is_certain() -> None:
    found = detect(CROATIAN, code="sr", country="me")
    assert (found.language, found.language_certainty) == ("sr", 1.0)
    assert (found.country, found.country_certainty) == ("ME", 1.0)
    assert found.script == "Latn"


def test_a_language_said_leaves_the_country_to_the_text() -> None:
    assert detect(LATIN, code="hr").country == "RS"


def test_the_country_is_never_guessed_from_the_language() -> None:
    nameless = CROATIAN.replace("u Republici Hrvatskoj", "")
    found = detect(nameless)
    assert (found.language, found.country, found.country_certainty) == ("hr", None, 0.0)


def test_a_text_without_a_pack_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnknownLanguageError, match="--language"):
        detect(GERMAN)


def test_a_language_said_without_a_pack_is_refused() -> None:
    with pytest.raises(UnknownLanguageError, match="tlh"):
        detect(ENGLISH, code="tlh")
