"""The gap table: what is missing, where it would belong, and what a drafter must not forget."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, cast

import pandas as pd
import streamlit as st

from nis2_align.compare.laws import named, quoted
from nis2_align.concordance import Row, Table
from nis2_align.concordance.doubt import by_doubt
from nis2_align.export import file_name
from nis2_align.export.cells import cell
from nis2_align.export.gap_list import GapLine, gap_lines, to_csv
from nis2_align.messages import Messages
from nis2_align.ui import session
from nis2_align.ui.choice import pick
from nis2_align.ui.compared_laws import others_wrote
from nis2_align.ui.session import View
from nis2_align.ui.sifting import sift, stands, way_to_review
from nis2_align.ui.words import aside, standing_name

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

__all__ = ["open_rows", "ordered", "page"]

_OPEN = ("partial", "none", "uncertain")
#: The worst first.
_RANK = ("none", "partial", "uncertain")
_ORDERS = {
    "directive": "ui_review_order_directive",
    "doubt": "ui_review_order_doubt",
    "grade": "ui_gaps_order_grade",
    "place": "ui_gaps_order_place",
}
_ROW_HEIGHT = 132
_HEIGHT = 620
_BOX_PIXELS = 360


def open_rows(table: Table) -> list[Row]:
    """Return the rows that ask for a look: partial, not found, or assessed and uncertain."""
    return [row for row in table.rows if stands(row) in _OPEN]


def page(view: View, say: Messages) -> None:
    """Show the gap table with its filters, its file, and the way on to Review.

    Args:
        view: The result.
        say: The words.
    """
    rows = sift(open_rows(view.table), "gaps", _OPEN, say)
    if not rows:
        st.info(say.text("ui_no_gaps"), icon=":material/filter_list_off:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=_BOX_PIXELS):
            order = pick(
                "gaps_order",
                say.text("ui_review_order"),
                list(_ORDERS),
                lambda key: say.text(_ORDERS[key]),
                say,
            )
        beside = named(session.tables_beside(say.language))
        lines = ordered(gap_lines(rows, view.table, say, quoted(beside)), order)
        st.download_button(
            say.text("ui_gaps_download"),
            to_csv(lines, say, others=bool(beside)),
            # Named after the bytes, not after the act: the name of a draft can give it away.
            file_name=file_name(f"nis2-{view.digest}", "gaps", ".csv"),
            mime="text/csv",
            key="gaps_download",
            icon=":material/download:",
            on_click="ignore",
        )
    st.markdown(aside(say.text("ui_gaps_help", count=len(lines))))
    _grid(lines, say, others=bool(beside))
    others_wrote(way_to_review([line.row for line in lines], "gaps", say), say)


def ordered(lines: Iterable[GapLine], order: str) -> list[GapLine]:
    """Sort the lines.

    Args:
        lines: Lines in the order of the directive.
        order: ``directive``, ``doubt``, ``grade`` (not found first) or ``place`` (by act and
            article, what has no place last).

    Returns:
        The lines; equal ones keep their order.
    """
    held = list(lines)
    if order == "doubt":
        ranked = by_doubt(line.row for line in held)
        places = {row.requirement: place for place, row in enumerate(ranked)}
        return sorted(held, key=lambda line: places[line.row.requirement])
    keys: dict[str, Callable[[GapLine], object]] = {"grade": _by_grade, "place": _by_place}
    return sorted(held, key=keys[order]) if order in keys else held  # type: ignore[arg-type]


def _by_grade(line: GapLine) -> int:
    return _RANK.index(stands(line.row))


def _by_place(line: GapLine) -> tuple[bool, str, int, str]:
    if line.home is None:
        return True, "", 0, ""
    number = re.match(r"\d+", line.home.ref)
    return False, line.home.act, int(number.group()) if number else 0, line.home.ref


def _grid(lines: Sequence[GapLine], say: Messages, *, others: bool) -> None:
    shown = [line.row.requirement for line in lines]
    st.dataframe(
        _frame(lines, say) if others else _frame(lines, say).drop(columns="others"),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(_HEIGHT, 40 + _ROW_HEIGHT * len(lines)),
        column_config=_columns(say),
        on_select=lambda: _open(shown),
        selection_mode="single-row",
        key="gap_table",
        alt=say.text("ui_gaps"),
    )


def _frame(lines: Sequence[GapLine], say: Messages) -> pd.DataFrame:
    """Lay the lines out; every text that may come from an act is made safe for a cell."""
    return pd.DataFrame(
        {
            "requirement": [f"{line.row.requirement} – {line.row.heading}" for line in lines],
            "coverage": [standing_name(stands(line.row), say) for line in lines],
            "missing": [cell(_listed(line.missing, "▸ ")) for line in lines],
            "place": [cell(line.place) for line in lines],
            "checklist": [cell(_listed(line.checklist, "")) for line in lines],
            "quotes": [cell(_listed(line.quotes, "▸ ")) for line in lines],
            "others": [cell(_listed(line.others, "▸ ")) for line in lines],
        }
    )


def _listed(pieces: Sequence[str], mark: str) -> str:
    """Join pieces; a cell of the grid knows no line breaks, so each gets a mark in front."""
    flat = [" ".join(piece.split()) for piece in pieces]
    return "  ".join(f"{mark}{piece}" for piece in flat) if len(flat) > 1 else "".join(flat)


def _columns(say: Messages) -> dict[str, ColumnConfig]:
    heads = (
        ("requirement", "column_requirement", 180),
        ("coverage", "column_coverage", 105),
        ("missing", "column_message", 260),
        ("place", "ui_gaps_place", 150),
        ("checklist", "ui_gaps_checklist", 250),
        ("quotes", "column_quotes", 260),
        ("others", "ui_others", 260),
    )
    return {
        column: st.column_config.TextColumn(say.text(key), width=width)
        for column, key, width in heads
    }


def _open(shown: Sequence[str]) -> None:
    """Open the requirement of the chosen line."""
    state = cast("dict[str, dict[str, list[int]]]", st.session_state["gap_table"])
    chosen = state["selection"]["rows"]
    if chosen and chosen[0] < len(shown):
        session.open_requirement(shown[chosen[0]])
