"""Two drafts of one law on the page "compare": what moved, and which words changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nis2_align.compare.drafts import Drafts, Line, Move, compare_drafts
from nis2_align.compare.provisions import Change, Side, Step, share_kept
from nis2_align.compare.sheets import drafts_grids, place_of, to_xlsx
from nis2_align.concordance import final
from nis2_align.export.cells import cell
from nis2_align.export.words import gap
from nis2_align.messages import Messages
from nis2_align.model import Gap
from nis2_align.text.pieces import Piece
from nis2_align.ui.choice import pick
from nis2_align.ui.reading import marked
from nis2_align.ui.session import View
from nis2_align.ui.visits import visit
from nis2_align.ui.words import aside, plain, standing_name

__all__ = ["show"]

_BOX_PIXELS = 300
_ROW_HEIGHT = 70
_HEIGHT = 460
# Provisions that are shown at once.
_PER_PAGE = 20
# Below this share of provisions in common the texts are hardly drafts of one law.
_ONE_LAW = 0.3
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL = ""
_MARKS = {
    Move.CLOSED: "▲",
    Move.BETTER: "△",
    Move.OPENED: "▼",
    Move.WORSE: "▽",
    Move.OPEN: "●",
    Move.IN_ORDER: "✔",
}


def show(before: View, after: View, say: Messages) -> None:
    """Show what moved from an earlier draft to the dossier.

    Args:
        before: The result of the earlier draft.
        after: The result of the dossier.
        say: The words.
    """
    found = _compared(before, after)
    kept = share_kept(found.changes)
    if kept < _ONE_LAW:
        share = say.number(100 * kept, 0)
        st.warning(say.text("ui_compare_two_laws", share=share), icon=":material/info:")
    _figures(found, say)
    steps = Counter(change.step.value for change in found.changes)
    counts = {step.value: steps[step.value] for step in Step}
    st.markdown(plain(say.text("ui_compare_provisions_found", **counts)))
    st.download_button(
        say.text("ui_compare_download"),
        # Made when it is asked for.
        lambda: to_xlsx(say.text("compare_title_drafts"), drafts_grids(found, say)),
        file_name=f"nis2-{before.digest}-{after.digest}_compared.xlsx",
        mime=_XLSX,
        key="compare_download",
        icon=":material/download:",
        on_click="ignore",
    )
    requirements, provisions = st.tabs(
        [say.text("ui_compare_tab_requirements"), say.text("ui_compare_tab_provisions")]
    )
    with requirements:
        _requirements(found, say)
    with provisions:
        _provisions(found, say)


def _compared(before: View, after: View) -> Drafts:
    """Compare once for as long as both results stay what they are."""
    here = visit()
    held = here.compared
    if held is None or held[0] is not before or held[1] is not after:
        one, two = before.alignment.result, after.alignment.result
        held = (before, after, compare_drafts((one, before.table), (two, after.table)))
        here.compared = held
    return held[2]


def _figures(found: Drafts, say: Messages) -> None:
    moves = Counter(line.move for line in found.lines)
    with st.container(horizontal=True):
        for one in Move:
            st.metric(f"{_MARKS[one]} {say.text(f'move_{one.value}')}", moves[one], width=140)


def _name(key: str, say: Messages) -> str:
    return f"{_MARKS[Move(key)]} {say.text(f'move_{key}')}" if key else say.text("ui_all")


def _requirements(found: Drafts, say: Messages) -> None:
    moves = Counter(line.move for line in found.lines)
    # First what moved, if anything did.
    first = [move.value for move in Move if moves[move]]
    with st.container(width=_BOX_PIXELS):
        wanted = pick(
            "compare_move",
            say.text("ui_compare_move"),
            [*first, _ALL],
            lambda key: _name(key, say),
            say,
        )
    lines = [line for line in found.lines if wanted in (_ALL, line.move.value)]
    st.dataframe(
        _frame(lines, say),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height=min(_HEIGHT, 40 + _ROW_HEIGHT * len(lines)),
        column_config={
            key: st.column_config.TextColumn(
                say.text(f"column_{key}"), width=width, pinned=key == "requirement"
            )
            for key, width in (
                ("requirement", 300), ("move", 130), ("before", 150), ("after", 150),
                ("gaps_closed", 300), ("gaps_opened", 300), ("clauses_changed", 160),
            )
        },
        key="compare_table",
        alt=say.text("ui_compare_tab_requirements"),
    )  # fmt: skip
    _one(lines, say)


def _frame(lines: Sequence[Line], say: Messages) -> pd.DataFrame:
    """Lay the lines out; every text that may come from an act is made safe for a cell."""

    def told(gaps: Sequence[Gap]) -> str:
        return cell("  ".join(f"▸ {gap(one, say)}" for one in gaps))

    return pd.DataFrame(
        {
            "requirement": [f"{line.requirement} – {line.heading}" for line in lines],
            "move": [_name(line.move.value, say) for line in lines],
            "before": [standing_name(final(line.before).value, say) for line in lines],
            "after": [standing_name(final(line.after).value, say) for line in lines],
            "gaps_closed": [told(line.closed) for line in lines],
            "gaps_opened": [told(line.opened) for line in lines],
            "clauses_changed": [", ".join(map(place_of, line.changes)) for line in lines],
        }
    )


def _one(lines: Sequence[Line], say: Messages) -> None:
    """Show one requirement with the words that changed."""
    named = {line.requirement: line for line in lines}
    with st.container(width=2 * _BOX_PIXELS):
        chosen = pick(
            "compare_requirement",
            say.text("ui_choose"),
            list(named),
            lambda id_: f"{id_} – {named[id_].heading}",
            say,
        )
    line = named[chosen]
    before, after = (standing_name(final(row).value, say) for row in (line.before, line.after))
    st.markdown(f"**{plain(before)} → {plain(after)}** · {plain(_name(line.move.value, say))}")
    for key, gaps in (("column_gaps_closed", line.closed), ("column_gaps_opened", line.opened)):
        if gaps:
            st.markdown(f"**{say.text(key)}**")
        for one in gaps:
            st.text(f"▸ {gap(one, say)}")
    if not line.changes and final(line.before) is not final(line.after):
        st.markdown(aside(say.text("ui_compare_no_words")))
    for change in line.changes:
        _change(change, say)


def _provisions(found: Drafts, say: Messages) -> None:
    steps = Counter(change.step for change in found.changes)
    order = (Step.CHANGED, Step.ADDED, Step.REMOVED, Step.RENUMBERED, Step.SAME)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=_BOX_PIXELS):
            step = pick(
                "compare_step",
                say.text("ui_compare_step"),
                [one.value for one in order if steps[one]] or [Step.SAME.value],
                lambda key: f"{say.text(f'step_{key}')} ({steps[Step(key)]})",
                say,
            )
        chosen = [change for change in found.changes if change.step == step]
        pages = max(1, -(-len(chosen) // _PER_PAGE))
        number = int(
            st.number_input(
                say.text("ui_compare_page"), 1, pages, key=f"compare_page_{step}", width=140
            )
        )
    first = _PER_PAGE * (number - 1)
    shown = chosen[first : first + _PER_PAGE]
    if not shown:
        st.info(say.text("ui_compare_nothing"), icon=":material/filter_list_off:")
        return
    place = say.text(
        "ui_compare_shown", first=first + 1, last=first + len(shown), count=len(chosen)
    )
    st.markdown(aside(f"{place}. {say.text('ui_compare_marked')}"))
    for change in shown:
        _change(change, say)


def _change(change: Change, say: Messages) -> None:
    """Show a provision in both drafts, side by side."""
    with st.container(border=True):
        name = f"{place_of(change)} · {say.text(f'step_{change.step.value}')}"
        st.markdown(f"**{plain(name)}**")
        sides = (change.before, change.after)
        heads = ("column_before", "column_after")
        for column, side, head, words in zip(
            st.columns(2), sides, heads, change.words(), strict=True
        ):
            with column:
                _side(side, words, say.text(head), say)


def _side(side: Side | None, words: Sequence[Piece], head: str, say: Messages) -> None:
    if side is None:
        st.markdown(aside(f"{head}: –"))
        return
    page = f", {say.text('page_number', page=side.page)}" if side.page else ""
    st.markdown(aside(f"{head}: {side.label or side.clause.ref}{page}"))
    st.markdown(marked(words))
