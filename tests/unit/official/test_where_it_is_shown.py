"""The official text stands beside ours in every output, and nowhere where none was given."""

import csv
import io
import json
import pickle

import jsonschema
import openpyxl
import pytest
from typer.testing import CliRunner

from nis2_align import pipeline
from nis2_align.alignment import Alignment
from nis2_align.cli import app
from nis2_align.errors import UnreadableFileError
from nis2_align.export import render
from nis2_align.export.json import schema, to_dict, to_json
from nis2_align.official.skeleton import parts
from nis2_align.official_text import OfficialText
from nis2_align.terminal import gap_lines, official_lines
from tests.unit.export.result_samples import HEADINGS, result
from tests.unit.official.formats import as_text
from tests.unit.official.invented import lines, texts

OURS, GIVEN = "Summary, not the official text", "Official text"
OFFICIAL = OfficialText(
    celex="32022L2555",
    name="nis2.docx",
    sha256="a" * 64,
    language="sr",
    texts={
        "21(2)(j)": "званични изворник тачке ј;",
        "23(4)(a)": "=изворник:",
        "2(2)(a)": "водич:",
        "2(2)(a)(ii)": "ставка;",
    },
    missing=("23(5)", "3(4)#sub3"),
    within={"3(4)#sub3": "3(4)#sub2"},
    parts=parts(),
)


@pytest.fixture
def given():
    return result(official_text=OFFICIAL)


def test_the_json_says_what_was_given_and_holds_the_words(given):
    held = to_dict(given)
    assert held["directive"]["official_text"] == {
        "name": "nis2.docx", "sha256": "a" * 64, "language": "sr", "found": 4,
        "missing": ["23(5)", "3(4)#sub3"], "within": {"3(4)#sub3": "3(4)#sub2"},
    }  # fmt: skip
    assert held["official_texts"] == {
        "21(2)(j)": "званични изворник тачке ј;",
        "23(4)(a)": "=изворник:",
    }
    jsonschema.validate(held, schema())
    assert json.loads(to_json(given)) == held
    assert '\n "21(2)(j)": "званични' in to_json(given)


def test_without_one_the_json_is_as_it_was():
    held = to_dict(result())
    assert held["directive"]["official_text"] is None
    assert "official_texts" not in held


def sheet(data, name="Concordance"):
    rows = openpyxl.load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True)
    heads, *body = rows
    return [dict(zip(heads, row, strict=True)) for row in body]


def test_the_workbook_has_both_columns(given):
    rows = {row["Requirement"]: row for row in sheet(render(given, ".xlsx", HEADINGS))}
    assert rows["21(2)(j)"][GIVEN] == "званични изворник тачке ј;"
    assert rows["21(2)(j)"][OURS] == HEADINGS["21(2)(j)"]
    assert rows["23(4)(a)"][GIVEN] == "'=изворник:"
    assert rows["23(5)"][GIVEN] is None
    assert rows["23(5)"][OURS]


def test_without_one_there_is_no_such_column():
    (row, *_) = sheet(render(result(), ".xlsx", HEADINGS))
    assert OURS in row
    assert GIVEN not in row


def test_the_csv_has_both_columns(given):
    table = csv.DictReader(io.StringIO(render(given, ".csv", HEADINGS).decode("utf-8-sig")))
    rows = {row["Requirement"]: row for row in table}
    assert rows["21(2)(j)"][GIVEN] == "званични изворник тачке ј;"
    assert rows["21(2)(j)"][OURS] == HEADINGS["21(2)(j)"]
    assert GIVEN not in render(result(), ".csv", HEADINGS).decode("utf-8-sig")


def test_a_document_says_which_words_are_ours(given):
    from nis2_align.export.material import material

    told = material(given, HEADINGS)
    assert told.requirement_head == GIVEN
    assert told.requirement_text("21(2)(j)", "summary") == "званични изворник тачке ј;"
    assert told.requirement_text("23(5)", "summary") == f"summary ({OURS})"
    assert told.official_text == "nis2.docx"
    alone = material(result(), HEADINGS)
    assert (alone.requirement_head, alone.official_text) == (OURS, None)
    assert alone.requirement_text("23(5)", "summary") == "summary"


