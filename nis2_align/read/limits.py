"""How much one file may cost to read: the only place where the defaults stand.

A hostile or damaged file can ask for any amount of time, memory and text. Each amount has a bound
here, far above what an act of law needs; over a bound, reading ends with one error that names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from nis2_align.errors import ReadingLimitError

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


_SPLIT = "Split it and read the parts"
_LIGHTER = "Save it as DOCX without pictures or as plain text and read that"

# Limit → what happened, with the bound, and what to do.
_SAYS = {
    "file_mb": ("is longer than {bound} MB", "Leave out pictures or split it, then read the parts"),
    "pages": ("has more than {bound} pages", _SPLIT),
    "characters": ("holds more than {bound} characters of text", _SPLIT),
    "seconds": ("took longer than {bound} seconds to read", _LIGHTER),
    "memory_mb": ("needs more than {bound} MB of memory to read", _LIGHTER),
}


def exceeded(limit: str, name: str, limits: Limits) -> ReadingLimitError:
    """Return the error for a file that goes over a limit.

    Args:
        limit: Name of the limit, an attribute of :class:`Limits`.
        name: The file's name.
        limits: The limits under which it was read.
    """
    bound = getattr(limits, limit)
    what, remedy = _SAYS[limit]
    return ReadingLimitError(
        f"The file {name} {what.format(bound=bound)}, which is the limit.",
        f"{remedy}, or raise the limit: --limit {limit}={2 * bound}.",
        limit,
    )
