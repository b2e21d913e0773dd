"""Lines and rows of a PDF → the sheet: paragraphs joined, pages marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nis2_align.read.marks import starts_with_mark
from nis2_align.read.paragraphs import Joiner
from nis2_align.read.pdf_lines import Line, Row
from nis2_align.read.rows import row_line
from nis2_align.read.sheet import HintKind, Sheet

__all__ = ["Content", "Writer", "body_size"]

Cell = tuple[str, ...]

_ENDS = (".", ";", ":", "!", "?")
_HEADING_SIZE = 1.15  # times the size of the body


@dataclass(slots=True)
class Content:
    """What stands on one page: lines in reading order, and the rows of its tables."""

    number: int
    height: float = 0.0
    lines: list[Line] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    columns: bool = False


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the type size in which most of the text is set; 0.0 where there is none."""
    letters: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            letters[round(line.size, 1)] += len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


@dataclass(slots=True)
class Writer:
    """Writes paragraphs and rows in order and says where pages begin."""

    sheet: Sheet
    joiner: Joiner
    body_size: float
    _open: list[Line] = field(default_factory=list)
    _row: list[Cell] = field(default_factory=list)
    _row_page: int = 0
    _page: int = 0

    def write(self, contents: Sequence[Content]) -> None:
        """Write all pages; a paragraph may run on from one to the next."""
        continues = self.joiner.continues
        for content in contents:
            for item in _in_order(content) if content.rows else content.lines:
                if isinstance(item, Row):
                    self._add_row(content.number, item)
                    continue
                self._end_row()
                if self._open and not continues(self._open, item):
                    self._close()
                self._open.append(item)
        self._end_row()
        self._close()
        self._begin(len(contents), self.sheet.length)

    def _add_row(self, page: int, row: Row) -> None:
        """Take a row, or join it with the last one where a page break cut that in two."""
        self._close()
        cut = self._row and self._row_page == page - 1
        if cut and _runs_on(self._row, row.cells):
            self._row = [(*a, *b) for a, b in zip(self._row, row.cells, strict=True)]
        else:
            self._end_row()
            self._begin(page, self.sheet.length)
            self._row = list(row.cells)
        self._row_page = page

    def _end_row(self) -> None:
        if self._row:
            self.sheet.line(row_line([self._cell(lines) for lines in self._row]), "table_row")
            self._row = []

    def _begin(self, page: int, offset: int) -> None:
        """Say that ``page`` begins at ``offset``, and the pages before it that hold nothing."""
        for number in range(self._page + 1, page + 1):
            self.sheet.page(number, offset)
        self._page = max(self._page, page)

    def _close(self) -> None:
        lines, self._open = self._open, []
        if not lines:
            return
        start = self.sheet.length
        self._begin(lines[0].page, start)
        text, page = lines[0].text, lines[0].page
        for a, b in pairwise(lines):
            text = self._join(text, a.text, b.text)
            if b.page != page:
                page = b.page
                self._begin(page, start + len(text) - len(b.text))
        self.sheet.line(text, self._hint(lines))

    def _join(self, text: str, a: str, b: str) -> str:
        cut, between = self.joiner.glue(a, b)
        return text[: len(text) - cut] + between + b

    def _cell(self, lines: Sequence[str]) -> str:
        text = lines[0] if lines else ""
        for a, b in pairwise(lines):
            text = self._join(text, a, b)
        return text

    def _hint(self, lines: Sequence[Line]) -> HintKind | None:
        least = _HEADING_SIZE * self.body_size
        if lines[0].size >= least and all(line.size >= least for line in lines):
            return "heading"
        return "bold" if lines[0].bold and all(line.bold for line in lines) else None


def _runs_on(above: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Return whether the first row of a page is the rest of the last row of the page before.

    Each of its cells goes on in small letters with a cell that had not come to an end.
    """
    filled = [(a, b) for a, b in zip(above, below, strict=False) if b]
    return (
        len(above) == len(below)
        and bool(filled)
        and all(
            a and b[0][:1].islower() and not starts_with_mark(b[0]) and not a[-1].endswith(_ENDS)
            for a, b in filled
        )
    )


def _in_order(content: Content) -> Iterator[Line | Row]:
    """Yield lines in reading order; a row comes before the first line that stands below it."""
    rows = list(content.rows)
    for line in content.lines:
        while rows and rows[0].top <= line.top:
            yield rows.pop(0)
        yield line
    yield from rows
