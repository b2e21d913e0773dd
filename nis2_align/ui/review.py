"""Requirement after requirement: what is asked beside what stands in the acts, and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from nis2_align.concordance import Row
from nis2_align.concordance.doubt import by_doubt
from nis2_align.export.words import group_name
from nis2_align.messages import Messages
from nis2_align.model import Coverage
from nis2_align.ui import decisions, session
from nis2_align.ui.choice import pick
from nis2_align.ui.desk import desk, name_box, stands
from nis2_align.ui.reading import asked, clauses, evidence, verdict
from nis2_align.ui.session import View
from nis2_align.ui.sifting import stands as graded
from nis2_align.ui.style import BESIDE
from nis2_align.ui.words import STANDINGS, aside, plain, standing_name

__all__ = ["neighbours", "page"]

_ALL = ""
_OPEN = "open"
_STILL_OPEN = ("partial", "none", "uncertain")
_BLOCK = 10
# Wide enough that on a narrow screen each stands below the other, whatever is left for the clauses.
_LIST_PIXELS = 250
_ASKED_PIXELS = 360


def page(view: View, say: Messages) -> None:
    """Show the list of requirements and the one that is open.

    Args:
        view: The result.
        say: The words.
    """
    chosen = session.chosen_requirement(view)
    row = next(one for one in view.table.rows if one.requirement == chosen)
    told = view.alignment.explain(chosen, say.language)
    head = st.container()
    with st.container(horizontal=True):
        with st.container(width=_LIST_PIXELS, key=f"{BESIDE}list"):
            ordered, kept = _listed(view, say)
            _list(kept, chosen, say)
        with st.container(width=_ASKED_PIXELS, key=f"{BESIDE}asked"):
            asked(told, view, say)
        with st.container():
            verdict(row, told, say)
            stands(row, say)
            clauses(row, told, view, say)
    with head:
        _head(row, ordered, kept, say)
    desk(row, view, say)
    evidence(row, told, view, say)


def _listed(view: View, say: Messages) -> tuple[Sequence[Row], Sequence[Row]]:
    """Show order and filters; return all rows in that order, and those that the filters keep."""
    name_box("review_name", say)
    order = pick(
        "review_order",
        say.text("ui_review_order"),
        ["doubt", "directive"],
        lambda key: say.text(f"ui_review_order_{key}"),
        say,
    )
    ordered = by_doubt(view.table.rows) if order == "doubt" else view.table.rows
    with st.expander(say.text("ui_review_filters"), icon=":material/filter_list:"):
        grade = pick(
            "review_grade",
            say.text("column_coverage"),
            [_ALL, _OPEN, *STANDINGS],
            lambda key: _grade_name(key, say),
            say,
        )
        chapters = [group.key for group in view.table.chapters]
        chapter = pick(
            "review_chapter",
            say.text("column_chapter"),
            [_ALL, *chapters],
            lambda key: group_name(key, say, chapter=True) if key else say.text("ui_all"),
            say,
        )
        state = pick(
            "review_state",
            say.text("ui_review_state"),
            [_ALL, "undecided", "decided", "stale"],
            lambda key: say.text(f"ui_review_state_{key}" if key else "ui_all"),
            say,
        )
    kept = [row for row in ordered if _fits(row, grade, chapter, state)]
    return ordered, kept


def _grade_name(key: str, say: Messages) -> str:
    if key in (_ALL, _OPEN):
        return say.text("ui_review_open" if key else "ui_all")
    return standing_name(key, say)


def _fits(row: Row, grade: str, chapter: str, state: str) -> bool:
    where = graded(row)
    fits_grade = grade in (_ALL, where) or (grade == _OPEN and where in _STILL_OPEN)
    return fits_grade and chapter in (_ALL, row.chapter) and state in (_ALL, *_states(row))


def _states(row: Row) -> tuple[str, ...]:
    if row.review is None:
        return ("undecided",)
    return ("decided", "stale") if row.review.stale else ("decided",)


def _list(kept: Sequence[Row], chosen: str, say: Messages) -> None:
    """Show a part of the list, that with the open requirement unless another was asked for."""
    if not kept:
        st.info(say.text("ui_review_none"), icon=":material/filter_list_off:")
        return
    ids = [row.requirement for row in kept]
    first = _first_of_block(ids, chosen)
    shown = kept[first : first + _BLOCK]
    count = say.text("ui_review_shown", first=first + 1, last=first + len(shown), total=len(kept))
    st.markdown(aside(count))
    key = f"review_list_{say.language}"
    st.session_state[key] = chosen if chosen in ids[first : first + _BLOCK] else None
    labels = {row.requirement: _label(row, say) for row in shown}
    st.radio(
        say.text("column_requirements"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=key,
        on_change=_open,
        args=(key,),
        label_visibility="collapsed",
    )
    with st.container(horizontal=True):
        _turn("ui_review_earlier", first - _BLOCK, chosen, first > 0, say)
        _turn("ui_review_later", first + _BLOCK, chosen, first + _BLOCK < len(kept), say)


def _first_of_block(ids: Sequence[str], chosen: str) -> int:
    asked_for = st.session_state.get("review_block")
    if asked_for is not None and asked_for[0] == chosen and 0 <= asked_for[1] < len(ids):
        return int(asked_for[1])
    place = ids.index(chosen) if chosen in ids else 0
    return place - place % _BLOCK


def _turn(key: str, first: int, chosen: str, there: bool, say: Messages) -> None:
    def turn() -> None:
        st.session_state["review_block"] = (chosen, first)

    st.button(say.text(key), key=key, on_click=turn, disabled=not there)


def _label(row: Row, say: Messages) -> str:
    decided = "" if row.review is None else " ↻" if row.review.stale else " ✎"
    name = plain(f"{standing_name(graded(row), say)}{decided}")
    return f"**{plain(row.requirement)}** {name}: {plain(row.heading)}"


def _open(key: str) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        st.session_state["requirement"] = chosen
        st.session_state.pop(decisions.ERROR, None)


def neighbours(
    ordered: Sequence[str], kept: Sequence[str], chosen: str
) -> tuple[str | None, str | None]:
    """Return what stands before and after a requirement.

    Args:
        ordered: All ids in the order of the list.
        kept: Those that the filters keep, in the same order.
        chosen: The one that is open, whether it is kept or not.

    Returns:
        The nearest kept id before and after it, or None.
    """
    places: Mapping[str, int] = {id_: place for place, id_ in enumerate(ordered)}
    here = places[chosen]
    before = [id_ for id_ in kept if places[id_] < here]
    after = [id_ for id_ in kept if places[id_] > here]
    return (before[-1] if before else None), (after[0] if after else None)


def _head(row: Row, ordered: Sequence[Row], kept: Sequence[Row], say: Messages) -> None:
    """Show the requirement's name and the buttons that are pressed most."""
    st.header(f"{plain(row.requirement)} {plain(row.heading)}", anchor=False)
    before, after = neighbours(
        [one.requirement for one in ordered], [one.requirement for one in kept], row.requirement
    )
    ready = bool(decisions.reviewer()) and session.reviews() is not None
    accepted = row.review is not None and row.review.grade is row.coverage and not row.review.stale
    with st.container(horizontal=True):
        _way("ui_review_previous", ":material/arrow_back:", before, say)
        _way("ui_review_next", ":material/arrow_forward:", after, say)
        _button_accept("ui_review_accept", row, None, ready and not accepted, say)
        _button_accept("ui_review_accept_next", row, after, ready and after is not None, say)
    if decisions.ERROR in st.session_state:
        st.error(plain(st.session_state[decisions.ERROR]), icon="⚠️")


def _button_accept(
    key: str,
    row: Row,
    then: str | None,
    there: bool,
    say: Messages,
) -> None:
    st.button(
        say.text(key),
        key=key,
        icon=":material/check:" if then is None else ":material/done_all:",
        disabled=not there,
        on_click=_accept,
        args=(row.requirement, row.coverage, then, say),
    )


def _way(key: str, icon: str, to: str | None, say: Messages) -> None:
    def go() -> None:
        st.session_state["requirement"] = to
        st.session_state.pop(decisions.ERROR, None)

    st.button(say.text(key), key=key, icon=icon, disabled=to is None, on_click=go)


def _accept(requirement: str, coverage: Coverage, then: str | None, say: Messages) -> None:
    """Take the tool's grade for one's own, and go on where asked to once it is kept."""
    if decisions.record(say, requirement, decisions.grade(coverage)) and then is not None:
        st.session_state["requirement"] = then
