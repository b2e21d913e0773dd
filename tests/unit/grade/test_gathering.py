"""Which clauses join the accepted ones, and which points stand for a long list."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nis2_align.grade.bench import Bench, bench
from nis2_align.grade.gathering import judged_elements, narrowed, with_holders, with_referred
from nis2_align.match.blend import Blend
from nis2_align.match.queries import Query
from nis2_align.match.select import Choice, Selection, choose, selection_rule
from nis2_align.match.why import Why
from nis2_align.messages import messages
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import DAY, RULES, clause, element, requirement

TASKS = (
    "polishing of the lens", "storage of spare oil", "painting of the tower", "mending of nets",
    "counting of gulls by the keeper", "sweeping of stairs", "training of assistants",
    "greeting of guests",
)  # fmt: skip
ACT = """Article 1
(1) The keeper shall do what Article 3(1) and Article 2 of this Act say.
(2) The keeper shall rest.
Article 2
(1) The tower is high.
(2) The keeper shall store the oil.
Article 3
(1) The keeper shall paint the tower:
(a) in red;
(b) in white.
(2) The gate is shut.
Article 4
(1) The keeper shall see to this, within 24 hours:
{}
(2) Dogs stay outside.
Article 5
(1) Boats are moored, oil is stored.
(2) Guests wait.
"""
RULE = replace(
    selection_rule(), clauses=6, referred_near=0.8, holds_near=0.75, holds_strength=0.8
)  # fmt: skip
OIL = element("oil", "measure", core=True)


def tasks(count: int) -> str:
    return "\n".join(f"({'abcdefgh'[n]}) {task};" for n, task in enumerate(TASKS[:count]))


def query(*elements: object, parent: str | None = None, **phrasings: tuple[str, ...]) -> Query:
    asked = requirement("80(1)", *(elements or (OIL,)), parent=parent)
    texts = {"oil": ("storing oil", "storage of oil"), **phrasings}
    statements = replace(
        lighthouse.STATEMENTS,
        says={"80(1)": ("Oil is stored.",)},
        elements={spec.id: texts[spec.id.rpartition("#")[2]] for spec in asked.elements},
        delegated={},
    )
    directive = replace(lighthouse.DIRECTIVE, requirements={"80(1)": asked})
    return lighthouse.asked(directive, statements)[0]


class Table:
    """The act with scores of one requirement made by hand, and a selection of it.

    Scores that another requirement has for the clauses may stand beside them.
    """

    def __init__(
        self,
        scores: dict[str, float],
        query: Query,
        points: int = 8,
        others: dict[str, float] | None = None,
    ) -> None:
        self.space = lighthouse.space(ACT.format(tasks(points)), [query])
        table = np.zeros((2, len(self.space.clauses.clauses)))
        for row, held in enumerate((scores, others or {})):
            for ref, score in held.items():
                table[row, clause(self.space, ref).index] = score
        order = (tuple(np.argsort(-table[0], kind="stable").tolist()),)
        empty = np.zeros((*table.shape, 1))
        blend = Blend(
            space=self.space, signals=(), values=empty, shares=empty, scores=table, order=order
        )
        self.bench: Bench = replace(bench(blend, messages("en"), RULES), selection=RULE)
        self.chosen = choose(blend, 0, RULE)

    def at(self, *refs: str) -> set[int]:
        return {clause(self.space, ref).index for ref in refs}

    def only(self, *refs: str) -> Selection:
        """A selection of these clauses, whatever would be chosen."""
        choices = (Choice(clause(self.space, ref).index, Why("selected_near")) for ref in refs)
        return Selection(tuple(choices), ())

    def refs(self, selection: Selection) -> list[str]:
        held = self.space.clauses.clauses
        return [held[c].provision.ref for c in selection.clauses]

    def referred(self, *without: str, given: Selection | None = None) -> Selection:
        return with_referred(self.bench, 0, given or self.chosen, self.at(*without))

    def held(self, *without: str) -> Selection:
        elements = judged_elements(self.bench, 0, self.chosen)
        return with_holders(self.bench, 0, self.chosen, elements, self.at(*without))


REFERRING = {"1(1)": 0.5, "3(1)": 0.4, "2(2)": 0.39, "2(1)": 0.45, "5(1)": 0.45}


def test_what_the_best_clause_refers_to_joins_where_it_fits_nearly_as_well() -> None:
    table = Table(REFERRING, query())
    found = table.referred()
    assert table.refs(table.chosen) == ["1(1)"]
    assert table.refs(found) == ["1(1)", "2(1)", "3(1)"], "2(2) fits too little, 5(1) is not cited"
    assert [c.selected_by.key for c in found.accepted[1:]] == ["selected_referred"] * 2
    assert found.accepted[1].selected_by.values == {"ref": "(1)"}
    assert not set(found.clauses) & {c.clause for c in found.candidates}


def test_the_parts_of_what_is_referred_to_are_sought_too() -> None:
    table = Table({"1(1)": 0.5, "3(1)(b)": 0.45}, query())
    assert table.refs(table.referred()) == ["1(1)", "3(1)(b)"]


def test_what_is_taken_away_or_shares_words_does_not_join() -> None:
    table = Table(REFERRING, query())
    assert table.refs(table.referred("3(1)")) == ["1(1)", "2(1)"]
    point = Table({"3(1)(a)": 0.5, "1(1)": 0.5, "3(1)": 0.45}, query())
    given = point.only("1(1)", "3(1)(a)")
    assert point.refs(point.referred(given=given)) == ["1(1)", "3(1)(a)"]


def test_two_more_than_the_limit_may_join() -> None:
    table = Table({"1(1)": 0.5, "3(1)": 0.45, "3(1)(a)": 0.45, "3(1)(b)": 0.45}, query())
    table.bench = replace(table.bench, selection=replace(RULE, clauses=1))
    assert len(table.referred(given=table.only("1(1)")).accepted) == 3


def test_a_missing_element_is_sought_nearby() -> None:
    """In the best clause's article, and wherever the score is near; only where it plainly is."""
    same = Table({"2(1)": 0.5, "2(2)": 0.1}, query())
    assert same.refs(same.held()) == ["2(1)", "2(2)"]
    assert same.held().accepted[1].selected_by.key == "selected_holds"
    assert same.held().accepted[1].selected_by.values == {"element": "80(1)#oil"}
    near = Table({"2(1)": 0.5, "5(1)": 0.38}, query())
    assert near.refs(near.held()) == ["2(1)", "5(1)"]
    far = Table({"2(1)": 0.5, "5(1)": 0.37}, query())
    assert far.refs(far.held()) == ["2(1)"]
    assert same.refs(same.held("2(2)")) == ["2(1)"]


