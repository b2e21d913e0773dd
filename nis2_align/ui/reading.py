"""The reading side of a requirement: what is asked for, and the clauses with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from nis2_align.concordance import Clause, Row
from nis2_align.directive import load_statements
from nis2_align.explanation import Explanation, Finding, Waterfall
from nis2_align.export.cells import shorten
from nis2_align.export.words import gap, provision
from nis2_align.messages import Messages
from nis2_align.model import ClauseRef, ElementState, Reason
from nis2_align.quotation import Quotation, quotation
from nis2_align.text.pieces import Piece
from nis2_align.ui import decisions
from nis2_align.ui.compared_laws import others_wrote
from nis2_align.ui.session import View
from nis2_align.ui.waterfalls import chart, waterfall
from nis2_align.ui.words import STATE_MARKS, aside, grade, plain, standing_name

__all__ = ["asked", "clauses", "evidence", "marked", "verdict"]

_CANDIDATES = 5
_DIGITS = 3
_QUOTE = 600
_SPAN = 240
_LEAD_IN = 240


def verdict(row: Row, told: Explanation, say: Messages) -> None:
    """Show the tool's verdict, what it rests on, and the gaps in words.

    Args:
        row: The row of the table.
        told: Its explanation.
        say: The words.
    """
    confidence = say.text("explain_confidence", confidence=say.number(row.confidence, 2))
    parts = [confidence, say.text(f"duty_{row.duty.value}")]
    if row.reason is not None:
        parts.append(say.text(f"reason_{row.reason.value}"))
    first = say.text("ui_review_first_reading")
    st.markdown(f"{plain(first)}: **{plain(grade(row, say))}** · {plain(' · '.join(parts))}")
    if row.rationale:
        st.text(row.rationale)
    for entry in row.gaps:
        st.text(f"▸ {gap(entry, say)}")
    _rests_on(told, say)


def _rests_on(told: Explanation, say: Messages) -> None:
    item = told.assessment
    said = [
        say.text(
            "explain_without",
            refs=", ".join(part.without),
            coverage=standing_name(part.coverage.value, say),
        )
        for part in item.rests_on
    ]
    if item.supported is not None:
        said.append(say.text("explain_supported" if item.supported else "explain_unsupported"))
    if said:
        st.markdown(aside(f"{say.text('explain_rests_on')}: {' · '.join(said)}"))


def asked(told: Explanation, view: View, say: Messages) -> None:
    """Show our statement, the official text, the elements, and how other laws wrote it.

    Args:
        told: The explanation.
        view: The result.
        say: The words.
    """
    st.markdown(f"**{say.text('ui_statements')}**")
    sentences = load_statements(view.alignment.result.words).says
    for sentence in sentences.get(told.assessment.requirement, ()):
        st.text(f"• {sentence}")
    if told.assessment.reason is Reason.NO_STATEMENT:
        st.text(say.text("rationale_no_statement"))
    if told.official:
        with st.expander(say.text("column_official"), icon=":material/menu_book:", expanded=True):
            st.text(told.official)
    if told.findings:
        st.markdown(f"**{say.text('explain_elements')}**")
        st.markdown("\n".join(line for one in told.findings for line in _element(one, say)))
    others_wrote(told.assessment.requirement, say)


def _element(finding: Finding, say: Messages) -> Iterable[str]:
    """Yield the lines of a list: the element, and below it the stretches that carry it."""
    state = ElementState(finding.state)
    word = say.text(f"state_{state.value}")
    yield f"- {STATE_MARKS[state]} **{plain(word)}:** {plain(finding.label)}"
    for ref, quote in finding.quotes:
        words = f": “{shorten(quote, _SPAN)}”" if quote else ""
        yield f"  - {plain(ref + words)}"


def clauses(row: Row, told: Explanation, view: View, say: Messages) -> None:
    """Show the clauses in their place, those that a person added too.

    Args:
        row: The row of the table.
        told: Its explanation.
        view: The result.
        say: The words.
    """
    st.markdown(f"**{say.text('explain_accepted')}**")
    if not row.clauses and not row.added:
        st.text(say.text("explain_no_clause"))
    for clause in (*row.clauses, *row.added):
        with st.container(border=True):
            _clause(row, clause, view, say)
    _candidates(row, told, view, say)


def _clause(row: Row, clause: Clause, view: View, say: Messages) -> None:
    named = ClauseRef(act=clause.act, ref=clause.ref)
    accepted = clause in row.clauses
    st.markdown(f"**{plain(provision(clause, len(view.table.acts) > 1, say))}**")
    _in_place(quotation(view.alignment.result, row.requirement, named), clause.quote, say)
    if not accepted:
        st.markdown(aside(say.text("ui_review_added")))
    key = f"counts_{row.requirement}_{clause.act}_{clause.ref}_{say.language}"
    st.session_state[key] = not accepted or clause in row.counting
    st.checkbox(
        say.text("ui_review_counts"),
        key=key,
        disabled=not decisions.reviewer(),
        on_change=_toggle,
        args=(say, row.requirement, named, key, accepted),
    )


def _toggle(say: Messages, requirement: str, clause: ClauseRef, key: str, accepted: bool) -> None:
    counts = bool(st.session_state[key])
    decisions.record(say, requirement, decisions.count(clause, counts=counts, accepted=accepted))


def _in_place(found: Quotation | None, quote: str, say: Messages) -> None:
    """Show a clause with what leads up to it; a long one shortened, the whole a click away."""
    if found is None:
        st.text(quote)
        return
    lead = [found.heading, *(shorten(words, _LEAD_IN) for words in found.lead_ins)]
    for words in filter(None, lead):
        st.markdown(aside(words))
    st.markdown(marked(_first(found.pieces)))
    if len(found.text) > _QUOTE or len(found.around.strip()) > len(found.text.strip()):
        with st.expander(say.text("ui_review_around"), icon=":material/unfold_more:"):
            st.text(found.around.strip())


def _first(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the first pieces of a clause, as many as can be read at a glance."""
    kept: list[Piece] = []
    room = _QUOTE
    for piece in pieces:
        if len(piece.text) > 1.2 * room:
            kept.append(Piece(shorten(piece.text, max(1, room)), marked=piece.marked))
            break
        kept.append(piece)
        room -= len(piece.text)
    return kept


