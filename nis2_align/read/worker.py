"""The process that reads one file and then ends; started by :mod:`nis2_align.read.safely`.

It gets the file's bytes, never its path. It bounds its own memory, refuses the network, writes
nothing to a terminal or a log, leaves no core dump (which would hold the draft's text), and ends
by itself when the one that asked is gone or the time is up.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import struct
import sys
import threading
import time
import traceback
from functools import partial
from pathlib import Path, PurePath
from typing import Any, BinaryIO, NoReturn, TextIO

from nis2_align.errors import ReadingLimitError, UnreadableFileError
from nis2_align.model import Document
from nis2_align.read.door import OnPage
from nis2_align.read.door import read_unworded as read
from nis2_align.read.limits import Limits
from nis2_align.read.processes import descendants
from nis2_align.read.wire import pack

__all__ = ["PAGES", "answer", "serve"]

#: How the pages read and all pages are told on the way: two whole numbers of four bytes.
PAGES = struct.Struct(">II")

# How much later than the one who asked this process notices by itself that the time is up.
_GRACE_SECONDS = 10
_TIDY_SECONDS = 2
_NETWORK = frozenset((
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request",
))  # fmt: skip


def serve(request: dict[str, Any]) -> NoReturn:
    """Read the file that stands on stdin, write the answer to stdout, and end.

    Meanwhile, stderr tells how many pages are read, as :data:`PAGES`.

    Args:
        request: ``name``, ``size`` in bytes, and ``limits`` (:class:`Limits` by name).
    """
    limits = Limits(**request["limits"])
    out, told = _take(sys.stdout), _take(sys.stderr)
    _bound(limits)
    sys.addaudithook(_refuse_network)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _end)
    data = sys.stdin.buffer.read(request["size"])
    threading.Thread(target=_end_with_the_other, args=(sys.stdin.buffer,), daemon=True).start()
    try:
        with out:
            out.write(answer(data, request["name"], limits, partial(_tell, told)))
    finally:
        # Libraries have crashed while tidying up after damaged files; nothing is left to tidy.
        os._exit(0)


def _tell(told: BinaryIO, done: int, total: int) -> None:
    # Who asked may have heard enough.
    with contextlib.suppress(OSError, struct.error):
        told.write(PAGES.pack(done, total))
        told.flush()


def answer(data: bytes, name: str, limits: Limits, on_page: OnPage | None = None) -> bytes:
    """Return what reading ``data`` comes to, packed for the wire; nothing is raised."""
    try:
        found = _read(data, name, limits, on_page)
        return pack({"limit": "memory_mb"} if _is_for_want_of_memory(found, limits) else found)
    except MemoryError:
        return pack({"limit": "memory_mb"})


def _is_for_want_of_memory(found: Document | dict[str, Any], limits: Limits) -> bool:
    """Tell whether what looks like damage came from a lack of memory that a reader has hidden."""
    if isinstance(found, Document):
        hidden = any(issue.code == "page_unreadable" for issue in found.issues)
    else:
        hidden = "unreadable" in found
    # What failed wanted at least as much again as it had.
    return hidden and _peak_mb() > limits.memory_mb / 2


def _peak_mb() -> float:
    """Return the most address space that this process has had; 0 where it cannot be told."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^VmPeak:\s*(\d+) kB", status, re.M)
    return int(found.group(1)) / 1024 if found else 0


def _read(
    data: bytes, name: str, limits: Limits, on_page: OnPage | None
) -> Document | dict[str, Any]:
    try:
        return read(data, name=name, limits=limits, on_page=on_page)
    except ReadingLimitError as error:
        return {"limit": error.limit}
    except UnreadableFileError as error:
        if _for_want_of_memory(error):
            return {"limit": "memory_mb"}
        return {"unreadable": [error.code, dict(error.values)]}
    except MemoryError:
        raise
    except Exception as error:  # a defect of ours or of a library: told apart from a bad file
        return {"failed": _place(error)}


def _for_want_of_memory(error: BaseException | None) -> bool:
    """Tell whether an error goes back to a lack of memory, which readers take for damage."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _place(error: BaseException) -> str:
    """Say what failed and where, without the error's message: it may quote the draft."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def _take(stream: TextIO) -> BinaryIO:
    """Keep the way to the one who asked, and let whatever libraries print go nowhere."""
    own = os.dup(stream.fileno())
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (a device)
        os.dup2(nowhere.fileno(), stream.fileno())
    return os.fdopen(own, "wb")


def _bound(limits: Limits) -> None:
    """Bound memory and time by the system's means, where it has them (not on Windows)."""
    with contextlib.suppress(ImportError):
        import resource

        _lower(resource.RLIMIT_AS, limits.memory_mb * 1024 * 1024)
        _lower(resource.RLIMIT_CORE, 0)
        # What this process starts inherits it, and ends though everyone else has been killed.
        _lower(resource.RLIMIT_CPU, (limits.seconds + _GRACE_SECONDS) * (os.cpu_count() or 1))
    if hasattr(signal, "alarm"):
        # No handler: the system itself ends the process, also inside a library's endless loop.
        signal.alarm(limits.seconds + _GRACE_SECONDS)


def _lower(resource_: int, bound: int) -> None:
    import resource

    _, hard = resource.getrlimit(resource_)
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    # Some systems know a limit and refuse to set it; the others still hold.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource_, (bound, bound))


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError("reading a file needs no network")


def _end(number: int, frame: object) -> NoReturn:
    """Leave through every ``finally``, so that started programs end and folders go."""
    raise SystemExit(1)


def _end_with_the_other(stdin: BinaryIO) -> None:
    """Wait until the one who asked closes stdin or is gone, then end, first in good order."""
    stdin.read(1)
    if hasattr(signal, "pthread_kill"):
        # To the main thread, which alone tidies up and may be waiting in a call of the system.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(_TIDY_SECONDS)
        for pid in descendants(os.getpid()):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
    os._exit(1)
