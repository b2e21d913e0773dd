"""The acts of a dossier: what was found in each, what was odd, and what the visitor says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from nis2_align.dossier import JURISDICTION, KINDS
from nis2_align.languages import language, language_codes
from nis2_align.messages import Messages
from nis2_align.model import Act, Issue
from nis2_align.notices import issue_text, language_name
from nis2_align.ui import session
from nis2_align.ui.session import Dossier, Settings, Source, View
from nis2_align.ui.words import aside, plain

__all__ = ["show_acts"]

# Not None, which a select box takes for "nothing chosen".
_UNSAID = ""
_SHOWN_ISSUES = 4
_LEFT_OUT = frozenset({"act_unreadable", "act_left_out"})


def show_acts(dossier: Dossier, view: View | None, say: Messages) -> None:
    """Show each act with what was found and what may be said about it.

    Args:
        dossier: The acts.
        view: The result, or None where there is none.
        say: The words.
    """
    acts = {act.sha256: act for act in view.table.acts} if view is not None else {}
    st.header(say.text("ui_frame_acts"), anchor=False)
    for number, source in enumerate(dossier.sources):
        with st.container(border=True):
            _act(number, source, acts.get(source.digest), dossier, view, say)
    if view is not None:
        _issues([issue for issue in view.table.issues if _is_of_all(issue, dossier, acts)], say)


def _is_of_all(issue: Issue, dossier: Dossier, acts: Mapping[str, Act]) -> bool:
    """Tell whether an issue is shown beside no act."""
    if issue.act is not None and issue.act in {act.id for act in acts.values()}:
        return False
    return not any(
        _tells_why(issue, source) for source in dossier.sources if source.digest not in acts
    )


def _tells_why(issue: Issue, source: Source) -> bool:
    """Tell whether an issue says why a file was left out."""
    return issue.code in _LEFT_OUT and source.name in issue.message


def _act(
    number: int, source: Source, act: Act | None, dossier: Dossier, view: View | None, say: Messages
) -> None:
    said = dossier.said(source)
    st.text(source.name if act is None else act.title)
    if act is None and view is not None:
        why = [issue_text(issue, say) for issue in view.table.issues if _tells_why(issue, source)]
        st.error(plain(" ".join([say.text("ui_dossier_left_out"), *why])), icon="⚠️")
    if act is not None and view is not None:
        _found(source, act, said, view, say)
    with st.expander(say.text("ui_dossier_settings"), icon=":material/tune:"):
        _form(number, source, said, say)
    st.button(
        say.text("ui_dossier_remove"),
        key=f"remove_{source.digest}",
        icon=":material/delete:",
        on_click=_remove,
        args=(source,),
    )


def _found(source: Source, act: Act, said: Settings, view: View, say: Messages) -> None:
    if act.title != source.name:
        st.markdown(aside(source.name))
    cut = next(s for s in view.alignment.result.segmentations if s.document.id == act.id)
    pages = len(cut.document.pages)
    counts = [say.text("ui_dossier_articles", count=act.articles)]
    if pages > 1:
        counts.append(say.text("ui_dossier_pages", count=pages))
    facts = [*counts, _language(act, said, say), _country(act, said, say), *_standing(act, say)]
    st.markdown("  \n".join(plain(fact) for fact in facts))
    if act.amending:
        st.warning(say.text("ui_amending"), icon="⚠️")
    _issues([issue for issue in view.table.issues if issue.act == act.id], say)


def _standing(act: Act, say: Messages) -> list[str]:
    facts = []
    if act.jurisdiction is not None and act.jurisdiction != act.country:
        facts.append(say.text("ui_dossier_is_jurisdiction", jurisdiction=act.jurisdiction))
    if act.kind is not None:
        facts.append(say.text("ui_dossier_is_kind", kind=say.text(f"ui_dossier_kind_{act.kind}")))
    if act.planned is not None:
        facts.append(say.text("ui_dossier_is_planned", date=act.planned))
    return facts


def _issues(issues: Sequence[Issue], say: Messages) -> None:
    if not issues:
        return
    label = say.text("ui_issues", count=len(issues))
    with st.expander(label, icon="⚠️", expanded=len(issues) <= _SHOWN_ISSUES):
        for issue in issues:
            st.markdown(f"- {plain(issue_text(issue, say))}")


def _certainty(act: Act, key: str, chosen: str | None, say: Messages) -> str:
    if chosen is not None:
        return say.text("ui_chosen")
    return say.text("ui_certainty", percent=f"{100 * act.detected.get(key, 0.0):.0f}")


def _language(act: Act, said: Settings, say: Messages) -> str:
    script = f"ui_script_{act.script}"
    written = say.text(script) if script in say.texts else act.script
    name = f"{language_name(act.language, say)}, {written}"
    certainty = _certainty(act, "language", said.language, say)
    return say.text("ui_is_language", language=name, certainty=certainty)


def _country(act: Act, said: Settings, say: Messages) -> str:
    if act.country is None:
        return say.text("ui_no_country")
    certainty = _certainty(act, "country", said.country, say)
    return say.text("ui_is_country", country=_named(act.country, say), certainty=certainty)


def _named(country: str, say: Messages) -> str:
    key = f"ui_country_{country}"
    return f"{say.text(key)} ({country})" if key in say.texts else country


def _form(number: int, source: Source, said: Settings, say: Messages) -> None:
    """Show the boxes; nothing is analysed anew before the button is pressed."""
    # Keys with the language of the screen, as a box keeps the words it was made with.
    key = f"{source.digest[:12]}_{say.language}"
    with st.form(f"said_{key}", border=False):
        left, middle, right = st.columns(3)
        with left:
            _box("language", key, said.language, language_codes(), say)
            _box("kind", key, said.kind, KINDS, say)
        with middle:
            codes = language_codes()
            countries = sorted({one for code in codes for one in language(code).countries})
            _box("country", key, said.country, countries, say)
            st.date_input(
                say.text("ui_dossier_planned"),
                value=date.fromisoformat(said.planned) if said.planned else None,
                key=f"planned_{key}",
                format="YYYY-MM-DD",
                help=say.text("ui_dossier_planned_help"),
            )
        with right:
            st.text_input(
                say.text("ui_dossier_jurisdiction"),
                value=said.jurisdiction or "",
                key=f"jurisdiction_{key}",
                placeholder=say.text("ui_dossier_jurisdiction_example"),
                help=say.text("ui_dossier_jurisdiction_help"),
                max_chars=6,
            )
            st.text_input(say.text("ui_dossier_title"), value=said.title or "", key=f"title_{key}")
        st.form_submit_button(
            say.text("ui_dossier_apply"),
            key=f"apply_{key}",
            icon=":material/refresh:",
            on_click=_apply,
            args=(source, key),
        )
    if st.session_state.get("wrong_jurisdiction") == source.digest:
        st.error(say.text("ui_dossier_jurisdiction_wrong"), icon="⚠️")


def _box(name: str, key: str, said: str | None, options: Sequence[str], say: Messages) -> None:
    def named(code: str) -> str:
        if not code:
            return say.text("ui_dossier_unsaid" if name == "kind" else "ui_as_detected")
        if name == "kind":
            return say.text(f"ui_dossier_kind_{code}")
        return _named(code, say) if name == "country" else f"{language_name(code, say)} ({code})"

    labels = {"kind": "ui_dossier_kind", "language": "ui_language", "country": "ui_country"}
    held = [_UNSAID, *options, *([said] if said and said not in options else [])]
    st.selectbox(
        say.text(labels[name]),
        held,
        index=held.index(said or _UNSAID),
        format_func=named,
        key=f"{name}_{key}",
    )


def _apply(source: Source, key: str) -> None:
    """Take over what stands in the boxes of an act."""
    state = st.session_state
    jurisdiction = str(state[f"jurisdiction_{key}"]).strip().upper()
    state.pop("wrong_jurisdiction", None)
    if jurisdiction and not JURISDICTION.fullmatch(jurisdiction):
        state["wrong_jurisdiction"] = source.digest
        return
    planned = state[f"planned_{key}"]
    said = Settings(
        language=state[f"language_{key}"] or None,
        country=state[f"country_{key}"] or None,
        jurisdiction=jurisdiction or None,
        kind=state[f"kind_{key}"] or None,
        planned=planned.isoformat() if planned else None,
        title=state[f"title_{key}"].strip() or None,
    )
    dossier = session.chosen()
    if dossier is not None:
        settings = {**dossier.settings, source.digest: said}
        session.choose(replace(dossier, settings=settings))


def _remove(source: Source) -> None:
    dossier = session.chosen()
    if dossier is None:
        return
    left = tuple(one for one in dossier.sources if one != source)
    session.choose(replace(dossier, sources=left) if left else None)
