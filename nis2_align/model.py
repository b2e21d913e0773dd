"""The values that travel through the house: frozen, slotted, standard library only.

Spans are half-open and count code points of ``Document.text``. ``ref`` is the project's
notation of a national provision: ``ARTICLE(PARAGRAPH)(POINT)``, e.g. ``12(3)(1)``,
``12a(2)``, ``Annex 1(3)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from nis2_align.official_text import OfficialText

__all__ = [
    "Act", "Assessment", "ClauseRef", "Coverage", "Document", "DutyKind", "ElementResult",
    "ElementState", "Elsewhere", "Evidence", "Gap", "GoldPlating", "Hint", "Issue", "Match",
    "Page", "Place", "Provision", "Reason", "RestsOn", "Result", "Review", "Segmentation", "Span",
]  # fmt: skip


class Coverage(StrEnum):
    """The verdict on one requirement."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    UNCERTAIN = "uncertain"


class DutyKind(StrEnum):
    """What a requirement asks of national law."""

    MUST = "must"
    OPTION = "option"
    NONE = "none"


class ElementState(StrEnum):
    """What the clauses say of one element."""

    MET = "met"
    WEAKER = "weaker"
    ABSENT = "absent"
    UNSURE = "unsure"


class Reason(StrEnum):
    """Why a verdict is not simply read off the elements."""

    UNION_BODY = "union_body"
    OPTION_UNUSED = "option_unused"
    CONDITION_NOT_MET = "condition_not_met"
    NO_STATEMENT = "no_statement"
    CHAPEAU = "chapeau"
    UNDECIDED = "undecided"


