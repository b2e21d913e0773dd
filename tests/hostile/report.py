"""The figures of the fuzz run and of the start of the reading process, put into a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.fuzz import Outcome

__all__ = ["put", "table", "write"]


def put(page: Path, block: str, text: str) -> None:
    """Replace what stands between the marks of a block in a page.

    Raises:
        ValueError: The page has no such block.
    """
    whole = page.read_text(encoding="utf-8")
    marks = rf"(<!-- {block} -->\n).*?(<!-- /{block} -->)"
    changed, number = re.subn(marks, lambda m: m[1] + text + m[2], whole, flags=re.S)
    if number != 1:
        raise ValueError(f"{page.name} has {number} blocks {block}")
    page.write_text(changed, encoding="utf-8")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown, the first column left, the others right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def write(
    found: Sequence[Outcome], seed: int, bound: float, seconds: float, page: Path | None
) -> str:
    """Return the figures of a run; put them into ``page`` where one is given."""
    heads = ("format", "cases", "read", "refused", "crashes", "hangs", "slowest, s")
    kinds = list(dict.fromkeys(sorted(one.case.partition(":")[0] for one in found)))
    rows = [_row(k, [one for one in found if one.case.startswith(f"{k}:")]) for k in kinds]
    rows.append(_row("all", list(found)))
    later = sum(one.stage == "segment" for one in found)
    text = (
        f"Seed {seed}, {len(found)} cases in {seconds / 60:.0f} minutes; a case over {bound:g} s "
        f"is a hang. In {later} of the texts that came out, provisions were looked for as well; "
        "what failed there is counted too.\n\n" + table(heads, rows)
    )
    if page is not None:
        put(page, "fuzz", text)
    return text


def _row(name: str, found: list[Outcome]) -> list[object]:
    ends = [one.end for one in found]
    return [
        name,
        len(found),
        *(ends.count(end) for end in ("read", "refused", "crash", "hang")),
        f"{max((one.seconds for one in found), default=0):.1f}",
    ]
