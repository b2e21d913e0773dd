"""The figures: mapping at article and paragraph level, grading, gaps, calibration.

A requirement that the analysis leaves out counts as wrong. ``uncertain`` is an abstention: kappa,
accuracy and balanced accuracy are taken over the decided rows, with the share decided beside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nis2_align.evaluate.gold import GoldRow, at_depth, read_gold
from nis2_align.model import Coverage, Result

__all__ = ["Answer", "answers", "score", "score_result"]

GRADES = ("full", "partial", "none")
_LEVELS = {"article": 0, "paragraph": 1}
_HITS = (1, 3, 5)
_BINS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What the analysis says of one requirement, in the labels' words.

    Attributes:
        grade: ``full``, ``partial``, ``none``, ``na``, ``uncertain`` or ``missing``.
        accepted: Accepted refs, best first.
        ranked: Accepted refs, then candidates.
        confidence: In [0, 1], or None.
    """

    grade: str
    accepted: tuple[str, ...]
    ranked: tuple[str, ...]
    confidence: float | None


_MISSING = Answer("missing", (), (), None)
Pair = tuple[str, str]


def answers(result: Result) -> dict[str, Answer]:
    """Return requirement id → answer; refs name no act, as labels of a single act do."""
    found = {}
    for assessment in result.assessments:
        accepted = tuple(match.ref for match in assessment.provisions)
        unasked = assessment.coverage is Coverage.NOT_APPLICABLE
        found[assessment.requirement] = Answer(
            grade="na" if unasked else str(assessment.coverage),
            accepted=accepted,
            ranked=accepted + tuple(match.ref for match in assessment.candidates),
            confidence=assessment.confidence,
        )
    return found


def score_result(result: Result, gold: Path, only: str = "") -> dict[str, object]:
    """Score an analysis against labels.

    Args:
        result: The analysis of one act.
        gold: CSV of labels.
        only: Regular expression; only requirements whose ids it matches count.

    Returns:
        The figures, see :func:`score`.

    Raises:
        UnreadableFileError: The labels cannot be read.
    """
    labels = {id_: row for id_, row in read_gold(gold).items() if re.match(only, id_)}
    return score(answers(result), labels)


def score(found: Mapping[str, Answer], gold: Mapping[str, GoldRow]) -> dict[str, object]:
    """Compare answers with labels.

    Args:
        found: Requirement id → answer.
        gold: Requirement id → label.

    Returns:
        ``article`` and ``paragraph`` (hit@k, mrr, pair P/R/F1), ``gap_none``, ``not_applicable``,
        ``grade``, ``risk`` where confidences are given, and ``confusion``.
    """
    paired = [(label, found.get(id_, _MISSING)) for id_, label in gold.items()]
    judged = [(g.grade, a.grade) for g, a in paired if g.graded and g.grade in GRADES]
    every = [(g.grade, a.grade) for g, a in paired if g.graded]
    figures: dict[str, object] = {
        "units": len(gold),
        "missing_units": sum(answer is _MISSING for _, answer in paired),
    }
    for level, depth in _LEVELS.items():
        figures[level] = _ranking(paired, depth) | _pairs(paired, depth)
    figures["gap_none"] = _one_grade("none", judged)
    figures["not_applicable"] = _one_grade("na", every)
    figures["grade"] = _grading(judged)
    risk = _risk(paired)
    if risk:
        figures["risk"] = risk
    counts = sorted(Counter(judged).items())
    figures["confusion"] = {f"{label}->{answer}": n for (label, answer), n in counts}
    return figures


def _round(value: float) -> float:
    return round(value, 3)


def _cut(refs: Iterable[str], depth: int) -> list[str]:
    return list(dict.fromkeys(at_depth(ref, depth) for ref in refs))


def _ranking(paired: Sequence[tuple[GoldRow, Answer]], depth: int) -> dict[str, float]:
    ranks: list[int | None] = []
    for label, answer in paired:
        wanted = set(_cut(label.refs, depth))
        if label.grade not in {"full", "partial"} or not wanted:
            continue
        got = _cut(answer.ranked, depth)
        ranks.append(next((r for r, ref in enumerate(got, 1) if ref in wanted), None))
    n = len(ranks)
    share: Callable[[float], float] = lambda total: _round(total / n) if n else 0.0  # noqa: E731
    hits = {f"hit@{k}": share(sum(r is not None and r <= k for r in ranks)) for k in _HITS}
    return hits | {"mrr": share(sum(1 / r for r in ranks if r is not None)), "n": n}


