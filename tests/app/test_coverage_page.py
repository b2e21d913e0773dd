"""The page on which one sees at a glance where the directive is not covered."""

import json

import pytest

from nis2_align.concordance.belonging import addressees
from nis2_align.messages import messages
from nis2_align.model import Coverage, DutyKind, Reason
from nis2_align.ui import session
from nis2_align.ui.coverage import chapters
from nis2_align.ui.directive_map import article_table, boxes, draw
from tests.app import page_samples

GRADES = (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNCERTAIN)
IV = tuple(f"{article}(" for article in range(20, 26))


def duties():
    """Count apart from the code of the page."""
    return [
        item
        for item in page_samples.result().assessments
        if item.duty is DutyKind.MUST and item.reason is not Reason.NO_STATEMENT
    ]


def shown(page):
    """Return the requirements that the page offers, in order."""
    box = next(one for one in page.at.selectbox if one.label == "Requirement")
    return [words.split(" ")[0] for words in box.options]


@pytest.fixture
def coverage(page):
    page.upload().open("coverage")
    assert not page.at.exception
    return page


def test_the_headline_counts_the_duties(coverage):
    numbers = [sum(item.coverage is grade for item in duties()) for grade in GRADES]
    assert [metric.value for metric in coverage.at.metric] == [
        f"{number} of {sum(numbers)}" for number in numbers
    ]
    marks = [metric.label.split(" ")[0] for metric in coverage.at.metric]
    assert marks == ["✔", "◐", "✘", "?"]


def test_map_and_table_hold_every_duty(coverage):
    spec = json.loads(coverage.at.get("vega_lite_chart")[0].proto.spec)
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rect", "text", "text"]
    must = [one for one in page_samples.result().assessments if one.duty is DutyKind.MUST]
    assert shown(coverage) == [one.requirement for one in must]
    table = coverage.at.table[0].value
    assert table["Total"].sum() == len(must)
    assert table.loc["Article 21", "Total"] == sum(
        one.requirement.startswith("21(") for one in must
    )


def test_each_box_has_its_own_place_and_the_word_and_mark_of_its_grade():
    say = messages("en")
    rows = page_samples.align_text().table().rows
    frame = boxes(rows, say)
    assert list(frame["requirement"]) == [row.requirement for row in rows]
    assert not frame.duplicated(["line", "place"]).any()
    assert frame["place"].max() < 20
    assert set(frame["mark"]) <= {"✔", "◐", "✘", "?", "–", "…"}
    assert (frame["standing"].str[0] == frame["mark"]).all()
    spec = draw(frame, say, dark=False).to_dict()
    lines = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert set(frame["line"]) < set(lines)
    assert len(lines) == len(set(lines))
    assert article_table(frame, say)["Total"].sum() == len(rows)
    bars = chapters(rows, say)
    assert bars["count"].sum() == len(rows)


def test_filters_narrow_map_table_and_list(coverage):
    coverage.choose("Chapter", "IV")
    assert all(id_.startswith(IV) for id_ in shown(coverage))
    coverage.choose("Coverage", "none")
    wanted = [
        one.requirement
        for one in duties()
        if one.coverage is Coverage.NONE and one.requirement.startswith(IV)
    ]
    assert shown(coverage) == wanted
    assert coverage.at.table[0].value["Total"].sum() == len(wanted)
    coverage.choose("Whom it binds", "essential_entity")
    assert shown(coverage) == [id_ for id_ in wanted if "essential_entity" in addressees(id_)]


def test_no_hit_says_so(coverage):
    coverage.choose("Kind of duty", "none").choose("Coverage", "full")
    assert "No requirement fits" in coverage.words()
    assert not coverage.at.get("vega_lite_chart")


def test_the_button_leads_to_review(coverage):
    coverage.choose("Requirement", "21(2)(j)")
    coverage.at.button(key="coverage_open").click().run()
    assert not coverage.at.exception
    assert coverage.at.title[0].value == "Review"
    assert coverage.at.session_state["requirement"] == "21(2)(j)"
    assert dict(coverage.at.query_params)["req"] == "21.2.j"


def test_a_click_on_a_box_opens_it(monkeypatch):
    from nis2_align.ui import coverage as module

    opened = []
    monkeypatch.setattr(session, "open_requirement", opened.append)
    clicks = {"coverage_map": {"selection": {"cell": [{"requirement": "23(4)(a)"}]}}}
    monkeypatch.setattr(module.st, "session_state", clicks)
    module._open()
    clicks["coverage_map"]["selection"]["cell"] = []
    module._open()
    assert opened == ["23(4)(a)"]
