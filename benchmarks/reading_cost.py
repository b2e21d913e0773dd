"""What it costs to read each file in a process of its own: ``make reading-cost``."""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from nis2_align.read import read, read_safely  # noqa: E402
from tests.hostile.report import put, table  # noqa: E402

SHARED = ROOT.parent / "shared" / "laws"


def spent() -> float:
    """Return the processor time of this process and of those that it has started, in seconds."""
    uses = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def cost(ask: Callable[[Path], object], path: Path, times: int) -> float:
    """Return the least processor time of a reading, in milliseconds, and so what it must cost.

    The first reading, which loads libraries, is not counted. Time by the clock would tell how
    busy the machine is.
    """
    ask(path)
    least = float("inf")
    for _ in range(times):
        before = spent()
        ask(path)
        least = min(least, spent() - before)
    return least * 1000


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
        here, apart = cost(read, path, options.times), cost(read_safely, path, options.times)
        rows.append((path.name, f"{here:.0f}", f"{apart:.0f}", f"{apart / here:.1f}",
                     f"{apart - here:.0f}"))  # fmt: skip
    text = table(("file", "in this process, ms", "apart, ms", "ratio", "difference, ms"), rows)
    print(text)
    if options.write:
        put(options.write, "cost", text)


if __name__ == "__main__":
    main()
