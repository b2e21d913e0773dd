"""Countries' official layouts of the table of concordance: ``mappings/forms/*.yaml``.

A form names its columns, its words for the verdicts and the lines above the table; adding one
touches no code. What holds afterwards: a loaded form has no unknown key, verdict or field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from nis2_align.errors import CatalogueError, Nis2AlignError
from nis2_align.export.material import Listed
from nis2_align.messages import available as languages
from nis2_align.model import Coverage, Reason
from nis2_align.resources import load_yaml, mappings_dir

__all__ = ["FIELDS", "Form", "FormColumn", "FormTable", "available", "form"]

Direction = Literal["concordance", "reverse"]

_KEYS = {
    "name", "words", "provenance", "title", "directive", "head", "values", "empty", "tables",
    "examples",
}  # fmt: skip
_LINES = ("directive", "celex", "acts", "date", "by_hand")
# Grades and reasons for which a form may have a word of its own.
_VALUES = {*Coverage, *Reason}
#: What a column may hold, by the direction of its table.
FIELDS: Mapping[str, frozenset[str]] = {
    "concordance": frozenset(
        {
            "requirement", "requirement_text", "act", "provisions", "quotes", "alignment",
            "reasons", "date", "remark", "by_hand",
        }
    ),
    "reverse": frozenset(
        {
            "act", "provision", "provision_text", "requirements", "alignment", "remark",
            "by_hand",
        }
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column: its mark (``a1)``, may be empty), head, field and share of the width."""

    mark: str
    head: str
    field: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """One table of a form: its direction, title and columns."""

    direction: Direction
    title: str
    columns: tuple[FormColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A country's layout.

    Attributes:
        code: Name of its file.
        name: What it is, in English.
        words: Language of the sentences that are not the form's own.
        title: Title of the document.
        directive: Name of the directive as the form gives it.
        head: Label and field of each line above the tables; ``by_hand`` stays empty.
        values: Grade or reason → the form's word; a reason goes before its grade.
        empty: What stands where there is no counterpart.
        tables: Its tables.
        examples: A row and what the form must make of it; run by a test.
    """

    code: str
    name: str
    words: str
    title: str
    directive: str
    head: tuple[tuple[str, str], ...]
    values: Mapping[str, str]
    empty: str
    tables: tuple[FormTable, ...]
    examples: tuple[Mapping[str, object], ...]

    def value(self, coverage: Coverage, reason: Reason | None = None) -> str:
        """Return the form's word for a verdict; empty where it has none, as for a doubt."""
        special = self.values.get(reason.value) if reason else None
        return special if special is not None else self.values.get(coverage.value, "")

    def tables_of(self, listing: Listed) -> tuple[FormTable, ...]:
        """Return the tables of a direction, or all.

        Raises:
            Nis2AlignError: There is none.
        """
        wanted = tuple(table for table in self.tables if listing in ("all", table.direction))
        if not wanted:
            has = ", ".join(sorted({table.direction for table in self.tables}))
            raise Nis2AlignError(
                f'The form "{self.code}" has no table of the kind "{listing}".',
                f"It has: {has}. Ask for one of these, or leave the form out.",
            )
        return wanted


def available() -> tuple[str, ...]:
    """Return the codes of the forms, sorted."""
    return tuple(sorted(path.stem for path in (mappings_dir() / "forms").glob("[!_]*.yaml")))


@cache
def form(code: str) -> Form:
    """Load one form.

    Args:
        code: One of :func:`available`.

    Returns:
        The form; loaded once.

    Raises:
        Nis2AlignError: There is no such form.
        CatalogueError: Its file has unknown or missing parts; all are named in one report.
    """
    if code not in available():
        raise Nis2AlignError(
            f'There is no form "{code}".', f"Choose one of {', '.join(available())}."
        )
    raw = load_yaml(mappings_dir() / "forms" / f"{code}.yaml")
    faults = _faults(raw)
    if faults:
        raise CatalogueError(
            f"forms/{code}.yaml is no form: {'; '.join(faults)}.",
            "Compare it with the other files in mappings/forms.",
        )
    head = cast("list[dict[str, str]]", raw["head"])
    values = cast("dict[str, str]", raw["values"])
    return Form(
        code=code,
        name=str(raw["name"]),
        words=str(raw["words"]),
        title=str(raw["title"]),
        directive=str(raw["directive"]),
        head=tuple((line["label"], line["field"]) for line in head),
        values=values,
        empty=str(raw.get("empty", "")),
        tables=tuple(map(_table, cast("list[dict[str, object]]", raw["tables"]))),
        examples=tuple(cast("list[dict[str, object]]", raw["examples"])),
    )


def _table(raw: Mapping[str, object]) -> FormTable:
    columns = cast("list[dict[str, object]]", raw["columns"])
    return FormTable(
        direction=cast("Direction", raw["direction"]),
        title=str(raw["title"]),
        columns=tuple(
            FormColumn(
                mark=str(column.get("mark", "")),
                head=str(column["head"]),
                field=str(column["field"]),
                width=float(cast("float", column["width"])),
            )
            for column in columns
        ),
    )


def _faults(raw: Mapping[str, object]) -> list[str]:
    found = [f"unknown {key}" for key in sorted(raw.keys() - _KEYS)]
    found += [f"no {key}" for key in sorted(_KEYS - {"empty"} - raw.keys())]
    if found:
        return found
    if raw["words"] not in languages():
        found.append(f"no messages in {raw['words']}")
    values = raw["values"]
    if not isinstance(values, dict) or not set(values) <= _VALUES:
        found.append("values name an unknown grade or reason")
    for line in cast("list[dict[str, str]]", raw["head"]):
        if set(line) != {"label", "field"} or line["field"] not in _LINES:
            found.append(f"head line {line}")
    tables = cast("list[dict[str, object]]", raw["tables"])
    for table in tables or [{}]:
        found += _table_faults(table)
    return found


def _table_faults(raw: Mapping[str, object]) -> list[str]:
    fields = FIELDS.get(str(raw.get("direction")))
    if fields is None or not raw.get("title"):
        return [f"a table needs a title and a direction: {raw.get('title')}"]
    found = []
    for column in cast("list[dict[str, object]]", raw.get("columns") or [{}]):
        known = set(column) <= {"mark", "head", "field", "width"}
        if not known or column.get("field") not in fields or "width" not in column:
            found.append(f"column {column.get('mark') or column.get('head')} of {raw['title']}")
    return found
