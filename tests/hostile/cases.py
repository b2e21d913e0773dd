"""What a hostile file is: its bytes, and what a reader must make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["MARKER", "PROSE", "Case", "Make"]

Make = Callable[[], bytes]

MARKER = "Lanternkeepers"
"""A word of the drafts' own text, which no error message may repeat."""

PROSE = (
    "Law on the Lamps of Valdoria\n"
    "Article 1\n"
    f"(1) {MARKER} shall report every outage to the Harbour Office within 24 hours.\n"
    "(2) The Harbour Office shall keep a register of outages.\n"
    "Article 2\n"
    f"{MARKER} shall manage the risks to the lamps.\n"
)


@dataclass(frozen=True)
class Case:
    """One hostile file.

    Attributes:
        name: Its file name.
        make: Makes its bytes; called when the file is needed, since some are large.
        says: Words of the error that must come, or None where the file can be read.
        holds: Words that the text must hold where it is read.
        limit: Name of the limit that the error must carry, or None.
        may: Whether reading it and refusing it are both right.
    """

    name: str
    make: Make
    says: str | None = None
    holds: str | None = None
    limit: str | None = None
    may: bool = False
