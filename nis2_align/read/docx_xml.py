"""Names of WordprocessingML (ECMA-376 Part 1, clause 17) and the questions asked of all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = [
    "CHANGES", "FALLBACK", "GONE", "WRAPPERS", "M", "W", "count", "flag", "integer", "is_gone",
    "value",
]  # fmt: skip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The second copy of a drawing, for programs that cannot show the first."""

GONE = frozenset(W + name for name in ("del", "moveFrom"))
"""What is not there any more once every tracked change is accepted."""

CHANGES = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
"""Containers that hold blocks and are no blocks themselves."""

_OFF = ("0", "false", "off", "none")


def value(element: Element | None, child: str) -> str | None:
    """Return the attribute ``w:val`` of a child, or None where either is missing."""
    found = None if element is None else element.find(W + child)
    return None if found is None else found.get(W + "val")


def flag(properties: Element | None, name: str) -> bool | None:
    """Return whether a property such as ``b`` is on or off; None where nothing is said."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(W + "val") not in _OFF


def integer(text: str | None, default: int, most: int) -> int:
    """Return a whole number from 0, no larger than ``most``; damaged files may hold anything."""
    if text is None or not (text.isascii() and text.isdigit()):
        return default
    return min(int(text), most) if len(text) < 10 else most


def count(text: str | None, default: int) -> int:
    """Return a number that counts columns or levels."""
    return integer(text, default, 50)


def is_gone(element: Element) -> bool:
    """Tell whether an element lies in a deletion or in the second copy of a drawing."""
    return any(above.tag in GONE or above.tag == FALLBACK for above in element.iterancestors())
