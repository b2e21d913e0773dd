"""Draw verdicts to be read against the law by a person: ``readings.py ACT OUT.csv [--n 20]``.

The columns ``right`` and ``reason`` are for the reader. A reading is of its day: for a file that is
there already, the verdicts that have changed since are printed and nothing is written.
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


def row_of(assessment: Assessment) -> dict[str, str]:
    """Return the row of one verdict, the reader's columns empty."""
    gaps = (f"{gap.kind} {(gap.element or '').rpartition('#')[2]}" for gap in assessment.gaps)
    return {
        "requirement": assessment.requirement,
        "verdict": str(assessment.coverage),
        "clauses": "; ".join(match.ref for match in assessment.provisions),
        "gaps": "; ".join(gap.strip() for gap in gaps),
        "right": "",
        "reason": "",
    }


def changed(path: Path, found: list[Assessment]) -> None:
    """Print the verdicts that have changed since a reading; what was read stays as it was."""
    now = {a.requirement: str(a.coverage) for a in found}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if now[row["requirement"]] != row["verdict"]:
                was = f"{row['verdict']} ({row['right']})"
                print(f"{row['requirement']}: {was} -> {now[row['requirement']]}")


def main() -> None:
    """Draw and write; of a file that is there already, only say what has changed since."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2555)
    parser.add_argument("--only", default=SLICE)
    given = parser.parse_args()
    found = list(run([given.act]).assessments)
    if given.out.exists():
        changed(given.out, found)
        return
    asked = [
        a
        for a in found
        if re.match(given.only, a.requirement)
        and a.coverage is not Coverage.NOT_APPLICABLE
        and a.reason is not Reason.NO_STATEMENT
    ]
    with given.out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row_of(a) for a in drawn(asked, given.n, given.seed))


if __name__ == "__main__":
    main()
