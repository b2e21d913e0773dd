"""What the reading tests share: a font with all letters of the region, and a maker of PDF files."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from nis2_align.read import door, limits, sheet
from tests.notice_guarantees import unsaid

FONTS = Path("/usr/share/fonts/truetype/dejavu")

MakePdf = Callable[..., bytes]


@pytest.fixture(autouse=True)
def all_languages_say_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold each issue and each error that a reader gives against every language."""

    def checked(make: Callable[..., Any]) -> Callable[..., Any]:
        def make_and_check(*given: object, **named: object) -> object:
            made = make(*given, **named)
            assert unsaid(made) == []
            return made

        return make_and_check

    for module, name in ((door, "worded"), (limits, "error"), (sheet, "error")):
        monkeypatch.setattr(module, name, checked(getattr(module, name)))


@pytest.fixture
def fonts() -> tuple[str, str]:
    """Names of a regular and a bold font with Croatian, Albanian and Cyrillic letters."""
    regular, bold = FONTS / "DejaVuSerif.ttf", FONTS / "DejaVuSerif-Bold.ttf"
    if not (regular.exists() and bold.exists()):
        pytest.skip("fonts-dejavu-core is not installed (packages.txt)")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Regular", str(regular)))
    pdfmetrics.registerFont(TTFont("Bold", str(bold)))
    return "Regular", "Bold"


@pytest.fixture
def make_pdf(fonts: tuple[str, str]) -> MakePdf:
    """Return a maker: paragraphs (a list for a table, None for a new page) → bytes.

    A paragraph that begins with ``*`` is set bold and centred.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    regular, bold = fonts

    def make(
        parts: Sequence[str | list[list[str]] | None],
        *,
        space: float = 6,
        indent: float = 0,
        head: str = "",
        foot: str = "",
        password: str | None = None,
    ) -> bytes:
        body = ParagraphStyle(
            "body", fontName=regular, fontSize=10.5, leading=13, spaceAfter=space,
            firstLineIndent=indent, alignment=4,
        )  # fmt: skip
        heading = ParagraphStyle("heading", parent=body, fontName=bold, alignment=1)
        heading.firstLineIndent = 0
        grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
        flow = []
        for part in parts:
            if part is None:
                flow.append(PageBreak())
            elif isinstance(part, str):
                style = heading if part.startswith("*") else body
                flow.append(Paragraph(escape(part.removeprefix("*")), style))
            else:
                cells = [[Paragraph(escape(cell), body) for cell in row] for row in part]
                flow.append(Table(cells, style=grid))

        def decorate(canvas, document):
            canvas.setFont(regular, 9)
            canvas.drawString(70, 810, head.format(page=document.page))
            canvas.drawCentredString(300, 30, foot.format(page=document.page))

        stream = io.BytesIO()
        SimpleDocTemplate(stream, pagesize=A4, encrypt=password).build(
            flow, onFirstPage=decorate, onLaterPages=decorate
        )
        return stream.getvalue()

    return make
