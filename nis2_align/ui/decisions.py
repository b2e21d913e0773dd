"""What a person decides on a requirement: kept in the store at once, field by field.

Each change of a field is an entry of its own in the store, so that nothing waits for a button; an
entry repeats what stood, with the one change, and rests on the clauses as they are now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from nis2_align.errors import Nis2AlignError
from nis2_align.messages import Messages
from nis2_align.model import Assessment, ClauseRef, Coverage, Elsewhere, Result, Review
from nis2_align.notices import error_text
from nis2_align.reviews import Decision, decide
from nis2_align.ui import session
from nis2_align.ui.session import View
from nis2_align.ui.visits import visit

__all__ = [
    "ERROR", "UNSAVED", "Change", "add", "cite", "count", "entries", "grade", "nothing", "record",
    "reviewer", "revised", "standing", "take", "take_back", "uncite", "write",
]  # fmt: skip

#: Key in the session state of the sentence that says why the last decision was not kept.
ERROR = "review_error"
#: Key in the session state of comments that the store did not take: requirement → words.
UNSAVED = "review_unsaved"
#: What stands → the fields that become different.
Change = Callable[[Review], Mapping[str, Any]]

_NOTHING = Review(who="-", when="")
_FIELDS = ("grade", "comment", "added", "removed", "elsewhere")
_INPUTS = ("title", "gazette", "article", "celex")


def reviewer() -> str:
    """Return the name under which the visitor decides; empty while they gave none."""
    return visit().reviewer.strip()


def revised(result: Result, requirement: str, name: str, who: str, change: Change) -> Decision:
    """Take a decision that repeats what stands, with a change.

    Args:
        result: The analysis with the decisions that stand laid over it.
        requirement: Id of the requirement.
        name: Name of the dossier in the store.
        who: The person.
        change: What becomes different.

    Returns:
        The decision on what the result says now. Clauses of an earlier draft that are gone are
        not repeated.

    Raises:
        Nis2AlignError: The result holds no such requirement or clause, or a field is unwritable.
    """
    item = _assessment(result, requirement)
    stands = (item.review if item else None) or _NOTHING
    parts = {field: getattr(stands, field) for field in _FIELDS}
    there = _clauses(result)
    for field in ("added", "removed"):
        parts[field] = tuple(clause for clause in parts[field] if clause in there)
    return decide(result, requirement, dossier=name, who=who, **(parts | dict(change(stands))))


def _assessment(result: Result, requirement: str) -> Assessment | None:
    return next((one for one in result.assessments if one.requirement == requirement), None)


def _clauses(result: Result) -> set[ClauseRef]:
    return {
        ClauseRef(act=one.act, ref=one.ref)
        for cut in result.segmentations
        for one in cut.provisions
    }


def record(say: Messages, requirement: str, change: Change) -> bool:
    """Keep a change; what went wrong stands under :data:`ERROR`.

    Args:
        say: The words of the screen.
        requirement: Id of the requirement.
        change: What becomes different.

    Returns:
        Whether it is in the store.
    """
    st.session_state.pop(ERROR, None)
    store, who = session.reviews(), reviewer()
    # Asked anew: another person may have decided since the page was drawn.
    view = session.current(say)
    if store is None or view is None or not who:
        return False
    try:
        store.record(revised(view.alignment.result, requirement, view.name, who, change))
    except Nis2AlignError as error:
        st.session_state[ERROR] = error_text(error, say)
        return False
    return True


def take(say: Messages, requirement: str, change: Change) -> None:
    """Keep a change, as what a button calls; see :func:`record`."""
    record(say, requirement, change)


def entries(view: View, requirement: str) -> tuple[Decision, ...]:
    """Return the history of a requirement, oldest first; empty where there is no store."""
    store = session.reviews()
    if store is None:
        return ()
    names = dict.fromkeys((view.digest, view.name))
    found = (entry for name in names for entry in store.history(name, requirement))
    return tuple(sorted(found, key=lambda entry: entry.when))


def standing(view: View, requirement: str) -> Decision | None:
    """Return the decision that stands for a requirement, or None."""
    store = session.reviews()
    if store is None:
        return None
    names = dict.fromkeys((view.digest, view.name))
    held = (one for name in names for one in store.current(name) if one.requirement == requirement)
    return max(held, key=lambda one: one.when, default=None)


def take_back(say: Messages, view: View, requirement: str) -> None:
    """Take back what stands; what stood before it stands again."""
    st.session_state.pop(ERROR, None)
    st.session_state.get(UNSAVED, {}).pop(requirement, None)
    store, who = session.reviews(), reviewer()
    try:
        decision = standing(view, requirement)
        if store is not None and decision is not None and who:
            store.undo(decision, who=who)
    except Nis2AlignError as error:
        st.session_state[ERROR] = error_text(error, say)


def nothing(_stands: Review) -> Mapping[str, Any]:
    """Change nothing: what was decided on an earlier draft holds on this one too."""
    return {}


def grade(given: Coverage | None) -> Change:
    """Give a grade; None takes the grade away and keeps the rest."""
    return lambda _: {"grade": given}


def add(clause: ClauseRef) -> Change:
    """Count a clause that the tool did not accept."""
    return lambda stands: {
        "added": tuple(dict.fromkeys((*stands.added, clause))),
        "removed": tuple(one for one in stands.removed if one != clause),
    }


def count(clause: ClauseRef, *, counts: bool, accepted: bool) -> Change:
    """Count a clause or not.

    Args:
        clause: The clause.
        counts: Whether it counts.
        accepted: The tool accepted it; else a person added it.
    """

    def change(stands: Review) -> Mapping[str, Any]:
        others = tuple(one for one in stands.removed if one != clause)
        if accepted:
            return {"removed": others if counts else (*others, clause)}
        return {"added": tuple(one for one in stands.added if one != clause)}

    return change


def uncite(entry: Elsewhere) -> Change:
    """Take away an act that is not loaded."""
    return lambda stands: {"elsewhere": tuple(one for one in stands.elsewhere if one != entry)}


def write(say: Messages, requirement: str, key: str) -> None:
    """Keep the comment that stands in a box; one that could not be kept stays in the box.

    Args:
        say: The words of the screen.
        requirement: Id of the requirement.
        key: Key of the box in the session state.
    """
    words = str(st.session_state[key] or "").strip()
    unsaved = st.session_state.setdefault(UNSAVED, {})
    if record(say, requirement, lambda _: {"comment": words}):
        unsaved.pop(requirement, None)
    else:
        unsaved[requirement] = words


def cite(say: Messages, requirement: str, key: str) -> None:
    """Keep the act that stands in the boxes, and empty them once it is kept.

    Args:
        say: The words of the screen.
        requirement: Id of the requirement.
        key: What the keys of the boxes begin with.
    """
    state = st.session_state
    typed = {name: str(state.get(f"{key}_{name}") or "").strip() for name in _INPUTS}
    planned = state.get(f"{key}_planned")
    if not typed["title"]:
        state[ERROR] = say.text("ui_review_elsewhere_no_title")
        return
    cited = Elsewhere(
        title=typed["title"],
        gazette=typed["gazette"] or None,
        article=typed["article"] or None,
        celex=typed["celex"] or None,
        planned=planned.isoformat() if isinstance(planned, date) else None,
    )
    if record(
        say,
        requirement,
        lambda stands: {"elsewhere": tuple(dict.fromkeys((*stands.elsewhere, cited)))},
    ):
        for name in _INPUTS:
            state[f"{key}_{name}"] = ""
        state[f"{key}_planned"] = None
