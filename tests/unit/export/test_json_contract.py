import json
from copy import deepcopy
from dataclasses import replace

import jsonschema
import pytest

from nis2_align.export.json import schema, to_json
from nis2_align.model import Coverage, Evidence
from tests.unit.export.result_samples import assessments, beyond, match, result

TOP = [
    "schema_version", "words", "directive", "acts", "assessments", "reverse",
    "unmatched_provisions", "issues",
]  # fmt: skip
ASSESSMENT = [
    "requirement", "duty", "coverage", "confidence", "parent", "reason", "elements", "rests_on",
    "supported", "provisions", "candidates", "elsewhere", "gaps", "rationale", "review",
]  # fmt: skip
MATCH = [
    "act", "ref", "label", "score", "selected_by", "view", "quote", "page", "span", "evidence",
]  # fmt: skip

# Fields that files of the first days lack; they stay valid.
LATER = {"words"}


def closed(node):
    """The schema with no room for further fields, so that a misspelt one is found."""
    if isinstance(node, dict):
        node = {key: closed(value) for key, value in node.items()}
        if "properties" in node:
            node["additionalProperties"] = False
        return node
    return [closed(value) for value in node] if isinstance(node, list) else node


def check(text, against=None):
    validator = jsonschema.Draft202012Validator(against or schema())
    validator.validate(json.loads(text))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "held",
    [result(), result(assessments=beyond()), result(segmentations=(), issues=(), assessments=())],
)
def test_what_is_written_is_valid_and_nothing_else_is_in_it(held):
    check(to_json(held))
    check(to_json(held), closed(schema()))


def test_the_fields_stand_in_the_order_of_the_contract():
    data = json.loads(to_json(result()))
    assert list(data) == TOP
    assert all(list(item) == ASSESSMENT for item in data["assessments"])
    partial = data["assessments"][3]
    assert list(partial["provisions"][0]) == MATCH
    assert partial["elements"][0] == {
        "id": "23(4)(a)#day", "label": "", "state": "weaker", "spans": [],
    }  # fmt: skip
    assert data["assessments"][2]["elements"][0]["label"] == "zaštićena govorna komunikacija"
    assert data["words"] == "en"
    assert partial["review"] is None
    assert data["acts"][0]["detected"] == {"language": 0.98, "country": 0.9}


def test_all_requirements_are_there_whatever_their_grade():
    data = json.loads(to_json(result()))
    assert [a["requirement"] for a in data["assessments"]] == [
        item.requirement for item in assessments()
    ]


def test_the_evidence_still_adds_up_after_rounding():
    shares = [0.1234565 + step * 1e-7 for step in range(15)]
    evidence = tuple(Evidence(signal=f"s{n}", contribution=c, why="") for n, c in enumerate(shares))
    odd = replace(match("2(1)", "(1)", "(1) Оператор"), score=sum(shares), evidence=evidence)
    held = result(assessments=(replace(assessments()[3], provisions=(odd,)),))
    for item in json.loads(to_json(held))["assessments"]:
        for clause in item["provisions"] + item["candidates"]:
            total = sum(part["contribution"] for part in clause["evidence"])
            assert total == pytest.approx(clause["score"], abs=1e-5)


def test_floats_have_six_digits_at_most_and_no_negative_zero():
    held = result(assessments=(replace(assessments()[2], confidence=-1e-9, provisions=()),))
    text = to_json(held)
    assert '"confidence": 0.0' in text
    assert "0.8712345" not in to_json(result())
    assert json.loads(to_json(result()))["assessments"][2]["confidence"] == 0.871235


def test_the_same_result_gives_the_same_bytes():
    assert to_json(result()) == to_json(deepcopy(result()))


def test_letters_stay_letters_and_the_text_is_utf8_whatever_it_holds():
    broken = replace(match("2(1)", "(1)", "(1) Оператор"), quote="Члан \ud800 😀")
    held = result(assessments=(replace(assessments()[3], provisions=(broken,)),))
    text = to_json(held)
    assert "Члан ? 😀" in text
    text.encode("utf-8")


def test_a_figure_that_is_no_number_is_a_defect_and_not_written():
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(result(assessments=(replace(assessments()[2], confidence=float("nan")),)))


def test_the_reverse_listing_and_the_unmatched_are_in_it():
    data = json.loads(to_json(result()))
    held = {entry["ref"]: entry for entry in data["reverse"]}
    assert held["2(1)"] == {
        "act": "svetionik", "ref": "2(1)", "class": "transposing", "requirements": ["23(4)(a)"],
        "gold_plating": [],
    }  # fmt: skip
    assert {"act": "svetionik", "ref": "3"} in data["unmatched_provisions"]


def test_a_candidate_for_gold_plating_stands_at_its_clause():
    data = json.loads(to_json(result(assessments=beyond())))
    held = {entry["ref"]: entry["gold_plating"] for entry in data["reverse"]}
    assert held.pop("2(1)") == [
        {
            "requirement": "23(4)(a)", "kind": "figure", "expected": "24 h", "found": "12 h",
            "message": "12 h, where the directive allows 24 h",
        }
    ]  # fmt: skip
    assert all(entry == [] for entry in held.values())


def test_spans_are_pairs_that_slice_the_text():
    data = json.loads(to_json(result()))
    text = result().segmentations[0].document.text
    clause = data["assessments"][3]["provisions"][0]
    start, end = clause["span"]
    assert text[start:end] == clause["quote"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("assessments", 0, "coverage"), "fine"),
        (("assessments", 0, "confidence"), 1.2),
        (("assessments", 3, "provisions", 0, "span"), [1]),
        (("acts", 0, "sha256"), "abc"),
        (("schema_version",), 2),
        (("reverse", 2, "gold_plating", 0, "kind"), "amount"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(path, value):
    data = json.loads(to_json(result(assessments=beyond())))
    node = data
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema())


def test_the_schema_misses_every_field_that_is_taken_away():
    for key in TOP:
        if key in LATER:
            continue
        data = json.loads(to_json(result()))
        del data[key]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, schema())
    for key in ASSESSMENT:
        data = json.loads(to_json(result()))
        del data["assessments"][0][key]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, schema())


def test_parallel_jurisdictions_are_given_only_where_there_are_several():
    held = result()
    places = (("BA-FED", Coverage.FULL), ("BA-SRP", Coverage.NONE))
    first, *others = held.assessments
    acts = tuple(replace(act, kind="by_law", amending=True) for act in held.acts)
    several = replace(held, acts=acts, assessments=(replace(first, jurisdictions=places), *others))
    check(to_json(several), closed(schema()))
    data = json.loads(to_json(several))
    assert data["assessments"][0]["jurisdictions"] == {"BA-FED": "full", "BA-SRP": "none"}
    assert all("jurisdictions" not in item for item in data["assessments"][1:])
    assert {(act["kind"], act["amending"]) for act in data["acts"]} == {("by_law", True)}
    assert {act["kind"] for act in json.loads(to_json(held))["acts"]} == {None}


@pytest.mark.parametrize("places", [{}, {"BA": "full"}, {"BA": "full", "RS": "good"}])
def test_one_jurisdiction_is_no_list_of_them(places):
    data = json.loads(to_json(result()))
    data["assessments"][0]["jurisdictions"] = places
    with pytest.raises(jsonschema.ValidationError):
        check(json.dumps(data))
