"""How the score of a clause comes about: as bars and as a table, with the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import altair as alt
import pandas as pd

from nis2_align.explanation import Waterfall
from nis2_align.messages import Messages
from nis2_align.ui.words import COLOURS, INK, plain

__all__ = ["apportioned", "chart", "waterfall"]

_DIGITS = 3
_BAR = 24
_AXIS = 40


def waterfall(fall: Waterfall, say: Messages) -> pd.DataFrame:
    """Lay out the evidence of one clause.

    Args:
        fall: The waterfall.
        say: The words.

    Returns:
        One line per signal and a last one with the score; the figures shown add up to it exactly.
        Every text is safe as Markdown.
    """
    shares, total = apportioned([bar.contribution for bar in fall.bars], fall.score)
    signals = [_signal(bar.signal, say) for bar in fall.bars]
    whys = [f"{bar.why}: “{bar.quote}”" if bar.quote else bar.why for bar in fall.bars]
    return pd.DataFrame(
        {
            say.text("ui_contribution"): [*map(plain, shares), f"**{plain(total)}**"],
            say.text("ui_signal"): [*map(plain, signals), f"**{say.text('explain_score')}**"],
            say.text("ui_why"): [*map(plain, whys), plain(say.text("explain_sum"))],
        }
    )


def chart(fall: Waterfall, say: Messages, *, dark: bool) -> alt.LayerChart:
    """Draw the evidence of one clause: each bar begins where the one above it ends.

    Args:
        fall: The waterfall.
        say: The words.
        dark: Whether the page is dark.

    Returns:
        One bar per signal and a last one with the score, each with its figure beside it.
    """
    shares, total = apportioned([bar.contribution for bar in fall.bars], fall.score)
    ends = [*accumulate(float(share) for share in shares), float(total)]
    starts = [0.0, *ends[:-2], 0.0] if fall.bars else [0.0]
    frame = pd.DataFrame(
        {
            "signal": [*(_signal(bar.signal, say) for bar in fall.bars), say.text("explain_score")],
            "start": starts,
            "end": ends,
            "right": [max(pair) for pair in zip(starts, ends, strict=True)],
            "share": [*shares, total],
            "colour": [
                *(COLOURS["full" if bar.contribution >= 0 else "none"] for bar in fall.bars),
                COLOURS["uncertain"],
            ],
        }
    )
    ink = INK[dark]
    names = alt.Axis(labelLimit=240, labelColor=ink, labelOverlap=False)
    rows = alt.Y("signal:N", sort=None, title=None, axis=names)
    base = alt.Chart(frame).encode(y=rows)
    bars = base.mark_bar(height=_BAR * 0.6).encode(
        x=alt.X(
            "start:Q",
            title=say.text("explain_score"),
            axis=alt.Axis(labelColor=ink, titleColor=ink),
        ),
        x2="end:Q",
        color=alt.Color("colour:N", scale=None),
        tooltip=[
            alt.Tooltip("signal:N", title=say.text("ui_signal")),
            alt.Tooltip("share:N", title=say.text("ui_contribution")),
        ],
    )
    figures = base.mark_text(align="left", dx=4, color=ink).encode(x="right:Q", text="share:N")
    return alt.LayerChart(layer=[bars, figures], height=_AXIS + _BAR * len(frame))


def _signal(name: str, say: Messages) -> str:
    key = f"ui_signal_{name}"
    return say.text(key) if key in say.texts else name


def apportioned(shares: Sequence[float], score: float) -> tuple[list[str], str]:
    """Round the contributions so that what is shown adds up to the score that is shown.

    Args:
        shares: Contributions, which add up to ``score``.
        score: The score.

    Returns:
        The contributions with their sign and the score, each with three digits: largest
        remainders are rounded up first (the method of Hare and Niemeyer).
    """
    unit = 10**_DIGITS
    total = round(score * unit)
    floors = [int(share * unit // 1) for share in shares]
    left = total - sum(floors)
    by_rest = sorted(range(len(shares)), key=lambda i: floors[i] - shares[i] * unit)
    raised = set(by_rest[: max(0, left)])
    whole = [floor + (place in raised) for place, floor in enumerate(floors)]
    return [f"{value / unit:+.{_DIGITS}f}" for value in whole], f"{total / unit:.{_DIGITS}f}"
