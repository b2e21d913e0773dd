"""A definition is there where its term is defined, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from nis2_align.directive import Directive
from nis2_align.grade.bench import Bench, bench, presence
from nis2_align.grade.sightings import Sighter
from nis2_align.grade.verdict import Verdict, judge
from nis2_align.match.queries import Query
from nis2_align.match.select import choose
from nis2_align.messages import messages
from nis2_align.model import Coverage
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import ACT, RULES, STATEMENTS, clause, element, requirement, row

# 70(1) is the definition of a beacon with a detail; Article 2 defines three terms beside it.
OTHERS = ("lamp", "breakdown", "tower")
LISTED = ACT.replace(
    "(2) A breakdown is the loss of that light.\n",
    "(2) A breakdown is the loss of that light.\n(3) A tower is a house on a rock.\n"
    "(4) A beacon is whatever burns by night.\n(5) Ropes are what is knotted.\n",
)
BEACON = "(4) A beacon is whatever burns by night.\n"
DETAIL = "burns by night"


def asked() -> tuple[Query, ...]:
    """The lighthouse's requirements, 70(1) with its detail, and definitions of the other terms."""
    beacon = requirement(
        "70(1)", element("term", "term", core=True), element("night", "content")
    )  # fmt: skip
    statements = replace(
        STATEMENTS,
        says={"70(1)": ("Any shining thing on the coast that sailors steer by at sea.",)},
        headings={}, delegated={},
        elements={"70(1)#term": ("thing sailors steer by",), "70(1)#night": (DETAIL,)},
        defines={"70(1)": ("beacon", "night beacon")},
    )  # fmt: skip
    own = Directive(requirements=MappingProxyType({"70(1)": beacon}), version="-")
    (query,) = lighthouse.asked(own, statements)
    listed = lighthouse.defining("-", *OTHERS)[1:]
    return (*lighthouse.asked(), query, *listed)


def laid(text: str) -> Bench:
    return bench(lighthouse.blended(text, asked()), messages("en"), RULES)


def judged(text: str, id_: str = "70(1)") -> tuple[Bench, Verdict]:
    found = laid(text)
    return found, judge(found, row(found.blend.space, id_))


def refs(found: Bench, clauses: tuple[int, ...]) -> list[str]:
    return [found.blend.space.clauses.clauses[c].provision.ref for c in clauses]


def states(verdict: Verdict) -> dict[str, str]:
    return {e.result.id.rpartition("#")[2]: str(e.result.state) for e in verdict.elements}


def test_a_term_defined_in_other_words_is_defined() -> None:
    found, verdict = judged(LISTED)
    assert refs(found, verdict.selection.clauses) == ["2(4)"]
    assert states(verdict) == {"term": "met", "night": "met"}
    assert (verdict.coverage, verdict.present) == (Coverage.FULL, RULES.defined)


def test_a_detail_left_out_is_a_gap() -> None:
    _, verdict = judged(LISTED.replace("whatever burns by night", "a fire"))
    assert states(verdict) == {"term": "met", "night": "absent"}
    assert verdict.coverage is Coverage.PARTIAL
    assert [gap.element for gap in verdict.gaps] == ["70(1)#night"]


@pytest.mark.parametrize(
    "instead",
    [
        "",
        "(4) A bonfire is a beacon that burns by night.\n",
        "(4) A beacon keeper is whoever burns by night a thing sailors steer by.\n",
    ],
)
def test_a_term_that_is_only_used_is_not_defined(instead: str) -> None:
    text = LISTED.replace(BEACON, instead).replace(
        "(3) Tickets", "(3) A thing sailors steer by is a beacon on the coast.\n(4) Tickets"
    )
    found, verdict = judged(text)
    assert (verdict.coverage, verdict.selection.clauses) == (Coverage.NONE, ())
    assert set(states(verdict).values()) == {"absent"}
    shown = {c.selected_by.key for c in verdict.selection.candidates}
    assert shown == {"selected_not_defining"}
    assert "7(3)" in refs(found, tuple(c.clause for c in verdict.selection.candidates))


def test_with_the_definition_taken_away_nothing_is_left() -> None:
    found = laid(LISTED)
    place = row(found.blend.space, "70(1)")
    gone = found.blend.space.clauses.overlapping(clause(found.blend.space, "2(4)").index)
    assert judge(found, place, gone).coverage is Coverage.NONE


def test_how_sure_it_is_comes_from_the_rules_only_where_the_term_is_defined() -> None:
    found = laid(LISTED)
    for id_, told in (("70(1)", True), ("70(3)", True), ("60(1)", False), ("62(1)", False)):
        place = row(found.blend.space, id_)
        present = presence(found, place, choose(found.blend, place, found.selection))
        assert (present == RULES.defined) is told, id_


def test_the_term_of_a_definition_is_seen_where_it_is_defined() -> None:
    space = lighthouse.space(LISTED, asked())
    sighter, query = Sighter(space), space.queries[row(space, "70(1)")]
    term, detail = query.elements
    seen = sighter.look(term, clause(space, "2(4)").index)
    assert seen is not None and seen.strength == 1.0
    assert seen.first == clause(space, "2(4)").body[0]
    assert sighter.look(term, clause(space, "2(5)").index) is None
    away = sighter.look(detail, clause(space, "2(3)").index)
    assert away is None, "only the term itself is seen by its place"


def test_a_definition_is_no_duty() -> None:
    """Article 2 says nearly what 60(2) asks, and says it of a term."""
    text = LISTED.replace(
        "(5) Ropes are what is knotted.",
        "(5) Receipt is when the harbour office confirms receipt of a report, sends a craftsman.",
    ).replace(
        "(3) The harbour office shall confirm receipt of the report and send a craftsman.", ""
    )
    found, verdict = judged(text, "60(2)")
    assert "2(5)" not in refs(found, verdict.selection.clauses)
    assert verdict.coverage is not Coverage.FULL
    unlisted = text.replace("(3) A tower is a house on a rock.\n", "").replace(BEACON, "")
    other, free = judged(unlisted, "60(2)")
    assert refs(other, free.selection.clauses)[:1] == ["2(5)"], "it is the list that tells"
