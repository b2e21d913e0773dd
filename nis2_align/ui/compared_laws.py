"""Several laws on the page "compare", and "how others wrote it" beside a requirement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from nis2_align.compare.laws import Laws, compare_laws, named, wordings
from nis2_align.compare.sheets import laws_grids, to_xlsx
from nis2_align.concordance import Row, Table
from nis2_align.export.words import provision
from nis2_align.messages import Messages
from nis2_align.ui import session
from nis2_align.ui.choice import pick
from nis2_align.ui.session import View
from nis2_align.ui.sifting import sift, stands
from nis2_align.ui.words import COLOURS, STANDINGS, aside, plain, standing_name

__all__ = ["others_wrote", "show"]

_HEIGHT = 520
_BOX_PIXELS = 600
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(view: View, views: Mapping[str, View], say: Messages) -> None:
    """Show the grades of all laws, requirement by requirement, and how each wrote one of them.

    Args:
        view: The result of the dossier.
        views: Digest → the result of each law beside it.
        say: The words.
    """
    everyone = {view.digest: view, **views}
    tables = named({digest: one.table for digest, one in everyone.items()})
    found = compare_laws(tables)
    rows = sift(view.table.rows, "compare", STANDINGS, say)
    st.download_button(
        say.text("ui_compare_download"),
        # Made when it is asked for.
        lambda: to_xlsx(say.text("compare_title_laws"), laws_grids(found, tables, say)),
        file_name=f"nis2-{'-'.join(everyone)}_compared.xlsx",
        mime=_XLSX,
        key="compare_download",
        icon=":material/download:",
        on_click="ignore",
    )
    if not rows:
        st.info(say.text("ui_compare_nothing"), icon=":material/filter_list_off:")
        return
    _grid(rows, found, say)
    with st.container(width=_BOX_PIXELS):
        chosen = pick(
            "compare_law_requirement",
            say.text("ui_choose"),
            [row.requirement for row in rows],
            lambda id_: _asked(id_, rows),
            say,
        )
    st.header(plain(_asked(chosen, rows)), anchor=False)
    _wordings(chosen, tables, say)


def _asked(id_: str, rows: Sequence[Row]) -> str:
    return next(f"{id_} – {row.heading}" for row in rows if row.requirement == id_)


def _grid(rows: Sequence[Row], found: Laws, say: Messages) -> None:
    shown = {row.requirement for row in rows}
    lines = [
        line
        for line in found.rows
        if next(row.requirement for row in line if row is not None) in shown
    ]
    # Keys of our own, as a column may be called as a law is.
    columns: dict[str, list[str]] = {"0": [_asked(row.requirement, rows) for row in rows]}
    colours = {standing_name(key, say): f"background-color: {COLOURS[key]}" for key in STANDINGS}
    config = {
        "0": st.column_config.TextColumn(say.text("column_requirement"), width=330, pinned=True)
    }
    for place, name in enumerate(found.names):
        key = str(place + 1)
        columns[key] = [_cell(line[place], say) for line in lines]
        config[key] = st.column_config.TextColumn(name, width=190)
    st.dataframe(
        pd.DataFrame(columns).style.map(
            lambda word: f"{colours[word]}; color: white" if word in colours else ""
        ),
        hide_index=True,
        height=min(_HEIGHT, 40 + 35 * len(lines)),
        column_config=config,
        key="compare_matrix",
        alt=say.text("sheet_matrix"),
    )


def _cell(row: Row | None, say: Messages) -> str:
    return standing_name(stands(row), say) if row is not None else ""


def _wordings(requirement: str, tables: Mapping[str, Table], say: Messages) -> None:
    found = wordings(requirement, tables)
    if not found:
        st.text(say.text("ui_others_none"))
    for one in found:
        with st.container(border=True):
            st.markdown(f"**{plain(one.law)}** · {plain(standing_name(one.coverage.value, say))}")
            several = len(tables[one.law].acts) > 1
            for clause in one.clauses:
                st.markdown(aside(provision(clause, several, say)))
                st.text(clause.quote)


def others_wrote(requirement: str, say: Messages) -> None:
    """Show how the laws that are held beside the dossier carry a requirement; nothing without any.

    Args:
        requirement: Its id.
        say: The words.
    """
    tables = session.tables_beside(say.language)
    if tables:
        label = f"{say.text('ui_others')} ({len(tables)})"
        with st.expander(label, icon=":material/compare_arrows:", key=f"others_{requirement}"):
            _wordings(requirement, named(tables), say)
