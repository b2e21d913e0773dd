"""One requirement: our statements beside the quoted clauses, elements, evidence, gaps."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nis2_align.concordance import Row
from nis2_align.directive import load_statements
from nis2_align.explanation import Explanation, Finding, Waterfall
from nis2_align.export.cells import shorten
from nis2_align.export.words import gap, provisions
from nis2_align.messages import Messages
from nis2_align.model import ElementState, Reason
from nis2_align.ui.choice import pick
from nis2_align.ui.gaps import open_rows
from nis2_align.ui.session import View
from nis2_align.ui.words import STATE_MARKS, aside, grade, plain

__all__ = ["apportioned", "show", "waterfall"]

_CANDIDATES = 5
_DIGITS = 3
_QUOTE = 500


def show(view: View, say: Messages) -> None:
    """Show a selection of requirements and the details of the chosen one.

    Args:
        view: The result.
        say: The words.
    """
    st.subheader(say.text("ui_detail"))
    rows = {row.requirement: row for row in view.table.rows}
    if st.session_state.get("requirement") not in rows:
        first = next(iter(open_rows(view.table)), None)
        st.session_state["requirement"] = first.requirement if first else next(iter(rows))
    chosen = pick(
        "requirement",
        say.text("ui_choose"),
        list(rows),
        lambda id_: f"{id_}  {rows[id_].heading}  –  {grade(rows[id_], say)}",
        say,
    )
    told = view.alignment.explain(chosen, say.language)
    _verdict(rows[chosen], told, say)
    names = provisions(rows[chosen], view.table, say)
    left, right = st.columns(2, gap="large")
    with left:
        _statements(told, view, say)
    with right:
        _clauses(names, told, say)
    _evidence(names, told, say)


def _verdict(row: Row, told: Explanation, say: Messages) -> None:
    confidence = say.text("explain_confidence", confidence=say.number(row.confidence, 2))
    parts = [grade(row, say), confidence, say.text(f"duty_{row.duty.value}")]
    if row.reason is not None:
        parts.append(say.text(f"reason_{row.reason.value}"))
    st.markdown(f"**{plain(parts[0])}** · {plain(' · '.join(parts[1:]))}")
    if row.rationale:
        st.text(row.rationale)
    for entry in row.gaps:
        st.text(f"▸ {gap(entry, say)}")
    item = told.assessment
    for part in item.rests_on:
        coverage = say.text(f"grade_{part.coverage.value}")
        refs = ", ".join(part.without)
        st.markdown(aside(say.text("explain_without", refs=refs, coverage=coverage)))
    if item.supported is not None:
        key = "explain_supported" if item.supported else "explain_unsupported"
        st.markdown(aside(say.text(key)))


def _statements(told: Explanation, view: View, say: Messages) -> None:
    st.markdown(f"**{say.text('ui_statements')}**")
    sentences = load_statements(view.alignment.result.words).says
    for sentence in sentences.get(told.assessment.requirement, ()):
        st.text(f"• {sentence}")
    if told.assessment.reason is Reason.NO_STATEMENT:
        st.text(say.text("rationale_no_statement"))
    _elements(told.findings, say)


def _elements(findings: Sequence[Finding], say: Messages) -> None:
    if not findings:
        return
    st.markdown(f"**{say.text('explain_elements')}**")
    for finding in findings:
        state = ElementState(finding.state)
        st.text(f"{STATE_MARKS[state]} {say.text(f'state_{state.value}')}: {finding.label}")
        for ref, quote in finding.quotes:
            st.text(f"↳ {ref}: “{' '.join(quote.split())}”" if quote else f"↳ {ref}")


def _clauses(names: Sequence[str], told: Explanation, say: Messages) -> None:
    st.markdown(f"**{say.text('explain_accepted')}**")
    if not told.accepted:
        st.text(say.text("explain_no_clause"))
    for name, fall in zip(names, told.accepted, strict=True):
        with st.container(border=True):
            st.markdown(f"**{plain(name)}**")
            _quote(fall.quote, say)
    if told.candidates:
        with st.expander(f"{say.text('explain_candidates')} ({len(told.candidates)})"):
            for fall in told.candidates[:_CANDIDATES]:
                page = "" if fall.page is None else f", {say.text('page_number', page=fall.page)}"
                st.markdown(f"**{plain(fall.ref + page)}** · {fall.score:.{_DIGITS}f}")
                st.text(shorten(fall.quote, _QUOTE))


def _evidence(names: Sequence[str], told: Explanation, say: Messages) -> None:
    """Show the waterfalls over the whole width, the first one open."""
    if told.accepted:
        st.markdown(f"**{say.text('ui_evidence')}**")
    for place, (name, fall) in enumerate(zip(names, told.accepted, strict=True)):
        score = say.text("ui_score", score=f"{fall.score:.{_DIGITS}f}")
        with st.expander(f"{plain(name)}: {plain(score)}", expanded=place == 0):
            st.markdown(aside(say.text("ui_selected_by", how=fall.selected_by)))
            st.table(waterfall(fall, say), hide_index=True)


def _quote(quote: str, say: Messages) -> None:
    """Show a clause as it stands; a long one shortened, with the whole of it one click away."""
    if len(quote) <= 1.2 * _QUOTE:
        st.text(quote)
        return
    st.text(shorten(quote, _QUOTE))
    with st.expander(say.text("ui_whole_clause")):
        st.text(quote)


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
