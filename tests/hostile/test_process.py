"""The process that reads is bounded, says nothing, and is gone afterwards with all it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nis2_align.errors import ReadingLimitError, UnreadableFileError
from nis2_align.read import read, read_safely, safely
from nis2_align.read.processes import descendants
from tests.hostile.cases import MARKER, PROSE
from tests.hostile.conftest import Planted, start_with

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="bounds and signals of POSIX")

SOUND = "from nis2_align.read.door import read\n"
WHOLE = SOUND + "return read(data, name=name)"


def is_gone(pid: int, seconds: float = 5) -> bool:
    """Tell whether a process ends soon; one that has ended and waits to be taken note of has."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_document_is_the_one_that_is_read_here(planted: Planted) -> None:
    assert planted(WHOLE) == read(PROSE.encode(), name="draft.pdf")


@pytest.mark.parametrize(
    "body",
    [
        "import time; time.sleep(600)",
        "while True: pass",
        "import re; re.match('(a+)+b', 'a' * 60)",
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
        "try:\n    import time; time.sleep(600)\nexcept Exception:\n    time.sleep(600)",
    ],
    ids=["sleeps", "loops", "loops in C", "ignores signals", "catches errors"],
)
def test_over_the_time_it_ends(planted: Planted, body: str) -> None:
    start = time.monotonic()
    with pytest.raises(ReadingLimitError, match="longer than 1 seconds") as caught:
        planted(body, seconds=1)
    assert caught.value.limit == "seconds"
    assert "--limit seconds=2" in caught.value.remedy
    assert time.monotonic() - start < 6


@pytest.mark.parametrize(
    "body",
    [
        "held = []\nwhile True: held.append(bytearray(1 << 24))",
        "bytearray(1 << 40)",
        "from nis2_align.read.sheet import unreadable\n"
        "try: bytearray(1 << 40)\n"
        "except Exception as error: raise unreadable(name, 'damaged') from error",
        "from nis2_align.read.sheet import unreadable\n"
        "held = bytearray(300 << 20)\n"
        "try: bytearray(300 << 20)\n"
        "except Exception: pass\n"
        "raise unreadable(name, 'damaged')",
    ],
    ids=["grows", "asks at once", "is taken for damage", "is hidden"],
)
def test_over_the_memory_it_ends(planted: Planted, body: str) -> None:
    with pytest.raises(ReadingLimitError, match="more than 512 MB of memory") as caught:
        planted(body, memory_mb=512)
    assert caught.value.limit == "memory_mb"


def test_over_the_output_it_ends(planted: Planted) -> None:
    endless = "import os\nwhile True: os.write(own, bytes(1 << 20))"
    taking = "import os\nown = [n for n in map(int, os.listdir('/proc/self/fd')) if n > 2][0]\n"
    with pytest.raises(ReadingLimitError) as caught:
        planted(taking + endless, characters=1_000)
    assert caught.value.limit == "characters"


def test_a_crash_is_told_from_a_bad_file(planted: Planted) -> None:
    with pytest.raises(UnreadableFileError, match=r"draft\.pdf .*crash \(SIGABRT\)"):
        planted("import os; os.abort()")


def test_a_defect_is_told_without_a_word_of_the_draft(planted: Planted) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        planted("raise ValueError(data.decode())")
    assert "reader failed (ValueError in planted.py:2)" in caught.value.what
    assert MARKER not in str(caught.value)


def test_an_end_without_an_answer_is_told(planted: Planted) -> None:
    with pytest.raises(UnreadableFileError, match="exit code 7"):
        planted("import os; os._exit(7)")


def test_nothing_is_printed(planted: Planted, capfd: pytest.CaptureFixture[str]) -> None:
    noise = "import os, sys, logging\nprint(data)\nlogging.error('%s', data)\nos.write(1, data)\n"
    assert planted(noise + WHOLE).text == PROSE
    assert capfd.readouterr() == ("", "")


def test_the_network_is_refused(planted: Planted) -> None:
    with pytest.raises(UnreadableFileError, match="PermissionError"):
        planted("import socket; socket.create_connection(('127.0.0.1', 9))")


