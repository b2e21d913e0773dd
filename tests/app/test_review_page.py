"""The page on which people read clause beside requirement and decide."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from nis2_align.errors import ReviewsError
from nis2_align.model import ClauseRef, Coverage, Span
from nis2_align.reviews import Reviews, open_reviews
from nis2_align.text.pieces import Piece
from nis2_align.ui.reading import marked
from nis2_align.ui.review import neighbours
from nis2_align.ui.style import STYLE
from nis2_align.ui.typed import SCRIPT
from tests.app import page_samples


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A store that outlives the page."""
    path = tmp_path / "reviews.sqlite"
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(path))
    return path


@pytest.fixture
def review(page, path):
    return opened(page)


def graded(grade, place=0):
    held = [one for one in page_samples.result().assessments if one.coverage is grade]
    return [one for one in held if len(one.elements) > 2][place].requirement


def opened(page, requirement=None):
    page.upload()
    page.at.session_state["requirement"] = requirement or graded(Coverage.PARTIAL)
    page.open("review")
    assert not page.at.exception
    return page


def named(page, name="Ana Anić"):
    page.at.text_input(key="review_name").set_value(name).run()
    return page


def press(page, key):
    page.at.button(key=key).click().run()
    assert not page.at.exception
    return page


def held(path):
    """Return what stands in the file, read as another program would."""
    with open_reviews(path) as store:
        return {one.requirement: one for name in store.dossiers() for one in store.current(name)}


def radio(page, label):
    return next(one for one in page.at.radio if one.label == label)


def box(page, start):
    return next(one for one in page.at.checkbox if one.key.startswith(start))


def test_the_requirement_stands_beside_its_clauses(review):
    said = review.words()
    item = next(
        one
        for one in page_samples.result().assessments
        if one.requirement == graded(Coverage.PARTIAL)
    )
    assert "First reading: **◐ partial**" in said
    assert "- ✔ **met:**" in said
    assert "“48 hours”" in said.replace("\\", "")
    assert all(f"▸ {gap.kind}: {gap.message}" in said for gap in item.gaps)
    assert "What the verdict rests on" in said
    assert len(review.at.table) == len(item.provisions) == len(review.at.get("vega_lite_chart"))
    for table in review.at.table:
        shares = [float(one.replace("\\", "")) for one in table.value["Contribution"][:-1]]
        total = float(table.value["Contribution"].iloc[-1].strip("*").replace("\\", ""))
        assert round(sum(shares), 6) == total == 0.351


def test_text_of_an_act_is_never_markup(review):
    assert {item.proto.body for item in review.at.get("html")} == {STYLE, SCRIPT % '"en"'}
    assert not any(item.proto.allow_html for item in review.at.markdown)
    reader = MarkdownIt("commonmark")
    for item in review.at.markdown:
        shown = reader.render(item.value)
        assert not any(tag in shown for tag in ("<script", "<b>", "<a ", "<strong>bold"))
        assert ":smile:" not in item.value.replace("\\", "")


def test_nobody_decides_without_a_name(review, path):
    keys = ("ui_review_accept", "ui_review_accept_next")
    assert all(review.at.button(key=key).disabled for key in keys)
    assert radio(review, "Your grade").disabled
    assert "Write your name" in review.words()
    named(review)
    assert not review.at.button(key="ui_review_accept").disabled
    assert not held(path)


def test_accept_and_next_is_kept_at_once_and_leads_on(review, path):
    named(review)
    order = radio(review, "Requirements").options
    press(review, "ui_review_accept_next")
    assert review.at.session_state["requirement"] != graded(Coverage.PARTIAL)
    entry = held(path)[graded(Coverage.PARTIAL)]
    assert (entry.grade, entry.before_coverage, entry.who) == (
        Coverage.PARTIAL, Coverage.PARTIAL, "Ana Anić",
    )  # fmt: skip
    press(review, "ui_review_previous")
    assert review.at.session_state["requirement"] == graded(Coverage.PARTIAL)
    assert "Decided by Ana Anić" in review.words().replace("\\", "")
    assert review.at.button(key="ui_review_accept").disabled
    assert [one.split("**")[1] for one in radio(review, "Requirements").options] == [
        one.split("**")[1] for one in order
    ]


