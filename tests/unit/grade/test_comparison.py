"""Figures compared in the right direction, the modal that governs, and what a by-law is left."""

from __future__ import annotations

import pytest

from nis2_align.directive import Figure
from nis2_align.grade.comparison import compare_figure, delegates, governing_modal, may_delegate
from nis2_align.grade.sightings import Sighting
from nis2_align.match.clauses import Clause
from tests.unit.match import lighthouse


def clauses(*paragraphs: str, code: str = "en") -> tuple[Clause, ...]:
    """The paragraphs of one article."""
    word = {"en": "Article", "hr": "Članak", "sr": "Član", "cnr": "Član"}[code]
    lines = [f"({number}) {text}" for number, text in enumerate(paragraphs, 1)]
    return lighthouse.clauses("\n".join([f"{word} 1", *lines, ""]), code).clauses


def sighted(clause: Clause, words: str, clause_index: int | None = None) -> Sighting:
    """Where ``words`` stand in the clause."""
    tokens = [token.lower for token in clause.text.tokens]
    wanted = words.lower().split()
    first, last = clause.body
    for i in range(first, last - len(wanted) + 1):
        if tokens[i : i + len(wanted)] == wanted:
            index = clause.index if clause_index is None else clause_index
            return Sighting(1.0, index, i, i + len(wanted), words)
    raise AssertionError(f"{words!r} does not stand in the clause")


def at_most(value: float, unit: str) -> Figure:
    return Figure(direction="at_most", value=value, unit=unit)


def at_least(value: float, unit: str) -> Figure:
    return Figure(direction="at_least", value=value, unit=unit)


@pytest.mark.parametrize(
    ("figure", "code", "text", "strong"),
    [
        (at_most(24, "hour"), "en", "Report within 24 hours.", True),
        (at_most(24, "hour"), "en", "Report within 12 hours.", True),
        (at_most(24, "hour"), "en", "Report within 48 hours.", False),
        (at_most(24, "hour"), "en", "Report within one day.", True),
        (at_most(24, "hour"), "en", "Report within two days.", False),
        (at_most(72, "hour"), "en", "Report within three days.", True),
        (at_most(1, "month"), "en", "Report within 30 days.", True),
        (at_most(1, "month"), "en", "Report within four weeks.", True),
        (at_most(1, "week"), "en", "Report within seven days.", True),
        (at_most(1, "year"), "en", "Report within 366 days.", True),
        (at_most(1, "year"), "en", "Report within 13 months.", False),
        (at_most(1, "month"), "en", "Report within two months.", False),
        (at_most(24, "hour"), "sr", "Prijava u roku od 12 časova.", True),
        (at_most(24, "hour"), "sr", "Пријава у року од 48 часова.", False),
        (at_least(10_000_000, "EUR"), "en", "A fine of up to EUR 10 000 000.", True),
        (at_least(10_000_000, "EUR"), "en", "A fine of up to EUR 20 million.", True),
        (at_least(10_000_000, "EUR"), "en", "A fine of up to EUR 1 million.", False),
        (at_least(10_000_000, "EUR"), "hr", "Kazna od 5.000 do 10.000.000 eura.", True),
        (at_least(10_000_000, "EUR"), "sr", "Kazna od 50.000 do 2.000.000 dinara.", False),
        (at_least(10_000_000, "EUR"), "sr", "Kazna do 1.172.000.000 dinara.", True),
        (at_least(2, "percent"), "en", "Up to 2 % of turnover.", True),
        (at_least(2, "percent"), "en", "Up to 1.4 % of turnover.", False),
        (at_least(1.4, "percent"), "hr", "Do 1,4 % prometa.", True),
        (at_least(50, "staff"), "en", "With 49 employees.", False),
    ],
)
def test_the_direction_is_right(figure: Figure, code: str, text: str, strong: bool) -> None:
    held = clauses(text, code=code)
    finding = compare_figure(figure, held, None)
    assert finding.mention is not None and finding.clause == held[0].index
    assert finding.strong_enough is strong


def test_a_rounded_rate_of_exchange_is_no_weakness() -> None:
    held = clauses("Kazna do 1.171.000.000 dinara.", code="sr")  # 0.1 % below ten million euros
    assert compare_figure(at_least(10_000_000, "EUR"), held, None).strong_enough


def test_another_dimension_is_no_figure() -> None:
    finding = compare_figure(at_most(24, "hour"), clauses("A fine of EUR 24 for 24 %."), None)
    assert (finding.mention, finding.clause, finding.strong_enough) == (None, None, False)


def test_the_clause_with_the_element_s_words_is_asked_first() -> None:
    held = clauses("Tickets are valid for 12 hours.", "Breakdowns are reported within 48 hours.")
    sighting = sighted(held[1], "breakdowns are reported")
    finding = compare_figure(at_most(24, "hour"), held, sighting)
    assert finding.mention is not None and finding.mention.value == 48
    assert (finding.clause, finding.strong_enough) == (1, False)


