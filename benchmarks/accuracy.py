"""The laboratory: ``make accuracy`` writes docs/accuracy.json and docs/accuracy.md.

For each labelled act: our figures with the models of grading fitted on the other acts only
(leave one act out), 95 % bootstrap intervals over the requirements, the baselines in the same
run, and (with --ablation) each signal switched off in turn. Thresholds and signal weights are set
by hand on the same acts; the held-out acts of others are the real test.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from baselines import never_reads, rankings
from fit import rows, rules_from
from labelled import ROOT, SLICE, LabelledAct, bench_of, labelled_acts, other_labels
from page import page

from nis2_align.directive import CELEX, load_directive
from nis2_align.evaluate.figures import Answer, answers, score
from nis2_align.evaluate.gold import GoldRow
from nis2_align.grade.assess import assess
from nis2_align.grade.rules import GradeRules
from nis2_align.match.blend import Weights, blend, weights
from nis2_align.messages import messages
from nis2_align.model import Result
from nis2_align.text.detect import detect

DRAWS = 400
HEADLINE: dict[str, tuple[str, str]] = {
    "hit@5": ("article", "hit@5"),
    "mrr": ("article", "mrr"),
    "pair_f1": ("article", "pair_f1"),
    "balanced": ("grade", "balanced"),
    "kappa": ("grade", "kappa"),
    "decided": ("grade", "decided"),
    "none_p": ("gap_none", "p"),
    "none_r": ("gap_none", "r"),
    "ece": ("risk", "ece"),
    "surer_half": ("risk", "accuracy_at_50"),
    "accuracy": ("grade", "accuracy"),
}

Gold = Mapping[str, GoldRow]
Answers = Mapping[str, Answer]


def headline(found: Answers, gold: Gold) -> dict[str, float]:
    """Return the figures that the tables show."""
    figures = score(found, gold)
    return {
        name: figures.get(part, {}).get(key, 0.0)  # type: ignore[attr-defined]
        for name, (part, key) in HEADLINE.items()
    }


def intervals(found: Answers, gold: Gold) -> dict[str, tuple[float, float]]:
    """Return 95 % percentile intervals over requirements drawn with replacement (Efron 1979)."""
    generator = np.random.default_rng(20221214)
    ids = list(gold)
    draws: dict[str, list[float]] = {name: [] for name in HEADLINE}
    for _ in range(DRAWS):
        picked = generator.choice(len(ids), len(ids))
        again = {f"{n}": ids[i] for n, i in enumerate(picked)}
        figures = headline(
            {n: found[i] for n, i in again.items() if i in found},
            {n: gold[i] for n, i in again.items()},
        )
        for name, value in figures.items():
            draws[name].append(value)
    bounds = {name: np.percentile(values, [2.5, 97.5]) for name, values in draws.items()}
    return {name: (round(float(a), 3), round(float(b), 3)) for name, (a, b) in bounds.items()}


def graded(act: LabelledAct, rules: GradeRules, chosen: Weights | None = None) -> dict[str, Answer]:
    """Grade an act with given rules and weights."""
    blended = bench_of(act.act).blend
    if chosen is not None:
        blended = blend(blended.space, chosen)
    found = assess(load_directive(), [blended], messages("en"), rules)
    result = Result(
        celex=CELEX,
        catalogue_version=load_directive().version,
        acts=(),
        assessments=found,
    )
    return answers(result)


def without(signal: str) -> Weights:
    """Return the weights with one signal switched off and the others scaled up."""
    kept = {name: weight for name, weight in weights().signals.items() if name != signal}
    total = sum(kept.values())
    return Weights(
        MappingProxyType({name: weight / total for name, weight in kept.items()}), weights().half
    )


def report(only: str, ablation: bool, tell: Callable[[str], None]) -> dict[str, object]:
    """Measure everything for the requirements whose ids match ``only``."""
    acts = labelled_acts()
    examples = {act.name: list(rows(act)) for act in acts}
    golds = {act.name: act.gold(only) for act in acts}
    report: dict[str, object] = {}
    for act in acts:
        gold = golds[act.name]
        rules = rules_from([other for other in acts if other is not act], examples)
        start = time.perf_counter()
        found = graded(act, rules)
        tell(f"{act.name}: graded in {time.perf_counter() - start:.1f} s")
        simple = {"never reads": never_reads(gold, other_labels(act))} | rankings(
            bench_of(act.act).blend.space
        )
        entry: dict[str, object] = {
            "language": detect(act.act.read_text(encoding="utf-8")).language,
            "requirements": len(gold),
            "ours": headline(found, gold),
            "interval": intervals(found, gold),
            "confusion": score(found, gold)["confusion"],
            "baselines": {name: headline(rows_, gold) for name, rows_ in simple.items()},
        }
        if ablation:
            entry["without"] = {
                signal: headline(graded(act, rules, without(signal)), gold)
                for signal in weights().signals
            }
        report[act.name] = entry
    return report


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="regular expression of requirement ids")
    parser.add_argument("--ablation", action="store_true", help="switch each signal off in turn")
    parser.add_argument("--knockouts", type=Path, help="JSON that knockouts.py wrote")
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    parser.add_argument("--print", action="store_true", dest="printed", help="write nothing")
    given = parser.parse_args()
    tell = lambda line: print(line, flush=True)  # noqa: E731
    figures: dict[str, object] = {
        "catalogue": load_directive().version,
        "slice": report(SLICE, False, tell),
        "all": report(given.only, given.ablation, tell),
    }
    if given.knockouts is not None:
        figures["knockouts"] = json.loads(given.knockouts.read_text(encoding="utf-8"))
    text = page(figures)
    if given.printed:
        print(text)
        return
    (given.out / "accuracy.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    (given.out / "accuracy.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
