"""A dossier file stands wherever a command takes acts."""

import json

import pytest
from typer.testing import CliRunner

from nis2_align.cli import app
from tests.unit.pipeline.dossier_acts import FILLED, bylaw, law

LABELS = "unit,national,grade\n21(2)(h),2(1)(e),full\n"


@pytest.fixture
def dossier(tmp_path):
    for name, text in (("law.txt", law("en")), ("bylaw.txt", bylaw("en"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = tmp_path / "dossier.yaml"
    path.write_text(
        "acts:\n"
        "  - {file: law.txt, kind: law, language: en, jurisdiction: BA-FED}\n"
        "  - {file: bylaw.txt, kind: by_law, language: en, jurisdiction: BA-SRP}\n"
        "elsewhere: [{requirement: 22(1), title: Cipher Act, planned: 2031-01-01}]\n",
        encoding="utf-8",
    )
    return path


def call(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), prog_name="nis2-align")


def test_align_reads_the_acts_and_what_is_said_of_them(dossier):
    found = call("align", dossier, "--json", "--words", "en")
    assert found.exit_code == 0
    data = json.loads(found.stdout)
    told = [(act["id"], act["kind"], act["jurisdiction"]) for act in data["acts"]]
    assert told == [("law", "law", "BA-FED"), ("bylaw", "by_law", "BA-SRP")]
    by_id = {item["requirement"]: item for item in data["assessments"]}
    for id_ in FILLED:
        assert by_id[id_]["jurisdictions"] == {"BA-FED": "none", "BA-SRP": "full"}
        assert by_id[id_]["coverage"] == "none"
    assert by_id["22(1)"]["elsewhere"][0]["planned"] == "2031-01-01"


def test_explain_gaps_and_evaluate_take_it_too(dossier, monkeypatch):
    from nis2_align import pipeline

    asked = []
    done = pipeline.run(list(map(dossier.parent.joinpath, ("law.txt", "bylaw.txt"))), words="en")

    def run(paths, *_more):
        asked.append(list(paths))
        return done

    monkeypatch.setattr(pipeline, "run", run)
    gold = dossier.parent / "gold.csv"
    gold.write_text(LABELS, encoding="utf-8")
    for arguments in (
        ("gaps", dossier), ("explain", dossier, "21(2)(h)"), ("evaluate", dossier, "--gold", gold),
    ):  # fmt: skip
        found = call(*arguments)
        assert (found.exit_code, found.stderr) == (0, ""), arguments
    assert asked == [[dossier]] * 3


def test_a_broken_dossier_is_one_line_with_every_fault(dossier):
    dossier.write_text("acts: [{kind: decree}]\n", encoding="utf-8")
    found = call("align", dossier)
    assert found.exit_code == 3
    (line,) = found.stderr.strip().splitlines()
    assert "Act 1: Missing or left empty: file." in line and '"kind" cannot hold "decree"' in line


def test_show_reads_one_act(dossier):
    found = call("show", dossier)
    assert found.exit_code == 2
    assert "one act" in found.stderr
