import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from nis2_align.errors import Nis2AlignError, UnknownLanguageError
from nis2_align.export import ENDINGS, check, render, save, save_all
from nis2_align.messages import available
from tests.unit.export.result_samples import HEADINGS, assessments, result


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_says_the_format(tmp_path, ending):
    path = tmp_path / f"out{ending.upper()}"
    save(result(), path, HEADINGS)
    assert path.read_bytes() == render(result(), ending, HEADINGS)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_each_format_is_what_its_ending_says(tmp_path):
    paths = [tmp_path / f"out{ending}" for ending in ENDINGS]
    save_all(result(), paths, HEADINGS)
    assert json.loads(paths[0].read_text(encoding="utf-8"))["schema_version"] == 1
    assert openpyxl.load_workbook(paths[1]).sheetnames[0] == "Cover"
    assert paths[2].read_bytes().startswith(b"\xef\xbb\xbfRequirement,")


@pytest.mark.parametrize("name", ["out.pdf", "out", "out.json.bak"])
def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path, name):
    with pytest.raises(Nis2AlignError) as caught:
        save(result(), tmp_path / name)
    assert name in caught.value.what
    assert ".xlsx" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_in_place_of_a_file_are_refused(tmp_path):
    with pytest.raises(Nis2AlignError, match="does not exist"):
        check(tmp_path / "nowhere" / "out.json")
    (tmp_path / "out.json").mkdir()
    with pytest.raises(Nis2AlignError, match="is a folder"):
        check(tmp_path / "out.json")


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Nis2AlignError, match="cannot be written to"):
        check(tmp_path / "out.json")


def test_after_a_failure_nothing_is_left_and_what_stood_there_stands(tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    path.write_text("before", encoding="utf-8")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Nis2AlignError, match="No space left") as caught:
        save_all(result(), [path, tmp_path / "out.csv"])
    assert caught.value.remedy
    assert path.read_text(encoding="utf-8") == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


def test_when_one_output_cannot_be_made_none_is(tmp_path):
    broken = result(assessments=(replace(assessments()[2], confidence=float("nan")),))
    with pytest.raises(ValueError, match="JSON"):
        save_all(broken, [tmp_path / "a.csv", tmp_path / "b.json"])
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_language_is_refused():
    with pytest.raises(UnknownLanguageError, match=", ".join(available())):
        render(result(), ".xlsx", language="xx")
    with pytest.raises(Nis2AlignError, match="no format"):
        render(result(), ".odt")


def test_the_csv_reads_back_with_every_requirement_and_no_formula():
    text = render(result(), ".csv", HEADINGS).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [line["Requirement"] for line in lines] == [a.requirement for a in assessments()]
    assert lines[2]["National provisions"].splitlines() == [
        "2(2) – Члан 2. (2), page 1", "Another act, 1/2030, 4",
    ]  # fmt: skip
    assert lines[4]["Summary, not the official text"].startswith("'=2+2")
    assert "48 h found" in lines[3]["Gaps"]
    assert lines[3]["Elements"].splitlines() == ["weaker: day", "absent: unlawful"]
    cells = (value for line in lines for value in line.values())
    assert not any(value[:1] in set("=+-@\t\r") for value in cells if value)


def test_writing_json_needs_no_spreadsheet_library():
    code = (
        "import sys, nis2_align.export.json, nis2_align.export as e;"
        "print([m for m in ('xlsxwriter', 'pandas', 'spacy') if m in sys.modules])"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"
