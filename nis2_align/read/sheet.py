r"""The page a reader writes on: lines, hints, pages and issues, with spans kept right.

Every format ends in the same :class:`Reading`, so the guarantees stand in one place:

- lines end in ``\n`` and in nothing else that Unicode takes for a line end;
- no control character and no lone surrogate is left, so the text can be written anywhere;
- hint spans are a whole number of lines in order of their start, page spans cover the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from nis2_align.errors import UnreadableFileError
from nis2_align.model import Hint, Issue, Page, Span
from nis2_align.notices import Value, error

__all__ = ["Reading", "Sheet", "clean", "noted", "unreadable"]

HintKind = Literal["heading", "bold", "table_row"]

_LINE_ENDS = re.compile("\r\n|[\r\f\v\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_CONTROLS = re.compile("[\x00-\x08\t\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return ``text`` with one kind of line end and without control characters.

    Form feeds and their like end a line; any other control character, tabs included, becomes
    a space. Letters, dashes and quotation marks stay exactly as they were.
    """
    if text.isprintable():  # true of most lines, and none of those characters is
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub(" ", text)
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def unreadable(name: str, code: str, *, command: str = "", **values: Value) -> UnreadableFileError:
    """Return the error for the file ``name``; see :func:`nis2_align.notices.error`."""
    return error(UnreadableFileError, code, {"name": name, **values}, command=command)


def noted(code: str, *, page: int | None = None, info: bool = False, **values: Value) -> Issue:
    """Return an issue without words, which the door puts in."""
    severity: Literal["info", "warning"] = "info" if info else "warning"
    said = values if page is None else {"page": page, **values}
    return Issue(code=code, message="", values=said, severity=severity, page=page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a format module made of a file."""

    text: str
    title: str | None = None
    hints: tuple[Hint, ...] = ()
    pages: tuple[Page, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(slots=True)
class Sheet:
    """Collects lines in the order of the text; a builder, used inside this package only."""

    _lines: list[str] = field(default_factory=list)
    _length: int = 0
    _hints: list[Hint] = field(default_factory=list)
    _page_starts: dict[int, int] = field(default_factory=dict)
    _issues: list[Issue] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Code points written so far."""
        return self._length

    def line(self, text: str, hint: HintKind | None = None, level: int | None = None) -> int:
        """Write ``text`` as one line (more where it holds line ends); return where it starts.

        Nothing is written for blank text.
        """
        start = self._length
        text = clean(text).strip("\n")
        if not text.strip():
            return start
        self._lines.append(text + "\n")
        self._length += len(text) + 1
        if hint is not None:
            span = Span(start=start, end=self._length)
            self._hints.append(Hint(kind=hint, span=span, level=level))
        return start

    def blank(self) -> None:
        """Write an empty line, except at the very beginning."""
        if self._lines:
            self._lines.append("\n")
            self._length += 1

    def page(self, number: int, start: int) -> None:
        """Say that page ``number`` begins at offset ``start``."""
        self._page_starts[number] = start

    def issue(
        self, code: str, *, page: int | None = None, info: bool = False, **values: Value
    ) -> None:
        """Note something odd that did not stop the reading."""
        self.take(noted(code, page=page, info=info, **values))

    def take(self, issue: Issue) -> None:
        """Note an issue as it is."""
        self._issues.append(issue)

    def done(self, title: str | None = None) -> Reading:
        """Return what was written."""
        numbers = sorted(self._page_starts)
        starts = [self._page_starts[number] for number in numbers]
        ends = [*starts, self._length][1:]
        return Reading(
            text="".join(self._lines),
            title=title,
            hints=tuple(self._hints),
            pages=tuple(
                Page(number=number, span=Span(start=start, end=end))
                for number, start, end in zip(numbers, starts, ends, strict=True)
            ),
            issues=tuple(self._issues),
        )
