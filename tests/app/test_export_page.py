"""The page of outputs: what is chosen is what is previewed and what is downloaded."""

import csv
import io
import zipfile

import pytest

from nis2_align.messages import messages
from nis2_align.ui.export import preview

EN = messages("en")


@pytest.fixture
def export(page):
    page.upload().open("export")
    assert not page.at.exception
    return page


def told(page, key, value):
    return page.choose(EN.text(f"ui_export_{key}"), value)


@pytest.mark.parametrize(("ending", "inside"), [(".xlsx", "xl/workbook.xml"), (".docx", "word/")])
def test_the_download_is_what_was_chosen(export, ending, inside):
    told(export, "format", ending)
    name, content = export.download(ending)
    assert name.endswith(ending) and "lamp" not in name
    assert any(part.startswith(inside) for part in zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_the_preview_holds_the_first_lines_of_the_file(export):
    told(export, "format", ".csv")
    told(export, "listing", "reverse")
    _, content = export.download(".csv")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    shown = preview(content)
    assert list(shown.columns) == lines[0]
    assert shown.shape[0] == min(8, len(lines) - 1) > 0
    assert export.at.table[0].value.shape == shown.shape


def test_a_form_without_the_direction_is_one_sentence(export):
    told(export, "form", "rs")
    told(export, "listing", "reverse")
    assert not export.at.exception
    assert len(export.at.error) == 1 and not export.at.table
