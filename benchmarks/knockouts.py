"""Knock-outs of labelled laws, per operator: ``make knockouts``.

Usage: knockouts.py [--only REGEX] [--json FILE] [ACT GOLD]...
Without acts: Croatia and the Montenegrin draft from ../shared where present, and the sample.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

from nis2_align.evaluate.gold import read_gold
from nis2_align.evaluate.knockouts import OPERATORS, Outcome, edits, outcome
from nis2_align.pipeline import run

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DEFAULT = [
    (SHARED / "laws/hr_zks_2024.txt", SHARED / "gold/hr_zks_2024.csv"),
    (SHARED / "drafts/cnr_draft.txt", SHARED / "gold/cnr_draft.csv"),
    (ROOT / "corpus/samples/valdoria_draft.txt", ROOT / "corpus/gold/valdoria_draft.csv"),
]


def figures(outcomes: list[Outcome]) -> dict[str, float]:
    """Rates of one operator."""
    n = len(outcomes)
    kept, untouched = sum(o.kept for o in outcomes), sum(o.untouched for o in outcomes)
    return {
        "n": n,
        "followed": round(sum(o.followed for o in outcomes) / n, 3) if n else 0.0,
        "none": round(sum(o.became_none for o in outcomes) / n, 3) if n else 0.0,
        "untouched_kept": round(kept / untouched, 3) if untouched else 1.0,
    }


def main() -> None:
    """Run the knock-outs and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("acts", nargs="*", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    pairs = list(zip(given.acts[::2], given.acts[1::2], strict=True)) or DEFAULT
    report: dict[str, dict[str, dict[str, float]]] = {}
    for act, labels in pairs:
        if not act.exists():
            continue
        gold = {i: row for i, row in read_gold(labels).items() if re.match(given.only, i)}
        whole = run([act])
        found: dict[str, list[Outcome]] = defaultdict(list)
        for operator in OPERATORS:
            for edit in edits(whole, gold, operator):
                result = outcome(whole, gold, edit)
                found[operator].append(result)
                if given.verbose and not (result.followed and result.kept == result.untouched):
                    print(operator, edit.requirement, edit.element, result.before, result.after,
                          f"{result.kept}/{result.untouched}", flush=True)  # fmt: skip
        report[act.stem] = {operator: figures(found[operator]) for operator in OPERATORS}
        print(f"\n{act.name}")
        print(f"{'operator':<12}{'n':>5}{'followed':>10}{'none':>8}{'untouched kept':>16}")
        for operator, row in report[act.stem].items():
            print(f"{operator:<12}{row['n']:>5}{row['followed']:>10}{row['none']:>8}"
                  f"{row['untouched_kept']:>16}")  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
