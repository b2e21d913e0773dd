"""Pages without a text layer: recognised where Tesseract is installed, else named."""

from __future__ import annotations

import io
import os
import subprocess
from typing import ClassVar

import pytest

from benchmarks.typeset import Style, scanned, typeset
from nis2_align.errors import UnreadableFileError
from nis2_align.read import ocr, pdf, pdf_scans, read
from nis2_align.read.ocr import Engine, Image, Recognised, RecognitionError, Seen
from nis2_align.read.ocr_missed import missed_lines
from nis2_align.read.ocr_numbers import mend_numbers
from nis2_align.read.pdf_lines import Frame, Line, Word
from nis2_align.read.running_heads import without_running_heads

CROATIAN = [
    "*Članak 1.",
    "(1) Nadležno tijelo prati kako subjekti upravljaju rizicima, daje im upute i traži izvješća.",
    "(2) Ključni subjekt dužan je u roku od 24 sata obavijestiti nadležno tijelo o incidentu.",
    "a) prva točka koja je kratka;",
    "b) druga točka koja nešto određuje.",
    "(3) O svome radu jednom godišnje obavještava Hrvatski sabor i javnost na mrežnim stranicama.",
]
SERBIAN = [
    "*Члан 1.",
    "(1) Надлежни орган прати како субјекти управљају ризицима, даје упутства и тражи извештаје.",
    "(2) Важан субјект дужан је да у року од 24 сата обавести надлежни орган о инциденту.",
    "(3) О свом раду једном годишње обавештава Народну скупштину и јавност, у складу са законом.",
]
ALBANIAN = [
    "*Neni 1",
    "(1) Autoriteti kompetent mbikëqyr mënyrën se si subjektet i menaxhojnë rreziqet dhe u kërkon "
    "atyre raporte për masat e marra.",
    "(2) Çdo subjekt thelbësor është i detyruar që brenda 24 orëve ta njoftojë autoritetin për "
    "incidentin që ka ndodhur në rrjetin e tij.",
    "(3) Për punën e vet autoriteti e njofton çdo vit Kuvendin dhe publikun.",
]


@pytest.fixture
def tesseract() -> Engine:
    engine = ocr.engine()
    wanted = {"osd", "eng", "hrv", "srp", "srp_latn", "bos", "mkd", "sqi"}
    if engine is None or not wanted <= engine.installed:
        if os.environ.get("CI"):
            pytest.fail("Tesseract or one of its models is not installed (packages.txt)")
        pytest.skip("Tesseract or one of its models is not installed (packages.txt)")
    return engine


@pytest.fixture
def without_tesseract(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda program: None)


def copy_of(paragraphs, **kind) -> bytes:
    return scanned(typeset(paragraphs, Style(size=11, head="")), **kind)


def plain(paragraphs) -> list[str]:
    return [paragraph.removeprefix("*") for paragraph in paragraphs]


def picture(canvas):
    from PIL import Image as Picture
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Picture.new("L", (60, 80), 200)), 20, 20, 550, 800)


def drawn(*pages) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for page in pages:
        canvas.setFont("Regular", 11)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("paragraphs", "model"),
    [(CROATIAN, "hrv"), (SERBIAN, "srp, srp_latn"), (ALBANIAN, "sqi")],
    ids=["hr", "sr", "sq"],
)
def test_a_scan_is_read_in_its_own_script_and_language(tesseract, fonts, paragraphs, model):
    document = read(copy_of(paragraphs), name="sken.pdf")
    assert document.text.splitlines() == plain(paragraphs)
    (issue,) = document.issues
    assert (issue.code, issue.page, issue.severity) == ("text_recognised", 1, "info")
    assert f"Tesseract, {model})" in issue.message


