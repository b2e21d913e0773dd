"""What must hold of every segmentation, as one function for many tests."""

from __future__ import annotations

from collections.abc import Iterator

from nis2_align.model import Document, Provision, Segmentation, Span

# Marks that belong to no word: Markdown titles, bars of tables, what stands between a number and
# a heading, characters without a shape.
_MARKS = "#|:–—-\u00ad\u200b\ufeff"


def document(text: str, name: str = "act.txt") -> Document:
    return Document(
        id=name.partition(".")[0], name=name, text=text, format="text", sha256="", text_sha256=""
    )


def faults(segmentation: Segmentation) -> list[str]:
    """Return what is wrong with the segmentation; an empty list where every guarantee holds."""
    return [
        *_spans(segmentation),
        *_nesting(segmentation),
        *_tiling(segmentation),
        *_losses(segmentation),
    ]


def _spans(segmentation: Segmentation) -> Iterator[str]:
    text = segmentation.document.text
    for one in segmentation.provisions:
        stretches = [one.span, one.own, *([one.heading_span] if one.heading_span else [])]
        for span in stretches:
            if not 0 <= span.start <= span.end <= len(text):
                yield f"{one.ref}: {span} is outside the text"
            if span.of(text) != span.of(text).strip():
                yield f"{one.ref}: white space at the ends of {span}"
            if not _inside(span, one.span):
                yield f"{one.ref}: {span} is outside {one.span}"
        if not one.span.of(text):
            yield f"{one.ref} is empty"
        if (one.heading is None) != (one.heading_span is None):
            yield f"{one.ref}: heading without span"
        if one.heading_span and " ".join(one.heading_span.of(text).split()) != one.heading:
            yield f"{one.ref}: heading is not what stands there"


def _nesting(segmentation: Segmentation) -> Iterator[str]:
    seen: dict[str, Provision] = {}
    last: dict[str | None, int] = {}
    for one in segmentation.provisions:
        if one.ref in seen:
            yield f"{one.ref} is not unique"
        if one.parent is not None:
            parent = seen.get(one.parent)
            if parent is None:
                yield f"{one.ref} comes before its parent {one.parent}"
            elif not _inside(one.span, parent.span):
                yield f"{one.ref} is outside its parent {one.parent}"
            elif parent.own.end > one.span.start:
                yield f"{one.parent}: own runs into {one.ref}"
        if one.span.start < last.get(one.parent, 0):
            yield f"{one.ref} overlaps the provision before it"
        last[one.parent] = one.span.end
        seen[one.ref] = one


def _tiling(segmentation: Segmentation) -> Iterator[str]:
    text, place = segmentation.document.text, 0
    for one in segmentation.provisions:
        if one.parent is None:
            if text[place : one.span.start].strip():
                yield f"text is lost before {one.ref}"
            place = one.span.end
    if text[place:].strip():
        yield "text is lost at the end"


def _losses(segmentation: Segmentation) -> Iterator[str]:
    """What of a provision lies in no child, ``own`` or heading must be its label."""
    text = segmentation.document.text
    labels = {one.ref: one.label for one in segmentation.provisions}
    headings = [one.heading_span for one in segmentation.provisions if one.heading_span]
    children: dict[str | None, list[Span]] = {}
    for one in segmentation.provisions:
        children.setdefault(one.parent, []).append(one.span)
    for one in segmentation.provisions:
        taken = [one.own, *headings, *children.get(one.ref, [])]
        before = _rest(text, Span(start=one.span.start, end=one.own.start), taken)
        after = _rest(text, Span(start=one.own.end, end=one.span.end), taken)
        for label in (one.label, labels.get(one.parent or "", "")):
            if label:
                before = before.replace(label, "", 1)
        if before.strip(_MARKS + " ") or after.strip(_MARKS + " "):
            yield f"{one.ref}: lost {before!r} {after!r}"


def _rest(text: str, zone: Span, taken: list[Span]) -> str:
    """Return the words of a zone that no stretch covers."""
    pieces, place = [], zone.start
    for span in sorted(span for span in taken if span.end > zone.start and span.start < zone.end):
        pieces.append(text[place : max(place, span.start)])
        place = max(place, span.end)
    pieces.append(text[place : max(place, zone.end)])
    return " ".join(" ".join(pieces).split())


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
