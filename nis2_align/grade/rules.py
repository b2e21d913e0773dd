"""The parameters of grading, as data: thresholds and two small logistic models."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from nis2_align.errors import CatalogueError
from nis2_align.resources import load_yaml, mappings_dir

__all__ = ["GradeRules", "grade_rules"]

_PRESENCE = {
    "core_max", "core_mean", "score", "ownership", "neighbours", "rivals", "intercept",
}  # fmt: skip
_COMPLETENESS = {"core_mean", "weakest", "mean", "intercept"}


@dataclass(frozen=True, slots=True)
class GradeRules:
    """See ``mappings/weights/grade.yaml``.

    Attributes:
        met: From this strength on an element is met.
        absent: Below this strength it is absent; between the two it is unsure.
        presence: Feature → weight; whether the requirement's job is done at all.
        completeness: Feature → weight; whether nothing of it is missing.
        none_below: Below this probability of presence the answer is none.
        present_from: From this probability on the elements decide; between: uncertain.
        full_from: Below this probability nothing is called full, only uncertain.
        defined: Probability of presence of a definition whose term a clause defines.
        calibration: Grade → slope and shift of its confidence.
    """

    met: float
    absent: float
    presence: Mapping[str, float]
    completeness: Mapping[str, float]
    none_below: float
    present_from: float
    full_from: float
    defined: float
    calibration: Mapping[str, tuple[float, float]]

    def calibrated(self, coverage: str, raw: float) -> float:
        """Return how often a verdict of this grade with this raw confidence is right, in (0, 1).

        Platt scaling (Platt 1999) of the raw confidence's logit, one pair of numbers a grade.
        """
        slope, shift = self.calibration.get(coverage, (1.0, 0.0))
        kept = min(0.999, max(0.001, raw))
        return 1 / (1 + math.exp(-(slope * math.log(kept / (1 - kept)) + shift)))

    def probability_present(self, features: Mapping[str, float]) -> float:
        """Return the probability that the clauses do the requirement's job, in (0, 1)."""
        return _logistic(self.presence, features)

    def probability_complete(self, features: Mapping[str, float]) -> float:
        """Return the probability that nothing is missing, in (0, 1)."""
        return _logistic(self.completeness, features)


def _logistic(model: Mapping[str, float], features: Mapping[str, float]) -> float:
    total = sum(weight * features.get(name, 1.0) for name, weight in model.items())
    return 1 / (1 + math.exp(-total))


@cache
def grade_rules() -> GradeRules:
    """Load the rules that ship.

    Raises:
        CatalogueError: A model has other features than the code computes.
    """
    data = load_yaml(mappings_dir() / "weights" / "grade.yaml")
    parts = {
        name: {str(k): float(v) for k, v in cast("dict[str, float]", data[name]).items()}
        for name in ("elements", "presence", "completeness", "decide")
    }
    if set(parts["presence"]) != _PRESENCE or set(parts["completeness"]) != _COMPLETENESS:
        raise CatalogueError(
            "The models in grade.yaml have unknown or missing features.",
            f"presence: {sorted(_PRESENCE)}; completeness: {sorted(_COMPLETENESS)}.",
        )
    return GradeRules(
        met=parts["elements"]["met"],
        absent=parts["elements"]["absent"],
        presence=MappingProxyType(parts["presence"]),
        completeness=MappingProxyType(parts["completeness"]),
        none_below=parts["decide"]["none"],
        present_from=parts["decide"]["present"],
        full_from=parts["decide"]["full"],
        defined=parts["decide"]["defined"],
        calibration=MappingProxyType(
            {
                str(grade): (float(slope), float(shift))
                for grade, (slope, shift) in cast(
                    "dict[str, list[float]]", data["calibration"]
                ).items()
            }
        ),
    )
