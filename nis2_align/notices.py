"""What is said of files, in the language of whoever reads it: issues and errors, code and values.

The words are templates of ``mappings/messages``: ``issue_<code>`` for an issue, ``error_<code>``
and ``error_<code>_remedy`` for an error. The English message of an issue and the English words of
an error are made of the same templates. Some placeholders are filled with words of the language
instead of the value as it is:

- one whose name ends in ``language`` holds a code and is filled with the language's name, one
  whose name ends in ``languages`` with the names for several codes;
- ``then`` holds the end of a key ``then_<value>`` and is filled with that sentence, or is empty;
- ``why`` holds the code of an error and is filled with what that error says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from nis2_align.errors import CatalogueError, Nis2AlignError
from nis2_align.messages import REFERENCE, Messages, messages, placeholders
from nis2_align.model import Issue, Span

__all__ = ["Value", "error", "error_text", "issue", "issue_text", "language_name", "worded"]

#: What a placeholder is filled with.
Value = str | int

_E = TypeVar("_E", bound=Nis2AlignError)


def issue(
    code: str,
    /,
    *,
    severity: Literal["info", "warning"] = "warning",
    act: str | None = None,
    page: int | None = None,
    span: Span | None = None,
    reason: Nis2AlignError | None = None,
    **values: Value,
) -> Issue:
    """Return an issue with its English message.

    Args:
        code: Its code; ``issue_<code>`` holds its words.
        severity: ``info`` or ``warning``.
        act: Id of the act, or None.
        page: Page number from 1, or None; fills the placeholder ``page``.
        span: Where in the text, or None.
        reason: The error that the issue tells of; fills the placeholder ``why``.
        values: One for each other placeholder.

    Returns:
        The issue.

    Raises:
        CatalogueError: There are no such words, or a placeholder has no value.
    """
    said = values if page is None else {"page": page, **values}
    told = said if reason is None else {**reason.values, **said, "why": reason.code}
    key, say = f"issue_{code}", messages(REFERENCE)
    message = (
        _filled(key, told, say)
        if reason is None
        else say.text(key, **{**_shown(key, said, say), "why": str(reason)}).strip()
    )
    return Issue(
        code=code, message=message, values=told, severity=severity, act=act, page=page, span=span
    )


def worded(unworded: Issue) -> Issue:
    """Return an issue with the English message that its code and values make.

    Args:
        unworded: As a reader notes it, which knows no words.

    Returns:
        The issue with its message.

    Raises:
        CatalogueError: There are no such words, or a placeholder has no value.
    """
    say = messages(REFERENCE)
    return replace(unworded, message=_filled(f"issue_{unworded.code}", unworded.values, say))


def issue_text(issue: Issue, say: Messages) -> str:
    """Say an issue in a language.

    Args:
        issue: The issue.
        say: The words of the language.

    Returns:
        What happened and what to do; the English message where there are no words for its code.
    """
    try:
        return _filled(f"issue_{issue.code}", issue.values, say)
    except CatalogueError:
        return issue.message


def error(
    kind: Callable[..., _E],
    code: str,
    values: Mapping[str, Value] = MappingProxyType({}),
    *,
    command: str = "",
    reasons: Sequence[Nis2AlignError] = (),
) -> _E:
    """Return an error with its English words.

    Args:
        kind: The class of the error.
        code: Its code; ``error_<code>`` and ``error_<code>_remedy`` hold its words.
        values: One for each placeholder.
        command: What may be done on the command line besides; it stands in the English remedy
            alone.
        reasons: The errors that it sums up; they fill the placeholder ``reasons``.

    Returns:
        The error, to be raised.

    Raises:
        CatalogueError: There are no such words, or a placeholder has no value.
    """
    told = {**values, "reasons": " ".join(map(str, reasons))} if reasons else values
    what, remedy = _both(code, told, messages(REFERENCE))
    return kind(
        what, f"{remedy} {command}".strip(), code=code, values=values, reasons=tuple(reasons)
    )


def error_text(error: Nis2AlignError, say: Messages) -> str:
    """Say an error in a language.

    Args:
        error: The error.
        say: The words of the language.

    Returns:
        What happened and what to do, without options of the command line; the English words
        where there are none for its code.
    """
    values: dict[str, Value] = dict(error.values)
    if error.reasons:
        values["reasons"] = " ".join(error_text(one, say) for one in error.reasons)
    try:
        return " ".join(_both(error.code, values, say))
    except CatalogueError:
        return f"{error.what} {error.remedy}"


def language_name(code: str, say: Messages) -> str:
    """Return the name of a language in the words of another, or its code where it has none."""
    return say.texts.get(f"language_{code}", code)


def _both(code: str, values: Mapping[str, Value], say: Messages) -> tuple[str, str]:
    key = f"error_{code}"
    return _filled(key, values, say), _filled(f"{key}_remedy", values, say)


def _filled(key: str, values: Mapping[str, Value], say: Messages) -> str:
    return say.text(key, **_shown(key, values, say)).strip()


def _shown(key: str, values: Mapping[str, Value], say: Messages) -> dict[str, Any]:
    """Return what fills the placeholders of a template; only what it asks for is worded."""
    asked = placeholders(say.texts.get(key, ""))
    # What is worded inside knows neither, so that words never lead back to themselves.
    bare = {name: value for name, value in values.items() if name != "why"}
    return {name: _word(name, values[name], bare, say) for name in asked & values.keys()}


def _word(name: str, value: Value, bare: Mapping[str, Value], say: Messages) -> Value:
    if name == "why":
        return " ".join(_both(str(value), bare, say))
    if name == "then":
        rest = {name: one for name, one in bare.items() if name != "then"}
        return _filled(f"then_{value}", rest, say) if value else ""
    if name.endswith("languages"):
        return ", ".join(language_name(code, say) for code in str(value).split(", "))
    return language_name(str(value), say) if name.endswith("language") else value
