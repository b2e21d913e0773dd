"""Numbers that Word computes, restored as text."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from nis2_align.languages import language
from nis2_align.read import read
from nis2_align.read.docx_numbering import written
from nis2_align.segment import segment
from tests.unit.read.docx_samples import level, numbering, package, paragraph, pattern, table


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("decimal", ["1", "2", "3", "27"]),
        ("decimalZero", ["01", "02", "03", "27"]),
        ("lowerLetter", ["a", "b", "c", "aa"]),
        ("upperLetter", ["A", "B", "C", "AA"]),
        ("lowerRoman", ["i", "ii", "iii", "xxvii"]),
        ("upperRoman", ["I", "II", "III", "XXVII"]),
        ("russianLower", ["а", "б", "в", "э"]),
        ("russianUpper", ["А", "Б", "В", "Э"]),
        ("ordinal", ["1.", "2.", "3.", "27."]),
        ("decimalEnclosedParen", ["(1)", "(2)", "(3)", "(27)"]),
        ("none", ["", "", "", ""]),
        ("hebrew1", [None] * 4),
    ],
)
def test_formats(format_, expected):
    assert [written(number, format_) for number in (1, 2, 3, 27)] == expected


@pytest.mark.parametrize(
    ("custom", "number", "expected"),
    [
        ("001, 002, 003, ...", 7, "007"),
        ("001, 002, 003, ...", 1234, "1234"),
        ("a, b, c, ...", 28, "bb"),
        ("а, б, в, ...", 7, "ж"),
        # The letter after г tells the Serbian, Macedonian and Bulgarian alphabets apart.
        ("а, б, в, г, д, ђ, ...", 7, "е"),
        ("А, Б, В, Г, Д, Ѓ, ...", 6, "Ѓ"),
        ("а, б, в, г, д, е, ж, з, и, й, ...", 11, "к"),
        ("α, β, γ, ...", 4, "δ"),
        ("x, y, ...", 2, "y"),
        ("x, y, ...", 3, None),
        ("", 1, None),
    ],
)
def test_custom_formats(custom, number, expected):
    assert written(number, "custom", custom) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (90, "xc"), (400, "cd"), (1994, "mcmxciv")],
)
def test_roman_numbers(number, expected):
    assert written(number, "lowerRoman") == expected


def test_letters_after_the_last_one():
    assert [written(n, "lowerLetter") for n in (26, 27, 52, 53)] == ["z", "aa", "zz", "aaa"]
    assert [written(n, "russianLower") for n in (29, 30)] == ["я", "аа"]
    assert written(0, "lowerLetter") == written(0, "upperRoman") == "0"


ACT = pattern(
    0,
    level(0, "upperRoman", "GLAVA %1.", more='<w:suff w:val="space"/>'),
    level(1, "decimal", "Član %2.", more='<w:lvlRestart w:val="0"/>'),
    level(2, "decimal", "(%3)"),
    level(3, "decimal", "%4)"),
    level(4, "russianLower", "%5)"),
    level(5, "bullet", "\uf0b7"),
)


def lines(body: str, definitions: str, styles: str = "") -> list[str]:
    return read(package(body, numbering=definitions, styles=styles)).text.splitlines()


def test_levels_of_an_act():
    """Articles count on through the chapters; paragraphs and points begin anew."""
    rows = [
        (0, "OPŠTE ODREDBE"), (1, ""), (2, "prvi stav"), (3, "prva tačka"), (4, "prva podtačka"),
        (4, "druga podtačka"), (5, "alineja"), (3, "druga tačka"), (4, "opet prva podtačka"),
        (2, "drugi stav"), (3, "opet prva tačka"), (0, "DRUGA GLAVA"), (1, ""), (2, "stav"),
    ]  # fmt: skip
    body = "".join(paragraph(text, number="1", level=depth) for depth, text in rows)
    assert lines(body, ACT + numbering(1, 0)) == [
        "GLAVA I. OPŠTE ODREDBE", "Član 1.", "(1) prvi stav", "1) prva tačka",
        "а) prva podtačka", "б) druga podtačka", "• alineja", "2) druga tačka",
        "а) opet prva podtačka", "(2) drugi stav", "1) opet prva tačka",
        "GLAVA II. DRUGA GLAVA", "Član 2.", "(1) stav",
    ]  # fmt: skip


def test_numbers_of_several_levels_and_legal_numbers():
    levels = (
        level(0, "upperRoman", "%1."),
        level(1, "lowerLetter", "%1.%2."),
        level(2, "decimal", "%1.%2.%3.", more="<w:isLgl/>"),
    )
    body = "".join(paragraph("x", number="1", level=depth) for depth in (0, 1, 2, 2, 1, 0, 2))
    found = lines(body, pattern(0, *levels) + numbering(1, 0))
    # The last: a level that was passed over shows its first number.
    assert found == ["I. x", "I.a. x", "1.1.1. x", "1.1.2. x", "I.b. x", "II. x", "2.1.1. x"]


def test_numberings_that_share_a_pattern_count_on_unless_they_start_anew():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    definitions = pattern(0, level(0, "decimal", "%1.")) + "".join(
        numbering(id_, 0, anew if id_ == 3 else "") for id_ in (1, 2, 3)
    )
    body = "".join(paragraph("x", number=id_) for id_ in ("1", "1", "2", "3", "3", "1"))
    assert [line.split()[0] for line in lines(body, definitions)] == [
        "1.", "2.", "3.", "5.", "6.", "7.",
    ]  # fmt: skip


def test_a_numbering_may_replace_a_level():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'
    definitions = pattern(0, level(0, "decimal", "%1.")) + numbering(1, 0, own)
    assert lines(paragraph("x", number="1"), definitions) == ["C) x"]


def test_a_level_may_restart_only_after_a_far_one():
    levels = (
        level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"),
        level(2, "decimal", "(%3)", more='<w:lvlRestart w:val="1"/>'),
    )  # fmt: skip
    body = "".join(paragraph("x", number="1", level=depth) for depth in (0, 1, 2, 1, 2, 0, 2))
    found = lines(body, pattern(0, *levels) + numbering(1, 0))
    assert [line.split()[0] for line in found] == ["1", "1.1", "(1)", "1.2", "(2)", "2", "(1)"]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Clan"><w:name w:val="heading 2"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Stav"><w:name w:val="Stav"/>'
    '<w:basedOn w:val="Clan"/></w:style>'
    '<w:style w:type="numbering" w:styleId="Lista"><w:name w:val="Lista"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
OF_STYLES = pattern(
    0,
    level(0, "decimal", "Član %1.", more='<w:pStyle w:val="Clan"/>'),
    level(1, "decimal", "(%2)", more='<w:pStyle w:val="Stav"/>'),
)


def test_numbers_that_come_from_styles():
    body = (
        paragraph("", style="Clan") + paragraph("prvi", style="Stav")
        + paragraph("drugi", style="Stav") + paragraph("Bez broja", style="Clan", number="0")
        + paragraph("treći", style="Stav")
    )  # fmt: skip
    document = read(package(body, numbering=OF_STYLES + numbering(1, 0), styles=STYLES))
    assert document.text.splitlines() == [
        "Član 1.", "(1) prvi", "(2) drugi", "Bez broja", "(3) treći",
    ]  # fmt: skip
    first = document.hints[0]
    assert (first.kind, first.level, first.span.of(document.text)) == ("heading", 2, "Član 1.\n")


def test_a_pattern_may_be_that_of_a_list_style():
    linked = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Lista"/></w:abstractNum>'
    definitions = OF_STYLES + linked + numbering(1, 0) + numbering(2, 7)
    body = paragraph("x", style="N", number="2", level=1)
    assert lines(body, definitions, STYLES) == ["(1) x"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\uf0b7", "•"), ("\uf02d", "–"), ("–", "–"), ("-", "-"), ("o", "•"), ("§", "•"), ("▪", "▪")],
)
def test_bullets_mean_the_same_in_any_font(text, shown):
    definitions = pattern(0, level(0, "bullet", text)) + numbering(1, 0)
    body = paragraph("stavka", number="1") + paragraph("", number="1")
    assert lines(body, definitions) == [f"{shown} stavka"]


def test_numbers_in_the_cells_of_a_table():
    cell = paragraph("", number="1")
    body = table(["Br.", "Sektor"], [cell, "Energetika"], [cell, "Saobraćaj"])
    definitions = pattern(0, level(0, "decimal", "%1.")) + numbering(1, 0)
    assert lines(body, definitions) == ["Br. | Sektor", "1. Energetika", "2. Saobraćaj"]


def test_a_form_that_cannot_be_written_is_told():
    definitions = pattern(0, level(0, "hebrew1", "%1.")) + numbering(1, 0)
    body = paragraph("x", number="1") + paragraph("y", number="1")
    document = read(package(body, numbering=definitions))
    assert document.text == "1. x\n2. y\n"
    (issue,) = document.issues
    assert (issue.code, issue.severity) == ("docx_automatic_numbering", "warning")
    assert "(hebrew1): 2." in issue.message


def test_a_format_of_newer_versions_with_one_for_older():
    newer = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1"/></w:lvl>'
    )
    assert lines(paragraph("x", number="1"), pattern(0, newer) + numbering(1, 0)) == ["001 x"]


@pytest.mark.parametrize(
    "definitions",
    [
        "",
        numbering(1, 9),
        pattern(0) + numbering(1, 0),
        pattern(0, level(0, "decimal", "")) + numbering(1, 0),
        '<w:abstractNum/><w:num/><w:num w:numId="1"/>',
        pattern(0, '<w:lvl w:ilvl="x"><w:lvlText/></w:lvl>') + numbering(1, 0),
        # Digits to Unicode, but no number; and more of them than are turned into one.
        pattern(0, '<w:lvl w:ilvl="²"><w:start w:val="²"/></w:lvl>') + numbering(1, 0),
        pattern(0, f'<w:lvl w:ilvl="{"9" * 6000}"/>') + numbering(1, 0),
    ],
)
def test_definitions_that_make_no_sense_cost_only_the_number(definitions):
    assert lines(paragraph("x", number="1", level=3), definitions) == ["x"]


def test_a_list_lettered_by_word_in_cyrillic_is_one_list():
    """Word has the Russian alphabet only, which leaves out letters of the others."""
    definitions = pattern(0, level(0, "russianLower", "%1)")) + numbering(1, 0)
    points = "".join(paragraph(f"тачка {n};", number="1") for n in range(1, 15))
    body = paragraph("Члан 1.") + paragraph("Чувар је дужан да:") + points
    cut = segment(read(package(body, numbering=definitions)), language("sr"))
    letters = ["a", "b", "v", "g", "d", "e", "ž", "z", "i", "k", "l", "m", "n", "o"]
    refs = [p.ref for p in cut.provisions if p.kind == "point"]
    assert refs == [f"1(1)({letter})" for letter in letters]


def test_libreoffice_prints_the_same_numbers(tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice, see packages.txt")
    rows = [(0, "A"), (1, "B"), (2, "C"), (3, "D"), (4, "E"), (4, "F"), (3, "G"), (2, "H"),
            (0, "I"), (1, "J"), (2, "K"), (4, "L")]  # fmt: skip
    body = "".join(paragraph(text, number="1", level=depth) for depth, text in rows)
    # LibreOffice does not know levels that never begin anew.
    usual = ACT.replace('<w:lvlRestart w:val="0"/>', "")
    data = package(body, numbering=usual + numbering(1, 0))
    (tmp_path / "act.docx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, tmp_path / "act.docx"],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    printed = (tmp_path / "act.txt").read_text(encoding="utf-8-sig").split("\n")
    ours = read(data).text.splitlines()
    assert [" ".join(line.split()) for line in printed if line.strip()] == ours
