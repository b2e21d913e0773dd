"""What stands around every page: the sidebar, the address, and the choice of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec

import streamlit as st

from nis2_align.messages import REFERENCE, Messages, available, messages
from nis2_align.ui import links, progress, session
from nis2_align.ui.style import lay_style
from nis2_align.ui.typed import lay_script
from nis2_align.ui.visits import visit
from nis2_align.ui.words import aside, plain

__all__ = ["PAGES", "run"]

#: Name of a page, which is its module and stands in its address → its icon; in this order.
PAGES: Mapping[str, str] = {
    "dossier": ":material/folder_open:",
    "coverage": ":material/map:",
    "review": ":material/rate_review:",
    "gaps": ":material/rule:",
    "draft": ":material/edit_note:",
    "compare": ":material/compare_arrows:",
    "export": ":material/download:",
    "about": ":material/info:",
}
#: Pages that need no result.
_ALONE = frozenset({"dossier", "about"})
_SIDEBAR_PIXELS = 270


def run() -> None:
    """Show the page; Streamlit calls this anew after every action of the visitor."""
    say = messages(_screen_language())
    missing = links.follow_address()
    pages = _pages(say)
    # The links are ours, so that each carries the dossier and one step back leads one page back.
    page = st.navigation(list(pages.values()), position="hidden")
    way = links.on_the_way()
    if way in pages:
        st.switch_page(pages[way], query_params=links.address(way))
    here = next((name for name, one in pages.items() if one.url_path == page.url_path), "dossier")
    st.set_page_config(
        page_title=f"{say.text(f'ui_page_{here}')} – nis2_align",
        page_icon="⚖️",
        layout="wide",
        initial_sidebar_state=_SIDEBAR_PIXELS,
    )
    lay_style()
    if here == "dossier" and not missing and _asked_for_more(pages):
        st.switch_page(pages["review"], query_params=links.address("review"))
    with st.sidebar:
        _sidebar(pages, say)
        lay_script(say.language)
    if missing and session.chosen() is None and here != "about":
        st.info(say.text("ui_frame_link"), icon=":material/link:")
    links.keep_address(here)
    page.run()
    # The page may have opened a requirement, or loaded a dossier.
    links.keep_address(here)


def _asked_for_more(pages: Mapping[str, object]) -> bool:
    """Tell whether the bare address of the app names a requirement of a dossier at hand."""
    return "req" in st.query_params and "review" in pages and session.chosen() is not None


def _pages(say: Messages) -> dict[str, st.Page]:
    found: dict[str, st.Page] = {}
    for name in PAGES:
        if find_spec(f"nis2_align.ui.{name}") is not None:
            found[name] = st.Page(
                partial(_show, name, say),
                title=say.text(f"ui_page_{name}"),
                # An icon here would be fetched from afar, for the browser's tab.
                url_path=name,
                default=name == "dossier",
            )
    return found


def _show(name: str, say: Messages) -> None:
    # Loaded when it is opened: charts and spreadsheets take a while.
    show: Callable[..., None] = import_module(f"nis2_align.ui.{name}").page
    st.title(say.text(f"ui_page_{name}"), anchor=False)
    if name in _ALONE:
        show(say)
        return
    dossier = session.chosen()
    if dossier is None:
        st.info(say.text("ui_frame_no_dossier"), icon=":material/folder_open:")
        return
    view = progress.carried_out(dossier, say)
    if view is not None:
        show(view, say)


def _screen_language() -> str:
    """Return the language chosen, else the browser's where it is served."""
    codes = available()
    state = st.session_state
    if state.get("screen_language") not in codes:
        wanted = (visit().language, (st.context.locale or "").split("-")[0])
        state["screen_language"] = next((code for code in wanted if code in codes), REFERENCE)
    return str(state["screen_language"])


def _sidebar(pages: Mapping[str, st.Page], say: Messages) -> None:
    _language_box(say)
    for name, page in pages.items():
        st.page_link(page, icon=PAGES[name], query_params=links.address(name), width="stretch")
    dossier = session.chosen()
    if dossier is not None:
        st.markdown(f"**{say.text('ui_frame_acts')}**")
        for source in dossier.sources:
            st.markdown(f":material/description: {plain(source.name)}")
    st.markdown(aside(say.text("not_the_judge")))


def _language_box(say: Messages) -> None:
    """Show the languages, each in its own words, and keep the choice for the visit."""

    def keep() -> None:
        visit().language = st.session_state["screen_language"]

    # Written anew in each run, as a page change would else forget it.
    st.session_state["screen_language"] = say.language
    st.selectbox(
        say.text("ui_screen_language"),
        available(),
        format_func=lambda code: messages(code).text("language_name"),
        key="screen_language",
        on_change=keep,
    )
