"""Figures, elements and reasons in the language of the analysis."""

import pytest

from nis2_align.directive import Figure, load_statements
from nis2_align.errors import CatalogueError
from nis2_align.glossary import glossary
from nis2_align.grade.wording import figure, label, said
from nis2_align.match.why import Why
from nis2_align.messages import messages

EN, SR = messages("en"), messages("sr")


@pytest.mark.parametrize(
    ("value", "unit", "english", "serbian"),
    [
        (24.0, "hour", "24 hours", "24 sata"),
        (1.0, "month", "1 month", "1 mesec"),
        (72.0, "hour", "72 hours", "72 sata"),
        (1.4, "percent", "1.4 %", "1,4 %"),
        (10_000_000.0, "EUR", "10 000 000 EUR", "10 000 000 EUR"),
        (5.0, "RSD", "5 RSD", "5 RSD"),
    ],
)
def test_a_figure_has_its_unit_in_the_right_form(value, unit, english, serbian):
    assert figure(value, unit, EN) == english
    assert figure(value, unit, SR) == serbian


def test_an_element_is_called_by_its_first_phrasing():
    id_, phrasings = next(iter(load_statements("sr").elements.items()))
    assert label(id_, SR) == phrasings[0]
    assert label("21(2)(j)#sub2_no_such_element", SR) == "no such element"


def test_a_reason_is_said_with_labels_concepts_and_figures():
    id_, phrasings = next(iter(load_statements("sr").elements.items()))
    assert said(Why("selected_holds", {"element": id_}), SR) == f"sadrži: {phrasings[0]}"
    concept, terms = next(iter(glossary("sr").items()))
    shared = Why("why_concepts", {"concepts": (concept, "no_such_concept")})
    assert said(shared, SR) == f"zajednički pojmovi: {terms[0]}, no such concept"
    day = Figure(direction="at_most", value=24, unit="hour")
    assert said(Why("why_figures", {"figure": day}), EN) == "a figure beside the required 24 hours"
    assert said(Why("why_bm25", {"words": ("{x}", "b")}), EN).endswith(": {x}, b")


def test_a_reason_without_words_is_a_fault_of_the_catalogue():
    with pytest.raises(CatalogueError, match="why_typo"):
        said(Why("why_typo"), EN)
    with pytest.raises(CatalogueError, match="no value for element"):
        said(Why("selected_holds"), EN)
