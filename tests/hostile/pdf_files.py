"""Hostile PDF files, written object by object so that each fault is exactly the one meant."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping

from tests.hostile.cases import PROSE, Case

__all__ = [
    "CASES",
    "made_by_a_program",
    "many_pages",
    "objects",
    "page_of_text",
    "pdf",
    "ruled",
    "sound",
    "wide_page",
]

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a file of these objects with a sound table of references."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>stream\n%s\nendstream" % (len(data), extra, data)


def page_of_text(text: str = PROSE) -> bytes:
    """Return page content that shows ``text``."""
    shown = (
        b"(%s) Tj T*" % line.replace("\\", "").replace("(", "\\(").replace(")", "\\)").encode()
        for line in text.splitlines()
    )
    return b"BT /F1 11 Tf 14 TL 50 780 Td " + b" ".join(shown) + b" ET"


def objects(content: bytes, **changes: bytes) -> dict[int, bytes]:
    """Return a whole document of one page; ``o3=...`` replaces an object."""
    found = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        4: content if content.startswith(b"<<") else stream(content),
        5: _FONT,
    }
    return found | {int(name[1:]): body for name, body in changes.items()}


def sound() -> bytes:
    return pdf(objects(page_of_text()))


def encrypted() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt="secret")
    canvas.drawString(50, 780, PROSE)
    canvas.save()
    return out.getvalue()


def made_by_a_program() -> bytes:
    """A file as programs write it: packed streams, fonts, an outline, two pages."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    for number in range(2):
        text = canvas.beginText(50, 780)
        text.textLines(PROSE)
        canvas.drawText(text)
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Part {number}", f"p{number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ruled() -> bytes:
    """A page with a table in ruled lines beside its text."""
    rules = b"".join(b"50 %d m 400 %d l S\n" % (y, y) for y in (500, 520, 540))
    rules += b"".join(b"%d 500 m %d 540 l S\n" % (x, x) for x in (50, 200, 400))
    words = b"BT /F1 9 Tf 60 525 Td (No) Tj 150 0 Td (Sector) Tj -150 -20 Td (1) Tj ET"
    return pdf(objects(page_of_text() + b"\n" + rules + words))


def wide_page() -> bytes:
    """Lines of two words each, which stand a kilometre apart."""
    lines = (
        b"1 0 0 1 50 %d Tm (Article %d) Tj 1 0 0 1 2800000 %d Tm (Lamps) Tj" % (y, y, y)
        for y in range(40, 800, 12)
    )
    return b"BT /F1 9 Tf " + b" ".join(lines) + b" ET"


def bomb() -> bytes:
    """One page whose content unpacks, layer in layer, from a few kB to half a GB."""
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(512)) + packer.flush()
    for _ in range(2):
        data = zlib.compress(data, 9)
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return pdf(objects(stream(data, filters)))


def many_pages(number: int = 10_000) -> bytes:
    made = objects(page_of_text())
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(number))
    made[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, number)
    made |= {10 + n: made[3] for n in range(number)}
    return pdf(made)


def many_rules() -> bytes:
    lines = (
        b"%d %d m %d %d l S" % (x, y, x + 3, y) + b" %d %d m %d %d l S" % (x, y, x, y + 3)
        for x in range(20, 580, 5)
        for y in range(20, 820, 5)
    )
    return pdf(objects(page_of_text() + b"\n" + b"\n".join(lines)))


def many_letters() -> bytes:
    text = "\n".join(["abcdefghij klmno pqrst " * 10] * 2_000)
    return pdf(objects(page_of_text(text)))


def incremental_loop() -> bytes:
    data = sound()
    at = data.rindex(b"startxref")
    start = int(data[at:].split()[1])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


_SELF = stream(
    b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
)
_DEEP = b"[" * 60_000 + b"]" * 60_000
_TEXT = page_of_text()

CASES = (
    Case("sound.pdf", sound, holds="Harbour Office"),
    Case("encrypted.pdf", encrypted, says="password"),
    Case("header_only.pdf", lambda: b"%PDF-1.7\n%%EOF\n", says="damaged"),
    Case("truncated.pdf", lambda: sound()[:400], says="damaged"),
    Case("no_table.pdf", lambda: sound().partition(b"xref")[0], may=True),
    Case("kids_loop.pdf", lambda: pdf(objects(_TEXT, o2=b"<</Type/Pages/Kids[2 0 R]/Count 1>>")),
         may=True),
    Case("kids_loop_beside_a_page.pdf",
         lambda: pdf(objects(_TEXT, o2=b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>")), may=True),
    Case("parent_loop.pdf",
         lambda: pdf(objects(_TEXT, o2=b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>")),
         may=True),
    Case("table_loop.pdf", incremental_loop, may=True),
    Case("length_loop.pdf",
         lambda: pdf(objects(b"<</Length 4 0 R>>stream\n" + _TEXT + b"\nendstream")), may=True),
    Case("contents_loop.pdf", lambda: pdf(objects(b"<<>>", o4=b"[4 0 R 4 0 R]")), may=True),
    Case("reference_loop.pdf", lambda: pdf(objects(_TEXT, o5=b"5 0 R")), may=True),
    Case("form_loop.pdf", lambda: pdf(objects(_TEXT + b" /X Do", o6=_SELF)), may=True),
    Case("count_lie.pdf",
         lambda: pdf(objects(_TEXT, o2=b"<</Type/Pages/Kids[3 0 R]/Count 900000>>")), may=True),
    Case("count_negative.pdf",
         lambda: pdf(objects(_TEXT, o2=b"<</Type/Pages/Kids[3 0 R]/Count -5>>")), may=True),
    Case("deep_array.pdf", lambda: pdf(objects(_TEXT, o6=_DEEP)), may=True),
    Case("deep_content.pdf", lambda: pdf(objects(_DEEP + _TEXT)), may=True),
    Case("deep_state.pdf", lambda: pdf(objects(b"q " * 200_000 + _TEXT)), may=True),
    Case("huge_numbers.pdf",
         lambda: pdf(objects(b"1e308 0 0 1e308 9e999 -9e999 cm " + b"9" * 9_000 + b" w " + _TEXT)),
         may=True),
    Case("empty_box.pdf",
         lambda: sound().replace(b"[0 0 595 842]", b"[0 0 0   0  ]"), may=True),
    Case("endless_box.pdf",
         lambda: sound().replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]"), may=True),
    Case("bomb.pdf", bomb, may=True),
    Case("many_pages.pdf", many_pages, says="more than 2000 pages", limit="pages"),
    Case("many_rules.pdf", many_rules, may=True),
    Case("many_letters.pdf", many_letters, may=True),
)  # fmt: skip
