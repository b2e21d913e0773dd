"""Bytes → text, when nobody said in which encoding."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nis2_align.read.sheet import Sheet

__all__ = ["Decoded", "decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The single-byte encodings of the region, the more frequent first. Nothing else is tried: the
# wider the choice, the more often a short Cyrillic text is taken for something exotic.
_SINGLE_BYTE = ["cp1250", "cp1251", "iso8859_2", "iso8859_5"]
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
# A text may hold a stray control character; one character in a hundred is no text.
_MOST_CONTROLS = 0.01
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and how many characters were beyond rescue."""

    text: str
    encoding: str
    damaged: int = 0

    def report(self, sheet: Sheet) -> None:
        """Note on ``sheet`` what a reader should know about the decoding."""
        if self.damaged:
            sheet.issue("damaged_characters", count=self.damaged, encoding=self.encoding)
        elif self.encoding in _SINGLE_BYTE:
            sheet.issue("encoding_guessed", info=True, encoding=self.encoding)


def decode(data: bytes) -> Decoded | None:
    """Return the text of ``data``, or None where it is no text.

    The order: byte order mark, strict UTF-8 (text in another encoding is almost never valid
    UTF-8), UTF-16 without a mark, the encoding that an HTML or XML head declares, UTF-8 with a
    few broken characters, and then charset-normalizer's choice among the region's four
    single-byte encodings.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    declared = _DECLARED.search(data[:4096])
    return (
        _strict(data, "utf-8")
        or _utf16_without_mark(data)
        or (_strict(data, declared.group(1).decode("ascii")) if declared else None)
        or _damaged_utf8(data)
        or _single_byte(data)
    )


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return None if _is_noise(text) else Decoded(text, encoding)


def _is_noise(text: str) -> bool:
    return len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text)


def _utf16_without_mark(data: bytes) -> Decoded | None:
    # Spaces and full stops have a zero byte on one side in any script; the other side has none.
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(even, odd) < len(data) / 40 or min(even, odd) > max(even, odd) / 50:
        return None
    return _strict(data, "utf-16-le" if odd > even else "utf-16-be")


def _damaged_utf8(data: bytes) -> Decoded | None:
    # A file cut off inside a character, or with one bad byte, is still UTF-8: sound
    # characters outside ASCII must outnumber the broken ones by far.
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    sound = sum(c > "\x7f" for c in text) - damaged
    if sound < 20 * damaged or _is_noise(text):
        return None
    return Decoded(text, "utf-8", damaged)


def _single_byte(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_SINGLE_BYTE).best()
    return _strict(data, best.encoding) if best else None
