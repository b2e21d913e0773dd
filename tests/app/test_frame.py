"""What stands around the pages: the sidebar, the address, the links into a page."""

from importlib.util import find_spec

import pytest
from streamlit.testing.v1 import AppTest

from nis2_align.directive import load_directive
from nis2_align.messages import available, messages
from nis2_align.ui.frame import PAGES
from nis2_align.ui.links import id_of, link_of
from nis2_align.ui.style import STYLE
from nis2_align.ui.typed import SCRIPT
from tests.app.conftest import ACT, APP

EN = messages("en")
AT_HAND = [name for name in PAGES if find_spec(f"nis2_align.ui.{name}") is not None]


def links(page):
    return [one.proto for one in page.at.get("page_link")]


def sidebar(page):
    return "\n".join(str(item.value) for item in page.at.sidebar.markdown).replace("\\", "")


def test_every_link_names_its_requirement_and_no_other():
    ids = list(load_directive().requirements)
    assert link_of("21(2)(j)") == "21.2.j"
    assert len({link_of(id_) for id_ in ids}) == len(ids)
    assert [id_of(link_of(id_)) for id_ in ids] == ids
    assert id_of("21(2)(j)") == "21(2)(j)"
    assert id_of("99.9") is id_of("") is id_of("<script>") is None


def test_the_sidebar_leads_to_every_page_and_names_the_acts(page):
    assert [link.label for link in links(page)] == [EN.text(f"ui_page_{n}") for n in PAGES]
    assert "Acts in this dossier" not in sidebar(page)
    page.upload("my __act__.txt", b"Article 1", "by-law.txt", b"Article 2")
    assert "my __act__.txt" in sidebar(page)
    assert "my __act__.txt" not in "".join(str(m.value) for m in page.at.sidebar.markdown)
    assert "by-law.txt" in sidebar(page)
    assert EN.text("not_the_judge") in sidebar(page)


@pytest.mark.parametrize("name", [name for name in AT_HAND if name not in ("dossier", "about")])
def test_a_page_that_needs_a_result_says_so(page, name):
    page.open(name)
    assert not page.at.exception
    assert page.at.title[0].value == EN.text(f"ui_page_{name}")
    assert EN.text("ui_frame_no_dossier") in page.words()


@pytest.mark.parametrize("name", AT_HAND)
@pytest.mark.parametrize("code", available())
def test_every_page_opens_in_every_language(page, name, code):
    page.upload().choose("Language of the screen", code)
    page.open(name)
    assert not page.at.exception
    assert not page.at.error
    assert not page.at.subheader, "below the title of a page stands no heading of the third level"
    assert page.at.title[0].value == messages(code).text(f"ui_page_{name}")


def test_the_address_names_dossier_and_requirement_and_no_word_of_either(page):
    page.upload("secret-name.txt", b"Article 1\nsecret words")
    digest = page.view().digest
    assert page.at.query_params == {"act": digest}
    assert len(digest) == 8
    page.at.session_state["requirement"] = "21(2)(j)"
    page.open("review")
    assert page.at.query_params == {"act": digest, "req": "21.2.j"}
    page.open("coverage")
    assert page.at.query_params == {"act": digest}
    told = [link.query_string for link in links(page)]
    assert f"act={digest}&req=21.2.j" in told
    assert "secret" not in repr(told) + repr(page.at.query_params)


def test_a_link_waits_for_its_dossier_and_then_opens_the_requirement(page):
    page.upload()
    digest = page.view().digest
    other = type(page)({})
    other.at = AppTest.from_file(str(APP), default_timeout=120)
    other.at.query_params = {"act": digest, "req": "23.4.a"}
    other.at.run()
    assert EN.text("ui_frame_link") in other.words()
    other.at.file_uploader[0].set_value([("other.txt", ACT, "text/plain")]).run()
    assert not other.at.exception
    assert other.at.session_state["requirement"] == "23(4)(a)"
    assert other.at.title[0].value == EN.text("ui_page_review")


def test_the_way_back_shows_what_the_address_says(page):
    page.upload()
    digest = page.view().digest
    page.at.session_state["requirement"] = "21(2)(j)"
    page.open("review")
    page.at.query_params = {"act": digest, "req": "23.4.a"}
    page.at.run()
    assert page.at.session_state["requirement"] == "23(4)(a)"
    assert page.at.query_params == {"act": digest, "req": "23.4.a"}


def test_two_sessions_do_not_see_each_other(page):
    page.upload("mine.txt", b"Article 1")
    other = type(page)({})
    other.at.query_params = {"act": page.view().digest}
    other.at.run()
    assert "mine.txt" not in other.words()
    other.open("coverage")
    assert EN.text("ui_frame_no_dossier") in other.words()
    assert page.at.session_state["visit"] != other.at.session_state["visit"]


def test_the_language_is_chosen_once_for_all_pages(page):
    page.choose("Language of the screen", "hr")
    for name in AT_HAND:
        page.open(name)
        assert page.at.title[0].value == messages("hr").text(f"ui_page_{name}")


def test_the_browser_says_which_language_to_begin_with():
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.context["locale"] = "sq-AL" if hasattr(at, "context") else "sq"
    at.run()
    assert at.title[0].value == messages("sq").text("ui_page_dossier")


@pytest.mark.parametrize("name", AT_HAND)
def test_text_of_an_act_is_never_markup_on_any_page(page, name):
    page.upload("<b>name</b> **bold**.txt", b"Article 1\nA lamp.").open(name)
    assert not page.at.exception
    assert {item.proto.body for item in page.at.get("html")} == {STYLE, SCRIPT % '"en"'}
    assert not any(item.proto.allow_html for item in page.at.markdown)
    shown = [*page.at.markdown, *page.at.caption, *page.at.info, *page.at.error, *page.at.success]
    for text in [str(item.value) for item in shown]:
        assert "<b>" not in text
        assert "**bold**" not in text
        assert "](http" not in text
