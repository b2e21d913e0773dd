"""The page with what is missing, where it belongs, and what it must hold."""

import csv
import io

import pytest

from nis2_align.export.gap_list import gap_lines
from nis2_align.messages import messages
from nis2_align.model import DutyKind
from nis2_align.ui import session
from nis2_align.ui.gaps import open_rows, ordered
from tests.app import page_samples


@pytest.fixture
def gaps(page):
    page.upload().open("gaps")
    assert not page.at.exception
    return page


def grid(page):
    return page.at.dataframe[0].value


def ids(page):
    return [words.split(" – ")[0] for words in grid(page)["requirement"]]


def test_every_open_duty_has_a_line(gaps):
    wanted = [
        one.requirement
        for one in page_samples.align_text().table().rows
        if one.duty is DutyKind.MUST
        and one.coverage.value in {"partial", "none", "uncertain"}
        and not (one.reason and one.reason.value == "no_statement")
    ]
    assert ids(gaps) == wanted
    line = grid(gaps)[grid(gaps)["coverage"] == "◐ partial"].iloc[0]
    assert "24 hours required" in line["missing"]
    assert line["place"] == "Article 1"
    assert grid(gaps)["checklist"].str.contains("☐").any()
    assert "48 hours" in line["quotes"]
    lone = grid(gaps)[grid(gaps)["coverage"].str.startswith("✘")].iloc[0]
    assert "Article 1, beside " in lone["place"]


def test_the_file_holds_what_is_shown_in_the_same_order(gaps):
    gaps.choose("Chapter", "IV").choose("Order", "grade")
    grades = list(grid(gaps)["coverage"].str[0])
    assert grades == sorted(grades, key="✘◐?".index)
    name, content = gaps.download(".csv")
    assert name.startswith("nis2-")
    assert "lamp" not in name
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ids(gaps)
    assert all(not value.startswith(tuple("=+-@")) for line in lines for value in line)


def test_filters_that_leave_nothing_say_so(gaps):
    gaps.choose("Coverage", "none").choose("Kind of duty", "none")
    assert "There is no gap with these filters." in gaps.words()
    assert not gaps.at.dataframe


def test_the_button_leads_to_review(gaps):
    wanted = ids(gaps)[3]
    gaps.choose("Requirement", wanted)
    gaps.at.button(key="gaps_open").click().run()
    assert not gaps.at.exception
    assert gaps.at.title[0].value == "Review"
    assert gaps.at.session_state["requirement"] == wanted


def test_a_line_opens_its_requirement(monkeypatch):
    from nis2_align.ui import gaps as module

    opened = []
    monkeypatch.setattr(session, "open_requirement", opened.append)
    state = {"gap_table": {"selection": {"rows": [1]}}}
    monkeypatch.setattr(module.st, "session_state", state)
    module._open(["20(1)", "21(1)"])
    state["gap_table"]["selection"]["rows"] = []
    module._open(["20(1)", "21(1)"])
    assert opened == ["21(1)"]


def test_lines_sort_by_doubt_and_by_place():
    table = page_samples.align_text().table()
    lines = gap_lines(open_rows(table), table, messages("en"))
    assert ordered(lines, "directive") == list(lines)
    doubtful = ordered(lines, "doubt")
    assert doubtful[0].row.coverage.value == "uncertain"
    placed = [line.home is None for line in ordered(lines, "place")]
    assert placed == sorted(placed)
    assert sorted(map(id, doubtful)) == sorted(map(id, lines))


def test_the_real_sample_shows_its_gaps(real_page):
    sample = session.sample()
    real_page.upload(sample.name, sample.content).open("gaps")
    assert not real_page.at.exception
    shown = grid(real_page)
    assert len(shown) > 10
    assert shown["checklist"].str.contains("☐").any()
    assert shown["place"].str.len().all()
