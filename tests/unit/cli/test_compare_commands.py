"""The commands that lay drafts and laws beside each other."""

import openpyxl
import pytest

from nis2_align.messages import messages
from nis2_align.resources import corpus_dir
from tests.unit.cli.test_commands import call

SAY = messages("en")


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    text = (corpus_dir() / "samples" / "valdoria_draft.txt").read_text(encoding="utf-8")
    start, end = text.index("\nArticle 10\n"), text.index("\nArticle 11\n")
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "spring.txt").write_text(text[:start] + text[end:], encoding="utf-8")
    (folder / "autumn.txt").write_text(text, encoding="utf-8")
    return folder / "spring.txt", folder / "autumn.txt"


def test_drafts_says_what_moved_and_writes_it(drafts, tmp_path):
    book, lines = tmp_path / "moved.xlsx", tmp_path / "moved.csv"
    done = call("compare", "drafts", *drafts, "-o", book, "-o", lines)
    assert done.exit_code == 0, done.output
    said = done.stdout.splitlines()
    assert said[0] == SAY.text(
        "ui_compare_provisions_found", same=398, renumbered=0, changed=0, added=6, removed=0
    )
    assert any(line.split()[:1] == ["13(1)"] and "→ full" in line for line in said)
    assert len(openpyxl.load_workbook(book).worksheets) == 2
    assert lines.read_text("utf-8-sig").startswith("Requirement,")


def test_laws_shows_each_laws_grade(drafts, tmp_path):
    book = tmp_path / "laws.xlsx"
    done = call("compare", "laws", *drafts, "-o", book, "--words", "hr")
    assert done.exit_code == 0, done.output
    line = next(line for line in done.stdout.splitlines() if line.startswith("13(1) "))
    assert "[1] nije nađeno" in line
    assert line.endswith("[2] potpuno")
    assert openpyxl.load_workbook(book).worksheets[0].max_column == 4


@pytest.mark.parametrize("name", ["o.json", "nowhere/o.csv"])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(drafts, tmp_path, name):
    done = call("compare", "drafts", *drafts, "-o", tmp_path / name)
    assert done.exit_code == 1
    assert "read" not in done.stderr.splitlines()[:1]
