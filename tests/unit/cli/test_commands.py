import json
import sys
import types

import openpyxl
import pytest
from typer.testing import CliRunner

from nis2_align import errors, pipeline
from nis2_align.cli import EXIT_CODES, UNDER, app
from nis2_align.directive import load_directive
from nis2_align.errors import Nis2AlignError, NoArticlesError, UnreadableFileError
from nis2_align.export.json import to_json
from nis2_align.messages import available
from nis2_align.pipeline import Progress
from tests.unit.export.result_samples import TEXT, act, result, segmentation


def call(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), prog_name="nis2-align")


@pytest.fixture
def calls(monkeypatch):
    """A pipeline that reads nothing; what it was asked is returned."""
    asked = []

    def run(paths, language, country, on_stage, words, *_):
        asked.append(([str(path) for path in paths], language, country))
        for done in range(2):
            on_stage(Progress(stage="match", act=None, done=done, total=2))
        on_stage(Progress(stage="read", act="law.txt", done=1, total=1))
        return result(words=words or "en")

    monkeypatch.setattr(pipeline, "run", run)
    return asked


@pytest.fixture
def failing(monkeypatch):
    def fail_with(error):
        def run(*_):
            raise error

        monkeypatch.setattr(pipeline, "run", run)

    return fail_with


def test_align_prints_the_coverage_on_stdout_and_progress_on_stderr(calls):
    done = call("align", "law.txt", "bylaw.txt", "--language", "sr", "--country", "RS")
    assert done.exit_code == 0
    assert calls == [(["law.txt", "bylaw.txt"], "sr", "RS")]
    assert "1 of 4 assessed requirements are transposed in full (25.0 %)." in done.stdout
    assert "not found in" in done.stdout
    assert done.stderr.splitlines() == ["match", "read: law.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["align", "law.txt"], "Potpuno preneto: 1 od 4 ocenjenih zahteva (25,0 %)"),
        (["gaps", "law.txt"], "brojka: "),
        (["explain", "law.txt", "21(2)(j)"], "zbir doprinosa"),
        (["demo"], "Izlazne datoteke:"),
    ],
)
def test_words_says_in_which_language_it_is_printed(calls, tmp_path, arguments, said):
    rest = ["--out", tmp_path] if arguments == ["demo"] else []
    done = call(*arguments, *rest, "--words", "sr")
    assert done.exit_code == 0, done.output
    assert said in done.stdout
    assert "ssess" not in done.stdout


def test_words_without_messages_are_refused_before_the_work(tmp_path):
    done = call("gaps", tmp_path / "nothing.txt", "--words", "xx")
    assert done.exit_code == 5
    assert f"Choose one of {', '.join(available())}." in done.stderr


def test_align_prints_json_and_nothing_else_on_stdout(calls):
    done = call("align", "law.txt", "--json")
    assert done.stdout_bytes == to_json(result()).encode()


def test_align_writes_every_output(calls, tmp_path):
    table, data = tmp_path / "o.xlsx", tmp_path / "o.json"
    done = call("align", "law.txt", "-o", table, "--output", data)
    assert done.exit_code == 0, done.output
    assert json.loads(data.read_text(encoding="utf-8"))["schema_version"] == 1
    head = openpyxl.load_workbook(table)["Concordance"]
    assert head["B4"].value == load_directive().requirements["21(2)(j)"].heading
    assert {path.name for path in tmp_path.iterdir()} == {"o.xlsx", "o.json"}


@pytest.mark.parametrize("name", ["o.pdf", "nowhere/o.json"])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(calls, tmp_path, name):
    good = tmp_path / "good.json"
    done = call("align", "law.txt", "-o", good, "-o", tmp_path / name)
    assert done.exit_code == 1
    assert calls == []
    assert done.stdout == ""
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_error_is_one_line_with_the_code_of_its_class_and_nothing_is_written(failing, tmp_path):
    failing(UnreadableFileError('The file "law.pdf"\nis \x1b[31mempty.', "Give another file."))
    done = call("align", "law.pdf", "-o", tmp_path / "o.json", "--json")
    assert done.exit_code == 3
    assert done.stderr == 'error: The file "law.pdf" is [31mempty. Give another file.\n'
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["align", "gaps", "explain", "evaluate", "demo"])
def test_every_command_ends_an_error_alike(failing, measured, tmp_path, command):
    failing(NoArticlesError("No article was found.", "Check the file."))
    gold = tmp_path / "gold.csv"
    gold.write_text("unit,national,grade\n", encoding="utf-8")
    rest = {
        "explain": ["law.txt", "21(2)(j)"],
        "evaluate": ["law.txt", "--gold", gold],
        "demo": ["--out", tmp_path / "out"],
    }.get(command, ["law.txt"])
    done = call(command, *rest)
    assert done.exit_code == 4
    assert done.stderr == "error: No article was found. Check the file.\n"
    assert not (tmp_path / "out").exists()


def test_a_defect_of_our_own_is_not_hidden(failing):
    failing(ZeroDivisionError("ours"))
    assert isinstance(call("align", "law.txt").exception, ZeroDivisionError)


def test_every_exit_code_is_documented():
    classes = [getattr(errors, name) for name in errors.__all__]
    codes = {cls.exit_code for cls in classes if issubclass(cls, Nis2AlignError)} | {0, 2, UNDER}
    shown = {int(line.split()[0]) for line in EXIT_CODES.splitlines()[2:] if line.strip()}
    assert shown == codes
    assert len(shown) == 9


