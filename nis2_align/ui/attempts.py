"""The clauses that a visitor tried on the page "draft": kept in the session, shown, taken out.

They live as long as the visitor's pages do and are written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from nis2_align.errors import Nis2AlignError
from nis2_align.export.insertion import InsertionError, with_insertion
from nis2_align.export.words import gap
from nis2_align.messages import Messages
from nis2_align.model import ElementState
from nis2_align.trial import Trial, find_provision
from nis2_align.ui import decisions
from nis2_align.ui.session import View
from nis2_align.ui.words import STATE_MARKS, aside, plain, standing_name

__all__ = ["KEPT", "TEXTS", "Attempt", "attempts", "inserted", "keep", "show"]

#: Attempts that are kept for a requirement; the oldest gives way.
KEPT = 10
#: Key in the session state of the texts in the editor: requirement of a dossier → text.
TEXTS = "draft_texts"
_HELD = "draft_attempts"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A clause that was tried.

    Attributes:
        number: From 1, in the order of trying.
        trial: What it would do.
        was: Element → its state without the clause.
    """

    number: int
    trial: Trial
    was: dict[str, ElementState]
    _refusals: list[str] = field(default_factory=list, repr=False)

    def refusal(self, view: View) -> str:
        """Return why the act cannot be had with the clause in it, or nothing; found out once.

        Returns:
            A reason of :class:`nis2_align.export.insertion.InsertionError`, or "".
        """
        if not self._refusals:
            self._refusals.append(_refusal(self.trial, view))
        return self._refusals[0]


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
    held: dict[tuple[object, ...], list[Attempt]] = st.session_state.setdefault(_HELD, {})
    # The acts and what was said of them, so that no grade of another reading is shown.
    key = (view.dossier.key, view.alignment.result.words, requirement)
    return held.setdefault(key, [])


def keep(view: View, trial: Trial) -> None:
    """Put a trial in front of the others."""
    held = attempts(view, trial.requirement)
    before = view.alignment.explain(trial.requirement).assessment
    number = 1 + max((one.number for one in held), default=0)
    held.insert(0, Attempt(number, trial, {one.id: one.state for one in before.elements}))
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
    st.subheader(plain(say.text("ui_draft_attempts", count=len(held))), anchor=False)
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
            _ways(one, view, say)


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
    if trial.others:
        changes = "; ".join(
            f"{other.requirement}: {standing_name(other.before.value, say)} → "
            f"{standing_name(other.after.value, say)}"
            for other in trial.others
        )
        st.markdown(aside(say.text("ui_draft_others", changes=changes)))


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
    st.session_state.setdefault(TEXTS, {})[digest, requirement] = text


def _remove(held: list[Attempt], number: int) -> None:
    held[:] = [one for one in held if one.number != number]


def _slug(requirement: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", requirement.lower()).strip("-")
