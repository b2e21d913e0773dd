"""Labels: which clauses transpose which requirement, as people (or careful readers) judged."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from nis2_align.errors import UnreadableFileError

__all__ = ["GoldRow", "at_depth", "read_gold"]

_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_HEAD = re.compile(r"(?:(Annex|Prilog|Aneksi|Shtojca|Прилог)\s*)?(\w+(?:-\w)?)")


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One labelled requirement.

    Attributes:
        requirement: Its id.
        grade: ``full``, ``partial``, ``none`` or ``na``.
        refs: The clauses, most important first.
        graded: False where the source lacks what the grade would need: mapping counts only.
        note: What is missing or differs.
    """

    requirement: str
    grade: str
    refs: tuple[str, ...]
    graded: bool
    note: str


def read_gold(path: Path) -> dict[str, GoldRow]:
    """Read labels from a CSV with the columns unit, national, grade, relation_note, judge.

    Args:
        path: The file.

    Returns:
        Requirement id → row, in the order of the file.

    Raises:
        UnreadableFileError: The file is missing, or lacks a column or a row's cell.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        return {row["unit"].strip(): _row(row) for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, AttributeError, csv.Error) as error:
        raise UnreadableFileError(
            f"The labels in {path.name} cannot be read.",
            "Give a UTF-8 CSV with the columns unit, national, grade.",
        ) from error


def _row(row: dict[str, str]) -> GoldRow:
    refs = tuple(ref.strip() for ref in (row["national"] or "").split(";") if ref.strip())
    return GoldRow(
        requirement=row["unit"].strip(),
        grade=row["grade"].strip(),
        refs=refs,
        graded=(row.get("judge") or "all").strip() != "mapping",
        note=(row.get("relation_note") or "").strip(),
    )


def at_depth(ref: str, depth: int) -> str:
    """Cut a ref to its article (depth 0) or paragraph (depth 1).

    Args:
        ref: ``12-a(3)(1)``, ``Annex I(2)``, with or without an act before a colon.
        depth: How many bracketed parts to keep.

    Returns:
        ``12a``, ``12a(3)``, ``Annex 1(2)``; the act is kept.
    """
    act, colon, place = ref.strip().rpartition(":")
    place = place.strip().removeprefix("Article ")
    head = _HEAD.match(place)
    if head is None:
        return place
    number = head.group(2).replace("-", "")
    if head.group(1):
        number = f"Annex {_ROMAN.get(number, number)}"
    parts = re.findall(r"\(([^)]+)\)", place)[:depth]
    return f"{act}{colon}{number}" + "".join(f"({part})" for part in parts)
