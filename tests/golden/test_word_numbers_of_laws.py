"""Whole acts with their numbers taken out of the text and left to Word, as drafters have them.

Each line's number becomes automatic; what is read must be the lines as they were, so that the
provisions are the same as those of the plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nis2_align.languages import language
from nis2_align.read import read
from nis2_align.segment import segment
from tests.unit.read.docx_samples import level, numbering, package, paragraph, pattern

ACTS = {
    "laws/rs_zib_2025.html": "sr",
    "laws/hr_zks_2024.txt": "hr",
    "drafts/cnr_draft.txt": "cnr",
    "drafts/mk_draft.txt": "mk",
    "drafts/sq_draft_kosovo.txt": "sq",
    "laws/li_csg_2025.txt": "de",
    "laws/fi_124_2025.akn.xml": "fi",
}
# How a line is numbered → the format, and what Word puts around the number.
STYLES = (
    (re.compile(r"(?P<word>Člana?k?|Члан|Член|Neni|Art\.)[ ](?P<n>\d+)(?P<end>\.?)$"), "decimal"),
    (re.compile(r"(?P<word>§)[ ](?P<n>\d+)(?P<end>)$"), "decimal"),
    (re.compile(r"(?P<word>)(?P<n>\d+)(?P<end>[ ]§)$"), "decimal"),
    (re.compile(r"(?P<word>\(?)(?P<n>\d{1,2})(?P<end>\)|\.)(?=[ ]\S)"), "decimal"),
    (re.compile(r"(?P<word>\(?)(?P<n>[a-z])(?P<end>\))(?=[ ]\S)"), "lowerLetter"),
    (re.compile(r"(?P<word>\(?)(?P<n>[а-гежз])(?P<end>\))(?=[ ]\S)"), "russianLower"),
    (re.compile(r"(?P<word>)(?P<n>[IVX]+)(?P<end>\.)(?=[ ]\S)"), "upperRoman"),
)
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]


def _value(number: str, format_: str) -> int:
    if format_ == "decimal":
        return int(number)
    if format_ == "upperRoman":
        return ROMAN.index(number) + 1 if number in ROMAN else 0
    return ("abcdefghijklmnopqrstuvwxyz" if format_ == "lowerLetter" else "абвгдежз").index(
        number
    ) + 1


class _Word:
    """Numbers lines as Word would: a list goes on where it can and begins anew where it must."""

    def __init__(self) -> None:
        self.patterns: dict[tuple[str, str], int] = {}
        self.last: dict[tuple[str, str], int] = {}
        self.nums: dict[tuple[str, str], int] = {}
        self.definitions: list[str] = []
        self.numbered = 0
        self.body: list[str] = []

    def line(self, text: str) -> None:
        for style, format_ in STYLES:
            match = style.match(text)
            if match and (value := _value(match["n"], format_)):
                shown = (
                    f"{match['word']} %1{match['end']}"
                    if len(match["word"]) > 1 or (match["word"] == "§")
                    else f"{match['word']}%1{match['end']}"
                )
                number = self._number((shown, format_), value)
                self.body.append(paragraph(text[match.end() :].strip(), number=str(number)))
                self.numbered += 1
                return
        self.body.append(paragraph(text))

    def _number(self, kind: tuple[str, str], value: int) -> int:
        if kind not in self.patterns:
            self.patterns[kind] = len(self.patterns)
        if self.last.get(kind) != value - 1:
            self.nums[kind] = len(self.definitions) + 1
            anew = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{value}"/></w:lvlOverride>'
            self.definitions.append(numbering(self.nums[kind], self.patterns[kind], anew))
        self.last[kind] = value
        return self.nums[kind]

    def docx(self) -> bytes:
        patterns = "".join(
            pattern(id_, level(0, format_, shown))
            for (shown, format_), id_ in self.patterns.items()
        )
        return package("".join(self.body), numbering=patterns + "".join(self.definitions))


def _lines(text: str) -> Iterator[str]:
    return (" ".join(line.split()) for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("name", ACTS)
def test_an_act_with_automatic_numbers_reads_as_the_act(name: str, shared: Path) -> None:
    plain = list(_lines(read(shared / name).text))
    word = _Word()
    for line in plain:
        word.line(line)
    assert word.numbered > 150
    found = read(word.docx(), name="act.docx")
    assert found.text.splitlines() == plain
    assert found.issues == ()


@pytest.mark.parametrize("name", ACTS)
def test_and_gives_its_provisions(name: str, shared: Path) -> None:
    text = "\n".join(_lines(read(shared / name).text)) + "\n"
    word = _Word()
    for line in text.splitlines():
        word.line(line)
    pack = language(ACTS[name])
    plain, drafted = (
        {(p.ref, p.kind, p.parent) for p in segment(read(data, name="a"), pack).provisions}
        for data in (text.encode(), word.docx())
    )
    assert len(plain & drafted) >= 0.99 * len(plain | drafted)
