"""The outputs: format, direction, form and language chosen, a preview, one download."""

from __future__ import annotations

from io import BytesIO
from typing import cast

import pandas as pd
import streamlit as st

from nis2_align.errors import Nis2AlignError
from nis2_align.export import ENDINGS, LISTINGS, Listed, file_name, form_codes
from nis2_align.export.cells import shorten
from nis2_align.messages import Messages, available, messages
from nis2_align.notices import error_text
from nis2_align.ui.choice import pick
from nis2_align.ui.session import View
from nis2_align.ui.words import aside, plain

__all__ = ["page", "preview"]

_MIME = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".json": "application/json",
}
_FIRST = (".xlsx", ".docx", ".csv", ".json")
_PREVIEW = 8
_SHOWN = 160
_NO_FORM = ""


def page(view: View, say: Messages) -> None:
    """Show what can be written, a preview of it, and the download.

    Args:
        view: The result.
        say: The words.
    """
    ending, listing, form, language = _choices(say)
    st.markdown(aside(say.text(f"ui_export_about_{ending[1:]}")))
    layout: dict[str, object] = {"listing": listing, "form": form or None}
    try:
        content = view.file(ending, language, **layout)
        shown = preview(view.file(".csv", language, **layout))
    except Nis2AlignError as error:
        st.error(plain(error_text(error, say)), icon="⚠️")
        return
    st.download_button(
        say.text("ui_export_download"),
        content,
        # Named after the bytes, not after the act: the name of a draft can give it away.
        file_name=file_name(f"nis2-{view.digest}", listing, ending, form or None),
        mime=_MIME[ending],
        icon=":material/download:",
        on_click="ignore",
    )
    if ending != ".json":
        st.header(say.text("ui_export_preview", count=len(shown)), anchor=False)
        # Escaped cell by cell: text of an act is never Markdown.
        st.table(shown.map(plain), hide_index=True)


def _choices(say: Messages) -> tuple[str, Listed, str, str]:
    def form_name(code: str) -> str:
        return say.text(f"ui_export_form_{code}") if code else say.text("ui_export_no_form")

    endings = [ending for ending in _FIRST if ending in ENDINGS]
    left, right = st.columns(2)
    with left:
        ending = pick(
            "export_ending",
            say.text("ui_export_format"),
            endings,
            lambda one: say.text(f"ui_export_format_{one[1:]}"),
            say,
        )
        listing = pick(
            "export_listing",
            say.text("ui_export_listing"),
            list(LISTINGS),
            lambda one: say.text(f"ui_export_listing_{one}"),
            say,
        )
    with right:
        language = pick(
            "export_language",
            say.text("ui_export_language"),
            [say.language, *(code for code in available() if code != say.language)],
            lambda code: messages(code).text("language_name"),
            say,
        )
        form = pick(
            "export_form", say.text("ui_export_form"), [_NO_FORM, *form_codes()], form_name, say
        )
    return ending, cast("Listed", listing), form, language


def preview(written: bytes) -> pd.DataFrame:
    """Return the first lines of a CSV output as they stand in the file.

    Args:
        written: Its bytes.

    Returns:
        At most :data:`_PREVIEW` lines, every value as text, long ones shortened.
    """
    frame = pd.read_csv(BytesIO(written), dtype=str, keep_default_na=False, nrows=_PREVIEW)
    return frame.map(lambda value: shorten(value, _SHOWN))
