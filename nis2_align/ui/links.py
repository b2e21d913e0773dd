"""What the address of a page says: the dossier's digest and the requirement, never any text."""

from __future__ import annotations

from functools import cache

from nis2_align.directive import load_directive

__all__ = ["ACT", "REQUIREMENT", "id_of", "link_of"]

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
