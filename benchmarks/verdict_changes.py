"""Gained and lost verdicts between two runs: ``verdict_changes.py OLD.json NEW.json [GOLD.csv]``.

Prints one line for each requirement whose coverage or clauses changed; with labels, whether the
change was for the better.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from nis2_align.evaluate.gold import read_gold

Row = tuple[str, tuple[str, ...]]


def verdicts(path: Path) -> dict[str, Row]:
    """Read requirement id → coverage and accepted refs."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return {
        a["requirement"]: (a["coverage"], tuple(p["ref"] for p in a["provisions"]))
        for a in data["assessments"]
    }


def judged(old: str, new: str, label: str | None) -> str:
    """Say whether a change of grade is a gain or a loss against a label."""
    if label is None or old == new:
        return ""
    wanted = "not_applicable" if label == "na" else label
    if (old == wanted) is (new == wanted):
        return "still wrong"
    return "gained" if new == wanted else "lost"


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("gold", type=Path, nargs="?")
    given = parser.parse_args()
    old, new = verdicts(given.old), verdicts(given.new)
    labels = {i: row.grade for i, row in read_gold(given.gold).items()} if given.gold else {}
    for id_, (coverage, refs) in new.items():
        before = old.get(id_, ("missing", ()))
        if before != (coverage, refs):
            word = judged(before[0], coverage, labels.get(id_))
            clauses = "" if before[1] == refs else f"{list(before[1])} -> {list(refs)}"
            print(f"{id_}\t{before[0]} -> {coverage}\t{word}\t{clauses}")


if __name__ == "__main__":
    main()
