"""Every language pack loads, holds its own examples, and is written in one script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.errors import UnknownLanguageError
from nis2_align.languages import as_pattern, inflected, language, language_codes
from nis2_align.resources import load_yaml, mappings_dir
from nis2_align.text.analyse import analyser
from nis2_align.text.detect import detect
from nis2_align.text.normalise import as_typed, fold, normalise, script_of

CODES = language_codes()
# What is printed in each language, beside the basic Latin letters; a letter of a neighbour is an
# error of typing. English holds none, save in the names of currencies.
LETTERS = {
    "en": "", "hr": "čćđšž", "sr": "čćđšž", "cnr": "čćđšžśź", "bs": "čćđšž", "sq": "ëç",
    "mk": "čšžǵḱ", "de": "äöüß", "fi": "äö",
}  # fmt: skip
MUST_OCCUR = {"hr": "čćšž", "sr": "čćšž", "cnr": "čćšž", "bs": "čćšž", "sq": "ëç", "mk": "čšžḱ"}
MUST_OCCUR |= {"de": "äöüß", "fi": "ä"}
NOT_ITS_OWN = re.compile(r"[a-zA-Z][\u0400-\u04FF]|[\u0400-\u04FF][a-zA-Z]")


def examples(kind: str) -> list[tuple[str, object]]:
    """(pack, example) of all packs."""
    return [
        (code, example)
        for code in CODES
        for example in cast("list[object]", language(code).examples[kind])
    ]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def modality(code: str, text: str) -> str:
    """The weakest modal of a text, ``statement`` where it has none."""
    kinds = {modal.kind for modal in analyser(code).analyse(text).modals}
    return "option" if "option" in kinds else "duty" if "duty" in kinds else "statement"


def test_the_packs_that_the_slice_needs_are_there() -> None:
    assert {"bs", "cnr", "en", "hr", "mk", "sq", "sr"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_pack_loads_and_has_examples_of_each_kind(code: str) -> None:
    pack = language(code)
    assert pack.code == code
    assert pack.structure.article
    assert pack.modals["duty"] and pack.modals["option"]
    for kind in ("figures", "modality", "detect"):
        assert pack.examples[kind], kind


def test_an_unknown_code_says_which_there_are() -> None:
    with pytest.raises(UnknownLanguageError, match=", ".join(CODES)):
        language("tlh")


@pytest.mark.parametrize(("code", "example"), examples("figures"))
def test_figures(code: str, example: dict[str, object]) -> None:
    found = analyser(code).analyse(str(example["text"])).figures
    wanted = (float(cast("float", example["value"])), example["unit"])
    assert wanted in {(figure.value, figure.unit) for figure in found}
    if "bound" in example:
        assert example["bound"] in {f.bound for f in found if (f.value, f.unit) == wanted}


@pytest.mark.parametrize(("code", "example"), examples("modality"))
def test_modality(code: str, example: dict[str, object]) -> None:
    assert modality(code, str(example["text"])) == example["is"]


@pytest.mark.parametrize(("code", "text"), examples("detect"))
def test_detection(code: str, text: str) -> None:
    found = detect(text)
    assert found.language == code
    assert found.script == script_of(text)
    assert found.script in language(code).scripts
    assert 0.0 <= found.language_certainty <= 1.0


def truth_values(value: object) -> Iterator[bool]:
    if isinstance(value, bool):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from truth_values(key)
            yield from truth_values(part)
    elif isinstance(value, list):
        for part in value:
            yield from truth_values(part)


@pytest.mark.parametrize("code", CODES)
def test_no_word_of_a_pack_is_read_as_a_truth_value(code: str) -> None:
    """YAML reads "on", "no" and "yes" so where they stand without quotes."""
    assert list(truth_values(load_yaml(mappings_dir() / "languages" / f"{code}.yaml"))) == []
    assert list(truth_values({"a": ["not", False], True: "b"})) == [False, True]


@pytest.mark.parametrize("code", CODES)
def test_a_pack_is_written_in_its_own_letters(code: str) -> None:
    """No Cyrillic letter inside a Latin word, no typed accent, no letter of a neighbour."""
    data = load_yaml(mappings_dir() / "languages" / f"{code}.yaml")
    data = {key: part for key, part in data.items() if key not in {"code", "scripts", "langid"}}
    words = list(strings(data))
    assert [word for word in words if NOT_ITS_OWN.search(word)] == []
    assert [word for word in words if re.search(r"[\u0300-\u036f]", word)] == []
    allowed = set(LETTERS.get(code, "")) | {letter.upper() for letter in LETTERS.get(code, "")}
    latin = [word for word in words if not re.search(r"[\u0400-\u04FF]", word)]
    strange = {c for word in latin for c in word if c.isalpha() and not c.isascii()} - allowed
    assert code not in LETTERS or strange == set()


@pytest.mark.parametrize("code", sorted(MUST_OCCUR.keys() & set(CODES)))
def test_a_pack_has_its_diacritics(code: str) -> None:
    """A list typed without them matches nothing, as in well-known libraries."""
    pack = language(code)
    words = [*pack.stopwords, *pack.modals["duty"], *pack.structure.article, *pack.numerals]
    written = "".join(words)
    assert [letter for letter in MUST_OCCUR[code] if letter not in written] == []


@pytest.mark.parametrize("code", CODES)
def test_words_of_a_pack_are_in_latin_letters(code: str) -> None:
    """Matching reads Latin letters, so a Cyrillic entry could never be found."""
    data = load_yaml(mappings_dir() / "languages" / f"{code}.yaml")
    del data["examples"]
    assert [word for word in strings(data) if re.search(r"[\u0400-\u04FF]", word)] == []


PAIRS = [
    ("Оператор је дужан да обавести ЦЕРТ", "Operator je dužan da obavesti CERT"),
    ("ЉУБЉАНА и Њујорк, џеп, ЏЕП", "LJUBLJANA i Njujork, džep, DŽEP"),
    ("инјекција", "injekcija"),
    ("члан 5. став 2. тачка 3)", "član 5. stav 2. tačka 3)"),
    # Macedonian has letters of its own; one normalisation serves both.
    ("ѕвезда, ЅИД, ноќ, граѓани, ЃОН, џеб", "dzvezda, DZID, noḱ, graǵani, ǴON, džeb"),
]


@pytest.mark.parametrize(("cyrillic", "latin"), PAIRS)
def test_both_scripts_give_the_same_text(cyrillic: str, latin: str) -> None:
    assert normalise(cyrillic).text == normalise(latin).text == latin


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("c\u030clan", "član"),
        ("„надзор“", '"nadzor"'),
        ("24\u00a0sata", "24 sata"),
        ("za\u00adkon", "zakon"),
        ("\ufeffČlan", "Član"),
        ("ǉudi", "ljudi"),
        ("Č l a n 5", "Član 5"),
        ("O P Ć E  O D R E D B E", "OPĆE  ODREDBE"),
        ("a b c", "a b c"),
        # A letter of the other script that looks alike: Latin e, c, P; Cyrillic es.
        ("Чл" + "e" + "н", "Člen"),
        ("c" + "лужба", "služba"),
        ("ЦИ" + "P" + "Т", "CIRT"),
        ("с" + "lan", "clan"),
        ("DNS-услуги", "DNS-uslugi"),
    ],
)
def test_what_is_unified(source: str, wanted: str) -> None:
    assert normalise(source).text == wanted


SERBIAN = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
any_text = st.text(
    st.one_of(st.sampled_from(SERBIAN + SERBIAN.lower()), st.characters(codec="utf-8")),
    max_size=60,
)


two_scripts = re.compile(NOT_ITS_OWN.pattern + r"|\w \w \w")


# A stretch that cuts a word of two scripts, or one that is spaced out, reads otherwise alone.
@given(any_text.filter(lambda text: not two_scripts.search(text)), st.data())
def test_offsets_slice_back(source: str, data: st.DataObject) -> None:
    """Any stretch of the normalised text leads to a source that normalises to it again."""
    normal = normalise(source)
    assert len(normal.starts) == len(normal.text) + 1
    assert len(normal.ends) == len(normal.text)
    assert list(normal.starts) == sorted(normal.starts)
    start = data.draw(st.integers(0, len(normal.text)))
    end = data.draw(st.integers(start, len(normal.text)))
    span = normal.to_source(start, end)
    assert 0 <= span.start <= span.end <= len(source)
    if start < end:
        # Case of a digraph depends on its neighbour, so letters are compared without it.
        back = normalise(source[span.start : span.end]).text.casefold()
        assert normal.text[start:end].casefold() in back


@given(any_text)
def test_nothing_but_invisible_marks_is_lost(source: str) -> None:
    normal = normalise(source)
    covered = {
        position
        for start, end in zip(normal.starts, normal.ends, strict=False)
        for position in range(start, end)
    }
    lost = {source[position] for position in range(len(source)) if position not in covered}
    assert lost <= {"\u00ad", "\u200b", "\ufeff"}


@given(st.text(st.sampled_from(SERBIAN + SERBIAN.lower() + " .,0123456789"), max_size=60))
def test_transliterated_text_stays_as_it_is(source: str) -> None:
    """Cyrillic and its Latin spelling meet in one text, and normalising again changes nothing."""
    once = normalise(source).text
    assert not re.search(r"[\u0400-\u04FF]", once)
    assert normalise(once).text == once


@given(st.text(st.sampled_from("čćđšžČĆĐŠŽëçËÇǵḱabdgk "), max_size=40))
def test_marks_are_one_letter_each_and_dj_is_another_way_to_type_one(text: str) -> None:
    assert len(fold(text)) == len(text) and fold(text).isascii()
    assert as_typed(text) == as_typed(text.replace("đ", "dj"))


@pytest.mark.parametrize("word", ["Član", "STAV", "točka", "Đak", "Neni", "paragraf", "pikë"])
def test_a_pattern_matches_its_word_typed_either_way(word: str) -> None:
    bare = word.replace("đ", "dj").replace("Đ", "Dj")
    for typed in (word, fold(word), fold(bare)):
        assert re.fullmatch(as_pattern(word), typed)
        assert re.fullmatch(inflected(word), typed)
    assert not re.fullmatch(as_pattern(word), "x" + word)


def test_a_long_word_is_not_found_in_a_short_one_that_begins_alike() -> None:
    assert re.match(inflected("paragraf"), "paragrafit")
    assert not re.match(inflected("paragraf"), "para 16 janarit")
