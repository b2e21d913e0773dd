"""The text document, reopened by python-docx and by lxml, which did not write its tables."""

import datetime
import re
import zipfile
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from nis2_align.export import Layout
from nis2_align.export.docx import to_docx
from nis2_align.export.material import material
from nis2_align.export.words import FILLS
from nis2_align.messages import available, messages
from nis2_align.model import Coverage, Review, Span
from nis2_align.notices import issue
from nis2_align.official_text import OfficialText
from tests.unit.export.result_samples import (
    HEADINGS,
    act,
    assessments,
    beyond,
    result,
    segmentation,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = datetime.date(2031, 2, 3)
HEADS = ["Requirement", "Summary, not the official text", "Coverage", "National provisions",
         "Quoted clauses", "Gaps, or why"]  # fmt: skip


def written(held=None, language="en", **asked):
    layout = Layout(made=DAY, **asked)
    return to_docx(material(held or result(), HEADINGS, language, layout))


def parts(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def body(content):
    return etree.fromstring(parts(content)["word/document.xml"])


def table_with(content, first_head):
    """The rows of the table whose first head is this, as lists of texts."""
    for table in docx.Document(BytesIO(content)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][0] == first_head:
            return rows
    raise AssertionError(first_head)


def cells_of(content, caption):
    for table in body(content).iter(f"{W}tbl"):
        if table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == caption:
            return table
    raise AssertionError(caption)


def test_every_requirement_has_a_row_with_its_clauses_and_reasons():
    rows = table_with(written(), "Requirement")
    assert rows[0] == HEADS
    assert [row[0] for row in rows[1:]] == [item.requirement for item in assessments()]
    found = {row[0]: row for row in rows[1:]}
    assert found["23(4)(a)"][2].startswith("partial\nconfidence 0.70")
    assert found["23(4)(a)"][3] == "2(1) – Члан 2. (1), page 1"
    assert "у року од 48 часова" in found["23(4)(a)"][4]
    assert "24 h required, 48 h found" in found["23(4)(a)"][5]
    assert found["21(2)(j)"][3].splitlines()[1] == "Another act, 1/2030, 4"
    assert found["23(5)"][5] == "not found in the acts given"


def test_a_requirement_is_stated_in_whole_where_we_have_a_statement():
    held = table_with(written(), "Requirement")
    early = next(row for row in held if row[0] == "23(4)(a)")
    assert early[1] != HEADINGS["23(4)(a)"]
    assert not early[1].endswith("…")


def test_both_directions_and_the_unmatched_provisions_are_there():
    content = written(result(assessments=beyond()))
    rows = table_with(content, "Provision")
    assert [row[0].split(" – ")[0] for row in rows[1:]] == [
        "1", "2", "2(1)", "2(2)", "3", "Annex 1",
    ]  # fmt: skip
    found = {row[0].split(" – ")[0]: row for row in rows[1:]}
    assert found["2(1)"][1] == "Оператор пријављује квар у року од 48 часова."
    assert found["2(1)"][3] == "23(4)(a) – partial"
    assert found["2(1)"][4].startswith("23(4)(a): 12 h")
    table = cells_of(content, "Unmatched provisions")
    texts = ["".join(cell.itertext()) for cell in table.iter(f"{W}tc")]
    assert texts[2::2] == ["1 – Члан 1.", "3 – Члан 3."]
    assert texts[5].startswith("'=HYPERLINK")


@pytest.mark.parametrize(
    ("listing", "captions"),
    [
        ("concordance", ["Directive → national law"]),
        ("reverse", ["National law → directive", "Unmatched provisions"]),
        ("gaps", ["Gaps"]),
    ],
)
def test_only_the_direction_asked_for_is_there(listing, captions):
    tables = body(written(listing=listing)).iter(f"{W}tbl")
    shown = [table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for table in tables]
    assert shown[4:-1] == captions  # after the cover, before the notes on the reading
    assert shown[-1] == "Issues"


def test_every_head_is_marked_repeated_and_described():
    for table in body(written()).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        assert heads == rows[:1]
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert look.get(f"{W}firstRow") == "1"
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")


def test_the_widths_of_cells_grid_and_page_agree():
    document = docx.Document(BytesIO(written()))
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1),
    )  # fmt: skip
    room = (section.page_width - section.left_margin - section.right_margin) / 635
    for table in body(written()).iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        grid = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
        assert room - len(grid) - 1 <= sum(grid) <= room + 1
        for row in table.iter(f"{W}tr"):
            assert [int(w.get(f"{W}w")) for w in row.iter(f"{W}tcW")] == grid


