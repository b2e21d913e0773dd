"""The script that Streamlit runs for ``nis2-align app``, also from an installed wheel."""

from nis2_align.ui import run

run()