def test_only_the_pages_without_text_are_recognised(tesseract, fonts, make_pdf, monkeypatch):
    import pypdfium2

    seen: list[int] = []
    ask = pdf_scans.Scanner.pages
    monkeypatch.setattr(
        pdf_scans.Scanner, "pages", lambda self, numbers: seen.extend(numbers) or ask(self, numbers)
    )
    whole = pypdfium2.PdfDocument(make_pdf(CROATIAN * 3))
    whole.import_pages(pypdfium2.PdfDocument(copy_of(["*Članak 2.", CROATIAN[1]])))
    stream = io.BytesIO()
    whole.save(stream)
    told: list[tuple[int, int]] = []
    reading = pdf.convert(
        pdf.load(stream.getvalue(), "a.pdf"), on_page=lambda *now: told.append(now)
    )
    assert seen == [2]
    assert told[-1] == (2, 2)
    assert reading.text.splitlines()[-2:] == ["Članak 2.", CROATIAN[1]]
    assert reading.pages[1].span.of(reading.text).startswith("Članak 2.")
    # The text of the other page told the language.
    assert reading.issues[0].values["models"] == "hrv"


def test_a_page_on_its_side_is_turned(tesseract, fonts):
    document = read(copy_of(CROATIAN * 2, slope=90), name="sken.pdf")
    assert document.text.splitlines() == plain(CROATIAN * 2)


def test_without_tesseract_the_page_and_what_to_install_are_named(
    without_tesseract, fonts, monkeypatch
):
    def text(canvas):
        canvas.drawString(70, 500, "Članak 1.")

    document = read(drawn(text, picture, text), name="sken.pdf")
    assert document.text == "Članak 1.\nČlanak 1.\n"
    (issue,) = document.issues
    assert (issue.code, issue.page, issue.severity) == ("page_without_text", 2, "warning")
    assert "Page 2" in issue.message
    assert "tesseract-ocr" in issue.message
    with pytest.raises(UnreadableFileError, match="no text layer") as caught:
        read(drawn(picture), name="sken.pdf")
    assert "tesseract-ocr" in caught.value.remedy


LATIN = Seen("Latn", 0)


class Fake(Engine):
    """An engine that says what the test wants."""

    answers: ClassVar[dict[str, Recognised]] = {}
    sight: ClassVar[Seen] = Seen("Latn", 0)
    asked: ClassVar[list[tuple[str, ...]]] = []

    def recognise(self, image, models, *, one_line=False):
        self.asked.append(tuple(models))
        answer = self.answers.get("+".join(models))
        if answer is None:
            raise RecognitionError("no")
        return answer

    def look(self, image):
        return self.sight


