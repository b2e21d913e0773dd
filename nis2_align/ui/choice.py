"""Select boxes whose choice outlives the words they are shown in, and a reload of the page."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

import streamlit as st

from nis2_align.messages import Messages
from nis2_align.ui.visits import visit

__all__ = ["kept", "pick"]


def kept(name: str, options: Container[str]) -> str | None:
    """Return what was chosen in a box of this page, or in this visit before; None if nothing fits.

    Args:
        name: As of :func:`pick`.
        options: What there is to choose from.
    """
    for held in (st.session_state.get(name), visit().choices.get(name)):
        if held in options and held is not None:
            return str(held)
    return None


def pick(
    name: str, label: str, options: Sequence[str], words: Callable[[str], str], say: Messages
) -> str:
    """Show a select box and return what is chosen.

    Streamlit remembers a choice by the words that stood on the screen, so it would be lost, or
    stay in the old words, when the language of the screen changes. Here each language has a box
    of its own, and all of them show the same choice.

    Args:
        name: Key in the session state under which the choice is kept and may be set.
        label: What stands above the box.
        options: What there is to choose from; the first is chosen to begin with.
        words: Option → what stands in the box for it.
        say: The words of the screen.

    Returns:
        The option chosen.
    """
    key = f"{name}:{say.language}"
    held = kept(name, options)
    st.session_state[name] = options[0] if held is None else held
    st.session_state[key] = st.session_state[name]

    def keep() -> None:
        st.session_state[name] = visit().choices[name] = st.session_state[key]

    st.selectbox(label, options, format_func=words, key=key, on_change=keep)
    return str(st.session_state[name])
