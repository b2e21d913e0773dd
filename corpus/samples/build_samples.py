"""Build the Word and PDF samples of the Valdorian draft from its plain text.

``valdoria_draft.txt`` is the source of truth. The DOCX has real heading styles, numbers typed as
text and the annex as tables; the PDF has one column, a running head and page numbers. Both come
out with the same bytes every time, so that a test can hold them against the text.

Usage::

    python corpus/samples/build_samples.py            # write both files beside the text
    python corpus/samples/build_samples.py --check    # exit 1 if a file is not what the text gives
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

HERE = Path(__file__).resolve().parent
NAME = "valdoria_draft"
TITLE = "Cybersecurity Act (draft)"
AUTHOR = "Republic of Valdoria"
RUNNING_HEAD = "Republic of Valdoria - Draft Cybersecurity Act"
TABLE_HEAD = ("Sector", "Subsector", "Type of entity")
# Any fixed moment will do; ZIP cannot hold a date before 1980.
BUILT = datetime(2025, 1, 1)

_HEADING = re.compile(r"CHAPTER [IVXLC]+|Article \d+|ANNEX \d+|PART [A-Z]")
_LEVEL = {"CHAPTER": "chapter", "Article": "article", "ANNEX": "annex", "PART": "part"}
# Left indent in centimetres.
_INDENT = {"paragraph": 0.0, "definition": 0.6, "point": 0.6, "subpoint": 1.2}
_INDENT |= {"row": 0.0, "subrow": 0.6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of the draft with the part it plays.

    Attributes:
        kind: ``title``, ``chapter``, ``article``, ``annex`` or ``part`` for headings (number and
            name are two blocks of one kind); ``paragraph``, ``definition``, ``point`` or
            ``subpoint`` in the body; ``row`` or ``subrow`` in the annex.
        text: the line as printed, number included.
    """

    kind: str
    text: str


def _body_kind(line: str, *, in_annex: bool) -> str:
    """Return the kind of a line that is not a heading."""
    if re.match(r"\d+\. ", line):
        return "row" if in_annex else "definition"
    if in_annex:
        return "subrow"
    # The draft has no lettered list as long as (i), so a roman number is always a sub-point.
    if re.match(r"\([ivx]+\) ", line):
        return "subpoint"
    return "point" if re.match(r"\([a-z]\) ", line) else "paragraph"


def parse(text: str) -> tuple[Block, ...]:
    """Split the draft into blocks.

    Args:
        text: the plain text; one block a line, a heading's name on the line after its number.

    Returns:
        The blocks in order; joining their texts by newlines gives every non-empty line back.
    """
    blocks: list[Block] = []
    named, in_annex = "title", False
    for line in filter(None, text.splitlines()):
        if _HEADING.fullmatch(line):
            named = _LEVEL[line.split()[0]]
            in_annex = in_annex or named == "annex"
            blocks.append(Block(kind=named, text=line))
        elif named:
            blocks.append(Block(kind=named, text=line))
            # The three lines of the title go on until the first heading.
            named = named if named == "title" else ""
        else:
            blocks.append(Block(kind=_body_kind(line, in_annex=in_annex), text=line))
    return tuple(blocks)


