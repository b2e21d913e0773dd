"""What the address of a page says: the dossier's digest and the requirement, never any text."""

from __future__ import annotations

from functools import cache
from typing import cast

import streamlit as st

from nis2_align.directive import load_directive
from nis2_align.ui.session import chosen
from nis2_align.ui.visits import visit

__all__ = [
    "ACT", "REQUIREMENT", "address", "follow_address", "id_of", "keep_address", "link_of",
    "on_the_way",
]  # fmt: skip

#: Names of the two parameters.
ACT = "act"
REQUIREMENT = "req"


def link_of(id_: str) -> str:
    """Return the id of a requirement as the address writes it: ``21(2)(j)`` → ``21.2.j``."""
    return id_.replace("(", ".").replace(")", "")


@cache
def _ids() -> dict[str, str]:
    return {link_of(id_): id_ for id_ in load_directive().requirements}


def id_of(link: str) -> str | None:
    """Return the requirement that an address names.

    Args:
        link: What stands in the address, e.g. ``21.2.j``; the id itself is understood too.

    Returns:
        The id, or None where there is no such requirement.
    """
    return _ids().get(link_of(link.strip()))


def on_the_way() -> str | None:
    """Return the page that was asked for, once."""
    return cast("str | None", st.session_state.pop("way", None))


def address(page: str) -> dict[str, str]:
    """Return the parameters of a page's address.

    Args:
        page: Name of the page.

    Returns:
        The dossier's digest and the requirement, each where there is one to name.
    """
    parts: dict[str, str] = {}
    dossier = chosen()
    if dossier is not None:
        parts[ACT] = dossier.digest
        requirement = st.session_state.get("requirement")
        if page in ("review", "draft") and requirement:
            parts[REQUIREMENT] = link_of(str(requirement))
    return parts


def follow_address() -> bool:
    """Take over what the address says, where the visitor changed it or went back.

    Returns:
        Whether the address names a dossier that is not at hand.
    """
    state = st.session_state
    told = (st.query_params.get(ACT), st.query_params.get(REQUIREMENT))
    act, link = told
    # What we wrote ourselves is behind the times where the visitor has just loaded another act.
    if told != state.get("told"):
        state["told"] = told
        if act in visit().dossiers and act != state.get("dossier"):
            state["dossier"] = act
            state.pop("requirement", None)
        if link is not None and (id_ := id_of(link)) is not None:
            state["requirement"] = id_
    return act is not None and act not in visit().dossiers


def keep_address(page: str) -> None:
    """Make the address name what the page shows, so that it can be kept and opened again.

    Args:
        page: Name of the page.
    """
    wanted = address(page)
    if wanted and dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)
    st.session_state["told"] = (st.query_params.get(ACT), st.query_params.get(REQUIREMENT))
