"""The table of concordance as a text document: a cover, then the tables, on landscape A4.

What holds afterwards: the same material gives the same bytes; every requirement has one row; heads
are repeated on every page and marked as such; no properties name a person or a machine; nothing in
the file points out of it.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from nis2_align.export import docx_parts as parts
from nis2_align.export.cells import clean
from nis2_align.export.cover import Cover, cover
from nis2_align.export.form_filling import filled
from nis2_align.export.forms import form
from nis2_align.export.grid import Column, Grid, GridLine, general
from nis2_align.export.material import Material, locale
from nis2_align.export.words import FILLS
from nis2_align.messages import Messages
from nis2_align.model import Coverage

__all__ = ["to_docx"]

_FACE = "Arial"
_DARK = RGBColor(0x1F, 0x38, 0x64)
# Name, size in points, bold, space before and after.
_STYLES = (
    ("CellText", 8, False, 0, 1),
    ("CellStrong", 8, True, 0, 1),
    ("CellHead", 8, True, 1, 1),
    ("Small", 8, False, 0, 2),
)
_HEADINGS = (("Title", 24, 0, 4), ("Heading 1", 14, 10, 4), ("Heading 2", 11, 8, 3))
# What the package library's template brings along and a table does not need.
_LEFT_OUT = ("docProps/thumbnail.jpeg",)


def to_docx(material: Material) -> bytes:
    """Write the document.

    Args:
        material: The table with what belongs to it.

    Returns:
        The bytes of a DOCX. Long quotes are shortened with ``[…]``.
    """
    say = material.say
    front = cover(material)
    document = Document()
    _prepare(document, front, locale(say.language), material.made)
    body = document.element.body
    end = body.sectPr
    layout = material.layout.form
    grids = general(material) if layout is None else filled(form(layout), material).grids
    markup = [_cover(front, say), *_tables(grids, say)]
    for child in list(body):
        if child is not end:
            body.remove(child)
    for piece in markup:
        for element in parts.parse(piece):
            end.addprevious(element)
    return _packed(document)


def _tables(grids: Iterable[Grid], say: Messages) -> Iterable[str]:
    for grid in grids:
        yield parts.heading(grid.title, 1, new_page=grid.new_page)
        yield parts.paragraph(grid.about, "Small")
        if grid.lines:
            yield parts.table(grid, FILLS)
        else:
            yield parts.paragraph(say.text("none_listed"), "Normal")
        # A table must be followed by a paragraph; this one takes no room.
        yield parts.paragraph("", "Small")


def _cover(front: Cover, say: Messages) -> str:
    pieces = [
        parts.paragraph(front.title, "Title"),
        parts.paragraph(front.subtitle, "Normal"),
        parts.table(_facts(front, say), FILLS),
        parts.heading(say.text("summary_acts"), 2),
        parts.table(_acts(front, say), FILLS),
        parts.heading(say.text("summary_grades"), 2),
        *(parts.paragraph(sentence, "Normal") for sentence in front.summary),
        parts.table(_grades(front, say), FILLS),
        parts.heading(say.text("cover_method"), 2),
        *(parts.paragraph(sentence, "Normal") for sentence in front.method),
        parts.heading(say.text("cover_limits"), 2),
        *(parts.paragraph(sentence, "Normal") for sentence in front.limits),
        parts.heading(say.text("cover_checks"), 2),
        parts.table(_checks(front, say), FILLS),
    ]
    return "".join(pieces)


def _facts(front: Cover, say: Messages) -> Grid:
    return Grid(
        title=front.title,
        about=front.subtitle,
        columns=(
            Column(head=say.text("column_fact"), width=60),
            Column(head=say.text("column_value"), width=207),
        ),
        lines=tuple(GridLine(cells=((label,), (value,))) for label, value in front.facts),
    )


def _acts(front: Cover, say: Messages) -> Grid:
    keys = (("title", 75), ("act", 36), ("language", 46), ("digest", 110))
    return Grid(
        title=say.text("summary_acts"),
        about=front.subtitle,
        columns=tuple(Column(head=say.text(f"column_{key}"), width=width) for key, width in keys),
        lines=tuple(
            GridLine(cells=((act.title,), (act.id,), (act.about,), (act.digest,)))
            for act in front.acts
        ),
    )


def _grades(front: Cover, say: Messages) -> Grid:
    keys = (("coverage", 50), ("count", 20), ("share", 20), ("meaning", 177))
    return Grid(
        title=say.text("summary_grades"),
        about=" ".join(front.summary),
        columns=tuple(
            Column(head=say.text(f"column_{key}"), width=width, graded=key == "coverage")
            for key, width in keys
        ),
        lines=tuple(
            GridLine(
                cells=(
                    (line.word,),
                    (str(line.count),),
                    (f"{say.number(line.share, 1)} %",),
                    (line.meaning,),
                ),
                grade=line.grade,
            )
            for line in front.grades
        ),
    )


def _checks(front: Cover, say: Messages) -> Grid:
    fill = {True: Coverage.FULL, False: Coverage.PARTIAL}
    return Grid(
        title=say.text("cover_checks"),
        about=say.text("cover_checks"),
        columns=(
            Column(head=say.text("column_check"), width=90),
            Column(head=say.text("column_outcome"), width=177, graded=True, strong=False),
        ),
        lines=tuple(
            GridLine(cells=((line.label,), (line.outcome,)), grade=fill[line.in_order])
            for line in front.checks
        ),
    )


def _prepare(document: Any, front: Cover, tag: str, made: datetime.date) -> None:  # noqa: ANN401
    """Set page, styles, foot and properties of a new document of the package library."""
    _styles(document, tag)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(15), Mm(15)
    section.header_distance = section.footer_distance = Mm(7)
    _foot(section, front)
    properties = document.core_properties
    properties.title = clean(f"{front.title}: {front.subtitle}").replace("\n", " ")[:255]
    properties.subject = clean(front.subtitle).replace("\n", " ")[:255]
    properties.language = tag
    for empty in ("author", "last_modified_by", "comments", "keywords", "category"):
        setattr(properties, empty, "")
    midnight = datetime.datetime.combine(made, datetime.time())
    properties.created = properties.modified = midnight


def _styles(document: Any, tag: str) -> None:  # noqa: ANN401 (the package library is untyped)
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(9)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.0
    for name, size, before, after in _HEADINGS:
        style = styles[name]
        _face(style)
        style.font.size, style.font.color.rgb = Pt(size), _DARK
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
    for name, size, bold, before, after in _STYLES:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
    styles["CellHead"].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    styles["Footer"].font.size = Pt(8)
    _language(document, tag)


def _face(style: Any) -> None:  # noqa: ANN401
    """Name the font itself, and not whatever the theme of the template names."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FACE)


