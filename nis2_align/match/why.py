"""A reason that is not yet said: the key of a message and what fills it.

Scores know no language of people. The grader says each reason in the language of the analysis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nis2_align.directive import Figure
from nis2_align.model import Span

__all__ = ["Why"]


@dataclass(frozen=True, slots=True)
class Why:
    """One reason.

    Attributes:
        key: Key in ``mappings/messages/``, e.g. ``why_bm25``.
        values: Placeholder of the message → what fills it. A figure is said with its unit;
            ``element`` and ``elements`` hold ids, ``concepts`` names of the glossary, all of which
            are said in the reader's language; anything else is shown as it is.
        span: The stretch quoted, or None where no single stretch tells.
    """

    key: str
    values: Mapping[str, str | tuple[str, ...] | Figure] = field(default_factory=dict)
    span: Span | None = None
