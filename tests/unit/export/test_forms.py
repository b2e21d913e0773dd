import csv
import io
import sys
from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import pytest

from nis2_align.errors import CatalogueError, Nis2AlignError
from nis2_align.export import Layout, form_codes, render
from nis2_align.export import form_filling as filling
from nis2_align.export.form_filling import filled, label
from nis2_align.export.forms import FIELDS, available, form
from nis2_align.export.material import material
from nis2_align.messages import messages
from nis2_align.model import Assessment, Coverage, DutyKind, Gap, Reason, Review
from nis2_align.resources import load_yaml, mappings_dir
from tests.unit.export.result_samples import HEADINGS, act, assessments, match, result

EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{number}")
    for code in available()
    for number, example in enumerate(form(code).examples)
]


def given(example):
    """A result with the one row that an example describes."""
    row = example["row"]
    clause = match("2(1)", "(1)", "(1) Оператор", "48 часова.")
    item = Assessment(
        requirement=row["requirement"],
        duty=DutyKind.MUST,
        coverage=Coverage(row["coverage"]),
        confidence=0.5,
        reason=Reason(row["reason"]) if "reason" in row else None,
        provisions=tuple(
            replace(clause, ref=held["ref"], label=held["printed"], quote=held["quote"])
            for held in row.get("clauses", ())
        ),
        gaps=tuple(Gap(kind="element", message=text) for text in row.get("gaps", ())),
        rationale=row.get("rationale", ""),
    )
    # Without the text of the act, its labels stand for what it prints.
    named = replace(
        act(),
        title=example.get("act", "Закон"),
        planned=str(row["planned"]) if "planned" in row else None,
    )
    return result(acts=(named,), assessments=(item,), segmentations=())


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_the_examples_of_the_form_hold(code, example):
    layout = form(code)
    held = material(given(example), {}, layout.words, Layout(form=code))
    number = example.get("table", 1) - 1
    line = filled(layout, held).tables[number].lines[0]
    fields = [column.field for column in layout.tables[number].columns]
    shown = {field: "\n".join(cell) for field, cell in zip(fields, line.cells, strict=True)}
    assert example["gives"]
    for field, text in example["gives"].items():
        assert shown[field] == str(text), field


@pytest.mark.parametrize("code", available())
def test_every_form_has_examples_provenance_and_a_word_or_a_blank_for_every_grade(code):
    layout = form(code)
    assert layout.examples
    raw = load_yaml(mappings_dir() / "forms" / f"{code}.yaml")
    assert {"form", "seen", "verified"} <= set(raw["provenance"])
    assert layout.value(Coverage.UNCERTAIN) == ""  # a doubt is never rounded
    if any(column.field == "alignment" for table in layout.tables for column in table.columns):
        assert (
            len({layout.value(grade) for grade in (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE)})
            == 3
        )


def test_the_serbian_form_has_its_columns_and_values():
    layout = form("rs")
    (table,) = layout.tables
    assert [column.mark for column in table.columns] == [
        "a)", "a1)", "b)", "b1)", "v)", "g)", "d)", "đ)",
    ]  # fmt: skip
    assert [layout.value(grade) for grade in Coverage] == [
        "potpuno usklađeno", "delimično usklađeno", "neusklađeno", "neprenosivo", "",
    ]  # fmt: skip


def test_the_kosovo_form_goes_both_ways_and_has_its_albanian_name():
    assert form("xk").title == "Tabela e përputhshmërisë"
    assert [table.direction for table in form("xk").tables] == ["concordance", "reverse"]


def test_the_fields_are_those_that_can_be_filled():
    assert FIELDS["concordance"] == set(filling._FORWARD)
    assert FIELDS["reverse"] == set(filling._BACKWARD)