def test_a_few_of_its_words_do_not_hold_an_element() -> None:
    table = Table({"2(1)": 0.5, "5(1)": 0.45}, query(oil=("storage of spare oil",)))
    seen = table.bench.sighter.look(table.space.queries[0].elements[0], *table.at("5(1)"))
    assert seen is not None and 0 < seen.strength < RULE.holds_strength
    assert table.refs(table.held()) == ["2(1)"]


def test_a_missing_element_is_sought_in_what_is_referred_to() -> None:
    table = Table({"1(1)": 0.5, "2(2)": 0.01, "5(1)": 0.01}, query())
    assert table.refs(table.held()) == ["1(1)", "2(2)"]
    assert table.refs(table.held("2(2)")) == ["1(1)"]


def test_a_point_of_a_list_takes_no_neighbour_that_fits_another_better() -> None:
    scores = {"2(1)": 0.5, "2(2)": 0.4}
    point = Table(scores, query(parent="80"), others={"2(2)": 0.41})
    assert point.refs(point.held()) == ["2(1)"]
    whole = Table(scores, query(), others={"2(2)": 0.41})
    assert whole.refs(whole.held()) == ["2(1)", "2(2)"]


def test_a_point_of_a_list_takes_a_clause_of_its_own_beside_its_best_one() -> None:
    own = Table({"2(1)": 0.5, "2(2)": 0.4}, query(parent="80"), others={"2(2)": 0.39})
    assert own.refs(own.held()) == ["2(1)", "2(2)"]
    afar = Table({"2(1)": 0.5, "5(1)": 0.45}, query(parent="80"))
    assert afar.refs(afar.held()) == ["2(1)"], "only in the same article"


