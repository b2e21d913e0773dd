"""What holds of every issue and every error: each language says it, with what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

from nis2_align.errors import Nis2AlignError
from nis2_align.messages import REFERENCE, Messages, available, messages, placeholders
from nis2_align.model import Issue
from nis2_align.notices import error_text, issue_text

__all__ = ["all_said", "unsaid"]


def unsaid(told: Issue | Nis2AlignError) -> list[str]:
    """Return what a language does not say of an issue or an error; empty where all say all."""
    return [
        f"{language}: {fault}"
        for language in available()
        for fault in _faults(told, messages(language))
    ]


@contextmanager
def all_said(kind: type[Nis2AlignError]) -> Iterator[None]:
    """Hold each error of a kind that is made meanwhile against every language."""
    made: list[Nis2AlignError] = []

    def kept(self: Nis2AlignError, *given: str, **named: Any) -> None:
        super(kind, self).__init__(*given, **named)
        made.append(self)

    with mock.patch.object(kind, "__init__", kept):
        yield
    assert [fault for one in made for fault in unsaid(one)] == []


def _faults(told: Issue | Nis2AlignError, say: Messages) -> Iterator[str]:
    if isinstance(told, Issue):
        keys, said = [f"issue_{told.code}"], issue_text(told, say)
        english = told.message
    else:
        keys, said = [f"error_{told.code}", f"error_{told.code}_remedy"], error_text(told, say)
        english = f"{told.what} {told.remedy}"
        yield from (fault for one in told.reasons for fault in _faults(one, say))
    for key in keys:
        yield from _unfilled(key, told.values, said, say)
    if say.language != REFERENCE and said == english:
        yield f"English is said: {said}"
    if say.language == REFERENCE and not english.startswith(said.rstrip(".")[:40]):
        yield f"the English words are others: {said}"


def _unfilled(key: str, values: Mapping[str, str | int], said: str, say: Messages) -> Iterator[str]:
    asked = placeholders(say.texts.get(key, ""))
    if key not in say.texts:
        yield f"no words for {key}"
    for name in asked:
        if name not in values and name != "reasons":
            yield f"{key} has no value for {name}"
        elif not _is_worded(name) and str(values[name]) not in said:
            yield f"{key} does not say {name}: {said}"


def _is_worded(name: str) -> bool:
    """Tell whether a placeholder is filled with words of the language."""
    return name in ("then", "why", "reasons") or name.endswith(("language", "languages"))
