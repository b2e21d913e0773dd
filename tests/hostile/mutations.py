"""Sound files of every format that is read, and the ways in which they come to harm.

Everything is drawn from a ``random.Random``: the same seed gives the same file.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

from tests.hostile import package_files, pdf_files, text_files
from tests.hostile.cases import PROSE
from tests.hostile.tree_mutations import harm_tree

__all__ = ["FORMATS", "harmed", "sound_files"]

FORMATS = ("text", "html", "akn", "docx", "pdf", "office")

_SIZE_AT_MOST = 300_000
# Share of harm to XML that the parser lets through.
_KEPT_WELL_FORMED = 0.75
# What means something to one of the parsers, so that harm is done where they look.
_TOKENS: dict[str, tuple[bytes, ...]] = {
    "text": (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x0c", b"# ", b"**", b"<!--", b"(1) ",
             b"a) ", b"Article 9\n", b"\xe2\x80\xa8", b"\xf0\x9d\x92\x9c", b"x: a)\n", b"|", b"- "),
    "html": (b"<table>", b"<tr><td colspan=9 rowspan=9>", b"</td>", b"<div>", b"</div>", b"<p>",
             b"<b>", b"<pre>", b"<br>", b"<!--", b"-->", b"<![CDATA[", b"&#0;", b"&#x10ffff;",
             b"&#xd800;", b"<h1>", b"<svg>", b"<template>", b"<dt>a)</dt>", b"<li>", b"\0",
             b"<meta charset=utf-16>", b"<title>", b'<p class="bold title-doc-first">'),
    "akn": (b"<num>1</num>", b"<article>", b"</article>", b"<table>", b"<tr><td>", b"<del>",
            b"</del>", b"<authorialNote>", b"<quotedStructure startQuote='x'>", b"&amp;",
            b"<!DOCTYPE a>", b"<heading>", b"<p>", b"</p>", b"<meta/>", b"<toc>", b"<docTitle>",
            b"\0"),
    "docx": (b"<w:p>", b"</w:p>", b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:sdt>",
             b"<w:r>", b"<w:t>x</w:t>", b'<w:ilvl w:val="99999"/>', b'<w:numId w:val="-1"/>',
             b"<w:ins>", b"<w:del>", b'<w:gridSpan w:val="99"/>', b"<w:vMerge/>",
             b"<w:footnoteReference/>", b"<w:fldChar w:fldCharType='begin'/>", b'w:val="',
             b"<w:pPr>", b"<w:numPr/>", b"&#1;"),
    "pdf": (b" 0 R", b"1 0 R", b"2 0 R", b"4 0 R", b"<<", b">>", b"[", b"]", b"endobj", b"stream\n",
            b"endstream", b"/Kids", b"/Filter/FlateDecode", b"/Filter/LZWDecode", b"-1",
            b"99999999999", b" Tj ", b" q ", b" BT ", b" ET ", b" re f ", b" cm ", b" Do ", b"(",
            b")", b"/Encrypt 5 0 R", b"/Type/ObjStm", b"/Prev 9", b"/Rotate 90", b" 1e99 ",
            b"/W[1 2 1]"),
    "office": (b"\\par ", b"{", b"}", b"\\bin99999 ", b"\\u-1", b"<text:p>", b"</text:p>", b"\0"),
}  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"1e400", b"9" * 30)


@cache
def sound_files() -> dict[str, tuple[bytes, ...]]:
    """Return some files of each format, in the forms that laws come in."""
    cyrillic = PROSE.replace("Article", "\u0427\u043b\u0430\u043d")
    table = "<table><tr><th>No</th><th>Sector</th></tr><tr><td>1</td><td>Lamps</td></tr></table>"
    cells = "".join(f"<w:tc>{package_files.paragraph(word)}</w:tc>" for word in ("No", "Sector"))
    rows = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    changed = (
        "<w:p><w:ins><w:r><w:t>Keepers</w:t></w:r></w:ins><w:del><w:r><w:delText>shall</w:delText>"
        "</w:r></w:del><w:r><w:t> report</w:t></w:r></w:p>"
    )
    numbered = package_files.numbered_docx()
    return {
        "text": (
            PROSE.encode(),
            cyrillic.encode("cp1251"),
            PROSE.encode("utf-16"),
            ("# Law\n\n**Part one**\n\n" + PROSE + "- dash\n- dash\n| 1 | Lamps |\n").encode(),
        ),
        "html": (
            text_files.html(),
            text_files.html(f"<h1>Law</h1>{table}<ul><li>a) one</li><li>b) two</li></ul>"),
            text_files.html(
                f"<table><tr><td>(1)</td><td>{PROSE}</td></tr></table><pre>{PROSE}</pre>"
            ),
        ),
        "akn": (
            text_files.akn(),
            text_files.akn(
                f"<section><num>1</num><heading>Lamps</heading>{table}</section>"
                "<p>Keepers<authorialNote><p>all</p></authorialNote> report</p>"
            ),
        ),
        "docx": (
            package_files.docx(),
            package_files.docx(package_files.word_xml(rows + changed + package_files.PARAGRAPHS)),
            numbered,
        ),
        "pdf": (
            pdf_files.sound(),
            pdf_files.many_pages(3),
            pdf_files.ruled(),
            pdf_files.made_by_a_program(),
        ),
        "office": (package_files.odt(), package_files.rtf(), package_files.OLE + bytes(3_000)),
    }


def harmed(chance: random.Random, kind: str) -> bytes:
    """Return a sound file of a format after one to six kinds of harm."""
    data = chance.choice(sound_files()[kind])
    if kind == "akn" and chance.random() < _KEPT_WELL_FORMED:
        return harm_tree(chance, data)
    # A package is harmed inside, else little of it would ever come to be read.
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(chance, data, kind)
    return _harm(chance, data, kind)


def _harm(chance: random.Random, data: bytes, kind: str) -> bytes:
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_WAYS)(chance, data, kind)[:_SIZE_AT_MOST]
    return data


def _repacked(chance: random.Random, data: bytes, kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as made:
        names = whole.namelist()
        target = chance.choice([n for n in names if n.endswith(".xml")] * 3 + names)
        if chance.random() < 0.6:
            target = "content.xml" if "content.xml" in names else "word/document.xml"
        for name in names:
            content = whole.read(name)
            if name == target and chance.random() < _KEPT_WELL_FORMED:
                content = harm_tree(chance, content)
            elif name == target:
                content = _harm(chance, content, kind)
            made.writestr(name, content)
    return out.getvalue()


def _place(chance: random.Random, data: bytes) -> int:
    return chance.randint(0, len(data))


def _stretch(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = _place(chance, data)
    return start, min(len(data), start + int(min(chance.expovariate(1 / 40), 9_999)) + 1)


def _turn_bits(chance: random.Random, data: bytes, kind: str) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _insert(chance: random.Random, data: bytes, kind: str) -> bytes:
    at = _place(chance, data)
    token = chance.choice(_TOKENS[kind])
    return data[:at] + token * chance.choice((1, 1, 1, 2, 40, 700)) + data[at:]


def _insert_noise(chance: random.Random, data: bytes, kind: str) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.randbytes(chance.randint(1, 60)) + data[at:]


def _take_out(chance: random.Random, data: bytes, kind: str) -> bytes:
    start, end = _stretch(chance, data)
    return data[:start] + data[end:]


def _repeat(chance: random.Random, data: bytes, kind: str) -> bytes:
    start, end = _stretch(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 300)) + data[end:]


def _move(chance: random.Random, data: bytes, kind: str) -> bytes:
    start, end = _stretch(chance, data)
    rest = data[:start] + data[end:]
    at = _place(chance, rest)
    return rest[:at] + data[start:end] + rest[at:]


def _cut_off(chance: random.Random, data: bytes, kind: str) -> bytes:
    return data[: _place(chance, data)]


def _change_number(chance: random.Random, data: bytes, kind: str) -> bytes:
    digits = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return data
    at = chance.choice(digits)
    end = at
    while end < len(data) and 48 <= data[end] <= 57:
        end += 1
    return data[:at] + chance.choice(_NUMBERS) + data[end:]


def _graft(chance: random.Random, data: bytes, kind: str) -> bytes:
    """Put a piece of another file in, of the same or of another format."""
    other = chance.choice(sound_files()[chance.choice((kind, kind, *FORMATS))])
    start = _place(chance, other)
    piece = other[start : start + chance.randint(1, 4_000)]
    at = _place(chance, data)
    return data[:at] + piece + data[at:]


_WAYS: tuple[Callable[[random.Random, bytes, str], bytes], ...] = (
    _turn_bits, _insert, _insert, _insert_noise, _take_out, _repeat, _move, _cut_off,
    _change_number, _change_number, _graft,
)  # fmt: skip
