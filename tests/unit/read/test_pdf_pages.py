"""How a page is read: by lines, by words, by pdfplumber; and that it makes no difference."""

from __future__ import annotations

import io

import pytest

from benchmarks.typeset import Style, typeset
from nis2_align.read import pdf, read
from nis2_align.read.pdf_text import PageText, mended

BODY = (
    "(1) Nadležno tijelo prati kako subjekti upravljaju rizicima, daje im upute, traži izvješća i "
    "po potrebi izriče mjere, a o svome radu jednom godišnje obavještava Vladu."
)


def drawn(*pages, font="Regular", size=11, rotation=0) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for page in pages:
        canvas.setFont(font, size)
        canvas.setPageRotation(rotation)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def slow_pages(monkeypatch):
    """The numbers of the pages that go to pdfplumber."""
    seen: list[int] = []
    ask = pdf.pages_with_tables

    def watch(data, numbers):
        seen.extend(numbers)
        return ask(data, numbers)

    monkeypatch.setattr(pdf, "pages_with_tables", watch)
    return seen


@pytest.mark.parametrize("layout", [{"space": 6}, {"space": 0, "indent": 20}, {"space": 0}])
def test_lines_and_words_give_the_same_document(make_pdf, layout, monkeypatch):
    parts = ["*ZAKON O REDU", "*Članak 1.", BODY, "a) prva točka;", "b) druga", None, BODY * 3]
    data = make_pdf(parts, head="Glasilo {page}", **layout)
    by_lines = read(data)
    monkeypatch.setattr(PageText, "plain_lines", lambda self: None)
    assert read(data) == by_lines


def test_plain_pages_never_go_the_slow_way(make_pdf, slow_pages):
    table = [["Sektor", "Vrsta"], ["Energija", "tko opskrbljuje"]]
    data = make_pdf([BODY, None, "Prilog I.", table, None, BODY, [[BODY]]])
    assert "Sektor | Vrsta" in read(data).text
    assert slow_pages == [2]


def test_rules_under_headings_and_beside_text_are_no_table(fonts, slow_pages):
    def page(canvas):
        for number in range(8):
            canvas.drawString(70, 700 - 40 * number, f"({number}) Ovo je stavak članka zakona.")
            canvas.line(70, 690 - 40 * number, 400, 690 - 40 * number)
        canvas.rect(40, 40, 515, 760)

    assert len(read(drawn(page)).text.splitlines()) == 8
    assert slow_pages == []


def test_a_table_in_one_path_is_found(fonts, slow_pages):
    def page(canvas):
        path = canvas.beginPath()
        for x in (70, 250, 500):
            path.moveTo(x, 700)
            path.lineTo(x, 620)
        for y in (700, 660, 620):
            path.moveTo(70, y)
            path.lineTo(500, y)
        canvas.drawPath(path)
        for x, y, text in ((80, 675, "Sektor"), (260, 675, "Vrsta"), (80, 635, "Energija")):
            canvas.drawString(x, y, text)

    assert read(drawn(page)).text == "Sektor | Vrsta\nEnergija\n"
    assert slow_pages == [1]


