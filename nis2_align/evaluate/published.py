"""The published figures of accuracy, as ``make accuracy`` wrote them, for whoever shows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from nis2_align.errors import CatalogueError
from nis2_align.resources import accuracy_file

__all__ = ["Figure", "Measured", "published"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in [0, 1] with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on one labelled act, with models fitted on the other acts.

    Attributes:
        act: Name of the act.
        language: Code of its language pack, or None where the file does not say.
        requirements: Number of labelled requirements.
        found: How often the right article is among the first five.
        agreed: How often the grade is the readers' grade, where the tool grades.
        balanced: The same, each grade counting alike; a constant answer has one half.
        decided: Share of requirements that the tool grades rather than calls uncertain.
        gaps: How often "not found" is right where the tool says it.
    """

    act: str
    language: str | None
    requirements: int
    found: Figure
    agreed: Figure
    balanced: Figure
    decided: Figure
    gaps: Figure


_KEYS = {
    "found": "hit@5",
    "agreed": "accuracy",
    "balanced": "balanced",
    "decided": "decided",
    "gaps": "none_p",
}


@cache
def published(path: Path | None = None) -> tuple[Measured, ...]:
    """Return the figures over all labelled requirements, act by act.

    Args:
        path: The file; the one that comes with the package where None.

    Returns:
        One entry per labelled act, in the file's order.

    Raises:
        CatalogueError: The file is missing or no such file.
    """
    file = path or accuracy_file()
    try:
        acts = cast("dict[str, dict[str, Any]]", json.loads(file.read_text("utf-8"))["all"])
        return tuple(_measured(name, entry) for name, entry in acts.items())
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise CatalogueError(
            f"The figures of accuracy in {file.name} cannot be read.",
            "Restore the file from the release.",
        ) from error


def _measured(name: str, entry: dict[str, Any]) -> Measured:
    figures = {
        field: Figure(float(entry["ours"][key]), *map(float, entry["interval"][key]))
        for field, key in _KEYS.items()
    }
    language = entry.get("language")
    return Measured(
        act=name,
        language=str(language) if language is not None else None,
        requirements=int(entry["requirements"]),
        **figures,
    )
