"""What the tool does, how good it is, where its limits are, and what it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from nis2_align.directive import CELEX, load_directive
from nis2_align.errors import Nis2AlignError
from nis2_align.evaluate.published import Figure, Measured, published
from nis2_align.messages import Messages
from nis2_align.notices import error_text, language_name
from nis2_align.reviews import Reviews, default_path
from nis2_align.ui.visits import GRACE_SECONDS, Keeping, keeping, visit
from nis2_align.ui.words import plain
from nis2_align.version import __version__

__all__ = ["page"]

_METHOD = ("read", "divide", "compare", "grade", "person")
_LIMITS = ("judge", "words", "elsewhere", "scans", "languages")
_FIGURES = ("found", "agreed", "balanced", "decided", "gaps")
# What is about the screen, and not about any act.
_KEPT = frozenset({"visit", "screen_language"})
# Key of the box that asks whether the decisions are to go too.
_ALSO = "delete_decisions"


def page(say: Messages) -> None:
    """Show the page.

    Args:
        say: The words.
    """
    st.markdown(say.text("not_the_judge"))
    _listed("method", _METHOD, say)
    _accuracy(say)
    _listed("limits", _LIMITS, say)
    _privacy(say)
    st.header(say.text("ui_about_version"), anchor=False)
    edition = say.text(
        "ui_about_edition",
        version=__version__,
        catalogue=load_directive().version,
        celex=CELEX,
    )
    st.text(edition)


def _listed(part: str, names: Sequence[str], say: Messages) -> None:
    st.header(say.text(f"ui_about_{part}"), anchor=False)
    st.markdown("\n".join(f"- {plain(say.text(f'ui_about_{part}_{name}'))}" for name in names))


def _accuracy(say: Messages) -> None:
    st.header(say.text("ui_about_accuracy"), anchor=False)
    try:
        measured = published()
    except Nis2AlignError as error:
        st.error(plain(error_text(error, say)), icon="⚠️")
        return
    st.markdown(plain(say.text("ui_about_accuracy_how")))
    st.table(_frame(measured, say))
    explained = (f"- {plain(say.text(f'ui_about_figure_{name}_help'))}" for name in _FIGURES)
    st.markdown("\n".join(explained))


def _frame(measured: Sequence[Measured], say: Messages) -> pd.DataFrame:
    """Lay out one line per labelled act, its language first."""
    lines = [
        {
            say.text("ui_about_language"): _spoken(one, say),
            say.text("ui_about_act"): plain(one.act),
            say.text("ui_about_requirements"): str(one.requirements),
            **{
                say.text(f"ui_about_figure_{name}"): _shown(getattr(one, name), say)
                for name in _FIGURES
            },
        }
        for one in measured
    ]
    return pd.DataFrame(lines).set_index(say.text("ui_about_language"))


def _spoken(measured: Measured, say: Messages) -> str:
    return language_name(measured.language, say) if measured.language else "–"


def _shown(figure: Figure, say: Messages) -> str:
    value, low, high = (say.number(one, 2) for one in (figure.value, figure.low, figure.high))
    return f"{value} ({low}–{high})"


def _privacy(say: Messages) -> None:
    st.header(say.text("ui_about_privacy"), anchor=False)
    kept = keeping()
    minutes = f"{GRACE_SECONDS / 60:.0f}"
    sentences = (
        say.text("ui_about_privacy_files", minutes=minutes),
        say.text(f"ui_about_privacy_reviews_{kept.value}", minutes=minutes, path=default_path()),
        say.text("ui_about_privacy_browser"),
        say.text("ui_about_privacy_network"),
    )
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    store = _store(say)
    with st.popover(say.text("ui_about_delete"), icon=":material/delete_forever:"):
        st.markdown(plain(say.text(f"ui_about_delete_{kept.value}")))
        if kept is Keeping.PERSON and store is not None:
            count = sum(_dossiers(store, say).values())
            st.checkbox(
                say.text("ui_about_delete_decisions", count=count), key=_ALSO, disabled=not count
            )
        st.button(
            say.text("ui_about_delete_now"),
            key="delete_everything",
            icon=":material/delete_forever:",
            on_click=_delete,
            args=(say,),
        )
    if st.session_state.pop("deleted", False):
        st.success(say.text("ui_about_deleted"), icon=":material/task_alt:")
    if failed := st.session_state.pop("delete_failed", ""):
        st.error(plain(failed), icon="⚠️")


def _store(say: Messages) -> Reviews | None:
    """Return the store of decisions; say why where it cannot be opened."""
    try:
        return visit().reviews()
    except Nis2AlignError as error:
        st.error(plain(error_text(error, say)), icon="⚠️")
        return None


def _dossiers(store: Reviews, say: Messages) -> Mapping[str, int]:
    """Return the dossiers of a store; say why where it cannot be read."""
    try:
        return store.dossiers()
    except Nis2AlignError as error:
        st.error(plain(error_text(error, say)), icon="⚠️")
        return {}


def _delete(say: Messages) -> None:
    """Let everything of this visit go, in memory and on the disk."""
    here = visit()
    if st.session_state.get(_ALSO):
        try:
            store = here.reviews()
            for dossier in tuple(store.dossiers()):
                store.delete(dossier)
        except Nis2AlignError as error:
            st.session_state["delete_failed"] = error_text(error, say)
            return
    here.clear()
    for key in list(st.session_state):
        if key not in _KEPT:
            del st.session_state[key]
    st.session_state["deleted"] = True
