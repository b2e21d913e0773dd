"""Harm to XML that leaves it well formed, so that it goes past the parser into the reader."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

from lxml import etree

__all__ = ["harm_tree"]

_VALUES = ("0", "-1", "99999999999999999999", "", "x", "nil", "lowerRoman", "A", "\u0661", "1.5")
_MOST_ELEMENTS = 5_000


def harm_tree(chance: random.Random, data: bytes) -> bytes:
    """Return XML with elements moved, doubled, renamed, emptied, nested, or with odd values.

    Args:
        chance: Where all choices come from.
        data: Well-formed XML; what is not comes back as it is.
    """
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(chance.randint(1, 8)):
        elements = [one for one in root.iter() if isinstance(one.tag, str)]
        if len(elements) < 2 or len(elements) > _MOST_ELEMENTS:
            break
        chance.choice(_WAYS)(chance, chance.choice(elements[1:]), elements)
    return bytes(etree.tostring(root))


def _remove(chance: random.Random, one: Any, elements: list[Any]) -> None:
    one.getparent().remove(one)


def _double(chance: random.Random, one: Any, elements: list[Any]) -> None:
    for _ in range(chance.choice((1, 1, 3, 200))):
        one.addnext(deepcopy(one))


def _copy_into(chance: random.Random, one: Any, elements: list[Any]) -> None:
    place = chance.choice(elements)
    place.insert(chance.randint(0, len(place)), deepcopy(one))


def _rename(chance: random.Random, one: Any, elements: list[Any]) -> None:
    one.tag = chance.choice(elements).tag


def _nest(chance: random.Random, one: Any, elements: list[Any]) -> None:
    """Wrap the element in many of a kind."""
    tag = chance.choice(elements).tag
    inside = deepcopy(one)
    for _ in range(chance.choice((1, 3, 30, 120))):
        outside = etree.Element(tag)
        outside.append(inside)
        inside = outside
    one.getparent().replace(one, inside)


def _change_value(chance: random.Random, one: Any, elements: list[Any]) -> None:
    valued = [element for element in elements if element.attrib]
    if valued:
        one = chance.choice(valued)
        one.set(chance.choice(sorted(one.attrib)), chance.choice(_VALUES))


def _take_value(chance: random.Random, one: Any, elements: list[Any]) -> None:
    if one.attrib:
        del one.attrib[chance.choice(sorted(one.attrib))]


def _change_text(chance: random.Random, one: Any, elements: list[Any]) -> None:
    text = chance.choice(("", "a)", "(1) ", "1.", "\u00ad", "\u2028", "x " * 3_000, "Article 9"))
    one.text, one.tail = chance.choice(((text, one.tail), (one.text, text), (text, text)))


_WAYS = (
    _remove, _double, _copy_into, _copy_into, _rename, _rename, _nest, _change_value,
    _change_value, _take_value, _change_text,
)  # fmt: skip
