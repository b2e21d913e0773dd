"""The rules beneath: list marks, rows, and which printed lines belong together."""

from __future__ import annotations

from collections import Counter

import pytest

from nis2_align.read.marks import is_label, starts_with_mark
from nis2_align.read.paragraphs import Joiner, Layout, Vocabulary, hyphenated
from nis2_align.read.pdf_lines import Frame, Line
from nis2_align.read.rows import row_line


@pytest.mark.parametrize(
    "mark",
    ["(1)", "(12)", "1)", "1.", "12a.", "(a)", "a)", "đ)", "dž)", "xh)", "(aa)", "(iv)", "(viii)",
     "IV.", "1.1.", "1.1", "а)", "ѓ)", "-", "\N{EN DASH}", "\N{MINUS SIGN}", "\N{BULLET}"],
)  # fmt: skip
def test_marks(mark):
    assert is_label(mark)
    assert starts_with_mark(f"  {mark} tekst")


@pytest.mark.parametrize(
    "line",
    ["(EU) 2022/2555 tekst", "(EZ) tekst", "2022. godine", "24 sata", "st. 2. ovoga", "čl. 5",
     "104/2009", "Članak 1.", "Neni 1", "tekst (1) dalje", "1.Tekst", "na-", "(tekst) dalje"],
)  # fmt: skip
def test_no_marks(line):
    assert not starts_with_mark(line)


def test_rows():
    assert row_line(["a", " b\n c ", "", ""]) == "a | b c"
    assert row_line(["", "", "b"]) == "| | b"
    assert row_line(["(a)", "text"]) == "(a) text"
    assert row_line(["(a)", "text", "more"]) == "(a) | text | more"
    assert row_line(["", " "]) == ""


FRAME = Frame(left=50, right=500)
SPACED = Layout(leading=1.2, spaced=True, indented=False)
INDENTED = Layout(leading=1.2, spaced=False, indented=True)
PLAIN = Layout(leading=1.2, spaced=False, indented=False)


def line(text, *, x0=50.0, x1=495.0, top=100.0, size=10.0, bold=False, page=1) -> Line:
    return Line(
        text=text, page=page, x0=x0, x1=x1, top=top, bottom=top + size, size=size, bold=bold,
        first_word=30.0, frame=FRAME,
    )  # fmt: skip


def joined(a: Line, b: Line, layout: Layout = PLAIN) -> bool:
    return Joiner(layout, Vocabulary(Counter()), True).continues([a], b)


def below(text, **kind) -> Line:
    return line(text, **{"top": 112.0, **kind})


@pytest.mark.parametrize(
    ("a", "b", "layout", "expected", "why"),
    [
        (line("jedan tekst koji"), below("Vlada donosi"), PLAIN, True, "full, unfinished"),
        (line("jedan tekst koji", x1=300), below("Vlada donosi"), PLAIN, False, "would fit"),
        (line("jedan tekst koji", x1=300), below("donosi"), PLAIN, True, "small letter"),
        (line("kraj rečenice."), below("Vlada donosi"), PLAIN, False, "no sign: a new one"),
        (line("kraj rečenice."), below("Vlada donosi"), SPACED, True, "no space between"),
        (line("kraj rečenice."), below("Vlada", top=118), SPACED, False, "a space between"),
        (line("kraj rečenice."), below("Vlada donosi"), INDENTED, True, "not set in"),
        (line("kraj rečenice."), below("Vlada", x0=70), INDENTED, False, "set in"),
        (line("bez kraja"), below("Vlada", x0=70), INDENTED, False, "set in, unfinished"),
        (line("kraj rečenice."), line("Vlada", page=2), SPACED, False, "over a page"),
        (line("a) prva;"), below("b) druga"), PLAIN, False, "a list mark"),
        (line("iz stavka"), below("(2) ovoga članka"), PLAIN, True, "a reference"),
        (line("iz stavka", x1=300), below("(2) ovoga članka"), PLAIN, False, "a short line"),
        (line("iz točke"), below("12. Uredbe (EU)"), SPACED, True, "a reference, no space"),
        (line("bez znaka"), below("\N{EN DASH} druga crta"), PLAIN, False, "a dash"),
        (line("iz Uredbe"), below("(EU) 2022/2555"), PLAIN, True, "capitals are no mark"),
        (line("iz čl."), below("12. ovog zakona"), PLAIN, True, "an abbreviation"),
        (line("po br."), below("104/2009"), PLAIN, True, "an abbreviation"),
        (line("sluha i vida."), below("3. Nova točka"), PLAIN, False, "a word, not short"),
        (line("Članak 1.", x0=240, x1=310, bold=True), below("Tekst"), PLAIN, False, "weight"),
        (line("NASLOV", size=14), below("tekst"), PLAIN, False, "type size"),
        (line("(1) prva rečenica."), below("Vlada", x0=70), PLAIN, True, "hangs clear of mark"),
        (line("kiberne-"), below("tička"), PLAIN, True, "a divided word"),
        (line("sadrži:"), below("ime", x0=70), PLAIN, True, "small letter after a full line"),
        (line("sadrži:", x1=200), below("ime i prezime"), PLAIN, False, "a short introduction"),
    ],
)  # fmt: skip
def test_which_lines_belong_together(a, b, layout, expected, why):
    assert joined(a, b, layout) is expected, why


@pytest.mark.parametrize(
    ("a", "b", "words", "divides", "expected"),
    [
        ("kiberne-", "tička", {}, True, "kibernetička"),
        ("kiberne-", "tička", {}, False, "kiberne-tička"),
        ("info-", "sustav", {"info-sustav": 2, "infosustav": 1}, True, "info-sustav"),
        ("info-", "sustav", {"infosustav": 1}, False, "infosustav"),
        ("kiberne\N{SOFT HYPHEN}", "tička", {}, False, "kibernetička"),
        ("riječ", "druga", {}, True, "riječ druga"),
        ("riječ \N{EN DASH}", "druga", {}, True, "riječ \N{EN DASH} druga"),
        ("A-", "Banka", {}, True, "A- Banka"),
    ],
)
def test_hyphens_at_the_end_of_a_line(a, b, words, divides, expected):
    cut, between = Joiner(PLAIN, Vocabulary(Counter(words)), divides).glue(a, b)
    assert a[: len(a) - cut] + between + b == expected


def test_a_dash_or_a_number_before_the_end_is_no_hyphen():
    assert not hyphenated("-", "tekst")
    assert not hyphenated("2022-", "tekst")
    assert not hyphenated("riječ -", "tekst")
