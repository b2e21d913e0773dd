"""A file → a :class:`~nis2_align.model.Document`: text, pages and structure hints.

One module reads one format: ``load`` opens the file (bad input is told apart here), ``convert``
turns what was opened into lines. The modules, and the libraries they need, are imported when a
file of their format comes. Nothing a file refers to is ever opened.

:func:`read_safely` reads in a process of its own, within :class:`Limits`; :func:`read` in this
one. Names load when they are first used, so that the limits alone cost nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nis2_align.read.door import MAX_BYTES, read
    from nis2_align.read.limits import Limits
    from nis2_align.read.safely import read_safely

__all__ = ["MAX_BYTES", "Limits", "read", "read_safely"]

_PLACES = {"MAX_BYTES": "door", "read": "door", "Limits": "limits", "read_safely": "safely"}


def __getattr__(name: str) -> object:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
