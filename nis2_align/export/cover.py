"""The cover of an output: what was compared, when, how, and what the table cannot say.

One value for every format; the writers only set it.
"""

from __future__ import annotations

from dataclasses import dataclass

from nis2_align.concordance import Counts
from nis2_align.export import words
from nis2_align.export.checks import Check, checks
from nis2_align.export.material import Material
from nis2_align.messages import Messages
from nis2_align.model import Act, Coverage
from nis2_align.version import __version__

__all__ = ["ActLine", "CheckLine", "Cover", "GradeLine", "cover"]

# So many ids of a check stand on the cover; the rest is counted.
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    """One act: name, id, what it is, and the digest of its file."""

    title: str
    id: str
    about: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLine:
    """One grade with its word, its number, its share in per cent, and what it means."""

    grade: Coverage
    word: str
    count: int
    share: float
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check in words: what should be so, what was found, and whether it is in order."""

    label: str
    outcome: str
    in_order: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Everything that stands on a cover, in order.

    Attributes:
        title: Name of the document.
        subtitle: The directive and the acts.
        facts: Label and value: directive, text used, catalogue, program, date, fingerprint.
        acts: One line per act.
        summary: Sentences with the figures.
        grades: One line per grade.
        method: Sentences on how the table was made.
        limits: Sentences on what it cannot say.
        checks: What a reviewer would look for.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[ActLine, ...]
    summary: tuple[str, ...]
    grades: tuple[GradeLine, ...]
    method: tuple[str, ...]
    limits: tuple[str, ...]
    checks: tuple[CheckLine, ...]


def cover(material: Material) -> Cover:
    """Write the cover of an output.

    Args:
        material: The table with what belongs to it.

    Returns:
        The cover; the same for the same material.
    """
    table, say = material.table, material.say
    titles = "; ".join(act.title for act in table.acts)
    return Cover(
        title=say.text("title"),
        subtitle=say.text("subtitle", celex=table.celex, acts=titles or say.text("none_listed")),
        facts=_facts(material),
        acts=tuple(_act(act, say) for act in table.acts),
        summary=tuple(words.sentences(table.counts, say)),
        grades=_grades(table.counts, say),
        method=tuple(say.text(f"cover_method_{place}") for place in (1, 2, 3)),
        limits=_limits(material),
        checks=tuple(_check(check, say) for check in checks(material)),
    )


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    table, say = material.table, material.say
    official = say.text("cover_no_official_text")
    if material.layout.official:
        official = material.official_text or say.text("column_official")
    return (
        (say.text("summary_directive"), table.celex),
        (say.text("cover_directive_text"), official),
        (say.text("summary_catalogue"), table.catalogue_version),
        (say.text("cover_program"), f"nis2_align {__version__}"),
        (say.text("cover_date"), material.made.isoformat()),
        (say.text("cover_fingerprint"), material.digest),
    )


def _act(act: Act, say: Messages) -> ActLine:
    parts = [act.language, act.script]
    if act.jurisdiction or act.country:
        parts.append(act.jurisdiction or act.country or "")
    about = f"{', '.join(parts)}; {say.text('column_articles')}: {act.articles}"
    if act.planned:
        about += f"; {say.text('cover_planned', date=act.planned)}"
    return ActLine(title=act.title, id=act.id, about=about, digest=act.sha256)


def _grades(counts: Counts, say: Messages) -> tuple[GradeLine, ...]:
    return tuple(
        GradeLine(
            grade=grade,
            word=words.grade(grade, say),
            count=getattr(counts, grade.value),
            share=100.0 * getattr(counts, grade.value) / max(counts.total, 1),
            meaning=say.text(f"about_{grade.value}"),
        )
        for grade in Coverage
    )


def _limits(material: Material) -> tuple[str, ...]:
    say = material.say
    said = [say.text("not_the_judge"), say.text("cover_limits_acts"), say.text("shortened")]
    if any(act.amending for act in material.table.acts):
        said.append(say.text("ui_amending"))
    return tuple(said)


def _check(check: Check, say: Messages) -> CheckLine:
    label = say.text(f"check_{check.name}")
    if not check.found:
        return CheckLine(label=label, outcome=say.text("check_in_order"), in_order=True)
    shown = ", ".join(check.found[:_SHOWN])
    if len(check.found) > _SHOWN:
        shown += f" [… +{len(check.found) - _SHOWN}]"
    outcome = say.text("check_look", count=len(check.found), ids=shown)
    return CheckLine(label=label, outcome=outcome, in_order=False)
