"""What the process that reads sends to the one that asked: a document or a reason, as JSON.

Only text, numbers and names cross, never objects, so that a process that a file has taken over
cannot make the other one run anything. What arrives is held against what a document guarantees.
Issues and errors cross as codes and values; their words are put in here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast, get_args, get_type_hints

from nis2_align.errors import CatalogueError, UnreadableFileError
from nis2_align.model import Document, Hint, Issue, Page, Span
from nis2_align.notices import Value, error, worded

__all__ = ["BrokenAnswerError", "document_from", "pack", "refusal_from", "unpack"]

_T = TypeVar("_T")
_FORMATS = get_args(get_type_hints(Document)["format"])
_KINDS = get_args(get_type_hints(Hint)["kind"])
_SEVERITIES = get_args(get_type_hints(Issue)["severity"])


class BrokenAnswerError(Exception):
    """What arrived is no answer of the reading process."""


def pack(answer: Document | dict[str, Any]) -> bytes:
    """Return an answer as bytes: a document, or what hindered the reading."""
    if isinstance(answer, Document):
        answer = {"document": _plain(answer)}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def unpack(data: bytes) -> dict[str, Any]:
    """Return the answer that ``data`` is.

    Raises:
        BrokenAnswerError: It is none.
    """
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BrokenAnswerError from error
    if not isinstance(answer, dict):
        raise BrokenAnswerError
    return answer


def _plain(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "text": document.text,
        "format": document.format,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "pages": [[page.number, page.span.start, page.span.end] for page in document.pages],
        "hints": [[h.kind, h.span.start, h.span.end, h.level] for h in document.hints],
        "issues": [list(_issue_fields(issue)) for issue in document.issues],
    }


def _issue_fields(issue: Issue) -> Iterator[Any]:
    yield from (issue.code, dict(issue.values), issue.severity, issue.act, issue.page)
    yield from (issue.span.start, issue.span.end) if issue.span else (None, None)


def refusal_from(plain: object) -> UnreadableFileError:
    """Return the error that was sent as its code and its values.

    Raises:
        BrokenAnswerError: There are no words for it.
    """
    try:
        code, values = _is(list, plain)
        return error(UnreadableFileError, _is(str, code), _values(values))
    except (CatalogueError, TypeError, ValueError) as broken:
        raise BrokenAnswerError from broken


def document_from(plain: object) -> Document:
    """Return the document that was sent.

    Raises:
        BrokenAnswerError: A value has another type than a document's, or a span lies outside
            the text.
    """
    try:
        return _document(cast("dict[str, Any]", plain))
    except (CatalogueError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenAnswerError from error


def _document(plain: dict[str, Any]) -> Document:
    text = _is(str, plain["text"])

    def span(start: object, end: object) -> Span:
        found = Span(start=_is(int, start), end=_is(int, end))
        if not 0 <= found.start <= found.end <= len(text):
            raise ValueError("span")
        return found

    def told(fields: list[Any]) -> Issue:
        code, values, severity, act, page, start, end = fields
        return worded(
            Issue(
                code=_is(str, code),
                message="",
                values=_values(values),
                severity=_one_of(_SEVERITIES, severity),
                act=_or_none(str, act),
                page=_or_none(int, page),
                span=None if start is None else span(start, end),
            )
        )

    return Document(
        id=_is(str, plain["id"]),
        name=_is(str, plain["name"]),
        title=_or_none(str, plain["title"]),
        text=text,
        format=_one_of(_FORMATS, plain["format"]),
        sha256=_is(str, plain["sha256"]),
        text_sha256=_is(str, plain["text_sha256"]),
        pages=_each(
            lambda number, start, end: Page(number=_is(int, number), span=span(start, end)),
            plain["pages"],
        ),
        hints=_each(
            lambda kind, start, end, level: Hint(
                kind=_one_of(_KINDS, kind), span=span(start, end), level=_or_none(int, level)
            ),
            plain["hints"],
        ),
        issues=tuple(told(_is(list, fields)) for fields in _is(list, plain["issues"])),
    )


def _values(plain: object) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in _is(dict, plain).items():
        values[name] = _is(str, value) if isinstance(value, str) else _is(int, value)
    return values


def _is(kind: type[_T], value: object) -> _T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(kind.__name__)
    return value


def _or_none(kind: type[_T], value: object) -> _T | None:
    return None if value is None else _is(kind, value)


def _one_of(names: tuple[Any, ...], value: object) -> Any:  # noqa: ANN401 (a Literal)
    if value not in names:
        raise ValueError("name")
    return value


def _each(make: Callable[..., _T], rows: object) -> tuple[_T, ...]:
    return tuple(make(*_is(list, row)) for row in _is(list, rows))
