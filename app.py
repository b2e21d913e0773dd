"""Starts the app: ``python -m streamlit run app.py``, or ``make app``."""

from nis2_align.ui import run

run()
