"""How much of the directive is covered: the headline, a map, and a bar for each chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast

import altair as alt
import pandas as pd
import streamlit as st

from nis2_align.concordance import Row
from nis2_align.export.words import group_name
from nis2_align.messages import Messages
from nis2_align.model import DutyKind
from nis2_align.ui import session
from nis2_align.ui.directive_map import CELL, article_table, boxes, draw
from nis2_align.ui.session import View
from nis2_align.ui.sifting import sift, stands, way_to_review
from nis2_align.ui.words import COLOURS, INK, NO_STATEMENT, STANDINGS, aside, standing_name

__all__ = ["chapters", "chart", "page", "tally"]

_HEADLINE = ("full", "partial", "none", "uncertain")
_METRIC_PIXELS = 225
# Heights in pixels: one bar with its gap, one line of the legend, the axis.
_BAR = 34
_LEGEND = 33
_AXIS = 75
# Below this share of the longest bar a figure does not fit into its segment.
_ROOM = 0.035


def tally(rows: Sequence[Row]) -> Counter[str]:
    """Count where the duties stand.

    Args:
        rows: Rows of the table of concordance.

    Returns:
        Standing → number of requirements that must be transposed, a person's grade over the
        tool's; options and what is addressed to the Union's bodies are left out.
    """
    return Counter(stands(row) for row in rows if row.duty is DutyKind.MUST)


def page(view: View, say: Messages) -> None:
    """Show the headline, the map of the directive, and the way on to Review.

    Args:
        view: The result.
        say: The words.
    """
    rows = view.table.rows
    _headline(tally(rows), say)
    kept = sift(rows, "coverage", STANDINGS, say)
    if not kept:
        st.info(say.text("ui_review_none"), icon=":material/filter_list_off:")
        return
    st.markdown(aside(say.text("ui_coverage_shown", count=len(kept))))
    frame = boxes(kept, say)
    dark = st.context.theme.type == "dark"
    names = ("ui_coverage_map", "ui_coverage_chapters", "ui_table")
    drawn, barred, listed = st.tabs([say.text(name) for name in names])
    with drawn:
        st.markdown(aside(say.text("ui_coverage_map_help")))
        st.altair_chart(
            draw(frame, say, dark=dark),
            width="stretch",
            key="coverage_map",
            on_select=_open,
            selection_mode=CELL,
            alt=say.text("ui_coverage_map_alt"),
        )
    with barred:
        bars = chart(chapters(kept, say), say, dark=dark)
        st.altair_chart(bars, width="stretch", alt=say.text("ui_chart_alt"))
    with listed:
        st.table(article_table(frame, say))
    way_to_review(kept, "coverage", say)


def _open() -> None:
    """Open the requirement whose box was clicked."""
    state = cast("dict[str, dict[str, list[dict[str, str]]]]", st.session_state["coverage_map"])
    clicked = state["selection"].get(CELL)
    if clicked and "requirement" in clicked[0]:
        session.open_requirement(clicked[0]["requirement"])


def _headline(counts: Counter[str], say: Messages) -> None:
    assessed = sum(counts[key] for key in _HEADLINE)
    # A row that wraps: on a narrow screen four columns would cut the figures off.
    with st.container(horizontal=True):
        for key in _HEADLINE:
            value = say.text("ui_x_of_y", count=counts[key], total=assessed)
            st.metric(standing_name(key, say), value, border=True, width=_METRIC_PIXELS)
    sentences = [say.text("ui_headline", assessed=assessed)]
    if counts[NO_STATEMENT]:
        sentences.append(say.text("ui_not_covered", count=counts[NO_STATEMENT]))
    if counts["not_applicable"]:
        sentences.append(say.text("ui_not_applicable", count=counts["not_applicable"]))
    st.markdown(" ".join(sentences))


def chapters(rows: Sequence[Row], say: Messages) -> pd.DataFrame:
    """Lay out the segments of the bars.

    Args:
        rows: The rows to count, in the order of the directive.
        say: The words.

    Returns:
        One line per chapter and standing that occurs: ``chapter``, ``standing``, ``count``,
        ``start``, ``end`` (requirements counted along the bar), ``middle`` and ``label``.
    """
    records: list[dict[str, object]] = []
    longest = 1
    for chapter in dict.fromkeys(row.chapter for row in rows):
        counts = Counter(stands(row) for row in rows if row.chapter == chapter)
        longest = max(longest, counts.total())
        start = 0
        for key in STANDINGS:
            if counts[key]:
                records.append(
                    {
                        "chapter": group_name(chapter, say, chapter=True),
                        "standing": standing_name(key, say),
                        "count": counts[key],
                        "start": start,
                        "end": start + counts[key],
                        "middle": start + counts[key] / 2,
                    }
                )
            start += counts[key]
    columns = ["chapter", "standing", "count", "start", "end", "middle"]
    frame = pd.DataFrame(records, columns=columns)
    marks = frame["standing"].str.split(" ").str[0]
    figures = marks + " " + frame["count"].astype(str)
    room = frame["count"] >= _ROOM * longest * figures.str.len() / 3
    return frame.assign(label=figures.where(room, ""))


def chart(frame: pd.DataFrame, say: Messages, *, dark: bool = False) -> alt.LayerChart:
    """Draw the bars.

    Args:
        frame: What :func:`chapters` returned.
        say: The words.
        dark: Whether the page is dark.

    Returns:
        Stacked bars; each segment wide enough carries its mark and number.
    """
    names = [standing_name(key, say) for key in STANDINGS]
    present = [name for name in names if name in set(frame["standing"])]
    colours = [COLOURS[key] for key, name in zip(STANDINGS, names, strict=True) if name in present]
    tooltip = [
        alt.Tooltip("chapter", title=say.text("column_chapter")),
        alt.Tooltip("standing", title=say.text("column_coverage")),
        alt.Tooltip("count", title=say.text("column_count")),
    ]
    ink = INK[dark]
    names_axis = alt.Axis(labelLimit=340, labelFontSize=13, labelColor=ink, ticks=False)
    base = alt.Chart(frame).encode(
        y=alt.Y("chapter", sort=None, title=None, axis=names_axis),
        tooltip=tooltip,
    )
    bars = base.mark_bar(stroke="#1c1b19" if dark else "white", strokeWidth=1).encode(
        x=alt.X(
            "start:Q",
            title=say.text("column_requirements"),
            axis=alt.Axis(tickMinStep=1, labelColor=ink, titleColor=ink),
        ),
        x2="end",
        color=alt.Color(
            "standing",
            sort=present,
            scale=alt.Scale(domain=present, range=colours),
            legend=alt.Legend(
                title=None,
                orient="top",
                columns=1,
                symbolType="square",
                symbolSize=160,
                labelLimit=320,
                labelFontSize=13,
                labelColor=ink,
            ),
        ),
    )
    figures = base.mark_text(color="white", fontWeight="bold", fontSize=12).encode(
        x="middle:Q", text="label"
    )
    height = _AXIS + _LEGEND * len(present) + _BAR * frame["chapter"].nunique()
    return alt.LayerChart(layer=[bars, figures], height=height)
