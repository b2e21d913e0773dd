"""The deciding side of a requirement: name, grade, comment, clauses, other acts, history."""

from __future__ import annotations

import streamlit as st

from nis2_align.concordance import Row
from nis2_align.export.cells import shorten
from nis2_align.messages import Messages
from nis2_align.model import Coverage, Elsewhere
from nis2_align.reviews import Decision
from nis2_align.reviews.decision import instant
from nis2_align.search import Index, Place, index
from nis2_align.ui import decisions, session
from nis2_align.ui.reading import offer
from nis2_align.ui.session import View
from nis2_align.ui.typed import lay
from nis2_align.ui.visits import visit
from nis2_align.ui.words import aside, plain, standing_name

__all__ = ["desk", "name_box", "stands"]

_COMMENT = 5000
_FIELD = 300
_FOUND = 8
_QUOTE = 320


def name_box(key: str, say: Messages) -> None:
    """Ask for the name under which the visitor decides; it is kept for the visit.

    Args:
        key: Key of the box, another one on each page: a page that is opened has new boxes, and the
            session state still holds what stood in those of the page before.
        say: The words.
    """

    def keep() -> None:
        visit().reviewer = str(st.session_state[key] or "").strip()

    lay(key, visit().reviewer)
    st.text_input(
        say.text("ui_review_name"),
        key=key,
        help=say.text("ui_review_name_help"),
        max_chars=80,
        autocomplete="name",
        live=True,
        on_change=keep,
    )


def stands(row: Row, say: Messages) -> None:
    """Say what a person decided, and where a later draft has overtaken it.

    Args:
        row: The row of the table.
        say: The words.
    """
    review = row.review
    if review is None:
        st.markdown(aside(say.text("ui_review_undecided")))
        return
    given = say.text("ui_review_no_grade")
    if review.grade is not None:
        given = standing_name(review.grade.value, say)
    decided = say.text("ui_review_decided", who=review.who, when=_time(review.when))
    st.markdown(f"{plain(decided)}: **{plain(given)}**")
    if review.comment:
        st.text(review.comment)
    if review.stale:
        st.warning(say.text("ui_review_stale"), icon="⚠️")
        st.button(
            say.text("ui_review_still"),
            key=f"still_{row.requirement}",
            icon=":material/published_with_changes:",
            disabled=not decisions.reviewer(),
            on_click=decisions.take,
            args=(say, row.requirement, decisions.nothing),
        )


def desk(row: Row, view: View, say: Messages) -> None:
    """Show everything by which a person decides; each change is kept at once.

    Args:
        row: The row of the table.
        view: The result.
        say: The words.
    """
    st.header(say.text("ui_review_desk"), anchor=False)
    ready = bool(decisions.reviewer()) and session.reviews() is not None
    if session.reviews() is None:
        st.error(say.text("ui_review_no_store"), icon="⚠️")
    elif not ready:
        st.info(say.text("ui_review_name_first"), icon=":material/badge:")
    _grade(row, say, ready=ready)
    _comment(row, say, ready=ready)
    with st.expander(say.text("ui_review_search"), icon=":material/search:"):
        _search(row, view, say)
    label = say.text("ui_review_elsewhere", count=len(row.review.elsewhere if row.review else ()))
    with st.expander(label, icon=":material/library_books:"):
        _elsewhere(row, say, ready=ready)
    _history(row, view, say, ready=ready)


def _grade(row: Row, say: Messages, *, ready: bool) -> None:
    key = f"grade_{row.requirement}_{say.language}"

    def keep() -> None:
        chosen = st.session_state[key]
        given = Coverage(chosen) if chosen else None
        decisions.record(say, row.requirement, decisions.grade(given))

    given = row.review.grade if row.review else None
    st.session_state[key] = given.value if given else None
    st.radio(
        say.text("ui_review_grade"),
        [coverage.value for coverage in Coverage],
        index=None,
        format_func=lambda value: standing_name(value, say),
        key=key,
        horizontal=True,
        disabled=not ready,
        on_change=keep,
    )


def _comment(row: Row, say: Messages, *, ready: bool) -> None:
    key = f"comment_{row.requirement}"
    unsaved = st.session_state.get(decisions.UNSAVED, {})
    kept = row.review.comment if row.review else ""
    lay(key, unsaved.get(row.requirement, kept))
    st.text_area(
        say.text("ui_review_comment"),
        key=key,
        help=say.text("ui_review_comment_help"),
        max_chars=_COMMENT,
        disabled=not ready,
        on_change=decisions.write,
        args=(say, row.requirement, key),
    )


