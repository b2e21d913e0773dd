"""Hostile packages: DOCX, ODT, and the old containers of Office."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

from tests.hostile.cases import PROSE, Case

__all__ = [
    "CASES",
    "OLE",
    "PARAGRAPHS",
    "docx",
    "numbered_docx",
    "odt",
    "package",
    "paragraph",
    "rtf",
    "word_xml",
]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ODT = b"application/vnd.oasis.opendocument.text"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {one} "{f"&{before};" * 10}">'
        for before, one in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def package(members: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """Return a ZIP of these members; a member may be given in pieces, to be large."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            with made.open(name, "w", force_zip64=True) as member:
                for piece in [data] if isinstance(data, bytes) else data:
                    member.write(piece)
    return out.getvalue()


def word_xml(body: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>'.encode()
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


PARAGRAPHS = "".join(map(paragraph, PROSE.splitlines()))


def docx(
    document: bytes | Iterable[bytes] | None = None, relations: str = "", **others: bytes
) -> bytes:
    """Return a document; ``word__styles=...`` adds the member ``word/styles.xml``."""
    members: dict[str, bytes | Iterable[bytes]] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
            f'<Override PartName="/word/numbering.xml" ContentType="{_MAIN}.numbering+xml"/>'
            "</Types>"
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": word_xml(PARAGRAPHS) if document is None else document,
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
        ).encode(),
    }
    return package(members | {f"{n.replace('__', '/')}.xml": data for n, data in others.items()})


def _relation(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="x{kind}" Type="{_R}/{kind}" Target="{target}"{mode}/>'


def odt(content: str | None = None, others: Mapping[str, Iterable[bytes]] | None = None) -> bytes:
    text = "".join(f"<text:p>{line}</text:p>" for line in PROSE.splitlines())
    body = (
        '<?xml version="1.0"?><office:document-content office:version="1.2" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><office:body>'
        f"<office:text>{text if content is None else content}</office:text></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODT.decode()}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return package(
        {
            "mimetype": _ODT,
            "content.xml": body.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
        | dict(others or {})
    )


def rtf(body: str | None = None) -> bytes:
    text = r"\par ".join(PROSE.splitlines()) if body is None else body
    return rb"{\rtf1\ansi " + text.encode("ascii") + b"}"


def _zeros(megabytes: int) -> Iterable[bytes]:
    return (bytes(1 << 20) for _ in range(megabytes))


def _lie_about_size(data: bytes) -> bytes:
    """Let the directory say that a large member is a small one."""
    out = bytearray(data)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        if struct.unpack_from("<I", out, at + 24)[0] > 1 << 20:
            struct.pack_into("<I", out, at + 24, 900)
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


def _nested(opening: str, closing: str, depth: int) -> str:
    return opening * depth + paragraph(PROSE.splitlines()[2]) + closing * depth


_TABLE = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
_CONTROL = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
_STYLES = (
    f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
).encode()
_NUMBERS = (
    f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="'
    + "9" * 40
    + '"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1%2%9)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
).encode()
_SOUND_NUMBERS = _NUMBERS.replace(b"9" * 40, b"1").replace(b"%1%2%9)", b"%1)")
_NUMBERED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>'
    "<w:t>Keepers report.</w:t></w:r></w:p>"
)


def numbered_docx() -> bytes:
    """Return a document whose numbers Word counts."""
    return docx(
        word_xml(PARAGRAPHS + _NUMBERED * 3),
        _relation("numbering", "numbering.xml") + _relation("styles", "styles.xml"),
        word__numbering=_SOUND_NUMBERS,
        word__styles=_STYLES,
    )


_STYLED = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Keepers report.</w:t></w:r></w:p>'
_WIDE = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>Keepers'
    "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>report</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
_AWAY = "http://192.0.2.1/x"
_EMBEDDED = f'<w:altChunk xmlns:r="{_R}" r:id="xaFChunk"/>'

CASES = (
    Case("sound.docx", docx, holds="Harbour Office"),
    Case("encrypted.docx", lambda: OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
         says="password"),
    Case("truncated.docx", lambda: docx()[:-40], says="cut off"),
    Case("damaged_inside.docx", lambda: docx().replace(b"PK\x03\x04", b"PK\x03\x05"), may=True),
    Case("bomb.docx", lambda: docx(_zeros(250)), says="unpack"),
    Case("bomb_in_styles.docx", lambda: package(
        {"[Content_Types].xml": _MAIN.encode() + b".document.main+xml",
         "word/styles.xml": _zeros(250)}), says="unpack"),
    Case("bomb_that_lies.docx", lambda: _lie_about_size(docx(_zeros(250))), may=True),
    Case("many_members.docx", lambda: docx(**{f"word__x{n}": b"<a/>" for n in range(10_001)}),
         says="unpack"),
    Case("entity.docx", lambda: docx(word_xml(paragraph("&e;"), ENTITY)), says="entities"),
    Case("laughs.docx", lambda: docx(word_xml(paragraph("&j;"), LAUGHS)), says="entities"),
    Case("laughs_late.docx",
         lambda: docx(word_xml(paragraph("&j;"), f"<!--{' ' * 9000}-->{LAUGHS}")), may=True),
    Case("laughs_utf16.docx",
         lambda: docx(word_xml(paragraph("&j;"), LAUGHS).decode().encode("utf-16")), may=True),
    Case("template_elsewhere.docx",
         lambda: docx(None, _relation("attachedTemplate", _AWAY, external=True)),
         holds="Harbour Office"),
    Case("chunk_elsewhere.docx",
         lambda: docx(word_xml(PARAGRAPHS + _EMBEDDED), _relation("aFChunk", _AWAY, external=True)),
         holds="Harbour Office"),
    Case("parts_loop.docx", lambda: docx(None, _relation("footnotes", "document.xml")), may=True),
    Case("part_outside.docx", lambda: docx(None, _relation("footnotes", "../../../etc/passwd")),
         may=True),
    Case("no_document.docx", lambda: package(
        {"[Content_Types].xml": b"wordprocessingml.document.main+xml"}), says="damaged"),
    Case("deep_controls.docx", lambda: docx(word_xml(_nested(*_CONTROL, 50_000))), may=True),
    Case("nested_tables.docx", lambda: docx(word_xml(_nested(*_TABLE, 70))), may=True),
    Case("styles_loop.docx", lambda: docx(
        word_xml(_STYLED), _relation("styles", "styles.xml"), word__styles=_STYLES),
        holds="Keepers report."),
    Case("endless_number.docx", lambda: docx(
        word_xml(_NUMBERED), _relation("numbering", "numbering.xml"), word__numbering=_NUMBERS),
        holds="Keepers report."),
    Case("endless_cell.docx", lambda: docx(word_xml(_WIDE)), holds="Keepers"),
    Case("null_bytes.docx", lambda: docx(word_xml(paragraph("a\0b"))), says="damaged"),
    Case("many_paragraphs.docx", lambda: docx(word_xml(paragraph("a") * 60_000)), holds="a\n"),
    Case("one_long_paragraph.docx", lambda: docx(word_xml(paragraph("word " * 900_000))),
         holds="word word"),
    Case("odt_bomb.odt", lambda: odt(others={"Pictures/a.png": _zeros(250)}), says="unpack"),
    Case("old_container.doc", lambda: OLE + bytes(8_000), says="old Office format"),
)  # fmt: skip
