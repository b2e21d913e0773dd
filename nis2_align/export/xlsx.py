"""The table of concordance as a workbook: a cover, a summary, and a sheet per listing.

What holds afterwards: the same material gives the same bytes; every requirement has one row; every
text is a text and never a formula, number or link; every row is as tall as its longest cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nis2_align.export import listings
from nis2_align.export.cells import LINES, cell, clean, fit, lines_of, row_height
from nis2_align.export.cover import cover
from nis2_align.export.cover_sheet import write_cover
from nis2_align.export.form_filling import filled
from nis2_align.export.forms import form
from nis2_align.export.grid import Grid
from nis2_align.export.listings import Line, head
from nis2_align.export.material import LISTINGS, Material
from nis2_align.export.summary import Styles, write_summary
from nis2_align.export.words import FILLS
from nis2_align.model import Coverage

__all__ = ["FILLS", "grids_to_xlsx", "to_xlsx"]

_A3 = 8
# "none": the font is Arial itself, and not whatever the theme of the workbook names.
_FACE = {"font_name": "Arial", "font_size": 9, "font_scheme": "none"}
_FONT = {**_FACE, "valign": "top"}
# Characters that the columns of a form share.
_WIDTH = 215.0
# Widths of the columns of each sheet, in characters.
_CONCORDANCE = dict(zip(listings.CONCORDANCE, (12.5, 27, 16, 13, 27, 62, 27, 34, 32), strict=True))
_OFFICIAL = 50.0
_GAPS = dict(zip(listings.GAPS, (12.5, 27, 16, 16, 20, 44, 18, 18, 27, 52), strict=True))
_REVERSE = dict(zip(listings.REVERSE, (24, 18, 27, 20, 44, 62), strict=True))
_UNMATCHED = dict(zip(listings.UNMATCHED, (24, 18, 27, 126), strict=True))
_ISSUES = dict(zip(listings.ISSUES, (24, 9, 14, 28, 90), strict=True))
# Lines that the clauses of a gap may take: they stand in the concordance too.
_GAP_LINES = {"provisions": 12, "quotes": 12}
# A line with the grade that colours each of its cells.
_Coloured = tuple[Line, tuple[Coverage | None, ...]]


def to_xlsx(material: Material) -> bytes:
    """Write the workbook.

    Args:
        material: The table with what belongs to it.

    Returns:
        The bytes of the workbook: a cover, then the sheets that the layout asks for, or the
        tables of a country's form. Quotes that no row could hold are shortened with ``[…]``.
    """
    buffer = BytesIO()
    front = cover(material)
    book = _book(buffer, front.title, material.made)
    styles = _styles(book)
    sheet = _sheet(book, material.say.text("sheet_cover"), front.subtitle)
    write_cover(sheet, front, material.say, styles)
    if material.layout.form is None:
        _general(book, front.subtitle, material, styles)
    else:
        for grid in filled(form(material.layout.form), material).grids:
            _grid(book, grid, front.subtitle, styles)
    book.close()
    return buffer.getvalue()


def grids_to_xlsx(title: str, grids: Iterable[Grid], made: date) -> bytes:
    """Write tables that are no table of concordance.

    Args:
        title: What the workbook is called; it stands at the foot of each page too.
        grids: The tables; each is a sheet.
        made: The day that the file says it was made.

    Returns:
        The bytes of the workbook.
    """
    buffer = BytesIO()
    book = _book(buffer, title, made)
    styles = _styles(book)
    for grid in grids:
        _grid(book, grid, title, styles)
    book.close()
    return buffer.getvalue()


def _book(buffer: BytesIO, title: str, made: date) -> Workbook:
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # Columns are measured in digits of the default font: it must be that of the cells.
            # A copy, since the workbook writes into what it is given.
            "default_format_properties": dict(_FACE),
        },
    )
    book.set_properties({"title": clean(title), "created": datetime.combine(made, time())})
    return book


def _general(book: Workbook, foot: str, material: Material, styles: Styles) -> None:
    """Write the sheets of the general layout."""
    listing, say = material.layout.listing, material.say
    if listing == "all":
        sheet = _sheet(book, say.text("sheet_summary"), foot)
        write_summary(sheet, material.table, say, styles)
    sheets = (
        ("concordance", _concordance(material), listings.concordance, ("all", "concordance")),
        ("gaps", _GAPS, listings.gaps, ("all", "concordance", "gaps")),
        ("reverse", _REVERSE, listings.reverse, ("all", "reverse")),
        ("unmatched", _UNMATCHED, listings.unmatched, ("all", "reverse")),
        ("issues", _ISSUES, listings.issues, LISTINGS),
    )
    for name, widths, lines, wanted in sheets:
        if listing in wanted:
            heads = [head(key, material) for key in widths]
            sheet = _sheet(book, say.text(f"sheet_{name}"), foot)
            most = _GAP_LINES if name == "gaps" else {}
            coloured = ((line, _colours(line, widths)) for line in lines(material))
            _list(sheet, heads, widths, coloured, styles, most)


def _colours(line: Line, keys: Iterable[str]) -> tuple[Coverage | None, ...]:
    return tuple(line.grade if key == "coverage" else None for key in keys)


def _concordance(material: Material) -> dict[str, float]:
    widths = {**_CONCORDANCE, "official": _OFFICIAL}
    return {key: widths[key] for key in listings.columns(material)}


def _styles(book: Workbook) -> dict[str, Format]:
    styles = {
        "text": book.add_format({**_FONT, "text_wrap": True}),
        "plain": book.add_format(_FONT),
        "prose": book.add_format({**_FONT, "text_wrap": True}),
        "strong": book.add_format({**_FONT, "text_wrap": True, "bold": True}),
        "number": book.add_format({**_FONT, "num_format": "0.00", "align": "center"}),
        "count": book.add_format({**_FONT, "align": "center"}),
        "share": book.add_format({**_FONT, "num_format": "0.0", "align": "center"}),
        "title": book.add_format({**_FONT, "bold": True, "font_size": 14}),
        "section": book.add_format({**_FONT, "bold": True, "font_size": 11}),
        "head": book.add_format(
            {
                **_FONT,
                "bold": True,
                "text_wrap": True,
                "font_color": "#FFFFFF",
                "bg_color": "#1F3864",
                "border": 1,
                "border_color": "#7F7F7F",
            }
        ),
    }
    for grade, fill in FILLS.items():
        graded = {**_FONT, "text_wrap": True, "bold": True, "bg_color": fill}
        styles[grade.value] = book.add_format(graded)
        styles[f"count_{grade.value}"] = book.add_format({**graded, "align": "center"})
    for name, style in styles.items():
        if name not in {"plain", "prose", "title", "section", "head"}:
            style.set_border(1)
            style.set_border_color("#BFBFBF")
    return styles


def _sheet(book: Workbook, name: str, foot: str) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    # An ampersand begins a code here, so a title must double it; 255 characters are the limit.
    # The space after the size keeps a figure that follows from being read as part of it.
    about = cell(foot).replace("\n", " ")
    about = about.replace("&", "&&")[:150].rstrip("&")
    sheet.set_footer(f"&L&8 {about}&R&8 &P / &N")
    return sheet


def _list(
    sheet: Worksheet,
    heads: Sequence[str],
    widths: Mapping[str, float],
    lines: Iterable[_Coloured],
    styles: Styles,
    most: Mapping[str, int],
) -> None:
    """Write one sheet that is a list: head, filter, and a row per line."""
    sheet.set_paper(_A3)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    for place, (head_, width) in enumerate(zip(heads, widths.values(), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, cell(head_), styles["head"])
    # Room for the button of the filter, which covers the end of a head.
    pairs = zip(heads, widths.values(), strict=True)
    sheet.set_row(0, 12.5 * max(lines_of(head_, width - 2) for head_, width in pairs) + 6)
    last = 0
    for last, line in enumerate(lines, start=1):
        _write(sheet, last, widths, line, styles, most)
    sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)


def _write(
    sheet: Worksheet,
    row: int,
    widths: Mapping[str, float],
    coloured: _Coloured,
    styles: Styles,
    most: Mapping[str, int],
) -> None:
    line, colours = coloured
    shown: list[tuple[str, float]] = []
    for place, ((key, width), value) in enumerate(zip(widths.items(), line.values, strict=True)):
        if isinstance(value, (int, float)):
            sheet.write_number(row, place, value, styles["count" if key == "page" else "number"])
            continue
        pieces = value if isinstance(value, tuple) else (value,) if value else ()
        text = cell(fit(pieces, width, most.get(key, LINES)))
        if not text:
            sheet.write_blank(row, place, None, styles["text"])
            continue
        grade = colours[place]
        sheet.write_string(row, place, text, styles[grade.value if grade else "text"])
        # What is graded is in bold, which is broader.
        shown.append((text, width - 1.5 if grade else width))
    sheet.set_row(row, row_height(shown))


def _grid(book: Workbook, grid: Grid, foot: str, styles: Styles) -> None:
    """Write a table as a sheet of its own."""
    sheet = _sheet(book, _sheet_name(grid.title, book), foot)
    whole = sum(column.width for column in grid.columns)
    widths = {
        str(place): _WIDTH * column.width / whole for place, column in enumerate(grid.columns)
    }
    lines = ((Line(values=line.cells), line.colours(grid.columns)) for line in grid.lines)
    _list(sheet, [column.head for column in grid.columns], widths, lines, styles, {})


def _sheet_name(title: str, book: Workbook) -> str:
    """Return a name that a workbook takes: short, without its reserved signs, and new."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title)[:28].strip() or "1"
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    return plain if plain.lower() not in taken else f"{plain} {len(taken)}"
