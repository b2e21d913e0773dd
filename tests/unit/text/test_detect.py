"""Language, script and country of a text, found or said."""

from __future__ import annotations

from pathlib import Path

import pytest

from nis2_align.errors import UnknownLanguageError
from nis2_align.read import read
from nis2_align.text.detect import detect
from nis2_align.text.normalise import fold, normalise

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
MACEDONIAN = (
    "Со овој закон се уредуваат мерките за безбедност и обврските на органите во Република Северна "
    "Македонија. Операторот е должен да го пријави дефектот кај надлежниот орган."
)
ALBANIAN = (
    "Ky ligj përcakton masat e sigurisë dhe detyrimet e organeve në Republikën e Shqipërisë. "
    "Operatori duhet të njoftojë autoritetin për çdo defekt brenda ditës."
)
KOSOVAN = ALBANIAN.replace("Shqipërisë", "Kosovës")
BOSNIAN = (
    "Ovim zakonom uređuju se mjere sigurnosti i obaveze organa u Bosni i Hercegovini. Operator je "
    "dužan prijaviti kvar. Nadležni organ općine vodi evidenciju o svim obavještenjima."
)
BASQUE = (
    "Dorrearen zaindariak berehala jakinarazten dio udal bulegoari edozein matxura eta ekaitza."
)


@pytest.mark.parametrize(
    ("text", "code", "script", "country"),
    [
        (LATIN, "sr", "Latn", "RS"),
        (CYRILLIC, "sr", "Cyrl", "RS"),
        (CROATIAN, "hr", "Latn", "HR"),
        (MONTENEGRIN, "cnr", "Latn", "ME"),
        (ENGLISH, "en", "Latn", None),
        (MACEDONIAN, "mk", "Cyrl", "MK"),
        (ALBANIAN, "sq", "Latn", "AL"),
        (KOSOVAN, "sq", "Latn", "XK"),
        (BOSNIAN, "bs", "Latn", "BA"),
    ],
)
def test_close_neighbours_are_told_apart(
    text: str, code: str, script: str, country: str | None
) -> None:
    found = detect(text)
    assert (found.language, found.script, found.country) == (code, script, country)
    assert 0.0 < found.language_certainty <= 1.0
    assert (found.country_certainty > 0.0) is (country is not None)


@pytest.mark.parametrize(
    ("text", "code", "country"),
    [
        (LATIN, "sr", "RS"),
        (CROATIAN, "hr", "HR"),
        (MONTENEGRIN, "cnr", "ME"),
        (BOSNIAN, "bs", "BA"),
        (ALBANIAN, "sq", "AL"),
        (KOSOVAN, "sq", "XK"),
    ],
)
def test_text_typed_without_marks_is_told_apart_too(text: str, code: str, country: str) -> None:
    found = detect(fold(text.replace("đ", "dj")))
    assert (found.language, found.country) == (code, country)


def test_the_country_named_speaks_for_its_language() -> None:
    """Words alone would leave neighbours nearly even."""
    nameless = BOSNIAN.replace("u Bosni i Hercegovini", "")
    assert detect(BOSNIAN).language_certainty > detect(nameless).language_certainty


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
        detect(BASQUE)


def test_a_language_said_without_a_pack_is_refused() -> None:
    with pytest.raises(UnknownLanguageError, match="tlh"):
        detect(ENGLISH, code="tlh")


ACTS = {
    "laws/rs_zib_2025.txt": ("sr", "Cyrl", "RS"),
    "laws/hr_zks_2024.txt": ("hr", "Latn", "HR"),
    "drafts/cnr_draft.txt": ("cnr", "Latn", "ME"),
    "drafts/mk_draft.txt": ("mk", "Cyrl", "MK"),
    "drafts/sq_draft_kosovo.txt": ("sq", "Latn", "XK"),
}


@pytest.mark.parametrize("name", ACTS)
def test_real_acts(name: str, shared: Path) -> None:
    text = read(shared / name).text
    found = detect(text)
    assert (found.language, found.script, found.country) == ACTS[name]
    assert found.language_certainty >= 0.8 and found.country_certainty >= 0.9


@pytest.mark.parametrize("name", [name for name, (code, _, _) in ACTS.items() if code != "mk"])
def test_real_acts_in_latin_letters_without_marks(name: str, shared: Path) -> None:
    text = normalise(read(shared / name).text).text
    found = detect(fold(text.replace("đ", "dj").replace("Đ", "Dj")))
    assert (found.language, found.script, found.country) == (ACTS[name][0], "Latn", ACTS[name][2])
