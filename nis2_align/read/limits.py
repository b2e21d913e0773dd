"""How much one file may cost to read: the only place where the defaults stand.

A hostile or damaged file can ask for any amount of time, memory and text. Each amount has a bound
here, far above what an act of law needs; over a bound, reading ends with one error that names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import partial

from nis2_align.errors import ReadingLimitError
from nis2_align.notices import error

__all__ = ["DEFAULT", "Limits", "defaults", "exceeded", "limits_from"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on reading one file; all are whole numbers from 1.

    Attributes:
        file_mb: Size of the file, in MB. The longest act of law known to us has 2 MB as HTML.
        pages: Pages of a PDF.
        characters: Length of the text that is read from the file.
        seconds: Time from the start of reading to its end, by the clock.
        memory_mb: Memory of the process that reads, and of each one that it starts, in MB.

    Raises:
        ValueError: A bound is not a whole number from 1.
    """

    file_mb: int = 50
    pages: int = 2_000
    characters: int = 5_000_000
    seconds: int = 300
    memory_mb: int = 2_048

    def __post_init__(self) -> None:
        for name in NAMES:
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"{name} must be a whole number from 1")

    @property
    def file_bytes(self) -> int:
        """Size of the largest file, in bytes."""
        return self.file_mb * 1024 * 1024


NAMES = tuple(field.name for field in fields(Limits))
DEFAULT = Limits()
"""The bounds where nobody says otherwise."""


def defaults() -> str:
    """Return the defaults as ``--limit`` takes them: ``file_mb=50, pages=2000, ...``."""
    return ", ".join(f"{name}={getattr(DEFAULT, name)}" for name in NAMES)


def limits_from(settings: Iterable[str]) -> Limits:
    """Return the defaults with some of them replaced.

    Args:
        settings: What a person wrote, each as ``NAME=NUMBER``, e.g. ``seconds=600``.

    Raises:
        ValueError: A setting is of another form or names no limit; the message says what is right.
    """
    chosen: dict[str, int] = {}
    for setting in settings:
        name, _, number = setting.partition("=")
        if name not in NAMES or not (number.isascii() and number.isdigit() and int(number) > 0):
            raise ValueError(
                f"write NAME=NUMBER, the number from 1 and the name one of {', '.join(NAMES)}"
            )
        chosen[name] = int(number)
    return replace(DEFAULT, **chosen)


# Limit → the code of the error.
_CODES = {
    "file_mb": "limit_file_mb",
    "pages": "limit_pages",
    "characters": "limit_characters",
    "seconds": "limit_seconds",
    "memory_mb": "limit_memory_mb",
}


def exceeded(limit: str, name: str, limits: Limits) -> ReadingLimitError:
    """Return the error for a file that goes over a limit.

    Args:
        limit: Name of the limit, an attribute of :class:`Limits`.
        name: The file's name.
        limits: The limits under which it was read.
    """
    bound = getattr(limits, limit)
    return error(
        partial(ReadingLimitError, limit=limit),
        _CODES[limit],
        {"name": name, "bound": bound},
        command=f"Or raise the limit: --limit {limit}={2 * bound}.",
    )
