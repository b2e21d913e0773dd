"""Footnotes and endnotes: where they stand in a text of lines.

A note says something of the passage that it hangs on (the gazette of an act that is cited, the
directive that is transposed), so it is read there. It neither begins a line, which would count
as a paragraph of the article, nor breaks a sentence: it goes in square brackets before the mark
that closes the line. Headings, open lines and lines of up to three words (the number of an article)
are left alone; their notes wait for the next line that closes, or for the end of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nis2_align.read.sheet import Sheet

__all__ = ["Notes"]

_CLOSE = re.compile(r"(?<=[^\s.;:!?])[.;:!?][\"'”“’»)]*$")
_FEWEST_WORDS = 4


@dataclass(slots=True)
class Notes:
    """Notes met and not written yet; a builder, used inside this package only."""

    read: int = 0
    _waiting: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Take up a note; a blank one is passed over."""
        words = " ".join(text.split()).rstrip(".;")
        if words:
            self.read += 1
            self._waiting.append(f"[{words}]")

    def placed(self, line: str) -> str:
        """Return ``line`` with the waiting notes in it, or unchanged where it does not close."""
        close = _CLOSE.search(line) if self._waiting else None
        if close is None or len(line.split()) < _FEWEST_WORDS:
            return line
        notes = " ".join(self._waiting)
        self._waiting.clear()
        return f"{line[: close.start()]} {notes}{line[close.start() :]}"

    def finish(self, sheet: Sheet, code: str) -> None:
        """Write what still waits below the text, and say where the notes stand."""
        for note in self._waiting:
            sheet.line(note)
        self._waiting.clear()
        if self.read:
            sheet.issue(code, info=True, count=self.read)