def test_every_field_is_kept_and_undone_step_by_step(review, path):
    id_ = graded(Coverage.PARTIAL)
    named(review)
    radio(review, "Your grade").set_value("full").run()
    review.at.text_area(key=f"comment_{id_}").set_value("Vidi **član** 7. Види члан 7.").run()
    box(review, f"counts_{id_}_lamp_1(2)").uncheck().run()
    review.at.text_input(key=f"cite_{id_}_title").set_value("Zakon o svjetionicima").run()
    review.at.text_input(key=f"cite_{id_}_article").set_value("7").run()
    press(review, f"cite_{id_}_add")
    entry = held(path)[id_]
    assert entry.grade is Coverage.FULL
    assert entry.comment == "Vidi **član** 7. Види члан 7."
    assert entry.removed == (ClauseRef(act="lamp", ref="1(2)"),)
    assert [(one.title, one.article) for one in entry.elsewhere] == [("Zakon o svjetionicima", "7")]
    assert review.at.text_input(key=f"cite_{id_}_title").value == ""
    assert "History (4)" in [one.label for one in review.at.expander]
    assert "Vidi **član** 7. Види члан 7." in [one.value for one in review.at.text]

    press(review, f"undo_{id_}")
    assert held(path)[id_].elsewhere == ()
    press(press(review, f"undo_{id_}"), f"undo_{id_}")
    assert (held(path)[id_].grade, held(path)[id_].comment) == (Coverage.FULL, "")
    assert review.at.text_area(key=f"comment_{id_}").value == ""
    assert box(review, f"counts_{id_}_lamp_1(2)").value is True
    press(review, f"undo_{id_}")
    assert held(path) == {}
    assert "History (8)" in [one.label for one in review.at.expander]
    assert radio(review, "Your grade").value is None


def test_a_clause_found_in_the_acts_is_added_and_taken_away(review, path):
    id_ = graded(Coverage.NONE)
    review.at.session_state["requirement"] = id_
    named(review)
    review.at.text_input(key="review_search").set_value("KEEPER reports").run()
    press(review, f"found_lamp_1(1)_{id_}")
    assert held(path)[id_].added == (ClauseRef(act="lamp", ref="1(1)"),)
    assert "Added by a person" in review.words().replace("\\", "")
    assert review.at.button(key=f"found_lamp_1(1)_{id_}").disabled
    box(review, f"counts_{id_}_lamp_1(1)").uncheck().run()
    assert held(path)[id_].added == ()


def test_decisions_survive_page_changes_and_another_program(review, path, calls, files):
    id_ = graded(Coverage.PARTIAL)
    named(review)
    radio(review, "Your grade").set_value("none").run()
    review.open("about").open("review")
    assert radio(review, "Your grade").value == "none"
    assert review.at.text_input(key="review_name").value == "Ana Anić"
    again = opened(type(review)(files), id_)
    assert radio(again, "Your grade").value == "none"
    assert "Decided by Ana Anić" in again.words().replace("\\", "")


def test_a_decision_on_an_earlier_draft_says_so_and_can_be_confirmed(page, path, monkeypatch):
    id_ = graded(Coverage.PARTIAL)
    real = page_samples.segmentation
    text_sha256 = ["1" * 64]

    def segmentation(act):
        """Cut the act so that a paragraph does not change with its neighbour."""
        cut = real(act)
        article, *rest = cut.provisions
        return replace(
            cut,
            document=replace(cut.document, text_sha256=text_sha256[0]),
            provisions=(replace(article, own=Span(start=9, end=9)), *rest),
        )

    monkeypatch.setattr(page_samples, "segmentation", segmentation)
    review = named(opened(page))
    radio(review, "Your grade").set_value("full").run()
    text_sha256[0] = "2" * 64
    monkeypatch.setattr(page_samples, "TEXT", page_samples.TEXT.replace("48 hours", "48 weeks"))
    review.upload("lamp.txt", b"Article 1\nAnother draft.")
    review.at.session_state["requirement"] = id_
    review.open("review")
    assert not review.at.exception
    assert [one.value for one in review.at.warning if "earlier draft" in one.value]
    assert radio(review, "Your grade").value == "full"
    press(review, f"still_{id_}")
    assert not [one.value for one in review.at.warning if "earlier draft" in one.value]
    assert held(path)[id_].grade is Coverage.FULL