def test_a_drawing_of_thousands_of_lines_is_not_searched_for_tables(fonts, slow_pages):
    def page(canvas):
        canvas.drawString(70, 780, "Članak 1.")
        for number in range(3100):
            canvas.line(70 + number % 90, 60 + number // 10, 71 + number % 90, 64 + number // 10)

    document = read(drawn(page))
    assert document.text == "Članak 1.\n"
    assert slow_pages == []
    assert [issue.code for issue in document.issues] == ["drawing"]


def cut_table(*, rest: str, below: str = ""):
    """Draw a table whose last row goes on over the page."""

    def grid(canvas, tops, texts):
        for x in (70, 250, 500):
            canvas.line(x, tops[0], x, tops[-1])
        for top in tops:
            canvas.line(70, top, 500, top)
        for x, y, text in texts:
            canvas.drawString(x, y, text)

    def first(canvas):
        texts = [(80, 115, "1. Energija"), (260, 115, "a) struja;")]
        texts += [(80, 75, "2. Promet"), (260, 75, "tko upravlja")]
        grid(canvas, (140, 100, 60), texts)

    def second(canvas):
        texts = [(260, 745, rest)]
        tops = (770, 730)
        if below:
            tops, texts = (770, 730, 690), [*texts, (80, 705, "3. Voda"), (260, 705, below)]
        grid(canvas, tops, texts)
        canvas.drawString(70, 400, "Kraj priloga.")

    return drawn(first, second)


@pytest.mark.parametrize("below", ["", "tko crpi"])
def test_a_row_cut_by_the_page_is_one_row_again(fonts, below):
    text = read(cut_table(rest="cestama i lukama", below=below)).text
    assert "2. Promet | tko upravlja cestama i lukama\n" in text
    assert text.endswith(("3. Voda | tko crpi\n" if below else "") + "Kraj priloga.\n")
    assert "1. Energija | a) struja;\n" in text


def test_a_row_of_its_own_at_the_top_of_a_page_stays_one(fonts):
    assert "| b) lukama\n" in read(cut_table(rest="b) lukama", below="tko crpi")).text


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_set_sideways_is_read_upright(fonts, rotation):
    lines = [f"({number}) Ovo je stavak članka zakona." for number in range(1, 9)]

    def page(canvas):
        # Upright on a page that the reader turns, or sideways on one that it does not.
        for turn in range(rotation // 90):
            canvas.rotate(90)
            canvas.translate(0, -595 if turn % 2 == 0 else -842)
        for number, line in enumerate(lines):
            canvas.drawString(70, 500 - 20 * number, line)

    for turned in (0, rotation):
        assert read(drawn(page, rotation=turned)).text.splitlines() == lines


@pytest.mark.parametrize("rowwise", [False, True])
@pytest.mark.parametrize("divide", [False, True])
def test_two_columns_keep_the_order_and_the_words(fonts, rowwise, divide):
    paragraphs = ["*Članak 1.", *(BODY.replace("(1)", f"({n})") for n in range(1, 40))]
    style = Style(columns=2, size=8.5, divide=divide, rowwise=rowwise, head="Glasilo, strana")
    document = read(typeset(paragraphs, style))
    assert document.text.splitlines() == [paragraph.removeprefix("*") for paragraph in paragraphs]
    assert [issue.code for issue in document.issues] == ["two_columns"]


def test_columns_whose_lines_stand_at_different_heights(fonts):
    left = [f"lijevi stupac ima redak {n} i još riječi" for n in range(14)]
    right = [f"desni stupac ima redak {n} i još riječi" for n in range(14)]

    def page(canvas):
        for number, (one, two) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(70, 720 - 15 * number, one)
            canvas.drawString(320, 713 - 15 * number, two)

    assert read(drawn(page)).text.split() == " ".join([*left, *right]).split()


def test_a_list_of_terms_and_a_signature_are_no_columns(fonts):
    def page(canvas):
        for number in range(12):
            canvas.drawString(70, 720 - 20 * number, f"{number}.")
            canvas.drawString(110, 720 - 20 * number, "pojam koji se dalje opisuje u ovom članku")
        canvas.drawString(380, 300, "PREDSJEDNIK")

    document = read(drawn(page))
    assert document.text.splitlines()[0] == "0. pojam koji se dalje opisuje u ovom članku"
    assert document.text.splitlines()[-1] == "PREDSJEDNIK"
    assert document.issues == ()


def test_a_raised_figure_stays_with_its_word(fonts):
    def page(canvas):
        canvas.drawString(70, 500, "iz stavka")
        canvas.setFont("Regular", 6)
        canvas.drawString(70 + canvas.stringWidth("iz stavka", "Regular", 11), 504, "1")
        canvas.setFont("Regular", 11)
        canvas.drawString(140, 500, "ovoga članka")

    assert read(drawn(page)).text == "iz stavka1 ovoga članka\n"


def test_the_hyphen_that_pdfium_hides_is_resolved_by_the_document(make_pdf, fonts):
    def page(canvas):
        for number, line in enumerate([
            "Ovaj zakon uređuje kiberne-", "tičku sigurnost i informacijsko-",
            "komunikacijski sustav. Informacijsko-komunikacijska mreža.", "Kibernetička higijena.",
        ]):  # fmt: skip
            canvas.drawString(70, 700 - 14 * number, line)

    assert "uređuje kibernetičku sigurnost i informacijsko-komunikacijski sustav" in read(
        drawn(page)
    ).text.replace("\n", " ")


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("kiberne\ufffe", "kiberne-"),
        ("kiber\N{SOFT HYPHEN}netička", "kibernetička"),
        ("kraj\N{SOFT HYPHEN}", "kraj\N{SOFT HYPHEN}"),
        ("\uf0b7 prva", "\N{BULLET} prva"),
        ("članak", "članak"),
    ],
)
def test_signs_are_written_out(printed, text):
    assert mended(printed) == text


def test_progress_is_told_page_by_page(make_pdf):
    told: list[tuple[int, int]] = []
    opened = pdf.load(make_pdf([BODY, None, BODY, None, BODY]), "a.pdf")
    pdf.convert(opened, on_page=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