def test_a_grade_has_its_word_and_its_shade():
    table = cells_of(written(), "Directive → national law")
    say = messages("en")
    for row, item in zip(table.findall(f"{W}tr")[1:], assessments(), strict=True):
        cell = row.findall(f"{W}tc")[2]
        assert cell.find(f"{W}tcPr/{W}shd").get(f"{W}fill") == FILLS[item.coverage][1:]
        assert "".join(cell.itertext()).startswith(say.text(f"grade_{item.coverage.value}"))


def test_pages_are_numbered_by_fields():
    foot = etree.fromstring(parts(written())["word/footer1.xml"])
    fields = [field.get(f"{W}instr").strip() for field in foot.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "".join(foot.itertext()).endswith("1 / 1")


def test_the_cover_says_what_was_compared_when_how_and_with_what_limits():
    document = docx.Document(BytesIO(written()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == "Table of concordance"
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:5] == ["Acts", "Verdicts", "Method", "Limits", "Before it is handed in"]
    for sentence in ("was not seen", "Every element", "shortened here with […]"):
        assert sentence in text or sentence in str(table_with(written(), "Coverage"))
    facts = dict(map(tuple, table_with(written(), "What")[1:]))
    assert facts["Directive"] == "32022L2555"
    assert facts["Date of this table"] == "2031-02-03"
    assert facts["Text of the directive"] == "our own summaries, not the official text"
    assert re.fullmatch("[0-9a-f]{64}", facts["Fingerprint of the analysis (SHA-256 of its JSON)"])
    assert act().sha256 in table_with(written(), "Title")[1]
    checks = dict(map(tuple, table_with(written(), "Check")[1:]))
    assert checks["Every national provision is used."] == "to look at (2): 1, 3"


def test_the_cover_says_what_is_planned_and_what_only_amends():
    planned = replace(act(), planned="2031-06-30", amending=True)
    content = written(result(acts=(planned,)))
    assert "planned for 2031-06-30" in table_with(content, "Title")[1][2]
    text = "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
    assert messages("en").text("ui_amending") in text
    assert messages("en").text("ui_amending") not in str(written())


def test_the_languages_are_set_for_spellers_and_readers():
    content = written(language="hr")
    styles = etree.fromstring(parts(content)["word/styles.xml"])
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert default.get(f"{W}val") == "hr-HR"
    assert docx.Document(BytesIO(content)).core_properties.language == "hr-HR"
    own = {lang.get(f"{W}val") for lang in body(content).iter(f"{W}lang")}
    assert own == {"sr-Cyrl-RS"}
    assert b"en-US" not in parts(content)["word/settings.xml"]


def test_the_properties_have_a_title_and_name_nobody():
    content = written()
    held = docx.Document(BytesIO(content)).core_properties
    assert held.title.startswith("Table of concordance: 32022L2555")
    for name in ("author", "last_modified_by", "comments", "keywords", "category"):
        assert not getattr(held, name), name
    assert held.created == datetime.datetime(2031, 2, 3, tzinfo=held.created.tzinfo)
    whole = b"".join(parts(content).values())
    for word in (b"python-docx", b"Macintosh", str(Path.home()).encode() + b"/", b"file:"):
        assert word not in whole
    assert not [name for name in parts(content) if "thumbnail" in name]


def test_nothing_in_it_runs_or_points_out():
    wicked = '=cmd|"/c calc"!A1 {DDEAUTO x} http://example.invalid <w:t>&amp;'
    clause = replace(assessments()[3].provisions[0], quote=wicked)
    harm = replace(assessments()[3], provisions=(clause,), rationale=wicked, gaps=())
    content = written(result(assessments=(harm,), acts=(replace(act(), title="\t=x\x00"),)))
    root = body(content)
    assert root.findall(f".//{W}instrText") == root.findall(f".//{W}hyperlink") == []
    for name, held in parts(content).items():
        assert not (name.endswith(".rels") and b'TargetMode="External"' in held), name
    for table in root.iter(f"{W}tbl"):
        for paragraph in table.iter(f"{W}p"):
            assert "".join(paragraph.itertext())[:1] not in set("=+@-\t\r")
    assert "<w:t>&amp;" in "".join(root.itertext())


def test_control_characters_and_lone_surrogates_do_not_break_the_file():
    odd = replace(assessments()[3], rationale="a\x00b\x1bc\ud800d\uffffe", gaps=())
    rows = table_with(written(result(assessments=(odd,))), "Requirement")
    assert rows[1][5] == "abcde"


def test_long_quotes_are_shortened_with_the_mark_and_say_how_many_are_left():
    clause = assessments()[3].provisions[0]
    many = tuple(replace(clause, ref=f"{n}(1)", quote="dužnost i rok " * 300) for n in range(40))
    row = table_with(
        written(result(assessments=(replace(assessments()[3], provisions=many),))), "Requirement"
    )[1]
    quotes = row[4].splitlines()
    assert all(quote.endswith("[…]") for quote in quotes[:-1])
    assert quotes[-1] == f"[… +{40 - len(quotes) + 1}]"
    assert len(row[4]) < 2_500


def test_a_person_s_grade_stands_first_and_has_the_shade():
    review = Review(grade=Coverage.FULL, who="A", when="2031-01-01T00:00:00Z")
    held = result(assessments=(replace(assessments()[3], review=review),))
    assert table_with(written(held), "Requirement")[1][2].splitlines()[:2] == [
        "full", "decided by a person; first reading: partial",
    ]  # fmt: skip


def test_an_official_text_stands_in_the_column_and_the_head_says_so():
    content = written(official={"23(4)(a)": "Words of an official text."})
    rows = table_with(content, "Requirement")
    assert rows[0][1] == "Official text"
    assert "Words of an official text." in {row[1] for row in rows}


def test_an_official_text_bears_the_tag_of_its_own_language():
    text = OfficialText(
        celex="32022L2555", name="text.html", sha256="0" * 64, language="de",
        texts={"23(4)(a)": "Worte"},
    )  # fmt: skip
    content = written(result(official_text=text), language="hr")
    tags = {
        run.find(f"{W}rPr/{W}lang").get(f"{W}val")
        for run in body(content).iter(f"{W}r")
        if "".join(run.itertext()) == "Worte"
    }
    assert tags == {"de-DE"}
    facts = dict(map(tuple, table_with(content, messages("hr").text("column_fact"))[1:]))
    assert "text.html" in facts.values()


def test_the_same_result_gives_the_same_bytes_and_no_clock_is_in_them():
    assert written() == written(deepcopy(result()))
    with zipfile.ZipFile(BytesIO(written())) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_an_article_shows_its_heading_and_its_lead_in_and_not_its_paragraphs():
    cut = segmentation()
    lead_in = Span(start=cut.document.text.index("(1) Опер"), end=cut.document.text.index("квар"))
    nodes = tuple(
        replace(node, heading="Пријава", own=lead_in) if node.ref == "2" else node
        for node in cut.provisions
    )
    held = result(segmentations=(replace(cut, provisions=nodes),))
    rows = table_with(written(held), "Provision")
    shown = {row[0].split(" – ")[0]: row[1] for row in rows}
    assert shown["2"] == "Пријава (1) Оператор пријављује"
    assert shown["2(2)"].startswith("Оператор може да шифрује глас")


@pytest.mark.parametrize("language", available())
def test_it_can_be_written_in_every_language(language):
    say = messages(language)
    rows = table_with(written(language=language), say.text("column_requirement"))
    assert rows[0][1] == say.text("column_heading")


def test_several_acts_are_named_before_their_provisions():
    second = act("bylaw")
    clause = replace(assessments()[3].provisions[0], act="bylaw")
    both = replace(assessments()[3], provisions=(clause, *assessments()[3].provisions))
    held = result(
        acts=(act(), second), assessments=(both,),
        segmentations=(segmentation(), segmentation("bylaw")),
    )  # fmt: skip
    content = written(held)
    assert table_with(content, "Requirement")[1][3].splitlines()[0].startswith("bylaw: 2(1)")
    assert "bylaw: 2(1) – Члан 2. (1)" in {row[0] for row in table_with(content, "Provision")}


def test_an_empty_result_gives_a_document_that_opens():
    empty = written(result(assessments=(), issues=(), segmentations=(), acts=()))
    text = [paragraph.text for paragraph in docx.Document(BytesIO(empty)).paragraphs]
    assert text.count("none") == 3


@pytest.mark.parametrize(
    ("language", "said"),
    [("hr", "Na stranici 7 nalazi se velik crtež"), ("mk", "На страницата 7 има")],
)
def test_issues_are_told_in_the_language_of_the_document(language, said):
    content = written(result(issues=(issue("drawing", page=7, act="svetionik"),)), language)
    tables = docx.Document(BytesIO(content)).tables
    cells = [cell.text for table in tables for cell in table._cells]
    assert any(text.startswith(said) for text in cells)
