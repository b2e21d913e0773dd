"""Stems, concepts, modals and delegations, where they stand in the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.errors import UnknownLanguageError
from nis2_align.languages import language_codes
from nis2_align.model import Span
from nis2_align.text.analyse import AnalysedText, analyser


def concepts(code: str, text: str) -> list[str]:
    return [mention.concept for mention in analyser(code).analyse(text).concepts]


def modals(code: str, text: str) -> list[tuple[str, str]]:
    found = analyser(code).analyse(text)
    return [(m.kind, found.span(m.first, m.last).of(text)) for m in found.modals]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", ["notify", "notifies", "notified", "Notifying"]),
        ("hr", ["incident", "incidenta", "incidentima", "Incidenti"]),
        ("sr", ["obaveštenje", "obaveštenja", "obaveštenjem", "обавештењу"]),
        ("sr", ["bezbednost", "bezbednosti", "безбедношћу"]),
        ("cnr", ["mjera", "mjere", "mjerama", "mera"]),
    ],
)
def test_the_forms_of_a_word_meet_in_one_stem(code: str, forms: list[str]) -> None:
    stems = {stem for form in forms for stem in analyser(code).stems(form)}
    assert len(stems) == 1 and "" not in stems


@pytest.mark.parametrize(
    ("code", "left", "right"),
    [("en", "training", "encryption"), ("sr", "obuka", "lozinka"), ("hr", "mreža", "mjera")],
)
def test_different_words_keep_different_stems(code: str, left: str, right: str) -> None:
    assert analyser(code).stems(left) != analyser(code).stems(right)


def test_stop_words_numbers_and_marks_have_no_stem() -> None:
    assert analyser("en").stems("of the 24 (and) , 1.4 %") == ()
    assert analyser("sr").stems("и у складу са") == ()


@pytest.mark.parametrize(
    ("code", "text", "concept"),
    [
        ("en", "Essential entities report.", "essential_entity"),
        ("en", "the essential\nentity reports", "essential_entity"),
        ("en", "the essential   entity reports", "essential_entity"),
        ("hr", "ključnim subjektima", "essential_entity"),
        ("hr", "važnoga subjekta", "important_entity"),
        ("en", "use of multi-factor authentication", "multi_factor_authentication"),
    ],
)
def test_concepts_are_found_in_every_form(code: str, text: str, concept: str) -> None:
    assert concept in concepts(code, text)


def test_the_longest_concept_wins_and_none_overlap() -> None:
    found = analyser("en").analyse("essential and important entities and important entities")
    assert [m.concept for m in found.concepts] == ["regulated_entity", "important_entity"]
    assert all(a.last <= b.first for a, b in zip(found.concepts, found.concepts[1:], strict=False))


def test_both_scripts_give_the_same_analysis() -> None:
    latin = analyser("sr").analyse("Operator je dužan da u roku od 24 časa obavesti CERT.")
    cyrillic = analyser("sr").analyse("Оператор је дужан да у року од 24 часа обавести CERT.")
    for part in ("concepts", "modals", "figures", "delegations"):
        assert getattr(latin, part) == getattr(cyrillic, part), part
    assert [t.stem for t in latin.tokens] == [t.stem for t in cyrillic.tokens]


@pytest.mark.parametrize(
    ("code", "text", "kinds"),
    [
        ("en", "The entity shall report.", ["duty"]),
        ("en", "The entity may report.", ["option"]),
        ("en", "The entity may not disclose it.", ["duty"]),
        ("en", "The entity shall not disclose it.", ["duty"]),
        ("en", "The entity is not required to report.", ["option"]),
        ("en", "The entity does not have to report.", ["option"]),
        ("en", "The entity reports.", []),
        ("sr", "Operator može da obavesti.", ["option"]),
        ("sr", "Operator ne može da objavi podatke.", ["duty"]),
        ("sr", "Оператор није дужан да обавести.", ["option"]),
        ("sr", "Operator nije obavezan da obavesti.", ["option"]),
        ("sr", "Operator ne mora da obavesti.", ["option"]),
        ("hr", "Subjekt ne mora obavijestiti.", ["option"]),
        ("hr", "Subjekti nisu obvezni obavijestiti.", ["option"]),
        ("hr", "Subjekt je dužan obavijestiti.", ["duty"]),
        ("cnr", "Subjekt nema obavezu da obavijesti.", ["option"]),
    ],
)
def test_a_forbidden_option_binds_and_a_lifted_duty_does_not(
    code: str, text: str, kinds: list[str]
) -> None:
    assert [kind for kind, _ in modals(code, text)] == kinds


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The entity shall report an incident which may spread."),
        ("en", "If the incident may spread, the entity shall report it."),
        ("en", "The entity shall say whether the incident may spread."),
        ("sr", "Operator je dužan da navede da li incident može da se proširi."),
        ("sr", "Operator je dužan da prijavi incident koji može da se proširi."),
        ("sr", "Ako incident može da se proširi, operator je dužan da ga prijavi."),
        ("hr", "Subjekt je dužan prijaviti incident koji može imati posljedice."),
    ],
)
def test_the_modal_of_a_side_clause_is_left_out(code: str, text: str) -> None:
    assert [kind for kind, _ in modals(code, text)] == ["duty"]


@pytest.mark.parametrize("text", ["They may use encryption.", "It may use encryption."])
def test_a_subject_that_opens_a_sentence_is_no_side_clause(text: str) -> None:
    assert modals("en", text) == [("option", "may")]


def test_a_modal_broken_over_two_lines_is_whole() -> None:
    assert modals("sr", "Operator je u\nobavezi je da prijavi.") == [("duty", "u\nobavezi je")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The Government shall lay down the details by regulation."),
        ("sr", "Vlada uredbom propisuje uslove."),
    ],
)
def test_verbs_and_instruments_of_a_delegation_are_found(code: str, text: str) -> None:
    found = {mention.kind for mention in analyser(code).analyse(text).delegations}
    assert found == {"verbs", "instruments"}


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguageError):
        analyser("xx")


def _is_sound(found: AnalysedText, source: str) -> bool:
    inside = all(0 <= t.start < t.end <= len(source) for t in found.tokens)
    ordered = list(found.starts) == sorted(found.starts)
    mentions = (*found.concepts, *found.modals, *found.delegations, *found.figures)
    return inside and ordered and all(0 <= m.first < m.last <= len(found.tokens) for m in mentions)


WORDS = (
    "shall", "may", "not", "essential", "entity", "entities", "24", "hours", "EUR", "10", "000",
    "(", ")", ".", ";", "\n", "  ", "Оператор", "дужан", "је", "časova", "č", "\u00ad", "1,4", "%",
)  # fmt: skip


@pytest.mark.parametrize("code", language_codes())
@given(source=st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=40))
def test_spans_lie_inside_the_source_and_all_words_are_kept(code: str, source: str) -> None:
    found = analyser(code).analyse(source)
    assert _is_sound(found, source)
    kept = {i for token in found.tokens for i in range(token.start, token.end)}
    assert all(i in kept for i, letter in enumerate(source) if letter.isalnum())


def test_many_texts_at_once_are_analysed_as_one_by_one() -> None:
    texts = ["a period of 24", "hours (essential", "entity) may", "not", "the entity may not"]
    reader = analyser("en")
    together, ranges = reader.analyse_all(texts)
    for text, (first, last) in zip(texts, ranges, strict=True):
        alone = reader.analyse(text)
        assert [t.stem for t in together.tokens[first:last]] == [t.stem for t in alone.tokens]
        held = [m.concept for m in together.concepts_in(first, last)]
        assert held == [m.concept for m in alone.concepts]
    assert together.figures == ()


def test_the_tokens_of_a_stretch_are_those_that_begin_in_it() -> None:
    text = "One two three."
    found = analyser("en").analyse(text)
    assert found.within(Span(start=4, end=9)) == (1, 3)
    assert found.span(1, 3) == Span(start=4, end=13)
