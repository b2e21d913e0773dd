"""The rows of the table in the order in which a reviewer's time is best spent."""

from __future__ import annotations

from collections.abc import Iterable

from nis2_align.concordance.forward import Row
from nis2_align.model import Coverage, DutyKind, Reason

__all__ = ["by_doubt"]


def by_doubt(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Sort rows, the most doubtful first.

    A person's decision moves no row, so that "next" means the same before and after it.

    Args:
        rows: Rows of the table.

    Returns:
        Duties before options, in each the uncertain ones first, then by rising confidence; then
        what does not apply, and last what the catalogue does not state. Rows of equal doubt keep
        their order.
    """
    return tuple(sorted(rows, key=_doubt))


def _doubt(row: Row) -> tuple[int, int, float]:
    if row.reason is Reason.NO_STATEMENT:
        return 3, 0, 0.0
    if row.coverage is Coverage.NOT_APPLICABLE:
        return 2, 0, 0.0
    return (
        int(row.duty is not DutyKind.MUST),
        int(row.coverage is not Coverage.UNCERTAIN),
        row.confidence,
    )
