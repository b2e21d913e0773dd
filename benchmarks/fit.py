"""Fit the two models of grading: ``make fit`` (writes), ``fit.py --check`` (prints only).

Rows are the labelled requirements of the development acts as they are, and the same with all
their labelled clauses taken away (knock-outs), for which the answer must be "none". What ships is
fitted on all development acts; the figures printed are those of the act left out. No feature
knows a requirement's id, its place, or how often it was graded so.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import yaml
from labelled import ROOT, LabelledAct, bench_of, labelled_acts
from sklearn.linear_model import LogisticRegression

from nis2_align.evaluate.gold import GoldRow, at_depth
from nis2_align.grade.verdict import Bench, features
from nis2_align.match.select import choose
from nis2_align.model import DutyKind

PRESENCE = ("core_max", "core_mean", "score", "ownership", "neighbours", "rivals")
COMPLETENESS = ("core_mean", "weakest", "mean")
STRENGTH = 3.0  # inverse of the L2 penalty; few rows, so few and small weights
TARGET = ROOT / "mappings/weights/grade.yaml"


@dataclass(frozen=True, slots=True)
class Row:
    """One example: features, the label, and whether the clauses were taken away."""

    features: dict[str, float]
    grade: str
    knocked_out: bool


def rows(act: LabelledAct) -> Iterator[Row]:
    """List the examples of one act."""
    laid = bench_of(act.act)
    gold = act.gold()
    for row, query in enumerate(laid.blend.space.queries):
        label = gold.get(query.requirement.id)
        unusable = query.requirement.chapeau or not query.elements
        if label is None or unusable or not label.graded:
            continue
        if label.grade in {"full", "partial", "none"} or query.requirement.duty is DutyKind.OPTION:
            yield from _row(laid, row, label.grade.replace("na", "none"), set(), False)
        if label.grade in {"full", "partial"} and query.requirement.duty is DutyKind.MUST:
            yield from _row(laid, row, "none", _overlapping(laid, label), True)


def _row(laid: Bench, row: int, grade: str, without: set[int], knocked: bool) -> Iterator[Row]:
    selection = choose(laid.blend, row, laid.selection, without)
    if selection.accepted:
        yield Row(features(laid, row, selection), grade, knocked)


def _overlapping(laid: Bench, label: GoldRow) -> set[int]:
    """Clauses that hold, or lie in, a labelled clause."""
    full = partial(at_depth, depth=9)
    wanted = {full(ref) for ref in label.refs}
    space = laid.blend.space.clauses
    spans = [p.span for s in space.segmentations for p in s.provisions if full(p.ref) in wanted]
    return {
        c.index
        for c in space.clauses
        for span in spans
        if (c.provision.span.start <= span.start and span.end <= c.provision.span.end)
        or (span.start <= c.provision.span.start and c.provision.span.end <= span.end)
    }


def fit(examples: list[Row], names: tuple[str, ...], positive: set[str]) -> dict[str, float]:
    """Fit one logistic model; the classes weigh the same however many rows they have."""
    table = np.array([[row.features[name] for name in names] for row in examples])
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(table, [row.grade in positive for row in examples])
    weights = {n: round(float(w), 2) for n, w in zip(names, model.coef_[0], strict=True)}
    return weights | {"intercept": round(float(model.intercept_[0]), 2)}


def models(examples: list[Row]) -> tuple[dict[str, float], dict[str, float]]:
    """Fit both models."""
    present = [row for row in examples if row.grade != "none"]
    return (
        fit(examples, PRESENCE, {"full", "partial"}),
        fit(present, COMPLETENESS, {"full"}),
    )


def probability(model: dict[str, float], row: Row) -> float:
    """Apply a model."""
    total = sum(weight * row.features.get(name, 1.0) for name, weight in model.items())
    return float(1 / (1 + np.exp(-total)))


def left_out(name: str, test: list[Row], model: dict[str, float]) -> None:
    """Print how the presence model does on an act it has not seen."""
    sides = {
        "found": [row for row in test if row.grade != "none"],
        "none": [row for row in test if row.grade == "none" and not row.knocked_out],
        "knocked out": [row for row in test if row.knocked_out],
    }
    parts = []
    for side, members in sides.items():
        right = [(probability(model, row) >= 0.5) is (side == "found") for row in members]
        parts.append(f"{side} {np.mean(right):.2f} (n {len(right)})" if right else f"{side} -")
    print(f"{name:<20}" + "  ".join(parts))


def main() -> None:
    """Fit, print the figures of each act left out, and write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="print only")
    given = parser.parse_args()
    acts = {act.name: list(rows(act)) for act in labelled_acts()}
    print("presence, right on the act left out:")
    for name, test in acts.items():
        train = [row for other, found in acts.items() if other != name for row in found]
        left_out(name, test, models(train)[0])
    presence, completeness = models([row for found in acts.values() for row in found])
    print("presence", presence)
    print("completeness", completeness)
    if not given.check:
        data = yaml.safe_load(TARGET.read_text(encoding="utf-8"))
        head = "".join(line for line in TARGET.open(encoding="utf-8") if line.startswith("#"))
        data |= {"presence": presence, "completeness": completeness}
        data["provenance"] = "presence and completeness: benchmarks/fit.py on " + ", ".join(
            f"{name} ({len(found)} rows)" for name, found in acts.items()
        )
        body = yaml.safe_dump(data, sort_keys=False, default_flow_style=None, width=100)
        TARGET.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
