"""Hostile texts and pages: plain text, HTML, Akoma Ntoso, and files of the wrong ending."""

from __future__ import annotations

import gzip

from tests.hostile import package_files, pdf_files
from tests.hostile.cases import PROSE, Case
from tests.hostile.package_files import ENTITY, LAUGHS

__all__ = ["CASES", "akn", "html"]

_MB = 1024 * 1024
_AKN = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'


def html(body: str | None = None, head: str = "<!DOCTYPE html>") -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in PROSE.splitlines())
    return f"{head}<html><body>{lines if body is None else body}</body></html>".encode()


def akn(body: str | None = None, head: str = "") -> bytes:
    lines = PROSE.splitlines()
    article = (
        f"<article><num>{lines[1]}</num><paragraph><num>(1)</num><content><p>{lines[2][4:]}</p>"
        f"</content></paragraph><paragraph><num>(2)</num><content><p>{lines[3][4:]}</p></content>"
        "</paragraph></article>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<akomaNtoso {_AKN}><act><body>'
        f"{article if body is None else body}</body></act></akomaNtoso>"
    ).encode()


def _deep(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + "<p>Keepers report.</p>" + f"</{tag}>" * depth


_TABLES = "<table><tr><td>" * 60 + "Keepers" + "</td><td>report</td></tr></table>" * 60
_SPANS = '<table><tr><td colspan="999999999" rowspan="999999999">Keepers</td><td>b</td></tr>' + (
    "<tr><td>report</td><td>c</td></tr>" * 400
)
_INCLUDE = (
    '<p xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/hostname" '
    'parse="text"/></p><p>Keepers report.</p>'
)
_ELSEWHERE = (
    '<base href="http://192.0.2.1/"><link rel="stylesheet" href="x.css"><script src="x.js">'
    "</script>"
    '<img src="http://192.0.2.1/x.png"><iframe src="http://192.0.2.1/"></iframe>'
    '<meta http-equiv="refresh" content="0;url=http://192.0.2.1/"><p>Keepers report.</p>'
)

TEXT = (
    Case("sound.txt", PROSE.encode, holds="Harbour Office"),
    Case("empty.txt", lambda: b"", says="empty"),
    Case("blank.txt", lambda: b" \r\n\t\v\f" * 1000, says="empty"),
    Case("nulls_only.txt", lambda: bytes(9_000), may=True),
    Case("one_line_50_mb.txt", lambda: b"Article 1 " * (5 * _MB), limit="characters",
         says="more than 5000000 characters"),
    Case("one_line_4_mb.txt", lambda: b"Article 1 " * (4 * _MB // 10), holds="Article 1"),
    Case("over_50_mb.txt", lambda: b"a" * (50 * _MB + 1), limit="file_mb",
         says="longer than 50 MB"),
    Case("nulls_in_text.txt", lambda: PROSE.replace("report", "re\0port", 1).encode(),
         holds="re port"),
    Case("many_nulls.txt", lambda: PROSE.replace(" ", "\0").encode(), may=True),
    Case("utf16_without_mark.txt", lambda: PROSE.encode("utf-16-le"), holds="Harbour Office"),
    Case("utf16_cut.txt", lambda: PROSE.encode("utf-16")[:-1], may=True),
    Case("surrogates.txt", lambda: PROSE.encode() + b"\xed\xa0\x80" * 3, may=True),
    Case("escapes.txt", lambda: b"\x1b]0;x\x07\x1b[2J" + PROSE.encode(), may=True),
    Case("title_of_spaces.txt", lambda: b"#" + b" \t" * 30_000 + b"x #\ny\n", holds="y"),
    Case("title_of_hashes.txt", lambda: b"# a" + b" #" * 30_000 + b" z\ny\n", holds="y"),
    Case("title_with_a_gap.txt", lambda: b"# a" + b" " * 60_000 + b"b\ny\n", holds="y"),
    Case("open_bold.txt", lambda: b"**" + b"a " * 60_000 + b"\ny\n", holds="y"),
    Case("stars.txt", lambda: b"*" * 120_000 + b"\nyes\n", holds="yes"),
    Case("open_comments.txt", lambda: b"x\n" + b"<!--" * 30_000 + b"\nyes\n", holds="yes"),
    Case("open_declarations.txt", lambda: b"<!doctype[" * 9_000 + b"\nyes\n", may=True),
    Case("many_lines.txt", lambda: b"a\n" * 1_500_000, holds="a\na\n"),
    Case("joined_letters.txt", lambda: b"A" + b"\xcc\x81" * 400_000, may=True),
    Case("deep_json.txt", lambda: b"[" * 500_000, may=True),
    Case("noise.txt", lambda: bytes((n * n * 31 + n // 7) % 256 for n in range(60_000)), may=True),
)  # fmt: skip

MARKUP = (
    Case("sound.html", html, holds="Harbour Office"),
    Case("deep.html", lambda: html(_deep("div", 100_000)), says="nested too deeply"),
    Case("deep_inline.html", lambda: html(_deep("b", 100_000)), says="nested too deeply"),
    Case("nested_tables.html", lambda: html(_TABLES), holds="Keepers"),
    Case("open_tables.html", lambda: html("<table><tr><td>a" * 3_000), may=True),
    Case("endless_cell.html", lambda: html(_SPANS), holds="report"),
    Case("entity.html", lambda: html("<p>&e; Keepers report.</p>", ENTITY), holds="Keepers"),
    Case("laughs.html", lambda: html("<p>&j; Keepers report.</p>", LAUGHS), holds="Keepers"),
    Case("elsewhere.html", lambda: html(_ELSEWHERE), holds="Keepers report."),
    Case("include.html", lambda: html(_INCLUDE), holds="Keepers report."),
    Case("long_attribute.html",
         lambda: html(f'<p class="{"bold " * 900_000}">Keepers</p>'), may=True),
    Case("many_attributes.html",
         lambda: html("<p " + " ".join(f'a{n}="1"' for n in range(20_000)) + ">Keepers</p>"),
         may=True),
    Case("many_tags.html", lambda: html("<i>a</i>" * 300_000), holds="aaa"),
    Case("labels.html", lambda: html("<div>a)</div>" * 60_000), may=True),
    Case("open_comment.html", lambda: html("<!--" * 200_000), may=True),
    Case("sound.xml", akn, holds="Harbour Office"),
    Case("entity.xml", lambda: akn("<p>&e;</p>", ENTITY), says="entities"),
    Case("laughs.xml", lambda: akn("<p>&j;</p>", LAUGHS), says="entities"),
    Case("deep.xml", lambda: akn(_deep("section", 50_000)), may=True),
    Case("truncated.xml", lambda: akn()[:-30], says="cut off"),
)  # fmt: skip

ENDINGS = (
    Case("a_pdf.txt", pdf_files.sound, holds="Harbour Office"),
    Case("a_docx.pdf", package_files.docx, holds="Harbour Office"),
    Case("a_text.docx", PROSE.encode, holds="Harbour Office"),
    Case("a_page.pdf", html, holds="Harbour Office"),
    Case(
        "an_archive.docx",
        lambda: package_files.package({"law.txt": PROSE.encode()}),
        says="archive",
    ),
    Case("a_bomb.html", lambda: gzip.compress(bytes(200 * _MB)), says="archive"),
    Case("a_picture.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(9_000), says="picture"),
    Case("two_kinds.pdf", lambda: PROSE.encode() + pdf_files.sound(), may=True),
    Case("no ending at all", PROSE.encode, holds="Harbour Office"),
)

CASES = TEXT + MARKUP + ENDINGS
