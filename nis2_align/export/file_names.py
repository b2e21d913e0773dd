"""Names of files that every file system, mail server and document registry takes."""

from __future__ import annotations

import re
import unicodedata

from cyrtranslit import to_latin

from nis2_align.export.material import Listed

__all__ = ["LONGEST", "file_name"]

#: The most characters of a name, its ending included: registries cut longer ones.
LONGEST = 100

_VIEWS = {
    "all": "concordance",
    "concordance": "directive-to-law",
    "reverse": "law-to-directive",
    "gaps": "gaps",
}
# Letters that no decomposition brings to plain ones.
_PLAIN = str.maketrans({"đ": "dj", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d"})
# One after the other: each takes the letters that the ones before it lack.
_ALPHABETS = ("sr", "mk", "bg")
# Names of devices, which one common system refuses whatever follows the dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")


def file_name(act: str, listing: Listed, ending: str, form: str | None = None) -> str:
    """Make a file name from an act and a direction.

    Args:
        act: Title or id of the act; any text.
        listing: Which listing the file holds; see :class:`nis2_align.export.material.Layout`.
        ending: ``.docx`` etc., with its dot.
        form: Code of a country's form, or None.

    Returns:
        Small letters ``a-z``, digits, hyphens, one underscore between the act and what the file
        holds, and the ending; at most :data:`LONGEST` characters; never a path, a hidden file
        or the name of a device. Cyrillic is transliterated. A text without a letter or digit
        gives ``act``.

    Examples:
        >>> file_name("Закон о информационој безбедности", "reverse", ".docx")
        'zakon-o-informacionoj-bezbednosti_law-to-directive.docx'
    """
    latin = act
    for alphabet in _ALPHABETS:
        latin = to_latin(latin, alphabet)
    latin = latin.casefold().translate(_PLAIN)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode("ascii")
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not stem or _DEVICES.match(stem):
        stem = f"act-{stem}".strip("-")
    tail = "_" + _VIEWS[listing] + (f"-{form}" if form else "") + ending.lower()
    return stem[: LONGEST - len(tail)].rstrip("-") + tail
