"""A clause beside a gap: typed or pasted, tried in the act, taken out."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from nis2_align.concordance import Row
from nis2_align.drafting import LONGEST, clause_lines
from nis2_align.errors import Nis2AlignError
from nis2_align.export.cells import shorten
from nis2_align.export.gap_list import gap_lines
from nis2_align.messages import Messages
from nis2_align.model import ClauseRef, Provision, Segmentation
from nis2_align.notices import error_text
from nis2_align.trial import try_clause
from nis2_align.ui import session
from nis2_align.ui.attempts import attempts, keep, memory, ready, show
from nis2_align.ui.choice import kept, pick
from nis2_align.ui.desk import name_box
from nis2_align.ui.gaps import open_rows
from nis2_align.ui.reading import asked, verdict
from nis2_align.ui.session import View
from nis2_align.ui.sifting import stands
from nis2_align.ui.style import BESIDE
from nis2_align.ui.typed import lay
from nis2_align.ui.visits import visit
from nis2_align.ui.words import aside, plain, standing_name

__all__ = ["page"]

_ASKED_PIXELS = 420
_BOX_PIXELS = 720
_WORDS = 90
# What a clause can stand below; not what stands outside the articles.
_OUTSIDE = frozenset({"preamble", "chapter", "closing"})


def page(view: View, say: Messages) -> None:
    """Show the gap, the editor beside it, and what was tried.

    Args:
        view: The result.
        say: The words.
    """
    row = _choice(view, say)
    told = view.alignment.explain(row.requirement, say.language)
    st.markdown(aside(say.text("ui_draft_help")))
    ready(view)
    with st.container(horizontal=True):
        with st.container(width=_ASKED_PIXELS, key=f"{BESIDE}asked"):
            verdict(row, told, say)
            asked(told, view, say)
        with st.container():
            _trying(row, view, say)


def _choice(view: View, say: Messages) -> Row:
    """Show the open requirements in a box; the one that the other pages have open is chosen."""
    chosen = session.chosen_requirement(view)
    rows = {row.requirement: row for row in view.table.rows}
    open_ = {row.requirement for row in open_rows(view.table)} | {chosen}
    names = {
        id_: f"{id_} {standing_name(stands(row), say)}: {row.heading}"
        for id_, row in rows.items()
        if id_ in open_
    }
    key = f"draft_requirement:{say.language}"
    st.session_state[key] = chosen

    def keep_choice() -> None:
        st.session_state["requirement"] = st.session_state[key]

    with st.container(width=_BOX_PIXELS):
        st.selectbox(
            say.text("ui_choose"),
            list(names),
            format_func=names.__getitem__,
            key=key,
            on_change=keep_choice,
        )
    return rows[chosen]


# A fragment: what is done in it draws nothing anew but itself, so a trial is on the screen sooner.
@st.fragment
def _trying(row: Row, view: View, say: Messages) -> None:
    name_box("draft_name", say)
    _editor(row, view, say)
    show(view, row.requirement, say)


def _editor(row: Row, view: View, say: Messages) -> None:
    place = _place(row, view, say)
    here = (view.digest, row.requirement)
    texts = visit().clauses
    key = f"draft_clause:{row.requirement}:{say.language}"
    lay(key, texts.get(here, ""))

    def keep_text() -> None:
        texts[here] = str(st.session_state[key] or "")

    st.text_area(
        say.text("ui_draft_clause"),
        key=key,
        height=180,
        max_chars=LONGEST,
        help=say.text("ui_draft_clause_help"),
        on_change=keep_text,
    )
    if (
        st.button(
            say.text("ui_draft_try"),
            key="draft_try",
            icon=":material/science:",
            disabled=place is None,
        )
        and place is not None
    ):
        _try(row, place, texts.get(here, ""), view, say)


def _try(row: Row, place: ClauseRef, text: str, view: View, say: Messages) -> None:
    """Try the clause, unless it was tried at the same place before."""
    try:
        lines = "\n".join(clause_lines(text))
    except Nis2AlignError:
        st.warning(say.text("ui_draft_empty"), icon=":material/edit_note:")
        return
    held = attempts(view, row.requirement)
    tried = [one for one in held if one.trial.text == lines and one.trial.after == place]
    if tried:
        held.remove(tried[0])
        held.insert(0, tried[0])
        return
    try:
        with st.spinner(say.text("ui_draft_working"), show_time=True):
            result, known = view.alignment.result, memory(view, say)
            keep(view, try_clause(result, row.requirement, lines, place, memory=known))
    except Nis2AlignError as error:
        st.error(plain(error_text(error, say)), icon="⚠️")


def _place(row: Row, view: View, say: Messages) -> ClauseRef | None:
    """Show where the clause may stand, to begin with where the gap list says it belongs."""
    found = _places(view)
    if not found:
        return None
    several = len(view.table.acts) > 1
    name = f"draft_place_{row.requirement}"
    if kept(name, found) is None:
        home = gap_lines([row], view.table, say)[0].home
        named = f"{home.act}:{home.ref}" if home else ""
        st.session_state[name] = named if named in found else next(iter(found))
    chosen = pick(
        name,
        say.text("ui_draft_place"),
        list(found),
        lambda key: _named(*found[key], several),
        say,
    )
    cut, provision = found[chosen]
    return ClauseRef(act=cut.document.id, ref=provision.ref)


def _places(view: View) -> Mapping[str, tuple[Segmentation, Provision]]:
    return {
        f"{cut.document.id}:{one.ref}": (cut, one)
        for cut in view.alignment.result.segmentations
        for one in cut.provisions
        if one.kind not in _OUTSIDE
    }


def _named(cut: Segmentation, provision: Provision, several: bool) -> str:
    words = provision.heading or provision.own.of(cut.document.text)
    place = f"{cut.document.id}: {provision.ref}" if several else provision.ref
    return f"{place} – {shorten(words, _WORDS)}" if words else place
