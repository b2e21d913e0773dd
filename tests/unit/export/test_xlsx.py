import datetime
import hashlib
import json
import zipfile
from copy import deepcopy
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from nis2_align.export.json import to_json
from nis2_align.export.material import Layout, material
from nis2_align.export.xlsx import FILLS, to_xlsx
from nis2_align.messages import available, messages
from nis2_align.model import Act, Coverage, Gap, Review
from nis2_align.notices import issue
from tests.unit.export.result_samples import (
    CANDIDATE,
    HEADINGS,
    act,
    assessments,
    beyond,
    result,
    segmentation,
)

WORDS = {grade.value: messages("en").text(f"grade_{grade.value}") for grade in Coverage}


def written(held=None, language="en", layout=None):
    return to_xlsx(material(held or result(), HEADINGS, language, layout))


def opened(content):
    return openpyxl.load_workbook(BytesIO(content))


def rows(sheet):
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_the_sheets_stand_in_order():
    assert opened(written()).sheetnames == [
        "Cover", "Summary", "Concordance", "Gaps", "Reverse", "Unmatched provisions", "Issues",
    ]  # fmt: skip


def test_reopened_it_says_what_the_json_says():
    data = json.loads(to_json(result()))
    shown = rows(opened(written())["Concordance"])
    assert len(shown) == len(data["assessments"])
    for line, item in zip(shown, data["assessments"], strict=True):
        requirement, _, coverage, confidence, provisions, quotes, _, gaps, rationale = line
        assert requirement == item["requirement"]
        assert coverage == WORDS[item["coverage"]]
        assert confidence == pytest.approx(item["confidence"])
        assert [place.split(" – ")[0] for place in (provisions or "").splitlines()] == [
            *(clause["ref"] for clause in item["provisions"]),
            *(f"{one['title']}, {one['gazette']}, {one['article']}" for one in item["elsewhere"]),
        ]
        for clause in item["provisions"]:
            assert " ".join(clause["quote"].split()) in quotes
        for gap in item["gaps"]:
            assert gap["message"] in gaps
        assert rationale or not item["rationale"]


def test_the_gaps_have_a_row_each():
    shown = rows(opened(written())["Gaps"])
    assert [line[0] for line in shown] == ["23(4)(a)", "23(4)(a)"]
    assert shown[0][3:8] == ("figure", "day", "24 h required, 48 h found", "24 h", "48 h")


def test_reopened_the_reverse_sheet_says_what_the_json_says():
    held = result(assessments=beyond())
    data = json.loads(to_json(held))["reverse"]
    sheet = opened(written(held))["Reverse"]
    assert [cell.value for cell in sheet[1]] == [
        "Act", "Provision", "As printed", "Class", "Requirements", "Gold-plating candidates",
    ]  # fmt: skip
    say = messages("en")
    assert len(rows(sheet)) == len(data) == 6
    for line, entry in zip(rows(sheet), data, strict=True):
        assert line[:2] == (entry["act"], entry["ref"])
        assert line[3] == say.text(f"class_{entry['class']}")
        assert (line[4] or "") == ", ".join(entry["requirements"])
        assert (line[5] or "").splitlines() == [
            f"{one['requirement']}: {one['message']}" for one in entry["gold_plating"]
        ]
    shown = {line[1]: line for line in rows(sheet)}
    assert shown["2(1)"][2] == "Члан 2. (1)"
    assert shown["2(1)"][5] == f"23(4)(a): {CANDIDATE.message}"
    assert [ref for ref, line in shown.items() if line[5]] == ["2(1)"]


def test_the_reverse_sheet_neutralises_what_a_draft_holds():
    held = result(assessments=beyond())
    cut = held.segmentations[0]
    odd = tuple(
        replace(node, label="=1+1", ref="=2(1)") if node.ref == "2(1)" else node
        for node in cut.provisions
    )
    harm = replace(held, segmentations=(replace(cut, provisions=odd),))
    sheet = opened(written(harm))["Reverse"]
    assert "'=2(1)" in {line[1] for line in rows(sheet)}
    for line in sheet.iter_rows():
        for cell in line:
            assert cell.data_type in {"s", "n"}
            assert not (isinstance(cell.value, str) and cell.value[:1] in set("=+-@"))


