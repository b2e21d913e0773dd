"""What Word keeps beside the plain text: changes, notes, comments, fields, boxes, nested tables."""

from __future__ import annotations

import io
import zipfile

import pytest

from nis2_align.errors import UnreadableFileError
from nis2_align.model import Document
from nis2_align.read import read
from tests.unit.read.docx_samples import (
    deleted,
    field,
    level,
    numbering,
    package,
    paragraph,
    pattern,
    run,
    table,
)  # fmt: skip


def of(body: str, **parts: str) -> Document:
    return read(package(body, **parts), name="nacrt.docx")


def lines(body: str, **parts: str) -> list[str]:
    return of(body, **parts).text.splitlines()


def codes(document: Document) -> list[tuple[str, str]]:
    return [(issue.code, issue.severity) for issue in document.issues]


def change(kind: str, inner: str) -> str:
    return f'<w:{kind} w:id="1" w:author="x">{inner}</w:{kind}>'


# ----- tracked changes -----


def test_insertions_are_taken_deletions_dropped_and_moves_read_where_they_went():
    body = (
        paragraph(run("Rok je "), change("del", deleted("48")), change("ins", run("24")),
                  run(" časa."))
        + paragraph(change("moveFrom", run("Premešteno.")))
        + paragraph(run("Ostaje. "), change("moveTo", run("Premešteno.")))
    )  # fmt: skip
    document = of(body)
    assert document.text == "Rok je 24 časa.\nOstaje. Premešteno.\n"
    (issue,) = document.issues
    assert issue.code == "docx_tracked_changes"
    for told in ("taken 1", "dropped 1", "moved to 1"):
        assert told in issue.message


def test_a_deletion_inside_an_insertion_is_dropped():
    inner = change("ins", run("dodato ") + change("del", deleted("pa obrisano")))
    assert lines(paragraph(run("Tekst "), inner)) == ["Tekst dodato"]


GONE = "<w:rPr><w:del w:id='2'/></w:rPr>"
ONE = pattern(0, level(0, "decimal", "(%1)")) + numbering(1, 0)


def test_a_deleted_paragraph_is_neither_read_nor_counted():
    body = (
        paragraph("prvi", number="1")
        + paragraph(change("del", deleted("obrisan")), number="1", more=GONE)
        + paragraph("drugi", number="1")
    )
    assert lines(body, numbering=ONE) == ["(1) prvi", "(2) drugi"]


def test_paragraphs_whose_border_was_deleted_are_one():
    body = (
        paragraph("prvi deo,", number="1", more=GONE) + paragraph(" drugi deo.", number="1")
        + paragraph("sledeći", number="1")
    )  # fmt: skip
    assert lines(body, numbering=ONE) == ["(1) prvi deo, drugi deo.", "(2) sledeći"]


def test_a_border_that_was_deleted_before_a_table_ends_there():
    body = paragraph("Otvoreno", more=GONE) + table(["a", "b"], ["c", "d"])
    assert lines(body) == ["Otvoreno", "a | b", "c | d"]


def test_deleted_rows_and_cells():
    rows = table(["a", "b"], ["c", "d"])
    rows = rows.replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="3"/></w:trPr>', 1)
    assert lines(rows + paragraph("Kraj")) == ["c | d", "Kraj"]
    cells = table(["a", "b", "c"], ["d", "e", "f"])
    cells = cells.replace("<w:tc>", '<w:tc><w:tcPr><w:cellDel w:id="3"/></w:tcPr>', 1)
    assert lines(cells) == ["b | c", "d | e | f"]


def test_a_heading_set_run_in_is_one_line_with_its_text():
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    body = paragraph("Predmet.", number="1", more=hidden) + paragraph(" Zakon uređuje mere.")
    assert lines(body, numbering=ONE) == ["(1) Predmet. Zakon uređuje mere."]


# ----- comments, headers -----