def answer(text: str, certainty: float) -> Recognised:
    words = text.split()
    spots = [(70 + 40 * (n % 10), 100 + 14 * (n // 10)) for n in range(len(words))]
    return Recognised(
        [Word(w, x, x + 38, y, y + 11, 11, False) for w, (x, y) in zip(words, spots, strict=True)],
        certainty,
    )


@pytest.fixture
def fake(monkeypatch):
    def make(installed, answers, sight=LATIN):
        kind = type("Fake", (Fake,), {"answers": answers, "sight": sight, "asked": []})
        engine = kind("tesseract", frozenset(installed))
        monkeypatch.setattr(ocr, "engine", lambda: engine)
        return engine

    return make


SERBIAN_TEXT = " ".join(plain(SERBIAN)) * 2


def test_a_mistaken_script_is_found_by_the_certainty(fake, fonts):
    engine = fake(
        ["srp", "mkd", "eng"],
        {"eng": answer("oapje " * 80, 0.4), "srp+mkd": answer(SERBIAN_TEXT, 0.95),
         "mkd+srp": answer(SERBIAN_TEXT, 0.95), "srp": answer(SERBIAN_TEXT, 0.95)},
    )  # fmt: skip
    assert "Надлежни" in read(drawn(picture), name="a.pdf").text
    assert engine.asked[-1] == ("srp",)


def test_no_page_is_read_in_a_script_that_it_is_not_in(fake, fonts):
    fake(["eng"], {"eng": answer("oapje " * 80, 0.4)}, Seen("Cyrl", 0))
    with pytest.raises(UnreadableFileError) as caught:
        read(drawn(picture), name="a.pdf")
    assert "tesseract-ocr-srp" in caught.value.remedy
    assert "tesseract-ocr-mkd" in caught.value.remedy


def test_a_missing_model_is_named_and_others_are_used(fake, fonts):
    text = " ".join(plain(ALBANIAN)) * 2
    fake(["eng"], {"eng": answer(text, 0.9)})
    issues = {issue.code: issue.message for issue in read(drawn(picture), name="a.pdf").issues}
    assert "tesseract-ocr-sqi" in issues["ocr_model_missing"]
    assert "text recognition (Tesseract, eng): 1." in issues["text_recognised"]


def test_a_doubtful_page_is_reported_with_its_certainty(fake, fonts):
    fake(["eng"], {"eng": answer("Article of the law which shall apply to all " * 20, 0.72)})
    issues = [i for i in read(drawn(picture), name="a.pdf").issues if i.code == "ocr_unsure"]
    assert [(issue.page, issue.severity) for issue in issues] == [(1, "warning")]
    assert "72%" in issues[0].message


def test_a_page_on_which_tesseract_fails_costs_no_other(fake, fonts):
    def text(canvas):
        for n in range(12):
            canvas.drawString(70, 500 - 20 * n, "Članak zakona određuje nadležno tijelo i mjere.")

    fake(["hrv"], {})
    document = read(drawn(text, picture), name="a.pdf")
    assert "Članak zakona" in document.text
    (issue,) = document.issues
    assert (issue.code, issue.page) == ("page_without_text", 2)


def test_a_stamp_upon_a_scan_is_no_text_layer(fake, fonts):
    def page(canvas):
        picture(canvas)
        for n in range(3):
            canvas.drawString(70, 100 - 12 * n, "Elektronički potpisano, broj akta i datum")

    fake(["hrv"], {"hrv": answer(" ".join(plain(CROATIAN)) * 2, 0.9)})
    assert "Elektronički" not in read(drawn(page), name="a.pdf").text


def test_what_another_program_laid_beneath_a_scan_is_taken(fake, fonts):
    def page(canvas):
        picture(canvas)
        text = canvas.beginText(70, 700)
        text.setTextRenderMode(3)
        text.setFont("Regular", 11)
        for line in ["Članak 1.", "(1) Nadležno tijelo donosi odluku o mjerama, o rokovima."]:
            text.textLine(line)
        text.textLine("(2) Odluka se objavljuje u službenom glasilu.")
        canvas.drawText(text)

    engine = fake(["hrv"], {})
    assert read(drawn(page), name="a.pdf").text.startswith("Članak 1.\n(1) Nadležno")
    assert engine.asked == []


def test_tesseract_runs_with_one_thread_and_a_time_limit(monkeypatch):
    calls = []

    def run(command, **options):
        calls.append((command, options))
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(ocr.subprocess, "run", run)
    image = Image(b"\xff" * 4, 2, 2, 200)
    assert Engine("tesseract", frozenset()).recognise(image, ["hrv", "eng"]) == Recognised([], 0.0)
    ((command, options),) = calls
    assert command[command.index("-l") + 1] == "hrv+eng"
    assert options["env"]["OMP_THREAD_LIMIT"] == "1"
    assert options["timeout"] > 0
    assert options["input"] == b"P5 2 2 255\n" + b"\xff" * 4


def test_a_hanging_tesseract_is_an_error_of_one_page(monkeypatch):
    def run(command, **options):
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(ocr.subprocess, "run", run)
    with pytest.raises(RecognitionError):
        Engine("tesseract", frozenset()).recognise(Image(b"\xff", 1, 1, 200), ["eng"])


HOCR = """<html xmlns="http://www.w3.org/1999/xhtml"><body><div class="ocr_page">
<span class="ocr_line" title="bbox 200 100 600 130; baseline 0 -6; x_size 30">
<span class="ocrx_word" title="bbox 200 100 300 130; x_wconf 96">Neni1</span></span>
<span class="ocr_line" title="bbox 200 160 600 191; baseline 0.01 -7; x_size 31">
<span class="ocrx_word" title="bbox 190 150 195 200; x_wconf 40">|</span>
<span class="ocrx_word" title="bbox 200 160 300 190; x_wconf 90">(1)</span>
<span class="ocrx_word" title="bbox 310 160 400 190; x_wconf 80">siguri¬</span></span>
</div></body></html>"""


def test_hocr_becomes_words_with_places(monkeypatch):
    monkeypatch.setattr(Engine, "_run", lambda self, *_: HOCR.encode())
    found = Engine("tesseract", frozenset()).recognise(Image(b"", 0, 0, 200), ["sqi"])
    assert [word.text for word in found.words] == ["Neni 1", "(1)", "siguri-"]
    assert found.certainty == pytest.approx((6 * 0.96 + 3 * 0.9 + 7 * 0.8) / 16)
    first, second, third = found.words
    assert second.top == third.top > first.top
    assert first.x0 == pytest.approx(72)
    assert first.size == second.size


def test_every_model_belongs_to_a_package_of_the_list(repo_root):
    packages = (repo_root / "packages.txt").read_text(encoding="utf-8").split()
    for code in ("en", "sq", "sr", "cnr", "hr", "bs", "mk"):
        for model in ocr.language(code).ocr.values():
            assert f"tesseract-ocr-{model.replace('_', '-')}" in packages


def lines_of(*texts: str) -> list[Line]:
    return [
        Line(text, 1, 70, 500, 100 + 14 * n, 111 + 14 * n, 11, False, 30, Frame(70, 500))
        for n, text in enumerate(texts)
    ]


def mended(*texts: str) -> list[str]:
    (lines,), _ = mend_numbers([lines_of(*texts)], {1})
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        (["I. OPĆE", "II. DRUGO", "II. TREĆE", "IV. ZADNJE"], ["I", "II", "III", "IV"]),
        (["1. OPĆE", "II. DRUGO", "III. TREĆE"], ["I", "II", "III"]),
        (["l. OPĆE", "Il. DRUGO", "IIl. TREĆE"], ["I", "II", "III"]),
        (["I. OPĆE", "II. DRUGO", "Ill. TREĆE"], ["I", "II", "III"]),
        (["1. ОПШТЕ", "П. ДРУГО", "Ш. ТРЕЋЕ", "ГУ. ЧЕТВРТО"], ["I", "II", "III", "IV"]),
        (["А. ОПШТЕ", "Г. ДРУГО", "Д. ТРЕЋЕ"], ["А", "Г", "Д"]),
        # One list ends and the next begins; a number too far off; a list in Arabic numbers.
        (["I. OPĆE", "II. DRUGO", "I. OPĆE", "II. DRUGO"], ["I", "II", "I", "II"]),
        (["I. OPĆE", "II. DRUGO", "V. TREĆE", "VI. ČETVRTO"], ["I", "II", "V", "VI"]),
        (["1. OPĆE", "2. DRUGO", "11. ZADNJE"], ["1", "2", "11"]),
        (["I. Opće odredbe", "I. Druge odredbe", "III. Ostalo"], ["I", "I", "III"]),
    ],
)
def test_roman_numbers_are_put_right_only_where_their_neighbours_agree(read_as, printed):
    assert [text.partition(".")[0] for text in mended(*read_as)] == printed


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        (["Član 1", "() Prvi.", "nastavak", "(2) Drugi."], "(1) Prvi."),
        (["Član 1", "(l) Prvi.", "(2) Drugi."], "(1) Prvi."),
        (["Član 1", "(l) točka.", "(m) točka.", "(2) Drugi."], "(l) točka."),
        (["Član 1", "() Prvi.", "(3) Treći.", "(2) Drugi."], "() Prvi."),
    ],
)
def test_a_first_paragraph_is_put_right_where_the_second_follows(read_as, printed):
    assert mended(*read_as)[1] == printed