def test_heads_are_frozen_and_filtered_and_repeated_in_print():
    book = opened(written())
    for name in ("Concordance", "Gaps", "Reverse", "Unmatched provisions", "Issues"):
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.auto_filter.ref.endswith(str(max(sheet.max_row, 2)))
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0


def test_a_grade_has_its_colour_and_its_word():
    sheet = opened(written())["Concordance"]
    for row, item in enumerate(assessments(), start=2):
        assert sheet.cell(row, 3).fill.fgColor.rgb == "FF" + FILLS[item.coverage][1:]
        assert sheet.cell(row, 3).value == WORDS[item.coverage.value]
    assert len(set(FILLS.values())) == len(Coverage)


def test_no_cell_is_a_formula_or_a_link_and_none_begins_like_one():
    wicked = '=cmd|"/c calc"!A1'
    gap = Gap(kind="scope", message=wicked, element="@x#+y", expected="-1", found="\t=2")
    harm = replace(
        assessments()[3], gaps=(gap,), rationale=wicked, requirement="=1", provisions=(
            replace(assessments()[3].provisions[0], quote=wicked, ref=wicked),
        ),
    )  # fmt: skip
    held = result(assessments=(harm,), acts=(replace(act(), title=wicked, id="+act"),))
    content = written(held)
    for sheet in opened(content):
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type in {"s", "n"}, cell.coordinate
                assert not (isinstance(cell.value, str) and cell.value[:1] in set("=+-@\t\r"))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in parts.read(name)
                assert b"<hyperlink" not in parts.read(name)


def test_the_text_of_an_address_is_no_link():
    site = replace(assessments()[3], rationale="http://example.invalid/x")
    assert rows(opened(written(result(assessments=(site,))))["Concordance"])[0][8] == (
        "http://example.invalid/x"
    )


def test_rows_are_tall_enough_and_never_taller_than_a_row_can_be():
    clause = assessments()[3].provisions[0]
    many = tuple(replace(clause, ref=f"{n}(1)", quote="dužnost i rok " * 300) for n in range(60))
    tall = replace(assessments()[3], provisions=many)
    sheet = opened(written(result(assessments=(tall, assessments()[4]))))["Concordance"]
    assert 300 < sheet.row_dimensions[2].height <= 409
    assert sheet.row_dimensions[3].height < 60
    assert "[… +" in sheet.cell(2, 6).value


def test_control_characters_and_lone_surrogates_do_not_break_the_file():
    odd = replace(assessments()[3], rationale="a\x00b\x1bc\ud800d\uffffe _x000D_ f")
    shown = rows(opened(written(result(assessments=(odd,))))["Concordance"])[0][8]
    assert shown.startswith("abcde")


def test_the_same_result_gives_the_same_bytes():
    assert written() == written(deepcopy(result()))


def test_the_font_is_that_by_which_columns_are_measured():
    with zipfile.ZipFile(BytesIO(written())) as parts:
        styles = parts.read("xl/styles.xml")
    assert b"Calibri" not in styles
    assert b"scheme" not in styles


@pytest.mark.parametrize("language", available())
def test_it_can_be_written_in_every_language(language):
    book = opened(written(language=language))
    say = messages(language)
    assert book.sheetnames[2] == say.text("sheet_concordance")
    assert book.worksheets[2]["B1"].value == say.text("column_heading")


def test_several_acts_are_named_before_their_provisions():
    second: Act = act("bylaw")
    clause = replace(assessments()[3].provisions[0], act="bylaw")
    both = replace(assessments()[3], provisions=(clause, *assessments()[3].provisions))
    held = result(
        acts=(act(), second),
        assessments=(both,),
        segmentations=(segmentation(), segmentation("bylaw")),
    )
    provisions = rows(opened(written(held))["Concordance"])[0][4].splitlines()
    assert provisions[0].startswith("bylaw: 2(1)")
    assert provisions[1].startswith("svetionik: 2(1)")


