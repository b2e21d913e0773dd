"""The workbook as LibreOffice prints it: a row that is too low loses its last lines there."""

import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest

from nis2_align.export import render
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
        path = folder / f"{name}.xlsx"
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
    seen = printed(render(held, ".xlsx", HEADINGS), "whole")
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
    seen = printed(path.read_bytes(), "low")
    assert [mark for mark in marks() if mark not in seen] != []
