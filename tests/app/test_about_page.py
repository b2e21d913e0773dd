"""The page about the tool: figures as published, what is kept, and the button that deletes it."""

import pytest

from nis2_align.evaluate.published import published
from nis2_align.messages import available, messages
from nis2_align.model import Coverage
from nis2_align.reviews import decide, open_reviews, own_path
from nis2_align.ui import visits

EN = messages("en")


def said(page):
    return page.words().replace("\\", "")


def test_the_figures_are_the_published_ones(page):
    page.open("about")
    assert not page.at.exception
    table = page.at.table[0].value.reset_index()
    assert len(table) == len(published())
    for (_, line), one in zip(table.iterrows(), published(), strict=True):
        cells = [str(cell).replace("\\", "") for cell in line]
        assert one.act in cells
        assert f"{one.found.value:.2f} ({one.found.low:.2f}–{one.found.high:.2f})" in cells
        assert f"{one.gaps.value:.2f} ({one.gaps.low:.2f}–{one.gaps.high:.2f})" in cells


def test_it_says_what_is_stored_where(page, monkeypatch, tmp_path):
    monkeypatch.delenv("NIS2_ALIGN_REVIEWS", raising=False)
    page.open("about")
    assert EN.text("ui_about_privacy_reviews_visit", minutes="2") in said(page)
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(tmp_path / "shared.sqlite"))
    page.at.run()
    assert EN.text("ui_about_privacy_reviews_shared") in said(page)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(own_path()))
    page.at.run()
    own = EN.text("ui_about_privacy_reviews_person", path=own_path(), minutes="2")
    assert own in said(page)


def test_a_store_that_cannot_be_opened_is_told(page, monkeypatch, tmp_path):
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(tmp_path / "missing" / "shared.sqlite"))
    page.upload().open("about")
    assert not page.at.exception
    assert len(page.at.error) == 1


def test_the_button_deletes_everything_of_the_visit(page, monkeypatch):
    monkeypatch.delenv("NIS2_ALIGN_REVIEWS", raising=False)
    page.upload("mine.txt", b"Article 1")
    visit = visits._visits().of(page.at.session_state["visit"])
    store = visit.reviews().path
    assert store.exists() and visit.views and visit.dossiers
    page.open("about")
    page.at.button(key="delete_everything").click().run()
    assert not page.at.exception
    assert EN.text("ui_about_deleted") in said(page)
    assert not visit.views and not visit.dossiers and not visit.work
    assert not store.exists()
    page.open("dossier")
    assert "mine.txt" not in said(page)
    page.upload("next.txt", b"Article 2")
    assert "next.txt" in said(page)


def decided(page, store):
    """Put a decision into a store as another dossier's."""
    result = page.view().alignment.result
    with open_reviews(store) as reviews:
        reviews.record(decide(result, "21(2)(j)", dossier="Mills", grade=Coverage.NONE, who="Ana"))


@pytest.mark.parametrize("also", [False, True])
def test_ones_own_decisions_stay_unless_they_are_to_go_too(page, monkeypatch, tmp_path, also):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(own_path()))
    page.upload("mine.txt", b"Article 1")
    decided(page, None)
    page.open("about")
    box = page.at.checkbox(key="delete_decisions")
    assert "1" in box.label
    (box.check() if also else box).run()
    page.at.button(key="delete_everything").click().run()
    assert not page.at.exception
    assert EN.text("ui_about_deleted") in said(page)
    with open_reviews(own_path()) as reviews:
        assert list(reviews.dossiers()) == ([] if also else ["Mills"])


def test_the_first_start_makes_the_file_of_ones_own_decisions(page, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "new"))
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(own_path()))
    page.upload("mine.txt", b"Article 1").open("about")
    assert not page.at.error
    assert own_path().exists()


@pytest.mark.parametrize("code", available())
def test_it_speaks_every_language(page, code):
    page.choose("Language of the screen", code).open("about")
    assert not page.at.exception
    say = messages(code)
    assert page.at.title[0].value == say.text("ui_page_about")
    assert say.text("ui_about_limits") in page.words()
