"""DOCX: order, hints, tables, what Word hides, and hostile packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from nis2_align.errors import UnreadableFileError
from nis2_align.read import docx as docx_reader
from nis2_align.read import read


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def test_paragraphs_and_tables_in_order_with_hints():
    document = docx.Document()
    document.add_heading("ZAKON o redu", 0)
    document.add_heading("I. OPĆE ODREDBE", 1)
    document.add_paragraph().add_run("Članak 1.").bold = True
    mixed = document.add_paragraph("Tijela ")
    mixed.add_run("surađuju").bold = True
    mixed.add_run(" − uvijek – žurno.")
    table = document.add_table(2, 3)
    for number, text in enumerate(("Sektor", "Podsektor", "Vrsta", "Energija", "", "prva\ndruga")):
        table.cell(number // 3, number % 3).text = text
    document.add_paragraph("Članak 2.")
    found = read(saved(document), name="nacrt.docx")
    assert found.format == "docx"
    assert found.title == "ZAKON o redu"
    assert found.text == (
        "ZAKON o redu\nI. OPĆE ODREDBE\nČlanak 1.\nTijela surađuju − uvijek – žurno.\n"
        "Sektor | Podsektor | Vrsta\nEnergija | | prva druga\nČlanak 2.\n"
    )
    hints = [(h.kind, h.level, h.span.of(found.text).strip()) for h in found.hints]
    assert hints == [
        ("heading", None, "ZAKON o redu"),
        ("heading", 1, "I. OPĆE ODREDBE"),
        ("bold", None, "Članak 1."),
        ("table_row", None, "Sektor | Podsektor | Vrsta"),
        ("table_row", None, "Energija | | prva druga"),
    ]
    assert found.issues == ()


def test_bold_from_a_style_and_switched_off_again():
    document = docx.Document()
    document.styles["Quote"].font.bold = True
    document.add_paragraph("Članak 1.", "Quote")
    document.add_paragraph("", "Quote").add_run("Tekst").bold = False
    found = read(saved(document))
    assert [h.span.of(found.text) for h in found.hints if h.kind == "bold"] == ["Članak 1.\n"]


def test_merged_cells_keep_columns_countable():
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    for cell in (table.cell(1, 0), table.cell(0, 2)):
        cell.text = ""
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    lines = read(saved(_with_text(document, "Annex"))).text.splitlines()
    assert lines == ["00 | 01", "| 11 | 12", "20 | 21 | 22", "Annex"]


def _with_text(document, text):
    document.add_paragraph(text)
    return document


def test_a_list_set_as_a_table_and_a_one_column_table():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "(a)", "prva;"
    table.cell(1, 0).text, table.cell(1, 1).text = "(b)", "druga"
    table.cell(1, 1).add_paragraph("nastavak")
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "Članak 1."
    frame.add_paragraph("Tekst")
    assert read(saved(document)).text == "(a) prva;\n(b) druga\nnastavak\nČlanak 1.\nTekst\n"


@pytest.mark.parametrize(
    ("style", "first", "second"),
    [("List Number", "1. prva", "2. druga"), ("List Bullet", "• prva", "• druga")],
)
def test_automatic_numbering_is_restored(style, first, second):
    document = docx.Document()
    document.add_paragraph("Članak 1.")
    for text in ("prva", "druga"):
        document.add_paragraph(text, style)
    found = read(saved(document))
    assert found.text == f"Članak 1.\n{first}\n{second}\n"
    assert found.issues == ()


def test_numbering_taken_away_again_gives_no_number():
    document = docx.Document()
    paragraph = document.add_paragraph("Članak 1.", "List Number")
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>')
    )
    assert read(saved(document)).text == "Članak 1.\n"


def test_tracked_changes_are_read_as_accepted():
    document = docx.Document()
    paragraph = document.add_paragraph("Rok je ")
    for tag, text_tag, text in (("w:del", "w:delText", "48"), ("w:ins", "w:t", "24")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(" sata.")
    found = read(saved(document))
    assert found.text == "Rok je 24 sata.\n"
    assert [issue.code for issue in found.issues] == ["docx_tracked_changes"]


def test_text_that_python_docx_passes_over_is_read():
    document = docx.Document()
    document.add_paragraph("Članak 1.")
    block = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent>{block.format('U okviru')}</w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    boxed = document.add_paragraph("Uz okvir")
    shape = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent>{block.format('U kućici')}"
        "</w:txbxContent></w:pict></w:r>"
    )
    boxed._p.append(parse_xml(shape))
    link = parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t> (veza)</w:t></w:r></w:hyperlink>")
    boxed._p.append(link)
    text = read(saved(document)).text
    assert text == "Članak 1.\nU okviru\nUz okvir (veza)\nU kućici\n"


def test_breaks_tabs_and_hyphens():
    document = docx.Document()
    run = document.add_paragraph().add_run("Članak 1.\nPredmet\t(1)")
    run._r.append(OxmlElement("w:noBreakHyphen"))
    run._r.append(OxmlElement("w:softHyphen"))
    assert read(saved(document)).text == "Članak 1.\nPredmet (1)\N{NON-BREAKING HYPHEN}\n"


def test_headers_and_footers_are_no_text():
    document = docx.Document()
    document.add_paragraph("Članak 1.")
    document.sections[0].footer.paragraphs[0].text = "str. 1"
    document.sections[0].header.paragraphs[0].text = "NACRT"
    found = read(saved(document))
    assert found.text == "Članak 1.\n"
    assert found.issues == ()


def plain_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Članak 1.")
    return saved(document)


def test_a_package_that_unpacks_to_too_much_is_refused_before_it_is_opened(monkeypatch):
    bomb = repacked(
        plain_docx(),
        lambda name, data: data + b" " * 30_000_000 if name.endswith("document.xml") else data,
    )
    opened, sound = [], plain_docx()
    monkeypatch.setattr(docx, "Document", lambda stream: opened.append(stream))
    with pytest.raises(UnreadableFileError, match="unpack to far more"):
        read(bomb, name="bomb.docx")
    monkeypatch.setattr(docx_reader, "MAX_UNPACKED", 1000)
    with pytest.raises(UnreadableFileError, match="unpack to far more"):
        read(sound, name="large.docx")
    assert opened == []


def test_declared_entities_are_refused(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    declared = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document'.encode()

    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        return data.replace(b"<w:document", declared, 1).replace(b"1.</w:t>", b"&x;</w:t>")

    with pytest.raises(UnreadableFileError, match="declares entities"):
        read(repacked(plain_docx(), change), name="x.docx")


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data[: len(data) // 2] if name == "word/document.xml" else data,
        lambda name, data: b"" if name == "word/_rels/document.xml.rels" else data,
        lambda name, data: b"<a/>" if name == "_rels/.rels" else data,
        lambda name, data: b"<a/>" if name == "word/document.xml" else data,
    ],
)
def test_damaged_packages_are_refused(change):
    with pytest.raises(UnreadableFileError):
        read(repacked(plain_docx(), change), name="x.docx")


def test_styles_that_make_no_sense_cost_only_the_hints():
    circle = (
        f'<w:styles {nsdecls("w")}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B">'
        '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="x"/></w:pPr></w:style></w:styles>'
    ).encode()
    for styles in (b"<a/>", circle):
        data = repacked(
            plain_docx(), lambda name, part, s=styles: s if name == "word/styles.xml" else part
        )
        assert read(data).text == "Članak 1.\n"


def test_cut_off_packages_and_macro_documents_are_refused():
    data = plain_docx()
    for length in (30, len(data) // 2, len(data) - 5):
        with pytest.raises(UnreadableFileError):
            read(data[:length], name="x.docx")
    macro = repacked(
        data,
        lambda name, part: part.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )
    with pytest.raises(UnreadableFileError, match="macros"):
        read(macro, name="x.docm")
