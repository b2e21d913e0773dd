import json

import pytest
from typer.testing import CliRunner

from nis2_align import pipeline
from nis2_align.cli import app
from nis2_align.errors import ReviewsError
from nis2_align.model import Coverage
from nis2_align.reviews import decide, open_reviews, parse
from tests.notice_guarantees import all_said
from tests.unit.export.result_samples import result


def call(*arguments, **more):
    return CliRunner().invoke(app, list(map(str, arguments)), prog_name="nis2-align", **more)


@pytest.fixture(autouse=True)
def nobody(monkeypatch, tmp_path):
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(tmp_path / "own" / "reviews.sqlite"))


@pytest.fixture(autouse=True)
def all_languages_say_it():
    with all_said(ReviewsError):
        yield


def taken(dossier="My law", requirement="23(4)(a)", **changes):
    asked = {"grade": Coverage.FULL, "who": "Ana", "when": "2026-03-01T09:30:00Z"} | changes
    return decide(result(), requirement, dossier=dossier, **asked)


@pytest.fixture
def path(tmp_path):
    where = tmp_path / "reviews.sqlite"
    with open_reviews(where) as reviews:
        reviews.record(taken(grade=Coverage.NONE))
        reviews.record(taken(comment="see\tthe\nby-law"))
        reviews.record(taken("Other law", grade=None))
    return where


@pytest.fixture
def calls(monkeypatch):
    asked = []

    def run(*arguments):
        asked.append(arguments)
        return result()

    monkeypatch.setattr(pipeline, "run", run)
    return asked


def test_list_names_the_dossiers(path):
    done = call("reviews", "list", "--reviews", path)
    assert done.stdout == "dossier\tentries\nMy law\t2\nOther law\t1\n"


def test_list_shows_what_stands_and_the_history(path):
    lines = call("reviews", "list", "My law", "--reviews", path).stdout.splitlines()
    assert len(lines) == 2
    assert lines[1].split("\t") == [
        "23(4)(a)", "full", "partial", "Ana", "2026-03-01T09:30:00Z", "", "see the by-law",
    ]  # fmt: skip
    lines = call("reviews", "list", "My law", "--history", "--reviews", path).stdout.splitlines()
    assert [line.split("\t")[1] for line in lines] == ["grade", "none", "full"]


def test_without_a_name_the_persons_own_file_serves(tmp_path):
    assert call("reviews", "list").stdout == "dossier\tentries\n"
    assert (tmp_path / "own" / "reviews.sqlite").is_file()


def test_exported_and_imported_it_is_the_same(path, tmp_path):
    file = tmp_path / "my.json"
    assert call("reviews", "export", "My law", "-o", file, "--reviews", path).exit_code == 0
    shown = call("reviews", "export", "My law", "--reviews", path).stdout
    assert shown == file.read_text(encoding="utf-8")
    assert call("reviews", "import", file).stdout == "entries: 2, new: 2\n"
    assert call("reviews", "import", file).stdout == "entries: 2, new: 0\n"
    with open_reviews(path) as there, open_reviews() as here:
        assert here.history("My law") == there.history("My law") == parse(shown)
    done = call("reviews", "import", tmp_path / "no.json")
    assert (done.exit_code, "no.json cannot be opened." in done.stderr) == (1, True)
    done = call("reviews", "import", path)
    assert (done.exit_code, "no exported decisions" in done.stderr) == (1, True)
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    done = call("reviews", "import", tmp_path / "other.json")
    assert done.stderr.startswith("error: The file holds no exported decisions.")


def test_delete_asks_first(path):
    done = call("reviews", "delete", "My law", "--reviews", path, input="n\n")
    assert done.exit_code == 1
    assert "My law\t2" in call("reviews", "list", "--reviews", path).stdout
    done = call("reviews", "delete", "My law", "--reviews", path, "--yes")
    assert done.stdout == "entries deleted: 2\n"
    assert call("reviews", "list", "--reviews", path).stdout == "dossier\tentries\nOther law\t1\n"


@pytest.mark.parametrize("command", ["list", "export", "delete"])
def test_an_unknown_dossier_or_file_is_one_line(path, command, tmp_path):
    done = call("reviews", command, "Nowhere", "--reviews", path)
    assert done.exit_code == 1
    assert 'no dossier "Nowhere". Name one of My law, Other law.' in done.stderr
    assert done.stderr.count("\n") == 1
    done = call("reviews", command, "My law", "--reviews", tmp_path / "misspelt.sqlite")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "misspelt.sqlite does not exist." in done.stderr
    assert not (tmp_path / "misspelt.sqlite").exists()
    done = call("reviews", command, "My law", "--reviews", tmp_path)
    assert (done.exit_code, "cannot be opened" in done.stderr) == (1, True)
    done = call("reviews", command, "My law")
    assert (done.exit_code, "holds no decisions" in done.stderr) == (1, True)


def test_align_lays_them_over_and_the_tools_grade_stays(calls, path, tmp_path):
    with open_reviews(path) as reviews:
        reviews.delete("Other law")
    output = tmp_path / "o.json"
    done = call("align", "law.txt", "--reviews", path, "-o", output)
    assert done.exit_code == 0, done.output
    assert done.stderr.endswith("reviews of My law: 1, of them stale: 0\n")
    items = json.loads(output.read_text(encoding="utf-8"))["assessments"]
    item = next(item for item in items if item["requirement"] == "23(4)(a)")
    assert item["coverage"] == "partial"
    assert item["review"]["grade"] == "full"
    assert [i["requirement"] for i in items if i["review"]] == ["23(4)(a)"]


def test_align_takes_the_dossier_named(calls, path):
    done = call("align", "law.txt", "--reviews", path, "--dossier", "Other law", "--json")
    items = json.loads(done.stdout)["assessments"]
    assert [i["review"]["grade"] for i in items if i["review"]] == [None]
    done = call("align", "law.txt", "--reviews", path, "--dossier", "Nowhere")
    assert done.exit_code == 1


def test_align_without_reviews_looks_at_none(calls, tmp_path):
    assert "reviews" not in call("align", "law.txt", "--json").stderr
    assert not (tmp_path / "own").exists()


def test_align_refuses_a_strange_file_before_the_work(calls, tmp_path):
    (tmp_path / "law.pdf").write_bytes(b"%PDF-1.7 " * 100)
    for name in ("law.pdf", "misspelt.sqlite"):
        done = call("align", "law.txt", "--reviews", tmp_path / name)
        assert done.exit_code == 1
        assert done.stderr.startswith("error: ")
    assert calls == []