def _pairs(paired: Sequence[tuple[GoldRow, Answer]], depth: int) -> dict[str, float]:
    right = wrong = missed = 0
    for label, answer in paired:
        if label.grade == "na":
            continue
        wanted = set(_cut(label.refs, depth))
        claims = answer.grade in {"full", "partial", "uncertain"}
        claimed = set(_cut(answer.accepted, depth)) if claims else set()
        right += len(claimed & wanted)
        wrong += len(claimed - wanted)
        missed += len(wanted - claimed)
    precision, recall, f1 = _prf(right, wrong, missed)
    return {"pair_p": _round(precision), "pair_r": _round(recall), "pair_f1": _round(f1)}


def _prf(right: int, wrong: int, missed: int, beta: float = 1.0) -> tuple[float, float, float]:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    weight = beta * beta
    below = weight * precision + recall
    return precision, recall, (1 + weight) * precision * recall / below if below else 0.0


def _counts(grade: str, pairs: Sequence[Pair]) -> tuple[int, int, int]:
    right = sum(label == answer == grade for label, answer in pairs)
    wrong = sum(answer == grade != label for label, answer in pairs)
    missed = sum(label == grade != answer for label, answer in pairs)
    return right, wrong, missed


def _one_grade(grade: str, pairs: Sequence[Pair]) -> dict[str, float]:
    right, wrong, missed = _counts(grade, pairs)
    precision, recall, f1 = _prf(right, wrong, missed)
    f2 = _prf(right, wrong, missed, beta=2.0)[2]
    return {
        "p": _round(precision), "r": _round(recall), "f1": _round(f1), "f2": _round(f2),
        "gold": right + missed,
    }  # fmt: skip


def _grading(judged: Sequence[Pair]) -> dict[str, object]:
    decided = [(label, answer) for label, answer in judged if answer != "uncertain"]
    n = len(judged)
    commonest = Counter(label for label, _ in judged).most_common(1)
    # Rounded one by one, as the scorer does.
    f1s = [_one_grade(grade, decided)["f1"] for grade in GRADES]
    return {
        "n": n,
        "decided": _round(len(decided) / n) if n else 0.0,
        "kappa": _round(kappa(decided)),
        "balanced": _round(balanced(decided)),
        "accuracy": _round(_accuracy(decided)),
        "macro_f1": _round(sum(f1s) / len(GRADES)),
        "constant": {
            "accuracy": _round(commonest[0][1] / n) if commonest else 0.0,
            "kappa": 0.0,
            "balanced": 0.5,
        },
        "kappa_uncertain_wrong": _round(kappa(judged)),
    }


def _accuracy(pairs: Sequence[Pair]) -> float:
    return sum(label == answer for label, answer in pairs) / len(pairs) if pairs else 0.0


def kappa(pairs: Sequence[Pair]) -> float:
    """Return Cohen's kappa (Cohen 1960), 0.0 for no pairs."""
    if not pairs:
        return 0.0
    n = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[grade] * right[grade] for grade in left) / (n * n)
    return (_accuracy(pairs) - chance) / (1 - chance) if chance < 1 else 1.0


def balanced(pairs: Sequence[Pair]) -> float:
    """Return the mean of the recalls of "full" and of "not full"; 0.5 for a constant answer."""
    recalls = []
    for full in (True, False):
        side = [answer for label, answer in pairs if (label == "full") is full]
        if side:
            recalls.append(sum((answer == "full") is full for answer in side) / len(side))
    return sum(recalls) / len(recalls) if recalls else 0.0


def _risk(paired: Sequence[tuple[GoldRow, Answer]]) -> dict[str, float]:
    """Return the expected calibration error and the accuracy of the surest half, 80 % and all."""
    sure = [
        (answer.confidence, label.grade == answer.grade)
        for label, answer in paired
        if label.graded
        and label.grade in GRADES
        and answer.grade != "uncertain"
        and answer.confidence is not None
    ]
    if not sure:
        return {}
    sure.sort(key=lambda row: -row[0])
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in sure:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    error = sum(abs(sum(c for c, _ in b) - sum(right for _, right in b)) for b in bins)
    figures = {"ece": _round(error / len(sure))}
    for percent in (50, 80, 100):
        top = sure[: max(1, round(percent / 100 * len(sure)))]
        figures[f"accuracy_at_{percent}"] = _round(sum(right for _, right in top) / len(top))
    return figures
