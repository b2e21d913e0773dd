"""Plain text and Markdown: encodings, heading marks, nothing else touched."""

from __future__ import annotations

import codecs

import pytest

from nis2_align.errors import UnreadableFileError
from nis2_align.read import read

CROATIAN = "Članak 1.\nSubjekt šalje obavijest žurno, najkasnije za šest sati, čim sazna. " * 4
SERBIAN = "Члан 1.\nСубјекат шаље обавештење без одлагања, најкасније за шест сати. " * 4
ALBANIAN = "Neni 1\nSubjekti dërgon njoftim pa vonesë, çdo herë kur mëson për ngjarjen. " * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in (CROATIAN, SERBIAN, ALBANIAN)
     for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")]
    + [(CROATIAN, "cp1250"), (CROATIAN, "iso8859_2"), (ALBANIAN, "cp1250"),
       (SERBIAN, "cp1251"), (SERBIAN, "iso8859_5")],
)  # fmt: skip
def test_encodings(text, encoding):
    document = read(text.encode(encoding), name="law.txt")
    assert document.text == text.rstrip() + " \n"
    guessed = {"cp1250", "cp1251", "iso8859_2", "iso8859_5"}
    assert [i.code for i in document.issues] == (
        ["encoding_guessed"] if encoding in guessed else []
    )


def test_a_file_cut_off_inside_a_letter_stays_utf8():
    data = SERBIAN.rstrip().encode()
    document = read(data + "ш".encode()[:1])
    assert document.text.startswith("Члан 1.")
    assert document.text.count("\N{REPLACEMENT CHARACTER}") == 1
    assert [issue.code for issue in document.issues] == ["damaged_characters"]


def test_heading_marks_become_hints_and_head_comments_go():
    source = (
        "# Zakon o redu\n<!-- source url: https://example.org/a ; note -->\n\n"
        "## I. OPĆE ODREDBE\nČlanak 1.\n**Predmet**\nTekst # nije naslov.\n#oznaka\n"
    )
    document = read(source.encode())
    assert document.text == (
        "Zakon o redu\n\nI. OPĆE ODREDBE\nČlanak 1.\nPredmet\nTekst # nije naslov.\n#oznaka\n"
    )
    assert document.title == "Zakon o redu"
    hints = [(h.kind, h.level, h.span.of(document.text)) for h in document.hints]
    assert hints == [
        ("heading", 1, "Zakon o redu\n"),
        ("heading", 2, "I. OPĆE ODREDBE\n"),
        ("bold", None, "Predmet\n"),
    ]


def test_a_pandoc_title_block():
    document = read(b"% Gesetz\n% Datum: 02.12.2025\n\n# Inhalt\nText\n")
    assert document.title == "Gesetz"
    assert document.text.startswith("Gesetz\nDatum: 02.12.2025\n")


def test_everything_else_stays_as_it_is():
    text = "Art. 1\n\u2212 prva\u00a0crta \u2013 \u2014 \u201ea\u201d e\u0301 c\u030c\n\n  a | b\n"
    assert read(text.encode()).text == text


def test_line_ends_and_control_characters():
    data = (
        b"Article 1\r\nOne\rTwo\x0cThree\x0b Four\x00\x01 \xe2\x80\xa8Five\xc2\x85Six\tSeven\n"
        + b"x" * 400
    )
    text = read(data).text
    assert text.split("\n")[:7] == [
        "Article 1",
        "One",
        "Two",
        "Three",
        " Four   ",
        "Five",
        "Six Seven",
    ]
    assert text.splitlines() == text.split("\n")[:-1]
    assert all(character.isprintable() or character == "\n" for character in text)


def test_text_ends_in_one_line_end_and_begins_with_text():
    assert read(b"\n\n\nArticle 1\n\nText\n\n\n").text == "Article 1\n\nText\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("ZAKON\nO REDU I MIRU\n\nI. OPĆE ODREDBE\nČlanak 1.\n", "ZAKON O REDU I MIRU"),
        ("LIGJ PËR RENDIN\nKAPITULLI I\nDISPOZITA\nNeni 1\n", "LIGJ PËR RENDIN"),
        ("ЗАКОН\nо реду\nЧлан 1.\n", "ЗАКОН о реду"),
        ("ЗАКОН о реду\nЧлан 1.\n", "ЗАКОН о реду"),
        ("Članak 1.\nTekst.\n", None),
        ("ZAKON\nČlanak 1.\n", None),
    ],
)
def test_a_title_in_capitals_is_found(text, title):
    assert read(text.encode()).title == title


def test_text_with_an_undecodable_mark_is_refused():
    with pytest.raises(UnreadableFileError, match="not a text"):
        read(codecs.BOM_UTF16_LE + b"\x00\xd8" * 40 + b"a", name="x.txt")
