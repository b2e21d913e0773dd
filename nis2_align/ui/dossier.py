"""Choosing an act: upload, bundled sample, language and country; the way to a result."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import streamlit as st

from nis2_align.errors import Nis2AlignError
from nis2_align.languages import language, language_codes
from nis2_align.messages import Messages
from nis2_align.model import Act
from nis2_align.ui.choice import pick
from nis2_align.ui.session import Dossier, Source, View, analyse, held, sample
from nis2_align.ui.words import aside, plain

if TYPE_CHECKING:
    from nis2_align.pipeline import Progress

__all__ = ["choose", "show_act", "work"]

_LOG = logging.getLogger(__name__)
#: What the file dialog offers; what a file is, its content decides.
_ENDINGS = ["txt", "md", "html", "htm", "docx", "pdf", "xml", "doc", "odt", "rtf"]
# Not None, which a select box takes for "nothing chosen".
_DETECTED = ""
# Faster than the eye, slow enough for the browser.
_REFRESH_SECONDS = 0.1


def choose(say: Messages) -> Dossier | None:
    """Show the upload, the sample button and the settings.

    Args:
        say: The words.

    Returns:
        What is to be analysed, or None while nothing is chosen.
    """
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        st.file_uploader(
            say.text("ui_upload"),
            type=_ENDINGS,
            key=_upload_key(),
            help=say.text("ui_upload_help"),
            on_change=_take_upload,
        )
    with right:
        st.button(say.text("ui_sample"), key="sample", on_click=_take_sample, width="stretch")
    st.markdown(aside(say.text("ui_privacy")))
    source = cast("Source | None", st.session_state.get("source"))
    if source is None:
        return None
    chosen_language, chosen_country = _settings(say)
    return Dossier((source,), chosen_language, chosen_country, say.language)


def _upload_key() -> str:
    # A new key empties the uploader, which no call of Streamlit does.
    return f"upload_{st.session_state.get('uploads', 0)}"


def _take_upload() -> None:
    upload = st.session_state.get(_upload_key())
    _take(Source(upload.name, upload.getvalue()) if upload is not None else None)


def _take_sample() -> None:
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    _take(sample())


def _take(source: Source | None) -> None:
    st.session_state["source"] = source
    # What was said about the act before says nothing about this one.
    for key in ("language", "country", "requirement"):
        st.session_state.pop(key, None)


def _settings(say: Messages) -> tuple[str | None, str | None]:
    def named(code: str) -> str:
        return f"{language(code).name} ({code})" if code else say.text("ui_as_detected")

    codes = language_codes()
    countries = sorted({country for code in codes for country in language(code).countries})
    left, right = st.columns(2)
    with left:
        label = say.text("ui_language")
        chosen_language = pick("language", label, [_DETECTED, *codes], named, say)
    with right:
        label = say.text("ui_country")
        words = {_DETECTED: say.text("ui_as_detected")}
        chosen_country = pick(
            "country", label, [_DETECTED, *countries], lambda code: words.get(code, code), say
        )
    return chosen_language or None, chosen_country or None


def work(dossier: Dossier, say: Messages) -> View | None:
    """Analyse with progress on the screen.

    Args:
        dossier: What to analyse.
        say: The words.

    Returns:
        The result, or None after an error, which is then on the screen in one sentence.
    """
    view = held(dossier)
    if view is not None:
        return view
    place = st.empty()
    try:
        with place.container():
            status = st.status(say.text("ui_working"), expanded=True)
            # Not "with status": leaving it would mark the work as done.
            bar = status.progress(0.0, say.text("ui_stage_read"))
            view = analyse(dossier, _reporter(bar.progress, say))
    except Nis2AlignError as error:
        place.error(f"{plain(error.what)} {plain(error.remedy)}", icon="⚠️")
        return None
    except Exception as error:
        # The message may quote the draft, so only the kind and the place are kept.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        _LOG.error("%s at %s:%s", type(error).__name__, frame.filename, frame.lineno)
        place.error(say.text("ui_defect", kind=type(error).__name__), icon="⚠️")
        return None
    place.empty()
    return view


def _reporter(show: Callable[[float, str], object], say: Messages) -> Callable[[Progress], None]:
    last: tuple[object, float] = (None, 0.0)

    def on_stage(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        key = (progress.stage, progress.act)
        done = progress.done >= progress.total
        if key == last[0] and not done and now - last[1] < _REFRESH_SECONDS:
            return
        last = (key, now)
        share = min(1.0, max(0.0, progress.done / progress.total)) if progress.total else 0.0
        show(share, _stage(progress, say))

    return on_stage


def _stage(progress: Progress, say: Messages) -> str:
    key = f"ui_stage_{progress.stage}"
    name = say.text(key) if key in say.texts else plain(progress.stage)
    if progress.total > 1:
        return say.text("ui_stage_of", stage=name, done=progress.done, total=progress.total)
    return name


def show_act(view: View, dossier: Dossier, say: Messages) -> None:
    """Show what was read: title, articles, language and country with certainty, issues.

    Args:
        view: The result.
        dossier: What was analysed.
        say: The words.
    """
    for act in view.table.acts:
        st.text(say.text("ui_act", title=act.title, articles=act.articles))
        st.markdown(aside(f"{_language(act, dossier, say)} {_country(act, dossier, say)}"))
        if act.amending:
            st.warning(say.text("ui_amending"), icon="⚠️")
    issues = view.table.issues
    if issues:
        with st.expander(say.text("ui_issues", count=len(issues))):
            for issue in issues:
                st.markdown(f"- {plain(issue.message)}")


def _certainty(act: Act, key: str, chosen: str | None, say: Messages) -> str:
    if chosen is not None:
        return say.text("ui_chosen")
    return say.text("ui_certainty", percent=f"{100 * act.detected.get(key, 0.0):.0f}")


def _language(act: Act, dossier: Dossier, say: Messages) -> str:
    script = f"ui_script_{act.script}"
    written = say.text(script) if script in say.texts else act.script
    name = f"{language(act.language).name}, {written}"
    certainty = _certainty(act, "language", dossier.language, say)
    return say.text("ui_is_language", language=name, certainty=certainty)


def _country(act: Act, dossier: Dossier, say: Messages) -> str:
    if act.country is None:
        return say.text("ui_no_country")
    certainty = _certainty(act, "country", dossier.country, say)
    return say.text("ui_is_country", country=act.country, certainty=certainty)