def annex_cells(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield the table cells of one part of the annex.

    Args:
        blocks: ``row`` and ``subrow`` blocks in order.

    Yields:
        Sector with its number, subsector with its letter, types of entity. A sector without
        subsectors leaves the second cell empty; every subsector repeats its sector.
    """
    sector = ""
    for block in blocks:
        name, _, types = block.text.partition(": ")
        if block.kind == "row":
            sector = name
            if types:
                yield sector, "", types
        else:
            yield sector, name, types


def _add_table(document: WordDocument, blocks: tuple[Block, ...]) -> None:
    cells = tuple(annex_cells(blocks))
    table = document.add_table(rows=len(cells) + 1, cols=len(TABLE_HEAD), style="Table Grid")
    for column, name in enumerate(TABLE_HEAD):
        table.cell(0, column).text = name
    first = 1
    for number, row in enumerate(cells, start=1):
        if number > first and row[0] == cells[first - 1][0]:
            # As in real annexes, the sector stands once, in a cell spanning its subsectors.
            table.cell(first, 0).merge(table.cell(number, 0))
        else:
            first = number
            table.cell(number, 0).text = row[0]
        table.cell(number, 1).text, table.cell(number, 2).text = row[1:]


def _fixed_dates(package: bytes) -> bytes:
    """Return the ZIP package with the date of every member set to ``BUILT``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=BUILT.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            # The same on every system: ZipInfo would write the one it runs on.
            member.create_system = 0
            new.writestr(member, old.read(name))
    return out.getvalue()


def build_docx(blocks: tuple[Block, ...]) -> bytes:
    """Return the draft as a Word file.

    Args:
        blocks: the draft as ``parse`` gives it.

    Returns:
        The bytes of the DOCX: Title, Heading 1 (chapters, annex) and Heading 2 (articles, parts of
        the annex), body paragraphs with typed numbers, one table for each part of the annex.
    """
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = TITLE, AUTHOR
    properties.last_modified_by, properties.comments, properties.language = AUTHOR, "", "en"
    properties.created = properties.modified = BUILT
    styles = {"title": "Title", "chapter": "Heading 1", "annex": "Heading 1"}
    styles |= {"article": "Heading 2", "part": "Heading 2"}
    rows: list[Block] = []
    for block in blocks:
        if block.kind in ("row", "subrow"):
            rows.append(block)
            continue
        if rows:
            _add_table(document, tuple(rows))
            rows = []
        paragraph = document.add_paragraph(block.text, style=styles.get(block.kind, "Normal"))
        if block.kind in styles:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph.paragraph_format.left_indent = Cm(_INDENT[block.kind])
    if rows:
        _add_table(document, tuple(rows))
    out = io.BytesIO()
    document.save(out)
    return _fixed_dates(out.getvalue())


def _pdf_style(kind: str) -> ParagraphStyle:
    if kind in _INDENT:
        return ParagraphStyle(
            kind,
            fontName="Times-Roman",
            fontSize=10.5,
            leading=13,
            spaceAfter=3,
            leftIndent=_INDENT[kind] * cm,
        )
    size = {"title": 15, "chapter": 12, "annex": 12}.get(kind, 10.5)
    return ParagraphStyle(
        kind,
        fontName="Times-Bold",
        fontSize=size,
        leading=size + 4,
        spaceBefore=4,
        spaceAfter=4,
        alignment=TA_CENTER,
        keepWithNext=1,
    )


def _draw_margins(canvas: Canvas, document: BaseDocTemplate) -> None:
    """Draw what stands on every page and is no part of the law."""
    canvas.setFont("Times-Italic", 9)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 1.4 * cm, RUNNING_HEAD)
    canvas.drawCentredString(A4[0] / 2, 1.2 * cm, str(document.page))


def build_pdf(blocks: tuple[Block, ...]) -> bytes:
    """Return the draft as a PDF of one column.

    Args:
        blocks: the draft as ``parse`` gives it.

    Returns:
        The bytes of the PDF, with a running head and a page number on every page; the annex is
        a plain list, numbered as in the text.
    """
    out = io.BytesIO()
    # invariant: no date and no random identifier in the file.
    document = BaseDocTemplate(out, pagesize=A4, title=TITLE, author=AUTHOR, invariant=1)
    frame = Frame(2.5 * cm, 2.2 * cm, A4[0] - 5 * cm, A4[1] - 4.6 * cm, id="column")
    document.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=_draw_margins)])
    document.build([Paragraph(escape(b.text), _pdf_style(b.kind)) for b in blocks])
    return out.getvalue()


def main(argv: list[str] | None = None) -> int:
    """Build the two files, or with ``--check`` compare them.

    Args:
        argv: the arguments; those of the process by default.

    Returns:
        0, or 1 if ``--check`` found a file missing or different.
    """
    parser = argparse.ArgumentParser(description="Build the Word and PDF samples from the text.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args(argv).check
    blocks = parse((HERE / f"{NAME}.txt").read_text(encoding="utf-8"))
    stale = []
    for suffix, build in ((".docx", build_docx), (".pdf", build_pdf)):
        path, data = HERE / f"{NAME}{suffix}", build(blocks)
        if not check:
            path.write_bytes(data)
        elif not path.is_file() or path.read_bytes() != data:
            stale.append(path.name)
    if stale:
        print(f"not what the text gives: {', '.join(stale)}; run {Path(__file__).name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
