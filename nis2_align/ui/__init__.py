"""The Streamlit pages: thin, no analysis here. ``app.py`` calls :func:`run`."""

from nis2_align.ui.frame import run

__all__ = ["run"]
