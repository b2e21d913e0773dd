"""What a person decided, in every output, beside what the tool said."""

import csv
import io
import json
from dataclasses import replace

import jsonschema
import openpyxl
import pytest

from nis2_align.concordance import table
from nis2_align.export import render
from nis2_align.export.json import schema
from nis2_align.messages import messages
from nis2_align.model import ClauseRef, Coverage, Elsewhere, Review
from tests.unit.export.result_samples import HEADINGS, assessments, result
from tests.unit.export.test_json_contract import closed

REVIEW = Review(
    grade=Coverage.FULL,
    comment="=1+1 see the by-law",
    who="Ana",
    when="2026-03-01T09:30:00Z",
    added=(ClauseRef(act="svetionik", ref="3"),),
    removed=(ClauseRef(act="svetionik", ref="2(1)"),),
    elsewhere=(Elsewhere(title="Pravilnik", gazette="1/30", article="4", planned="2030-01-01"),),
    stale=True,
)


@pytest.fixture
def reviewed():
    held = list(assessments())
    held[3] = replace(held[3], review=REVIEW, elsewhere=REVIEW.elsewhere)
    return result(assessments=tuple(held))


def test_the_json_has_both_and_keeps_to_the_contract(reviewed):
    data = json.loads(render(reviewed, ".json"))
    jsonschema.Draft202012Validator(closed(schema())).validate(data)
    item = data["assessments"][3]
    assert item["coverage"] == "partial"
    assert list(item["review"]) == [
        "grade", "comment", "who", "when", "added", "removed", "elsewhere", "stale",
    ]  # fmt: skip
    assert item["review"]["grade"] == "full"
    assert item["review"]["stale"] is True
    assert item["review"]["added"] == [{"act": "svetionik", "ref": "3"}]
    assert item["review"]["elsewhere"] == item["elsewhere"]
    assert item["elsewhere"][0]["planned"] == "2030-01-01"
    assert [i["review"] for i in data["assessments"] if i is not item] == [None] * 5


def test_the_figures_count_the_persons_grade(reviewed):
    before, after = table(result(), HEADINGS).counts, table(reviewed, HEADINGS).counts
    assert (after.full, after.partial) == (before.full + 1, before.partial - 1)
    assert after.total == before.total


def shown(reviewed, ending):
    content = render(reviewed, ending, HEADINGS, "en")
    if ending == ".csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Concordance"]
        rows = [[str(value or "") for value in row] for row in sheet.values]
    return next(row for row in rows if row[0] == "23(4)(a)")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_tables_show_the_persons_grade_and_the_tools(reviewed, ending):
    row = shown(reviewed, ending)
    say = messages("en")
    assert row[2].startswith(say.text("grade_full"))
    assert say.text("grade_partial") in row[2]
    assert "earlier draft" in row[2]
    assert "earlier draft" not in shown(result(), ending)[2]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_tables_name_the_clauses_that_count(reviewed, ending):
    clauses = shown(reviewed, ending)[4].splitlines()
    assert [line.split(" – ")[0] for line in clauses[:1]] == ["3"]
    assert any("Pravilnik" in line for line in clauses)
    assert not any(line.startswith("2(1)") for line in clauses)
    assert "остаје реч" in shown(reviewed, ending)[5]
