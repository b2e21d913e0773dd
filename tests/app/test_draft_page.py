"""The page on which a clause is written beside its gap, tried, and taken out."""

import threading

import pytest

from nis2_align.match.memory import Memory
from nis2_align.model import Coverage
from nis2_align.pipeline import Progress
from nis2_align.read import read
from nis2_align.trial import Change, Trial
from nis2_align.ui import attempts, draft, session, visits
from nis2_align.ui.attempts import KEPT, inserted
from tests.app import page_samples
from tests.unit.export.test_insertion import word
from tests.unit.pipeline.mini_laws import ENGLISH

TRAINING = next(line for line in ENGLISH.splitlines() if "shall attend training" in line)


@pytest.fixture
def tried(monkeypatch):
    """Put a stand-in in the trial's place; what it was given is noted."""
    noted = []

    def try_clause(result, requirement, text, after, on_stage=None, memory=None):
        assert isinstance(memory, Memory)
        noted.append((requirement, text, after))
        told = page_samples.align_text().explain(requirement)
        before = next(one.coverage for one in result.assessments if one.requirement == requirement)
        return Trial(
            requirement=requirement, text=text, after=after, before=before, explanation=told,
            refs=("1(3)",), counts=True,
        )  # fmt: skip

    monkeypatch.setattr(draft, "try_clause", try_clause)
    monkeypatch.setattr(attempts, "remembered", lambda result, on_stage: Memory())
    return noted


@pytest.fixture
def drafting(page, tried):
    page.upload().open("draft")
    assert not page.at.exception
    return page


def visit_of(page):
    """Return what is held for the browser of a page."""
    return visits._visits().of(page.at.session_state["visit"])


def said(page):
    """Return all that the page says, without the marks that keep Markdown from acting."""
    return page.words().replace("\\", "")


def write(page, text):
    page.at.text_area[0].set_value(text).run()
    page.at.button(key="draft_try").click().run()
    assert not page.at.exception
    return page


def test_an_attempt_is_shown_with_its_words_as_they_stand(drafting, tried):
    write(drafting, page_samples.HOSTILE)
    assert [entry[1] for entry in tried] == [page_samples.HOSTILE]
    assert page_samples.HOSTILE in [one.value for one in drafting.at.text]
    assert drafting.at.expander[-1].label.startswith("Attempt 1")
    assert "it would be part of 1(3)" in said(drafting)
    assert "not a DOCX file" in said(drafting)
    name, content = drafting.download(".txt")
    assert name.startswith("nis2-")
    assert "lamp" not in name
    assert content == f"{page_samples.HOSTILE}\n".encode()


def test_attempts_and_text_outlive_a_change_of_page_and_of_language(drafting, tried):
    write(write(drafting, "First lamp."), "Second lamp.")
    drafting.open("coverage").open("draft")
    drafting.at.selectbox(key="screen_language").set_value("hr").run()
    assert drafting.at.text_area[0].value == "Second lamp."
    drafting.at.selectbox(key="screen_language").set_value("en").run()
    labels = [one.label for one in drafting.at.expander if one.label.startswith("Attempt")]
    assert [label[:9] for label in labels] == ["Attempt 2", "Attempt 1"]
    drafting.at.button(key="draft_again_1").click().run()
    assert drafting.at.text_area[0].value == "First lamp."
    drafting.at.button(key="draft_remove_2").click().run()
    labels = [one.label for one in drafting.at.expander if one.label.startswith("Attempt")]
    assert [label[:9] for label in labels] == ["Attempt 1"]


def test_the_same_clause_at_the_same_place_is_not_graded_twice(drafting, tried):
    write(write(write(drafting, "Lamp."), "Wick."), " Lamp. ")
    assert [entry[1] for entry in tried] == ["Lamp.", "Wick."]
    for number in range(KEPT + 1):
        write(drafting, f"Lamp {number}.")
    labels = [one.label for one in drafting.at.expander if one.label.startswith("Attempt")]
    assert len(labels) == KEPT


