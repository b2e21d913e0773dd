"""The Streamlit pages: thin, no analysis here. ``app.py`` calls :func:`run`."""

from __future__ import annotations

import streamlit as st

from nis2_align.messages import REFERENCE, Messages, available, messages
from nis2_align.ui import coverage, detail, dossier, gaps
from nis2_align.ui.session import View

__all__ = ["run"]

_MIME = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
}


def run() -> None:
    """Show the page; Streamlit calls this anew after every action of the visitor."""
    st.set_page_config(
        page_title="nis2_align", page_icon="⚖️", layout="wide", initial_sidebar_state=230
    )
    say = _screen_language()
    st.title(say.text("ui_title"))
    st.markdown(say.text("ui_intro"))
    chosen = dossier.choose(say)
    if chosen is None:
        return
    view = dossier.work(chosen, say)
    if view is None:
        return
    dossier.show_act(view, chosen, say)
    _downloads(view, say)
    coverage.show(view.table, say)
    gaps.show(view.table, say)
    detail.show(view, say)


def _screen_language() -> Messages:
    codes = available()
    with st.sidebar:
        code = st.selectbox(
            messages(st.session_state.get("screen_language", REFERENCE)).text("ui_screen_language"),
            codes,
            index=codes.index(REFERENCE),
            format_func=lambda code: messages(code).text("language_name"),
            key="screen_language",
        )
        say = messages(code)
        st.markdown(say.text("not_the_judge"))
    return say


def _downloads(view: View, say: Messages) -> None:
    # Named after the bytes, not after the file: the name of a draft can give it away.
    digest = "-".join(act.sha256[:8] for act in view.table.acts)
    with st.container(horizontal=True):
        for ending, mime in _MIME.items():
            st.download_button(
                say.text(f"ui_download_{ending[1:]}"),
                view.file(ending, say.language),
                file_name=f"nis2-concordance-{digest}{ending}",
                mime=mime,
                key=f"download{ending}",
                icon=":material/download:",
                on_click="ignore",
            )
