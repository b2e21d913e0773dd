"""Older and other word processors' files (.doc, .rtf, .odt), turned into DOCX by LibreOffice.

LibreOffice runs as a process of its own, where it is installed, on a copy of the file in a
private folder with a private profile; folder and profile are removed afterwards. In the profile
macros are off, links are never updated, and every address is sent to a proxy that is not there,
so nothing that a file refers to is opened.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from nis2_align.read import docx
from nis2_align.read.sheet import Reading, unreadable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["PROGRAMS", "TIMEOUT_SECONDS", "convert", "load"]

TIMEOUT_SECONDS = 120.0
"""Longest time that a conversion may take; an act of a hundred pages takes about five seconds."""

PROGRAMS = (
    "soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)  # fmt: skip
"""Names under which LibreOffice is looked for on the path."""

# How a file begins → its ending, and the only filter that may read it: LibreOffice takes what it
# does not know for plain text.
_KINDS = (
    (b"{\\rtf", ".rtf", "Rich Text Format"),
    (b"PK", ".odt", "writer8"),
    (b"\xd0\xcf\x11\xe0", ".doc", "MS Word 97"),
)
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "localhost"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "localhost"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
_NOBODY = "http://localhost:9"
_PROXIES = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOBODY)


def load(data: bytes, name: str) -> WordDocument:
    """Convert the file and open the result.

    Raises:
        UnreadableFileError: LibreOffice is not installed, takes longer than
            :data:`TIMEOUT_SECONDS`, or makes no document of the file.
    """
    if data.startswith(b"PK"):
        _check_package(data, name)
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise unreadable(name, "no_libreoffice")
    return docx.load(_converted(data, name, program), name)


def _check_package(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            docx.check_sizes(package, name)
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(name, "damaged") from error


def convert(document: WordDocument) -> Reading:
    """Write paragraphs and table rows in the order of the document."""
    return docx.convert(document)


def _converted(data: bytes, name: str, program: str) -> bytes:
    # A file of ours may still be open when the process is killed, so errors of removal are let go.
    with tempfile.TemporaryDirectory(prefix="nis2-align-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        ending, reader = _kind(data)
        source = place / f"act{ending}"
        source.write_bytes(data)
        _write_profile(place / "profile")
        if not _run(_command(program, reader, place, source), place):
            raise unreadable(name, "libreoffice_slow", seconds=f"{TIMEOUT_SECONDS:g}")
        result = place / "out" / "act.docx"
        if not result.is_file():
            raise unreadable(name, "libreoffice_failed")
        return result.read_bytes()


def _kind(data: bytes) -> tuple[str, str]:
    found = (kind for kind in _KINDS if data.startswith(kind[0]))
    _, ending, reader = next(found, _KINDS[-1])
    return ending, reader


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )


def _command(program: str, reader: str, place: Path, source: Path) -> list[str]:
    return [
        program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
        "--nologo", "--nodefault", "--nolockcheck", "--norestore", f"--infilter={reader}",
        "--convert-to", "docx", "--outdir", str(place / "out"), str(source),
    ]  # fmt: skip


def _run(command: list[str], place: Path) -> bool:
    """Run LibreOffice; return whether it ended in time. What it starts ends with it."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL")}
    process = subprocess.Popen(
        command, cwd=place, env={**kept, **_PROXIES, "HOME": str(place), "TMPDIR": str(place)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(TIMEOUT_SECONDS)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        # Also in an interruption; the program is a script that starts others in its session.
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
