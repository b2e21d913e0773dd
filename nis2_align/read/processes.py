"""Ending a process with everything that it has started, in whatever group or session that is."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

__all__ = ["descendants", "end_with_children"]

# How long a process may take to tidy up after itself before it is killed.
_TIDY_SECONDS = 1.0


def end_with_children(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started as the leader of a group; return when it is gone.

    It is asked first, so that it ends what it has started and removes its files; then it and all
    that came from it are killed.
    """
    if process.poll() is None:
        started = descendants(process.pid)
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_TIDY_SECONDS)
        for pid in started:
            _kill(pid)
        if process.poll() is None:
            _kill_group(process)
            process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError, ValueError):
                pipe.close()


def descendants(pid: int) -> tuple[int, ...]:
    """Return the processes that came from ``pid``, without itself; none where none are listed.

    One whose parent has ended belongs to the others by its session.
    """
    known = list(_listed())
    family, sessions = {pid}, {pid}
    grown = True
    while grown:
        grown = False
        for one, parent, session in known:
            if one not in family and (parent in family or session in sessions):
                family.add(one)
                # The session of the first process's own parent is everybody's.
                sessions |= {session} & family
                grown = True
    return tuple(sorted(family - {pid}))


def _listed() -> Iterator[tuple[int, int, int]]:
    """Yield process, parent and session, where the system has a ``/proc``."""
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name in parentheses may hold spaces and parentheses.
            fields = place.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            yield int(place.parent.name), int(fields[1]), int(fields[3])


def _kill(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
