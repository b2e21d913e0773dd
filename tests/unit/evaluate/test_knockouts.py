"""Knock-outs of a small law: what is edited, and that what must follow does."""

from __future__ import annotations

import pytest

from nis2_align.evaluate.gold import GoldRow
from nis2_align.evaluate.knockouts import OPERATORS, Edit, Outcome, edits, outcome
from nis2_align.model import Coverage
from tests.unit.pipeline.mini_laws import ENGLISH, SERBIAN, analysed

WHOLE = {"en": (ENGLISH, "en"), "sr": (SERBIAN, "sr")}


def gold(**refs: str) -> dict[str, GoldRow]:
    """Labels, all full, from ids written with _ for brackets."""
    return {}


def labels(rows: dict[str, tuple[str, ...]], grade: str = "full") -> dict[str, GoldRow]:
    return {id_: GoldRow(id_, grade, refs, True, "") for id_, refs in rows.items()}


EN = labels(
    {
        "20(1)": ("3(1)",), "20(2)": ("3(2)", "3"), "21(2)(h)": ("4(1)(e)",),
        "23(4)(a)": ("5(1)",), "23(4)(c)": ("5(3)",), "34(4)": ("6(1)", "5(2)"),
    }
)  # fmt: skip


def made(operator: str, code: str = "en", rows: dict[str, GoldRow] = EN) -> dict[str, Edit]:
    """Requirement or element → edit."""
    found = edits(analysed(*WHOLE[code]), rows, operator)
    return {edit.element or edit.requirement: edit for edit in found}


def edited(edit: Edit, text: str = ENGLISH) -> list[tuple[str, str]]:
    return [(span.of(text), new) for span, new in edit.changes]
