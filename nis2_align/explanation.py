"""Why one requirement got its verdict: a waterfall per clause, and the elements.

What holds afterwards: the bars of a waterfall are all the evidence there is, and add up to the
score that is shown; a quoted stretch is a slice of the act's text.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nis2_align.directive import element_name
from nis2_align.errors import UnknownRequirementError
from nis2_align.messages import Messages, messages
from nis2_align.model import Assessment, ElementResult, Evidence, Match, Result, Span

__all__ = ["Bar", "Explanation", "Finding", "Waterfall", "explain"]

_QUOTE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One signal's share of a score; ``quote`` is the stretch it rests on, or None."""

    signal: str
    contribution: float
    why: str
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """How the score of one clause comes about."""

    act: str
    ref: str
    label: str
    page: int | None
    score: float
    selected_by: str
    quote: str
    bars: tuple[Bar, ...]

    @property
    def total(self) -> float:
        """Sum of the bars; the score, up to the error of adding floats."""
        return sum(bar.contribution for bar in self.bars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of one element, with the stretches that carry it: (``ref``, words).

    ``label`` is the element's name for people.
    """

    element: str
    label: str
    state: str
    quotes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The verdict on one requirement with everything that it rests on; ``str()`` prints it.

    Attributes:
        heading: Our own short summary of the requirement; may be empty.
        official: Its official text, where the user gave one that holds it, else empty.
        assessment: The verdict itself.
        accepted: One waterfall per accepted clause, best first.
        candidates: The same for ranked clauses that were not accepted.
        findings: One per element, in the order of the catalogue.
        language: Language of the printed words.
    """

    heading: str
    assessment: Assessment
    accepted: tuple[Waterfall, ...]
    candidates: tuple[Waterfall, ...]
    findings: tuple[Finding, ...]
    language: str = "en"
    official: str = ""

    def __str__(self) -> str:
        """Return the explanation as text of several lines."""
        return "\n".join(_lines(self, messages(self.language)))


def explain(
    result: Result,
    requirement: str,
    headings: Mapping[str, str] | None = None,
    language: str | None = None,
) -> Explanation:
    """Explain one verdict.

    Args:
        result: The analysis.
        requirement: Id such as ``21(2)(j)``.
        headings: Id of a requirement → our short summary of it.
        language: Language of the printed words; that of the result where None.

    Returns:
        The explanation.

    Raises:
        UnknownRequirementError: The result holds no such requirement; names the nearest ids.
    """
    item = _find(result, requirement)
    texts = {cut.document.id: cut.document.text for cut in result.segmentations}
    return Explanation(
        heading=(headings or {}).get(item.requirement, ""),
        assessment=item,
        accepted=tuple(_waterfall(match, texts) for match in item.provisions),
        candidates=tuple(_waterfall(match, texts) for match in item.candidates),
        findings=tuple(_finding(element, item, texts) for element in item.elements),
        language=language or result.words,
        official=_official(result, item.requirement),
    )


def _official(result: Result, requirement: str) -> str:
    given = result.official_text
    return (given.text(requirement) or "") if given else ""


def _find(result: Result, requirement: str) -> Assessment:
    wanted = "".join(requirement.split())
    held = {item.requirement: item for item in result.assessments}
    if wanted in held:
        return held[wanted]
    near = difflib.get_close_matches(wanted, held, n=3, cutoff=0.5)
    remedy = f"The nearest are {', '.join(near)}." if near else "Ids look like 21(2)(j) or I(1)(a)."
    raise UnknownRequirementError(f'There is no requirement "{requirement}".', remedy)


def _waterfall(match: Match, texts: Mapping[str, str]) -> Waterfall:
    return Waterfall(
        act=match.act,
        ref=match.ref,
        label=match.label,
        page=match.page,
        score=match.score,
        selected_by=match.selected_by,
        quote=match.quote,
        bars=tuple(_bar(evidence, match, texts) for evidence in match.evidence),
    )


def _bar(evidence: Evidence, match: Match, texts: Mapping[str, str]) -> Bar:
    return Bar(
        signal=evidence.signal,
        contribution=evidence.contribution,
        why=evidence.why,
        quote=_slice(evidence.span, match.act, texts, match),
    )


def _slice(
    span: Span | None, act: str, texts: Mapping[str, str], match: Match | None
) -> str | None:
    """Cut the stretch out of the act; out of the quote where the act's text is not at hand."""
    if span is None:
        return None
    if act in texts:
        return span.of(texts[act]) or None
    if match is None or not match.span.start <= span.start <= span.end <= match.span.end:
        return None
    if len(match.quote) != match.span.end - match.span.start:
        return None
    offset = match.span.start
    return match.quote[span.start - offset : span.end - offset] or None


def _finding(element: ElementResult, item: Assessment, texts: Mapping[str, str]) -> Finding:
    by_ref = {(match.act, match.ref): match for match in item.provisions}
    quotes = (
        (place.ref, _slice(place.span, place.act, texts, by_ref.get((place.act, place.ref))))
        for place in element.spans
    )
    return Finding(
        element=element.id,
        label=element.label or element_name(element.id),
        state=element.state.value,
        quotes=tuple((ref, words or "") for ref, words in quotes),
    )


def _lines(told: Explanation, say: Messages) -> Iterator[str]:
    item = told.assessment
    yield f"{item.requirement}  {told.heading}".rstrip()
    if told.official:
        yield f"{say.text('column_official')}:"
        yield from (f"  {line}" for line in told.official.splitlines())
    confidence = say.text("explain_confidence", confidence=say.number(item.confidence, 2))
    reason = f" ({say.text(f'reason_{item.reason.value}')})" if item.reason else ""
    yield f"{say.text(f'grade_{item.coverage.value}')}{reason}, {confidence}"
    if item.rationale:
        yield item.rationale
    yield from _section(say.text("explain_accepted"))
    if not told.accepted:
        yield f"  {say.text('explain_no_clause')}"
    for waterfall in told.accepted:
        yield from _clause_lines(waterfall, say)
    yield from _element_lines(told, say)
    yield from _ground_lines(item, say)
    if item.gaps:
        yield from _section(say.text("explain_gaps"))
        yield from (f"  {say.text(f'kind_{gap.kind}')}: {gap.message}" for gap in item.gaps)
    if told.candidates:
        yield from _section(say.text("explain_candidates"))
    for waterfall in told.candidates:
        yield from _clause_lines(waterfall, say)


def _section(title: str) -> Iterator[str]:
    yield ""
    yield title


def _clause_lines(waterfall: Waterfall, say: Messages) -> Iterator[str]:
    place = f"{waterfall.act}: {waterfall.ref}"
    if waterfall.page is not None:
        place += f", {say.text('page_number', page=waterfall.page)}"
    yield f"  {place}  [{waterfall.selected_by}]"
    yield f"    “{_short(waterfall.quote)}”"
    width = max((len(bar.signal) for bar in waterfall.bars), default=0)
    for bar in waterfall.bars:
        quote = f": “{_short(bar.quote)}”" if bar.quote else ""
        yield f"    {bar.contribution:+9.4f}  {bar.signal:<{width}}  {bar.why}{quote}"
    yield f"    {'-' * 9}"
    yield f"    {waterfall.total:+9.4f}  {say.text('explain_sum')}"
    yield f"    {waterfall.score:+9.4f}  {say.text('explain_score')}"


def _element_lines(told: Explanation, say: Messages) -> Iterator[str]:
    if not told.findings:
        return
    yield from _section(say.text("explain_elements"))
    words = {state: say.text(f"state_{state}") for state in ("met", "weaker", "absent", "unsure")}
    width = max(map(len, words.values()))
    for finding in told.findings:
        quotes = "; ".join(
            f"{ref}: “{_short(text)}”" if text else ref for ref, text in finding.quotes
        )
        where = f"  ({quotes})" if quotes else ""
        yield f"  {words[finding.state]:<{width}}  {finding.label}{where}"


def _ground_lines(item: Assessment, say: Messages) -> Iterator[str]:
    if not item.rests_on and item.supported is None:
        return
    yield from _section(say.text("explain_rests_on"))
    for part in item.rests_on:
        coverage = say.text(f"grade_{part.coverage.value}")
        refs = ", ".join(part.without)
        yield f"  {say.text('explain_without', refs=refs, coverage=coverage)}"
    if item.supported is not None:
        yield f"  {say.text('explain_supported' if item.supported else 'explain_unsupported')}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTE else flat[:_QUOTE].rpartition(" ")[0] + " […]"
