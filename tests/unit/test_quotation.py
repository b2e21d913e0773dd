"""A clause in its place: its words are the act's, and those that matched are marked."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nis2_align.directive import load_statements
from nis2_align.model import (
    Assessment,
    ClauseRef,
    Coverage,
    Document,
    DutyKind,
    ElementResult,
    ElementState,
    Evidence,
    Match,
    Place,
    Provision,
    Result,
    Segmentation,
    Span,
)  # fmt: skip
from nis2_align.quotation import quotation
from nis2_align.text.analyse import analyser
from nis2_align.text.pieces import pieces

TEXT = "Члан 5.\nДужности\n(1) Чувар дужан је:\n1) да пријави квар у року од 48 часова;\n2) остало."
POINT = "1) да пријави квар у року од 48 часова;"


def span(words):
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def provision(ref, label, kind, whole, own, parent=None, heading=None):
    return Provision(
        act="lampa", ref=ref, label=label, kind=kind, span=whole, own=own, parent=parent,
        heading=heading, heading_span=span(heading) if heading else None,
    )  # fmt: skip


def result(*elements, evidence=()):
    rest = span(TEXT[TEXT.index("(1)") :])
    nothing = Span(start=rest.start, end=rest.start)
    provisions = (
        provision(
            "5", "Члан 5.", "article", Span(start=0, end=len(TEXT)), nothing, None, "Дужности"
        ),
        provision("5(1)", "(1)", "paragraph", rest, span("Чувар дужан је:"), "5"),
        provision("5(1)(1)", "1)", "point", span(POINT), span(POINT[3:]), "5(1)"),
    )
    document = Document(
        id="lampa", name="x", text=TEXT, format="text", sha256="0" * 64, text_sha256="1" * 64
    )
    match = Match(
        act="lampa", ref="5(1)(1)", label="1)", score=1.0, selected_by="best", quote=POINT,
        page=None, span=span(POINT), evidence=tuple(evidence),
    )  # fmt: skip
    item = Assessment(
        requirement="none such", duty=DutyKind.MUST, coverage=Coverage.PARTIAL, confidence=0.5,
        elements=elements, provisions=(match,),
    )  # fmt: skip
    cut = Segmentation(document=document, language="sr", provisions=provisions)
    return Result(
        celex="x", catalogue_version="x", acts=(), assessments=(item,), segmentations=(cut,)
    )


def element(words, state=ElementState.MET, act="lampa"):
    place = Place(act=act, ref="5(1)(1)", span=span(words))
    return ElementResult(id="e", state=state, spans=(place,))


CLAUSE = ClauseRef(act="lampa", ref="5(1)(1)")


def matched(found):
    return [piece.text for piece in found.pieces if piece.marked]


def test_the_clause_stands_with_its_heading_and_lead_in():
    found = quotation(result(), "none such", CLAUSE)
    assert found.text == POINT
    assert found.heading == "Дужности"
    assert found.lead_ins == ("Чувар дужан је:",)
    assert found.around == TEXT
    assert matched(found) == []


def test_words_that_carry_an_element_and_figures_are_marked_as_written():
    shares = [
        Evidence(signal="figures", contribution=0.5, why="x", span=span("48 часова")),
        Evidence(signal="bm25", contribution=0.5, why="x", span=span(POINT)),
    ]
    found = quotation(result(element("пријави квар"), evidence=shares), "none such", CLAUSE)
    assert matched(found) == ["пријави квар", "48 часова"]
    assert found.text == POINT


def test_an_element_that_is_absent_or_of_another_act_marks_nothing():
    absent = element("пријави", ElementState.ABSENT)
    found = quotation(result(absent, element("квар", act="other")), "none such", CLAUSE)
    assert matched(found) == []


def test_words_whose_stem_our_statement_has_are_marked():
    made = result()
    item = replace(made.assessments[0], requirement="23(4)(a)")
    found = quotation(replace(made, assessments=(item,)), "23(4)(a)", CLAUSE)
    reader = analyser("sr")
    said = {stem for one in load_statements("sr").says["23(4)(a)"] for stem in reader.stems(one)}
    assert matched(found)
    assert all(set(reader.stems(words)) <= said for words in matched(found))


def test_what_is_not_there_is_not_quoted():
    assert quotation(result(), "none such", ClauseRef(act="lampa", ref="9")) is None
    assert quotation(result(), "none such", ClauseRef(act="other", ref="5")) is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_pieces_are_the_text_and_alternate(marks):
    stretch = Span(start=10, end=50)
    spans = [Span(start=min(pair), end=max(pair)) for pair in marks]
    cut = pieces(TEXT, stretch, spans)
    assert "".join(piece.text for piece in cut) == stretch.of(TEXT)
    assert all(one.marked is not two.marked for one, two in pairwise(cut))
    at = stretch.start
    for piece in cut:
        covered = all(any(s.start <= at + i < s.end for s in spans) for i in range(len(piece.text)))
        assert piece.marked or not any(
            s.start <= at + i < s.end for s in spans for i in range(len(piece.text))
        )
        assert covered or not piece.marked or " " in piece.text
        at += len(piece.text)
