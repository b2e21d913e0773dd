"""The door: what is told apart, what is refused, and what every document guarantees."""

from __future__ import annotations

import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile

import pytest

from nis2_align.errors import UnreadableFileError
from nis2_align.read import MAX_BYTES, read

LAW = "ZAKON\nČlanak 1.\n(1) Tijela surađuju.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in members.items():
            package.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def test_a_path_and_its_bytes_give_the_same_document(tmp_path):
    path = tmp_path / "Nacrt zakona (2).txt"
    path.write_text(LAW, encoding="utf-8")
    document = read(path)
    assert document == read(path.read_bytes(), name=path.name) == read(path)
    assert (document.id, document.name) == ("nacrt-zakona-2", path.name)
    assert document.sha256 == hashlib.sha256(LAW.encode()).hexdigest()
    assert document.text_sha256 == hashlib.sha256(document.text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rs_zib_2025.html", "rs_zib_2025"),
        ("Предлог закона.docx", "предлог-закона"),
        ("../../etc/law.txt", "law"),
        ("C:\\drafts\\law.txt", "law"),
        ("....", "document"),
        (None, "document"),
    ],
)
def test_the_id_comes_from_the_stem(name, expected):
    assert read(LAW.encode(), name=name).id == expected


def test_the_content_decides_and_not_the_ending():
    page = b"<!DOCTYPE html><html><body><p>Article 1</p></body></html>"
    assert read(page, name="law.pdf").format == "html"
    assert read(b"<p>Article 1</p><p>Text</p>", name="law.txt").format == "html"
    assert read(LAW.encode(), name="law.docx").format == "text"
    assert read(b"<!-- source -->\n# Law\nArticle 1\n", name="law.html").format == "text"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"12 34 (5)", "no text"),
        (OLE + b"WordDocument", "old Office format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture"),
        (b"BM" + bytes(40), "picture"),
        (b"\x1f\x8b\x08" + bytes(40), "archive"),
        (zipped(a=b"x"), "archive"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (zipped(a=b"x")[:20], "cut off"),
        (b'<akomaNtoso xmlns="a"><act/></akomaNtoso>', "no text"),
        (b'<?xml version="1.0"?><law><a>1</a></law>', "XML"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>', "XML"),
        (json.dumps({"text": "Article 1"}).encode(), "JSON"),
        (b"%PDF-1.7\n" + b"x" * 100, "damaged"),
        (b"%!PS-Adobe\n", "PostScript"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\nx", "MHTML"),
    ],
)
def test_what_is_not_read_is_refused_with_a_remedy(data, says):
    with pytest.raises(UnreadableFileError) as caught:
        read(data, name="nacrt.txt")
    assert says in caught.value.what
    assert "nacrt.txt" in caught.value.what
    assert caught.value.remedy.endswith(".")


def test_random_bytes_are_no_text():
    maker = random.Random(7)
    for size in (50, 500, 5000):
        with pytest.raises(UnreadableFileError):
            read(maker.randbytes(size), name="law.txt")


def test_random_bytes_after_any_signature_never_raise_anything_else():
    maker = random.Random(11)
    signatures = (b"", b"%PDF-1.4\n", b"PK\x03\x04", OLE, b"<html>", b"\xff\xfe", b"<?xml ")
    for number in range(70):
        data = signatures[number % len(signatures)] + maker.randbytes(maker.randrange(1, 400))
        try:
            read(data, name="law")
        except UnreadableFileError as error:
            assert error.exit_code == 3


def test_a_word_that_begins_like_a_bitmap_is_text():
    assert read(b"BMK and others\nArticle 1\n").format == "text"


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(UnreadableFileError, match="does not exist"):
        read(tmp_path / "none.pdf")
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        read(tmp_path)


def test_too_long_files_are_refused_unread(tmp_path):
    path = tmp_path / "long.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFileError, match="longer than 50 MB"):
        read(path)
    with pytest.raises(UnreadableFileError, match="longer than 50 MB"):
        read(bytes(MAX_BYTES + 1))


def test_importing_the_door_loads_no_heavy_library():
    code = (
        "import sys, nis2_align.read;"
        "print([m for m in ('pdfplumber','pdfminer','docx','lxml','bs4','charset_normalizer')"
        " if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
