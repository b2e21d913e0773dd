"""A clause that binds only some of those whom the directive binds alike leaves the others out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest

from nis2_align.directive import Directive
from nis2_align.grade.bench import bench
from nis2_align.grade.verdict import Verdict, judge
from nis2_align.messages import messages
from nis2_align.model import Coverage
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import ACT, DIRECTIVE, RULES, row

BOTH = ("essential_entity", "important_entity")
TASK = "shall confirm receipt of the report and send a craftsman."
Judge = Callable[..., Verdict]


@pytest.fixture(scope="module")
def judged() -> Judge:
    def judged(*who: str, bound: tuple[str, ...] = BOTH) -> Verdict:
        """60(2), binding some, in the act where it binds others, one paragraph for each."""
        asked = replace(DIRECTIVE.requirements["60(2)"], addressee=bound)
        directive = Directive(
            requirements=MappingProxyType({**DIRECTIVE.requirements, "60(2)": asked}), version="-"
        )
        lines = [f"({number}) {one} {TASK}" for number, one in enumerate(who, 3)]
        text = ACT.replace(f"(3) The harbour office {TASK}", "\n".join(lines))
        blend = lighthouse.blended(text, lighthouse.asked(directive))
        return judge(bench(blend, messages("en"), RULES), row(blend.space, "60(2)"))

    return judged


def kinds(verdict: Verdict) -> list[str]:
    return [gap.kind for gap in verdict.gaps]


@pytest.mark.parametrize(
    "who", ["Essential entities", "Important entities", "The head of an essential entity"]
)
def test_some_alone_are_a_gap(judged: Judge, who: str) -> None:
    verdict = judged(who)
    assert (verdict.coverage, kinds(verdict)) == (Coverage.PARTIAL, ["addressee"])


@pytest.mark.parametrize(
    "who",
    [
        "Essential entities and important entities",
        "Essential and important entities",
        "Essential entities, like all obliged entities,",
        # Who is bound is not said, or another: other signals speak of that.
        "The harbour office",
        "Every tower",
    ],
)
def test_all_together_or_no_one_named_are_none(judged: Judge, who: str) -> None:
    verdict = judged(who)
    assert (verdict.coverage, kinds(verdict)) == (Coverage.FULL, [])


def test_the_gap_says_who_is_bound_and_who_should_be(judged: Judge) -> None:
    (gap,) = judged("Essential entities").gaps
    assert gap.element is None
    assert gap.found == "essential entity"
    assert gap.expected == "essential entity, important entity"
    assert gap.found in gap.message and gap.expected in gap.message


def test_two_clauses_may_bind_one_each(judged: Judge) -> None:
    verdict = judged("Essential entities", "Important entities")
    assert len(verdict.selection.clauses) == 2
    assert (verdict.coverage, kinds(verdict)) == (Coverage.FULL, [])


@pytest.mark.parametrize("second", ["Whoever is there", "Essential and important entities"])
def test_a_further_clause_that_binds_all_or_names_no_one_is_a_doubt(
    judged: Judge, second: str
) -> None:
    verdict = judged("Essential entities", second)
    assert len(verdict.selection.clauses) == 2
    assert "addressee" not in kinds(verdict)


@pytest.mark.parametrize(
    ("bound", "gaps"),
    [
        (("essential_entity",), []),
        ((), []),
        (("essential_entity", "authority"), []),
        ((*BOTH, "tld_registry"), ["addressee"]),
    ],
)
def test_it_is_a_gap_only_where_the_directive_binds_them_all(
    judged: Judge, bound: tuple[str, ...], gaps: list[str]
) -> None:
    assert kinds(judged("Essential entities", bound=bound)) == gaps


def test_a_gap_that_is_plain_to_see_makes_the_verdict_sure(judged: Judge) -> None:
    """A missing element may be one not recognised; who is named stands there."""
    assert judged("Essential entities").confidence > 0.7