@pytest.mark.parametrize(("percent", "code"), [("25", 0), ("25.1", 8), ("0", 0), ("100", 8)])
def test_fail_under_ends_with_its_own_code_after_the_outputs(calls, tmp_path, percent, code):
    done = call("align", "law.txt", "--fail-under", percent, "-o", tmp_path / "o.json")
    assert done.exit_code == code
    assert (tmp_path / "o.json").exists()
    assert ("under" in done.stderr) == bool(code)


@pytest.mark.parametrize(
    "arguments",
    [
        ["align"],
        ["align", "law.txt", "--fail-under", "101"],
        ["align", "law.txt", "--nonsense"],
        ["explain", "law.txt"],
        ["evaluate", "law.txt"],
        ["show", "law.txt", "12", "--text"],
        ["nonsense"],
    ],
)
def test_wrong_use_ends_with_two(calls, arguments):
    assert call(*arguments).exit_code == 2
    assert calls == []


def test_gaps_lists_what_is_missing_with_its_clauses(calls):
    done = call("gaps", "law.txt")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("23(4)(a)  ") and lines[0].endswith("[partial]")
    assert lines[1] == "  figure: 24 h required, 48 h found"
    assert lines[3].startswith("  2(1) – Члан 2. (1), page 1: “(1) Оператор")
    assert lines[5].startswith("23(5)  ") and lines[5].endswith("[not found in the acts given]")
    assert "21(2)(j)" not in done.stdout


def test_gaps_says_when_there_are_none(monkeypatch):
    monkeypatch.setattr(pipeline, "run", lambda *_: result(assessments=()))
    assert call("gaps", "law.txt").stdout == "No gaps were found.\n"


def test_explain_prints_the_waterfall(calls):
    done = call("explain", "law.txt", "21(2)(j)")
    assert done.exit_code == 0
    assert "sum of the contributions" in done.stdout


def test_explain_refuses_an_unknown_id(calls):
    done = call("explain", "law.txt", "99(9)")
    assert done.exit_code == 6
    assert 'no requirement "99(9)"' in done.stderr


@pytest.fixture
def reading(monkeypatch):
    monkeypatch.setattr("nis2_align.read.safely.read_safely", lambda *_: segmentation().document)
    monkeypatch.setattr("nis2_align.segment.segment", lambda document, pack: segmentation())


def test_show_prints_the_outline(reading):
    done = call("show", "law.txt", "--language", "sr")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Chapter 1  Глава прва")
    assert lines[1].startswith("  1  Члан 1.  Овај закон")
    assert lines[3].startswith("    2(1)  (1)  Оператор")
    assert len(lines) == len(segmentation().provisions)


def test_show_prints_one_provision_as_it_stands(reading):
    done = call("show", "law.txt", "2(2)", "--language", "sr")
    start = TEXT.index("(2) Оператор")
    assert done.stdout == TEXT[start : TEXT.index("слика.") + 6] + "\n"


def test_show_refuses_an_unknown_provision_and_names_the_nearest(reading):
    done = call("show", "law.txt", "2(9)", "--language", "sr")
    assert done.exit_code == 6
    assert "2(1)" in done.stderr


def test_show_text_is_the_text_to_the_byte(reading):
    assert call("show", "law.txt", "--text").stdout_bytes == TEXT.encode()


def test_show_of_a_missing_file_is_an_error(tmp_path):
    assert call("show", tmp_path / "nothing.txt").exit_code == 3


@pytest.fixture
def measured(monkeypatch):
    module = types.ModuleType("nis2_align.evaluate")
    module.score_result = lambda held, gold: {"mapping": {"hit@5": 0.91234, "n": 3}}
    monkeypatch.setitem(sys.modules, "nis2_align.evaluate", module)


def test_evaluate_prints_the_figures(calls, measured, tmp_path):
    gold = tmp_path / "gold.csv"
    gold.write_text("unit,national,grade\n", encoding="utf-8")
    done = call("evaluate", "law.txt", "--gold", gold)
    assert done.stdout == "mapping:\n  hit@5: 0.912\n  n: 3\n"
    done = call("evaluate", "law.txt", "--gold", gold, "--json")
    assert json.loads(done.stdout) == {"mapping": {"hit@5": 0.91234, "n": 3}}


def test_evaluate_without_labels_is_refused_before_the_work(calls, measured, tmp_path):
    done = call("evaluate", "law.txt", "--gold", tmp_path / "none.csv")
    assert done.exit_code == 3
    assert calls == []


def test_demo_runs_on_the_bundled_draft_and_says_where_the_outputs_lie(calls, tmp_path):
    out = tmp_path / "deep" / "out"
    done = call("demo", "--out", out)
    assert done.exit_code == 0, done.output
    assert calls[0][0][0].endswith("valdoria_draft.pdf")
    assert {path.name for path in out.iterdir()} == {"valdoria.json", "valdoria.xlsx"}
    assert str(out / "valdoria.xlsx") in done.stdout.splitlines()[-1]
    assert "transposed in full" in done.stdout


def test_demo_into_what_is_no_folder_is_an_error(calls, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    done = call("demo", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1].startswith("error: The folder")


def test_no_word_of_an_act_steers_the_terminal(monkeypatch):
    title = "\x1b[2J[bold]Закон[/bold] :smile:"
    wicked = result(acts=(types.SimpleNamespace(**{**fields(act()), "title": title}),))
    monkeypatch.setattr(pipeline, "run", lambda *_: wicked)
    shown = call("align", "law.txt").stdout
    assert "\x1b" not in shown
    assert "[bold]Закон[/bold] :smile:" in shown


def fields(value):
    return {name: getattr(value, name) for name in value.__slots__}


def test_the_version_is_printed():
    assert call("--version").stdout.startswith("nis2-align 0.")