def test_an_empty_clause_is_refused_in_words(drafting, tried):
    write(drafting, " 1. ")
    assert "Type or paste a clause first." in said(drafting)
    assert not tried


def test_each_requirement_has_its_own_text_and_place(drafting, tried):
    write(drafting, "Lamp.")
    first = drafting.at.session_state["requirement"]
    box = next(one for one in drafting.at.selectbox if one.label == "Requirement")
    other = next(option.split(" ")[0] for option in box.options if not option.startswith(first))
    box.set_value(other).run()
    assert drafting.at.session_state["requirement"] == other
    assert drafting.at.text_area[0].value == ""
    assert "Attempt 1" not in " ".join(one.label for one in drafting.at.expander)
    drafting.choose("Below this provision", "lamp:1(1)")
    write(drafting, "Wick.")
    assert [(entry[0], entry[2].ref) for entry in tried][1:] == [(other, "1(1)")]


@pytest.fixture
def asked(monkeypatch):
    """Put a stand-in in the place of grading all again; it waits until it is let go."""
    go_on, noted = threading.Event(), []

    def others_changed(result, trial, on_stage, memory):
        noted.append(trial)
        on_stage(Progress(stage="grade", act=None, done=1, total=2))
        assert go_on.wait(60)
        on_stage(Progress(stage="grade", act=None, done=2, total=2))
        return (Change(requirement="21(1)", before=Coverage.NONE, after=Coverage.FULL),)

    monkeypatch.setattr(attempts, "others_changed", others_changed)
    yield noted, go_on
    go_on.set()


def held(page):
    """Return what was tried, as the page holds it."""
    (kept,) = visit_of(page).attempts.values()
    return kept


def keys(page):
    return [button.key for button in page.at.button]


def test_what_else_would_change_is_found_out_when_it_is_asked_for(drafting, asked):
    noted, go_on = asked
    write(drafting, "Lamp.")
    assert not noted
    assert "21(1): " not in said(drafting)
    go_on.set()
    drafting.at.button(key="draft_others_1").click().run()
    assert not drafting.at.exception
    assert "It would also change: 21(1): " in said(drafting)
    assert "draft_others_1" not in keys(drafting)
    # It stays with the attempt.
    drafting.open("coverage").open("draft")
    assert "It would also change: 21(1)" in said(drafting)
    assert len(noted) == 1
    write(drafting, "Wick.")
    assert "draft_others_2" in keys(drafting)


def test_where_nothing_else_changes_that_is_said(drafting, monkeypatch):
    monkeypatch.setattr(attempts, "others_changed", lambda *_: ())
    write(drafting, "Lamp.").at.button(key="draft_others_1").click().run()
    assert "No other grade would change." in said(drafting)


def test_the_question_can_be_stopped_and_asked_again(drafting, asked, monkeypatch):
    _, go_on = asked
    shown = []
    watch = attempts._watch

    def stopping(work, number, say):
        monkeypatch.setattr(work, "wait", lambda seconds: shown.append(seconds) or work.cancelled)
        threading.Timer(0.3, work.cancel).start()  # The visitor's click, while the page waits.
        watch(work, number, say)

    monkeypatch.setattr(attempts, "_watch", stopping)
    write(drafting, "Lamp.").at.button(key="draft_others_1").click().run()
    assert not drafting.at.exception
    assert shown
    assert "The work was stopped." in said(drafting)
    assert held(drafting)[0].trial.others is None
    monkeypatch.setattr(attempts, "_watch", watch)
    go_on.set()
    drafting.at.button(key="draft_others_1").click().run()
    assert "It would also change: 21(1)" in said(drafting)


