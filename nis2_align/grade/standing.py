"""Where the acts of a dossier hold: in which jurisdiction, and whether already in force.

Coverage is the union within one jurisdiction, state-level acts count for all, and parallel
jurisdictions never complete each other: the weakest counts. An act that is only planned covers
nothing yet; what it would cover is said beside the verdict. So the acts that hold together are
analysed together, each such view by itself, and the verdicts are laid beside each other here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nis2_align.messages import Messages
from nis2_align.model import Assessment, Coverage, DutyKind, Elsewhere, Gap, Reason

__all__ = ["Standing", "View", "nothing", "weakest", "with_planned"]

_RANK = {Coverage.UNCERTAIN: 1, Coverage.PARTIAL: 2, Coverage.FULL: 3}


def _rank(assessment: Assessment) -> int:
    return _RANK.get(assessment.coverage, 0)


@dataclass(frozen=True, slots=True)
class View:
    """Acts that hold together.

    Attributes:
        jurisdiction: The innermost jurisdiction, ``""`` where there is but one.
        acts: Ids of the acts in force there.
        later: The same with the planned ones; equal to ``acts`` where none is planned.
    """

    jurisdiction: str
    acts: frozenset[str]
    later: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where acts hold; an act that is not named holds everywhere, now.

    Attributes:
        jurisdictions: Act → ``BA``, ``BA-SRP`` ... (ISO 3166-1, with its part by ISO 3166-2).
        planned: Act → ISO date on which it is due.
    """

    jurisdictions: Mapping[str, str] = field(default_factory=dict)
    planned: Mapping[str, str] = field(default_factory=dict)

    def views(self, acts: Iterable[str]) -> tuple[View, ...]:
        """Return the views of a dossier, at least one.

        Args:
            acts: Ids of all acts.
        """
        every = frozenset(acts)
        parallel = self._parallel()
        places = {name: {a for a in every if self._holds_in(a, name)} for name in parallel}
        if len(parallel) < 2:
            places = {"": set(every)}
        return tuple(
            View(name, frozenset(held - self.planned.keys()), frozenset(held))
            for name, held in places.items()
        )

    def _parallel(self) -> tuple[str, ...]:
        """Return the innermost jurisdictions."""
        every = sorted(set(self.jurisdictions.values()))
        return tuple(j for j in every if not any(o.startswith(f"{j}-") for o in every))

    def _holds_in(self, act: str, jurisdiction: str) -> bool:
        own = self.jurisdictions.get(act)
        return own is None or own == jurisdiction or jurisdiction.startswith(f"{own}-")


def nothing(assessments: Sequence[Assessment], words: Messages) -> tuple[Assessment, ...]:
    """Return the assessments of a place without a single act in force.

    Args:
        assessments: Any assessments of the whole catalogue.
        words: Messages.
    """
    made = []
    for one in assessments:
        if one.duty is DutyKind.NONE:
            made.append(one)
            continue
        unused = one.duty is DutyKind.OPTION
        made.append(
            Assessment(
                requirement=one.requirement,
                duty=one.duty,
                coverage=Coverage.NOT_APPLICABLE if unused else Coverage.NONE,
                confidence=one.confidence,
                parent=one.parent,
                reason=Reason.OPTION_UNUSED if unused else None,
                rationale=words.text("rationale_none"),
            )
        )
    return tuple(made)


def weakest(found: Mapping[str, Assessment], words: Messages) -> Assessment:
    """Return what counts of one requirement's assessments in parallel jurisdictions.

    Args:
        found: Jurisdiction → assessment.
        words: Messages.

    Returns:
        The weakest; where they differ with a gap that names the places.
    """
    weak = min(found.values(), key=_rank)
    strong = [name for name, one in found.items() if _rank(one) > _rank(weak)]
    gaps = weak.gaps
    # An option that one place uses and another does not leaves no gap.
    if strong and weak.coverage is not Coverage.NOT_APPLICABLE:
        less = ", ".join(name for name in found if name not in strong)
        more = ", ".join(strong)
        message = words.text("gap_jurisdiction", found=more, expected=less)
        gaps = (*gaps, Gap(kind="scope", message=message, expected=less, found=more))
    places = tuple((name, one.coverage) for name, one in found.items())
    return replace(weak, gaps=gaps, jurisdictions=places)


def with_planned(
    now: Assessment, later: Assessment, planned: Mapping[str, tuple[str, str]]
) -> Assessment:
    """Add the planned acts that would raise the coverage.

    Args:
        now: The assessment from acts in force.
        later: The same with the planned acts.
        planned: Act → its title and the ISO date on which it is due.
    """
    if _rank(later) <= _rank(now):
        return now
    refs: dict[str, list[str]] = {}
    for match in later.provisions:
        if match.act in planned:
            refs.setdefault(match.act, []).append(match.ref)
    due = tuple(
        Elsewhere(title=planned[act][0], article=", ".join(held), planned=planned[act][1])
        for act, held in refs.items()
    )
    return replace(now, elsewhere=(*now.elsewhere, *due))