def test_what_the_store_refuses_stays_in_the_box(review, path, monkeypatch):
    id_ = graded(Coverage.PARTIAL)
    named(review)

    def full(*_args):
        raise ReviewsError("The disk is full.", "Free space.")

    with monkeypatch.context() as broken:
        broken.setattr(Reviews, "record", full)
        review.at.text_area(key=f"comment_{id_}").set_value("long thought").run()
    assert not review.at.exception
    assert "The disk is full" in review.at.error[0].value.replace("\\", "")
    press(press(review, "ui_review_next"), "ui_review_previous")
    assert review.at.text_area(key=f"comment_{id_}").value == "long thought"
    assert not held(path)


def test_filters_and_order_narrow_the_list_and_are_kept(review):
    review.choose("Order", "directive").choose("Coverage", "none")
    options = radio(review, "Requirements").options
    assert options
    assert all("✘" in one for one in options)
    review.open("about").open("review")
    assert radio(review, "Requirements").options == options
    review.choose("Decision", "decided")
    assert "No requirement fits" in review.words()
    assert review.at.button(key="ui_review_next").disabled


def test_the_list_turns_its_pages_and_opens_what_is_chosen(review):
    review.choose("Order", "directive")
    before = radio(review, "Requirements").options
    press(review, "ui_review_later")
    after = radio(review, "Requirements").options
    assert not set(before) & set(after)
    chosen = after[0].split("**")[1].replace("\\", "")
    radio(review, "Requirements").set_value(chosen).run()
    assert review.at.session_state["requirement"] == chosen
    assert review.at.header[0].value.replace("\\", "").startswith(chosen)


@pytest.mark.parametrize("language", ["hr", "sr", "mk", "sq"])
def test_the_page_speaks_every_language(review, language):
    named(review)
    radio(review, "Your grade").set_value("full").run()
    review.at.selectbox(key="screen_language").set_value(language).run()
    assert not review.at.exception
    assert [one.value for one in review.at.radio if one.value == "full"]


def test_neighbours_also_of_what_the_filters_hide():
    ids = list("abcdef")
    assert neighbours(ids, ids, "a") == (None, "b")
    assert neighbours(ids, list("ace"), "d") == ("c", "e")
    assert neighbours(ids, [], "d") == (None, None)


def test_matched_words_are_set_off_and_nothing_acts():
    shown = marked(
        [Piece("(1) Чувар ", marked=False), Piece("48 *часова*", marked=True),
         Piece("\n# [x](y)\n", marked=False), Piece(":red[a]", marked=True)]
    )  # fmt: skip
    lines = shown.split("  \n")
    assert lines[0] == r"\(1\) Чувар :orange-background[**48 \*часова\***]"
    html = MarkdownIt("commonmark").render(shown)
    assert "<em>" not in html
    assert "<h1>" not in html
    assert "<a " not in html
    assert lines[2].startswith(":orange-background[**\\:red")


def test_a_review_with_a_grade_of_its_own_is_what_the_list_shows(review):
    named(review)
    radio(review, "Your grade").set_value("full").run()
    id_ = graded(Coverage.PARTIAL)
    (shown,) = [
        one
        for one in radio(review, "Requirements").options
        if one.replace("\\", "").startswith(f"**{id_}**")
    ]
    assert "✔" in shown
    assert "✎" in shown


def test_the_sample_through_the_whole_house(real_page, path):
    page = real_page
    press(page, "sample")
    page.at.session_state["requirement"] = "23(4)(a)"
    page.open("review")
    assert not page.at.exception
    said = page.words()
    assert ":orange-background[**" in said
    assert "◐ **weaker:**" in said
    press(named(page), "ui_review_accept")
    assert held(path)["23(4)(a)"].grade is held(path)["23(4)(a)"].before_coverage
