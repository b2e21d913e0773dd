"""Ways to print an act that only some countries know."""

from __future__ import annotations

import pytest

from nis2_align.languages import language
from nis2_align.model import Segmentation
from nis2_align.segment import segment
from nis2_align.text.normalise import normalise
from tests.segment_guarantees import document, faults


def cut(text: str, code: str) -> Segmentation:
    segmentation = segment(document(text), language(code))
    assert faults(segmentation) == []
    return segmentation


def own(segmentation: Segmentation) -> dict[str, str]:
    text = segmentation.document.text
    return {one.ref: one.own.of(text) for one in segmentation.provisions}


def refs(text: str, code: str) -> list[str]:
    return [one.ref for one in cut(text, code).provisions]


BRACKETED = """ZAKON O REDU
Član 1.
(Predmet)
(1) Ovaj zakon uređuje red.
(2) Red je stalan.
Član 2.
(Pojmovi)
Red je raspored.
Član 3.
(Brisan)
Član 4.
(Kazne)
Kazniće se ko pravi nered.
"""


def test_headings_in_brackets_below_the_number() -> None:
    cutting = cut(BRACKETED, "bs")
    headings = [one.heading for one in cutting.articles()]
    assert headings == ["(Predmet)", "(Pojmovi)", None, "(Kazne)"]
    assert own(cutting)["3(1)"] == "(Brisan)"
    assert own(cutting)["2(1)"] == "Red je raspored."


def test_a_single_phrase_in_brackets_is_no_heading() -> None:
    text = "Član 1.\nRed je stalan.\nČlan 2.\n(Brisan)\nČlan 3.\nNered se kažnjava.\n"
    assert [one.heading for one in cut(text, "sr").articles()] == [None, None, None]


def test_a_slash_inserts_an_article() -> None:
    text = "Neni 5\nRregulli\nMbahet.\nNeni 5/1\nShtesa\nMbahet.\nNeni 6\nFundi\nMbaron.\n"
    assert [one.ref for one in cut(text, "sq").articles()] == ["5", "5/1", "6"]


def test_a_year_behind_a_slash_inserts_nothing() -> None:
    text = "Neni 1\nRregulli mbahet.\nNeni 5/2016 nuk vlen.\nNeni 2\nMbaron.\n"
    assert [one.ref for one in cut(text, "sq").articles()] == ["1", "2"]


def test_one_roman_numeral_among_named_chapters_is_a_word() -> None:
    text = "KUVENDI\nI VENDIT\nKREU I\nNISJA\nNeni 1\nNisi.\nKREU II\nFUNDI\nNeni 2\nMbaron.\n"
    chapters = [one.label for one in cut(text, "sq").provisions if one.kind == "chapter"]
    assert chapters == ["KREU I", "KREU II"]


@pytest.mark.parametrize("rule", ["__________", "――――――", "----------"])
def test_footnotes_are_no_paragraphs(rule: str) -> None:
    text = f"Член 1¹\nРедот е траен.\n{rule}\n¹ Изменет подоцна.\nЧлен 2\nНередот се казнува.\n"
    cutting = cut(text, "mk")
    assert [one.ref for one in cutting.provisions] == ["1", "1(1)", "2", "2(1)"]
    assert "Изменет" in own(cutting)["1(1)"]


LETTERS = "Член 1\nРедот е:\nа) мал;\nб) среден;\nв) голем;\nг) друг;\nд) десен;\nѓ) ѓердан.\n"


def test_letters_stay_as_printed_in_a_language_of_one_script() -> None:
    assert refs(LETTERS, "mk")[2:] == [f"1(1)({letter})" for letter in "абвгдѓ"]


def test_both_scripts_of_a_language_that_has_two_give_the_same_letters() -> None:
    text = "Члан 1.\nРед је:\nа) мали;\nб) средњи;\nв) велики.\n"
    assert refs(text, "sr") == refs(normalise(text).text, "sr")


def test_all_letters_of_the_albanian_alphabet_follow_each_other() -> None:
    alphabet = "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th"
    letters = alphabet.split()
    text = "Neni 1\nRendi ka:\n" + "".join(f"{letter}) pjesë;\n" for letter in letters)
    assert refs(text, "sq")[2:] == [f"1(1)({letter})" for letter in letters]


def test_a_particle_may_bind_the_ordinal_of_a_chapter() -> None:
    text = "PJESA E PARË\nNISJA\nNeni 1\nNisi.\nPJESA E DYTË\nFUNDI\nNeni 2\nMbaron.\n"
    cutting = cut(text, "sq")
    chapters = [(one.label, one.heading) for one in cutting.provisions if one.kind == "chapter"]
    assert chapters == [("PJESA E PARË", "NISJA"), ("PJESA E DYTË", "FUNDI")]


@pytest.mark.parametrize("label", ["Č l a n 1", "Clan 1", "ČLAN 1", "Član\u00a01"])
def test_a_number_that_is_printed_or_typed_otherwise_opens_its_article(label: str) -> None:
    assert refs(f"{label}\nRed je stalan.\nČlan 2\nNered se kažnjava.\n", "cnr")[0] == "1"
