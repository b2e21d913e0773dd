"""Fills a country's form from a result.

What holds afterwards: the form's tables stand in its order, with one line per requirement or per
national provision; a doubt has no word in a form: its cell is empty, and the remark says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nis2_align.concordance import Clause, Reverse, Row, final
from nis2_align.export import words
from nis2_align.export.cells import few
from nis2_align.export.checks import expected_date, reasons
from nis2_align.export.forms import Form, FormColumn, FormTable
from nis2_align.export.grid import QUOTES, Column, Grid, GridLine, Pieces, asked
from nis2_align.export.material import Material
from nis2_align.model import Coverage

__all__ = ["Filled", "filled", "label"]

_ROOM = 700
# Numbers and single letters; words such as that for an annex are left out.
_NUMBERS = re.compile(r"\d+|(?<![^\W_])[^\W\d_](?![^\W_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with its lines: the head as a table of two columns, then its tables."""

    form: Form
    head: Grid
    tables: tuple[Grid, ...]

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The head and the tables in order."""
        return (self.head, *self.tables)


def filled(layout: Form, material: Material) -> Filled:
    """Fill a form.

    Args:
        layout: The form.
        material: The table with what belongs to it; its layout says which direction.

    Returns:
        The form's tables of that direction.

    Raises:
        Nis2AlignError: The form has no table of the direction.
    """
    wanted = layout.tables_of(material.layout.listing)
    return Filled(
        form=layout,
        head=_head(layout, material),
        # The first table stands right below the head.
        tables=tuple(
            _grid(table, layout, material, new_page=place > 0) for place, table in enumerate(wanted)
        ),
    )


def _head(layout: Form, material: Material) -> Grid:
    say = material.say
    known = {
        "directive": layout.directive,
        "celex": material.table.celex,
        "acts": "; ".join(act.title for act in material.table.acts),
        "date": material.made.isoformat(),
        "by_hand": "",
    }
    return Grid(
        title=layout.title,
        about=say.text("about_form"),
        columns=(
            Column(head=say.text("column_fact"), width=90),
            Column(head=say.text("column_value"), width=177),
        ),
        lines=tuple(GridLine(cells=((label,), (known[field],))) for label, field in layout.head),
    )


def _grid(table: FormTable, layout: Form, material: Material, *, new_page: bool) -> Grid:
    rows = _forward_lines if table.direction == "concordance" else _backward_lines
    return Grid(
        title=table.title,
        about=material.say.text("about_form"),
        columns=tuple(_column(column, material) for column in table.columns),
        lines=rows(table, layout, material),
        new_page=new_page,
    )


def _column(column: FormColumn, material: Material) -> Column:
    head = f"{column.mark} {column.head}".strip()
    if column.field == "requirement_text" and not material.layout.official:
        head += f" ({material.say.text('column_heading')})"
    return Column(
        head=head,
        width=column.width,
        graded=column.field == "alignment",
        locale=material.official_locale if column.field == "requirement_text" else None,
        national=column.field in ("provisions", "quotes", "provision", "provision_text", "act"),
    )


def _forward_lines(table: FormTable, layout: Form, material: Material) -> tuple[GridLine, ...]:
    return tuple(
        GridLine(
            cells=tuple(
                _or(_FORWARD[column.field](row, layout, material), column, layout)
                for column in table.columns
            ),
            grade=final(row),
            locale=material.locales.get(row.counting[0].act) if row.counting else None,
        )
        for row in material.table.rows
    )


def _backward_lines(table: FormTable, layout: Form, material: Material) -> tuple[GridLine, ...]:
    grades = {row.requirement: final(row) for row in material.table.rows}
    return tuple(
        GridLine(
            cells=tuple(
                _or(_BACKWARD[column.field](entry, layout, material), column, layout)
                for column in table.columns
            ),
            grade=_weakest(entry, grades),
            locale=material.locales.get(entry.act),
        )
        for entry in material.table.reverse
    )


def _or(pieces: Pieces, column: FormColumn, layout: Form) -> Pieces:
    counterpart = column.field in ("provisions", "requirements")
    return pieces if any(pieces) or not counterpart else (layout.empty,)


# --- what stands in a column -------------------------------------------------------------------


def _titles(material: Material) -> Mapping[str, str]:
    return {act.id: act.title for act in material.table.acts}


def label(printed: str, ref: str) -> str:
    """Name a provision as the act prints it, with its place where the print does not tell it.

    Args:
        printed: The numbers as printed, e.g. ``Члан 5.``; may be empty.
        ref: The project's notation, e.g. ``5(2)`` for the second paragraph without a number.

    Returns:
        ``Члан 12. (3)`` for ``12(3)``, but ``Члан 5. – 5(2)``.
    """
    told = not Counter(_NUMBERS.findall(ref)) - Counter(_NUMBERS.findall(printed))
    return printed if printed and told else f"{printed} – {ref}".removeprefix(" – ")


def _label(clause: Clause, material: Material) -> str:
    name = label(clause.printed, clause.ref)
    return f"{clause.act}: {name}" if len(material.table.acts) > 1 else name


def _printed(row: Row, layout: Form, material: Material) -> Pieces:
    return few(
        [
            *(_label(clause, material) for clause in row.counting),
            *words.elsewhere(row, material.say),
        ],
        _ROOM,
        30,
    )


def _quotes(row: Row, layout: Form, material: Material) -> Pieces:
    if len(row.counting) == 1:
        return few([row.counting[0].quote], QUOTES)
    quotes = [f"{_label(clause, material)}: {clause.quote}" for clause in row.counting]
    return few(quotes, QUOTES)


def _acts(row: Row, layout: Form, material: Material) -> Pieces:
    titles = _titles(material)
    return tuple(dict.fromkeys(titles.get(clause.act, clause.act) for clause in row.counting))


def _remark(row: Row, layout: Form, material: Material) -> Pieces:
    if final(row) is Coverage.UNCERTAIN:
        return (material.say.text("form_undecided"),)
    return words.verdict(row, material.say)[1:]


def _said(row: Row, layout: Form, material: Material) -> Pieces:
    """Give the reasons of a verdict; of a doubt only where the form has no column for remarks."""
    if final(row) is not Coverage.UNCERTAIN:
        return few(reasons(row, material.say), _ROOM)
    fields = {column.field for table in layout.tables for column in table.columns}
    return () if "remark" in fields else _remark(row, layout, material)


def _alignment(row: Row, layout: Form, material: Material) -> Pieces:
    # The first reading's reason does not speak for a grade that a person gave.
    overruled = final(row) is not row.coverage
    return (layout.value(final(row), None if overruled else row.reason),)


_Cell = Callable[[Row, Form, Material], Pieces]
_FORWARD: Mapping[str, _Cell] = {
    "requirement": lambda row, layout, material: (row.requirement,),
    "requirement_text": lambda row, layout, material: asked(row, material),
    "act": _acts,
    "provisions": _printed,
    "quotes": _quotes,
    "alignment": _alignment,
    "reasons": _said,
    "date": lambda row, layout, material: (expected_date(row, material),),
    "remark": _remark,
    "by_hand": lambda row, layout, material: (),
}


def _weakest(entry: Reverse, grades: Mapping[str, Coverage]) -> Coverage | None:
    """Return the weakest grade among the requirements that a provision serves."""
    order = (Coverage.UNCERTAIN, Coverage.NONE, Coverage.PARTIAL, Coverage.FULL)
    found = {grades[id_] for id_ in entry.requirements}
    return next((grade for grade in order if grade in found), None)


def _served(entry: Reverse, layout: Form, material: Material) -> Pieces:
    grades = {row.requirement: final(row) for row in material.table.rows}
    weakest = _weakest(entry, grades)
    return (layout.value(weakest),) if weakest else ()


_ReverseCell = Callable[[Reverse, Form, Material], Pieces]
_BACKWARD: Mapping[str, _ReverseCell] = {
    "act": lambda entry, layout, material: (_titles(material).get(entry.act, entry.act),),
    "provision": lambda entry, layout, material: (label(entry.label, entry.ref),),
    "provision_text": lambda entry, layout, material: few(
        [material.text_of(entry.act, entry.ref)], _ROOM
    ),
    "requirements": lambda entry, layout, material: few([", ".join(entry.requirements)], _ROOM),
    "alignment": _served,
    "remark": lambda entry, layout, material: (material.say.text(f"class_{entry.kind}"),),
    "by_hand": lambda entry, layout, material: (),
}
