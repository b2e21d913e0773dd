"""Each signal is highest where a reader would look first."""

from __future__ import annotations

import numpy as np
import pytest

from nis2_align.directive import Directive, Figure, Statements
from nis2_align.match.signals.addressee import Addressee
from nis2_align.match.signals.base import Signal
from nis2_align.match.signals.bm25 import Bm25
from nis2_align.match.signals.citation import Citation
from nis2_align.match.signals.concepts import Concepts
from nis2_align.match.signals.elements import Elements
from nis2_align.match.signals.figures import Figures
from nis2_align.match.signals.fuzzy import Fuzzy
from nis2_align.match.signals.heading import Heading
from nis2_align.match.signals.neighbours import Neighbours, Rivals
from nis2_align.match.signals.ngrams import Ngrams
from nis2_align.match.terms import TermSpace
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import clause, element, requirement, row


@pytest.fixture(scope="module")
def space() -> TermSpace:
    return lighthouse.space()


def best(signal: Signal, space: TermSpace, id_: str) -> set[str]:
    """The refs of the clauses with the highest value, which must not be nil."""
    values = signal.values(space)[row(space, id_)]
    assert values.max() > 0
    held = space.clauses.clauses
    return {held[i].provision.ref for i in np.flatnonzero(np.isclose(values, values.max()))}


def small(text: str, *requirements: object, says: dict[str, tuple[str, ...]]) -> TermSpace:
    """A space of another text and other requirements."""
    directive = Directive(requirements={r.id: r for r in requirements}, version="-")  # type: ignore[attr-defined]
    statements = Statements(
        language="en", headings={}, says=says, elements={}, delegated={}, defines={}
    )
    return lighthouse.space(text, lighthouse.asked(directive, statements))


WANTED = {
    "60(1)": "3(1)", "60(2)": "3(3)", "61(2)(a)": "4(1)(a)", "61(2)(b)": "4(1)(b)",
    "61(2)(c)": "4(1)(c)", "62(1)": "5(1)",
}  # fmt: skip


@pytest.mark.parametrize("signal", [Bm25(), Ngrams()], ids=lambda s: s.name)
@pytest.mark.parametrize(("id_", "ref"), WANTED.items())
def test_wording(space: TermSpace, signal: Signal, id_: str, ref: str) -> None:
    assert best(signal, space, id_) == {ref}


POINTS = {id_: ref for id_, ref in WANTED.items() if id_ != "60(1)"}


@pytest.mark.parametrize(("id_", "ref"), POINTS.items())
def test_elements_lie_in_the_point_and_so_in_what_holds_it(
    space: TermSpace, id_: str, ref: str
) -> None:
    assert best(Elements(), space, id_) in ({ref}, {ref, "4(1)"})


def test_a_core_element_counts_double() -> None:
    text = "Article 1\n(1) Painting.\n(2) Sweeping.\n(3) Painting and sweeping.\n(4) Rest.\n"
    asked = requirement(
        "1(1)", element("painting", "measure", core=True), element("sweeping", "measure")
    )
    directive = Directive(requirements={"1(1)": asked}, version="-")
    phrasings = {"1(1)#painting": ("painting",), "1(1)#sweeping": ("sweeping",)}
    statements = Statements(
        language="en",
        headings={},
        says={"1(1)": ("Care.",)},
        elements=phrasings,
        delegated={},
        defines={},
    )
    space = lighthouse.space(text, lighthouse.asked(directive, statements))
    assert Elements().values(space)[0] == pytest.approx([2 / 3, 1 / 3, 1, 0])


@pytest.mark.parametrize(("id_", "ref"), POINTS.items())
def test_fuzzy_refines_a_shortlist(space: TermSpace, id_: str, ref: str) -> None:
    shortlist = Bm25().values(space)
    assert best(Fuzzy(shortlist), space, id_) == {ref}


def test_fuzzy_is_nil_outside_the_shortlist(space: TermSpace) -> None:
    first = np.zeros((len(space.queries), len(space.clauses.clauses)))
    unlikely = clause(space, "8(3)").index
    first[:, unlikely] = 1.0
    values = Fuzzy(first).values(space)
    assert (values[:, unlikely] > 0).all()
    assert (np.count_nonzero(values, axis=1) <= 25).all()


def test_letters_find_a_form_that_stemming_leaves_apart() -> None:
    text = "Article 1\n(1) Unencrypted messages are refused.\n(2) Tickets are sold.\n(3) Go.\n"
    asked = requirement("1(1)", element("one", "measure", core=True))
    space = small(text, asked, says={"1(1)": ("Encryption.",)})
    assert best(Ngrams(), space, "1(1)") == {"1(1)"}
    assert Bm25().values(space).max() == 0


def test_heading(space: TermSpace) -> None:
    assert best(Heading(), space, "62(1)") == {"5(1)", "5(2)"}
    values = Heading().values(space)
    assert values[row(space, "62(1)"), clause(space, "5(1)").index] == 1.0
    assert values[row(space, "65(1)")].max() == 0, "without headings of its own: nil"


def test_an_article_without_a_heading_has_no_heading_value() -> None:
    text = lighthouse.ACT.replace("Penalties\n", "")
    space = lighthouse.space(text)
    assert Heading().values(space)[row(space, "62(1)"), clause(space, "5(1)").index] == 0


CYBER = """Article 1
(1) Essential entities shall encrypt traffic and train staff.
(2) Important entities may encrypt traffic.
(3) The essential entity keeps an asset inventory.
Article 2
(1) The museum is open.
(2) Dogs stay outside.
"""


