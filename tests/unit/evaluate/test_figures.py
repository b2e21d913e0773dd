"""The figures are those of the script that others score with, and right on cases made by hand."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.evaluate import score_result
from nis2_align.evaluate.figures import Answer, answers, balanced, kappa, score
from nis2_align.evaluate.gold import GoldRow, read_gold
from nis2_align.export.json import to_json
from tests.unit.pipeline.mini_laws import ENGLISH, SHARED, analysed, law

SCRIPT = SHARED / "gold" / "score.py"
needs_script = pytest.mark.skipif(
    not SCRIPT.is_file(), reason="needs ../shared (gold/score.py), which is not there"
)
SLICE = r"(20|21|23|32|34)\(|I\("


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_script", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _refs(refs: str) -> tuple[str, ...]:
    return tuple(ref for ref in refs.split(";") if ref)


def gold(id_: str, grade: str, refs: str = "", *, graded: bool = True) -> GoldRow:
    return GoldRow(id_, grade, _refs(refs), graded, "")


def answer(
    grade: str, accepted: str = "", more: str = "", confidence: float | None = 0.5
) -> Answer:
    held = _refs(accepted)
    return Answer(grade, held, held + _refs(more), confidence)


def by_script(
    script: ModuleType, found: Mapping[str, Answer], labels: Mapping[str, GoldRow]
) -> dict[str, object]:
    predicted = {
        id_: {
            "grade": one.grade, "refs": list(one.accepted), "ranked": list(one.ranked),
            "confidence": one.confidence,
        }
        for id_, one in found.items()
    }  # fmt: skip
    wanted = {
        id_: {
            "grade": row.grade, "refs": list(row.refs), "judge": "all" if row.graded else "mapping"
        }
        for id_, row in labels.items()
    }  # fmt: skip
    return script.score(predicted, wanted)


@needs_script
@pytest.mark.parametrize("only", ["", SLICE], ids=["all", "slice"])
@pytest.mark.parametrize(
    ("act", "labels"),
    [("laws/hr_zks_2024.txt", "hr_zks_2024.csv"), ("drafts/cnr_draft.txt", "cnr_draft.csv")],
)
def test_the_labelled_acts_score_as_by_the_script(
    script: ModuleType, act: str, labels: str, only: str, tmp_path: Path
) -> None:
    result = law(act)
    exported = tmp_path / "out.json"
    exported.write_text(to_json(result), encoding="utf-8")
    wanted = script.read_csv(SHARED / "gold" / labels)
    wanted = {id_: row for id_, row in wanted.items() if script.re.match(only or ".", id_)}
    theirs = script.score(script.read_json(exported), wanted)
    ours = score_result(result, SHARED / "gold" / labels, only)
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(theirs))
    assert ours["missing_units"] == 0


REFS = st.lists(
    st.sampled_from(["1", "1(1)", "1(2)", "2(1)(a)", "12-a(3)", "12a(3)", "Annex I(2)", "Prilog 1",
                     "Annex 1(2)(a)"]),
    max_size=3, unique=True,
).map(";".join)  # fmt: skip
CONFIDENCE = st.none() | st.integers(0, 100).map(lambda percent: percent / 100)
ANSWERS = st.builds(
    answer, st.sampled_from(["full", "partial", "none", "na", "uncertain"]), REFS, REFS, CONFIDENCE
)
LABELS = st.tuples(st.sampled_from(["full", "partial", "none", "na"]), REFS, st.booleans())


@needs_script
@given(
    rows=st.lists(st.tuples(LABELS, st.none() | ANSWERS), max_size=12),
)
def test_any_answers_score_as_by_the_script(
    script: ModuleType, rows: list[tuple[tuple[str, str, bool], Answer | None]]
) -> None:
    rows = [*rows, (("full", "1(1)", True), answer("full", "1(1)"))]
    labels = {
        f"{n}(1)": gold(f"{n}(1)", grade, refs, graded=graded)
        for n, ((grade, refs, graded), _) in enumerate(rows)
    }
    found = {f"{n}(1)": one for n, (_, one) in enumerate(rows) if one is not None}
    ours, theirs = score(found, labels), by_script(script, found, labels)
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(theirs))


def test_ranking() -> None:
    labels = {
        "a": gold("a", "full", "5(1)"),
        "b": gold("b", "partial", "6(2);7"),
        "c": gold("c", "full", "9"),
        "d": gold("d", "none"),  # nothing to find
    }
    found = {
        "a": answer("full", "5(1)"),
        "b": answer("partial", "1(1);1(2)", "7(3)"),
        "d": answer("none", "", "4"),
    }
    figures = score(found, labels)
    assert figures["units"] == 4 and figures["missing_units"] == 1
    # b: article 1 counts once, so article 7 is second; c was left out and counts as not found.
    assert figures["article"] == {
        "hit@1": 0.333, "hit@3": 0.667, "hit@5": 0.667, "mrr": 0.5, "n": 3,
        "pair_p": 0.5, "pair_r": 0.25, "pair_f1": 0.333,
    }  # fmt: skip


def test_grading_leaves_uncertain_out_and_says_how_much_was_decided() -> None:
    grades = {"a": "full", "b": "full", "c": "none", "d": "partial"}
    labels = {n: gold(n, grade) for n, grade in grades.items()}
    found = {
        "a": answer("full"),
        "b": answer("uncertain"),
        "c": answer("none"),
        "d": answer("full"),
    }
    grade = score(found, labels)["grade"]
    assert isinstance(grade, dict)
    assert (grade["n"], grade["decided"], grade["accuracy"]) == (4, 0.75, 0.667)
    assert grade["balanced"] == 0.75  # full: 1 of 1; not full: 1 of 2
    assert grade["constant"] == {"accuracy": 0.5, "kappa": 0.0, "balanced": 0.5}


def test_a_requirement_left_out_counts_as_wrong() -> None:
    labels = {"a": gold("a", "full"), "b": gold("b", "full")}
    grade = score({"a": answer("full")}, labels)["grade"]
    assert isinstance(grade, dict)
    assert (grade["decided"], grade["accuracy"]) == (1.0, 0.5)


def test_labels_for_mapping_alone_are_not_graded() -> None:
    labels = {"a": gold("a", "full", "1", graded=False), "b": gold("b", "full", "2")}
    figures = score({"a": answer("none"), "b": answer("full", "2")}, labels)
    assert isinstance(figures["grade"], dict) and figures["grade"]["n"] == 1
    assert isinstance(figures["article"], dict) and figures["article"]["n"] == 2
    assert figures["confusion"] == {"full->full": 1}


def test_calibration() -> None:
    labels = {n: gold(n, "full") for n in "abcd"}
    found = {
        "a": answer("full", confidence=0.9), "b": answer("full", confidence=0.9),
        "c": answer("none", confidence=0.1), "d": answer("none", confidence=0.1),
    }  # fmt: skip
    assert score(found, labels)["risk"] == {
        "ece": 0.1, "accuracy_at_50": 1.0, "accuracy_at_80": 0.667, "accuracy_at_100": 0.5,
    }  # fmt: skip


def test_without_confidences_nothing_is_said_of_risk() -> None:
    assert "risk" not in score({"a": answer("full", confidence=None)}, {"a": gold("a", "full")})


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([], 0.0),
        ([("full", "full"), ("none", "none")], 1.0),
        ([("full", "none"), ("none", "full")], -1.0),
        ([("full", "full"), ("none", "full")], 0.0),
        ([("full", "full")], 1.0),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], value: float) -> None:
    assert kappa(pairs) == pytest.approx(value)


@pytest.mark.parametrize("constant", ["full", "partial", "none"])
def test_a_constant_answer_is_balanced_at_a_half(constant: str) -> None:
    labels = ["full", "full", "partial", "none", "none"]
    assert balanced([(label, constant) for label in labels]) == 0.5


def test_no_labels_at_all() -> None:
    figures = score({"a": answer("full")}, {})
    assert figures["units"] == 0 and figures["confusion"] == {}


def test_answers_read_the_result_as_the_labels_do() -> None:
    result = analysed(ENGLISH, "en")
    found = answers(result)
    assert len(found) == len(result.assessments)
    by_id = {one.requirement: one for one in result.assessments}
    assert found["23(4)(a)"].accepted == tuple(m.ref for m in by_id["23(4)(a)"].provisions)
    assert found["23(4)(a)"].ranked[: len(found["23(4)(a)"].accepted)] == found["23(4)(a)"].accepted
    assert {one.grade for one in found.values()} <= {"full", "partial", "none", "na", "uncertain"}


def test_only_the_ids_asked_for_are_scored(tmp_path: Path) -> None:
    labels = tmp_path / "gold.csv"
    labels.write_text("unit,national,grade\n23(4)(a),5(1),full\n20(1),3(1),full\n")
    figures = score_result(analysed(ENGLISH, "en"), labels, r"23\(")
    assert figures["units"] == 1
    assert isinstance(figures["article"], dict) and figures["article"]["hit@1"] == 1.0
    assert list(read_gold(labels)) == ["23(4)(a)", "20(1)"]