def test_an_empty_result_gives_a_workbook_that_opens():
    book = opened(written(result(assessments=(), issues=(), segmentations=(), acts=())))
    assert book["Concordance"].max_row == book["Reverse"].max_row == 1
    assert book["Issues"]["E2"].value == "none"


def test_the_summary_counts_what_the_table_holds():
    sheet = opened(written())["Summary"]
    cells = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
    assert cells[WORDS["uncertain"]][0] == 2
    assert cells["1 of 4 assessed requirements are transposed in full (25.0 %)."]
    assert cells["Article 23"][:6] == [0, 1, 1, 0, 0, 2]
    assert cells["Annexes"][4] == 1


def test_the_cover_says_what_was_compared_when_how_and_with_what_limits():
    day = datetime.date(2031, 2, 3)
    held = result()
    sheet = opened(written(held, layout=Layout(made=day)))["Cover"]
    cells = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert cells["Directive"] == "32022L2555"
    assert cells["Catalogue of requirements, version"] == "abc123"
    assert cells["Date of this table"] == "2031-02-03"
    assert cells["Text of the directive"] == "our own summaries, not the official text"
    assert act().sha256 in cells[act().title]
    digest = cells["Fingerprint of the analysis (SHA-256 of its JSON)"]
    assert digest == hashlib.sha256(to_json(held).encode()).hexdigest()
    assert any("was not seen" in (text or "") for text in cells)
    assert cells["Every duty has a national counterpart."] == "to look at (2): 1(1), 23(5)"
    assert cells["The directive has its CELEX number."] == "in order"


def test_the_unmatched_provisions_are_listed_with_their_text():
    sheet = opened(written())["Unmatched provisions"]
    data = json.loads(to_json(result()))["unmatched_provisions"]
    assert [line[1] for line in rows(sheet)] == [entry["ref"] for entry in data] == ["1", "3"]
    assert rows(sheet)[0][3].startswith("Овај закон уређује")
    assert rows(sheet)[1][3].startswith("'=HYPERLINK")


@pytest.mark.parametrize(
    ("listing", "sheets"),
    [
        ("concordance", ["Cover", "Concordance", "Gaps", "Issues"]),
        ("reverse", ["Cover", "Reverse", "Unmatched provisions", "Issues"]),
        ("gaps", ["Cover", "Gaps", "Issues"]),
    ],
)
def test_only_the_listings_asked_for_are_there(listing, sheets):
    assert opened(written(layout=Layout(listing=listing))).sheetnames == sheets


def test_a_person_s_grade_stands_first_and_has_the_colour():
    review = Review(grade=Coverage.FULL, who="A", when="2031-01-01T00:00:00Z", stale=True)
    held = result(assessments=(replace(assessments()[3], review=review),))
    cell = opened(written(held))["Concordance"].cell(2, 3)
    assert cell.value.splitlines() == [
        "full", "decided by a person on an earlier draft, look again; first reading: partial",
    ]  # fmt: skip
    assert cell.fill.fgColor.rgb == "FF" + FILLS[Coverage.FULL][1:]


def test_issues_are_told_in_the_language_of_the_workbook():
    found = (
        issue("page_without_text", page=7, act="svetionik", then="ocr_failed"),
        issue("docx_comments", severity="info", act="svetionik", count=2),
    )
    sheet = opened(written(result(issues=found), "hr"))["Napomene"]
    told = [row[4].value for row in sheet.iter_rows(min_row=2)]
    assert told[0].startswith("Stranica 7 je slika bez tekstnog sloja. Prepoznavanje teksta (OCR)")
    assert told[1].startswith("Komentara na margini: 2. Nisu pročitani.")