def _search(row: Row, view: View, say: Messages) -> None:
    query = st.text_input(
        say.text("ui_review_search_words"),
        key="review_search",
        type="search",
        help=say.text("ui_review_search_help"),
        live=True,
        persist_state="session",
    )
    if not (query or "").strip():
        return
    found = _index(view).find(query or "", _FOUND)
    if not found:
        st.markdown(aside(say.text("ui_review_search_nothing")))
    for place in found:
        with st.container(border=True):
            _place(row, place, view, say)


def _index(view: View) -> Index:
    """Return the index of the acts; it is held with the page and goes with it."""
    held = st.session_state.get("review_index")
    if held is None or held[0] != view.dossier.key:
        held = (view.dossier.key, index(view.alignment.result))
        st.session_state["review_index"] = held
    return held[1]


def _place(row: Row, place: Place, view: View, say: Messages) -> None:
    act, ref = place.clause.act, place.clause.ref
    parts = [f"{act}: {ref}" if len(view.table.acts) > 1 else ref]
    if place.page is not None:
        parts.append(say.text("page_number", page=place.page))
    if not place.exact:
        parts.append(say.text("ui_review_search_near"))
    st.markdown(f"**{plain(', '.join(parts))}**")
    st.text(shorten(place.words, _QUOTE))
    offer(row, place.clause, f"found_{act}_{ref}", say)


def _elsewhere(row: Row, say: Messages, *, ready: bool) -> None:
    for number, entry in enumerate(row.review.elsewhere if row.review else ()):
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.text(_cited(entry, say))
        right.button(
            say.text("ui_dossier_remove"),
            key=f"uncite_{row.requirement}_{number}",
            icon=":material/delete:",
            disabled=not ready,
            on_click=decisions.take,
            args=(say, row.requirement, decisions.uncite(entry)),
        )
    key = f"cite_{row.requirement}"
    for name in ("title", "gazette", "article", "celex"):
        st.text_input(
            say.text(f"ui_review_elsewhere_{name}"),
            key=f"{key}_{name}",
            max_chars=_FIELD,
            disabled=not ready,
            persist_state="session",
        )
    st.date_input(
        say.text("ui_dossier_planned"),
        value=None,
        key=f"{key}_planned",
        format="YYYY-MM-DD",
        disabled=not ready,
        persist_state="session",
    )
    st.button(
        say.text("ui_review_elsewhere_add"),
        key=f"{key}_add",
        icon=":material/add:",
        disabled=not ready,
        on_click=decisions.cite,
        args=(say, row.requirement, key),
    )


def _cited(entry: Elsewhere, say: Messages) -> str:
    parts = [entry.title, entry.gazette, entry.article, entry.celex]
    if entry.planned:
        parts.append(say.text("ui_dossier_is_planned", date=entry.planned))
    return ", ".join(part for part in parts if part)


def _history(row: Row, view: View, say: Messages, *, ready: bool) -> None:
    held = decisions.entries(view, row.requirement)
    if not held:
        return
    if row.review is not None:
        st.button(
            say.text("ui_review_undo"),
            key=f"undo_{row.requirement}",
            icon=":material/undo:",
            help=say.text("ui_review_undo_help"),
            disabled=not ready,
            on_click=decisions.take_back,
            args=(say, view, row.requirement),
        )
    label = say.text("ui_review_history", count=len(held))
    with st.expander(label, icon=":material/history:"):
        for entry in reversed(held):
            st.markdown(f"- {plain(_told(entry, say))}")


def _told(entry: Decision, say: Messages) -> str:
    """Say in one line what an entry holds: when, who, before and after, and what else."""
    before = standing_name(entry.before_coverage.value, say)
    after = standing_name(entry.grade.value, say) if entry.grade else say.text("ui_review_no_grade")
    parts = [_time(entry.when), entry.who]
    if entry.undone:
        parts.append(say.text("ui_review_taken_back"))
    parts.append(f"{before} → {after}")
    parts += [f"+ {clause.ref}" for clause in entry.added]
    parts += [f"− {clause.ref}" for clause in entry.removed]
    parts += [_cited(one, say) for one in entry.elsewhere]
    if entry.comment:
        parts.append(f"“{entry.comment}”")
    return " · ".join(parts)


def _time(when: str) -> str:
    return f"{instant(when):%Y-%m-%d %H:%M} UTC"
