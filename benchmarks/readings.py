"""Draw verdicts to be read against the law by a person: ``readings.py ACT OUT.csv [--n 20]``.

The draw depends on the seed and the requirement ids alone. The columns ``right`` and ``reason``
are for the reader; a CSV that already holds them keeps them where the verdict is the same.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from pathlib import Path

from labelled import SLICE

from nis2_align.model import Assessment, Coverage, Reason
from nis2_align.pipeline import run

COLUMNS = ("requirement", "verdict", "clauses", "gaps", "right", "reason")


def drawn(found: list[Assessment], count: int, seed: int) -> list[Assessment]:
    """Return the verdicts drawn, in the directive's order."""
    ids = [a.requirement for a in found]
    chosen = set(random.Random(seed).sample(ids, min(count, len(ids))))
    return [a for a in found if a.requirement in chosen]


def main() -> None:
    """Draw and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2555)
    parser.add_argument("--only", default=SLICE)
    given = parser.parse_args()
    kept: dict[tuple[str, str], dict[str, str]] = {}
    if given.out.exists():
        with given.out.open(encoding="utf-8", newline="") as handle:
            kept = {(r["requirement"], r["verdict"]): r for r in csv.DictReader(handle)}
    asked = [
        a
        for a in run([given.act]).assessments
        if re.match(given.only, a.requirement)
        and a.coverage is not Coverage.NOT_APPLICABLE
        and a.reason is not Reason.NO_STATEMENT
    ]
    with given.out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for a in drawn(asked, given.n, given.seed):
            old = kept.get((a.requirement, str(a.coverage)), {})
            writer.writerow(
                {
                    "requirement": a.requirement,
                    "verdict": str(a.coverage),
                    "clauses": "; ".join(match.ref for match in a.provisions),
                    "gaps": "; ".join(
                        f"{gap.kind} {(gap.element or '').rpartition('#')[2]}".strip()
                        for gap in a.gaps
                    ),
                    "right": old.get("right", ""),
                    "reason": old.get("reason", ""),
                }
            )


if __name__ == "__main__":
    main()