def test_what_was_put_right_is_told_and_text_layers_are_left_alone(fake, fonts):
    pages = [lines_of("I. OPĆE", "II. DRUGO", "II. TREĆE", "IV. ZADNJE")]
    assert mend_numbers(pages, {1})[1] == [(1, "II", "III")]
    assert mend_numbers(pages, {2}) == (pages, [])
    text = "Članak 1. " + " ".join(plain(CROATIAN))
    fake(["hrv"], {"hrv": rows("Zakon", "I. OPĆE", "II. DRUGO", "II. TREĆE", "IV. KRAJ", text)})
    document = read(drawn(picture), name="a.pdf")
    assert "III. TREĆE\n" in document.text
    issues = {issue.code: issue.message for issue in document.issues}
    assert "II → III (1)" in issues["numbers_mended"]


def rows(*texts: str) -> Recognised:
    words = [
        Word(text, 70, 300, 100 + 30 * n, 111 + 30 * n, 11, False) for n, text in enumerate(texts)
    ]
    return Recognised(words, 0.9)


def test_a_line_that_was_passed_over_is_found_by_its_ink(tesseract, fonts, monkeypatch):
    lost = "5) umišljaj ili nehat učinioca."
    ask = Engine.recognise

    def forgetful(self, image, models, *, one_line=False):
        found = ask(self, image, models, one_line=one_line)
        kept = [w for w in found.words if one_line or abs(w.top - top) > 3]
        return found._replace(words=kept)

    data = copy_of([*CROATIAN, lost, "Zadnji redak na stranici."])
    page = pdf.load(data, "a.pdf")
    scanner = pdf_scans.Scanner(tesseract, page.pdf, ("hrv",))
    (whole,) = scanner.pages([1])
    top = next(word.top for word in whole.words if word.text.startswith("umi"))
    monkeypatch.setattr(Engine, "recognise", forgetful)
    (again,) = scanner.pages([1])
    words = [word.text for word in sorted(again.words, key=lambda w: (w.top, w.x0))]
    assert " ".join(words).count("umišljaj ili nehat") == 1
    assert read(data, name="a.pdf").text.splitlines()[-2] == lost


