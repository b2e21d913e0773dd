"""Damaged Word and Akoma Ntoso files: a document comes out, or one error of ours, nothing else."""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from nis2_align.errors import UnreadableFileError
from nis2_align.read import read
from tests.golden.test_read_word import draft

VALUES = (b"", b"-1", b"9" * 5000, b"x", b"0", "²".encode(), b"%1%9%%")
NAMES = (b"w:tc", b"w:tr", b"w:tbl", b"w:p>", b"w:r>", b"w:numPr", b"w:lvl ", b"w:sdt", b"w:del")
ACT = (
    b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body><chapter>'
    b"<num>I</num><heading>Head</heading><article><num>Article 1</num><paragraph><num>(1)</num>"
    b"<list><intro><p>Text:</p></intro><point><num>(a)</num><content><p>one <b>two</b>;</p>"
    b'</content></point></list></paragraph><table><tr><td rowspan="2">x</td><td>y</td></tr><tr>'
    b'<td colspan="2">z</td></tr></table></article></chapter></body></act></akomaNtoso>'
)


@cache
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(draft())) as package:
        return {name: package.read(name) for name in package.namelist()}


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Return the markup with one tag lost, doubled, exchanged, or with a value that is none."""
    tags = list(re.finditer(rb"<[^>]+>", data))
    one, other = dice.choice(tags), dice.choice(tags)
    before, after = data[: one.start()], data[one.end() :]
    kind = dice.randrange(6)
    if kind == 0:
        return before + after
    if kind == 1:
        return before + one.group() * 3 + after
    if kind == 2:
        return before + other.group() + after
    if kind == 3:
        return re.sub(
            rb'(w:\w+|rowspan|colspan)="[^"]*"',
            lambda m: (
                m.group(1) + b'="%s"' % dice.choice(VALUES) if dice.random() < 0.2 else m.group()
            ),
            data,
        )
    if kind == 4:
        return data.replace(dice.choice(NAMES), dice.choice(NAMES))
    place = dice.randrange(len(data))
    return data[:place] + dice.randbytes(3) + data[place + 3 :]


def is_read_or_refused(data: bytes, name: str) -> None:
    try:
        document = read(data, name=name)
    except UnreadableFileError as error:
        assert name in error.what and error.remedy
    else:
        assert document.text.endswith("\n")
        for hint in document.hints:
            assert hint.span.of(document.text).endswith("\n")


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_a_damaged_draft(seed: int) -> None:
    dice = random.Random(seed)
    changed = dict(parts())
    for _ in range(dice.randrange(1, 4)):
        name = dice.choice([name for name in changed if name.startswith("word/")])
        changed[name] = damaged(changed[name], dice)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in changed.items():
            package.writestr(name, data)
    is_read_or_refused(stream.getvalue(), "nacrt.docx")


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_a_damaged_act(seed: int) -> None:
    dice = random.Random(seed)
    data = ACT
    for _ in range(dice.randrange(1, 4)):
        data = damaged(data, dice)
    is_read_or_refused(data, "act.xml")
