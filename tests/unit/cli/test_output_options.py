"""Which files the commands write: formats, directions, forms, and names made of the act's."""

import csv

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from nis2_align import pipeline
from nis2_align.cli import app
from nis2_align.messages import messages
from tests.unit.export.result_samples import result


@pytest.fixture
def call(monkeypatch, tmp_path):
    """The command line in an empty folder, with a pipeline that reads nothing."""
    asked = []

    def run(paths, language, country, on_stage, words, *_):
        asked.append(words)
        return result(words=words or "en")

    monkeypatch.setattr(pipeline, "run", run)
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments):
        done = CliRunner().invoke(app, list(arguments), prog_name="nis2-align")
        done.words = asked
        return done

    return invoke


def captions(path):
    return [p.text for p in docx.Document(path).paragraphs if p.style.name == "Heading 1"]


@pytest.mark.parametrize(
    ("way", "there"),
    [
        ("both", ["Directive → national law", "National law → directive"]),
        ("forward", ["Directive → national law"]),
        ("reverse", ["National law → directive"]),
    ],
)
def test_direction_says_which_tables_are_written(call, tmp_path, way, there):
    assert call("align", "law.txt", "-o", "t.docx", "--direction", way).exit_code == 0
    shown = captions(tmp_path / "t.docx")
    assert [title for title in shown if "→" in title] == there


def test_the_reverse_table_as_csv(call, tmp_path):
    assert call("align", "law.txt", "-o", "t.csv", "--direction", "reverse").exit_code == 0
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream))[:2] == ["Act", "Provision"]


def test_a_form_brings_its_words_unless_others_are_asked_for(call, tmp_path):
    done = call("align", "law.txt", "-o", "t.docx", "-o", "t.xlsx", "--form", "rs")
    assert done.exit_code == 0
    assert captions(tmp_path / "t.docx")[0] == "Tabela usklađenosti"
    cover = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert cover["A1"].value == messages("sr").text("title")
    call("align", "law.txt", "--form", "rs", "--words", "en")
    assert done.words == ["sr", "en"]


def test_a_format_alone_gives_a_safe_name_in_this_folder(call, tmp_path):
    formats = ("--format", "docx", "--format", "json")
    done = call("align", "Закон о =1.txt", "Прилог.txt", *formats, "--form", "xk")
    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "zakon-o-1-and-1-more_concordance-xk.docx", "zakon-o-1-and-1-more_concordance-xk.json",
    ]  # fmt: skip


def test_gaps_writes_the_gaps_alone(call, tmp_path):
    assert call("gaps", "law.txt", "-o", "g.csv", "-o", "g.docx").exit_code == 0
    with (tmp_path / "g.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["Requirement"] for line in lines] == ["23(4)(a)", "23(4)(a)"]
    assert captions(tmp_path / "g.docx") == ["Gaps", "Issues"]


@pytest.mark.parametrize(
    ("wrong", "said", "code"),
    [
        (("--form", "zz"), "Choose one of eu, me, mk, rs, xk.", 1),
        (("--direction", "sideways"), "--direction", 2),
        (("--format", "pdf"), "--format", 2),
        (("-o", "t.pdf"), "Choose one of .json, .xlsx, .csv, .docx.", 1),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_work(call, tmp_path, wrong, said, code):
    done = call("align", "law.txt", *wrong)
    assert done.exit_code == code
    assert said in done.stderr
    assert done.words == []
    assert list(tmp_path.iterdir()) == []


def test_a_direction_that_a_form_lacks_leaves_nothing_behind(call, tmp_path):
    done = call("align", "law.txt", "-o", "t.docx", "--form", "rs", "--direction", "reverse")
    assert done.exit_code == 1
    assert "has no table" in done.stderr
    assert done.words == []
    assert list(tmp_path.iterdir()) == []
