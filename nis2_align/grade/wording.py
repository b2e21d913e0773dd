"""Says figures, elements and reasons in the language of the analysis."""

from __future__ import annotations

from nis2_align.directive import Figure, element_name, load_statements
from nis2_align.glossary import glossary
from nis2_align.match.why import Why
from nis2_align.messages import Messages

__all__ = ["concept", "figure", "label", "said"]


def label(element: str, words: Messages) -> str:
    """Return an element's name for people; see :meth:`Statements.label`."""
    return load_statements(words.language).label(element)


def concept(id_: str, words: Messages) -> str:
    """Return a glossary concept's name for people: its first term, else its id in words."""
    return glossary(words.language).get(id_, (element_name(id_),))[0]


def figure(value: float, unit: str, words: Messages) -> str:
    """Say a figure, e.g. ``24 hours``, ``10 000 000 EUR``, ``1,4 %``.

    Args:
        value: The number.
        unit: A unit of the catalogue, or an ISO 4217 code, which needs no words.
        words: Messages.

    Returns:
        The figure with its unit in the form that the number asks for.
    """
    shown = f"{value:,.10g}".replace(",", " ").replace(".", words.text("decimal_mark"))
    key = f"unit_{unit}"
    return words.counted(key, shown) if f"{key}_many" in words.texts else f"{shown} {unit}"


def said(why: Why, words: Messages) -> str:
    """Say a reason.

    Args:
        why: The reason.
        words: Messages.

    Returns:
        The message with elements by their labels, concepts by their first term in the language,
        and figures with their units.

    Raises:
        CatalogueError: There is no such message, or one of its placeholders has no value.
    """
    return words.text(why.key, **{name: _filled(name, why, words) for name in why.values})


def _filled(name: str, why: Why, words: Messages) -> str:
    value = why.values[name]
    if isinstance(value, Figure):
        return figure(value.value, value.unit, words)
    parts = (value,) if isinstance(value, str) else value
    if name in {"element", "elements"}:
        parts = tuple(label(part, words) for part in parts)
    if name == "concepts":
        parts = tuple(concept(part, words) for part in parts)
    return ", ".join(parts)