def marked(pieces: Iterable[Piece]) -> str:
    """Return Markdown that shows a clause line by line, the words that matched set off.

    Args:
        pieces: The clause, cut where marks begin and end.

    Returns:
        The text as it stands, on a coloured ground and in bold where it matched; nothing in it
        acts as Markdown.
    """
    lines = [""]
    for piece in pieces:
        for place, part in enumerate(piece.text.splitlines() or [""]):
            if place:
                lines.append("")
            lines[-1] += _set_off(part, marked=piece.marked)
        if piece.text.endswith("\n"):
            lines.append("")
    return "  \n".join(stripped for line in lines if (stripped := line.strip()))


def _set_off(part: str, *, marked: bool) -> str:
    shown = plain(part)
    if not shown:
        return " " if part else ""
    before = " " if part[0].isspace() else ""
    after = " " if part[-1].isspace() else ""
    return f"{before}{f':orange-background[**{shown}**]' if marked else shown}{after}"


def _candidates(row: Row, told: Explanation, view: View, say: Messages) -> None:
    if not told.candidates:
        return
    shown = told.candidates[:_CANDIDATES]
    with st.expander(f"{say.text('explain_candidates')} ({len(shown)})", icon=":material/list:"):
        for fall in shown:
            named = ClauseRef(act=fall.act, ref=fall.ref)
            page = "" if fall.page is None else f", {say.text('page_number', page=fall.page)}"
            name = f"{fall.act}: {fall.ref}" if len(view.table.acts) > 1 else fall.ref
            st.markdown(f"**{plain(name + page)}** · {say.number(fall.score, _DIGITS)}")
            found = quotation(view.alignment.result, row.requirement, named)
            st.markdown(marked(_first(found.pieces)) if found else plain(fall.quote))
            offer(row, named, f"candidate_{fall.act}_{fall.ref}", say)


def offer(row: Row, clause: ClauseRef, key: str, say: Messages) -> None:
    """Show a button that makes a clause count.

    Args:
        row: The row of the table.
        clause: The clause.
        key: What the button's key begins with.
        say: The words.
    """
    held = {ClauseRef(act=one.act, ref=one.ref) for one in row.counting}
    st.button(
        say.text("ui_review_counted" if clause in held else "ui_review_count"),
        key=f"{key}_{row.requirement}",
        icon=":material/check:" if clause in held else ":material/add:",
        disabled=not decisions.reviewer() or clause in held,
        on_click=decisions.take,
        args=(say, row.requirement, decisions.add(clause)),
    )


def evidence(row: Row, told: Explanation, view: View, say: Messages) -> None:
    """Show the waterfall of each clause that the tool accepted, the first one open.

    Args:
        row: The row of the table.
        told: Its explanation.
        view: The result.
        say: The words.
    """
    if told.accepted:
        st.markdown(f"**{say.text('ui_evidence')}**")
    several = len(view.table.acts) > 1
    for place, (clause, fall) in enumerate(zip(row.clauses, told.accepted, strict=True)):
        score = say.text("ui_score", score=say.number(fall.score, _DIGITS))
        name = plain(f"{provision(clause, several, say)}: {score}")
        with st.expander(name, expanded=place == 0, icon=":material/waterfall_chart:"):
            _fall(fall, say)


def _fall(fall: Waterfall, say: Messages) -> None:
    st.markdown(aside(say.text("ui_selected_by", how=fall.selected_by)))
    dark = st.context.theme.type == "dark"
    alt = say.text("ui_review_waterfall_alt")
    st.altair_chart(chart(fall, say, dark=dark), width="stretch", alt=alt)
    st.table(waterfall(fall, say), hide_index=True)
