"""A clause in a copy of the act's own DOCX: tracked, read again, graded as promised."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from nis2_align.alignment import Alignment
from nis2_align.export.insertion import InsertionError, with_insertion
from nis2_align.model import Document, Result
from nis2_align.pipeline import run_documents
from nis2_align.read import read
from nis2_align.read.docx_xml import W
from nis2_align.trial import find_provision
from tests.unit.pipeline.mini_laws import ENGLISH
from tests.unit.read.docx_samples import package, paragraph, table

_TRAINING = next(line for line in ENGLISH.splitlines() if "shall attend training" in line)
WHEN = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Body"/></w:style>'
)


def word(text: str = ENGLISH) -> bytes:
    lines = (line for line in text.splitlines() if line != _TRAINING)
    return package("".join(paragraph(line, style="P") for line in lines), styles=STYLES)


def inserted(content: bytes, ref: str, text: str, author: str = "Ana") -> tuple[bytes, Document]:
    document = read(content, name="nacrt.docx")
    result = run_documents([document], language="en")
    _, provision = find_provision(result, ref)
    made = with_insertion(content, document, provision, text, author, WHEN)
    return made, read(made, name="nacrt.docx")


def body(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return etree.fromstring(held.read("word/document.xml"))


def grade(result: Result, requirement: str) -> object:
    found = next(one for one in result.assessments if one.requirement == requirement)
    return found.coverage, [one.state for one in found.elements], found.gaps


def test_the_copy_is_graded_as_the_trial_promised_and_the_original_is_untouched() -> None:
    content = word()
    kept = bytes(content)
    document = read(content, name="nacrt.docx")
    alignment = Alignment(run_documents([document], language="en"))
    trial = alignment.try_clause("20(2)", _TRAINING, "3(1)")
    _, provision = find_provision(alignment.result, "3(1)")
    made = with_insertion(content, document, provision, _TRAINING, "Ana", WHEN)
    again = run_documents([read(made, name="nacrt.docx")], language="en")
    assert grade(again, "20(2)") == (
        trial.coverage, [one.state for one in trial.elements], trial.gaps,
    )  # fmt: skip
    assert trial.coverage is not trial.before
    assert content == kept
    assert made != content


def test_author_time_and_words_are_as_given_whatever_signs_they_hold() -> None:
    clause = '(2) Lamps < 5 & "oil" ]]> <w:p/> \x00\x02\ufffe\u200e.\n(3) Wicks.'
    made, again = inserted(word(), "3(1)", clause, 'A <b> & "C" \x01\'')
    marks = list(body(made).iter(W + "ins"))
    assert {mark.get(W + "author") for mark in marks} == {'A <b> & "C" \''}
    assert {mark.get(W + "date") for mark in marks} == {"2027-01-02T03:04:05Z"}
    assert len({mark.get(W + "id") for mark in marks}) == len(marks) == 4
    lines = again.text.splitlines()
    place = lines.index("(3) Wicks.")
    assert lines[place - 1] == '(2) Lamps < 5 & "oil" ]]> <w:p/> \u200e.'
    assert lines[place - 2].startswith("(1) The management body")
    assert any(issue.code == "docx_tracked_changes" for issue in again.issues)


def test_rejecting_the_insertion_leaves_the_act_as_it_was() -> None:
    content = word()
    made, _ = inserted(content, "4(1)(c)", "(ca) Lamps;")
    root = body(made)
    for mark in list(root.iter(W + "ins")):
        owner = mark.getparent()
        if owner.tag == W + "p":
            owner.getparent().remove(owner)
    assert etree.tostring(root, method="c14n") == etree.tostring(body(content), method="c14n")


def test_other_parts_are_copied_byte_for_byte() -> None:
    content = word()
    made, _ = inserted(content, "3(1)", "Lamps are lit.")
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        assert [name for name in old.namelist() if old.read(name) != new.read(name)] == [
            "word/document.xml"
        ]


def test_a_style_of_running_text_is_taken_over_and_one_of_headings_is_not() -> None:
    content = package(
        paragraph("Article 1", style="H")
        + paragraph("(1) Lamps are lit at dusk.", style="P")
        + paragraph("Article 2", style="H")
        + paragraph("Wicks", style="H"),
        styles=STYLES,
    )
    for ref, style in (("1(1)", ["P"]), ("2", [])):
        made, again = inserted(content, ref, "(2) Oil is stored.")
        new = next(p for p in body(made).iter(W + "p") if p.find(W + "ins") is not None)
        assert [one.get(W + "val") for one in new.iter(W + "pStyle")] == style
        line = again.text.index("(2) Oil")
        assert not any(hint.span.start <= line < hint.span.end for hint in again.hints)


def test_a_list_set_as_a_table_takes_the_clause_into_its_cell() -> None:
    content = package(
        paragraph("Article 1")
        + paragraph("(1) These are lit:")
        + table(["(a)", "lamps at dusk;"], ["(b)", "fires at dawn."])
        + paragraph("(2) Oil is stored.")
    )
    _, again = inserted(content, "1(1)(a)", "(aa) torches;")
    assert "(a) lamps at dusk;\n(aa) torches;\n(b) fires" in again.text


def test_where_no_paragraph_ends_nothing_is_handed_out() -> None:
    content = package(
        paragraph("Article 1")
        + paragraph("<w:r><w:t>(1) Lamps are lit.</w:t><w:br/><w:t>(2) Oil burns.</w:t></w:r>")
    )
    with pytest.raises(InsertionError) as caught:
        inserted(content, "1(1)", "(1a) Wicks are cut.")
    assert caught.value.reason == "place"


def test_other_formats_and_other_bytes_are_refused() -> None:
    document = read(ENGLISH.encode(), name="law.txt")
    result = run_documents([document], language="en")
    _, provision = find_provision(result, "3(1)")
    with pytest.raises(InsertionError) as caught:
        with_insertion(ENGLISH.encode(), document, provision, "Lamps.", "Ana")
    assert caught.value.reason == "format"
    content = word()
    with pytest.raises(InsertionError) as caught:
        with_insertion(content + b" ", read(content, name="a.docx"), provision, "Lamps.", "Ana")
    assert caught.value.reason == "file"
