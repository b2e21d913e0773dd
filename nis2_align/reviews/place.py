"""Where decisions are kept where nobody says so: in a folder of the person who uses the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["VARIABLE", "default_path", "own_path"]

#: Environment variable that names a database shared by several people.
VARIABLE = "NIS2_ALIGN_REVIEWS"


def default_path() -> Path:
    """Return the file of decisions.

    Returns:
        What ``NIS2_ALIGN_REVIEWS`` names; else the person's own, see :func:`own_path`.
    """
    named = os.environ.get(VARIABLE)
    return Path(named) if named else own_path()


def own_path() -> Path:
    """Return the file of decisions of the person who runs the program.

    Returns:
        ``nis2-align/reviews.sqlite`` in their data folder: ``%LOCALAPPDATA%`` on Windows,
        ``~/Library/Application Support`` on macOS, elsewhere ``$XDG_DATA_HOME`` or
        ``~/.local/share`` (XDG Base Directory Specification 0.8).
    """
    return _data_home() / "nis2-align" / "reviews.sqlite"


def _data_home() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    # The specification tells programs to ignore a relative path.
    return named if named.is_absolute() else home / ".local" / "share"
