"""The listings as plain lines, before any format: table of concordance, gaps, reverse, unmatched.

What holds afterwards: nothing is shortened or guarded yet; a line has one value per column; a
value is a text, a number, nothing, or pieces that stand one below the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nis2_align.concordance import Row, final
from nis2_align.export import words
from nis2_align.export.material import Material
from nis2_align.messages import Messages
from nis2_align.model import Coverage
from nis2_align.notices import issue_text

__all__ = [
    "CONCORDANCE",
    "GAPS",
    "ISSUES",
    "REVERSE",
    "UNMATCHED",
    "Line",
    "Value",
    "columns",
    "concordance",
    "gaps",
    "head",
    "issues",
    "rationale",
    "reverse",
    "unmatched",
]

#: Columns of each listing by key; :func:`head` gives their words.
CONCORDANCE = (
    "requirement", "heading", "coverage", "confidence", "provisions", "quotes", "elements",
    "gaps", "rationale",
)  # fmt: skip
GAPS = (
    "requirement", "heading", "coverage", "kind", "element", "message", "expected", "found",
    "provisions", "quotes",
)  # fmt: skip
REVERSE = ("act", "ref", "label", "class", "requirements", "gold_plating")
UNMATCHED = ("act", "ref", "label", "text")
ISSUES = ("act", "page", "severity", "code", "issue")

#: A text, a number, nothing, or pieces one below the other.
Value = str | float | None | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a listing: a value per column, and the grade that colours it, if any."""

    values: tuple[Value, ...]
    grade: Coverage | None = None


def head(key: str, material: Material) -> str:
    """Return the head of a column."""
    return material.say.text(f"column_{key}")


def columns(material: Material) -> tuple[str, ...]:
    """Return the columns of the concordance: with an official text, beside our summary."""
    if not material.layout.official:
        return CONCORDANCE
    return (*CONCORDANCE[:2], "official", *CONCORDANCE[2:])


def rationale(row: Row, say: Messages) -> tuple[str, ...]:
    """Return the rationale, or at least the reason where the grader gave no words."""
    if row.rationale:
        return tuple(row.rationale.splitlines())
    return (say.text(f"reason_{row.reason.value}"),) if row.reason else ()


def concordance(material: Material) -> Iterator[Line]:
    """Yield one line per requirement, in the order of the catalogue."""
    table, say, texts = material.table, material.say, material.layout.official
    for row in table.rows:
        official = (tuple(texts.get(row.requirement, "").splitlines()),) if texts else ()
        yield Line(
            values=(
                row.requirement,
                row.heading,
                *official,
                words.verdict(row, say),
                round(row.confidence, 6),
                tuple(words.places(row, table, say)),
                tuple(words.quotes(row, table)),
                tuple(words.elements(row, say)),
                tuple(words.gap(gap, say) for gap in row.gaps),
                rationale(row, say),
            ),
            grade=final(row),
        )


def gaps(material: Material) -> Iterator[Line]:
    """Yield one line per gap, in the order of the catalogue."""
    table, say = material.table, material.say
    for row in table.rows:
        for gap in row.gaps:
            yield Line(
                values=(
                    row.requirement,
                    row.heading,
                    words.verdict(row, say),
                    say.text(f"kind_{gap.kind}"),
                    row.element(gap.element) if gap.element else "",
                    gap.message,
                    gap.expected or "",
                    gap.found or "",
                    tuple(words.places(row, table, say)),
                    tuple(words.quotes(row, table)),
                ),
                grade=final(row),
            )


def reverse(material: Material) -> Iterator[Line]:
    """Yield one line per national provision, in the order of the texts."""
    for entry in material.table.reverse:
        yield Line(
            values=(
                entry.act,
                entry.ref,
                entry.label,
                material.say.text(f"class_{entry.kind}"),
                ", ".join(entry.requirements),
                tuple(f"{one.requirement}: {one.message}" for one in entry.gold_plating),
            )
        )


def unmatched(material: Material) -> Iterator[Line]:
    """Yield one line per outermost national provision that no requirement cites."""
    for entry in material.table.unmatched:
        text = material.text_of(entry.act, entry.ref)
        yield Line(values=(entry.act, entry.ref, entry.label, text))


def issues(material: Material) -> Iterator[Line]:
    """Yield one line per oddity met on the way; one that says so where there was none."""
    say = material.say
    if not material.table.issues:
        yield Line(values=("", None, "", "", say.text("none_listed")))
    for issue in material.table.issues:
        severity = say.text(f"severity_{issue.severity}")
        said = issue_text(issue, say)
        yield Line(values=(issue.act or "", issue.page, severity, issue.code, said))
