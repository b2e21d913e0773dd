"""What a visitor reads of a file that cannot be read: all of it in the language of the screen."""

import io
import re

import openpyxl
import pytest

from nis2_align.messages import messages
from tests.hostile.pdf_files import encrypted

ACT = "Član 1.\nPružalac usluge prijavljuje incident u roku od 24 sata nadležnom organu.\n" * 9
FOREIGN = "これは法律ではありません。" * 40


def pieces(template):
    """Return what stands between the placeholders of a template."""
    return [part.strip() for part in re.split(r"\{\w+\}", template) if part.strip()]


ENGLISH = [
    part
    for key, text in messages("en").texts.items()
    if key.startswith(("error_", "issue_", "then_"))
    for part in pieces(text)
    if len(part.split()) > 2
]


def workbook():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def words(page):
    """Return what the page says, without the signs that keep it from being Markdown."""
    return page.words().replace("\\", "").replace("\u2060", "")


@pytest.mark.parametrize("language", ["sr", "sq"])
@pytest.mark.parametrize(
    ("code", "name", "content"),
    [
        ("protected", "nacrt.pdf", encrypted()),
        ("empty", "nacrt.txt", b""),
        ("spreadsheet", "nacrt.docx", workbook()),
        ("language_unknown", "nacrt.txt", FOREIGN.encode()),
    ],
    ids=["locked", "empty", "spreadsheet", "foreign"],
)
def test_a_file_that_is_not_read(real_page, language, code, name, content):
    real_page.at.session_state["screen_language"] = language
    real_page.upload(name, content)
    assert not real_page.at.exception
    (error,) = real_page.at.error
    texts = messages(language).texts
    said = error.value.replace("\\", "")
    for key in (f"error_{code}", f"error_{code}_remedy"):
        assert all(part in said for part in pieces(texts[key]))
    assert [part for part in ENGLISH if part in words(real_page)] == []


def test_one_of_two_that_is_not_read(real_page):
    real_page.at.session_state["screen_language"] = "sr"
    real_page.upload("zakon.txt", ACT.encode(), "prilog.pdf", encrypted())
    assert not real_page.at.exception
    (error,) = real_page.at.error
    said = error.value.replace("\\", "")
    assert "Datoteka prilog.pdf je zaštićena lozinkom." in said
    assert said.endswith(messages("sr").texts["issue_act_unreadable"].removeprefix("{why} "))
    assert "Jezik: srpski, latinica" in words(real_page)
    assert [part for part in ENGLISH if part in words(real_page)] == []


def test_a_dossier_file_that_is_none(page):
    page.at.session_state["screen_language"] = "mk"
    page.upload("zakon.txt", b"Article 1", "dossier.yaml", b"acts: [{file: x.pdf}]")
    said = words(page)
    assert "dossier.yaml ја наведува датотеката x.pdf, а таа не е вчитана." in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sr", "Akt 1: Nepoznata polja: datei."),
        ("mk", "Акт 1: Непознати полиња: datei."),
    ],
)
def test_a_dossier_file_with_faults(page, language, said):
    page.at.session_state["screen_language"] = language
    page.upload("dossier.yaml", b"acts: [{datei: x.pdf, kind: decree}]")
    assert not page.at.exception
    assert said in words(page)
    assert "law, by_law, penalties, amending" in words(page)
    assert [part for part in ENGLISH if part in words(page)] == []


def test_a_store_that_is_another_file(page, tmp_path, monkeypatch):
    path = tmp_path / "skladiste.sqlite"
    path.write_bytes(b"Clan 1. Zakon\n" * 100)
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(path))
    page.open("about")
    page.at.selectbox(key="screen_language").set_value("sr").run()
    assert not page.at.exception
    (error,) = page.at.error
    said = error.value.replace("\\", "").replace("\u2060", "")
    assert "skladiste.sqlite je oštećena ili ne sadrži odluke. Nije menjana." in said
    assert [part for part in ENGLISH if part in words(page)] == []
