"""The analysis as the visitor sees it: what goes on, how far it is, a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

import nis2_align
from nis2_align.errors import Nis2AlignError
from nis2_align.messages import Messages
from nis2_align.notices import error_text
from nis2_align.ui import session
from nis2_align.ui.session import Dossier, View
from nis2_align.ui.visits import Visit, visit
from nis2_align.ui.words import plain
from nis2_align.ui.work import Cancelled, Defect, Tell, Work

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from nis2_align.official_text import OfficialText
    from nis2_align.pipeline import Progress

__all__ = ["REFRESH_SECONDS", "carried_out", "taken", "watch"]

T = TypeVar("T")
#: Between two looks at some work: faster than the eye, slow enough for the browser.
REFRESH_SECONDS = 0.1


def carried_out(dossier: Dossier, say: Messages) -> View | None:
    """Analyse a dossier, or go on watching, with progress on the screen.

    Args:
        dossier: The dossier, shown or not.
        say: The words.

    Returns:
        The result, at once where there is one; None after an error or a stop, which is then on
        the screen.
    """
    # Always there, so that what follows keeps its place, and a box the letters typed into it, when
    # the progress is gone.
    place = st.empty()
    held = session.beside(dossier, say.language)
    if held is not None:
        return held
    key = (dossier.key, say.language)
    here = visit()
    if key not in here.work:
        here.work[key] = _begun(dossier, say, here)
    work = here.work[key]
    if not work.wait(0):
        with place.container():
            _watch(work, dossier, say)
        place.empty()
    view = taken(work, say)
    if view is None:
        st.button(
            say.text("ui_dossier_again"),
            key=f"again_{dossier.digest}",
            icon=":material/refresh:",
            on_click=here.forget,
            args=(key,),
        )
        return None
    here.forget(key)
    session.remember(dossier, say.language, view)
    return session.beside(dossier, say.language)


def _begun(dossier: Dossier, say: Messages, here: Visit) -> Work[View]:
    read = session.documents()

    def task(tell: Tell) -> View:
        official, notes = _official(dossier, here, say, tell)
        alignment = nis2_align.align(
            dossier.acts(read), on_stage=tell, words=say.language, directive_text=official
        )
        digest = dossier.digest
        return View(alignment, alignment.table(), dossier, digest, digest, notes)

    return Work(task)


def _official(
    dossier: Dossier, here: Visit, say: Messages, tell: Tell
) -> tuple[OfficialText | None, tuple[str, ...]]:
    """Read the official text once; one that cannot be read does not stop the acts."""
    source = dossier.official
    if source is None:
        return None, ()
    if source.digest not in here.officials:
        from nis2_align.official import read_official
        from nis2_align.pipeline import Progress

        tell(Progress(stage="official", act=source.name, done=0, total=1))
        try:
            read = read_official(source.content, name=source.name)
        except Nis2AlignError as error:
            return None, (error_text(error, say),)
        here.officials[source.digest] = read
    return here.officials[source.digest], ()


def _watch(work: Work[View], dossier: Dossier, say: Messages) -> None:
    """Show progress until the work is over; a click on anything interrupts this, not the work."""
    # Not "with status": leaving it would mark the work as done.
    status = st.status(say.text("ui_working"), expanded=True)
    bar = status.progress(0.0, say.text("ui_stage_read"))
    status.button(
        say.text("ui_dossier_stop"),
        key=f"stop_{dossier.digest}",
        icon=":material/stop_circle:",
        on_click=work.cancel,
    )
    watch(work, bar, say)


def watch(work: Work[Any], bar: DeltaGenerator, say: Messages) -> None:
    """Move a bar until some work is over.

    Args:
        work: The work.
        bar: What :func:`streamlit.progress` made.
        say: The words.
    """
    shown: Progress | None = None
    while not work.wait(REFRESH_SECONDS):
        if work.progress is not None and work.progress != shown:
            shown = work.progress
            bar.progress(_share(shown), _stage(shown, say))


def _share(progress: Progress) -> float:
    """Return how much of its stage is done, in [0, 1]."""
    part = progress.page / progress.pages if progress.pages else 0.0
    return min(1.0, max(0.0, (progress.done + part) / progress.total)) if progress.total else 0.0


def _stage(progress: Progress, say: Messages) -> str:
    key = f"ui_stage_{progress.stage}"
    name = say.text(key) if key in say.texts else plain(progress.stage)
    if progress.act is not None:
        name = f"{name}: {plain(progress.act)}"
    if progress.pages:
        return say.text("ui_stage_page", stage=name, page=progress.page, pages=progress.pages)
    if progress.total > 1:
        return say.text("ui_stage_of", stage=name, done=progress.done, total=progress.total)
    return name


def taken(work: Work[T], say: Messages) -> T | None:
    """Return what work that is over found; None where it was stopped or failed, which is shown.

    Args:
        work: The work.
        say: The words.
    """
    try:
        return work.result()
    except Cancelled:
        st.info(say.text("ui_dossier_stopped"), icon=":material/stop_circle:")
    except Nis2AlignError as error:
        st.error(plain(error_text(error, say)), icon="⚠️")
    except Defect as defect:
        st.error(say.text("ui_defect", kind=str(defect)), icon="⚠️")
    return None
