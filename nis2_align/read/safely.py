"""Reading a file in a process of its own, within limits.

The process is started for one file and ends with it. It works in a private folder that is removed
here whatever happens, and it is killed with all that it has started when a limit is passed, when
an exception (a cancelled analysis, Ctrl-C) leaves this module, and when this process is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from nis2_align.model import Document
from nis2_align.read.door import OnPage, bytes_of, file_name
from nis2_align.read.limits import DEFAULT, Limits, exceeded
from nis2_align.read.processes import end_with_children
from nis2_align.read.sheet import unreadable
from nis2_align.read.wire import BrokenAnswerError, document_from, refusal_from, unpack
from nis2_align.read.worker import PAGES

if TYPE_CHECKING:
    import io

__all__ = ["read_safely"]

# The path of imports is handed over: this package may have been found by any means.
_START = (
    "import json,sys;request=json.loads(sys.stdin.buffer.readline());"
    "sys.path[:]=request['path'];"
    "from nis2_align.read.worker import serve;serve(request)"
)
# A page of short lines has a few times as many bytes of hints as of text.
_BYTES_FOR_A_CHARACTER = 16
_BYTES_BESIDES = 1024 * 1024
# How long the process may take to leave once it has said everything.
_LEAVE_SECONDS = 10.0
_TELL_SECONDS = 0.1


def read_safely(
    source: Path | bytes,
    limits: Limits = DEFAULT,
    *,
    name: str | None = None,
    on_page: OnPage | None = None,
) -> Document:
    """Read one file in a process of its own; else as :func:`nis2_align.read.door.read`.

    Args:
        source: The file, or its bytes.
        limits: Bounds on what reading may cost.
        name: File name for messages and for the id; the path's own name where it is a path.
        on_page: Called every now and then with the number of pages read and of all pages, where
            the file has pages; an exception it raises ends the reading.

    Returns:
        The document, equal to the one that :func:`nis2_align.read.door.read` returns.

    Raises:
        UnreadableFileError: As there; also where the process that reads has crashed.
        ReadingLimitError: A limit was passed; the error names it.
    """
    shown = file_name(name if name is not None else source)
    data = source if isinstance(source, bytes) else bytes_of(source, shown, limits)
    # What is far too long is not sent to be refused.
    if len(data) > limits.file_bytes:
        raise exceeded("file_mb", shown, limits)
    try:
        answer = _Reading(data, shown, limits, on_page).answer()
    except OSError as error:
        raise unreadable(shown, "no_process") from error
    return _document(answer, shown, limits)


def _document(answer: dict[str, Any], name: str, limits: Limits) -> Document:
    try:
        if "document" in answer:
            return document_from(answer["document"])
        if "limit" in answer:
            raise exceeded(answer["limit"], name, limits)
        if "unreadable" in answer:
            raise refusal_from(answer["unreadable"])
    except (BrokenAnswerError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise unreadable(name, "answer_broken") from error
    if "crashed" in answer:
        raise unreadable(
            name,
            "reader_crashed",
            command=f"Or raise the limit: --limit memory_mb={2 * limits.memory_mb}.",
            signal=str(answer["crashed"]),
            memory=limits.memory_mb,
        )
    raise unreadable(name, "reader_failed", reason=str(answer.get("failed", "no answer")))


class _Reading:
    """One process that reads one file."""

    def __init__(self, data: bytes, name: str, limits: Limits, on_page: OnPage | None) -> None:
        self._limits = limits
        self._on_page = on_page
        self._pages = (0, 0)
        request = {
            "path": [os.path.abspath(place) for place in sys.path],  # noqa: PTH100 ("" is here)
            "name": name,
            "size": len(data),
            "limits": asdict(limits),
        }
        self._question = (json.dumps(request) + "\n").encode("ascii"), data
        self._most = limits.characters * _BYTES_FOR_A_CHARACTER + _BYTES_BESIDES
        self._received = bytearray()
        self._process: subprocess.Popen[bytes]

    def answer(self) -> dict[str, Any]:
        """Return what the process says, or the limit that it has passed.

        Raises:
            OSError: The process cannot be started.
        """
        with tempfile.TemporaryDirectory(
            prefix="nis2-align-", ignore_cleanup_errors=True
        ) as folder:
            deadline = time.monotonic() + self._limits.seconds
            self._process = _start(folder)
            try:
                return self._listen(deadline)
            finally:
                end_with_children(self._process)

    def _listen(self, deadline: float) -> dict[str, Any]:
        # Threads, because a pipe can be waited for with a deadline in no other way everywhere.
        speaking = threading.Thread(target=self._speak, daemon=True)
        hearing = threading.Thread(target=self._hear, daemon=True)
        speaking.start()
        hearing.start()
        threading.Thread(target=self._count, daemon=True).start()
        self._wait(hearing, deadline)
        if hearing.is_alive():
            return {"limit": "seconds"}
        if len(self._received) > self._most:
            return {"limit": "characters"}
        try:
            status = self._process.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            return {"failed": "no end"}
        try:
            return unpack(bytes(self._received))
        except BrokenAnswerError:
            return _why(status)

    def _wait(self, hearing: threading.Thread, deadline: float) -> None:
        """Wait for the answer, and tell how many pages are read."""
        while hearing.is_alive() and (left := deadline - time.monotonic()) > 0:
            hearing.join(left if self._on_page is None else min(left, _TELL_SECONDS))
            if self._on_page is not None and self._pages[1]:
                self._on_page(*self._pages)

    def _count(self) -> None:
        stderr = cast("io.BufferedReader", self._process.stderr)
        with contextlib.suppress(OSError, ValueError):
            while len(counted := stderr.read(PAGES.size)) == PAGES.size:
                self._pages = PAGES.unpack(counted)

    def _speak(self) -> None:
        stdin = cast("io.BufferedWriter", self._process.stdin)
        try:
            for part in self._question:
                stdin.write(part)
            stdin.flush()  # and left open: the process ends when it is closed
        except (OSError, ValueError):
            pass  # it has ended; why is seen from what it said

    def _hear(self) -> None:
        stdout = cast("io.BufferedReader", self._process.stdout)
        while len(self._received) <= self._most and (part := stdout.read1(1 << 20)):
            self._received += part


def _start(folder: str) -> subprocess.Popen[bytes]:
    # Temporary files of libraries and of the programs they start go into the folder.
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)}
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )


def _why(status: int) -> dict[str, Any]:
    """Return why a process ended without an answer."""
    if status >= 0:
        return {"failed": f"exit code {status}"}
    try:
        return {"crashed": signal.Signals(-status).name}
    except ValueError:
        return {"crashed": f"signal {-status}"}
