"""The styles of a DOCX: what a paragraph or a run is by its style and all it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nis2_align.read.docx_xml import W, count, flag, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["Style", "Styles", "outline_level"]

_HEADING_NAME = re.compile(r"heading ([1-9])", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with all it is based on.

    Attributes:
        bold: Its text is bold.
        hidden: Its text is not shown.
        heading: It is one of a heading or a title.
        level: Depth of a heading from 1, or None.
        title: It is the style of the document's title.
        number: Id of the numbering (``w:numId``), or None.
        depth: Level of the numbering from 0, or None where the numbering tells it.
        ids: Ids of the style and of those it is based on, nearest first.
    """

    bold: bool = False
    hidden: bool = False
    heading: bool = False
    level: int | None = None
    title: bool = False
    number: str | None = None
    depth: int | None = None
    ids: tuple[str, ...] = ()


class Styles:
    """All styles of a document.

    Args:
        element: The element ``w:styles``; anything else has no styles.
    """

    def __init__(self, element: Element) -> None:
        self._elements = {style.get(W + "styleId"): style for style in element}
        self._known = {
            id_: _style(self._chain(style)) for id_, style in self._elements.items() if id_
        }
        self._default = next(
            (
                self._known[id_]
                for id_, style in self._elements.items()
                if id_ and style.get(W + "default") in ("1", "true")
                and style.get(W + "type") == "paragraph"
            ),
            Style(),
        )  # fmt: skip

    def of(self, paragraph: Element) -> Style:
        """Return the style of a paragraph, the default one where it names none."""
        return self._known.get(value(paragraph.find(W + "pPr"), "pStyle") or "") or self._default

    def of_run(self, run: Element) -> Style:
        """Return the character style of a run, one that says nothing where it names none."""
        return self._known.get(value(run.find(W + "rPr"), "rStyle") or "") or Style()

    def numbering(self, id_: str) -> str | None:
        """Return the numbering that a list style stands for."""
        style = self._known.get(id_)
        return style.number if style is not None else None

    def _chain(self, element: Element) -> list[Element]:
        """Return a style and those it is based on, nearest first; a circle ends where it began."""
        chain: list[Element] = []
        found: Element | None = element
        while found is not None and found not in chain:
            chain.append(found)
            found = self._elements.get(value(found, "basedOn"))
        return chain


def _style(chain: list[Element]) -> Style:
    names = [(value(element, "name") or "").lower() for element in chain]
    levels = [outline_level(element.find(W + "pPr")) for element in chain]
    levels += [int(m.group(1)) for m in map(_HEADING_NAME.fullmatch, names) if m]
    level = next((number for number in levels if number is not None), None)
    title = "title" in names
    numbers = [element.find(f"{W}pPr/{W}numPr") for element in chain]
    number = next((n for n in (value(e, "numId") for e in numbers) if n is not None), None)
    depth = next((d for d in (value(e, "ilvl") for e in numbers) if d is not None), None)
    return Style(
        bold=_first(chain, "b"),
        hidden=_first(chain, "vanish"),
        heading=title or level is not None,
        level=level,
        title=title,
        number=number,
        depth=None if depth is None else count(depth, 0),
        ids=tuple(element.get(W + "styleId") or "" for element in chain),
    )


def _first(chain: list[Element], name: str) -> bool:
    told = (flag(element.find(W + "rPr"), name) for element in chain)
    return next((is_on for is_on in told if is_on is not None), False)


def outline_level(properties: Element | None) -> int | None:
    """Return the depth of a heading from 1 by its outline level; nine is Word's body text."""
    told = count(value(properties, "outlineLvl"), 9)
    return told + 1 if told < 9 else None