def _language(document: Any, tag: str) -> None:  # noqa: ANN401
    """Set the language of the document, by which a speller and a screen reader go."""
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:lang", "w:rFonts"):
        for old in default.findall(qn(name)):
            default.remove(old)
    namespace = f'xmlns:w="{parts.NAMESPACE}"'
    fonts = " ".join(f'w:{script}="{_FACE}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
    default.insert(0, etree.fromstring(f"<w:rFonts {namespace} {fonts}/>"))
    default.append(etree.fromstring(f'<w:lang {namespace} w:val="{tag}"/>'))
    settings = document.settings.element
    for name in ("w:themeFontLang", "w:savePreviewPicture", "w:proofState"):
        for old in settings.findall(qn(name)):
            settings.remove(old)


def _foot(section: Any, front: Cover) -> None:  # noqa: ANN401
    paragraph = section.footer.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    about = clean(front.subtitle).replace("\n", " ")
    about = about if len(about) <= 150 else about[:150].rstrip() + "…"
    tabs = (
        f'<w:tabs><w:tab w:val="clear" w:pos="4680"/><w:tab w:val="clear" w:pos="9360"/>'
        f'<w:tab w:val="right" w:pos="{parts.WIDTH}"/></w:tabs>'
    )
    markup = (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{tabs}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(about)}</w:t></w:r><w:r><w:tab/></w:r>'
        f'{parts.field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
        f"{parts.field('NUMPAGES')}</w:p>"
    )
    paragraph.getparent().replace(paragraph, parts.parse(markup)[0])


def _packed(document: Any) -> bytes:  # noqa: ANN401
    """Save, leave out what the template brought, and take the clock out of the archive."""
    relations = document.part.package.rels
    for key in [key for key, rel in relations.items() if rel.reltype.endswith("/thumbnail")]:
        del relations[key]
    saved, final = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(final, "w") as target:
        for name in source.namelist():
            if name in _LEFT_OUT:
                continue
            content = source.read(name)
            if name == "docProps/app.xml":
                content = content.replace(b"Microsoft Macintosh Word", b"nis2_align")
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return final.getvalue()
