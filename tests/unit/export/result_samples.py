"""Results built by hand: the back of the house is tested apart from matching and grading."""

import hashlib
from dataclasses import replace

from nis2_align.model import (
    Act,
    Assessment,
    Coverage,
    Document,
    DutyKind,
    ElementResult,
    ElementState,
    Elsewhere,
    Evidence,
    Gap,
    GoldPlating,
    Issue,
    Match,
    Page,
    Place,
    Provision,
    Reason,
    RestsOn,
    Result,
    Segmentation,
    Span,
)

TEXT = """Глава прва
Члан 1.
Овај закон уређује маяк и светионике.
Члан 2.
(1) Оператор пријављује квар у року од 48 часова.
(2) Оператор може да шифрује глас и слику.
1) глас;
2) слика.
Члан 3.
=HYPERLINK("http://example.invalid";"квар") остаје реч у закону.
Прилог 1.
Светионици на обали.
"""

NODES = (
    # ref, label, kind, parent, first words, last words
    ("Chapter 1", "Глава прва", "chapter", None, "Глава прва", "у закону."),
    ("1", "Члан 1.", "article", "Chapter 1", "Члан 1.", "светионике."),
    ("2", "Члан 2.", "article", "Chapter 1", "Члан 2.", "слика."),
    ("2(1)", "(1)", "paragraph", "2", "(1) Оператор", "48 часова."),
    ("2(2)", "(2)", "paragraph", "2", "(2) Оператор", "слика."),
    ("2(2)(1)", "1)", "point", "2(2)", "1) глас;", "1) глас;"),
    ("2(2)(2)", "2)", "point", "2(2)", "2) слика.", "2) слика."),
    ("3", "Члан 3.", "article", "Chapter 1", "Члан 3.", "у закону."),
    ("Annex 1", "Прилог 1.", "annex", None, "Прилог 1.", "на обали."),
)


def stretch(words, last=None):
    start = TEXT.index(words)
    end = TEXT.index(last or words, start) + len(last or words)
    return Span(start=start, end=end)


def segmentation(act="svetionik"):
    cut = TEXT.index("Члан 3.")
    document = Document(
        id=act,
        name=f"{act}.txt",
        text=TEXT,
        format="text",
        sha256=hashlib.sha256(b"bytes").hexdigest(),
        text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        pages=(
            Page(number=1, span=Span(start=0, end=cut)),
            Page(number=2, span=Span(start=cut, end=len(TEXT))),
        ),
    )
    provisions = []
    for ref, label, kind, parent, first, last in NODES:
        span = stretch(first, last)
        body = span.start + len(label)
        provisions.append(
            Provision(
                act=act, ref=ref, label=label, kind=kind, parent=parent, span=span,
                own=Span(start=min(body + 1, span.end), end=span.end),
                page=document.page_of(span.start),
            )
        )  # fmt: skip
    return Segmentation(document=document, language="sr", provisions=tuple(provisions))


def match(ref, label, words, last=None, act="svetionik", by="best"):
    span = stretch(words, last)
    inner = Span(start=span.start, end=span.start + 10)
    shares = (0.312345678, 0.25, -0.0312345671)
    return Match(
        act=act,
        ref=ref,
        label=label,
        score=sum(shares),
        selected_by=by,
        quote=span.of(TEXT),
        page=1,
        span=span,
        evidence=(
            Evidence(signal="bm25", contribution=shares[0], why="shares rare words", span=inner),
            Evidence(signal="heading", contribution=shares[1], why="alike headings"),
            Evidence(signal="modality", contribution=shares[2], why="may, not shall", span=inner),
        ),
    )


def act(identifier="svetionik"):
    held = segmentation(identifier).document
    return Act(
        id=identifier, title="Закон о светионицима & маяцима", language="sr", script="Cyrl",
        country="RS", jurisdiction="RS", sha256=held.sha256, text_sha256=held.text_sha256,
        articles=3, detected={"country": 0.9, "language": 0.98},
    )  # fmt: skip


