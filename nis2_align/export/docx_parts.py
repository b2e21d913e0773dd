"""The parts of a text document as XML: paragraphs, tables, fields.

Written as text and parsed once a table, since building a table cell by cell through a library's
objects takes minutes for a whole law. Names and order of the elements: ECMA-376 part 1, 17.3-17.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from nis2_align.export.cells import cell, clean
from nis2_align.export.grid import Column, Grid, GridLine, Pieces
from nis2_align.model import Coverage

__all__ = ["NAMESPACE", "WIDTH", "field", "heading", "paragraph", "parse", "table"]

#: The namespace of the markup.
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: Width of the text on a landscape A4 page with margins of 15 mm, in twentieths of a point.
WIDTH = 15_138
# Letters of a line's cells up to which the line is kept on one page.
_WHOLE = 750

_HEAD_FILL = "1F3864"
_PROPERTIES = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/>'
    '<w:left w:w="70" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
    '<w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
    'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={caption}/>'
    "<w:tblDescription w:val={about}/></w:tblPr>"
)


def parse(markup: str) -> list[etree._Element]:
    """Return the elements that a piece of markup holds."""
    whole = f'<w:body xmlns:w="{NAMESPACE}">{markup}</w:body>'
    # A parser of its own: without entities or look-ups, and with text of any length.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return list(etree.fromstring(whole.encode("utf-8"), parser))


def paragraph(text: str, style: str, locale: str | None = None, *, guard: bool = False) -> str:
    """Return one paragraph.

    Args:
        text: Any text; a line feed begins a new line in the same paragraph.
        style: Id of its style.
        locale: Tag of its language where that differs from the document's.
        guard: Mark it where it begins like a formula: what is copied from a table into a
            spreadsheet is run there. See :func:`nis2_align.export.cells.cell`.
    """
    kept = cell(text) if guard else clean(text)
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in kept.split("\n")
    )
    language = f"<w:rPr><w:lang w:val={quoteattr(locale)}/></w:rPr>" if locale else ""
    run = f"<w:r>{language}{lines}</w:r>" if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def heading(text: str, level: int, *, new_page: bool = False) -> str:
    """Return a heading of a level from 1, on a page of its own where asked."""
    broken = "<w:pageBreakBefore/>" if new_page else ""
    return paragraph(text, f"Heading{level}").replace("</w:pPr>", f"{broken}</w:pPr>", 1)


def field(instruction: str, shown: str = "1") -> str:
    """Return a field that a word processor computes, e.g. ``PAGE``, ``NUMPAGES``."""
    run = f"<w:r><w:t>{escape(shown)}</w:t></w:r>"
    return f'<w:fldSimple w:instr=" {instruction} ">{run}</w:fldSimple>'


def table(grid: Grid, fills: Mapping[Coverage, str]) -> str:
    """Return a table with a head that is repeated on every page.

    Args:
        grid: Columns and lines.
        fills: Background of each grade, ``#RRGGBB``; the word stands in the cell.

    Returns:
        The markup. Every width is said, so that no program guesses one; a short line stays on
        one page, a long one may go on over the next.
    """
    widths = _widths(grid.columns)
    parts = [
        "<w:tbl>",
        _PROPERTIES.format(
            width=sum(widths),
            caption=quoteattr(clean(grid.title)),
            about=quoteattr(clean(grid.about)),
        ),
        "<w:tblGrid>",
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
        _head(grid.columns, widths),
        *(_line(line, grid.columns, widths, fills) for line in grid.lines),
        "</w:tbl>",
    ]
    return "".join(parts)


def _widths(columns: Sequence[Column]) -> list[int]:
    whole = sum(column.width for column in columns)
    return [int(WIDTH * column.width / whole) for column in columns]


def _head(columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = "".join(
        _cell([paragraph(column.head, "CellHead")], width, _HEAD_FILL)
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _line(
    line: GridLine,
    columns: Sequence[Column],
    widths: Sequence[int],
    fills: Mapping[Coverage, str],
) -> str:
    cells = []
    colours = line.colours(columns)
    for column, width, pieces, grade in zip(columns, widths, line.cells, colours, strict=True):
        fill = fills[grade][1:] if grade else None
        locale = line.locale if column.national else column.locale
        cells.append(_cell(_pieces(pieces, column, locale), width, fill))
    longest = max((sum(map(len, pieces)) for pieces in line.cells), default=0)
    kept = "<w:trPr><w:cantSplit/></w:trPr>" if longest <= _WHOLE else ""
    return f"<w:tr>{kept}{''.join(cells)}</w:tr>"


def _pieces(pieces: Pieces, column: Column, locale: str | None) -> list[str]:
    styles = ["CellStrong" if column.graded and column.strong else "CellText"]
    styles += ["CellText"] * (len(pieces) - 1)
    return [
        paragraph(piece, style, locale, guard=True)
        for piece, style in zip(pieces or ("",), styles, strict=True)
    ]


def _cell(paragraphs: Sequence[str], width: int, fill: str | None) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{''.join(paragraphs)}</w:tc>"
    )
