"""The gap table: what is missing or weaker, with the clauses that come nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import pandas as pd
import streamlit as st

from nis2_align.concordance import Row, Table
from nis2_align.export.cells import cell
from nis2_align.export.words import gap, group_name, provisions
from nis2_align.messages import Messages
from nis2_align.ui.choice import pick
from nis2_align.ui.words import aside, grade, standing, standing_name

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

__all__ = ["open_rows", "show"]

_OPEN = ("partial", "none", "uncertain")
_ROW_HEIGHT = 112
_HEIGHT = 560
_ALL = ""


def open_rows(table: Table) -> list[Row]:
    """Return the rows that ask for a look: partial, not found, or assessed and uncertain."""
    return [row for row in table.rows if standing(row) in _OPEN]


def show(table: Table, say: Messages) -> None:
    """Show the gap table with its filters; a click on a line opens its details below.

    Args:
        table: The table of concordance.
        say: The words.
    """
    st.subheader(say.text("ui_gaps"))
    rows = _filtered(open_rows(table), say)
    if not rows:
        st.info(say.text("ui_no_gaps"))
        return
    st.markdown(aside(say.text("ui_gaps_help", count=len(rows))))
    shown = [row.requirement for row in rows]
    st.dataframe(
        _frame(rows, table, say),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(_HEIGHT, 40 + _ROW_HEIGHT * len(rows)),
        column_config=_columns(say),
        on_select=lambda: _open(shown),
        selection_mode="single-row",
        key="gap_table",
        alt=say.text("ui_gaps"),
    )


def _filtered(rows: Sequence[Row], say: Messages) -> list[Row]:
    grades = st.pills(
        say.text("column_coverage"),
        _OPEN,
        selection_mode="multi",
        default=_OPEN,
        format_func=lambda key: standing_name(key, say),
        key="gap_grades",
    )
    with st.columns([2, 1])[0]:
        chapter = pick(
            "gap_chapter",
            say.text("column_chapter"),
            [_ALL, *dict.fromkeys(row.chapter for row in rows)],
            lambda key: group_name(key, say, chapter=True) if key else say.text("ui_all"),
            say,
        )
    return [row for row in rows if standing(row) in grades and chapter in (_ALL, row.chapter)]


def _frame(rows: Sequence[Row], table: Table, say: Messages) -> pd.DataFrame:
    """Lay the rows out; every text that may come from an act is made safe for a cell."""
    return pd.DataFrame(
        {
            "requirement": [f"{row.requirement} – {row.heading}" for row in rows],
            "coverage": [grade(row, say) for row in rows],
            "missing": [cell(_missing(row, say)) for row in rows],
            "quotes": [cell(_quotes(row, table, say)) for row in rows],
        }
    )


def _missing(row: Row, say: Messages) -> str:
    return _listed([gap(entry, say) for entry in row.gaps]) or row.rationale


def _quotes(row: Row, table: Table, say: Messages) -> str:
    named = zip(provisions(row, table, say), row.clauses, strict=True)
    return _listed([f"{name}: “{clause.quote}”" for name, clause in named])


def _listed(pieces: Sequence[str]) -> str:
    """Join pieces; a cell of the grid knows no line breaks, so each gets a mark in front."""
    flat = [" ".join(piece.split()) for piece in pieces]
    return " ".join(f"▸ {piece}" for piece in flat) if len(flat) > 1 else "".join(flat)


def _columns(say: Messages) -> dict[str, ColumnConfig]:
    heads = (
        ("requirement", "column_requirement", 190),
        ("coverage", "column_coverage", 115),
        ("missing", "column_message", 290),
        ("quotes", "column_quotes", 370),
    )
    return {
        column: st.column_config.TextColumn(say.text(key), width=width)
        for column, key, width in heads
    }


def _open(shown: Sequence[str]) -> None:
    """Carry the chosen line over to the details."""
    state = cast("dict[str, dict[str, list[int]]]", st.session_state["gap_table"])
    chosen = state["selection"]["rows"]
    if chosen and chosen[0] < len(shown):
        st.session_state["requirement"] = shown[chosen[0]]
