"""The first page: upload to download, without a browser."""

import io
import json
import logging
import tempfile
from pathlib import Path

import openpyxl
import pytest

import nis2_align
from nis2_align.directive import load_statements
from nis2_align.export.json import to_dict
from nis2_align.model import Coverage, DutyKind, Reason
from nis2_align.ui import session
from tests.app import page_samples


def counted(alignment):
    """Count the assessed duties apart from the code of the page."""
    duties = [
        item
        for item in alignment.result.assessments
        if item.duty is DutyKind.MUST and item.reason is not Reason.NO_STATEMENT
    ]
    grades = (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNCERTAIN)
    numbers = [sum(item.coverage is grade for item in duties) for grade in grades]
    return [f"{number} of {sum(numbers)}" for number in numbers]


def figures(page):
    return [metric.value for metric in page.at.metric]


def test_empty_page_offers_an_upload_and_the_sample(page, calls):
    assert not page.at.exception
    assert len(page.at.file_uploader) == 1
    assert [button.label for button in page.at.button] == ["Use the sample"]
    assert not page.at.get("download_button")
    assert not calls


def test_upload_leads_to_headline_chapters_and_gaps(page):
    page.upload()
    assert not page.at.exception
    assert figures(page) == counted(page_samples.align_text())
    marks = [metric.label.split(" ")[0] for metric in page.at.metric]
    assert marks == ["✔", "◐", "✘", "?"]
    unread = sum(
        item.duty is DutyKind.MUST and item.reason is Reason.NO_STATEMENT
        for item in page_samples.result().assessments
    )
    assert (f"{unread} more are not yet covered" in page.words()) == bool(unread)
    chapters = page.at.table[0].value
    assert chapters["Total"].sum() == sum(
        item.duty is DutyKind.MUST for item in page_samples.result().assessments
    )
    chart = json.loads(page.at.get("vega_lite_chart")[0].proto.spec)
    assert chart["layer"][0]["mark"]["type"] == "bar"
    gaps = page.at.dataframe[0].value
    wanted = {"partial", "not found in the acts given", "uncertain"}
    assert {grade.split(" ", 1)[1] for grade in gaps["coverage"]} == wanted
    first = gaps[gaps["coverage"] == "◐ partial"].iloc[0]
    assert "48 hours" in first["quotes"]
    assert "1(1)" in first["quotes"]
    assert "24 hours required" in first["missing"]


def test_filters_narrow_the_gap_table(page):
    page.upload()
    before = len(page.at.dataframe[0].value)
    page.choose("Chapter", "IV")
    gaps = page.at.dataframe[0].value
    assert 0 < len(gaps) < before
    assert gaps["requirement"].str.match(r"2[0-5]\(").all()
    page.at.button_group[0].set_value([]).run()
    assert not page.at.dataframe
    assert page.at.info[0].value == "There is no gap with these filters."


def test_real_progress_is_shown(page, monkeypatch):
    shown = []
    real = session.analyse

    def analyse(dossier, on_stage):
        return real(dossier, lambda progress: (shown.append(progress.stage), on_stage(progress)))

    monkeypatch.setattr("nis2_align.ui.dossier.analyse", analyse)
    page.upload()
    assert list(dict.fromkeys(shown)) == list(page_samples.STAGES)
    assert not page.at.exception


def graded(grade):
    """Return the first assessment of a grade that has clauses, elements and gaps to show."""
    return next(
        item
        for item in page_samples.result().assessments
        if item.coverage is grade and len(item.elements) > 2
    )


def test_details_of_one_requirement(page):
    item = graded(Coverage.PARTIAL)
    page.upload().choose("Requirement", item.requirement)
    said = page.words()
    assert "**◐ partial**" in said
    assert {"✔ met", "◐ weaker", "✘ absent"} <= {text.value.split(":")[0] for text in page.at.text}
    assert "↳ 1(1): “48 hours”" in said
    assert all(f"▸ {gap.kind}: {gap.message}" in said for gap in item.gaps)
    assert item.provisions[1].quote in said
    assert len(page.at.table) == 1 + len(item.provisions)
    for table in page.at.table[1:]:
        shares = [float(share.replace("\\", "")) for share in table.value["Contribution"][:-1]]
        total = float(table.value["Contribution"].iloc[-1].strip("*").replace("\\", ""))
        assert round(sum(shares), 6) == total == 0.351


def test_every_requirement_can_be_opened(page):
    page.upload()
    box = next(box for box in page.at.selectbox if box.label == "Requirement")
    ids = [item.requirement for item in page_samples.result().assessments]
    assert [option.split("  ")[0] for option in box.options] == ids
    for id_ in (ids[0], "20(2)", "21(2)", ids[-1]):
        page.choose("Requirement", id_)
        assert not page.at.exception


def test_text_of_an_act_is_never_markup(page):
    page.upload().choose("Requirement", graded(Coverage.PARTIAL).requirement)
    assert not page.at.get("html")
    assert not any(item.proto.allow_html for item in page.at.markdown)
    texts = [item.value for item in page.at.text]
    assert any(page_samples.HOSTILE in text for text in texts)
    for item in [*page.at.markdown, *page.at.caption]:
        assert "<b>" not in item.value
        assert "**bold**" not in item.value
    for table in page.at.table:
        for text in table.value.astype(str).to_numpy().ravel():
            assert "<b" not in text


