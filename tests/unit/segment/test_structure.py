"""What one line is: numbers, titles, headings. Pairs of input and output, each with its reason."""

from __future__ import annotations

import pytest

from nis2_align.languages import language
from nis2_align.segment.marks import follows, mark_of, roman
from nis2_align.segment.structure import Line, caps_run, is_heading_form, patterns


def line(text: str) -> Line:
    return Line(0, 0, len(text), text)


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("(1) Prvi stav", "(1)", "1"),
        ("(2a) Umetnut", "(1)", "2a"),
        ("1) prva tačka", "1)", "1"),
        ("17. pojam", "1.", "17"),
        ("1.1. nen", "1.1.", "1"),
        ("1.12 nen", "1.1.", "12"),
        ("1.2.3. nen", "1.1.1.", "3"),
        ("(a) point", "(a)", "a"),
        ("č) točka", "a)", "č"),
        ("ç) pikë", "a)", "ç"),
        ("dž) tačka", "a)", "dž"),
        ("(iv) sub-point", "(a)", "iv"),
        ("(B) part", "(A)", "B"),
        ("B) part", "A)", "B"),
        ("IV. Title", "I.", "IV"),
        ("– dash", "-", ""),
        ("−minus", "-", ""),
        ("• bullet", "-", ""),
        ("3 | Energy | all", "1|", "3"),
        ("3. Energy | (a) oil", "1.", "3"),
        ("Energy | oil | all", "|", ""),
    ],
)
def test_number_of_a_line(text: str, style: str, number: str) -> None:
    mark = mark_of(text)
    assert mark is not None and (mark.style, mark.number) == (style, number)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tekst stava", "no number"),
        ("1. siječnja 2027. stupa", "a date in words"),
        ("12. 5. 2024. donesen", "a date in figures"),
        ("-5 stepeni", "a minus"),
        ("(EU) 2022/2555", "an abbreviation"),
        ("50.000 dinara", "a grouped figure"),
        ("2022 godina", "a year"),
    ],
)
def test_no_number(text: str, reason: str) -> None:
    assert mark_of(text) is None, reason


@pytest.mark.parametrize(
    ("style", "previous", "number"),
    [
        ("1)", "9", "10"),
        ("(1)", "2", "2a"),
        ("(1)", "2a", "2b"),
        ("(1)", "2b", "3"),
        ("a)", "c", "d"),
        ("a)", "c", "č"),
        ("a)", "d", "dž"),
        ("a)", "b", "v"),
        ("a)", "c", "ç"),
        ("(a)", "z", "aa"),
        ("(a)", "aa", "bb"),
        ("(i)", "iii", "iv"),
        ("I.", "IX", "X"),
        ("-", "3", ""),
    ],
)
def test_follows(style: str, previous: str, number: str) -> None:
    assert follows(style, previous, number)


@pytest.mark.parametrize(
    ("style", "previous", "number"),
    [("1)", "1", "3"), ("a)", "a", "c"), ("(i)", "i", "iii"), ("1)", "2", "2"), ("(1)", "3", "2")],
)
def test_does_not_follow(style: str, previous: str, number: str) -> None:
    assert not follows(style, previous, number)


def test_roman_numerals() -> None:
    assert [roman(n) for n in ("i", "IV", "ix", "XIV", "xl", "LX")] == [1, 4, 9, 14, 40, 60]
    assert roman("a1") is None and roman("") is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("OPŠTE ODREDBE", "OPŠTE ODREDBE"),
        ("OPĆI KRITERIJI Kriteriji za veličinu", "OPĆI KRITERIJI"),
        ("IKT sistemi", ""),
        ("POPIS TIJELA I. Prvi dio", "POPIS TIJELA"),
        ("POPIS TIJELA R. br. Naziv", "POPIS TIJELA"),
        ("Obični naslov", ""),
    ],
)
def test_title_in_capitals_before_a_heading(text: str, title: str) -> None:
    assert text[: caps_run(text)] == title


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Predmet uređivanja", True),
        ('Nivo opasnosti "visok"', True),
        ("Ovaj zakon stupa na snagu sutra.", False),
        ("Operatori su:", False),
        ("u skladu sa zakonom", False),
        ("– stavka", False),
        ("a | b | c", False),
        ("Riječ " * 60, False),
    ],
)
def test_form_of_a_heading(text: str, heading: bool) -> None:
    assert is_heading_form(line(text)) is heading


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("sr", "Član 12.", "12"),
        ("sr", "ČLAN 12", "12"),
        ("hr", "Članak 12.a", "12a"),
        ("hr", "Članak 12-a", "12a"),
        ("hr", "Članak 12a.", "12a"),
        ("cnr", "Čl. 3", "3"),
        ("en", "Article 5 – Scope", "5"),
        ("en", "Section 5", "5"),
    ],
)
def test_number_of_an_article(code: str, text: str, number: str) -> None:
    match = patterns(language(code).structure).article.match(text)
    assert match is not None
    assert f"{match['number']}{match['suffix'] or ''}" == number
