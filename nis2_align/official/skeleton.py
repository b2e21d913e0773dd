"""The known shape of the directive: which provision follows which, and how long each is.

The ids come from ``mappings/nis2/inventory.yaml``, in the order of the text; the measures from
``mappings/nis2/official.yaml``. Numbers of acts and lengths are the same in every language, or
nearly so; words are not, and none is used here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from nis2_align.resources import load_yaml, mappings_dir

__all__ = ["Measures", "Node", "annexes", "articles", "chapters", "measures", "order", "parts"]

Kind = Literal["bare", "number", "letter", "roman", "sub"]
_PARTS = re.compile(r"^(I{1,3}|\d+)((?:\(\w+\))*)(?:#sub(\d+))?$")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class Node:
    """One provision that is expected.

    Attributes:
        id: Its id; of an annex also those of sectors that are no provision themselves.
        kind: ``bare``: the unnumbered text of an article; ``number``: a paragraph, a definition or
            a sector; ``letter`` and ``roman``: points; ``sub``: a further unnumbered subparagraph.
        value: Its place in its list, from 1.
    """

    id: str
    kind: Kind
    value: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What can be known of the text without its words.

    Attributes:
        lengths: Id → characters in English.
        cites: Article → numbers of the acts that it cites, e.g. ``2016/1148``.
    """

    lengths: Mapping[str, int]
    cites: Mapping[str, tuple[str, ...]]


@cache
def order() -> tuple[str, ...]:
    """Return the ids of all provisions of the articles and of Annexes I and II, in order."""
    return tuple(load_yaml(mappings_dir() / "nis2" / "inventory.yaml"))


@cache
def articles() -> Mapping[int, tuple[Node, ...]]:
    """Return the provisions of each article, in the order in which they are printed."""
    found: dict[int, list[Node]] = {}
    for id_ in order():
        head = _matched(id_).group(1)
        if head.isdigit():
            found.setdefault(int(head), []).append(_node(id_))
    return {number: tuple(nodes) for number, nodes in found.items()}


@cache
def annexes() -> Mapping[str, tuple[Node, ...]]:
    """Return the rows of Annexes ``I`` and ``II``; the sectors above them are added."""
    found: dict[str, list[Node]] = {}
    for id_ in order():
        head, numbers = _matched(id_).group(1, 2)
        if head.isdigit():
            continue
        nodes = found.setdefault(head, [])
        sector = f"{head}{numbers[: numbers.index(')') + 1]}"
        if id_ != sector and all(node.id != sector for node in nodes):
            nodes.append(_node(sector))
        nodes.append(_node(id_))
    return {head: tuple(nodes) for head, nodes in found.items()}


@cache
def chapters() -> Mapping[int, str]:
    """Return the article with which each chapter begins → the chapter's Roman numeral."""
    entries = load_yaml(mappings_dir() / "nis2" / "chapters.yaml")
    return {cast("list[int]", bounds)[0]: name for name, bounds in entries.items()}


@cache
def measures() -> Measures:
    """Return the lengths and the citations; empty where the file is not there."""
    path = mappings_dir() / "nis2" / "official.yaml"
    data = load_yaml(path) if path.exists() else {}
    lengths = cast("dict[str, int]", data.get("lengths") or {})
    cites = cast("dict[str, list[str]]", data.get("cites") or {})
    return Measures(
        {str(id_): int(length) for id_, length in lengths.items()},
        {str(article): tuple(map(str, acts)) for article, acts in cites.items()},
    )


@cache
def parts() -> Mapping[str, tuple[str, ...]]:
    """Return requirement or element → the provisions it carries, as the inventory says."""
    found: dict[str, list[str]] = {}
    for provision, carrier in load_yaml(mappings_dir() / "nis2" / "inventory.yaml").items():
        holder = str(carrier)
        found.setdefault(holder, []).append(provision)
        if "#" in holder:
            found.setdefault(holder.split("#")[0], []).append(provision)
    return {carrier: tuple(provisions) for carrier, provisions in found.items()}


def _matched(id_: str) -> re.Match[str]:
    match = _PARTS.match(id_)
    if match is None:
        raise ValueError(f"{id_!r} is not an id of the directive")
    return match


def _node(id_: str) -> Node:
    numbers, sub = _matched(id_).group(2, 3)
    if sub is not None:
        return Node(id_, "sub", int(sub))
    labels = re.findall(r"\((\w+)\)", numbers)
    if not labels:
        return Node(id_, "bare", 1)
    last = labels[-1]
    if last.isdigit():
        return Node(id_, "number", int(last))
    if len(labels) > 2:
        return Node(id_, "roman", _ROMAN.index(last) + 1)
    return Node(id_, "letter", ord(last) - ord("a") + 1)
