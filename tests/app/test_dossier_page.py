"""The dossier page: uploads, what is said and found of each act, progress, stop, errors."""

import json
import logging
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest

import nis2_align
from nis2_align.messages import available, messages
from nis2_align.resources import corpus_dir
from nis2_align.ui import session, visits
from nis2_align.ui.uploads import Upload, put_together
from tests.app import page_samples

EN = messages("en")


def button(page, label):
    return next(one for one in page.at.button if one.label == label)


def said(page):
    return page.words().replace("\\", "")


def box(page, label, number=0):
    boxes = [*page.at.selectbox, *page.at.text_input, *page.at.date_input]
    return [one for one in boxes if one.label == label][number]


def apply(page, number=0):
    label = EN.text("ui_dossier_apply")
    [one for one in page.at.button if one.label == label][number].click().run()
    assert not page.at.exception


def test_an_empty_page_offers_an_upload_and_the_sample(page, calls):
    assert not page.at.exception
    assert len(page.at.file_uploader) == 1
    assert [one.label for one in page.at.button] == ["Use the sample"]
    assert not calls


def test_an_upload_is_analysed_and_described(page, calls):
    page.upload()
    assert not page.at.exception
    assert [entry.path.name for entry in calls[0].entries] == ["lamp.txt"]
    words = said(page)
    assert "Acts read: 1. Articles found: 1." in words
    assert "Language: English, Latin script (certainty 93 %)." in words
    assert "Country: not named in the text" in words
    assert "Page 7 is <b>empty</b>; upload another." in words


def test_several_files_are_one_dossier_and_a_bad_one_does_not_stop_the_others(page, calls):
    page.upload("a.txt", b"Article 1", "b.txt", b"Article 2", "tale.txt", b"Once upon a time.")
    assert [entry.path.name for entry in calls[0].entries] == ["a.txt", "b.txt", "tale.txt"]
    assert "Acts read: 2." in said(page)
    (error,) = page.at.error
    left_out = EN.text("ui_dossier_left_out")
    assert error.value.replace("\\", "") == f"{left_out} tale.txt: no article."


def test_an_error_is_one_sentence_and_the_next_file_works(page):
    page.upload("**tale**.txt", b"Once upon a time.")
    assert not page.at.exception
    (error,) = page.at.error
    assert error.value.endswith("Give the text of an act\\.")
    assert "**" not in error.value
    page.open("coverage")
    assert len(page.at.error) == 1
    page.upload()
    assert not page.at.error
    assert "Acts read: 1." in said(page)


def test_the_same_file_twice_is_one_act(page, calls):
    page.upload("a.txt", b"Article 1", "b.txt", b"Article 1")
    assert [entry.path.name for entry in calls[0].entries] == ["a.txt"]


def test_a_new_upload_is_a_new_dossier_and_an_added_one_is_not(page, calls):
    page.upload("a.txt", b"Article 1").upload("b.txt", b"Article 2")
    assert [entry.path.name for entry in calls[-1].entries] == ["b.txt"]
    label = EN.text("ui_dossier_add_help")
    adding = next(one for one in page.at.file_uploader if one.label == label)
    adding.set_value([("c.txt", b"Article 3", "text/plain")]).run()
    assert [entry.path.name for entry in calls[-1].entries] == ["b.txt", "c.txt"]


def test_an_act_can_be_removed(page, calls):
    page.upload("a.txt", b"Article 1", "b.txt", b"Article 2")
    button(page, "Remove").click().run()
    assert [entry.path.name for entry in calls[-1].entries] == ["b.txt"]
    button(page, "Remove").click().run()
    assert not page.at.exception
    assert [one.label for one in page.at.button] == ["Use the sample"]


def test_settings_of_one_act_are_taken_over_and_shown(page, calls):
    page.upload("a.txt", b"Article 1", "b.txt", b"Article 2")
    box(page, "Language of the act", 1).set_value("hr")
    box(page, "Country", 1).set_value("HR")
    box(page, EN.text("ui_dossier_kind"), 1).set_value("by_law")
    box(page, EN.text("ui_dossier_planned"), 1).set_value(date(2027, 3, 1))
    box(page, EN.text("ui_dossier_jurisdiction"), 1).set_value("ba-srp")
    box(page, EN.text("ui_dossier_title"), 1).set_value("Rulebook")
    assert len(calls) == 1
    apply(page, 1)
    first, second = calls[-1].entries
    assert (first.language, first.country, first.kind, first.planned) == (None,) * 4
    assert (second.language, second.country, second.kind) == ("hr", "HR", "by_law")
    assert (second.planned, second.jurisdiction) == ("2027-03-01", "BA-SRP")
    assert second.title == "Rulebook"
    words = said(page)
    assert "Croatian, Latin script (chosen by you)" in words
    assert "Country: Croatia (HR) (chosen by you)." in words
    assert "Holds in: BA-SRP." in words
    assert "Kind: by-law." in words
    assert "Planned for 2027-03-01" in words


def test_a_jurisdiction_that_is_none_is_refused(page, calls):
    page.upload()
    box(page, EN.text("ui_dossier_jurisdiction")).set_value("Europe")
    apply(page)
    assert EN.text("ui_dossier_jurisdiction_wrong") in said(page)
    assert len(calls) == 1


def test_a_dossier_file_says_what_the_others_are(page, calls):
    yaml = (
        b"acts:\n"
        b"  - {file: a.txt, kind: law, jurisdiction: BA-FED}\n"
        b"  - {file: ../../../etc/passwd, planned: 2027-03-01}\n"
        b'elsewhere:\n  - {requirement: "22(1)", title: Act on maps}\n'
    )
    page.upload("a.txt", b"Article 1", "dossier.yaml", yaml)
    (entry,) = calls[0].entries
    assert (entry.kind, entry.jurisdiction, entry.content) == ("law", "BA-FED", b"Article 1")
    assert [place.title for place in calls[0].elsewhere["22(1)"]] == ["Act on maps"]
    assert "names passwd, which was not uploaded" in said(page)


