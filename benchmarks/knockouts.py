"""Knock-outs of labelled laws, per operator: ``make knockouts``.

Usage: knockouts.py [--slice | --only REGEX] [--json FILE] [ACT GOLD]...
Without acts: Croatia and the Montenegrin draft from ../shared where present, and the sample.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from labelled import SLICE, labelled_acts

from nis2_align.evaluate.gold import read_gold
from nis2_align.evaluate.knockouts import OPERATORS, Outcome, edits, outcome
from nis2_align.pipeline import run

DEFAULT = [(act.act, act.labels) for act in labelled_acts()]


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


def measured(act: Path, labels: Path, only: str, verbose: bool) -> dict[str, list[Outcome]]:
    """Knock one law out in every way."""
    gold = {i: row for i, row in read_gold(labels).items() if re.match(only, i)}
    whole = run([act])
    found: dict[str, list[Outcome]] = {operator: [] for operator in OPERATORS}
    for operator in OPERATORS:
        for edit in edits(whole, gold, operator):
            result = outcome(whole, gold, edit)
            found[operator].append(result)
            if verbose and not (result.followed and result.kept == result.untouched):
                kept = f"{result.kept}/{result.untouched}"
                after = f"{result.before} {result.after}"
                print(operator, edit.requirement, edit.element, after, kept, flush=True)
    return found


def table(title: str, rows: dict[str, dict[str, float]]) -> None:
    """Print the rates of one law."""
    print(f"\n{title}")
    print(f"{'operator':<12}{'n':>5}{'followed':>10}{'none':>8}{'untouched kept':>16}")
    for operator, row in rows.items():
        cells = f"{row['n']:>5}{row['followed']:>10}{row['none']:>8}{row['untouched_kept']:>16}"
        print(f"{operator:<12}{cells}", flush=True)


def main() -> None:
    """Run the knock-outs and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("acts", nargs="*", type=Path)
    parser.add_argument("--only", default="", help="regular expression of requirement ids")
    parser.add_argument("--slice", action="store_true", help="only the slice: minutes, not an hour")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    pairs = list(zip(given.acts[::2], given.acts[1::2], strict=True)) or DEFAULT
    report: dict[str, dict[str, dict[str, float]]] = {}
    for act, labels in pairs:
        if not act.exists():
            continue
        found = measured(act, labels, SLICE if given.slice else given.only, given.verbose)
        within = {
            operator: [o for o in rows if re.match(SLICE, o.edit.requirement)]
            for operator, rows in found.items()
        }
        parts = [(f"{act.stem}, the slice", within)]
        for title, rows in parts if given.slice else [(act.stem, found), *parts]:
            report[title] = {operator: figures(outcomes) for operator, outcomes in rows.items()}
            table(title, report[title])
    if given.json:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
