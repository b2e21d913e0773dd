"""PDF documents: the cheapest way of reading that a page allows.

Every page is opened in pdfium. A plain one is read line by line, one with columns or turned text
word by word; one with a ruled table goes to pdfplumber, one without a text layer to text
recognition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from nis2_align.model import Issue
from nis2_align.notices import Value
from nis2_align.read import ocr
from nis2_align.read.ocr_numbers import mend_numbers
from nis2_align.read.paragraphs import Joiner
from nis2_align.read.pdf_lines import framed_again, lines_of
from nis2_align.read.pdf_objects import Drawn, Item, drawn_on
from nis2_align.read.pdf_scans import LOW, Scanned, Scanner
from nis2_align.read.pdf_tables import pages_with_tables
from nis2_align.read.pdf_text import PageText
from nis2_align.read.pdf_words import words_on
from nis2_align.read.pdf_writing import Content, Writer, body_size
from nis2_align.read.running_heads import without_running_heads
from nis2_align.read.sheet import Reading, Sheet, noted, unreadable
from nis2_align.read.title import guess_title

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

__all__ = ["Opened", "convert", "load"]

OnPage = Callable[[int, int], None]

_MOST_TURNED = 0.2
_FEW_LETTERS = 50  # no page of an act has so few beside a picture of text
_STAMP_LETTERS = 300  # what a signature stamped upon a scan may say
_OUTLINES = 200  # paths on a page without a letter: text drawn as outlines
_SHOWN = 5  # changes told one by one
_COVERED = 0.5  # share of the page that a picture of it covers


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file, with its bytes and with its name for messages."""

    pdf: PdfDocument
    data: bytes
    name: str


@dataclass(slots=True)
class _Found:
    """What the pages gave, and which of them ask for more than pdfium's text."""

    contents: list[Content] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    ruled: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    then: str = "ocr_nothing"
    packages: str = ""

    @property
    def scans(self) -> list[int]:
        """Pages for text recognition."""
        return [*self.pictures, *self.garbled]

    def issue(self, code: str, page: int, *, info: bool = False, **values: Value) -> None:
        """Note something odd about a page."""
        self.issues.append(noted(code, page=page, info=info, **values))


