"""The exception tree. Imports nothing of the package.

Only four things raise: a file that cannot be read, a text without a single article,
a language that has no pack, and a catalogue that is broken. Everything milder becomes an
:class:`nis2_align.model.Issue` on the result. Each class carries the exit code that the
command line ends with, so that scripts can tell the cases apart.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "CatalogueError",
    "Nis2AlignError",
    "NoArticlesError",
    "ReadingLimitError",
    "ReviewsError",
    "UnknownLanguageError",
    "UnknownRequirementError",
    "UnreadableFileError",
]


class Nis2AlignError(Exception):
    """Base of every error that the package raises on purpose.

    Args:
        what: One sentence that says what happened and to which file or id.
        remedy: One sentence that says what to do now.
        code: Stable snake_case name by which :mod:`nis2_align.notices` says the error in other
            languages, or "" where it is said in English alone.
        values: What its words are filled with.
        reasons: The errors that it sums up.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        remedy: str,
        *,
        code: str = "",
        values: Mapping[str, str | int] | None = None,
        reasons: tuple[Nis2AlignError, ...] = (),
    ) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy
        self.code = code
        self.values: Mapping[str, str | int] = dict(values or {})
        self.reasons = reasons


class UnreadableFileError(Nis2AlignError):
    """A file is missing, empty, encrypted, damaged, or of a kind that is not read."""

    exit_code = 3


class ReadingLimitError(UnreadableFileError):
    """Reading a file would cost more than its limits allow.

    Args:
        what: As of every error.
        remedy: As of every error.
        limit: Name of the limit, an attribute of :class:`nis2_align.read.limits.Limits`.
        code: As of every error.
        values: As of every error.
        reasons: As of every error.
    """

    def __init__(
        self,
        what: str,
        remedy: str,
        limit: str,
        *,
        code: str = "",
        values: Mapping[str, str | int] | None = None,
        reasons: tuple[Nis2AlignError, ...] = (),
    ) -> None:
        super().__init__(what, remedy, code=code, values=values, reasons=reasons)
        self.limit = limit


class NoArticlesError(Nis2AlignError):
    """A text was read, but no article was found in it."""

    exit_code = 4


class UnknownLanguageError(Nis2AlignError):
    """No language pack serves the language that was asked for or detected."""

    exit_code = 5


class UnknownRequirementError(Nis2AlignError):
    """An id or a provision was asked for that is not there."""

    exit_code = 6


class CatalogueError(Nis2AlignError):
    """The data in ``mappings/`` contradicts itself; all faults are listed in one report."""

    exit_code = 7


class ReviewsError(Nis2AlignError):
    """The store of people's decisions cannot be opened, read or written, or refuses an entry."""
