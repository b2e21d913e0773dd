"""The blend: every signal made relative to the act, weighted, and added up.

A raw value says little by itself: a real law's wording lies further from any statement than a
draft's. So each value becomes its distance above the mean of its row over this act, in
deviations, squashed into [0, 1); the score is the weighted sum of these and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import cast

import numpy as np

from nis2_align.errors import CatalogueError
from nis2_align.match.signals.addressee import Addressee
from nis2_align.match.signals.base import Signal
from nis2_align.match.signals.bm25 import Bm25
from nis2_align.match.signals.citation import Citation
from nis2_align.match.signals.concepts import Concepts
from nis2_align.match.signals.elements import Elements
from nis2_align.match.signals.figures import Figures
from nis2_align.match.signals.fuzzy import Fuzzy
from nis2_align.match.signals.heading import Heading
from nis2_align.match.signals.neighbours import Neighbours, Rivals
from nis2_align.match.signals.ngrams import Ngrams
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why
from nis2_align.resources import load_yaml, mappings_dir

__all__ = ["Blend", "Share", "Weights", "blend", "weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """The blend's parameters; see ``mappings/weights/match.yaml`` for their provenance."""

    signals: Mapping[str, float]
    half: float


@dataclass(frozen=True, slots=True)
class Share:
    """One signal's share of a score, with the reason not yet said."""

    signal: str
    contribution: float
    why: Why


@dataclass(frozen=True)
class Blend:
    """Scores of all pairs.

    Attributes:
        space: The terms, requirements and clauses.
        signals: The signals in the order of the third axis of ``values`` and ``shares``.
        values: Requirements x clauses x signals: act-relative values in [0, 1).
        shares: The same, weighted; a requirement's weights add up to 1.
        scores: Sum of ``shares`` over the signals, in [0, 1).
        order: For each requirement the clauses, best first.
    """

    space: TermSpace
    signals: tuple[Signal, ...]
    values: np.ndarray
    shares: np.ndarray
    scores: np.ndarray
    order: tuple[tuple[int, ...], ...]

    @cached_property
    def tops(self) -> np.ndarray:
        """For each clause the best score that any requirement has for it."""
        return cast("np.ndarray", self.scores.max(axis=0))

    def value(self, name: str, row: int, column: int) -> float:
        """Return one signal's act-relative value of a pair in [0, 1), before its weight."""
        for place, signal in enumerate(self.signals):
            if signal.name == name:
                return float(self.values[row, column, place])
        return 0.0

    def evidence(self, row: int, column: int) -> tuple[Share, ...]:
        """Return the shares of one pair that are not nil, largest first."""
        found = []
        for place, signal in enumerate(self.signals):
            share = float(self.shares[row, column, place])
            if share > 0:
                found.append(Share(signal.name, share, signal.why(self.space, row, column)))
        return tuple(sorted(found, key=lambda e: -e.contribution))


@cache
def weights() -> Weights:
    """Load the weights that ship.

    Raises:
        CatalogueError: They do not add up to 1.
    """
    data = load_yaml(mappings_dir() / "weights" / "match.yaml")
    signals = {str(k): float(v) for k, v in cast("dict[str, float]", data["signals"]).items()}
    if abs(sum(signals.values()) - 1.0) > 1e-9:
        raise CatalogueError("The weights in match.yaml do not add up to 1.", "Mend them.")
    return Weights(MappingProxyType(signals), float(cast("float", data["half"])))


def blend(space: TermSpace, chosen: Weights) -> Blend:
    """Score all pairs of requirements and clauses.

    Args:
        space: Terms, requirements and clauses.
        chosen: Weights; a signal without one, or with 0, is not computed.

    Returns:
        The scores with each signal's share.
    """
    first: list[Signal] = [
        Bm25(), Ngrams(), Elements(), Heading(), Concepts(), Citation(), Figures(), Addressee(),
    ]  # fmt: skip
    signals: list[Signal] = []
    values: list[np.ndarray] = []

    def add(signal: Signal) -> None:
        if chosen.signals.get(signal.name, 0.0):
            signals.append(signal)
            values.append(relative(signal.values(space), chosen.half))

    for signal in first:
        add(signal)
    base = _weighted(signals, values, chosen).sum(axis=-1)
    for refined in (Fuzzy(base), Neighbours(base), Rivals(base)):
        add(refined)
    shares = _weighted(signals, values, chosen)
    scores = shares.sum(axis=-1)
    ranked = np.argsort(-scores, axis=1, kind="stable")
    return Blend(
        space=space,
        signals=tuple(signals),
        values=np.stack(values, axis=-1),
        shares=shares,
        scores=scores,
        order=tuple(tuple(row) for row in ranked.tolist()),
    )


def _weighted(
    signals: Sequence[Signal], values: Sequence[np.ndarray], chosen: Weights
) -> np.ndarray:
    """Weight the values; what a requirement cannot have is no weight against it.

    A requirement without figures gets nothing from figures anywhere in the act: the weight of
    such a signal is spread over the others of its row, so that the scores of all rows compare.
    """
    stacked = np.stack(values, axis=-1)
    applies = stacked.any(axis=1) * np.array([chosen.signals[s.name] for s in signals])
    total = applies.sum(axis=1, keepdims=True)
    spread = np.divide(applies, total, out=np.zeros_like(applies), where=total > 0)
    return np.asarray(stacked * spread[:, None, :])


def relative(values: np.ndarray, half: float) -> np.ndarray:
    """Return each row's values as squashed deviations above its mean, in [0, 1)."""
    mean = values.mean(axis=1, keepdims=True)
    deviation = values.std(axis=1, keepdims=True)
    above = np.divide(values - mean, deviation, out=np.zeros_like(values), where=deviation > 1e-9)
    above = np.maximum(above, 0.0)
    return np.asarray(above / (above + half))
