"""PDF documents with a text layer, read through pdfplumber."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mode
from typing import TYPE_CHECKING, Any

from nis2_align.read.paragraphs import Joiner
from nis2_align.read.pdf_lines import Line, Word, framed_again, lines_of, text_of, to_words
from nis2_align.read.rows import row_line
from nis2_align.read.running_heads import without_running_heads
from nis2_align.read.sheet import HintKind, Reading, Sheet, unreadable
from nis2_align.read.title import guess_title

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage
    from pdfplumber.pdf import PDF

__all__ = ["convert", "load"]

_PASSWORD = ("PDFPasswordIncorrect", "PDFEncryptionError")
_DAMAGED = ("is damaged or was cut off", "Get a whole copy of it and try again.")
_OCR = "Run text recognition (OCR) on it and save the result as PDF or DOCX."

_HEADING_SIZE = 1.15  # times the size of the body
_MOST_GARBLED = 0.2
_MOST_TURNED = 0.2
_LEAST_RULES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the lines of each cell, and its height on the page."""

    cells: tuple[tuple[str, ...], ...]
    top: float


@dataclass(slots=True)
class _Content:
    """What stands on one page."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    columns: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file with its name, for messages."""

    pdf: PDF
    name: str


def load(data: bytes, name: str) -> Opened:
    """Open the file.

    Raises:
        UnreadableFileError: It is protected by a password, damaged, or has no page.
    """
    import pdfplumber

    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        pages = len(pdf.pages)
    except Exception as error:  # pdfminer lets whatever a damaged file provokes through
        cause = error.args[0] if error.args else None
        if type(cause).__name__ in _PASSWORD or type(error).__name__ in _PASSWORD:
            raise unreadable(
                name,
                "is protected by a password",
                "Open it, remove the password and save it again.",
            ) from error
        raise unreadable(name, *_DAMAGED) from error
    if not pages:
        raise unreadable(name, *_DAMAGED)
    return Opened(pdf, name)


def convert(opened: Opened) -> Reading:
    """Write one line for each paragraph and each row of a ruled table.

    Raises:
        UnreadableFileError: No page has a text layer.
    """
    sheet = Sheet()
    with opened.pdf as pdf:
        contents = [_content(page, sheet) for page in pdf.pages]
    if not any(content.lines or content.rows for content in contents):
        if any(issue.code == "page_unreadable" for issue in sheet.done().issues):
            raise unreadable(opened.name, *_DAMAGED)
        raise unreadable(opened.name, "has no text layer; it is probably a scan", _OCR)
    columns = [content.number for content in contents if content.columns]
    if columns:
        sheet.issue(
            "two_columns",
            f"{len(columns)} pages seem to be set in two columns and were read left column "
            "first. Compare the order of the text with the printed page.",
            page=columns[0],
        )
    bare = without_running_heads([(content.lines, content.height) for content in contents])
    kept = [framed_again(lines) for lines in bare]
    for content, lines in zip(contents, kept, strict=True):
        content.lines = lines
    _Writer(sheet, Joiner.of(kept), _body_size(kept)).write(contents)
    reading = sheet.done()
    return sheet.done(guess_title(reading.text.split("\n")))


def _content(page: PdfPage, sheet: Sheet) -> _Content:
    content = _Content(page.page_number, float(page.height))
    try:
        _fill(content, page, sheet)
    except Exception:  # one damaged page must not cost the others
        sheet.issue(
            "page_unreadable",
            f"Page {content.number} is damaged and was left out. Get a whole copy of the file.",
            page=content.number,
        )
    finally:
        page.close()
    return content


def _fill(content: _Content, page: PdfPage, sheet: Sheet) -> None:
    chars = page.chars
    if _is_picture(page):
        sheet.issue(
            "page_without_text",
            f"Page {content.number} is a picture without a text layer. {_OCR}",
            page=content.number,
        )
    if not chars:
        return
    if _garbled(chars) > _MOST_GARBLED * len(chars):
        sheet.issue(
            "text_layer_damaged",
            f"The letters of page {content.number} cannot be told from the file. {_OCR}",
            page=content.number,
        )
    level = [char for char in chars if not _is_turned(char)]
    if 0 < len(chars) - len(level) <= _MOST_TURNED * len(chars):
        chars = level
        sheet.issue(
            "turned_text",
            f"Turned text on page {content.number}, such as a watermark, was left out.",
            page=content.number,
            info=True,
        )
    words = to_words(chars)
    content.rows, words = _tables(page, words)
    content.lines, content.columns = lines_of(words, content.number)


