"""Lines → files: text, Word, HTML as EUR-Lex sets it, PDF."""

from __future__ import annotations

import html
import io
import re

import docx
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table


def is_row(line: str) -> bool:
    return " | " in line or line.startswith("| ")


def cells(line: str) -> list[str]:
    return [*(cell.strip() for cell in line.split("|")), "", ""][:3]


def as_text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def as_docx(lines: list[str]) -> bytes:
    document, table = docx.Document(), None
    for line in lines:
        if not is_row(line):
            table = None
            document.add_paragraph(line)
            continue
        table = table or document.add_table(rows=0, cols=3)
        for cell, text in zip(table.add_row().cells, cells(line), strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(lines: list[str]) -> bytes:
    out, in_table = ["<html><body>"], False
    for line in lines:
        if is_row(line) is not in_table:
            in_table = not in_table
            out.append("<table>" if in_table else "</table>")
        if in_table:
            row = "".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in cells(line))
            out.append(f"<tr>{row}</tr>")
        elif point := re.match(r"\((\w+)\) ", line):
            text = html.escape(line[point.end() :])
            out.append(
                f'<div class="grid"><div><span>({point.group(1)})</span></div>'
                f"<div><p>{text}</p></div></div>"
            )
        else:
            out.append(f"<p>{html.escape(line)}</p>")
    return "\n".join(out).encode()


def as_pdf(lines: list[str]) -> bytes:
    style = getSampleStyleSheet()["Normal"]
    flow: list[object] = []
    rows: list[list[Paragraph]] = []
    for line in [*lines, ""]:
        if is_row(line):
            rows.append([Paragraph(html.escape(cell), style) for cell in cells(line)])
            continue
        if rows:
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
            flow.append(Table(rows, colWidths=[100, 100, 300], style=grid))
            rows = []
        flow.append(Paragraph(html.escape(line), style))
    out = io.BytesIO()
    SimpleDocTemplate(out).build(flow)
    return out.getvalue()
