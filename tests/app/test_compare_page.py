"""The page that lays drafts and laws beside the dossier."""

from dataclasses import replace

import pytest

from nis2_align.messages import messages
from nis2_align.resources import corpus_dir
from nis2_align.ui import session, visits
from tests.app import page_samples

SAY = messages("en")
OTHER = b"Article 1\nAnother keeper reports."


@pytest.fixture
def compare(page):
    page.upload("autumn.txt").open("compare")
    assert not page.at.exception
    return page


def lay_beside(page, *files):
    uploads = [(name, content, "application/octet-stream") for name, content in files]
    page.at.file_uploader[0].set_value(uploads).run()
    assert not page.at.exception
    return page


def told(page):
    """Return what the page says, without the signs that keep it from being Markdown."""
    return page.words().replace("\\", "")


def way(page, key):
    return page.choose("Compare as", key)


def test_with_nothing_beside_it_says_what_to_do(compare):
    assert SAY.text("ui_compare_none") in told(compare)
    assert not compare.at.dataframe


def test_each_file_is_a_law_of_its_own_and_the_dossier_stays(compare, calls):
    lay_beside(compare, ("north.txt", OTHER), ("south.txt", OTHER + b" Twice."))
    names = [[entry.path.name for entry in one.entries] for one in calls]
    assert names == [["autumn.txt"], ["north.txt"], ["south.txt"]]
    assert "north.txt" in told(compare)
    assert "south.txt" in told(compare)
    sidebar = "\n".join(str(one.value) for one in compare.at.sidebar.markdown)
    assert "autumn" in sidebar
    assert "north" not in sidebar


def test_the_dossiers_own_file_is_nothing_to_compare_with(compare):
    lay_beside(compare, ("again.txt", b"Article 1\nThe keeper reports."))
    assert SAY.text("ui_compare_none") in told(compare)


def test_two_laws_make_a_matrix(compare):
    way(lay_beside(compare, ("north.txt", OTHER)), "laws")
    grid = compare.at.dataframe[0].value
    assert grid.shape[1] == 3
    assert set(grid["1"].str[0]) <= set("✔◐✘?–…")
    assert [one.proto.label for one in compare.at.get("download_button")] == [
        SAY.text("ui_compare_download")
    ]


def test_filters_narrow_the_matrix(compare):
    way(lay_beside(compare, ("north.txt", OTHER)), "laws")
    before = len(compare.at.dataframe[0].value)
    compare.choose("Chapter", "IV")
    assert 0 < len(compare.at.dataframe[0].value) < before
    compare.choose("Coverage", "none").choose("Kind of duty", "none")
    assert SAY.text("ui_compare_nothing") in told(compare)


def test_the_same_text_as_a_draft_has_moved_nothing(compare):
    way(lay_beside(compare, ("spring.txt", OTHER)), "drafts")
    figures = {one.label: one.value for one in compare.at.metric}
    assert figures["▲ gap closed"] == figures["▼ gap opened"] == "0"
    assert int(figures["✔ in order in both"]) > 0
    assert not compare.at.warning


def test_a_removed_law_is_let_go(compare):
    way(lay_beside(compare, ("north.txt", OTHER)), "drafts")
    held = visits._visits().of(compare.at.session_state["visit"])
    assert held.compared is not None
    button = next(one for one in compare.at.button if one.key.startswith("compare_remove_"))
    button.click().run()
    assert "north.txt" not in told(compare)
    assert [one.sources[0].name for one in held.dossiers.values()] == ["autumn.txt"]
    assert len(held.views) == 1
    assert held.compared is None


def test_a_removed_law_takes_its_earlier_states_drafts_and_trials_with_it(compare):
    here = visits._visits().of(compare.at.session_state["visit"])
    north, whole = (b"Article 1\nNorth.", b"Article 1\nBy-law.")
    lay_beside(compare, ("north.txt", north))
    first = list(here.dossiers)[-1]
    grown = replace(
        here.dossiers[first], sources=(*here.dossiers[first].sources, session.Source("b", whole))
    )
    here.hold(grown, None)
    here.clauses[grown.digest, "21(1)"] = "A clause."
    here.clauses["another", "21(1)"] = "Stays."
    here.drop(grown.digest, shown=compare.at.session_state["dossier"])
    assert list(here.dossiers) == [compare.at.session_state["dossier"]]
    assert list(here.clauses) == [("another", "21(1)")]
    assert {view.digest for view in here.views.values()} == set(here.dossiers)


def test_the_other_one_can_be_worked_on(compare):
    lay_beside(compare, ("north.txt", OTHER))
    next(one for one in compare.at.button if one.key.startswith("compare_work_")).click().run()
    assert not compare.at.exception
    sidebar = "\n".join(str(one.value) for one in compare.at.sidebar.markdown)
    assert "north" in sidebar
    assert "autumn.txt" in told(compare)


def test_a_file_that_fails_leaves_the_others(compare):
    lay_beside(compare, ("broken.txt", b"nothing"), ("north.txt", OTHER))
    assert "No article was found" in told(compare)
    assert "north.txt" in told(compare)
    assert compare.at.dataframe


def test_how_others_wrote_it_stands_in_review_gaps_and_draft(compare):
    lay_beside(compare, ("north.txt", OTHER)).open("gaps")
    lines = compare.at.dataframe[0].value
    quoted = lines["others"].str.contains("window.hit")
    assert quoted.any()
    assert b"How others wrote it" in compare.download(".csv")[1]
    requirement = lines["requirement"][quoted].iloc[0].split(" – ")[0]
    for name in ("review", "draft"):
        compare.at.session_state["requirement"] = requirement
        compare.open(name)
        assert not compare.at.exception
        shown = next(one for one in compare.at.expander if one.label == "How others wrote it (1)")
        assert any("48 hours" in str(one.value) for one in shown.text)


def test_without_other_laws_there_is_no_such_column(compare):
    compare.open("gaps")
    assert "others" not in compare.at.dataframe[0].value
    assert b"How others wrote it" not in compare.download(".csv")[1]


def test_as_many_dossiers_are_held_as_a_region_needs(compare):
    many = [(f"law{one}.txt", OTHER + bytes([48 + one])) for one in range(9)]
    lay_beside(compare, *many)
    held = visits._visits().of(compare.at.session_state["visit"])
    assert len(held.dossiers) == visits.KEPT
    assert compare.at.session_state["dossier"] in held.dossiers
    assert "autumn" in "\n".join(str(one.value) for one in compare.at.sidebar.markdown)
    assert not compare.at.exception


def test_two_real_drafts(real_page):
    text = (corpus_dir() / "samples" / "valdoria_draft.txt").read_bytes()
    start, end = text.index(b"\nArticle 10\n"), text.index(b"\nArticle 11\n")
    earlier = text[:start] + text[end:]
    real_page.upload("autumn.txt", text).open("compare")
    lay_beside(real_page, ("spring.txt", earlier))
    assert real_page.at.session_state["compare_way"] == "drafts"
    lines = real_page.at.dataframe[0].value
    closed = [words.split(" – ")[0] for words in lines["requirement"]]
    assert {"13(1)", "13(6)"} <= set(closed)
    assert set(lines["move"]) == {"▲ gap closed"}
    real_page.choose("Requirement", "13(1)")
    assert "→ ✔ full" in told(real_page)


def test_what_an_act_says_is_never_markup(compare):
    way(lay_beside(compare, ("north.txt", OTHER)), "laws")
    assert not any(one.proto.allow_html for one in compare.at.markdown)
    assert page_samples.HOSTILE.split()[1] not in "".join(
        str(one.value) for one in compare.at.markdown
    )
