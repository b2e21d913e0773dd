"""nis2_align reads national cyber laws beside the NIS2 Directive (EU) 2022/2555.

The public API is this module: :func:`align`, the :class:`Alignment` it returns, the errors, and
``__version__``. Names load when they are first used, so that importing the package is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nis2_align.errors import (
    CatalogueError,
    Nis2AlignError,
    NoArticlesError,
    UnknownLanguageError,
    UnknownRequirementError,
    UnreadableFileError,
)
from nis2_align.version import __version__

if TYPE_CHECKING:
    from nis2_align.alignment import Alignment, align

__all__ = [
    "Alignment",
    "CatalogueError",
    "Nis2AlignError",
    "NoArticlesError",
    "UnknownLanguageError",
    "UnknownRequirementError",
    "UnreadableFileError",
    "__version__",
    "align",
]


def __getattr__(name: str) -> object:
    if name in {"Alignment", "align"}:
        return getattr(import_module("nis2_align.alignment"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
