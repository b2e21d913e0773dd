"""The grade that a person laid over the tool's, for whatever shows the two beside each other."""

from __future__ import annotations

from typing import Protocol

from nis2_align.model import Coverage, Review

__all__ = ["Reviewable", "final", "reviewed_coverage"]


class Reviewable(Protocol):
    """An assessment, or a row of the table made of one."""

    @property
    def coverage(self) -> Coverage:
        """The tool's grade."""

    @property
    def review(self) -> Review | None:
        """A person's decision, or None."""


def reviewed_coverage(item: Reviewable) -> Coverage | None:
    """Return the grade that a person gave.

    Args:
        item: An assessment, or a row of the table.

    Returns:
        The person's grade, also where it was given on an earlier draft (``item.review.stale``
        says so and must stand beside it); None where nobody gave one, and the tool's alone stands.
    """
    return item.review.grade if item.review is not None else None


def final(item: Reviewable) -> Coverage:
    """Return the grade that counts: a person's where one was given, else the tool's."""
    return reviewed_coverage(item) or item.coverage