def test_a_broken_dossier_file_is_one_sentence():
    act = Upload("a.txt", b"Article 1")
    dossier, notes = put_together([act, Upload("dossier.yaml", b"acts: [&a {file: *a}]")])
    assert [source.name for source in dossier.sources] == ["a.txt"]
    assert len(notes) == 1 and "dossier.yaml" in notes[0]
    dossier, notes = put_together([Upload("dossier.yml", b"acts:\n  - {file: a.txt}\n")])
    assert dossier is None
    assert len(notes) == 1


def test_progress_tells_stage_act_and_page(page, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "streamlit.delta_generator.DeltaGenerator.progress",
        lambda self, share, text=None: shown.append((share, text)) or self,
    )
    going = threading.Event()

    def align(dossier, on_stage, **settings):
        from nis2_align.pipeline import Progress

        now = Progress(stage="read", act="lamp.txt", done=0, total=2, page=3, pages=6)
        on_stage(now)
        going.wait(0.5)
        on_stage(Progress(stage="grade", act=None, done=50, total=200))
        going.wait(0.5)
        return page_samples.align(dossier, **settings)

    monkeypatch.setattr(nis2_align, "align", align)
    page.upload()
    assert not page.at.exception
    told = {text.replace("\\", ""): share for share, text in shown}
    assert told["Reading the file: lamp.txt, page 3 of 6"] == 0.25
    assert told["Grading: 50 of 200"] == 0.25


def test_a_stopped_work_can_be_taken_up_again(page, monkeypatch):
    def slow(dossier, on_stage, **settings):
        threading.Event().wait(0.3)
        return page_samples.align(dossier, on_stage=on_stage, **settings)

    monkeypatch.setattr(nis2_align, "align", slow)
    monkeypatch.setattr("nis2_align.ui.progress._watch", lambda work, dossier, say: work.cancel())
    page.upload()
    assert EN.text("ui_dossier_stopped") in said(page)
    assert "Acts read" not in said(page)
    assert "lamp.txt" in said(page)
    monkeypatch.setattr("nis2_align.ui.progress._watch", lambda work, dossier, say: work.wait(5))
    button(page, "Analyse").click().run()
    assert not page.at.exception
    assert "Acts read: 1." in said(page)


def test_a_defect_shows_no_trace_and_logs_no_text(page, monkeypatch, caplog):
    def broken(*_args, **_settings):
        raise ValueError("the keeper's secret clause")

    monkeypatch.setattr(nis2_align, "align", broken)
    with caplog.at_level(logging.DEBUG):
        page.upload("hidden-name.txt")
    assert not page.at.exception
    assert "ValueError" in page.at.error[0].value
    assert "secret" not in page.words() + caplog.text
    assert "hidden-name" not in caplog.text
    assert "ValueError" in caplog.text


@pytest.mark.parametrize("content", [b"Article 1\nA lamp.", b"no act"])
def test_an_upload_never_touches_the_disk(page, calls, content, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page.upload("lamp.txt", content)
    assert calls[0].entries[0].content == content
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in found if content in path.read_bytes()]


def test_nothing_of_the_upload_stays_in_the_session_state(page):
    page.upload("lamp.txt", b"Article 1\nMARKER")
    assert "lamp.txt" in said(page)
    assert "MARKER" not in repr(page.at.session_state)


@pytest.mark.parametrize("name", ["..", "", "a\x00b.txt", "закон" * 80 + ".docx", "c:\\x\\y.pdf"])
def test_any_file_name_can_be_taken(name, tmp_path):
    taken = session.Source(name, b"x").name
    (tmp_path / taken).write_bytes(b"x")
    assert [path.name for path in tmp_path.iterdir()] == [taken]
    assert Path(taken).suffix == (Path(name).suffix if "." in name.strip(".") else "")


def test_a_second_look_is_cached_and_the_cache_is_bounded(page, calls):
    page.upload("a.txt", b"Article 1").open("about").open("dossier")
    page.upload("a.txt", b"Article 1")
    assert len(calls) == 1
    for number in range(2, 3 + visits.KEPT):
        page.upload("a.txt", b"Article %d" % number)
    assert len(calls) == visits.KEPT + 2
    page.upload("a.txt", b"Article 1")
    assert len(calls) == visits.KEPT + 3


def test_another_language_of_the_screen_reads_no_file_again(page, calls):
    page.upload().choose("Language of the screen", "hr")
    assert not page.at.exception
    assert [call.entries[0].document is None for call in calls] == [True, False]
    assert calls[1].entries[0].document.name == "lamp.txt"


@pytest.mark.parametrize("code", available())
def test_the_page_speaks_every_language(page, code):
    say = messages(code)
    page.upload().choose("Language of the screen", code)
    assert not page.at.exception
    assert page.at.title[0].value == say.text("ui_page_dossier")
    assert say.text("ui_dossier_done", acts=1, articles=1) in page.words()


def test_the_sample_through_the_whole_house(real_page):
    page = real_page
    button(page, "Use the sample").click().run()
    assert not page.at.exception
    assert not page.at.error
    alignment = nis2_align.align(next((corpus_dir() / "samples").glob("*.pdf")))
    (act,) = alignment.result.acts
    assert f"Articles: {act.articles}" in said(page)
    assert "Pages: 18" in said(page)
    assert act.title in said(page)
    view = page.view()
    assert view.alignment.result == alignment.result
    assert json.loads(view.file(".json", "en"))["acts"][0]["sha256"] == act.sha256
