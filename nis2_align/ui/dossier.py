"""The dossier: the acts, what is said and found about each, the official text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from nis2_align.messages import Messages
from nis2_align.ui import progress, session
from nis2_align.ui.acts import show_acts
from nis2_align.ui.session import Dossier, Source, View
from nis2_align.ui.uploads import Upload, put_together, uploader
from nis2_align.ui.words import aside, plain

__all__ = ["page"]

_NOTES = "upload_notes"


def page(say: Messages) -> None:
    """Show the acts and let the visitor load, describe and remove them.

    Args:
        say: The words.
    """
    st.markdown(say.text("ui_intro"))
    _doors(say)
    for note in st.session_state.get(_NOTES, ()):
        st.error(plain(note), icon="⚠️")
    dossier = session.chosen()
    if dossier is None:
        return
    view = progress.carried_out(dossier, say)
    if view is not None:
        _ways_on(view, say)
    show_acts(dossier, view, say)
    _further(dossier, view, say)


def _doors(say: Messages) -> None:
    """Show the two ways in: an upload, and the sample."""
    uploader("upload", say.text("ui_upload"), _taking(_load), help_=say.text("ui_upload_help"))
    # A row that wraps: on a narrow screen a column would cut the words off.
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            say.text("ui_sample"),
            key="sample",
            icon=":material/auto_stories:",
            on_click=_take_sample,
        )
        st.markdown(aside(say.text("ui_privacy")), width="content")


def _taking(take: Callable[[Sequence[Upload]], None]) -> Callable[[Sequence[Upload]], None]:
    """Forget what was said of earlier files, then take new ones."""

    def taking(uploads: Sequence[Upload]) -> None:
        st.session_state[_NOTES] = []
        if uploads:
            take(uploads)

    return taking


def _load(uploads: Sequence[Upload]) -> None:
    _choose(*put_together(uploads))


def _add(uploads: Sequence[Upload]) -> None:
    dossier, notes = put_together(uploads)
    held = session.chosen()
    if held is None or dossier is None:
        _choose(dossier or held, notes)
        return
    known = {source.digest for source in held.sources}
    new = tuple(source for source in dossier.sources if source.digest not in known)
    _choose(
        replace(
            held,
            sources=(*held.sources, *new),
            settings={**held.settings, **dossier.settings},
            elsewhere={**held.elsewhere, **dossier.elsewhere},
        ),
        notes,
    )


def _choose(dossier: Dossier | None, notes: Sequence[str]) -> None:
    st.session_state[_NOTES] = list(notes)
    if dossier is not None:
        session.choose(dossier)


def _take_sample() -> None:
    st.session_state[_NOTES] = []
    source = session.sample()
    session.choose(Dossier((source,)) if source is not None else None)


def _ways_on(view: View, say: Messages) -> None:
    """Offer the next page."""
    articles = sum(act.articles for act in view.table.acts)
    done = say.text("ui_dossier_done", acts=len(view.table.acts), articles=articles)
    st.success(done, icon=":material/task_alt:")
    if st.button(say.text("ui_dossier_to_coverage"), key="to_coverage", icon=":material/map:"):
        session.go("coverage")


def _further(dossier: Dossier, view: View | None, say: Messages) -> None:
    """Show what may be added: another act, the official text."""
    with st.expander(say.text("ui_dossier_add"), icon=":material/add:"):
        uploader("add", say.text("ui_dossier_add_help"), _taking(_add))
    with st.expander(say.text("ui_dossier_official"), icon=":material/menu_book:"):
        st.markdown(aside(say.text("ui_dossier_official_help")))
        if dossier.official is None:
            uploader(
                "official",
                say.text("ui_dossier_official_label"),
                _taking(_take_official),
                several=False,
            )
        else:
            _official(dossier.official, view, say)


def _take_official(uploads: Sequence[Upload]) -> None:
    held = session.chosen()
    if held is not None:
        session.choose(replace(held, official=Source(uploads[0].name, uploads[0].content)))


def _drop_official() -> None:
    held = session.chosen()
    if held is not None:
        session.choose(replace(held, official=None))


def _official(source: Source, view: View | None, say: Messages) -> None:
    st.markdown(f":material/menu_book: {plain(source.name)}")
    text = view.alignment.result.official_text if view is not None else None
    if text is not None:
        st.text(
            say.text("ui_dossier_official_found", found=len(text.texts), missing=len(text.missing))
        )
    for note in view.notes if view is not None else ():
        st.error(plain(note), icon="⚠️")
    st.button(
        say.text("ui_dossier_remove"),
        key="official_remove",
        icon=":material/delete:",
        on_click=_drop_official,
    )