def test_comments_are_not_read_and_told():
    comments = "".join(
        f'<w:comment w:id="{n}">{paragraph("Tajna primedba")}</w:comment>' for n in (0, 1)
    )
    body = paragraph('<w:commentRangeStart w:id="0"/>', run("Tekst."),
                     '<w:r><w:commentReference w:id="0"/></w:r>')  # fmt: skip
    document = of(body, comments=comments)
    assert document.text == "Tekst.\n"
    assert codes(document) == [("docx_comments", "info")]
    assert document.issues[0].message.startswith("Comments in the margin: 2.")
    assert "Tajna" not in document.issues[0].message


def test_no_comment_no_issue():
    assert of(paragraph("Tekst."), comments="").issues == ()


def test_headers_are_no_text():
    document = of(paragraph("Tekst."), header=paragraph("NACRT"))
    assert (document.text, document.issues) == ("Tekst.\n", ())


# ----- notes -----


def reference(id_: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{id_}"/></w:r>'


def note(id_: int, text: str, kind: str = "footnote", more: str = "") -> str:
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{id_}"{more}>{paragraph(mark, run(f" {text}"))}</w:{kind}>'


NOTES = (
    '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    + note(1, "Glasnik, br. 6.") + note(2, "Prenosi Direktivu.") + note(3, "Treća")
)  # fmt: skip


def test_a_note_stands_before_the_mark_that_closes_its_paragraph():
    body = paragraph(run("Zakon"), reference(1), run(" važi za sve"), reference(3), run("."))
    document = of(body, footnotes=NOTES)
    assert document.text == "Zakon važi za sve [Glasnik, br. 6] [Treća].\n"
    assert codes(document) == [("docx_footnotes", "info")]
    assert document.issues[0].message.startswith("Notes below the text: 2.")


def test_the_note_of_a_heading_waits_for_the_first_passage_that_closes():
    heading = paragraph(run("ZAKON O REDU", "<w:b/>"), reference(2))
    body = heading + paragraph("Član 1.") + paragraph("Ovaj zakon uređuje mere;")
    assert lines(body, footnotes=NOTES) == [
        "ZAKON O REDU", "Član 1.", "Ovaj zakon uređuje mere [Prenosi Direktivu];",
    ]  # fmt: skip


def test_a_note_of_an_open_end_stands_below():
    body = paragraph(run("Bez tačke"), reference(1), reference(4, "endnote"))
    document = of(body, footnotes=NOTES, endnotes=note(4, "Na kraju", "endnote"))
    assert document.text == "Bez tačke\n[Glasnik, br. 6]\n[Na kraju]\n"


def test_notes_of_deleted_text_and_unknown_notes_are_no_notes():
    body = paragraph(run("Tekst"), change("del", reference(1)), reference(9), run("."))
    document = of(body, footnotes=NOTES)
    assert document.text == "Tekst.\n"
    assert [code for code, _ in codes(document)] == ["docx_tracked_changes"]


# ----- fields -----


def test_only_the_result_of_a_field_is_text():
    link = '<w:fldSimple w:instr=" REF clan5 ">' + run("člana 5") + "</w:fldSimple>"
    body = paragraph(run("Iz "), link, run(" i "), field(" REF clan6 ", run("člana 6")), run("."))
    assert lines(body) == ["Iz člana 5 i člana 6."]


def test_a_field_inside_the_code_of_another_is_no_text():
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + field(" MERGEFIELD rod ", run("ženski"))
        + '<w:r><w:instrText> = "x" </w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("dužna")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    assert lines(paragraph(run("Agencija je "), nested, run(" da."))) == ["Agencija je dužna da."]


def test_a_table_of_contents_over_many_paragraphs_is_left_out_and_told():
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        paragraph("Sadržaj") + paragraph(begin, run("Član 1. 3")) + paragraph("Član 2. 4")
        + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + paragraph("Član 1.")
    )  # fmt: skip
    document = of(body)
    assert document.text == "Sadržaj\nČlan 1.\n"
    assert codes(document) == [("docx_contents", "info")]