GapKind = Literal[
    "element", "figure", "modality", "addressee", "scope", "condition", "delegation", "conflict"
]
ProvisionKind = Literal[
    "preamble", "chapter", "article", "paragraph", "point", "subpoint", "dash",
    "annex", "row", "closing",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open stretch of ``Document.text``: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the stretch of ``text`` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something odd that did not stop the work.

    Attributes:
        code: Stable snake_case name, e.g. ``page_without_text``.
        message: What happened, where, and what to do, in one or two sentences, in English;
            :func:`nis2_align.notices.issue_text` says it in other languages.
        values: What the message was filled with.
        severity: ``info`` or ``warning``.
        act: Id of the act, or None where the issue concerns none.
        page: Page number from 1, or None.
        span: Where in the text, or None.
    """

    code: str
    message: str
    values: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    severity: Literal["info", "warning"] = "warning"
    act: str | None = None
    page: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a paged source; ``span`` is its text, which may be empty."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the file format knew about a stretch of text.

    Attributes:
        kind: ``heading`` (a title style or tag), ``bold`` (a whole bold line), ``table_row``.
        span: The stretch, a whole number of lines.
        level: Depth of a heading from 1, else None.
    """

    kind: Literal["heading", "bold", "table_row"]
    span: Span
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as text.

    Attributes:
        id: Short name, unique in a dossier (the file's stem).
        name: File name without folders, for messages.
        title: Title found in the file, or None.
        text: The whole text, lines ended by a line feed; never normalised further.
        format: ``text``, ``html``, ``docx``, ``pdf``, ``akn``, ``doc``, ``odt`` or ``rtf``.
        sha256: Hex digest of the bytes.
        text_sha256: Hex digest of ``text`` in UTF-8.
        pages: Pages in order; empty for formats without pages.
        hints: Structure hints in order of their start.
        issues: What went wrong on the way.
    """

    id: str
    name: str
    title: str | None = None
    text: str
    format: Literal["text", "html", "docx", "pdf", "akn", "doc", "odt", "rtf"]
    sha256: str
    text_sha256: str
    pages: tuple[Page, ...] = ()
    hints: tuple[Hint, ...] = ()
    issues: tuple[Issue, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """Return the number of the page on which ``offset`` lies, or None."""
        for page in self.pages:
            if page.span.start <= offset < page.span.end:
                return page.number
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One article, paragraph, point or annex row of an act.

    Attributes:
        act: Id of the document.
        ref: The project's notation, unique in the act: ``12(3)(1)``, ``Annex 1(3)``; chapters
            are ``Chapter 2`` (counted), the preamble ``Preamble``, the signature ``Closing``.
        label: The number as printed, e.g. ``Члан 12.``, ``(3)``, ``1)``, ``–`` or ``""``.
        kind: See :data:`ProvisionKind`.
        heading: Heading text of a chapter, article or annex, or None.
        heading_span: Where the heading stands, or None.
        span: The whole provision with its label, heading and children.
        own: What belongs to the provision itself and not to a child: from the end of the label
            and heading to the first child (the chapeau), trimmed of white space; may be empty.
        parent: ``ref`` of the provision that holds this one, or None.
        page: Number of the page on which it begins, or None.
    """

    act: str
    ref: str
    label: str
    kind: ProvisionKind
    heading: str | None = None
    heading_span: Span | None = None
    span: Span
    own: Span
    parent: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmentation:
    """A document cut into provisions, parents before children, in the order of the text."""

    document: Document
    language: str
    provisions: tuple[Provision, ...]
    amending: bool = False
    issues: tuple[Issue, ...] = ()

    def articles(self) -> tuple[Provision, ...]:
        """Return the articles in order."""
        return tuple(p for p in self.provisions if p.kind == "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One national text as the analysis saw it.

    Attributes:
        id: Id of its document.
        title: Title, or the file's name.
        language: Code of the language pack.
        script: ISO 15924, ``Latn`` or ``Cyrl``.
        country: ISO 3166 code or None where nothing in the text tells.
        jurisdiction: ``RS``, ``BA``, ``BA-SRP`` ...; the country unless said otherwise.
        sha256: Digest of the bytes.
        text_sha256: Digest of the text that spans count in.
        articles: Number of articles.
        detected: ``language`` and ``country`` → certainty in [0, 1]; 1.0 where a person said it.
        planned: ISO date on which a planned act is due, or None.
        kind: ``law``, ``by_law``, ``penalties`` or ``amending`` where a person said so.
        amending: The act mainly changes another act.
    """

    id: str
    title: str
    language: str
    script: str
    country: str | None
    jurisdiction: str | None
    sha256: str
    text_sha256: str
    articles: int
    detected: dict[str, float] = field(default_factory=dict)
    planned: str | None = None
    kind: str | None = None
    amending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One signal's share in a match; the shares add up to the match's score.

    Attributes:
        signal: Name of the signal, e.g. ``bm25``.
        contribution: Signed share of the score.
        why: The reason in plain words.
        span: The stretch quoted, or None for signals that look at no single stretch.
    """

    signal: str
    contribution: float
    why: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One requirement–provision pair.

    ``score`` equals the sum of the contributions. ``selected_by`` says how the clause was
    chosen (``best``, ``near best``, ``list item`` ...) or, for a candidate, why it was not.
    """

    act: str
    ref: str
    label: str
    score: float
    selected_by: str
    view: Literal["statements", "official_text"] = "statements"
    quote: str
    page: int | None
    span: Span
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of one act."""

    act: str
    ref: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementResult:
    """What was found of one element.

    Attributes:
        id: Its id, e.g. ``21(2)(j)#voice``.
        state: How far it was found.
        label: Its name for people, in the language of the result; empty where none was given.
        spans: The stretches that carry it.
        strength: How much of it was found, in [0, 1].
        found: The figure or the few words found instead, or None.
    """

    id: str
    state: ElementState
    label: str = ""
    spans: tuple[Place, ...] = ()
    strength: float = 0.0
    found: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is missing or weaker, in words a drafter can act on."""

    kind: GapKind
    element: str | None = None
    message: str
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlating:
    """A candidate for gold-plating: a clause that may go beyond the directive.

    Attributes:
        requirement: Id of the requirement that the clause transposes.
        kind: ``figure``: a shorter deadline or period than the directive allows; ``scope``: the
            clause binds others beside those whom the directive addresses.
        message: Why it is a candidate and what to check, in the language of the result.
        expected: What the directive sets, e.g. ``24 hours``.
        found: What the clause sets, e.g. ``12 hours``.
        act: Id of the act that holds the clause.
        ref: The clause.
    """

    requirement: str
    kind: Literal["figure", "scope"]
    message: str
    expected: str | None = None
    found: str | None = None
    act: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestsOn:
    """What the grade becomes when these clauses are taken away."""

    without: tuple[str, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A clause in an act that is not loaded, cited by a person.

    ``planned`` is the ISO date on which an act still to be made is due, or None.
    """

    title: str
    gazette: str | None = None
    article: str | None = None
    celex: str | None = None
    planned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ClauseRef:
    """The name of a clause: the id of its act and its ``ref`` there."""

    act: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's decision, laid over an assessment.

    Attributes:
        grade: The grade the person gave, or None where they gave none.
        comment: What they wrote; may be empty.
        who: Their name as they gave it.
        when: When, ISO 8601 in UTC.
        added: Clauses that the tool did not accept and that count.
        removed: Clauses that the tool accepted and that do not count.
        elsewhere: Where acts that are not loaded meet the requirement.
        stale: It was taken on an earlier draft, and what it rests on has changed since.
    """

    grade: Coverage | None = None
    comment: str = ""
    who: str
    when: str
    added: tuple[ClauseRef, ...] = ()
    removed: tuple[ClauseRef, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The verdict on one requirement; see the JSON contract for the meaning of each field.

    ``jurisdictions`` has the coverage in each of parallel jurisdictions, of which the weakest
    counts; it is empty where the acts have but one.
    """

    requirement: str
    duty: DutyKind
    coverage: Coverage
    confidence: float
    parent: str | None = None
    reason: Reason | None = None
    elements: tuple[ElementResult, ...] = ()
    rests_on: tuple[RestsOn, ...] = ()
    supported: bool | None = None
    provisions: tuple[Match, ...] = ()
    candidates: tuple[Match, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    gaps: tuple[Gap, ...] = ()
    gold_plating: tuple[GoldPlating, ...] = ()
    jurisdictions: tuple[tuple[str, Coverage], ...] = ()
    rationale: str = ""
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An analysis: the acts, one assessment per requirement of the catalogue, and issues.

    ``words`` is the language of its gaps, rationales, labels and reasons; ``official_text`` is what
    the user gave, if anything.
    """

    celex: str
    catalogue_version: str
    acts: tuple[Act, ...]
    assessments: tuple[Assessment, ...]
    segmentations: tuple[Segmentation, ...] = ()
    issues: tuple[Issue, ...] = ()
    official_text: OfficialText | None = None
    words: str = "en"
