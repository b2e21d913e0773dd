"""A folder for what must touch the disk: this user's alone, gone when the program ends.

Each running program has one folder with a locked file in it. A program that is killed leaves its
folder behind, yet its lock is gone; the next start removes every folder whose lock is free.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

__all__ = ["PREFIX", "PrivateFolder", "sweep"]

#: How the folders in the system's folder for temporary files begin.
PREFIX = "nis2-align-app-"
_LOCK = "lock"
# A folder without a lock may be one whose program is just starting.
_YOUNG_SECONDS = 60.0


class PrivateFolder:
    """The folder of this program; made when it is first asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._parent = tempfile.gettempdir()
        self._path: Path | None = None
        self._lock: IO[bytes] | None = None

    def path(self) -> Path:
        """Return the folder, made with rights for its owner only.

        Raises:
            OSError: The system refuses.
        """
        with self._guard:
            if self._path is None or not self._path.is_dir():
                folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._parent))
                self._lock = (folder / _LOCK).open("wb")
                _try_lock(self._lock)
                self._path = folder
                atexit.register(self.remove)
            return self._path

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        with self._guard:
            if self._lock is not None:
                self._lock.close()
            if self._path is not None:
                shutil.rmtree(self._path, ignore_errors=True)
            self._path = self._lock = None


def sweep() -> int:
    """Remove the folders that killed programs of this user left behind.

    Returns:
        How many were removed.
    """
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_ours(folder) and _is_left(folder):
            shutil.rmtree(folder, ignore_errors=True)
            removed += not folder.exists()
    return removed


def _is_ours(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


def _is_left(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("r+b") as lock:
            return _try_lock(lock)
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime > _YOUNG_SECONDS
    except OSError:
        return False


def _try_lock(file: IO[bytes]) -> bool:
    """Take the lock of a file if nobody holds it; it is given back when the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