def test_no_core_is_dumped(planted: Planted) -> None:
    with pytest.raises(UnreadableFileError, match="exit code 40"):
        planted(
            "import os, resource; os._exit(40 + resource.getrlimit(resource.RLIMIT_CORE)[0] % 9)"
        )


STARTED = (
    "import subprocess, time, tempfile, os\n"
    "tempfile.mkstemp(); tempfile.mkdtemp()\n"
    "for own in (True, False):\n"
    "    child = subprocess.Popen(['sh', '-c', 'sleep 600 & sleep 600'], start_new_session=own)\n"
    "    open({log!r}, 'a').write(f'{{child.pid}}\\n')\n"
    "open({log!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
)


def started(log: Path, number: int = 3) -> list[int]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        pids = [int(line) for line in log.read_text().split()] if log.exists() else []
        if len(pids) == number:
            return pids
        time.sleep(0.02)
    raise AssertionError("the planted reader has started nothing")


def test_what_it_has_started_ends_with_it(planted: Planted, tmp_path: Path, folder: Path) -> None:
    log, before = tmp_path / "pids", set(descendants(os.getpid()))
    with pytest.raises(ReadingLimitError):
        planted(STARTED.format(log=str(log)) + "time.sleep(600)", seconds=8)
    pids = started(log)
    assert all(map(is_gone, pids))
    assert set(descendants(os.getpid())) <= before
    assert list(folder.iterdir()) == []


def test_nothing_is_left_after_a_crash(planted: Planted, folder: Path) -> None:
    with pytest.raises(UnreadableFileError):
        planted("import tempfile, os; tempfile.mkdtemp(); os.abort()")
    assert list(folder.iterdir()) == []


class Cancelled(Exception):
    """What a person's Ctrl-C comes to."""


def test_a_cancelled_reading_leaves_nothing(planted: Planted, tmp_path: Path, folder: Path) -> None:
    def cancel(number: int, frame: object) -> None:
        raise Cancelled

    log = tmp_path / "pids"
    before = signal.signal(signal.SIGALRM, cancel)

    def interrupt() -> None:
        started(log)
        os.kill(os.getpid(), signal.SIGALRM)

    threading.Thread(target=interrupt, daemon=True).start()
    try:
        with pytest.raises(Cancelled):
            planted(STARTED.format(log=str(log)) + "time.sleep(600)")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert all(map(is_gone, started(log)))
    assert list(folder.iterdir()) == []


def test_it_ends_when_the_one_who_asked_is_killed(repo_root: Path, tmp_path: Path) -> None:
    log = tmp_path / "pid"
    body = f"    import os, time; open({str(log)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    start = start_with(f"def planted(data, *, name, limits, on_page=None):\n{body}\n")
    asking = (
        "from nis2_align.read import read_safely, safely\n"
        f"safely._START = {start!r}\n"
        "read_safely(b'Article 1', name='draft.txt')\n"
    )
    asker = subprocess.Popen(
        [sys.executable, "-c", asking], cwd=repo_root, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    (pid,) = started(log, 1)
    asker.kill()
    asker.wait()
    assert is_gone(pid)


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(UnreadableFileError, match="starts no process"):
        read_safely(b"Article 1\n", name="draft.txt")


@pytest.mark.parametrize(
    "answer",
    [
        b"\x80\x04c",
        b"[]",
        b'{"document":{"text":1}}',
        b'{"document":{"id":"a","name":"a","title":null,"text":"a\\n","format":"text",'
        b'"sha256":"","text_sha256":"","pages":[[1,0,99]],"hints":[],"issues":[]}}',
        b'{"limit":"patience"}',
        b'{"unreadable":[]}',
    ],
)
def test_a_broken_answer_is_refused(
    answer: bytes, monkeypatch: pytest.MonkeyPatch, planted: Callable[..., object]
) -> None:
    code = f"import os\nworker.pack = lambda found: {answer!r}\n{WHOLE}"
    with pytest.raises(UnreadableFileError, match=r"the answer is broken|exit code 0"):
        planted(code)


def test_a_relative_path_of_imports_is_found_from_the_folder(
    repo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo_root)
    monkeypatch.setattr(sys, "path", ["", *(p for p in sys.path if p and p != str(repo_root))])
    assert read_safely(b"Article 1\n", name="draft.txt").text == "Article 1\n"
    assert safely._START.startswith("import")
