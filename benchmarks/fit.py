"""Fit the two models of grading: ``make fit`` (writes), ``fit.py --check`` (prints only).

Rows are the labelled requirements of the development acts as they are, and the same with all
their labelled clauses taken away (knock-outs), for which the answer must be "none". What ships is
fitted on all development acts; the figures printed are those of the act left out. No feature
knows a requirement's id, its place, or how often it was graded so.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

import numpy as np
import yaml
from labelled import ROOT, LabelledAct, bench_of, labelled_acts
from sklearn.linear_model import LogisticRegression

from nis2_align.evaluate.gold import GoldRow, at_depth
from nis2_align.grade.bench import Bench, bench, features
from nis2_align.grade.rules import GradeRules, grade_rules
from nis2_align.grade.verdict import judge
from nis2_align.match.select import choose
from nis2_align.messages import messages
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
        # Whether a term is defined is read from the list of definitions, not from the model.
        told = row in laid.blend.space.definitions.of
        unusable = query.requirement.chapeau or not query.elements or told
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


def rules_from(acts: Sequence[LabelledAct], examples: Mapping[str, list[Row]]) -> GradeRules:
    """Fit everything that is fitted on some acts.

    Args:
        acts: The acts that may be seen.
        examples: The rows of every act by its name.

    Returns:
        The rules that ship, with models and calibration fitted on these acts.
    """
    seen = [row for act in acts for row in examples[act.name]]
    present = [row for row in seen if row.grade != "none"]
    models = replace(
        grade_rules(),
        presence=MappingProxyType(fit(seen, PRESENCE, {"full", "partial"})),
        completeness=MappingProxyType(fit(present, COMPLETENESS, {"full"})),
        calibration=MappingProxyType({}),
    )
    return replace(models, calibration=MappingProxyType(calibration(acts, models)))


def calibration(acts: Sequence[LabelledAct], rules: GradeRules) -> dict[str, tuple[float, float]]:
    """Fit how often a verdict is right to its raw confidence, grade by grade (Platt scaling)."""
    table: dict[str, list[tuple[float, bool]]] = {}
    for act in acts:
        laid = bench(bench_of(act.act).blend, messages("en"), rules)
        gold = act.gold()
        for row, query in enumerate(laid.blend.space.queries):
            label = gold.get(query.requirement.id)
            if label is None or not label.graded or label.grade == "na":
                continue
            verdict = judge(laid, row)
            raw = min(0.999, max(0.001, verdict.confidence))
            right = str(verdict.coverage) == label.grade
            table.setdefault(str(verdict.coverage), []).append((np.log(raw / (1 - raw)), right))
    found = {}
    # "none" needs none: its probability under the act's own prior is already calibrated, and how
    # often it is right differs from law to law, which no scaling learnt on other laws can know.
    for grade in ("full", "partial"):
        rows_ = table.get(grade, [])
        if len({right for _, right in rows_}) == 2:
            model = LogisticRegression(C=STRENGTH)
            model.fit([[logit] for logit, _ in rows_], [right for _, right in rows_])
            slope, shift = float(model.coef_[0][0]), float(model.intercept_[0])
            found[grade] = (round(max(0.0, slope), 2), round(shift, 2))
    return found


def left_out(name: str, test: list[Row], rules: GradeRules) -> None:
    """Print how the presence model does on an act it has not seen."""
    sides = {
        "found": [row for row in test if row.grade != "none"],
        "none": [row for row in test if row.grade == "none" and not row.knocked_out],
        "knocked out": [row for row in test if row.knocked_out],
    }
    parts = []
    for side, members in sides.items():
        right = [
            (rules.probability_present(row.features) >= 0.5) is (side == "found") for row in members
        ]
        parts.append(f"{side} {np.mean(right):.2f} (n {len(right)})" if right else f"{side} -")
    print(f"{name:<20}" + "  ".join(parts))


def write(rules: GradeRules, examples: Mapping[str, list[Row]]) -> None:
    """Write the fitted numbers into the data file; its comments and thresholds stay."""
    data = yaml.safe_load(TARGET.read_text(encoding="utf-8"))
    head = "".join(line for line in TARGET.open(encoding="utf-8") if line.startswith("#"))
    data |= {
        "presence": dict(rules.presence),
        "completeness": dict(rules.completeness),
        "calibration": {grade: list(pair) for grade, pair in rules.calibration.items()},
    }
    data["provenance"] = "presence, completeness, calibration: benchmarks/fit.py on " + ", ".join(
        f"{name} ({len(found)} rows)" for name, found in examples.items()
    )
    body = yaml.safe_dump(data, sort_keys=False, default_flow_style=None, width=100)
    TARGET.write_text(head + body, encoding="utf-8")


def main() -> None:
    """Fit, print the figures of each act left out, and write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="print only")
    given = parser.parse_args()
    acts = labelled_acts()
    examples = {act.name: list(rows(act)) for act in acts}
    print("presence, right on the act left out:")
    for act in acts:
        others = [other for other in acts if other is not act]
        left_out(act.name, examples[act.name], rules_from(others, examples))
    rules = rules_from(acts, examples)
    for part in (rules.presence, rules.completeness, rules.calibration):
        print(dict(part))
    if not given.check:
        write(rules, examples)


if __name__ == "__main__":
    main()
