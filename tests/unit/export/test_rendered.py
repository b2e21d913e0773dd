"""Workbook and text document as LibreOffice prints them: what is cut there is cut for readers."""

import re
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest

from nis2_align.export import Layout, render
from tests.unit.export.result_samples import HEADINGS, assessments, result

WORDS = {
    "Latn": "dužni subjekti bez odgađanja obavješćuju nadležno tijelo",
    "Cyrl": "Обвезници Без Одлагања обавештавају надлежни орган о широком поремећају",
    "caps": "THE AUTHORITY SHALL WITHIN MAXIMUM",
}


def long_rows():
    partial = assessments()[3]
    clause = partial.provisions[0]
    for number, words in enumerate(WORDS.values()):
        for repeats in (1, 3, 7, 15):
            mark = f"QUOTE{number}X{repeats}"
            quote = f"{words} " * repeats + mark
            yield replace(
                partial,
                requirement=f"21({number})({repeats})",
                provisions=(replace(clause, quote=quote),),
                rationale=f"{words} " * max(1, repeats // 3) + f"WHY{number}X{repeats}",
            )


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The text that is visible on the printed pages."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("needs LibreOffice and poppler-utils, see packages.txt")
    folder = tmp_path_factory.mktemp("printed")

    def convert(content, name):
        path = folder / name
        path.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            path,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return subprocess.run(
            ["pdftotext", path.with_suffix(".pdf"), "-"],
            check=True, capture_output=True, text=True, timeout=60,
        ).stdout  # fmt: skip

    return convert


def marks():
    for item in long_rows():
        yield item.provisions[0].quote.split()[-1]
        yield item.rationale.split()[-1]


def test_no_line_of_a_long_row_is_cut(printed):
    held = result(assessments=tuple(long_rows()))
    seen = printed(render(held, ".xlsx", HEADINGS), "whole.xlsx")
    assert [mark for mark in marks() if mark not in seen] == []
    assert "Summary, not the official text" in seen


def test_the_check_above_sees_a_row_that_is_too_low(printed, tmp_path):
    path = tmp_path / "low.xlsx"
    path.write_bytes(render(result(assessments=tuple(long_rows())), ".xlsx", HEADINGS))
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.row_dimensions.values():
            row.height = 15
    book.save(path)
    seen = printed(path.read_bytes(), "low.xlsx")
    assert [mark for mark in marks() if mark not in seen] != []


@pytest.fixture(scope="module")
def pages(printed):
    """The pages of the text document, as printed."""
    held = result(assessments=tuple(long_rows()))
    return printed(render(held, ".docx", HEADINGS, "en"), "whole.docx").split("\f")[:-1]


def test_no_line_of_the_text_document_is_cut(pages):
    # A mark may be broken where a line ends; nothing may be missing.
    seen = re.sub(r"\s", "", "".join(pages))
    quotes = [mark for mark in marks() if mark.startswith("QUOTE")]
    assert len(quotes) == 12
    assert [mark for mark in quotes if mark not in seen] == []


def test_every_page_has_its_number_and_the_head_of_its_table(pages):
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"\b{number} ?/ ?{len(pages)}\b", page)
    first = next(place for place, page in enumerate(pages) if "Quoted clauses" in page)
    last = next(place for place, page in enumerate(pages) if "Text of the provision" in page)
    assert first < last - 1
    for page in pages[first:last]:
        assert "Quoted clauses" in page
        assert "Summary, not the official text" in re.sub(r"\s+", " ", page)


def test_a_form_is_printed_with_its_heads_and_its_letters(printed):
    seen = printed(render(result(), ".docx", HEADINGS, None, Layout(form="rs")), "form.docx")
    flat = re.sub(r"\s+", " ", seen)
    for words in ("Tabela usklađenosti", "đ) Napomena", "delimično usklađeno", "48 часова"):
        assert words in flat
