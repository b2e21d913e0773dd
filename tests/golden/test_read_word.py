"""A Word draft with everything a ministry leaves in one, read and cut; compared as a whole."""

from __future__ import annotations

from collections.abc import Callable

from nis2_align.languages import language
from nis2_align.model import Document
from nis2_align.read import read
from nis2_align.segment import segment
from tests.segment_guarantees import faults
from tests.unit.read.docx_samples import (
    deleted,
    field,
    level,
    numbering,
    package,
    paragraph,
    pattern,
    run,
    table,
)

ACT = pattern(
    0,
    level(0, "upperRoman", "ГЛАВА %1."),
    level(1, "decimal", "Члан %2.", more='<w:lvlRestart w:val="0"/>'),
    level(2, "decimal", "(%3)"),
    level(3, "decimal", "%4)"),
    level(4, "russianLower", "%5)"),
)
DASHES = pattern(1, level(0, "bullet", "–"))
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
)
NOTES = (
    '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="1">'
    + paragraph("Преноси правила Уније.") + "</w:footnote>"
)  # fmt: skip


def _item(text: str, depth: int, *more: str) -> str:
    return paragraph(*((run(text),) if text else ()), *more, number="1", level=depth)


def _changed(kind: str, inner: str) -> str:
    return f'<w:{kind} w:id="1" w:author="x">{inner}</w:{kind}>'


def draft() -> bytes:
    """Return the draft; its words are invented."""
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    heading = paragraph(run("Предмет", "<w:b/>"))
    contents = paragraph(field(" TOC \\o ", run("Члан 1. Предмет 2")))
    boxed = f"<w:txbxContent>{paragraph('Ознака: поверљиво.')}</w:txbxContent>"
    box = f"<w:r><w:pict>{boxed}</w:pict></w:r>"
    inner = table(["струја", "топлота"], ["нафта", "гас"])
    body = (
        paragraph(run("ЗАКОН О СВЕТИОНИЦИМА"), reference, style="T")
        + contents
        + paragraph(run("ОПШТЕ ОДРЕДБЕ"), style="H", number="1")
        + heading
        + _item("", 1)
        + _item("Закон уређује чување светионика", 2, comment, run("."))
        + _item("Чувар је дужан да:", 2)
        + _item("пали светло сваке вечери;", 3)
        + _item("води дневник у који уписује:", 3)
        + _item("време,", 4)
        + _item("стање мора;", 4)
        + _item("пријави квар у року од ", 3, _changed("del", deleted("48")),
                _changed("ins", run("24")), run(" часа."))
        + paragraph(_changed("moveFrom", run("Премештен став.")), number="1", level=2,
                    more="<w:rPr><w:moveFrom w:id='3'/></w:rPr>")
        + paragraph(run("Дневник", "<w:b/>"))
        + _item("", 1)
        + _item("Дневник се чува пет година, у складу са ", 2, field(" REF c1 ", run("чланом 1")),
                run("."), box)
        + _item("", 2, _changed("moveTo", run("Премештен став.")))
        + paragraph(run("ЗАВРШНА ОДРЕДБА"), style="H", number="1")
        + _item("", 1)
        + _item("Закон ступа на снагу осмог дана", 2, run(" и скривено", "<w:vanish/>"), run("."))
        + paragraph("ПРИЛОГ")
        + paragraph("Подручја")
        + table(["Број", "Подручје", "Орган"], ["1.", paragraph("Обала") + inner, "Лучка управа"])
        + paragraph("прва алинеја", number="2")
    )  # fmt: skip
    comments = f'<w:comment w:id="0">{paragraph("Не читати.")}</w:comment>'
    return package(
        body, styles=STYLES, footnotes=NOTES, comments=comments, header=paragraph("НАЦРТ"),
        numbering=ACT + DASHES + numbering(1, 0) + numbering(2, 1),
    )  # fmt: skip


def shown(document: Document) -> str:
    """Return what was read: lines with their hints, title, issues."""
    hints = {h.span.start: f"{h.kind}{h.level or ''}" for h in document.hints}
    rows, place = [f"title: {document.title}"], 0
    for line in document.text.split("\n")[:-1]:
        rows.append(f"{hints.get(place, ''):10}| {line}")
        place += len(line) + 1
    rows += [f"{issue.severity}: {issue.code}: {issue.message}" for issue in document.issues]
    return "\n".join(rows) + "\n"


def test_as_it_is_read(golden: Callable[[str, str], None]) -> None:
    golden("read/word_draft.txt", shown(read(draft(), name="нацрт.docx")))


def test_as_it_is_cut(golden: Callable[[str, str], None]) -> None:
    cut = segment(read(draft(), name="нацрт.docx"), language("sr"))
    assert faults(cut) == []
    text = cut.document.text
    rows = [f"{p.ref:16}{p.kind:10}{p.heading or '':24}| {p.own.of(text)}" for p in cut.provisions]
    golden("read/word_draft_provisions.txt", "\n".join(rows) + "\n")