def _is_turned(char: dict[str, Any]) -> bool:
    # pdfplumber calls a letter on a slope upright; the matrix of the text knows better.
    along, up = char["matrix"][:2]
    return bool(abs(up) > 0.05 * abs(along))


def _is_picture(page: PdfPage) -> bool:
    """Return whether what a person sees on the page is a picture of text."""
    letters = sum(char["text"].isalpha() for char in page.chars)
    if letters > 50:
        return False
    area = float(page.width) * float(page.height)
    covered = max((image["width"] * image["height"] for image in page.images), default=0)
    return bool(covered > 0.5 * area or (not letters and (page.images or page.curves)))


def _garbled(chars: Sequence[dict[str, Any]]) -> int:
    """Count characters that the font maps to no letter."""
    return sum(
        text.startswith("(cid:") or "\ue000" <= text[:1] <= "\uf8ff" or text == "\ufffd"
        for text in (char["text"] for char in chars)
    )


def _tables(page: PdfPage, words: list[Word]) -> tuple[list[Row], list[Word]]:
    """Return the rows of ruled tables, and the words that stand in none of their cells."""
    rules = [edge["orientation"] for edge in page.edges]
    if min(rules.count("h"), rules.count("v")) < _LEAST_RULES:
        return [], words
    rows: list[Row] = []
    for table in page.find_tables():
        cells = [[_inside(words, box) for box in row.cells] for row in table.rows]
        # A frame around a passage is no table.
        if not any(sum(map(bool, row)) > 1 for row in cells):
            continue
        for row, held in zip(table.rows, cells, strict=True):
            rows.append(Row(tuple(tuple(text_of(cell)) for cell in held), float(row.bbox[1])))
        inside = {id(word) for row in cells for cell in row for word in cell}
        words = [word for word in words if id(word) not in inside]
    return sorted(rows, key=lambda row: row.top), words


def _inside(words: Sequence[Word], box: tuple[float, float, float, float] | None) -> list[Word]:
    if box is None:
        return []
    x0, top, x1, bottom = box
    return [word for word in words if x0 <= word.centre < x1 and top <= word.middle < bottom]


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes = (round(line.size, 1) for lines in pages for line in lines for _ in line.text)
    return mode(list(sizes) or [0.0])


@dataclass(slots=True)
class _Writer:
    """Writes paragraphs and rows in order and says where pages begin."""

    sheet: Sheet
    joiner: Joiner
    body_size: float
    _open: list[Line] = field(default_factory=list)
    _page: int = 0

    def write(self, contents: Sequence[_Content]) -> None:
        for content in contents:
            for item in _in_order(content):
                if isinstance(item, Row):
                    self._close()
                    self._begin(content.number, self.sheet.length)
                    self.sheet.line(row_line([self._cell(c) for c in item.cells]), "table_row")
                    continue
                if self._open and not self.joiner.continues(self._open, item):
                    self._close()
                self._open.append(item)
        self._close()
        self._begin(len(contents), self.sheet.length)

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
        text = lines[0].text
        for a, b in pairwise(lines):
            text = self._join(text, a.text, b.text)
            self._begin(b.page, start + len(text) - len(b.text))
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
        if all(line.size >= _HEADING_SIZE * self.body_size for line in lines):
            return "heading"
        return "bold" if all(line.bold for line in lines) else None


def _in_order(content: _Content) -> Iterator[Line | Row]:
    """Yield lines in reading order; a row comes before the first line that stands below it."""
    rows = list(content.rows)
    for line in content.lines:
        while rows and rows[0].top <= line.top:
            yield rows.pop(0)
        yield line
    yield from rows