@pytest.mark.parametrize("kind", ["begin", "separate", "end"])
def test_a_broken_field_swallows_nothing(kind):
    body = paragraph(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>', run("Član 1."))
    assert lines(body + paragraph("Tekst.")) == ["Član 1.", "Tekst."]


def test_numbers_of_old_fields_are_told():
    document = of(paragraph(field(" AUTONUM ", None), run(" Tekst.")))
    assert document.text == "Tekst.\n"
    assert codes(document) == [("docx_field_numbers", "warning")]


# ----- what is hidden, drawn or embedded -----


def test_hidden_text_is_left_out_and_told():
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr>'
        "<w:vanish/></w:rPr></w:style>"
    )
    body = (
        paragraph(run("Vidi se."), run(" Ne vidi se.", "<w:vanish/>"),
                  run(" Ni ovo.", '<w:rStyle w:val="H"/>'))
        + paragraph("Skriven stil", style="P")
        + paragraph(run("Ipak", '<w:vanish w:val="0"/>'), style="P")
    )  # fmt: skip
    document = of(body, styles=styles)
    assert document.text == "Vidi se.\nIpak\n"
    assert codes(document) == [("docx_hidden_text", "info")]
    assert document.issues[0].message.startswith("Passages formatted as hidden: 3.")


def box(text: str, outer: str = "wps:txbx") -> str:
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return f"<{outer}>{inner}</{outer}>"


def test_a_text_box_is_read_once_after_its_paragraph():
    both = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>' + box("U okviru")
        + "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box("U okviru", "v:textbox")
        + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    assert lines(paragraph(run("Uz okvir"), both) + paragraph("Dalje")) == [
        "Uz okvir", "U okviru", "Dalje",
    ]  # fmt: skip
    assert lines(paragraph(run("Uz okvir"), change("del", both))) == ["Uz okvir"]


def test_pictures_and_embedded_documents_are_told():
    body = (
        paragraph("<w:r><w:drawing><pic:pic/></w:drawing></w:r>", run("Slika."))
        + '<w:altChunk r:id="rId9"/>'
    )
    assert codes(of(body)) == [("docx_embedded_documents", "warning"), ("docx_pictures", "info")]


def test_a_formula_is_read():
    formula = "<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>"
    assert lines(paragraph(run("Iznos: "), formula)) == ["Iznos: x+y"]


# ----- tables in tables -----


def test_a_table_in_a_cell_of_a_table_keeps_the_columns_countable():
    inner = table(["nafta", "gas"], ["struja", "toplota"])
    outer = table(["Sektor", "Podsektor", "Organ"], ["Energija", inner + paragraph(""), "Organ A"])
    document = of(outer)
    assert document.text.splitlines() == [
        "Sektor | Podsektor | Organ", "Energija | nafta gas struja toplota | Organ A",
    ]  # fmt: skip
    assert [hint.kind for hint in document.hints] == ["table_row", "table_row"]


def test_a_table_in_a_frame_keeps_its_rows():
    inner = table(["Sektor", "Organ"], ["Energija", "Organ A"])
    document = of(table([paragraph("Prilog") + inner + paragraph("Kraj")]))
    assert document.text.splitlines() == ["Prilog", "Sektor | Organ", "Energija | Organ A", "Kraj"]
    assert [hint.kind for hint in document.hints] == ["table_row", "table_row"]


def test_numbers_in_a_frame_are_counted_once():
    body = table([paragraph("x", number="1") + paragraph("y", number="1")])
    assert lines(body + paragraph("z", number="1"), numbering=ONE) == ["(1) x", "(2) y", "(3) z"]


def test_tables_nested_without_end_are_refused():
    inner = paragraph("x")
    for _ in range(3000):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    with pytest.raises(UnreadableFileError):
        of(inner)


def test_the_strict_variant_is_refused_with_a_remedy():
    data = package(paragraph("x"))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new,
    ):  # fmt: skip
        for name in old.namelist():
            strict = old.read(name).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(name, strict)
    with pytest.raises(UnreadableFileError, match="strict variant"):
        read(stream.getvalue(), name="x.docx")
