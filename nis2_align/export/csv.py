"""The table of concordance as one CSV file, for programs that read nothing else."""

from __future__ import annotations

import csv
from io import StringIO

from nis2_align.concordance import Table
from nis2_align.export import words
from nis2_align.export.cells import cell
from nis2_align.messages import Messages

__all__ = ["to_csv"]

_HEADS = (
    "requirement", "heading", "coverage", "confidence", "provisions", "quotes", "elements",
    "gaps", "rationale",
)  # fmt: skip


def to_csv(table: Table, say: Messages) -> bytes:
    """Write one line per requirement.

    Args:
        table: The table of concordance.
        say: The words of heads and grades.

    Returns:
        UTF-8 with a byte order mark, without which a common spreadsheet misreads it; RFC 4180
        otherwise. Cells are guarded like those of the workbook; several values in one cell
        stand one per line.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(say.text(f"column_{key}")) for key in _HEADS])
    for row in table.rows:
        values = [
            row.requirement,
            row.heading,
            words.grade(row.coverage, say),
            f"{row.confidence:.6f}".rstrip("0").rstrip("."),
            "\n".join(words.provisions(row, table, say)),
            "\n".join(words.quotes(row, table)),
            "\n".join(words.elements(row, say)),
            "\n".join(words.gap(gap, say) for gap in row.gaps),
            row.rationale,
        ]
        writer.writerow([cell(value) for value in values])
    return out.getvalue().encode("utf-8-sig", "replace")
