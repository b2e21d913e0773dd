"""What it costs to read each file in a process of its own: ``make reading-cost``."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from nis2_align.read import read, read_safely  # noqa: E402
from tests.hostile.report import put, table  # noqa: E402

SHARED = ROOT.parent / "shared" / "laws"


def seconds(ask: Callable[[Path], object], path: Path, times: int) -> float:
    """Return the median time of a reading; the first, which loads libraries, is not counted."""
    ask(path)
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        ask(path)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def files() -> list[Path]:
    """Return the samples, and a law as a page where it is at hand."""
    found = sorted((ROOT / "corpus" / "samples").glob("valdoria_draft.*"))
    return found + [path for path in (SHARED / "rs_zib_2025.html",) if path.exists()]


def main() -> None:
    """Print the table, and put it into a page where one is named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=9)
    asked.add_argument("--write", type=Path, help="page to write the figures into")
    options = asked.parse_args()
    rows = []
    for path in files():
        here = seconds(read, path, options.times)
        apart = seconds(read_safely, path, options.times)
        row = (path.name, f"{here * 1000:.0f}", f"{apart * 1000:.0f}", f"{apart / here:.1f}",
               f"{(apart - here) * 1000:.0f}")  # fmt: skip
        rows.append(row)
    text = table(("file", "in this process, ms", "apart, ms", "ratio", "difference, ms"), rows)
    print(text)
    if options.write:
        put(options.write, "cost", text)


if __name__ == "__main__":
    main()
