"""Files of other word processors, turned into DOCX by LibreOffice; nothing they name is opened."""

from __future__ import annotations

import http.server
import io
import os
import shutil
import stat
import subprocess
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import pytest

from nis2_align.errors import UnreadableFileError
from nis2_align.read import office, read
from tests.unit.read.docx_samples import (
    deleted,
    level,
    numbering,
    package,
    paragraph,
    pattern,
    run,
    table,
)  # fmt: skip

OFFICE = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{1}:1.0"'
NAMES = " ".join(
    OFFICE.format(short, long)
    for short, long in (("office", "office"), ("text", "text"), ("draw", "drawing"),
                        ("table", "table"), ("style", "style"))
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip

ACT = (
    "{\\rtf1\\ansi\\ansicpg1250 {\\b ZAKON O REDU}\\par \\u268?lan 1.\\par "
    "(1) Organi sara\\u273?uju.\\par {\\field{\\*\\fldinst {%s}}{\\fldrslt {ranije}}} Kraj.\\par }"
)


@pytest.fixture
def libreoffice() -> str:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice, see packages.txt")
    return program


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Where temporary files go, to see that none stays."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def odt(content: str, mimetype: str = "application/vnd.oasis.opendocument.text") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", mimetype)
        made.writestr(
            "content.xml",
            f'<office:document-content {NAMES} office:version="1.2"><office:body><office:text>'
            f"{content}</office:text></office:body></office:document-content>",
        )
        made.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            '><manifest:file-entry manifest:full-path="/" manifest:media-type="'
            f'{mimetype}"/><manifest:file-entry manifest:full-path="content.xml" '
            'manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return stream.getvalue()


def test_rich_text(libreoffice, folder):
    document = read((ACT % " REF x ").encode("ascii"), name="zakon.rtf")
    assert (document.format, document.title) == ("rtf", "ZAKON O REDU")
    assert document.text.splitlines() == [
        "ZAKON O REDU", "Član 1.", "(1) Organi sarađuju.", "ranije Kraj.",
    ]  # fmt: skip
    assert list(folder.iterdir()) == []


def test_open_document(libreoffice, folder):
    content = (
        "<text:h text:outline-level='1'>Глава I</text:h><text:p>Члан 1.</text:p>"
        "<table:table><table:table-column table:number-columns-repeated='3'/><table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in "абв")
        + "</table:table-row></table:table><text:p>Крај.</text:p>"
    )
    document = read(odt(content), name="nacrt.odt")
    assert document.format == "odt"
    assert document.text.splitlines() == ["Глава I", "Члан 1.", "а | б | в", "Крај."]
    assert (document.hints[0].kind, document.hints[0].level) == ("heading", 1)
    assert list(folder.iterdir()) == []


def test_an_old_word_file_says_what_its_docx_says(libreoffice, tmp_path):
    """Numbers, tracked changes and tables survive both ways."""
    definitions = pattern(0, level(0, "decimal", "Član %1."), level(1, "decimal", "(%2)"))
    change = f"<w:del w:id='1' w:author='x'>{deleted('48')}</w:del>"
    body = (
        paragraph("", number="1") + paragraph("prvi stav", number="1", level=1)
        + paragraph(run("rok je "), change, run("24 časa"), number="1", level=1)
        + table(["Sektor", "Podsektor", "Organ"], ["Energija", "struja", "Agencija"])
        + paragraph("Kraj.")
    )  # fmt: skip
    data = package(body, numbering=definitions + numbering(1, 0))
    (tmp_path / "act.docx").write_bytes(data)
    subprocess.run(
        [libreoffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "doc:MS Word 97", "--outdir", tmp_path, tmp_path / "act.docx"],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    old = read((tmp_path / "act.doc").read_bytes(), name="act.doc")
    assert old.format == "doc"
    assert old.text == read(data, name="act.docx").text
    assert "docx_tracked_changes" in {issue.code for issue in old.issues}


def test_without_libreoffice_the_error_says_to_save_as_docx(monkeypatch, folder):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    for data, name in ((ACT.encode("ascii"), "a.rtf"), (odt("<text:p>x</text:p>"), "a.odt")):
        with pytest.raises(UnreadableFileError) as caught:
            read(data, name=name)
        assert name in caught.value.what and "LibreOffice" in caught.value.what
        assert "Save it as DOCX" in caught.value.remedy
    assert list(folder.iterdir()) == []


def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(
    monkeypatch, tmp_path, folder
):
    started = tmp_path / "started"
    program = tmp_path / "soffice"
    # As LibreOffice does, a script starts a program that goes on without it.
    program.write_text(f"#!/bin/sh\nsleep 600 & echo $! > '{started}'\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "PROGRAMS", (str(program),))
    monkeypatch.setattr(office, "TIMEOUT_SECONDS", 1.0)
    with pytest.raises(UnreadableFileError, match="longer than 1 seconds"):
        read(ACT.encode("ascii"), name="slow.rtf")
    assert list(folder.iterdir()) == []
    child = int(started.read_text())
    for _ in range(50):
        if not _is_alive(child):
            return
        time.sleep(0.1)
    pytest.fail("a program that the conversion started goes on")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended may wait to be asked for its result.
    return (
        " Z " not in Path(f"/proc/{process}/stat").read_text() if Path("/proc").is_dir() else True
    )


def test_bad_files_are_told_apart(libreoffice, folder):
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(2000)
    for data, name in ((old, "a.doc"), (b"{\\rtf1 text {" + b"{" * 3000, "a.rtf")):
        with pytest.raises(UnreadableFileError, match="could not be opened by LibreOffice"):
            read(data, name=name)
    assert list(folder.iterdir()) == []


def test_a_package_that_unpacks_to_too_much_never_reaches_libreoffice(monkeypatch, folder):
    monkeypatch.setattr(office.docx, "MAX_UNPACKED", 100)
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: pytest.fail("was started"))
    with pytest.raises(UnreadableFileError, match="unpack to far more"):
        read(odt("<text:p>" + "x" * 200 + "</text:p>"), name="bomb.odt")


def test_what_is_protected_or_no_text_is_refused(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: pytest.fail("was started"))
    with pytest.raises(UnreadableFileError, match="other than a text"):
        read(odt("", "application/vnd.oasis.opendocument.spreadsheet"), name="a.ods")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    with pytest.raises(UnreadableFileError, match="password"):
        read(stream.getvalue(), name="a.odt")


@pytest.fixture
def asked():
    """A server on this machine, and the addresses it was asked for."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


def test_no_link_is_followed(libreoffice, tmp_path, asked):
    """Pictures, linked sections and included texts: none is fetched, none is in the text."""
    address, seen = asked
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET WORDS")
    for link in (secret.as_uri(), f"{address}/section.odt"):
        content = (
            "<text:p>Pre.</text:p><text:section text:name='s'><text:section-source "
            f"xlink:href='{link}'/><text:p>staro</text:p></text:section><text:p><draw:frame>"
            f"<draw:image xlink:href='{address}/picture.png' xlink:type='simple' "
            "xlink:show='embed' xlink:actuate='onLoad'/></draw:frame>Posle.</text:p>"
        )
        document = read(odt(content), name="a.odt")
        assert "Pre." in document.text and "SECRET" not in document.text
    for code in (f' INCLUDETEXT "{secret}" ', f' INCLUDEPICTURE "{address}/picture.png" \\d '):
        document = read((ACT % code.replace("\\", "\\\\")).encode("ascii"), name="a.rtf")
        assert "Kraj." in document.text and "SECRET" not in document.text
    assert seen == []
