"""What no setting of Streamlit's theme reaches: the one style of our own."""

from __future__ import annotations

import streamlit as st

__all__ = ["BESIDE", "STYLE", "lay_style"]

#: What the key of a container begins with that stands beside others where there is room.
BESIDE = "beside_"
# Parts of a date are 18 pixels wide; a finger needs 24 (WCAG 2.2, 2.5.8).
_DATES = '[role="spinbutton"] { min-width: 24px; min-height: 24px; text-align: center; }'
# The primary colour bears white words, and on the dark page is too dark for words itself.
_CHOSEN = """:is([role="tab"][aria-selected="true"], [data-testid$="_controlActive"],
  [data-testid$="pillsActive"]) { color: inherit !important; }"""
# Cells that could scroll would take the Tab key away from the table, which then moves by no key.
_TABLES = ':is(th, td) [data-testid="stMarkdownContainer"] { overflow: visible !important; }'
# Where the columns of a page stand one below the other, each takes the whole width.
_NARROW = f"""@media (max-width: 900px) {{
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-{BESIDE}"]) {{ flex-basis: 100%; }}
  [class*="st-key-{BESIDE}"] {{ width: 100%; }}
}}"""

#: All of it: fixed words, which nothing of an act gets into.
STYLE = f"<style>\n{_DATES}\n{_CHOSEN}\n{_TABLES}\n{_NARROW}\n</style>"


def lay_style() -> None:
    """Put the style on the page; it takes no room there."""
    st.html(STYLE)