def test_downloads_hold_the_result(page):
    content = b"Article 1\nA lamp."
    page.upload("secret-draft.txt", content)
    name, data = page.download(".json")
    result = page_samples.result("secret-draft", content)
    assert json.loads(data) == json.loads(json.dumps(to_dict(result)))
    assert "secret" not in name
    name, data = page.download(".xlsx")
    assert "secret" not in name
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Concordance"]
    ids = {cell.value for row in sheet.iter_rows() for cell in row[:1]}
    assert {item.requirement for item in result.assessments} <= ids


def test_an_error_is_one_sentence_and_the_next_file_works(page):
    page.upload("**tale**.txt", b"Once upon a time.")
    assert not page.at.exception
    assert len(page.at.error) == 1
    assert page.at.error[0].value.endswith("Give the text of an act\\.")
    assert "**" not in page.at.error[0].value
    assert not page.at.get("download_button")
    page.upload()
    assert not page.at.error
    assert len(page.at.get("download_button")) == 2


def test_a_defect_shows_no_trace_and_logs_no_text(page, monkeypatch, caplog):
    def broken(*_args, **_settings):
        raise ValueError("the keeper's secret clause")

    monkeypatch.setattr(nis2_align, "align", broken)
    with caplog.at_level(logging.DEBUG):
        page.upload()
    assert not page.at.exception
    assert "ValueError" in page.at.error[0].value
    assert "secret" not in page.words() + caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.parametrize("content", [b"Article 1\nA lamp.", b"no act"])
def test_an_upload_leaves_nothing_on_the_disk(page, calls, content):
    page.upload("../../lamp.txt", content)
    (path,) = calls[0][0]
    assert path.name == "lamp.txt"
    assert path.is_relative_to(tempfile.gettempdir())
    assert not path.parent.parent.exists()


@pytest.mark.parametrize("name", ["..", "", "a\x00b.txt", "закон" * 80 + ".docx", "c:\\x\\y.pdf"])
def test_any_file_name_can_be_written(name, tmp_path):
    written = session._file_name(name)
    (tmp_path / written).write_bytes(b"x")
    assert [path.name for path in tmp_path.iterdir()] == [written]
    assert Path(written).suffix == (Path(name).suffix if "." in name.strip(".") else "")


def test_language_is_shown_as_detected_and_can_be_changed(page, calls):
    page.upload()
    assert "certainty 93 %" in page.words().replace("\\", "")
    page.choose("Language of the act", "hr").choose("Country", "HR")
    assert not page.at.error, page.at.error[0].value
    assert calls[-1][1:] == ("hr", "HR")
    assert "Croatian, Latin script (chosen by you)" in page.words().replace("\\", "")
    page.upload("other.txt", b"Article 2")
    assert calls[-1][1:] == (None, None)


def test_a_second_look_is_cached_and_the_cache_is_bounded(page, calls):
    page.upload("a.txt", b"Article 1")
    page.choose("Requirement", "21(2)(a)").choose("Chapter", "IV")
    page.upload("a.txt", b"Article 1")
    assert len(calls) == 1
    for number in range(2, 3 + session.KEPT):
        page.upload("a.txt", b"Article %d" % number)
    assert len(calls) == session.KEPT + 2
    assert len(page.at.session_state["recent_views"]) == session.KEPT
    page.upload("a.txt", b"Article 1")
    assert len(calls) == session.KEPT + 3


def test_screen_language_changes_words_and_keeps_choices(page):
    page.upload().choose("Requirement", "23(4)(a)").choose("Language of the screen", "hr")
    assert not page.at.exception
    box = next(box for box in page.at.selectbox if box.label == "Zahtjev")
    assert box.value == "23(4)(a)"
    assert page.at.title[0].value == "Kako ovaj nacrt prenosi NIS2?"
    assert [metric.value.split()[1] for metric in page.at.metric] == ["od"] * 4
    name, data = page.download(".xlsx")
    assert "Sažetak" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames, name
    assert json.loads(page.download(".json")[1])["words"] == "hr"
    sentences = load_statements("hr").says["23(4)(a)"]
    assert all(f"• {sentence}" in page.words() for sentence in sentences)


def test_sample_through_the_whole_house(real_page):
    page = real_page
    page.at.button[0].click().run()
    assert not page.at.exception
    assert not page.at.error
    alignment = nis2_align.align(sorted((session.corpus_dir() / "samples").glob("*.pdf"))[0])
    assert figures(page) == counted(alignment)
    _, data = page.download(".json")
    assert json.loads(data) == json.loads(json.dumps(to_dict(alignment.result)))
    _, data = page.download(".xlsx")
    assert "Gaps" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    page.choose("Requirement", "21(2)(j)")
    assert not page.at.exception
    quotes = [item.quote for item in alignment.explain("21(2)(j)").accepted]
    assert quotes
    assert any(quotes[0][:80] in item.value for item in page.at.text)
