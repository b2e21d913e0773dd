"""The words of a DOCX paragraph: runs, fields, notes; what is hidden or deleted stays out.

A field holds a code and, as far as Word has computed it, a result; only the result is text. A
table of contents is left out whole: it repeats the headings of the act with page numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nis2_align.read.docx_styles import Styles
from nis2_align.read.docx_xml import FALLBACK, GONE, M, W, flag, is_gone
from nis2_align.read.notes import Notes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["Runs"]

_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n",
    W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", W + "sym": "\N{BULLET}",
}  # fmt: skip
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_RUNS = frozenset((W + "r", M + "r"))
_CONTENTS = ("TOC", "INDEX", "TOA")
# Fields of old files that Word computes while it shows them, so that no result is stored.
_COUNTED = ("AUTONUM", "LISTNUM")


@dataclass(slots=True)
class _Field:
    """A field that is open: its code so far, and whether the result has begun."""

    code: str = ""
    result: bool = False

    def is_(self, *names: str) -> bool:
        return self.code.strip().upper().startswith(names)


@dataclass(slots=True)
class Runs:
    """Reads the runs of a document from its first paragraph to its last.

    Attributes:
        styles: The styles, for text that a style hides.
        texts: ``(kind, id)`` of a note → its words.
        notes: Where notes wait for their place.
        left_out: What was met and not read: ``hidden``, ``contents``, ``counted``.
    """

    styles: Styles
    texts: Mapping[tuple[str, str], str]
    notes: Notes = field(default_factory=Notes)
    left_out: Counter[str] = field(default_factory=Counter)
    _sound: frozenset[Element] = frozenset()
    _fields: list[_Field] = field(default_factory=list)

    def prepare(self, body: Element) -> None:
        """Find the fields that both begin and end: one that does not would swallow the rest."""
        sound: set[Element] = set()
        opened: list[list[Element]] = []
        for char in body.iter(W + "fldChar"):
            if is_gone(char):
                continue
            kind = char.get(W + "fldCharType")
            if kind == "begin":
                opened.append([char])
            elif opened:
                opened[-1].append(char)
                if kind == "end":
                    sound.update(opened.pop())
        self._sound = frozenset(sound)

    def pieces(self, node: Element, *, hidden: bool = False) -> Iterator[tuple[str, bool | None]]:
        """Yield the text below ``node`` with its own boldness, None where the style decides.

        Args:
            node: A paragraph, or what holds runs inside one.
            hidden: The paragraph's style hides its text.
        """
        for child in node:
            if child.tag in _RUNS:
                yield self._run(child, hidden), flag(child.find(W + "rPr"), "b")
            elif child.tag == W + "fldSimple":
                if not _Field(child.get(W + "instr") or "").is_(*_CONTENTS):
                    yield from self.pieces(child, hidden=hidden)
            elif child.tag not in GONE and child.tag not in (W + "pPr", M + "rPr", FALLBACK):
                yield from self.pieces(child, hidden=hidden)

    def _run(self, run: Element, hidden: bool) -> str:
        own = flag(run.find(W + "rPr"), "vanish")
        if own if own is not None else hidden or self.styles.of_run(run).hidden:
            # Fields may begin or end inside hidden runs.
            self.left_out["hidden"] += bool("".join(self._content(run)).strip())
            return ""
        return "".join(self._content(run))

    def _content(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == W + "fldChar":
                self._turn(child)
            elif child.tag == W + "instrText":
                if self._fields and not self._fields[-1].result:
                    self._fields[-1].code += child.text or ""
            elif not self._is_shown():
                continue
            elif child.tag in (W + "t", M + "t"):
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag in _NOTES:
                self.notes.add(self.texts.get((_NOTES[child.tag], child.get(W + "id") or ""), ""))

    def _turn(self, char: Element) -> None:
        if char not in self._sound:
            return
        kind = char.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate":
            self._fields[-1].result = True
        elif kind == "end":
            ended = self._fields.pop()
            self.left_out["contents"] += ended.is_(*_CONTENTS)
            self.left_out["counted"] += ended.is_(*_COUNTED) and not ended.result

    def _is_shown(self) -> bool:
        return all(f.result and not f.is_(*_CONTENTS) for f in self._fields)