def test_a_point_of_a_list_takes_what_is_referred_to() -> None:
    cited = Table({"1(1)": 0.5, "2(2)": 0.4}, query(parent="80"), others={"2(2)": 0.41})
    assert cited.refs(cited.held()) == ["1(1)", "2(2)"]


def test_an_element_that_is_there_seeks_nothing() -> None:
    table = Table({"2(2)": 0.5, "5(1)": 0.45}, query())
    assert table.refs(table.held()) == ["2(2)"]


@pytest.mark.parametrize("kind", ["timing", "deadline", "frequency", "scope", "figure", "content"])
def test_words_of_time_and_scope_are_not_sought_elsewhere(kind: str) -> None:
    bound = element("oil", "content" if kind == "figure" else kind, core=True,
                    figure=DAY if kind == "figure" else None)  # fmt: skip
    table = Table({"2(1)": 0.5, "2(2)": 0.4}, query(bound))
    assert table.refs(table.held()) == (["2(1)", "2(2)"] if kind == "content" else ["2(1)"])


SEEN = element("oil", "measure", core=True), element("paint", "measure")
PAINT = {"paint": ("painting of the tower",), "oil": ("storage of spare oil",)}


def test_a_long_list_gives_way_to_the_points_that_hold_the_elements() -> None:
    table = Table({"4(1)": 0.5, "2(1)": 0.4}, query(*SEEN, **PAINT))
    found = narrowed(table.bench, 0, table.only("4(1)"))
    assert table.refs(found) == ["4(1)(b)", "4(1)(c)"]
    assert {c.selected_by.key for c in found.accepted} == {"selected_point"}


def test_a_shorter_list_is_cited_whole() -> None:
    table = Table({"4(1)": 0.5}, query(*SEEN, **PAINT), points=7)
    assert table.refs(narrowed(table.bench, 0, table.only("4(1)"))) == ["4(1)"]


@pytest.mark.parametrize("phrasing", ["sees within hours", "the keeper sees within hours"])
def test_a_list_whose_lead_in_holds_an_element_is_cited_whole(phrasing: str) -> None:
    """Also where a point holds a part of it."""
    asked = query(*SEEN, **PAINT | {"paint": (phrasing,)})
    table = Table({"4(1)": 0.5}, asked)
    assert table.refs(narrowed(table.bench, 0, table.only("4(1)"))) == ["4(1)"]


def test_a_list_that_holds_nothing_is_left() -> None:
    table = Table({"4(1)": 0.5}, query(oil=("boats at sea",)))
    assert table.refs(narrowed(table.bench, 0, table.only("4(1)"))) == ["4(1)"]


@pytest.mark.parametrize("order", [("4(1)", "4(1)(b)"), ("4(1)(b)", "4(1)")])
def test_no_point_is_cited_twice(order: tuple[str, str]) -> None:
    table = Table({"4(1)": 0.5, "4(1)(b)": 0.5}, query(*SEEN, **PAINT))
    found = narrowed(table.bench, 0, table.only(*order))
    assert sorted(table.refs(found)) == ["4(1)(b)", "4(1)(c)"]


def test_what_was_narrowed_to_is_no_candidate() -> None:
    table = Table({"4(1)": 0.5, "4(1)(b)": 0.4, "2(1)": 0.3}, query(*SEEN, **PAINT))
    found = narrowed(table.bench, 0, table.chosen)
    assert not set(found.clauses) & {c.clause for c in found.candidates}
    assert table.at("2(1)") <= {c.clause for c in found.candidates}