def load(data: bytes, name: str) -> Opened:
    """Open the file.

    Raises:
        UnreadableFileError: It is protected by a password, damaged, or has no page.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise unreadable(name, "protected") from error
        raise unreadable(name, "damaged") from error
    if not len(pdf):
        pdf.close()
        raise unreadable(name, "damaged")
    return Opened(pdf, data, name)


def convert(
    opened: Opened, *, on_page: OnPage | None = None, language: str | None = None
) -> Reading:
    """Write one line for each paragraph and each row of a ruled table.

    Args:
        opened: The open file; it is closed here.
        on_page: Called with the number of pages read and of all pages.
        language: Code of the pack that the text is in, for text recognition; found out where None.

    Raises:
        UnreadableFileError: No page has a text layer, and text recognition is not installed or
            finds nothing.
    """
    tell = on_page or _silent
    try:
        found = _pages(opened.pdf, tell)
        _add_tables(found, opened.data)
        _recognise(found, opened, tell, language)
    finally:
        opened.pdf.close()
    sheet = Sheet()
    _note_columns(found)
    for issue in sorted(found.issues, key=lambda issue: issue.page or 0):
        sheet.take(issue)
    contents = found.contents
    if not any(content.lines or content.rows for content in contents):
        if any(issue.code == "page_unreadable" for issue in found.issues):
            raise unreadable(opened.name, "damaged")
        raise unreadable(opened.name, "scan", then=found.then, packages=found.packages)
    bare = without_running_heads(
        [(content.lines, content.height) for content in contents],
        {number - 1 for number in found.recognised},
    )
    kept = [
        lines if len(lines) == len(content.lines) else framed_again(lines)
        for content, lines in zip(contents, bare, strict=True)
    ]
    for content, lines in zip(contents, kept, strict=True):
        content.lines = lines
    Writer(sheet, Joiner.of(kept), body_size(kept)).write(contents)
    reading = sheet.done()
    return sheet.done(guess_title(reading.text.split("\n")))


def _silent(done: int, total: int) -> None:
    """Show no progress."""


def _pages(pdf: PdfDocument, tell: OnPage) -> _Found:
    found, total = _Found(), len(pdf)
    for number in range(1, total + 1):
        content = Content(number)
        found.contents.append(content)
        try:
            with _open(pdf, number) as page:
                _fill(content, page, found)
        except Exception:  # one damaged page must not cost the others
            found.issue("page_unreadable", number)
        tell(number - len(found.scans), total)
    return found


@contextmanager
def _open(pdf: PdfDocument, number: int) -> Iterator[Item]:
    page = pdfium.FPDF_LoadPage(pdf.raw, number - 1)
    if not page:
        raise ValueError("pdfium cannot load the page")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _fill(content: Content, page: Item, found: _Found) -> None:
    content.height = pdfium.FPDF_GetPageHeightF(page)
    text = PageText(page, content.number)
    try:
        drawn = drawn_on(page, text.stretches)
        lines = text.plain_lines()
        if _is_picture(text, drawn):
            found.pictures.append(content.number)
        elif text.is_garbled():
            found.garbled.append(content.number)
        if lines is None:
            _fill_by_words(content, text, found)
        else:
            content.lines = lines
    finally:
        text.close()
    if drawn.ruled and content.lines:
        found.ruled.append(content.number)
    elif drawn.crowded and content.lines:
        found.issue("drawing", content.number, info=True)


def _fill_by_words(content: Content, text: PageText, found: _Found) -> None:
    page = words_on(text)
    content.lines, content.columns = lines_of(page.words, content.number)
    content.height = page.height
    if page.turned:
        much = page.turned > _MOST_TURNED
        then = "turned_much" if much else ""
        found.issue("turned_text", content.number, info=not much, then=then)


def _is_picture(text: PageText, drawn: Drawn) -> bool:
    """Return whether what a person sees on the page is a picture of text."""
    if len(text.text) > 2 * _STAMP_LETTERS:
        return False
    letters = sum(map(str.isalpha, text.text))
    if not letters and (drawn.pictures or drawn.paths > _OUTLINES):
        return True
    left, lower, right, upper = text.box
    covered = drawn.covered > _COVERED * (right - left) * (upper - lower)
    # What text recognition has laid beneath a scan is as good as what it would say again.
    few = letters <= _FEW_LETTERS or (letters <= _STAMP_LETTERS and not text.is_hidden())
    return covered and few


def _add_tables(found: _Found, data: bytes) -> None:
    numbers = [number for number in found.ruled if number not in found.scans]
    if not numbers:
        return
    for number, ruled in pages_with_tables(data, numbers):
        if ruled is not None:
            content = found.contents[number - 1]
            content.rows, content.height = ruled.rows, ruled.height
            content.lines, content.columns = lines_of(ruled.words, number)


def _recognise(found: _Found, opened: Opened, tell: OnPage, language: str | None) -> None:
    """Read the pages without a usable text layer, or say what is missing for it."""
    numbers = sorted(found.scans)
    if not numbers:
        return
    tesseract = ocr.engine()
    scanner = Scanner(tesseract, opened.pdf) if tesseract else None
    if scanner:
        scanner.choose(numbers, _text_of(found), language)
    if scanner is None or not scanner.chosen:
        found.then, found.packages = ocr.missing(scanner.missing if scanner else ())
        for number in numbers:
            _note_unread(found, number, found.then)
        return
    total = len(found.contents)
    done = total - len(numbers)
    for page in scanner.pages(numbers):
        done += 1
        tell(done, total)
        _take(found, page)
    if found.recognised:
        _mend(found)
        _note_models(found, found.recognised, scanner)


def _mend(found: _Found) -> None:
    pages = [content.lines for content in found.contents]
    kept, mended = mend_numbers(pages, set(found.recognised))
    for content, lines in zip(found.contents, kept, strict=True):
        content.lines = lines
    if mended:
        shown = [f"{one.before} → {one.after} ({one.page})" for one in mended[:_SHOWN]]
        more = [f"… (+{len(mended) - _SHOWN})"] if len(mended) > _SHOWN else []
        numbers = ", ".join(shown + more)
        found.issue("numbers_mended", mended[0].page, info=True, numbers=numbers)


def _take(found: _Found, page: Scanned) -> None:
    content = found.contents[page.number - 1]
    if page.certainty < 0:
        _note_unread(found, page.number, "ocr_failed")
        return
    if not page.words:
        _note_unread(found, page.number, "ocr_nothing")
        return
    found.recognised.append(page.number)
    content.lines, content.columns = lines_of(page.words, page.number)
    content.height, content.rows = page.height, []
    if page.certainty < LOW:
        found.issue("ocr_unsure", page.number, percent=f"{100 * page.certainty:.0f}")


def _note_unread(found: _Found, number: int, then: str) -> None:
    packages = found.packages
    if number in found.garbled:
        found.issue("text_layer_damaged", number, then=then, packages=packages)
    else:
        found.issue("page_without_text", number, then=then, packages=packages)


def _note_models(found: _Found, numbers: Sequence[int], scanner: Scanner) -> None:
    models, pages = ", ".join(scanner.chosen), _these(numbers)
    found.issue("text_recognised", numbers[0], info=True, models=models, pages=pages)
    if scanner.missing:
        then, packages = ocr.missing(scanner.missing)
        found.issue("ocr_model_missing", numbers[0], pages=pages, then=then, packages=packages)


def _note_columns(found: _Found) -> None:
    columns = [content.number for content in found.contents if content.columns]
    if columns:
        found.issue("two_columns", columns[0], pages=_these(columns))


def _these(numbers: Sequence[int]) -> str:
    """Return ``3, 5-9`` for the pages 3 and 5 to 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _text_of(found: _Found) -> str:
    """Return what the pages with a sound text layer say."""
    unsound = set(found.scans)
    return " ".join(
        line.text for page in found.contents if page.number not in unsound for line in page.lines
    )