@pytest.mark.parametrize("code", available())
def test_the_text_document_holds_the_form_line_by_line(code):
    document = docx.Document(BytesIO(render(result(), ".docx", HEADINGS, None, Layout(form=code))))
    layout = form(code)
    tables = document.tables[5:]  # after the cover and the lines above the tables
    shown = [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    for table, rows in zip(layout.tables, shown, strict=False):
        assert [head.split(" (")[0] for head in rows[0]] == [
            f"{column.mark} {column.head}".strip().split(" (")[0] for column in table.columns
        ]
        expected = len(assessments()) if table.direction == "concordance" else 6
        assert len(rows) == expected + 1
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert layout.title in texts


@pytest.mark.parametrize("code", available())
def test_the_workbook_holds_the_form_and_no_formula(code):
    content = render(result(), ".xlsx", HEADINGS, None, Layout(form=code))
    book = openpyxl.load_workbook(BytesIO(content))
    assert len(book.sheetnames) == 2 + len(form(code).tables)
    sheet = book.worksheets[2]
    assert sheet.max_row == len(assessments()) + 1
    assert sheet.cell(1, 1).value.startswith(form(code).tables[0].columns[0].mark)
    for held in book:
        for line in held.iter_rows():
            for cell in line:
                assert cell.data_type in {"s", "n"}
                assert not (isinstance(cell.value, str) and cell.value[:1] in set("=+-@"))


def test_the_summary_column_says_that_it_is_not_the_official_text_until_one_is_given():
    def head(**asked):
        text = render(result(), ".csv", HEADINGS, None, Layout(form="rs", **asked))
        return next(csv.reader(io.StringIO(text.decode("utf-8-sig"))))

    assert head()[1] == "a1) Sadržina odredbe (Sažetak, nije zvanični tekst)"
    assert head(official={"1(1)": "x"})[1] == "a1) Sadržina odredbe"


def test_the_words_are_those_of_the_form_unless_others_are_asked_for():
    serbian = docx.Document(BytesIO(render(result(), ".docx", HEADINGS, None, Layout(form="rs"))))
    assert serbian.paragraphs[0].text == messages("sr").text("title")
    english = docx.Document(BytesIO(render(result(), ".docx", HEADINGS, "en", Layout(form="rs"))))
    assert english.paragraphs[0].text == "Table of concordance"


def test_a_person_s_grade_goes_into_the_form_and_the_remark_says_so():
    review = Review(grade=Coverage.NONE, who="A", when="2031-01-01T00:00:00Z")
    item = replace(assessments()[1], review=review)  # not applicable, said the first reading
    held = material(result(assessments=(item,)), {}, "sr", Layout(form="rs"))
    cells = filled(form("rs"), held).tables[0].lines[0].cells
    assert cells[4] == ("neusklađeno",)
    assert cells[7] == ("odlučio čovek; prvo čitanje: nije primenljivo",)


def test_the_first_reading_s_reason_does_not_speak_for_a_person_s_grade():
    review = Review(grade=Coverage.NONE, who="A", when="2031-01-01T00:00:00Z")
    for item, word in (
        (assessments()[1], "не се транспонира"),
        (replace(assessments()[1], review=review), "не"),
    ):
        held = material(result(assessments=(item,)), {}, "mk", Layout(form="mk"))
        assert filled(form("mk"), held).tables[0].lines[0].cells[5] == (word,)


def test_a_direction_that_the_form_lacks_is_refused_with_those_that_it_has():
    with pytest.raises(Nis2AlignError, match="no table") as caught:
        render(result(), ".docx", HEADINGS, None, Layout(form="rs", listing="reverse"))
    assert "concordance" in caught.value.remedy
    content = render(result(), ".csv", HEADINGS, None, Layout(form="xk", listing="reverse"))
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 7


def test_an_unknown_form_is_refused_with_the_known_ones():
    assert set(form_codes()) >= {"eu", "me", "mk", "rs", "xk"}
    with pytest.raises(Nis2AlignError, match="no form") as caught:
        render(result(), ".docx", HEADINGS, None, Layout(form="zz"))
    assert "eu, me, mk, rs, xk" in caught.value.remedy


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"colour": "red"}, "unknown colour"),
        ({"values": {"good": "x"}}, "unknown grade or reason"),
        ({"words": "xx"}, "no messages in xx"),
        ({"head": [{"label": "x", "field": "weather"}]}, "head line"),
        ({"tables": [{"direction": "sideways", "title": "x"}]}, "title and a direction"),
        (
            {"tables": [{"direction": "reverse", "title": "T", "columns": [
                {"mark": "a)", "head": "x", "field": "quotes", "width": 1}]}]},
            "column a\\) of T",
        ),
    ],
)  # fmt: skip
def test_a_faulty_form_is_refused_with_every_fault(monkeypatch, wrong, said):
    module = sys.modules["nis2_align.export.forms"]
    raw = {**load_yaml(mappings_dir() / "forms" / "rs.yaml"), **wrong}
    monkeypatch.setattr(module, "load_yaml", lambda path: raw)
    module.form.cache_clear()
    with pytest.raises(CatalogueError, match=said):
        module.form("rs")
    module.form.cache_clear()


@pytest.mark.parametrize(
    ("printed", "ref", "shown"),
    [
        ("Члан 12. (3) 1)", "12(3)(1)", "Члан 12. (3) 1)"),
        ("Члан 5.", "5(2)", "Члан 5. – 5(2)"),
        ("Члан 5.", "5", "Члан 5."),
        ("Član 12a (3)", "12a(3)", "Član 12a (3)"),
        ("Neni 12 ç)", "12(ç)", "Neni 12 ç)"),
        ("Neni 12", "12(ç)", "Neni 12 – 12(ç)"),
        ("Prilog 1.", "Annex 1", "Prilog 1."),
        ("", "7(1)", "7(1)"),
        ("Član 1. 1)", "1(1)(1)", "Član 1. 1) – 1(1)(1)"),
    ],
)
def test_a_provision_is_told_from_its_neighbours_where_the_print_does_not(printed, ref, shown):
    assert label(printed, ref) == shown
