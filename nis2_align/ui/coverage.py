"""How much of the directive is covered: the headline, and a bar for each chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from nis2_align.concordance import Row, Table
from nis2_align.export.words import group_name
from nis2_align.messages import Messages
from nis2_align.model import DutyKind
from nis2_align.ui.words import COLOURS, NO_STATEMENT, STANDINGS, standing, standing_name

__all__ = ["chapters", "chart", "show", "tally"]

_HEADLINE = ("full", "partial", "none", "uncertain")
_METRIC_PIXELS = 235
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
        Standing → number of requirements that must be transposed; options and what is addressed
        to the Union's bodies are left out.
    """
    return Counter(standing(row) for row in rows if row.duty is DutyKind.MUST)


def show(table: Table, say: Messages) -> None:
    """Show the headline and the coverage by chapter, as a chart and as a table.

    Args:
        table: The table of concordance.
        say: The words.
    """
    st.subheader(say.text("ui_coverage"))
    _headline(tally(table.rows), say)
    frame = chapters(table, say)
    drawn, listed = st.tabs([say.text("ui_chart"), say.text("ui_table")])
    with drawn:
        dark = st.context.theme.type == "dark"
        drawing = chart(frame, say, dark=dark)
        st.altair_chart(drawing, width="stretch", alt=say.text("ui_chart_alt"))
    with listed:
        st.table(_wide(frame, say))


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


def chapters(table: Table, say: Messages) -> pd.DataFrame:
    """Lay out the segments of the bars.

    Args:
        table: The table of concordance.
        say: The words.

    Returns:
        One line per chapter and standing that occurs: ``chapter``, ``standing``, ``count``,
        ``start``, ``end`` (duties counted along the bar), ``middle`` and ``label``.
    """
    records: list[dict[str, object]] = []
    longest = 1
    for group in table.chapters:
        counts = tally([row for row in table.rows if row.chapter == group.key])
        longest = max(longest, counts.total())
        start = 0
        for key in STANDINGS:
            if counts[key]:
                records.append(
                    {
                        "chapter": group_name(group.key, say, chapter=True),
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
    ink = "#e8e8e8" if dark else "#31333f"
    names_axis = alt.Axis(labelLimit=340, labelFontSize=13, labelColor=ink, ticks=False)
    base = alt.Chart(frame).encode(
        y=alt.Y("chapter", sort=None, title=None, axis=names_axis),
        tooltip=tooltip,
    )
    bars = base.mark_bar(stroke="#1c1b19" if dark else "white", strokeWidth=1).encode(
        x=alt.X(
            "start:Q",
            title=say.text("ui_duties"),
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


def _wide(frame: pd.DataFrame, say: Messages) -> pd.DataFrame:
    """Turn the segments into a table: a line per chapter, a column per standing."""
    order = frame["chapter"].drop_duplicates()
    names = [standing_name(key, say) for key in STANDINGS]
    wide = frame.pivot_table(
        index="chapter", columns="standing", values="count", aggfunc="sum", fill_value=0
    )
    held = [name for name in names if name in wide.columns]
    wide = wide.reindex(index=order, columns=held)
    wide[say.text("column_total")] = wide.sum(axis=1)
    return wide.rename_axis(index=say.text("column_chapter"), columns=None)
