"""The words, marks and colours of the screen; and how text of an act gets onto it.

A grade is always told by word and mark, never by colour alone. Quotes are shown as they stand, by
:func:`streamlit.text`; where only Markdown is to be had, :func:`plain` takes its force away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nis2_align.concordance import Row
from nis2_align.messages import Messages
from nis2_align.model import Coverage, ElementState, Reason

__all__ = [
    "COLOURS",
    "INK",
    "NO_STATEMENT",
    "STANDINGS",
    "STATE_MARKS",
    "aside",
    "grade",
    "plain",
    "standing",
    "standing_name",
]

#: A requirement that the catalogue does not state in the act's language.
NO_STATEMENT = "no_statement"
#: Where a requirement stands: a grade, or :data:`NO_STATEMENT`; in the order of every list.
STANDINGS = (
    Coverage.FULL.value,
    Coverage.PARTIAL.value,
    Coverage.NONE.value,
    Coverage.UNCERTAIN.value,
    Coverage.NOT_APPLICABLE.value,
    NO_STATEMENT,
)
_MARKS: Mapping[str, str] = {
    "full": "✔",
    "partial": "◐",
    "none": "✘",
    "uncertain": "?",
    "not_applicable": "–",
    NO_STATEMENT: "…",
}
#: One per standing; white text on each of them has a contrast of at least 4.5, each of them on the
#: ground of the light and of the dark page at least 3 (WCAG 2.2, AA: 1.4.3, 1.4.11).
COLOURS: Mapping[str, str] = {
    "full": "#1a7f4b",
    "partial": "#9a6200",
    "none": "#c22d24",
    "uncertain": "#5a5fa8",
    "not_applicable": "#5f6b76",
    NO_STATEMENT: "#6f7177",
}
#: Words in a chart: on the light page, on the dark one.
INK = ("#31333f", "#e8e8e8")
#: One per state of an element.
STATE_MARKS: Mapping[ElementState, str] = {
    ElementState.MET: "✔",
    ElementState.WEAKER: "◐",
    ElementState.ABSENT: "✘",
    ElementState.UNSURE: "?",
}

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit makes ":name:" a symbol and "->", "<-", "--", ">=" ... one sign, backslash or not.
_SYMBOL = re.compile(r":(?=[\w+/-]+:)|<(?=[-=])|-(?=[->])|[>~](?==)")
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return Markdown that shows ``text`` as it stands, in one paragraph.

    Args:
        text: Any text, e.g. a quoted clause.

    Returns:
        The text without control characters, white space collapsed, every sign that Markdown
        could act on escaped.
    """
    shown = "".join(char if char.isprintable() else " " for char in text)
    flat = " ".join(shown.split())
    apart = _SYMBOL.sub(lambda found: found.group() + _WORD_JOINER, flat)
    return _PUNCTUATION.sub(r"\\\1", apart)


def aside(text: str) -> str:
    """Return Markdown for a remark: grey, yet of enough contrast, unlike a caption."""
    return f":gray[{plain(text)}]"


def standing(row: Row) -> str:
    """Return where a requirement stands, one of :data:`STANDINGS`."""
    if row.coverage is Coverage.UNCERTAIN and row.reason is Reason.NO_STATEMENT:
        return NO_STATEMENT
    return row.coverage.value


def standing_name(key: str, say: Messages) -> str:
    """Name a standing with its mark in front, e.g. ``◐ partial``."""
    word = say.text("ui_no_statement" if key == NO_STATEMENT else f"grade_{key}")
    return f"{_MARKS[key]} {word}"


def grade(row: Row, say: Messages) -> str:
    """Name the grade of a row with its mark in front."""
    return standing_name(standing(row), say)