def test_dust_rules_and_pictures_are_no_lines():
    import numpy as np

    dots = np.full((800, 600), 255, dtype=np.uint8)
    dots[::40, ::37] = 0  # dust
    dots[300:303, 50:550] = 0  # a rule
    dots[:, 590:] = 0  # the edge of the paper
    dots[500:700, 200:400] = 0  # a picture
    word = Word("riječ", 20, 60, 20, 30, 10, False)
    assert missed_lines(Image(dots.tobytes(), 600, 800, 72), [word]) == []
    dots[100:107, 100:300:3] = 0
    (strip,) = missed_lines(Image(dots.tobytes(), 600, 800, 72), [word])
    assert 80 < strip.x < 100
    assert 90 < strip.y < 100


def test_a_head_that_is_read_differently_on_each_page_is_dropped():
    heads = ["Sl. glasnik, strana 1", "SI. glasnlk, strana 2", "Sl. qlasnik, strona 3",
             "Sl. glasnik, strana 4"]  # fmt: skip
    bodies = ["Članak 1.", "Vlada donosi odluku", "o mjerama i rokovima.", "Članak 9."]
    pages = [([*lines_of(head), *lines_of("", body)[1:]], 842.0)
             for head, body in zip(heads, bodies, strict=True)]  # fmt: skip
    kept = without_running_heads(pages, {0, 1, 2, 3})
    assert [[line.text for line in page] for page in kept] == [[body] for body in bodies]
    # Where there is a text layer, other words are other words.
    assert len(without_running_heads(pages)[1]) == 2
