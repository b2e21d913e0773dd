"""Several acts analysed as one: by-laws, places, plans, conflicts, languages, what is left out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from nis2_align.dossier import Dossier, Entry, load_dossier
from nis2_align.errors import NoArticlesError, UnknownLanguageError
from nis2_align.model import Coverage, DutyKind, ElementState, Elsewhere, Gap, Result
from nis2_align.official import read_official
from nis2_align.pipeline import run
from nis2_align.resources import corpus_dir
from tests.unit.pipeline.dossier_acts import (
    FILLED,
    by_id,
    bylaw,
    changed,
    coverages,
    dossier,
    law,
    whole,
)
from tests.unit.pipeline.mini_laws import SHARED

RANK = {"none": 0, "not_applicable": 0, "uncertain": 1, "partial": 2, "full": 3}
DECREE = """DECREE ON CRYPTOGRAPHY
Article 1
Cryptography and encryption
(1) Essential and important entities shall adopt policies and procedures on the use of cryptography and, where needed, of encryption.
(2) This Decree takes effect on the first day of winter.
"""  # noqa: E501
WARNING = """RULEBOOK ON WARNINGS OF ISLANDIA
Article 1
Early warning
(1) An operator shall send the CSIRT an early warning of a significant incident without delay and within {} hours of becoming aware of it, saying whether malicious acts are suspected and whether the incident may have an effect across the border.
Article 2
Lamps
(1) The lamps of the tower are lit at dusk.
"""  # noqa: E501


@cache
def alone(code: str, which: str) -> Result:
    text = {"law": law, "bylaw": bylaw, "whole": whole}[which](code)
    return dossier((f"{which}.txt", text), language=code)


def acts(code: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("law.txt", law(code)), ("bylaw.txt", bylaw(code))


def codes(result: Result) -> list[str]:
    return [issue.code for issue in result.issues]


# A by-law completes the law.


def test_a_by_law_closes_precisely_the_gap_it_fills() -> None:
    """A whole act of 55 articles, which leaves one measure to a decree."""
    sample = (corpus_dir() / "samples" / "valdoria_draft.txt").read_text(encoding="utf-8")
    before = dossier(("law.txt", sample), language="en")
    after = dossier(("law.txt", sample), ("decree.txt", DECREE), language="en")
    assert {gap.kind for gap in by_id(before)["21(2)(h)"].gaps} == {"delegation"}
    moved = changed(before, after)
    assert moved.pop("21(2)(h)") == ("partial", "full")
    # Scores and the prior are relative to the whole dossier, so one verdict in doubt that lay on
    # the edge may be decided; none that was decided may move.
    assert len(moved) <= 1 and all(was == "uncertain" for was, _ in moved.values())
    closed = by_id(after)["21(2)(h)"]
    assert closed.gaps == ()
    assert ("decree", "1(1)") in {(match.act, match.ref) for match in closed.provisions}


def test_a_by_law_closes_precisely_the_gap_it_fills_in_serbian() -> None:
    """A whole law from which one measure is taken, and a rulebook that prescribes it."""
    source = SHARED / "laws" / "rs_zib_2025.txt"
    if not source.exists():
        pytest.skip("the laws of ../shared are not here")
    lines = source.read_text(encoding="utf-8").split("\n")
    (at,) = [i for i, line in enumerate(lines) if line.startswith("13) предвиђање употребе крипто")]
    measure = lines[at].removeprefix("13) предвиђање употребе ").rstrip(";")
    lines[at] = "13) бојење врата;"
    rulebook = (
        "ПРАВИЛНИК О МЕРАМА\nЧлан 1.\nДужан је оператор ИКТ система од посебног значаја да "
        f"предвиди употребу {measure}, као и енкрипције.\nЧлан 2.\nОвај правилник важи од зиме.\n"
    )
    text = "\n".join(lines)
    before = dossier(("law.txt", text), language="sr")
    after = dossier(("law.txt", text), ("rulebook.txt", rulebook), language="sr")
    assert changed(before, after) == {"21(2)(h)": ("uncertain", "full")}
    assert {match.act for match in by_id(after)["21(2)(h)"].provisions} == {"rulebook"}


@pytest.mark.parametrize("code", ["en", "sr"])
def test_law_and_by_law_amount_to_the_law_that_says_it_all(code: str) -> None:
    both, said_once = by_id(dossier(*acts(code), language=code)), by_id(alone(code, "whole"))
    for id_ in FILLED:
        assert by_id(alone(code, "law"))[id_].coverage in {"none", "partial"}
        assert RANK[both[id_].coverage] > RANK["none"], id_
        assert "bylaw" in {match.act for match in both[id_].provisions}
    # Scores are relative to the acts, and these are short: one may stay undecided.
    same = [id_ for id_ in FILLED if both[id_].coverage == said_once[id_].coverage]
    assert len(same) >= len(FILLED) - 2


# Parallel jurisdictions.


def test_acts_of_two_parts_of_a_state_never_complete_each_other() -> None:
    parallel = dossier(*acts("en"), said=(("BA-FED",), ("BA-SRP",)), language="en")
    here, there = coverages(alone("en", "law")), coverages(alone("en", "bylaw"))
    for id_, one in by_id(parallel).items():
        assert dict(one.jurisdictions) == {"BA-FED": here[id_], "BA-SRP": there[id_]}
        assert RANK[one.coverage] == min(RANK[here[id_]], RANK[there[id_]])
    for id_ in FILLED:
        (gap,) = [gap for gap in by_id(parallel)[id_].gaps if gap.kind == "scope"]
        assert (gap.expected, gap.found) == ("BA-FED", "BA-SRP")
        assert gap.expected in gap.message and gap.found in gap.message


def test_an_act_of_the_state_counts_for_all_its_parts() -> None:
    boats = "DECREE\nArticle 1\nBoats\n(1) Boats are tarred in April.\n"
    result = dossier(
        *acts("en"), ("boats.txt", boats), said=(("BA",), ("BA-FED",), ("BA-SRP",)), language="en"
    )
    there = coverages(dossier(*acts("en"), language="en"))
    for id_, one in by_id(result).items():
        places = dict(one.jurisdictions)
        assert places["BA-FED"] == there[id_]
        if id_ in FILLED:
            assert (places["BA-SRP"], one.coverage) == ("none", "none")
    assert by_id(result)["23(4)(a)"].coverage is Coverage.FULL, "both parts have the state's"


def test_one_place_has_no_list_of_places() -> None:
    result = dossier(*acts("en"), said=(("BA",), ("BA-FED",)), language="en")
    assert coverages(result) == coverages(dossier(*acts("en"), language="en"))
    assert not any(one.jurisdictions for one in result.assessments)


# Planned acts.


def test_a_planned_act_covers_nothing_yet_and_is_named_with_its_date() -> None:
    planned = dossier(*acts("en"), said=((), ("", "2027-03-01")), language="en")
    assert [act.planned for act in planned.acts] == [None, "2027-03-01"]
    assert coverages(planned) == coverages(alone("en", "law"))
    for id_ in FILLED:
        (due,) = by_id(planned)[id_].elsewhere
        assert (due.title, due.planned) == ("BYLAW.TXT", "2027-03-01")
        assert due.article is not None and due.article.startswith("2(1)")
    for one in planned.assessments:
        assert all(match.act == "law" for match in (*one.provisions, *one.candidates))
    assert by_id(planned)["23(4)(a)"].elsewhere == ()


def test_a_place_with_planned_acts_only_has_nothing() -> None:
    result = dossier(*acts("en"), said=(("BA-FED",), ("BA-SRP", "2027-03-01")), language="en")
    for one in result.assessments:
        if one.duty is DutyKind.MUST:
            assert one.coverage is Coverage.NONE
            assert dict(one.jurisdictions)["BA-SRP"] is Coverage.NONE
    titles = {due.title for due in by_id(result)["21(2)(h)"].elsewhere}
    # The law of the one part has none of it either: the first of the weakest is shown.
    assert titles <= {"BYLAW.TXT"}


# Conflicts.


def conflicts(result: Result) -> tuple[Gap, ...]:
    return tuple(gap for gap in by_id(result)["23(4)(a)"].gaps if gap.kind == "conflict")


def test_acts_that_set_different_deadlines_are_in_conflict() -> None:
    result = dossier(("law.txt", whole("en")), ("other.txt", WARNING.format(48)), language="en")
    (gap,) = conflicts(result)
    assert (gap.expected, gap.found) == ("24 hours (5(1))", "48 hours (1(1))")
    assert gap.expected in gap.message and gap.found in gap.message
    assert by_id(result)["23(4)(a)"].coverage is Coverage.PARTIAL


@pytest.mark.parametrize("hours", [24, 12])
def test_a_deadline_that_keeps_the_limit_is_in_no_conflict(hours: int) -> None:
    result = dossier(("law.txt", whole("en")), ("other.txt", WARNING.format(hours)), language="en")
    assert conflicts(result) == ()
    states = {one.id: one.state for one in by_id(result)["23(4)(a)"].elements}
    assert states["23(4)(a)#day"] is ElementState.MET


def test_acts_that_never_hold_together_are_in_no_conflict() -> None:
    result = dossier(
        ("law.txt", whole("en")), ("other.txt", WARNING.format(48)),
        said=(("BA-FED",), ("BA-SRP",)), language="en",
    )  # fmt: skip
    assert conflicts(result) == ()


# What a person says of acts that are not loaded.


def test_what_is_met_elsewhere_is_shown_and_changes_no_grade(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(law("en"), encoding="utf-8")
    path = tmp_path / "dossier.yaml"
    path.write_text(
        "acts: [{file: law.txt, language: en, kind: law}]\n"
        "elsewhere:\n"
        "  - {requirement: 21(2)(h), title: Cipher Act, gazette: 1.10, article: 5}\n",
        encoding="utf-8",
    )
    result = run([path], words="en")
    assert coverages(result) == coverages(alone("en", "law"))
    (place,) = by_id(result)["21(2)(h)"].elsewhere
    assert place == Elsewhere(title="Cipher Act", gazette="1.10", article="5")
    assert [act.kind for act in result.acts] == ["law"]
    assert load_dossier(path).entries[0].path == tmp_path / "law.txt"


# Languages.


def said_in(*told: tuple[str, str, str]) -> Dossier:
    return Dossier(
        entries=tuple(
            Entry(path=Path(name), content=text.encode(), language=code)
            for name, text, code in told
        )
    )


def test_acts_in_unrelated_languages_are_graded_each_in_its_own() -> None:
    result = run(
        said_in(("law.txt", law("en"), "en"), ("bylaw.txt", bylaw("sr"), "sr")), words="en"
    )
    assert "mixed_languages" not in codes(result)
    here, there = coverages(alone("en", "law")), coverages(alone("sr", "bylaw"))
    for id_, one in by_id(result).items():
        assert RANK[one.coverage] == max(RANK[here[id_]], RANK[there[id_]]), id_
    for id_ in FILLED:
        assert {match.act for match in by_id(result)[id_].provisions} == {"bylaw"}
    assert {match.act for match in by_id(result)["23(4)(a)"].provisions} == {"law"}


def test_neighbours_are_analysed_together_and_that_is_said() -> None:
    result = run(said_in(("zakon.txt", law("sr"), "hr"), ("bylaw.txt", bylaw("sr"), "sr")))
    (issue,) = [issue for issue in result.issues if issue.code == "mixed_languages"]
    assert issue.act == "bylaw" and "bylaw.txt" in issue.message
    assert "bylaw" in {match.act for match in by_id(result)["21(2)(h)"].provisions}


# Acts that change other acts.

CHANGES = """ACT AMENDING THE CYBER RESILIENCE ACT
Article 1
(1) In Article 4, point (e) is replaced: essential and important entities shall adopt policies and procedures on the use of cryptography and encryption.
Article 2
(1) This Act takes effect in winter.
"""  # noqa: E501


@pytest.mark.parametrize("kind", [None, "amending"])
def test_an_amending_act_says_what_its_silence_does_not_mean(kind: str | None) -> None:
    entry = Entry(path=Path("new.txt"), content=CHANGES.encode(), language="en", kind=kind)
    result = run(Dossier(entries=(entry,)), words="en")
    found = [issue for issue in result.issues if issue.code == "amending_act"]
    assert [act.amending for act in result.acts] == [bool(found)] == [kind == "amending"]
    assert all("may stand in the act it changes" in issue.message for issue in found)
    # What it does say is found all the same.
    assert by_id(result)["21(2)(h)"].coverage in {"full", "partial", "uncertain"}
    assert by_id(result)["20(1)"].coverage is Coverage.NONE


# What is left out.

LETTER = "Dear keeper, the lamp is out and the ships are lost at sea. Yours, C.\n"


@pytest.mark.parametrize(
    ("text", "code", "error"),
    [(LETTER, "en", NoArticlesError), (DECREE, "tlh", UnknownLanguageError)],
)
def test_an_act_that_cannot_be_analysed_is_left_out_and_alone_it_is_refused(
    text: str, code: str, error: type[Exception]
) -> None:
    odd = ("odd.txt", text, code)
    result = run(said_in(("law.txt", law("en"), "en"), odd), words="en")
    assert [act.id for act in result.acts] == ["law"]
    (issue,) = [issue for issue in result.issues if issue.code == "act_left_out"]
    assert issue.act == "odd" and "odd.txt" in issue.message
    assert replace(result, issues=()).assessments == alone("en", "law").assessments
    with pytest.raises(error):
        run(said_in(odd))


# An official text alone.

GERMAN = """GESETZ ÜBER SICHERHEIT AUF DER INSEL
§ 1 Leitung
(1) Die Leitungsorgane billigen die Maßnahmen zum Umgang mit Risiken und wachen über sie.
(2) Die Mitglieder der Leitungsorgane nehmen an Schulungen teil.
§ 2 Maßnahmen
(1) Wesentliche und wichtige Einrichtungen ergreifen Maßnahmen, darunter:
1. die Bewältigung von Sicherheitsvorfällen;
2. Kryptografie und Verschlüsselung;
3. Sicherung und Wiederherstellung von Daten nach einem Notfall.
§ 3 Meldungen
(1) Binnen 24 Stunden ist eine Frühwarnung an das Computer-Notfallteam zu richten.
(2) Binnen 72 Stunden folgt eine Meldung mit einer ersten Bewertung des Vorfalls.
§ 4 Hafen
(1) Schiffe legen am linken Ufer an.
(2) Der Lotse geht vor Mittag an Bord.
§ 5 Schluss
(1) Dieses Gesetz gilt ab dem Herbst.
"""


def test_without_statements_the_official_text_alone_is_asked_and_never_says_none() -> None:
    source = SHARED / "directive" / "nis2_de_articles.md"
    if not source.exists():
        pytest.skip("the official text of ../shared is not here")
    told = said_in(("gesetz.txt", GERMAN, "de"))
    result = run(told, words="en", directive_text=read_official(source))
    (issue,) = [issue for issue in result.issues if issue.code == "official_text_only"]
    asked = [one for one in result.assessments if one.provisions or one.candidates]
    assert issue.message.startswith(f"{len(asked)} requirements")
    assert len(asked) > 100
    assert {
        match.view for one in asked for match in (*one.provisions, *one.candidates)
    } == {"official_text"}  # fmt: skip
    assert Coverage.NONE not in {one.coverage for one in result.assessments}
    best = {one.requirement: (*one.provisions, *one.candidates)[0].ref for one in asked}
    assert (best["21(2)(h)"], best["20(2)"]) == ("2(1)(2)", "1(2)")


def test_without_statements_and_without_the_official_text_nothing_is_claimed() -> None:
    result = run(said_in(("gesetz.txt", GERMAN, "de")), words="en")
    assert "official_text_only" not in codes(result)
    assert {one.coverage for one in result.assessments} == {"uncertain", "not_applicable"}
