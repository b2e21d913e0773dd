"""The map of the directive: a line for each article, a box for each requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt
import pandas as pd

from nis2_align.concordance import Row
from nis2_align.export.words import group_name
from nis2_align.messages import Messages
from nis2_align.ui.sifting import stands
from nis2_align.ui.words import COLOURS, INK, STANDINGS, standing_name

__all__ = ["CELL", "article_table", "boxes", "draw"]

#: Name of the selection that a click on a box makes.
CELL = "cell"
# Boxes in one line; longer articles go on in the next, so that marks fit on a narrow screen.
_LINE = 20
_STEP = 25
_LEGEND = 33
_MARGIN = 24
# So far left of the boxes a chapter's name begins, above the names of its articles.
_OUTDENT = -86


def boxes(rows: Sequence[Row], say: Messages) -> pd.DataFrame:
    """Lay out the boxes.

    Args:
        rows: The rows to show, in the order of the directive.
        say: The words.

    Returns:
        One line per requirement: ``requirement``, ``heading``, ``standing`` (in words),
        ``mark``, ``chapter``, ``article`` (named), ``line`` (the article and, for what does not
        fit into its first line, the number of the line) and ``place`` in the line from 0.
    """
    seen: Counter[str] = Counter()
    records: list[dict[str, object]] = []
    for row in rows:
        article = group_name(row.article, say, chapter=False)
        line, place = divmod(seen[article], _LINE)
        seen[article] += 1
        name = standing_name(stands(row), say)
        records.append(
            {
                "requirement": row.requirement,
                "heading": row.heading,
                "standing": name,
                "mark": name.split(" ")[0],
                "chapter": group_name(row.chapter, say, chapter=True),
                "article": article,
                "line": f"{article} {line + 1}" if line else article,
                "place": place,
            }
        )
    return pd.DataFrame(records)


def draw(frame: pd.DataFrame, say: Messages, *, dark: bool) -> alt.LayerChart:
    """Draw the map.

    Args:
        frame: What :func:`boxes` returned; not empty.
        say: The words.
        dark: Whether the page is dark.

    Returns:
        The chart; a click on a box selects its requirement, see :data:`CELL`.
    """
    lines, titles = _lines(frame, say)
    ink = INK[dark]
    named = alt.Axis(
        values=list(frame["article"].unique()),
        labelColor=ink, labelFontSize=12, ticks=False, domain=False, grid=False, minExtent=80,
    )  # fmt: skip
    y = alt.Y("line:N", title=None, axis=named, scale=alt.Scale(domain=lines, padding=0.08))
    base = alt.Chart(frame).encode(
        x=alt.X(
            "place:O", title=None, axis=None,
            scale=alt.Scale(domain=list(range(_LINE)), padding=0.08),
        ),
        y=y,
        tooltip=[
            alt.Tooltip("requirement", title=say.text("column_requirement")),
            alt.Tooltip("heading", title=say.text("column_heading")),
            alt.Tooltip("standing", title=say.text("column_coverage")),
        ],
    )  # fmt: skip
    clicked = alt.selection_point(name=CELL, fields=["requirement"], on="click")
    squares = base.mark_rect(cornerRadius=2, cursor="pointer").encode(
        color=_colours(frame, ink, say)
    )
    marks = base.mark_text(color="white", fontWeight="bold", fontSize=12, cursor="pointer").encode(
        text="mark"
    )
    heads = (
        alt.Chart(titles)
        .mark_text(align="left", baseline="middle", fontWeight="bold", fontSize=13, color=ink)
        .encode(x=alt.value(_OUTDENT), y=y, text="title")
    )
    height = _MARGIN + _LEGEND * frame["standing"].nunique() + _STEP * len(lines)
    layers = [squares.add_params(clicked), marks, heads]
    return alt.LayerChart(layer=layers, height=height)


def _lines(frame: pd.DataFrame, say: Messages) -> tuple[list[str], pd.DataFrame]:
    """Return all lines from above, and the titles of the chapters with their figures."""
    lines: list[str] = []
    titles: list[dict[str, str]] = []
    marks = [standing_name(key, say).split(" ")[0] for key in STANDINGS]
    for chapter, part in frame.groupby("chapter", sort=False):
        figures = Counter(part["mark"])
        told = "  ".join(f"{mark} {figures[mark]}" for mark in marks if figures[mark])
        lines += [str(chapter), *part["line"].unique()]
        titles.append({"line": str(chapter), "title": f"{chapter}:  {told}"})
    return lines, pd.DataFrame(titles)


def _colours(frame: pd.DataFrame, ink: str, say: Messages) -> alt.Color:
    names = {standing_name(key, say): COLOURS[key] for key in STANDINGS}
    present = {name: colour for name, colour in names.items() if name in set(frame["standing"])}
    legend = alt.Legend(
        title=None, orient="top", columns=1, symbolType="square", symbolSize=160, labelLimit=320,
        labelFontSize=13, labelColor=ink,
    )  # fmt: skip
    scale = alt.Scale(domain=list(present), range=list(present.values()))
    return alt.Color("standing", scale=scale, legend=legend)


def article_table(frame: pd.DataFrame, say: Messages) -> pd.DataFrame:
    """Lay the same out as a table, for those who do not see the map.

    Args:
        frame: What :func:`boxes` returned; not empty.
        say: The words.

    Returns:
        A line per article, with its chapter; a column per standing that occurs, and the total.
    """
    wide = pd.crosstab([frame["chapter"], frame["article"]], frame["standing"])
    order = list(dict.fromkeys(zip(frame["chapter"], frame["article"], strict=True)))
    names = [standing_name(key, say) for key in STANDINGS]
    wide = wide.reindex(index=order, columns=[name for name in names if name in wide.columns])
    wide[say.text("column_total")] = wide.sum(axis=1)
    wide = wide.reset_index().rename(
        columns={"chapter": say.text("column_chapter"), "article": say.text("column_article")}
    )
    wide.columns.name = None
    return wide.set_index(say.text("column_article"))
