"""The slice is stated in full, and in each of its languages."""

from __future__ import annotations

import re

import pytest

from nis2_align.directive import Requirement, Statements, load_directive, load_statements
from nis2_align.glossary import concepts
from nis2_align.model import DutyKind

SLICE = re.compile(r"(20|21|23|32|34)\(|I\(")
LANGUAGES = ("en", "hr", "mk", "sq", "sr")


def requirements() -> list[Requirement]:
    return [r for id_, r in load_directive().requirements.items() if SLICE.match(id_)]


@pytest.fixture(scope="module", params=LANGUAGES)
def statements(request: pytest.FixtureRequest) -> Statements:
    return load_statements(request.param)


def test_the_slice_is_what_is_labelled() -> None:
    assert len(requirements()) >= 94


def test_every_element_has_three_phrasings(statements: Statements) -> None:
    elements = [element.id for r in requirements() for element in r.elements]
    assert len(elements) > 250
    short = {id_: len(statements.elements.get(id_, ())) for id_ in elements}
    assert {id_: count for id_, count in short.items() if count < 3} == {}


def test_every_requirement_has_two_sentences(statements: Statements) -> None:
    asked = [r.id for r in requirements() if r.duty is not DutyKind.NONE]
    short = {id_: len(statements.says.get(id_, ())) for id_ in asked}
    assert {id_: count for id_, count in short.items() if count < 2} == {}


def test_every_article_has_headings(statements: Statements) -> None:
    articles = {r.article for r in requirements()}
    assert {"20", "21", "23", "32", "34", "Annex I"} == articles
    assert {a for a in articles if len(statements.headings.get(a, ())) < 3} == set()


def test_every_requirement_of_the_slice_can_be_graded() -> None:
    """By elements of its own, or, where it introduces a list, by that list."""
    for requirement in requirements():
        if requirement.duty is DutyKind.NONE:
            continue
        assert requirement.elements or (requirement.chapeau and requirement.children)


def test_addressees_are_concepts_of_the_glossary() -> None:
    named = {a for r in load_directive().requirements.values() for a in r.addressee}
    assert len(named) >= 5
    assert named - concepts().keys() == set()


def test_another_language_borrows_from_its_base() -> None:
    inherited = load_statements("cnr")
    base = load_statements("sr")
    assert inherited.says.keys() >= base.says.keys()
    assert inherited.elements.keys() >= base.elements.keys()


def test_figures_of_the_slice_are_the_directives() -> None:
    """Deadlines, amounts and shares that Articles 23 and 34 set."""
    figures = {
        (r.id, str(element.figure), element.figure.direction)
        for r in requirements()
        for element in r.elements
        if element.figure is not None
    }
    assert {
        ("23(4)(a)", "24 hour", "at_most"),
        ("23(4)(b)", "72 hour", "at_most"),
        ("23(4)(d)", "1 month", "at_most"),
        ("34(4)", "10 000 000 EUR", "at_least"),
        ("34(4)", "2 percent", "at_least"),
        ("34(5)", "7 000 000 EUR", "at_least"),
        ("34(5)", "1.4 percent", "at_least"),
    } <= figures
