"""A clause as a reader wants to see it: what leads up to it, and which of its words matched.

What holds afterwards: the pieces of a quotation, joined, are the clause as the act writes it, in
its own script; a lead-in is a slice of the act too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nis2_align.directive import load_statements
from nis2_align.model import Assessment, ClauseRef, ElementState, Result, Segmentation, Span
from nis2_align.text.analyse import analyser
from nis2_align.text.pieces import Piece, pieces

__all__ = ["Quotation", "quotation"]

# Signals whose span is the very words that speak for the clause; that of the others is a window.
_TO_THE_WORD = frozenset({"figures", "addressee", "citation"})
_FOUND = frozenset({ElementState.MET, ElementState.WEAKER})
_NO_LEAD_IN = frozenset({"chapter", "preamble"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """A clause in its place.

    Attributes:
        heading: Heading of its article or annex; may be empty.
        lead_ins: The lead-ins of the lists that hold it, the outermost first.
        pieces: The clause; they alternate between marked and not.
        around: The whole article or annex, or the clause itself where it stands in none.
    """

    heading: str
    lead_ins: tuple[str, ...]
    pieces: tuple[Piece, ...]
    around: str

    @property
    def text(self) -> str:
        """The clause as the act writes it."""
        return "".join(piece.text for piece in self.pieces)


def quotation(result: Result, requirement: str, clause: ClauseRef) -> Quotation | None:
    """Quote a clause for a requirement.

    Args:
        result: The analysis.
        requirement: Id such as ``21(2)(j)``.
        clause: The clause; accepted or not.

    Returns:
        The quotation; matched are the words that carry an element, the figures and other words
        that a signal points at, and the words whose stem our statement has too. None where the
        result does not hold the act's text or the clause.
    """
    cut = next((one for one in result.segmentations if one.document.id == clause.act), None)
    held = {one.ref: one for one in cut.provisions} if cut else {}
    if cut is None or clause.ref not in held:
        return None
    text, here = cut.document.text, held[clause.ref]
    item = next((one for one in result.assessments if one.requirement == requirement), None)
    spans = [] if item is None else [*_pointed_at(item, clause), *_shared(item, cut, here.span)]
    chain = []
    above = held.get(here.parent or "")
    while above is not None and above.kind not in _NO_LEAD_IN:
        chain.append(above)
        above = held.get(above.parent or "")
    top = chain[-1] if chain else here
    return Quotation(
        heading=" ".join((top.heading or "").split()) if top is not here else "",
        lead_ins=tuple(words for one in reversed(chain) if (words := one.own.of(text).strip())),
        pieces=pieces(text, here.span, spans),
        around=top.span.of(text),
    )


def _pointed_at(item: Assessment, clause: ClauseRef) -> Iterator[Span]:
    for element in item.elements:
        if element.state in _FOUND:
            yield from (place.span for place in element.spans if place.act == clause.act)
    for match in (*item.provisions, *item.candidates):
        if (match.act, match.ref) == (clause.act, clause.ref):
            for evidence in match.evidence:
                if evidence.span is not None and evidence.signal in _TO_THE_WORD:
                    yield evidence.span


def _shared(item: Assessment, cut: Segmentation, span: Span) -> Iterator[Span]:
    """Yield the words whose stem stands in our statement in the act's language."""
    sentences = load_statements(cut.language).says.get(item.requirement, ())
    if not sentences:
        return
    reader = analyser(cut.language)
    wanted = {stem for sentence in sentences for stem in reader.stems(sentence)}
    for token in reader.analyse(span.of(cut.document.text)).tokens:
        if token.stem and token.stem in wanted:
            yield Span(start=span.start + token.start, end=span.start + token.end)
