"""One listing as a CSV file, for programs that read nothing else."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO

from nis2_align.export import listings
from nis2_align.export.cells import cell
from nis2_align.export.form_filling import filled
from nis2_align.export.forms import form
from nis2_align.export.listings import Line, Value, head
from nis2_align.export.material import Material

__all__ = ["to_csv", "written"]

_Listing = tuple[Sequence[str], Callable[[Material], Iterator[Line]]]
# "all" has no place in a file that holds one table: it gives the first.
_LISTINGS: dict[str, _Listing] = {
    "all": (listings.CONCORDANCE, listings.concordance),
    "concordance": (listings.CONCORDANCE, listings.concordance),
    "reverse": (listings.REVERSE, listings.reverse),
    "gaps": (listings.GAPS, listings.gaps),
}


def to_csv(material: Material) -> bytes:
    """Write the listing or the form's table that the layout asks for: by default the first.

    Args:
        material: The table with what belongs to it.

    Returns:
        See :func:`written`.
    """
    if material.layout.form is not None:
        grid = filled(form(material.layout.form), material).tables[0]
        cells = (map("\n".join, line.cells) for line in grid.lines)
        return written([column.head for column in grid.columns], cells)
    keys, lines = _LISTINGS[material.layout.listing]
    if lines is listings.concordance:
        keys = listings.columns(material)
    heads = [head(key, material) for key in keys]
    return written(heads, (map(_text, line.values) for line in lines(material)))


def written(heads: Sequence[str], lines: Iterable[Iterable[str]]) -> bytes:
    """Write heads and lines.

    Args:
        heads: One per column.
        lines: One text per column each.

    Returns:
        UTF-8 with a byte order mark, without which a common spreadsheet misreads it; RFC 4180
        otherwise. Cells are guarded like those of the workbook; several values in one cell
        stand one per line.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(text) for text in heads])
    writer.writerows([cell(text) for text in line] for line in lines)
    return out.getvalue().encode("utf-8-sig", "replace")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)
