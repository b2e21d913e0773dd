"""PDF: paragraphs joined, heads dropped, tables, columns, scans, locked files."""

from __future__ import annotations

import io

import pytest

from nis2_align.errors import UnreadableFileError
from nis2_align.read import read

LONG = (
    "(1) Nadležno tijelo prati kako subjekti upravljaju rizicima, daje im upute, traži izvješća "
    "i po potrebi izriče mjere, a o svome radu jednom godišnje obavještava Vladu i javnost na "
    "mrežnim stranicama. Drugi podaci ostaju tajni."
)
ITEMS = ["a) prva točka koja je kratka;", "b) druga točka;", "\N{MINUS SIGN} treća crta"]


def drawn(*pages, font=None) -> bytes:
    """Return a PDF whose pages are drawn by the functions given."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for page in pages:
        if font:
            canvas.setFont(font, 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture(canvas):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 20, 20, 550, 800)


@pytest.mark.parametrize("layout", [{"space": 6}, {"space": 0, "indent": 20}, {"space": 0}])
def test_a_provision_is_one_line_again(make_pdf, layout):
    parts = ["*ZAKON O REDU", "*Članak 1.", LONG, *ITEMS, "*Članak 2.", LONG.replace("(1)", "(2)")]
    document = read(make_pdf(parts, **layout), name="nacrt.pdf")
    assert document.format == "pdf"
    assert document.text.splitlines() == [part.removeprefix("*") for part in parts]
    assert document.title == "ZAKON O REDU"
    bold = [hint.span.of(document.text) for hint in document.hints if hint.kind == "bold"]
    assert bold == ["ZAKON O REDU\n", "Članak 1.\n", "Članak 2.\n"]
    assert document.issues == ()


@pytest.mark.parametrize(
    "text", ["Члан 1. Њихова ђачка џепна ћуд", "Neni 1 Çdo njësi është përgjegjëse"]
)
def test_letters_of_the_region_survive(make_pdf, text):
    assert read(make_pdf([text])).text == text + "\n"


def test_running_heads_feet_and_page_numbers_are_dropped(make_pdf):
    parts: list[str | None] = []
    for number in range(1, 5):
        parts += [f"*Članak {number}.", LONG.replace("Vladu", "Sabor " * number), None]
    data = make_pdf(parts[:-1], head="SLUŽBENI LIST \N{EN DASH} nacrt", foot="Strana {page} od 4")
    document = read(data)
    assert "SLUŽBENI" not in document.text
    assert "Strana" not in document.text
    assert [line for line in document.text.splitlines() if line.startswith("Čl")] == [
        "Članak 1.", "Članak 2.", "Članak 3.", "Članak 4.",
    ]  # fmt: skip


def test_gazette_heads_of_left_and_right_pages_are_dropped(fonts):
    def page(number):
        def draw(canvas):
            left = f"Strana {number} \N{EN DASH} Broj 14"
            right = f"Broj 14 \N{EN DASH} Strana {number}"
            canvas.drawString(70, 800, left if number % 2 else right)
            canvas.drawString(70, 780, f"Prvi redak stranice {'abcdefgh'[number]}.")
            canvas.drawString(290, 30, f"- {number} -")

        return draw

    document = read(drawn(*(page(number) for number in range(1, 7)), font=fonts[0]))
    assert document.text.splitlines() == [f"Prvi redak stranice {c}." for c in "bcdefg"]


def test_article_headings_that_begin_pages_are_no_running_heads(fonts):
    def page(number):
        def draw(canvas):
            canvas.drawString(70, 780, f"Član {number}")
            canvas.drawString(70, 400, f"Tekst ovog člana ima redni broj {number}.")

        return draw

    text = read(drawn(page(1), page(2), font=fonts[0])).text
    assert "Član 1\n" in text
    assert "Član 2\n" in text
    text = read(drawn(*(page(number) for number in (3, 5, 9, 10, 12)), font=fonts[0])).text
    assert text.count("Član ") == 5


def test_pages_cover_the_text_and_a_paragraph_runs_on_over_them(make_pdf):
    paragraphs = [f"({n}) " + "riječ koja stoji u redu i dalje teče " * 30 for n in range(1, 9)]
    document = read(make_pdf(paragraphs, foot="{page}"))
    assert [p.number for p in document.pages] == list(range(1, len(document.pages) + 1))
    assert len(document.pages) > 2
    assert "".join(page.span.of(document.text) for page in document.pages) == document.text
    assert document.text.splitlines() == [paragraph.strip() for paragraph in paragraphs]
    second = document.pages[1].span.start
    assert document.page_of(second) == 2
    assert document.page_of(second - 1) == 1
    assert document.text[second - 1] in " \n"


def test_a_ruled_table_becomes_rows(make_pdf):
    rows = [["Sektor", "Podsektor", "Vrsta"], ["1. Energija", "a) Toplina", "tko opskrbljuje " * 6]]
    document = read(make_pdf(["Prilog I.", rows, "Kraj."]))
    expected = [" | ".join(cell.strip() for cell in row) for row in rows]
    assert document.text.splitlines() == ["Prilog I.", *expected, "Kraj."]
    assert [h.span.of(document.text) for h in document.hints if h.kind == "table_row"] == [
        line + "\n" for line in expected
    ]


def test_a_frame_around_a_passage_is_no_table(make_pdf):
    document = read(make_pdf(["Članak 1.", [[LONG]]]))
    assert document.text == f"Članak 1.\n{LONG}\n"
    assert document.hints == ()


def test_two_columns_are_read_one_after_the_other(fonts):
    over = "Naslov koji stoji preko oba stupca i zato ih dijeli na vrhu ovdje"
    left = [f"lijevi stupac ima redak {n} i još riječi" for n in range(12)]
    right = [f"desni stupac ima redak {n} i još riječi" for n in range(12)]

    def page(canvas):
        canvas.drawString(
            70, 760, "Naslov koji stoji preko oba stupca i zato ih dijeli na vrhu ovdje"
        )
        for number, (one, two) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(70, 720 - 14 * number, one)
            canvas.drawString(310, 720 - 14 * number, two)

    document = read(drawn(page, font=fonts[0]))
    assert document.text.split() == " ".join([over, *left, *right]).split()
    (issue,) = document.issues
    assert (issue.code, issue.page) == ("two_columns", 1)


def test_pages_without_text(make_pdf, fonts):
    def text(canvas):
        canvas.drawString(70, 500, "Članak 1.")

    document = read(drawn(text, picture, lambda canvas: None, text, font=fonts[0]), name="scan.pdf")
    assert document.text == "Članak 1.\nČlanak 1.\n"
    (issue,) = document.issues
    assert (issue.code, issue.page, issue.act) == ("page_without_text", 2, "scan")
    assert "OCR" in issue.message
    assert [page.span.of(document.text) for page in document.pages] == [
        "Članak 1.\n", "", "", "Članak 1.\n",
    ]  # fmt: skip


def test_a_scan_is_refused(fonts):
    with pytest.raises(UnreadableFileError, match="no text layer") as caught:
        read(drawn(picture, picture), name="scan.pdf")
    assert "OCR" in caught.value.remedy


def test_a_locked_file_says_so(make_pdf):
    with pytest.raises(UnreadableFileError, match="password"):
        read(make_pdf(["Članak 1."], password="lozinka"), name="locked.pdf")


def test_a_turned_watermark_is_left_out(fonts):
    def page(canvas):
        for number in range(10):
            canvas.drawString(70, 700 - 20 * number, f"({number}) Ovo je stavak članka zakona.")
        canvas.rotate(45)
        canvas.drawString(300, 300, "NACRT")

    document = read(drawn(page, font=fonts[0]))
    assert "NACRT" not in document.text
    assert len(document.text.splitlines()) == 10
    assert [issue.code for issue in document.issues] == ["turned_text"]


def test_letters_printed_twice_are_read_once(fonts):
    def page(canvas):
        canvas.drawString(70, 500, "Članak zakona 11.")
        canvas.drawString(70.3, 500, "Članak zakona 11.")

    assert read(drawn(page, font=fonts[0])).text == "Članak zakona 11.\n"


def test_cut_off_files_are_read_or_refused_but_never_crash(make_pdf):
    data = make_pdf([LONG] * 30)
    for share in (0.05, 0.3, 0.6, 0.95):
        try:
            assert read(data[: int(share * len(data))], name="cut.pdf").text
        except UnreadableFileError as error:
            assert "cut.pdf" in error.what


def test_the_same_bytes_give_the_same_document(make_pdf):
    data = make_pdf(["*Članak 1.", LONG, [["a", "b"], ["c", "d"]]], head="Glasilo")
    assert read(data) == read(data)
