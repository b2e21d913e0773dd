"""The clauses that a visitor tried on the page "draft": kept for the visit, shown, taken out.

They live as long as the visit and their dossier and are written nowhere; so does what the trials
of a dossier remember of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from nis2_align.errors import Nis2AlignError
from nis2_align.export.insertion import InsertionError, with_insertion
from nis2_align.export.words import gap
from nis2_align.messages import Messages
from nis2_align.model import ElementState
from nis2_align.trial import Change, Trial, find_provision, others_changed, remembered
from nis2_align.ui import decisions, progress
from nis2_align.ui.session import View
from nis2_align.ui.visits import ViewKey, visit
from nis2_align.ui.words import STATE_MARKS, aside, plain, standing_name
from nis2_align.ui.work import Cancelled, Defect, Work

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from nis2_align.match.memory import Memory

__all__ = [
    "KEPT", "Attempt", "attempts", "inserted", "keep", "memory", "ready", "show",
]  # fmt: skip

#: Attempts that are kept for a requirement; the oldest gives way.
KEPT = 10
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(slots=True)
class Attempt:
    """A clause that was tried.

    Attributes:
        number: From 1, in the order of trying.
        trial: What it would do; what else would change is added once it is known.
        was: Element → its state without the clause.
        asking: The work that finds out what else would change, while it goes on.
    """

    number: int
    trial: Trial
    was: dict[str, ElementState]
    asking: Work[tuple[Change, ...]] | None = None
    _refusal: str | None = None

    def ask(self, view: View) -> None:
        """Begin to find out what else would change."""
        result, trial, readied = view.alignment.result, self.trial, ready(view)
        self.asking = Work(lambda tell: others_changed(result, trial, tell, _known(readied)))

    def stop(self) -> None:
        """Stop finding out what else would change."""
        if self.asking is not None:
            self.asking.cancel()

    def refusal(self, view: View) -> str:
        """Return why the act cannot be had with the clause in it, or nothing; found out once.

        Returns:
            A reason of :class:`nis2_align.export.insertion.InsertionError`, or "".
        """
        if self._refusal is None:
            self._refusal = _refusal(self.trial, view)
        return self._refusal


def _refusal(trial: Trial, view: View) -> str:
    try:
        inserted(trial, view, "")
    except InsertionError as error:
        return error.reason
    except Nis2AlignError:
        return "file"
    return ""


def inserted(trial: Trial, view: View, author: str) -> bytes:
    """Return the copy of the act's file with the clause, marked as inserted by the author.

    Raises:
        InsertionError: There can be none.
    """
    cut, provision = find_provision(view.alignment.result, trial.after.ref, trial.after.act)
    document = cut.document
    contents = (one.content for one in view.dossier.sources if one.digest == document.sha256)
    return with_insertion(next(contents, b""), document, provision, trial.text, author)


def attempts(view: View, requirement: str) -> list[Attempt]:
    """Return what was tried for a requirement of a dossier, the latest first; may be changed."""
    return visit().attempts.setdefault((*_key(view), requirement), [])


def _key(view: View) -> tuple[str, ViewKey]:
    """Return the acts and what was said of them, so that nothing of another reading is taken."""
    return view.digest, (view.dossier.key, view.alignment.result.words)


def ready(view: View) -> Work[Memory]:
    """Ready the trials of a dossier beside the page, while the visitor writes.

    Args:
        view: The result. What was readied for another dossier is let go.

    Returns:
        The work, begun now or before.
    """
    here = visit()
    if here.ready is None or here.ready[0] != _key(view):
        here.let_go_of_memory()
        result = view.alignment.result
        here.ready = (_key(view), Work(partial(remembered, result)))
    return here.ready[1]


def memory(view: View, say: Messages) -> Memory | None:
    """Return what the trials of a dossier remember; show how far it is while it is still made."""
    work = ready(view)
    if not work.wait(0):
        slot = st.empty()
        progress.watch(work, slot.progress(0.0), say)
        slot.empty()
    return _known(work)


def _known(work: Work[Memory]) -> Memory | None:
    """Wait for what is being readied, and return it."""
    while not work.wait(progress.REFRESH_SECONDS):
        pass
    try:
        return work.result()
    except (Cancelled, Defect, Nis2AlignError):
        return None  # A trial is the same without.


def keep(view: View, trial: Trial) -> None:
    """Put a trial in front of the others."""
    held = attempts(view, trial.requirement)
    before = view.alignment.explain(trial.requirement).assessment
    number = 1 + max((one.number for one in held), default=0)
    held.insert(0, Attempt(number, trial, {one.id: one.state for one in before.elements}))
    for one in held[KEPT:]:
        one.stop()
    del held[KEPT:]


def show(view: View, requirement: str, say: Messages) -> None:
    """Show what was tried, the latest first and open.

    Args:
        view: The result.
        requirement: Id of the requirement that is open.
        say: The words.
    """
    held = attempts(view, requirement)
    if not held:
        return
    st.header(plain(say.text("ui_draft_attempts", count=len(held))), anchor=False)
    others: list[tuple[Attempt, DeltaGenerator]] = []
    for place, one in enumerate(held):
        trial = one.trial
        title = say.text(
            "ui_draft_attempt",
            number=one.number,
            before=standing_name(trial.before.value, say),
            after=standing_name(trial.coverage.value, say),
        )
        with st.expander(plain(title), expanded=place == 0, key=f"draft_tried_{one.number}"):
            st.text(trial.text)
            _verdict(one, say)
            others.append((one, st.empty()))
            _ways(one, view, say)
    # Last, so that all else is on the screen while this goes on.
    for one, slot in others:
        with slot.container():
            _others(one, view, say)


def _others(one: Attempt, view: View, say: Messages) -> None:
    """Show what else would change, how far the work is, or the button that begins it."""
    if one.asking is not None:
        slot = st.empty()
        if not one.asking.wait(0):
            with slot.container():
                _watch(one.asking, one.number, say)
        with slot.container():
            others, one.asking = progress.taken(one.asking, say), None
        if others is not None:
            one.trial = replace(one.trial, others=others)
    if one.trial.others is None:
        st.button(
            say.text("ui_draft_others_ask"),
            key=f"draft_others_{one.number}",
            icon=":material/difference:",
            help=say.text("ui_draft_others_help"),
            on_click=one.ask,
            args=(view,),
        )
        return
    changes = "; ".join(
        f"{other.requirement}: {standing_name(other.before.value, say)} → "
        f"{standing_name(other.after.value, say)}"
        for other in one.trial.others
    )
    told = say.text("ui_draft_others", changes=changes) if changes else None
    st.markdown(aside(told or say.text("ui_draft_others_none")))


def _watch(work: Work[tuple[Change, ...]], number: int, say: Messages) -> None:
    """Show progress until the work is over; a click on anything interrupts this, not the work."""
    bar = st.progress(0.0, say.text("ui_stage_segment"))
    st.button(
        say.text("ui_dossier_stop"),
        key=f"draft_stop_{number}",
        icon=":material/stop_circle:",
        on_click=work.cancel,
    )
    progress.watch(work, bar, say)


def _verdict(one: Attempt, say: Messages) -> None:
    trial = one.trial
    stands = say.text("ui_draft_stands", after=trial.after.ref, refs=", ".join(trial.refs))
    counted = say.text("ui_draft_counts" if trial.counts else "ui_draft_not_counted")
    st.markdown(plain(f"{stands} {counted}"))
    if trial.assessment.rationale:
        st.text(trial.assessment.rationale)
    if trial.elements:
        st.markdown(f"**{say.text('explain_elements')}**")
        st.markdown("\n".join(_elements(one, say)))
    for entry in trial.gaps:
        st.text(f"▸ {gap(entry, say)}")


def _elements(one: Attempt, say: Messages) -> Iterator[str]:
    """Yield the lines of a list: state without and with the clause, in marks and in a word."""
    for finding in one.trial.explanation.findings:
        state = ElementState(finding.state)
        before = one.was.get(finding.element, state)
        marks = STATE_MARKS[state]
        if before is not state:
            marks = f"{STATE_MARKS[before]} → {marks}"
        yield f"- {marks} **{plain(say.text(f'state_{state.value}'))}:** {plain(finding.label)}"


def _ways(one: Attempt, view: View, say: Messages) -> None:
    """Show what can be done with an attempt."""
    requirement, number = one.trial.requirement, one.number
    with st.container(horizontal=True):
        st.button(
            say.text("ui_draft_again"),
            key=f"draft_again_{number}",
            icon=":material/edit:",
            on_click=_again,
            args=(view.digest, requirement, one.trial.text),
        )
        st.button(
            say.text("ui_dossier_remove"),
            key=f"draft_remove_{number}",
            icon=":material/delete:",
            on_click=_remove,
            args=(attempts(view, requirement), number),
        )
        name = f"nis2-{view.digest}_{_slug(requirement)}-{number}"
        st.download_button(
            say.text("ui_draft_text"),
            f"{one.trial.text}\n".encode(),
            file_name=f"{name}.txt",
            mime="text/plain",
            key=f"draft_text_{number}",
            icon=":material/download:",
            on_click="ignore",
        )
        refused, author = one.refusal(view), decisions.reviewer()
        if author and not refused:
            st.download_button(
                say.text("ui_draft_docx"),
                # Made when it is asked for: the name above may change with every letter.
                partial(inserted, one.trial, view, author),
                file_name=f"{name}.docx",
                mime=_DOCX,
                key=f"draft_docx_{number}",
                icon=":material/download:",
                on_click="ignore",
            )
    if refused or not author:
        why = "name" if not refused else "format" if refused == "format" else "place"
        st.markdown(aside(say.text(f"ui_draft_docx_{why}")))


def _again(digest: str, requirement: str, text: str) -> None:
    visit().clauses[digest, requirement] = text


def _remove(held: list[Attempt], number: int) -> None:
    for one in held:
        if one.number == number:
            one.stop()
    held[:] = [one for one in held if one.number != number]


def _slug(requirement: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", requirement.lower()).strip("-")
