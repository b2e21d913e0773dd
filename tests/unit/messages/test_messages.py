import re
import unicodedata
from typing import get_args

import pytest

from nis2_align import messages as module
from nis2_align.concordance.backward import ReverseClass
from nis2_align.directive import UNITS
from nis2_align.errors import CatalogueError, UnknownLanguageError
from nis2_align.messages import Messages, available, faults, messages, placeholders
from nis2_align.model import Coverage, DutyKind, ElementState, Reason

GAPS = (
    "element", "figure", "modality", "addressee", "scope", "condition", "delegation", "conflict",
)  # fmt: skip
NEEDED = {
    "gap_element_absent": {"element"},
    "gap_element_weaker": {"element", "found"},
    "gap_figure": {"expected", "found"},
    "gap_modality": {"expected", "found"},
    "gap_delegation": {"found"},
    "gap_addressee": {"expected", "found"},
    "gold_plating_figure": {"expected", "found"},
    "gold_plating_scope": {"expected", "found"},
    "rationale_full": {"total", "refs"},
    "rationale_partial": {"met", "total", "refs"},
    "rationale_none": set(),
    "rationale_chapeau": {"full", "total"},
    "rationale_undecided": {"refs"},
    "rationale_rests_on": {"refs", "coverage"},
}


def test_every_language_has_the_same_messages_with_the_same_placeholders():
    assert faults() == ()
    assert {"en", "hr", "sr"} <= set(available())


@pytest.mark.parametrize("language", available())
def test_every_value_of_the_model_has_a_word(language):
    say = messages(language)
    keys = [f"grade_{value}" for value in Coverage]
    keys += [f"about_{value}" for value in Coverage]
    keys += [f"duty_{value}" for value in DutyKind]
    keys += [f"state_{value}" for value in ElementState]
    keys += [f"reason_{value}" for value in Reason]
    keys += [f"rationale_{value}" for value in Reason]
    keys += [f"kind_{kind}" for kind in GAPS]
    keys += [f"class_{kind}" for kind in get_args(ReverseClass)]
    assert [key for key in keys if not say.texts.get(key)] == []


@pytest.mark.parametrize("language", available())
def test_the_messages_that_the_grader_asks_for_are_there(language):
    for key, names in NEEDED.items():
        assert placeholders(messages(language).texts[key]) == names, key


@pytest.mark.parametrize("language", available())
def test_sheet_names_are_what_a_workbook_allows(language):
    names = [text for key, text in messages(language).texts.items() if key.startswith("sheet_")]
    assert len({name.lower() for name in names}) == 11
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


@pytest.mark.parametrize("language", available())
def test_no_message_mixes_scripts_and_letters_are_composed(language):
    for key, text in messages(language).texts.items():
        for word in re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", " ", text)):
            scripts = {unicodedata.name(char).split()[0] for char in word}
            assert len(scripts) <= 1, (key, word)
        assert unicodedata.normalize("NFC", text) == text, key
        assert text == text.strip(), key


@pytest.mark.parametrize(("language", "letters"), [("hr", "čćđšž"), ("sr", "čćđšž")])
def test_the_letters_of_the_language_are_used(language, letters):
    whole = "".join(messages(language).texts.values()).lower()
    assert all(letter in whole for letter in letters)


@pytest.mark.parametrize("language", available())
def test_every_reason_that_the_code_gives_has_words(repo_root, language):
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (repo_root / "nis2_align").rglob("*.py")
    )
    keys = set(re.findall(r'"((?:why|selected)_\w+)"', sources)) - {"selected_by"}  # a field
    assert len(keys) > 20
    assert keys == {k for k in messages(language).texts if re.match("(why|selected)_", k)}


@pytest.mark.parametrize("language", available())
def test_every_unit_of_the_catalogue_has_words_in_every_form(language):
    units = set(UNITS) - {"EUR"}  # a currency needs none
    keys = {f"unit_{unit}_{form}" for unit in units for form in ("one", "few", "many")}
    assert keys <= messages(language).texts.keys()
    assert all(placeholders(messages(language).texts[key]) == {"number"} for key in keys)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 month", "2 months", "11 months", "21 months", "24 months"]),
        ("hr", ["1 mjesec", "2 mjeseca", "11 mjeseci", "21 mjesec", "24 mjeseca"]),
        ("sr", ["1 mesec", "2 meseca", "11 meseci", "21 mesec", "24 meseca"]),
    ],
)
def test_the_number_says_which_form_stands(language, said):
    numbers = ["1", "2", "11", "21", "24"]
    assert [messages(language).counted("unit_month", number) for number in numbers] == said
    assert messages(language).counted("unit_month", "12") == said[2].replace("11", "12")


def test_none_is_always_worded_with_its_limits():
    assert messages("en").text("grade_none") == "not found in the acts given"
    assert messages("en").text("rationale_none") == "not found in the acts given"


def test_values_are_filled_in_and_never_read_as_templates():
    say = messages("en")
    made = say.text("gap_figure", expected="24 h", found="{48} {x!r}")
    assert made == "24 h required, {48} {x!r} found"


def test_an_unknown_key_is_a_fault_of_the_catalogue():
    with pytest.raises(CatalogueError, match="gap_typo"):
        messages("en").text("gap_typo")


def test_a_value_that_is_missing_is_named():
    with pytest.raises(CatalogueError, match="no value for found"):
        messages("en").text("gap_figure", expected="24 h")


def test_an_unknown_language_is_told_apart_and_the_known_ones_are_named():
    with pytest.raises(UnknownLanguageError, match=", ".join(available())):
        messages("xx")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A mappings folder of its own; what was loaded before comes back afterwards."""
    (tmp_path / "messages").mkdir()
    monkeypatch.setattr(module, "mappings_dir", lambda: tmp_path)
    messages.cache_clear()
    yield tmp_path / "messages"
    messages.cache_clear()


def test_faults_are_found_all_at_once(folder):
    (folder / "en.yaml").write_text("a: '{x}'\nb: two\n", encoding="utf-8")
    (folder / "hr.yaml").write_text("a: '{y}'\nc: three\n", encoding="utf-8")
    assert faults() == ("hr: b is missing", "hr: c is unknown", "hr: a has other placeholders")


@pytest.mark.parametrize("broken", ["a: 1", "a: [x]", "a: '{x'", "a: '{0}'", "a: '{x.y}'", "a:"])
def test_what_is_no_message_is_refused(folder, broken):
    (folder / "en.yaml").write_text(f"{broken}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="no message: a"):
        messages("en")


def test_messages_need_no_file():
    assert Messages(language="zz", texts={"a": "b{c}"}).text("a", c=1) == "b1"