def test_without_a_figure_there_the_other_clauses_are_asked() -> None:
    held = clauses("Breakdowns are reported in time.", "The time is 24 hours.")
    finding = compare_figure(at_most(24, "hour"), held, sighted(held[0], "breakdowns are"))
    assert (finding.clause, finding.strong_enough) == (1, True)


def test_the_figure_nearest_to_the_words_counts() -> None:
    text = (
        "A first warning is sent within 48 hours, and after the lamp has been repaired and tested "
        "by two craftsmen from the harbour office, a note about costs follows in 24 hours."
    )
    held = clauses(text)
    finding = compare_figure(at_most(24, "hour"), held, sighted(held[0], "first warning"))
    assert finding.mention is not None and finding.mention.value == 48


def test_a_range_of_fines_counts_by_its_top() -> None:
    held = clauses("A fine between EUR 500 and EUR 12 000 000 may be imposed.")
    finding = compare_figure(at_least(10_000_000, "EUR"), held, sighted(held[0], "a fine"))
    assert finding.mention is not None and finding.mention.value == 12_000_000


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The keeper shall clean the lamp.", "clean the lamp", "duty"),
        ("The keeper may clean the lamp.", "clean the lamp", "option"),
        ("The keeper cleans the lamp.", "cleans the lamp", None),
        ("The keeper shall clean the lamp and may paint the tower.", "clean the lamp", "duty"),
        ("The keeper shall clean the lamp and may paint the tower.", "paint the tower", "option"),
        ("The keeper may rest. The keeper cleans the lamp.", "cleans the lamp", None),
        ("The keeper may rest; the assistant shall clean the lamp.", "clean the lamp", "duty"),
        ("The keeper shall report a fault that may spread quickly.", "spread quickly", "duty"),
        ("Cleaning of the lamp may be left out.", "cleaning of the lamp", "option"),
        ("The keeper may rest under Art. 37. of this act and clean the lamp.", "clean the",
         "option"),
    ],
)  # fmt: skip
def test_the_modal_that_governs_is_the_last_before(text: str, words: str, kind: str | None) -> None:
    held = clauses(text)[0]
    modal = governing_modal(held, sighted(held, words))
    assert (modal.kind if modal else None) == kind


@pytest.mark.parametrize(("lead", "kind"), [("shall", "duty"), ("may", "option")])
def test_a_point_is_governed_by_its_lead_in(lead: str, kind: str) -> None:
    text = f"Article 1\n(1) The keeper {lead} do this:\n(a) cleaning of the lamp;\n(b) rest.\n"
    held = lighthouse.clauses(text)
    point = lighthouse.clause(held, "1(1)(a)")
    modal = governing_modal(point, sighted(point, "cleaning of"))
    assert modal is not None and modal.kind == kind


def test_a_modal_of_its_own_beats_the_lead_in() -> None:
    text = "Article 1\n(1) The keeper shall do this:\n(a) may clean the lamp;\n(b) rest.\n"
    held = lighthouse.clauses(text)
    point = lighthouse.clause(held, "1(1)(a)")
    modal = governing_modal(point, sighted(point, "clean the lamp"))
    assert modal is not None and modal.kind == "option"


@pytest.mark.parametrize(
    ("code", "text", "words", "left"),
    [
        ("en", "The Minister shall prescribe the form by ordinance.", "the form", True),
        ("en", "The Minister shall prescribe the form.", "the form", False),
        ("en", "The form is as follows. The Minister prescribes the rest by ordinance.",
         "the form", False),
        ("sr", "Vlada uredbom propisuje obrazac.", "obrazac", True),
        ("sr", "Влада уредбом прописује образац.", "образац", True),
        ("sr", "Operator propisuje obrazac.", "obrazac", False),
    ],
)  # fmt: skip
def test_delegation_needs_a_verb_and_an_instrument(
    code: str, text: str, words: str, left: bool
) -> None:
    held = clauses(text, code=code)[0]
    if code == "sr":
        words = {"образац": "obrazac"}.get(words, words)
    place = sighted(held, words)
    assert delegates(held, place.first, place.last) is left
    if left:
        assert may_delegate(held)


def test_a_floor_is_judged_by_the_highest_amount_of_all_clauses() -> None:
    held = clauses("A fine of up to EUR 500 for a late report.", "A fine of up to EUR 20 million.")
    finding = compare_figure(at_least(10_000_000, "EUR"), held, sighted(held[0], "a fine"))
    assert finding.mention is not None and finding.mention.value == 20_000_000
    assert (finding.clause, finding.strong_enough) == (1, True)
