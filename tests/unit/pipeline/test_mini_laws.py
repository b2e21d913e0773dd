"""What the whole house says of one small law when one clause of it changes, in two languages."""

from __future__ import annotations

import pytest

from nis2_align.model import Assessment, Coverage
from tests.unit.pipeline.mini_laws import graded

LANGUAGES = ("en", "sr")
Change = tuple[str, str]

HALF: dict[str, Change] = {"en": ("24 hours", "12 hours"), "sr": ("24 časa", "12 časova")}
TWICE: dict[str, Change] = {"en": ("24 hours", "48 hours"), "sr": ("24 časa", "48 časova")}
FREED: dict[str, Change] = {
    "en": ("An operator shall send the CSIRT an early", "An operator may send the CSIRT an early"),
    "sr": (
        "Operator je dužan da CERT-u bez odlaganja, u roku od najviše 24",
        "Operator može da CERT-u bez odlaganja, u roku od najviše 24",
    ),
}
CHEAP: dict[str, Change] = {"en": ("10 000 000", "1 000 000"), "sr": ("10.000.000", "1.000.000")}
NO_TRAINING: dict[str, Change] = {
    "en": (
        "Members of the management body shall attend training, and the operator shall offer "
        "similar training to its staff at regular intervals, so that they gain the knowledge to "
        "recognise risks.",
        "The seat of an operator bears a brass plate.",
    ),
    "sr": (
        "Članovi organa upravljanja dužni su da pohađaju obuku, a operator je dužan da redovno "
        "nudi sličnu obuku zaposlenima, kako bi stekli znanje za prepoznavanje rizika.",
        "Na sedištu operatora stoji mesingana tabla.",
    ),
}
NO_CRYPTOGRAPHY: dict[str, Change] = {
    "en": ("(e) rules on cryptography and encryption;\n(f)", "(e)"),
    "sr": ("5) pravila o kriptografiji i enkripciji;\n6)", "5)"),
}
NO_EMERGENCY: dict[str, Change] = {
    "en": (", and secured emergency communication inside the operator", ""),
    "sr": (" i zaštićene sisteme za komunikaciju u vanrednim situacijama", ""),
}
# Changes of different requirements are made at once: an analysis takes a second or two.
WEAKENED = (TWICE, CHEAP, NO_TRAINING, NO_CRYPTOGRAPHY, NO_EMERGENCY)
LOOSENED = (FREED, HALF)
UNTOUCHED = ("20(1)", "21(2)(a)", "21(2)(b)", "21(2)(d)", "21(2)(g)", "23(4)(c)")


def weakened(code: str) -> dict[str, Assessment]:
    return graded(code, *(change[code] for change in WEAKENED))


def loosened(code: str) -> dict[str, Assessment]:
    return graded(code, *(change[code] for change in LOOSENED))


def states(assessment: Assessment) -> dict[str, str]:
    return {e.id.rpartition("#")[2]: str(e.state) for e in assessment.elements}


def gaps(assessment: Assessment, element: str) -> set[str]:
    named = f"{assessment.requirement}#{element}"
    return {gap.kind for gap in assessment.gaps if gap.element == named}


@pytest.mark.parametrize("code", LANGUAGES)
def test_as_it_stands(code: str) -> None:
    law = graded(code)
    full = ("20(1)", "20(2)", "21(2)(a)", "21(2)(b)", "21(2)(g)", "21(2)(h)", "21(2)(j)",
            "23(4)(a)", "23(4)(c)")  # fmt: skip
    assert {id_: str(law[id_].coverage) for id_ in full} == dict.fromkeys(full, "full")
    assert law["21(2)"].coverage is Coverage.PARTIAL
    for id_ in ("21(2)(d)", "6(7)"):
        assert law[id_].coverage is Coverage.NONE


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_shorter_deadline_is_as_good(code: str) -> None:
    warning = loosened(code)["23(4)(a)"]
    assert states(warning)["day"] == "met"
    assert gaps(warning, "day") == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_longer_deadline_is_weaker(code: str) -> None:
    warning = weakened(code)["23(4)(a)"]
    assert (warning.coverage, states(warning)["day"]) == (Coverage.PARTIAL, "weaker")
    assert gaps(warning, "day") == {"figure"}
    (gap,) = [gap for gap in warning.gaps if gap.kind == "figure"]
    assert "24" in str(gap.expected) and "48" in str(gap.found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_duty_turned_into_an_option(code: str) -> None:
    warning = loosened(code)["23(4)(a)"]
    assert warning.coverage is Coverage.PARTIAL
    assert states(warning)["early_warning"] == "weaker"
    assert gaps(warning, "early_warning") == {"modality"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_smaller_fine_is_weaker(code: str) -> None:
    assert states(graded(code)["34(4)"])["amount"] == "met"
    fine = weakened(code)["34(4)"]
    assert states(fine)["amount"] == "weaker"
    assert gaps(fine, "amount") == {"figure"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_clause_deleted_is_not_found(code: str) -> None:
    training = weakened(code)["20(2)"]
    assert training.coverage is Coverage.NONE
    assert training.provisions == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_point_deleted_is_not_found(code: str) -> None:
    law = weakened(code)
    assert law["21(2)(h)"].coverage is Coverage.NONE
    assert set(states(law["21(2)(h)"]).values()) == {"absent"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_item_deleted_is_an_absent_element(code: str) -> None:
    before = graded(code)["21(2)(j)"]
    after = weakened(code)["21(2)(j)"]
    assert states(before) == {"mfa": "met", "voice": "met", "emergency": "met"}
    assert states(after) == {"mfa": "met", "voice": "met", "emergency": "absent"}
    assert (after.coverage, gaps(after, "emergency")) == (Coverage.PARTIAL, {"element"})


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_rest_keeps_its_grade(code: str) -> None:
    before = graded(code)
    for after in (weakened(code), loosened(code)):
        for id_ in UNTOUCHED:
            assert after[id_].coverage is before[id_].coverage, id_


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_grade_that_was_found_is_supported_by_its_clauses(code: str) -> None:
    for one in graded(code).values():
        found = one.coverage in {Coverage.FULL, Coverage.PARTIAL} and one.reason is None
        assert (one.supported is not None) is found, one.requirement
