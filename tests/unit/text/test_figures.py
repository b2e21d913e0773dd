"""Figures in running text, in the way each language writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.languages import language, language_codes
from nis2_align.resources import load_yaml, mappings_dir
from nis2_align.text.analyse import analyser
from nis2_align.text.figures import dimension


def figures(code: str, text: str) -> list[tuple[float, str]]:
    return [(f.value, f.unit) for f in analyser(code).analyse(text).figures]


def bounds(code: str, text: str) -> list[str]:
    return [f.bound for f in analyser(code).analyse(text).figures]


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        # digits, words, and both
        ("en", "within 24 hours of becoming aware", [(24, "hour")]),
        ("en", "within seventy-two hours", [(72, "hour")]),
        ("en", "within twenty-four (24) hours", [(24, "hour")]),
        ("en", "within 24 (twenty-four) hours", [(24, "hour")]),
        ("en", "no later than one month", [(1, "month")]),
        ("en", "five working days", [(5, "working_day")]),
        ("hr", "u roku od 24 (dvadeset četiri) sata", [(24, "hour")]),
        ("hr", "u roku od sedamdeset dva sata", [(72, "hour")]),
        ("sr", "u roku od 24 (dvadeset četiri) časa", [(24, "hour")]),
        ("sr", "у року од 72 часа", [(72, "hour")]),
        ("sr", "dvadeset i četiri časa", [(24, "hour")]),
        ("cnr", "u roku od dva radna dana", [(2, "working_day")]),
        # one of a unit, without a number
        ("cnr", "u roku od mjesec dana", [(1, "month")]),
        ("sr", "najkasnije mesec dana, odnosno godinu dana", [(1, "month"), (1, "year")]),
        ("hr", "tjedan dana od prijave", [(1, "week")]),
        ("hr", "svaki dan i mjesec", []),
        # grouping and decimals of each language
        ("en", "EUR 10,000,000", [(10_000_000, "EUR")]),
        ("en", "10 000 000 euros", [(10_000_000, "EUR")]),
        ("en", "10\u00a0000\u00a0000 euros", [(10_000_000, "EUR")]),
        ("en", "€10,000,000", [(10_000_000, "EUR")]),
        ("en", "at least 1.4 % of turnover", [(1.4, "percent")]),
        ("en", "50,000.50 euros", [(50_000.5, "EUR")]),
        ("hr", "10.000.000,00 eura", [(10_000_000, "EUR")]),
        ("hr", "1,4 % prometa", [(1.4, "percent")]),
        ("sr", "2.000.000 dinara", [(2_000_000, "RSD")]),
        ("sr", "10 000 000 evra", [(10_000_000, "EUR")]),
        ("sr", "1.4 % prihoda", [(1.4, "percent")]),
        ("sr", "1,4% prihoda", [(1.4, "percent")]),
        # magnitudes
        ("en", "EUR 10 million", [(10_000_000, "EUR")]),
        ("en", "seven million euro", [(7_000_000, "EUR")]),
        ("hr", "10 milijuna eura", [(10_000_000, "EUR")]),
        ("sr", "10 miliona evra", [(10_000_000, "EUR")]),
        # ranges borrow the unit of their end
        ("en", "between 500 and 2 000 euros", [(500, "EUR"), (2_000, "EUR")]),
        ("en", "EUR 500 to EUR 2 000", [(500, "EUR"), (2_000, "EUR")]),
        ("en", "24-72 hours", [(24, "hour"), (72, "hour")]),
        ("sr", "od 50.000 do 2.000.000 dinara", [(50_000, "RSD"), (2_000_000, "RSD")]),
        ("hr", "24 do 72 sata", [(24, "hour"), (72, "hour")]),
        # Macedonian
        ("mk", "во рок од 24 часа од дознавањето", [(24, "hour")]),
        ("mk", "седумдесет и два часа", [(72, "hour")]),
        ("mk", "четири работни дена", [(4, "working_day")]),
        ("mk", "од 700 до 1.500 евра во денари", [(700, "EUR"), (1500, "EUR")]),
        ("mk", "60.000 денари", [(60_000, "MKD")]),
        # Albanian: words with the digits behind them, either way of grouping
        ("sq", "brenda dyzet e tetë (48) orëve", [(48, "hour")]),
        ("sq", "dyqind e pesëdhjetë (250) të punësuar", [(250, "staff")]),
        ("sq", "dyqind e pesëdhjetë të punësuar", [(250, "staff")]),
        (
            "sq",
            "prej nëntë mijë (9,000) deri në dyqind mijë (200,000) euro",
            [(9_000, "EUR"), (200_000, "EUR")],
        ),
        ("sq", "gjobë nga 500 000 deri në 1 000 000 lekë", [(500_000, "ALL"), (1_000_000, "ALL")]),
        ("sq", "dhjetë milionë euro", [(10_000_000, "EUR")]),
        ("sq", "1,4 % e qarkullimit", [(1.4, "percent")]),
        ("sq", "brenda 30 diteve", [(30, "day")]),
        # Bosnian
        ("bs", "od 500 KM do 2.000 konvertibilnih maraka", [(500, "BAM"), (2_000, "BAM")]),
        ("bs", "u roku od sedam dana", [(7, "day")]),
        # without marks
        ("sr", "u roku od dvadeset cetiri casa", [(24, "hour")]),
        ("cnr", "najkasnije mjesec dana", [(1, "month")]),
        # the number of a paragraph, the year of a date
        ("mk", "Член 10 (1) Вработените чуваат тајна", []),
        ("mk", "пред 16 јануари 2023 година", []),
        ("sr", "dvadeset i pet dana", [(25, "day")]),
        ("en", "two or three days", [(3, "day")]),
        # no unit, no figure
        ("en", "Article 24 of Regulation 2022", []),
        ("sr", "od 1. januara 2025.", []),
        ("en", "one of the employees", []),
        ("en", "500 and more; within 3 days", [(3, "day")]),
    ],
)
def test_what_is_found(code: str, text: str, found: list[tuple[float, str]]) -> None:
    assert figures(code, text) == found
    assert figures(code, f"{text}.") == found


@pytest.mark.parametrize(
    ("code", "text", "bound"),
    [
        ("en", "within 24 hours", "at_most"),
        ("en", "a fine of up to EUR 500", ""),
        ("en", "at least 2 %", "at_least"),
        ("en", "24 hours", ""),
        ("sr", "najkasnije u roku od 72 sata", "at_most"),
        ("sr", "najmanje 2 %", "at_least"),
        ("sr", "prihod 2 %", ""),
        ("hr", "najviše 7 dana", "at_most"),
        ("hr", "najvise 7 dana", "at_most"),
        ("mk", "најдоцна во рок од 72 часа", "at_most"),
        ("mk", "најмалку 2 %", "at_least"),
        ("sq", "më së voni 24 orë", "at_most"),
        ("sq", "më shumë se 50 të punësuar", "at_least"),
        ("sq", "në afat prej 60 ditësh", "at_most"),
    ],
)
def test_words_before_a_figure_make_it_a_bound(code: str, text: str, bound: str) -> None:
    assert bounds(code, text) == [bound]


def test_a_range_has_two_bounds() -> None:
    assert bounds("sr", "od 500 do 2.000 evra") == ["at_least", "at_most"]


def test_a_figure_holds_its_number_and_the_unit_behind_it() -> None:
    text = "a fine of EUR 10 million or 24 (twenty-four) hours"
    found = analyser("en").analyse(text)
    stretches = [found.span(f.first, f.last).of(text) for f in found.figures]
    assert stretches == ["10 million", "24 (twenty-four) hours"]


@given(
    value=st.integers(1, 10**9), code=st.sampled_from(["en", "hr", "sr", "cnr", "bs", "mk", "sq"])
)
def test_a_grouped_number_reads_as_the_bare_one(value: int, code: str) -> None:
    for mark in language(code).grouping:
        grouped = f"{value:,}".replace(",", mark)
        assert figures(code, f"{grouped} EUR") == [(value, "EUR")]


@given(tenths=st.integers(1, 999), code=st.sampled_from(language_codes()))
def test_a_decimal_number_reads_in_either_mark(tenths: int, code: str) -> None:
    written = f"{tenths // 10}.{tenths % 10}"
    for mark in ".,":
        assert figures(code, f"{written.replace('.', mark)} %") == [(tenths / 10, "percent")]


def test_only_like_is_compared_with_like() -> None:
    units = ("hour", "working_day", "year", "percent", "staff", "EUR", "RSD")
    kinds = [dimension(unit) for unit in units]
    assert kinds == ["time", "time", "time", "percent", "staff", "money", "money"]


@pytest.mark.parametrize("code", language_codes())
def test_every_currency_of_a_pack_has_a_rate(code: str) -> None:
    """A currency without one would be taken for euros."""
    rates = load_yaml(mappings_dir() / "weights" / "currencies.yaml")["per_euro"]
    money = {unit for unit in language(code).units if dimension(unit) == "money"}
    assert money <= set(rates)