def assessments():
    report = match("2(1)", "(1)", "(1) Оператор", "48 часова.")
    voice = match("2(2)", "(2)", "(2) Оператор", "слика.", by="near best")
    found = Place(act="svetionik", ref="2(2)(1)", span=stretch("1) глас;"))
    return (
        Assessment(
            requirement="1(1)", duty=DutyKind.MUST, coverage=Coverage.UNCERTAIN, confidence=0.0,
            reason=Reason.NO_STATEMENT,
        ),
        Assessment(
            requirement="19(1)", duty=DutyKind.NONE, coverage=Coverage.NOT_APPLICABLE,
            confidence=1.0, reason=Reason.UNION_BODY, rationale="Nothing to transpose.",
        ),
        Assessment(
            requirement="21(2)(j)", duty=DutyKind.MUST, coverage=Coverage.FULL,
            confidence=0.8712345678, parent="21(2)", supported=True,
            provisions=(voice,), candidates=(report,),
            elements=(
                ElementResult(
                    id="21(2)(j)#secured_voice", state=ElementState.MET, spans=(found,),
                    label="zaštićena govorna komunikacija", strength=0.9,
                ),
            ),
            rests_on=(RestsOn(without=("2(2)",), coverage=Coverage.NONE),),
            elsewhere=(Elsewhere(title="Another act", gazette="1/2030", article="4"),),
            rationale="Every element (1) was found in 2(2).",
        ),
        Assessment(
            requirement="23(4)(a)", duty=DutyKind.MUST, coverage=Coverage.PARTIAL, confidence=0.7,
            provisions=(report,), supported=False,
            elements=(
                ElementResult(id="23(4)(a)#day", state=ElementState.WEAKER, found="48 h"),
                ElementResult(id="23(4)(a)#unlawful", state=ElementState.ABSENT),
            ),
            gaps=(
                Gap(
                    kind="figure", element="23(4)(a)#day", message="24 h required, 48 h found",
                    expected="24 h", found="48 h",
                ),
                Gap(
                    kind="element", element="23(4)(a)#unlawful",
                    message='=1+1 "unlawful" is absent.',
                ),
            ),
            rationale="1 of 2",
        ),
        Assessment(
            requirement="23(5)", duty=DutyKind.MUST, coverage=Coverage.NONE, confidence=0.9,
            rationale="not found in the acts given",
        ),
        Assessment(
            requirement="I(1)(a)", duty=DutyKind.MUST, coverage=Coverage.UNCERTAIN, confidence=0.4,
            reason=Reason.UNDECIDED,
            provisions=(match("Annex 1", "Прилог 1.", "Прилог 1.", "обали."),),
        ),
    )  # fmt: skip


CANDIDATE = GoldPlating(
    requirement="23(4)(a)", kind="figure", message="12 h, where the directive allows 24 h",
    expected="24 h", found="12 h", act="svetionik", ref="2(1)",
)  # fmt: skip


def beyond(**changes):
    """The assessments, one of them with a candidate for gold-plating."""
    held = list(assessments())
    held[3] = replace(held[3], gold_plating=(CANDIDATE,), **changes)
    return tuple(held)


HEADINGS = {
    "21(2)(j)": "strong authentication and secured communication",
    "23(4)(a)": "early warning within a day",
    "23(5)": "=2+2 answer of the CSIRT",
}


def result(**changes):
    held = Result(
        celex="32022L2555",
        catalogue_version="abc123",
        acts=(act(),),
        assessments=assessments(),
        segmentations=(segmentation(),),
        issues=(
            Issue(
                code="page_without_text", message="Page 3 holds no text.", act="svetionik", page=3
            ),
            Issue(code="note", message="@note", severity="info", span=Span(start=0, end=4)),
        ),
    )
    return replace(held, **changes)