def test_progress_and_a_button_to_stop_are_shown_while_all_is_graded(drafting, asked, monkeypatch):
    _, go_on = asked
    seen = []
    bar = attempts.st.progress

    def progress(value, text):
        shown = bar(value, text)
        seen.append((value, text))
        moved = shown.progress

        def move(value, text):
            seen.append((value, text))
            go_on.set()
            return moved(value, text)

        shown.progress = move
        return shown

    monkeypatch.setattr(attempts.st, "progress", progress)
    write(drafting, "Lamp.").at.button(key="draft_others_1").click().run()
    assert seen[0] == (0.0, "Finding articles and paragraphs")
    assert (0.5, "Grading: 1 of 2") in seen


def test_an_attempt_that_is_removed_stops_its_question(drafting, asked, monkeypatch):
    write(drafting, "Lamp.")
    (attempt,) = held(drafting)
    # Asked outside of a run of the page, where Streamlit knows no visitor.
    here = visit_of(drafting)
    monkeypatch.setattr(attempts, "visit", lambda: here)
    attempt.ask(drafting.view())
    work = attempt.asking
    attempts._remove(held(drafting), attempt.number)
    assert work.cancelled
    assert not held(drafting)


def test_a_defect_names_no_word_of_the_clause(drafting, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("Lamp.")

    monkeypatch.setattr(attempts, "others_changed", broken)
    write(drafting, "Lamp.").at.button(key="draft_others_1").click().run()
    assert "ZeroDivisionError" in said(drafting)
    assert "draft_others_1" in keys(drafting)


def test_a_dossier_that_could_not_be_readied_is_tried_all_the_same(page, tried, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    seen = []
    monkeypatch.setattr(attempts, "remembered", broken)
    stand_in = draft.try_clause

    def try_clause(*given, memory):
        seen.append(memory)
        return stand_in(*given, memory=Memory())

    monkeypatch.setattr(draft, "try_clause", try_clause)
    page.upload().open("draft")
    write(page, "Lamp.")
    assert seen == [None]
    assert len(tried) == 1


def test_what_is_remembered_goes_when_another_dossier_is_drafted_for(drafting):
    first = visit_of(drafting).ready
    drafting.open("coverage").open("draft")
    assert visit_of(drafting).ready is first
    drafting.upload("wick.txt", b"Article 1\nThe wick is trimmed.").open("draft")
    second = visit_of(drafting).ready
    assert second[0] != first[0]
    assert second[1] is not first[1]
    visit_of(drafting).clear()
    assert second[1].cancelled
    assert visit_of(drafting).ready is None


def test_a_gap_of_a_real_docx_is_closed_and_taken_out(real_page):
    real_page.upload("law.docx", word())
    real_page.at.session_state["requirement"] = "20(2)"
    real_page.open("draft")
    assert not real_page.at.exception
    real_page.choose("Below this provision", "law:3(1)")
    write(real_page, TRAINING)
    assert "The grade counts it." in said(real_page)
    assert "Enter your name" in said(real_page)
    real_page.at.text_input(key="draft_name").set_value("Ana <&>").run()
    assert not real_page.at.exception
    assert "Enter your name" not in said(real_page)
    labels = [one.proto.label for one in real_page.at.get("download_button")]
    assert any("DOCX" in label for label in labels)
    view = real_page.view()
    trial = held(real_page)[0].trial
    again = read(inserted(trial, view, "Ana <&>"), name="law.docx")
    assert f"{TRAINING}\n" in again.text
    assert trial.before is not trial.coverage
    real_page.at.button(key="draft_others_1").click().run()
    assert not real_page.at.exception
    assert "It would also change: " in said(real_page) or "No other grade" in said(real_page)
    assert held(real_page)[0].trial.others is not None


def test_the_real_sample_offers_its_provisions(real_page):
    sample = session.sample()
    real_page.upload(sample.name, sample.content).open("draft")
    assert not real_page.at.exception
    place = next(one for one in real_page.at.selectbox if one.label == "Below this provision")
    assert len(place.options) > 100