def test_the_explanation_quotes_it(given):
    told = str(Alignment(given).explain("21(2)(j)")).splitlines()
    assert told[1:3] == [f"{GIVEN}:", "  званични изворник тачке ј;"]
    assert f"{GIVEN}:" not in str(Alignment(given).explain("23(5)"))
    assert f"{GIVEN}:" not in str(Alignment(result()).explain("21(2)(j)"))


def test_the_gaps_quote_its_beginning(given):
    from nis2_align.messages import messages

    table, say = Alignment(given).table(), messages("en")
    assert f"  {GIVEN}: “=изворник:”" in list(gap_lines(table, say, OFFICIAL))
    assert not [line for line in gap_lines(table, say) if GIVEN in line]


def test_parts_that_a_requirement_carries_are_told_with_their_numbers():
    assert OFFICIAL.text("2(2)(a)") == "водич:\n(ii) ставка;"
    assert OFFICIAL.text("2(2)(a)#ii_trust_services") == "ставка;"
    assert OFFICIAL.text("23(5)") is None


def test_what_was_not_found_is_listed():
    assert list(official_lines(OFFICIAL)) == [
        "nis2.docx  sr  4/6", "  – 23(5)", "  – 3(4)#sub3 → 3(4)#sub2"
    ]  # fmt: skip


def test_it_travels_between_processes_and_never_shows_in_a_record():
    assert pickle.loads(pickle.dumps(OFFICIAL)) == OFFICIAL
    assert "изворник" not in repr(result(official_text=OFFICIAL))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "nis2_invented.txt"
    path.write_bytes(as_text(lines(texts())))
    return path


@pytest.mark.parametrize("command", [["align"], ["gaps"], ["explain", "21(2)(j)"]])
def test_the_commands_hand_the_file_on(monkeypatch, command):
    asked = []

    def run(*arguments):
        asked.append(arguments)
        return result(official_text=OFFICIAL)

    monkeypatch.setattr(pipeline, "run", run)
    name, *rest = command
    done = CliRunner().invoke(app, [name, "law.txt", *rest, "--directive-text", "nis2.docx"])
    assert done.exit_code == 0, done.output
    assert [str(argument) for argument in asked[0]][-1] == "nis2.docx"


def test_show_says_what_was_not_found(tmp_path, file):
    act = tmp_path / "law.txt"
    act.write_text("Article 1\nThis Act keeps the lighthouse lit.\n" * 2, encoding="utf-8")
    some = lines({id_: text for id_, text in texts().items() if id_ != "21(2)(c)"})
    file.write_bytes(as_text(some))
    done = CliRunner().invoke(
        app, ["show", str(act), "--language", "en", "--directive-text", str(file)]
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-2:] == ["nis2_invented.txt  eo  534/535", "  – 21(2)(c)"]


def test_a_run_reads_it_before_the_acts(tmp_path):
    with pytest.raises(UnreadableFileError, match="no_directive"):
        pipeline.run([tmp_path / "no_law.txt"], directive_text=tmp_path / "no_directive.txt")


def test_a_run_holds_it_and_notes_what_is_missing(tmp_path, file):
    act = tmp_path / "gesetz.txt"
    act.write_text("Artikel 1\nDer Leuchtturm brennt in jeder Nacht.\n", encoding="utf-8")
    some = lines({id_: text for id_, text in texts().items() if id_ != "21(2)(c)"})
    file.write_bytes(as_text(some))
    done = pipeline.run([act], "de", directive_text=file)
    assert done.official_text is not None
    assert done.official_text.missing == ("21(2)(c)",)
    assert [issue.severity for issue in done.issues if issue.code == "official_text_missing"] == [
        "info"
    ]
    held = to_dict(done)
    jsonschema.validate(held, schema())
    assert held["official_texts"]["21(2)(j)"] == texts()["21(2)(j)"]
