"""Other drafts and other laws beside the dossier: loading them, and the choice of what to show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from nis2_align.compare.laws import named
from nis2_align.dossier import ENDINGS as DOSSIER_ENDINGS
from nis2_align.messages import Messages
from nis2_align.ui import compared_drafts, compared_laws, progress, session
from nis2_align.ui.choice import pick
from nis2_align.ui.session import Dossier, View
from nis2_align.ui.uploads import Upload, put_together, uploader
from nis2_align.ui.words import aside, plain

__all__ = ["page"]

_WAYS = ("drafts", "laws")
_NOTES = "compare_notes"
_BOX_PIXELS = 360


def page(view: View, say: Messages) -> None:
    """Show what is held beside the dossier, and the comparison.

    Args:
        view: The result of the dossier.
        say: The words.
    """
    st.markdown(aside(say.text("ui_compare_help")))
    others = session.others()
    with st.expander(
        say.text("ui_compare_upload"), icon=":material/add:", expanded=not others, key="compare_add"
    ):
        uploader("compare", say.text("ui_compare_upload_help"), _add)
    for note in st.session_state.get(_NOTES, ()):
        st.error(plain(note), icon="⚠️")
    if not others:
        st.info(say.text("ui_compare_none"), icon=":material/compare_arrows:")
        return
    # Each has its own progress, and its own failure, which leaves the others as they are.
    found = {one.digest: progress.carried_out(one, say) for one in others}
    _listed(others, found, say)
    views = {digest: one for digest, one in found.items() if one is not None}
    if views:
        _comparison(view, views, say)


def _add(uploads: Sequence[Upload]) -> None:
    """Hold each file as a law of its own, unless a dossier file says what belongs together."""
    together = any(Path(one.name).suffix.lower() in DOSSIER_ENDINGS for one in uploads)
    notes: list[str] = []
    for files in [list(uploads)] if together else [[one] for one in uploads]:
        dossier, said = put_together(files)
        notes += said
        if dossier is not None:
            session.hold(dossier)
    st.session_state[_NOTES] = notes


def _listed(others: Sequence[Dossier], found: dict[str, View | None], say: Messages) -> None:
    st.markdown(f"**{say.text('ui_compare_beside')}**")
    for dossier in others:
        view = found[dossier.digest]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/description: {plain(_title(dossier, view))}", width="content")
            st.button(
                say.text("ui_compare_work"),
                key=f"compare_work_{dossier.digest}",
                icon=":material/swap_horiz:",
                on_click=session.choose,
                args=(dossier,),
            )
            st.button(
                say.text("ui_dossier_remove"),
                key=f"compare_remove_{dossier.digest}",
                icon=":material/delete:",
                on_click=session.drop,
                args=(dossier.digest,),
            )


def _title(dossier: Dossier, view: View | None) -> str:
    files = ", ".join(source.name for source in dossier.sources)
    return files if view is None else f"{next(iter(named({'': view.table})))} ({files})"


def _comparison(view: View, views: dict[str, View], say: Messages) -> None:
    st.session_state.setdefault("compare_way", _likely(view, views))
    with st.container(width=_BOX_PIXELS):
        way = pick(
            "compare_way",
            say.text("ui_compare_way"),
            _WAYS,
            lambda key: say.text(f"ui_compare_way_{key}"),
            say,
        )
    if way == "laws":
        compared_laws.show(view, views, say)
        return
    with st.container(width=2 * _BOX_PIXELS):
        earlier = pick(
            "compare_earlier",
            say.text("ui_compare_earlier"),
            list(views),
            lambda digest: _title(views[digest].dossier, views[digest]),
            say,
        )
    compared_drafts.show(views[earlier], view, say)


def _likely(view: View, views: dict[str, View]) -> str:
    """Tell what the visitor is likely to want: drafts where another is of the same country."""
    own = view.table.acts[0]
    return next(
        (
            "drafts"
            for other in views.values()
            if (other.table.acts[0].country, other.table.acts[0].language)
            == (own.country, own.language)
        ),
        "laws",
    )
