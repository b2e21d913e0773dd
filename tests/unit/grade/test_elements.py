"""The state of one element in some clauses, the gap that follows, and where it is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nis2_align.directive import Requirement
from nis2_align.grade.elements import ElementVerdict, has_force, judge_element
from nis2_align.grade.sightings import Sighter
from nis2_align.match.queries import ElementQuery
from nis2_align.match.terms import TermSpace
from nis2_align.messages import messages
from nis2_align.model import ElementState
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import DAY, RULES, TEN_MILLION, clause, element, requirement

WORDS = messages("en")
FILL = "".join(
    f"Article {n}\n(1) Page {n} of the museum guide tells another tale.\n" for n in "345"
)


def judged(
    *paragraphs: str,
    kind: str = "measure",
    modality: str = "duty",
    duty: str = "must",
    figure: object = None,
    phrasings: tuple[str, ...] = ("cleaning of the lamp",),
) -> ElementVerdict:
    """One element in the paragraphs of Article 1; other articles only make words common or rare."""
    lines = [f"({number}) {text}" for number, text in enumerate(paragraphs, 1)]
    text = "\n".join(["Article 1", *lines, FILL])
    asked = requirement(
        "60(1)", element("one", kind, core=True, figure=figure), modality=modality, duty=duty
    )
    query = _query(asked, phrasings)
    space = lighthouse.space(text, [query])
    held = [clause(space, f"1({number})") for number in range(1, len(paragraphs) + 1)]
    return judge_element(asked, query.elements[0], held, Sighter(space), RULES, WORDS)


def _query(asked: Requirement, phrasings: tuple[str, ...]) -> object:
    directive = replace(lighthouse.DIRECTIVE, requirements={asked.id: asked})
    statements = replace(
        lighthouse.STATEMENTS,
        says={asked.id: ("The keeper cleans the lamp.",)},
        elements={asked.elements[0].id: phrasings},
        delegated={},
        defines={},
    )
    return lighthouse.asked(directive, statements)[0]


def outcome(verdict: ElementVerdict) -> tuple[str, str | None]:
    return str(verdict.result.state), verdict.gap.kind if verdict.gap else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The keeper shall see to the cleaning of the lamp.", ("met", None)),
        ("The keeper sees to the lamp cleaning.", ("met", None)),
        ("The keeper may see to the cleaning of the lamp.", ("weaker", "modality")),
        ("The keeper is not required to see to the cleaning of the lamp.", ("weaker", "modality")),
        (
            "The Minister prescribes the cleaning of the lamp by ordinance.",
            ("weaker", "delegation"),
        ),
        ("The keeper shall rest.", ("absent", "element")),
    ],
)
def test_states_and_gaps(text: str, expected: tuple[str, str | None]) -> None:
    assert outcome(judged(text)) == expected


@pytest.mark.parametrize(
    "gone", [{"modality": "power"}, {"modality": "fact"}, {"duty": "option"}, {"kind": "power"},
             {"kind": "scope"}, {"kind": "condition"}, {"kind": "actor"}, {"kind": "entity_type"}],
    ids=str,
)  # fmt: skip
def test_may_is_no_weakness_where_nothing_must_bind(gone: dict[str, str]) -> None:
    assert outcome(judged("The keeper may see to the cleaning of the lamp.", **gone)) == (
        "met",
        None,
    )


def test_has_force() -> None:
    asked = requirement("60(1)", element("a", "measure"), element("b", "scope"))
    assert [has_force(asked, spec) for spec in asked.elements] == [True, False]
    power = replace(asked, modality="power")
    assert not has_force(power, power.elements[0])


@pytest.mark.parametrize(
    ("hours", "expected"),
    [("24", ("met", None)), ("12", ("met", None)), ("48", ("weaker", "figure"))],
)
def test_figures(hours: str, expected: tuple[str, str | None]) -> None:
    verdict = judged(
        f"The keeper shall finish the cleaning of the lamp within {hours} hours.",
        kind="deadline", figure=DAY,
    )  # fmt: skip
    assert outcome(verdict) == expected
    assert verdict.result.found is not None and hours in verdict.result.found
    if verdict.gap is not None:
        assert "24" in str(verdict.gap.expected) and "48" in str(verdict.gap.found)


def test_a_figure_that_is_nowhere_is_absent() -> None:
    verdict = judged("The cleaning of the lamp is swift.", kind="deadline", figure=DAY)
    assert outcome(verdict) == ("absent", "element")
    assert verdict.gap is not None and "24" in str(verdict.gap.expected)
    assert verdict.result.spans == ()


@pytest.mark.parametrize("hours", ["12", "24", "48"])
def test_a_deadline_whose_words_are_not_there_is_a_doubt(hours: str) -> None:
    """Nothing tells that the hours belong to it, be they enough or too many."""
    verdict = judged(f"The gate opens within {hours} hours.", kind="deadline", figure=DAY)
    assert outcome(verdict) == ("unsure", None)
    assert verdict.result.spans and hours in str(verdict.result.found)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("10 000 000", ("met", None)), ("500", ("weaker", "figure"))],
)
def test_an_amount_needs_no_words_beside_it(amount: str, expected: tuple[str, str | None]) -> None:
    text = f"Whoever sleeps pays up to EUR {amount}."
    assert outcome(judged(text, kind="amount", figure=TEN_MILLION)) == expected


def test_one_clause_that_binds_is_enough() -> None:
    free = "The keeper may see to the cleaning of the lamp."
    bound = "The assistant shall see to the cleaning of the lamp."
    for order in ((free, bound), (bound, free)):
        verdict = judged(*order)
        assert outcome(verdict) == ("met", None)
        assert verdict.result.spans[0].ref == f"1({order.index(bound) + 1})"


def test_the_place_is_quoted() -> None:
    text = "The keeper shall see to the cleaning of the lamp on Mondays."
    verdict = judged("The tower is tall.", text)
    (place,) = verdict.result.spans
    assert place.ref == "1(2)"
    source = f"Article 1\n(1) The tower is tall.\n(2) {text}\n"
    assert place.span.of(source) == "cleaning of the lamp"


def test_any_phrasing_will_do_and_the_best_counts() -> None:
    text = "The keeper shall polish the lens."
    assert outcome(judged(text)) == ("absent", "element")
    both = judged(text, phrasings=("cleaning of the lamp", "polishing the lens"))
    assert outcome(both) == ("met", None)
    assert both.result.strength == 1.0


def test_words_far_apart_are_no_phrasing() -> None:
    between = (
        "that guides so many ships along the coast in fog and snow and rain and storm by night"
    )
    far = judged(f"The keeper shall begin cleaning early, and must watch the sea {between} lamp.")
    near = judged("The keeper shall begin cleaning early, and must watch the lamp.")
    assert far.result.state is not ElementState.MET
    assert near.result.state is ElementState.MET


def test_between_the_thresholds_it_is_unsure_and_no_gap_is_claimed() -> None:
    rules = replace(RULES, absent=0.2, met=0.9)
    text = "Article 1\n(1) The keeper shall see to the cleaning of the tower.\n" + FILL
    asked = requirement("60(1)", element("one", "measure", core=True))
    query = _query(asked, ("cleaning of the lamp",))
    space: TermSpace = lighthouse.space(text, [query])
    part: ElementQuery = query.elements[0]
    verdict = judge_element(asked, part, [clause(space, "1(1)")], Sighter(space), rules, WORDS)
    assert outcome(verdict) == ("unsure", None)
    assert 0.2 < verdict.result.strength < 0.9


def test_the_lead_in_lends_its_words_in_part() -> None:
    text = (
        "Article 1\n(1) The keeper shall see to the cleaning of these things:\n(a) the lamp;\n"
        "(b) the stairs.\n" + FILL
    )
    asked = requirement("60(1)", element("one", "measure", core=True))
    query = _query(asked, ("cleaning of the lamp",))
    space = lighthouse.space(text, [query])
    looked = Sighter(space).look(query.elements[0], clause(space, "1(1)(a)").index)
    alone = Sighter(space).look(query.elements[0], clause(space, "1(1)(b)").index)
    assert looked is not None and 0.6 <= looked.strength < 1.0
    assert alone is None


def test_parts_lend_each_other_no_words() -> None:
    text = (
        "Article 1\n(1) There are things to do:\n(a) cleaning of the stairs;\n(b) the lamp.\n"
        + FILL
    )
    asked = requirement("60(1)", element("one", "measure", core=True))
    query = _query(asked, ("cleaning of the lamp",))
    space = lighthouse.space(text, [query])
    looked = Sighter(space).look(query.elements[0], clause(space, "1(1)").index)
    assert looked is not None and looked.strength < 1.0