def test_concepts_are_shared_whatever_the_words() -> None:
    asked = requirement("1(1)", element("one", "measure", core=True))
    space = small(CYBER, asked, says={"1(1)": ("An essential entity.",)})
    values = Concepts().values(space)[0]
    assert values[clause(space, "1(1)").index] > 0
    assert values[clause(space, "1(3)").index] > 0
    assert values[clause(space, "2(1)").index] == 0
    assert values.max() <= 1.0 + 1e-9


@pytest.mark.parametrize(
    ("modality", "values"),
    [("duty", [1.0, 0.0, 0.5, 0.0, 0.0]), ("power", [0.5, 0.5, 0.5, 0.0, 0.0])],
)
def test_addressee_counts_who_is_bound_and_how(modality: str, values: list[float]) -> None:
    asked = requirement(
        "1(1)", element("one", "measure", core=True), modality=modality,
        addressee=("essential_entity",),
    )  # fmt: skip
    space = small(CYBER, asked, says={"1(1)": ("Encryption.",)})
    assert Addressee().values(space)[0].tolist() == values


def test_addressee_of_a_fact_needs_no_modal() -> None:
    asked = requirement("1(1)", element("one", "scope", core=True), modality="fact")
    space = small(CYBER, asked, says={"1(1)": ("Encryption.",)})
    assert Addressee().values(space).max() == 0


FIGURES = """Article 1
(1) Within 24 hours.
(2) Within one day.
(3) Within 48 hours.
(4) Within 30 days.
(5) A fine of EUR 10 000 000.
(6) A fine of EUR 500.
(7) Nothing counted.
"""


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        (Figure(direction="at_most", value=24, unit="hour"), [1, 1, 0.4, 0, 0, 0, 0]),
        (Figure(direction="at_least", value=10_000_000, unit="EUR"), [0, 0, 0, 0, 1, 0.4, 0]),
        (Figure(direction="at_least", value=2, unit="percent"), [0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_figures_met_to_the_digit_count_most(figure: Figure, values: list[float]) -> None:
    asked = requirement("1(1)", element("bound", "deadline", core=True, figure=figure))
    space = small(FIGURES, asked, says={"1(1)": ("Deadline.",)})
    assert Figures().values(space)[0].tolist() == pytest.approx(values)


def test_another_currency_is_a_weak_sign() -> None:
    text = "Član 1.\n(1) Kazna do 2.000.000 dinara.\n(2) Kazna do 500 evra.\n"
    asked = requirement(
        "1(1)",
        element("a", "amount", core=True, figure=lighthouse.TEN_MILLION),
    )
    directive = Directive(requirements={"1(1)": asked}, version="-")
    says = {"1(1)": ("Kazna.",)}
    statements = Statements(
        language="sr", headings={}, says=says, elements={}, delegated={}, defines={}
    )
    space = lighthouse.space(text, lighthouse.asked(directive, statements), "sr")
    assert Figures().values(space)[0].tolist() == pytest.approx([0.2, 0.4])


@pytest.mark.parametrize(
    "words",
    [
        "This transposes Article 21(2) of Directive (EU) 2022/2555.",
        "This transposes Article 21 of Directive (EU) 2022/2555.",
    ],
)
def test_citation_of_the_article(words: str) -> None:
    text = f"Article 1\n(1) {words}\n(2) This follows Article 21(2) of another act.\n"
    asked = requirement("21(1)", element("one", "measure", core=True))
    other = requirement("23(1)", element("one", "measure", core=True))
    space = small(text, asked, other, says={"21(1)": ("Risk.",), "23(1)": ("Reports.",)})
    assert Citation().values(space).tolist() == [[1, 0], [0, 0]]


def test_neighbours_follow_the_sisters(space: TermSpace) -> None:
    """Where 61(2)(a) and 61(2)(c) are found, 61(2)(b) is likely too."""
    first = np.zeros((len(space.queries), len(space.clauses.clauses)))
    for id_, ref in (("61(2)(a)", "4(1)(a)"), ("61(2)(c)", "4(2)"), ("60(1)", "3(1)")):
        first[row(space, id_), clause(space, ref).index] = 0.5
    values = Neighbours(first).values(space)[row(space, "61(2)(b)")]
    article = clause(space, "4(1)").article
    for held in space.clauses.clauses:
        assert values[held.index] == pytest.approx(1.0 if held.article == article else 0.0)


def test_a_requirement_without_sisters_has_no_neighbours(space: TermSpace) -> None:
    first = np.ones((len(space.queries), len(space.clauses.clauses)))
    assert space.sisters[row(space, "64(1)")] == []
    assert Neighbours(first).values(space)[row(space, "64(1)")].max() == 0


def test_rivals_take_away_what_a_sister_fits_better(space: TermSpace) -> None:
    first = np.zeros((len(space.queries), len(space.clauses.clauses)))
    own, sister = row(space, "61(2)(a)"), row(space, "61(2)(b)")
    shared, alone = clause(space, "4(1)").index, clause(space, "4(1)(a)").index
    first[own, [shared, alone]] = 0.4
    first[sister, shared] = 0.8
    values = Rivals(first).values(space)
    assert values[own, alone] == pytest.approx(0.4)
    assert values[own, shared] == pytest.approx(0.4 * 0.5**4)
    assert values[sister, shared] == pytest.approx(0.8)
