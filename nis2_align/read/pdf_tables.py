"""Ruled tables, read through pdfplumber: about a hundred times as slow as pdfium's text.

Only pages on which :class:`~nis2_align.read.pdf_objects.Drawn` sees rules for two columns come
here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from nis2_align.read.pdf_lines import Row, Word, is_bold, text_of
from nis2_align.read.pdf_text import mended

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

__all__ = ["Ruled", "pages_with_tables"]

_WORD_SPACE = 0.15  # times the type size; for files that place words without spaces
_LEAST_RULES = 2
_HEAD = 0.1  # share of the page that running heads keep to

Box = tuple[float, float, float, float]


class Ruled(NamedTuple):
    """One page with tables.

    Attributes:
        rows: The rows of its tables, from the top.
        words: The words outside the tables.
        height: Of the page, as printed.
    """

    rows: list[Row]
    words: list[Word]
    height: float


def pages_with_tables(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Ruled | None]]:
    """Yield each page asked for with its tables; None where it has none or cannot be read.

    Args:
        data: The PDF file.
        numbers: Page numbers from 1.
    """
    import pdfplumber

    seen: set[int] = set()
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(numbers)) as pdf:
            for page in pdf.pages:
                seen.add(page.page_number)
                yield page.page_number, _ruled(page)
    except Exception:  # pdfminer lets whatever a damaged file provokes through
        pass
    for number in numbers:
        if number not in seen:
            yield number, None


def _ruled(page: PdfPage) -> Ruled | None:
    try:
        words = to_words([char for char in page.chars if not _is_turned(char)])
        rows, words = _tables(page, words)
        return Ruled(rows, words, float(page.height)) if rows else None
    except Exception:  # one damaged page must not cost the others
        return None
    finally:
        page.close()


def _is_turned(char: dict[str, Any]) -> bool:
    # pdfplumber calls a letter on a slope upright; the matrix of the text knows better.
    along, up = char["matrix"][:2]
    return bool(abs(up) > 0.05 * abs(along))


def to_words(chars: Sequence[dict[str, Any]]) -> list[Word]:
    """Return the words that pdfplumber's characters of one page make."""
    from pdfplumber.utils.text import extract_words

    found = extract_words(_printed_once(chars), x_tolerance_ratio=_WORD_SPACE, return_chars=True)
    words: list[Word] = []
    for word in found:
        bold = sum(is_bold(str(char["fontname"])) for char in word["chars"])
        words.append(
            Word(
                text=mended(word["text"]),
                x0=word["x0"],
                x1=word["x1"],
                top=word["top"],
                bottom=word["bottom"],
                size=median(char["size"] for char in word["chars"]),
                bold=2 * bold > len(word["chars"]),
            )
        )
    return words


def _printed_once(chars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop letters printed twice a hair apart, which is how some programs make bold type.

    pdfplumber's own ``dedupe_chars`` does the same in time that grows with the square.
    """
    seen: set[tuple[str, int, int]] = set()
    kept: list[dict[str, Any]] = []
    for char in chars:
        text, x, y = char["text"], round(2 * char["x0"]), round(2 * char["top"])
        near = [(text, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if text.isspace() or seen.isdisjoint(near):
            kept.append(char)
        seen.add((text, x, y))
    return kept


def _tables(page: PdfPage, words: list[Word]) -> tuple[list[Row], list[Word]]:
    """Return the rows of ruled tables, and the words that stand in none of their cells."""
    rules = [edge["orientation"] for edge in page.edges]
    if min(rules.count("h"), rules.count("v")) < _LEAST_RULES:
        return [], words
    rows: list[Row] = []
    for table in page.find_tables():
        cells = [[_inside(words, box) for box in row.cells] for row in table.rows]
        # A frame around a passage is no table, but the rest of a row from the page before is.
        if not any(sum(map(bool, row)) > 1 for row in cells) and not (
            all(len(row) > 1 for row in cells) and _is_first(table.bbox, words, float(page.height))
        ):
            continue
        for row, held in zip(table.rows, cells, strict=True):
            rows.append(Row(tuple(tuple(text_of(cell)) for cell in held), float(row.bbox[1])))
        inside = {id(word) for row in cells for cell in row for word in cell}
        words = [word for word in words if id(word) not in inside]
    return sorted(rows, key=lambda row: row.top), words


def _is_first(box: Box, words: Sequence[Word], height: float) -> bool:
    """Return whether nothing but a running head stands above a table."""
    return not any(_HEAD * height < word.bottom <= box[1] for word in words)


def _inside(words: Sequence[Word], box: Box | None) -> list[Word]:
    if box is None:
        return []
    x0, top, x1, bottom = box
    return [word for word in words if x0 <= word.centre < x1 and top <= word.middle < bottom]
