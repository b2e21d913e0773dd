"""A table as a text document or a form shows it: columns with widths, cells of several pieces.

What holds afterwards: a line has one cell per column; a cell is a tuple of pieces, each one
paragraph; what an act says bears the tag of the act's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nis2_align.concordance import Reverse, Row, final
from nis2_align.export import words
from nis2_align.export.cells import few
from nis2_align.export.listings import head, rationale
from nis2_align.export.material import Material
from nis2_align.model import Coverage
from nis2_align.notices import issue_text

__all__ = ["QUOTES", "Column", "Grid", "GridLine", "Pieces", "asked", "gaps", "general", "quoted"]

#: The paragraphs of one cell.
Pieces = tuple[str, ...]

#: Characters of the quotes of one cell: more fill a page.
QUOTES = 1_500
# Characters of other cells.
_REASONS = 700
_TEXT = 450


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its head, its share of the width, and what it holds.

    Attributes:
        head: Its words.
        width: Its share; the shares of a grid need not add up to anything.
        graded: It shows the grade, and so bears its colour.
        strong: What is graded begins in bold.
        national: It holds words of an act, in the act's language.
        locale: Tag of its language where that is neither the document's nor an act's.
    """

    head: str
    width: float
    graded: bool = False
    strong: bool = True
    national: bool = False
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine:
    """One line.

    Attributes:
        cells: One per column.
        grade: What colours the cells of graded columns.
        grades: Place of a column, from 0 → the grade of its cell, where it bears one of its own.
        locale: Tag of the act's language.
    """

    cells: tuple[Pieces, ...]
    grade: Coverage | None = None
    grades: Mapping[int, Coverage] = field(default_factory=dict)
    locale: str | None = None

    def colours(self, columns: Sequence[Column]) -> tuple[Coverage | None, ...]:
        """Return the grade that colours each cell."""
        own = (self.grade if column.graded else None for column in columns)
        return tuple(self.grades.get(place, grade) for place, grade in enumerate(own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table of a document, with its heading and a sentence that describes it.

    ``new_page`` is whether it begins a page; a sheet of a workbook always is its own.
    """

    title: str
    about: str
    columns: tuple[Column, ...]
    lines: tuple[GridLine, ...]
    new_page: bool = True


def general(material: Material) -> Iterator[Grid]:
    """Yield the tables of the general layout that were asked for.

    Args:
        material: The table with what belongs to it.

    Yields:
        Directive → national law; national law → directive; the national provisions that no
        requirement cites; or the gaps alone; and what was odd on the way, if anything.
    """
    listing = material.layout.listing
    if listing == "gaps":
        yield gaps(material)
    if listing in ("all", "concordance"):
        yield _forward(material)
    if listing in ("all", "reverse"):
        yield _backward(material)
        yield _unmatched(material)
    if material.table.issues:
        yield _issues(material)


def quoted(row: Row, material: Material) -> Pieces:
    """Return the quotes of a row, shortened so that a page holds them."""
    return few(words.quotes(row, material.table), QUOTES)


def asked(row: Row, material: Material) -> Pieces:
    """Return what a requirement says, shortened so that a page holds it."""
    text = material.requirement_text(row.requirement, row.heading, whole=True)
    return few([text], QUOTES)


def _locale_of(row: Row, material: Material) -> str | None:
    return material.locales.get(row.counting[0].act) if row.counting else None


def _verdict(row: Row, material: Material) -> Pieces:
    say = material.say
    sure = say.number(row.confidence, 2)
    return (*words.verdict(row, say), say.text("explain_confidence", confidence=sure))


def _forward(material: Material) -> Grid:
    table, say = material.table, material.say
    columns = (
        Column(head=head("requirement", material), width=20),
        Column(head=material.requirement_head, width=50, locale=material.official_locale),
        Column(head=head("coverage", material), width=27, graded=True),
        Column(head=head("provisions", material), width=38, national=True),
        Column(head=head("quotes", material), width=82, national=True),
        Column(head=say.text("column_reasons"), width=50),
    )
    lines = (
        GridLine(
            cells=(
                (row.requirement,),
                asked(row, material),
                _verdict(row, material),
                few(words.places(row, table, say), _REASONS, 40),
                quoted(row, material),
                few([words.gap(gap, say) for gap in row.gaps] or rationale(row, say), _REASONS),
            ),
            grade=final(row),
            locale=_locale_of(row, material),
        )
        for row in table.rows
    )
    return Grid(
        title=say.text("direction_concordance"),
        about=say.text("about_concordance"),
        columns=columns,
        lines=tuple(lines),
    )


def gaps(material: Material) -> Grid:
    """Return what is missing or weaker, one line per gap."""
    table, say = material.table, material.say
    keys = (("requirement", 18), ("coverage", 24), ("kind", 24), ("message", 62),
            ("expected", 26), ("found", 30), ("quotes", 80))  # fmt: skip
    lines = (
        GridLine(
            cells=(
                (row.requirement,),
                words.verdict(row, say),
                (say.text(f"kind_{gap.kind}"),),
                (gap.message,),
                few([gap.expected or ""], _TEXT),
                few([gap.found or ""], _TEXT),
                quoted(row, material),
            ),
            grade=final(row),
            locale=_locale_of(row, material),
        )
        for row in table.rows
        for gap in row.gaps
    )
    return Grid(
        title=say.text("sheet_gaps"),
        about=say.text("about_gaps"),
        columns=tuple(
            Column(
                head=head(key, material), width=width, graded=key == "coverage",
                national=key in ("found", "quotes"),
            )
            for key, width in keys
        ),
        lines=tuple(lines),
    )  # fmt: skip


def _backward(material: Material) -> Grid:
    say = material.say
    grades = {row.requirement: words.grade(final(row), say) for row in material.table.rows}
    columns = (
        Column(head=say.text("column_ref"), width=40, national=True),
        Column(head=say.text("column_text"), width=100, national=True),
        Column(head=say.text("column_class"), width=27),
        Column(head=say.text("column_requirements"), width=58),
        Column(head=say.text("column_gold_plating"), width=42),
    )
    lines = (
        GridLine(
            cells=(
                (_named(entry, material),),
                few([material.text_of(entry.act, entry.ref)], _TEXT),
                (say.text(f"class_{entry.kind}"),),
                few([f"{id_} – {grades[id_]}" for id_ in entry.requirements], _REASONS, 30),
                few([f"{one.requirement}: {one.message}" for one in entry.gold_plating], _REASONS),
            ),
            locale=material.locales.get(entry.act),
        )
        for entry in material.table.reverse
    )
    return Grid(
        title=say.text("direction_reverse"),
        about=say.text("about_reverse"),
        columns=columns,
        lines=tuple(lines),
    )


def _named(entry: Reverse, material: Material) -> str:
    place = entry.ref
    if len(material.table.acts) > 1:
        place = f"{entry.act}: {place}"
    return f"{place} – {entry.label}" if entry.label and entry.label != entry.ref else place


def _unmatched(material: Material) -> Grid:
    say = material.say
    columns = (
        Column(head=say.text("column_ref"), width=50, national=True),
        Column(head=say.text("column_text"), width=217, national=True),
    )
    lines = (
        GridLine(
            cells=(
                (_named(entry, material),),
                few([material.text_of(entry.act, entry.ref)], 2 * _TEXT),
            ),
            locale=material.locales.get(entry.act),
        )
        for entry in material.table.unmatched
    )
    return Grid(
        title=say.text("sheet_unmatched"),
        about=say.text("about_unmatched"),
        columns=columns,
        lines=tuple(lines),
    )


def _issues(material: Material) -> Grid:
    say = material.say
    keys = (("act", 45), ("page", 15), ("severity", 27), ("issue", 180))
    lines = (
        GridLine(
            cells=(
                (issue.act or "",),
                ("" if issue.page is None else str(issue.page),),
                (say.text(f"severity_{issue.severity}"),),
                (issue_text(issue, say),),
            )
        )
        for issue in material.table.issues
    )
    return Grid(
        title=say.text("sheet_issues"),
        about=say.text("about_issues"),
        columns=tuple(Column(head=head(key, material), width=width) for key, width in keys),
        lines=tuple(lines),
    )
