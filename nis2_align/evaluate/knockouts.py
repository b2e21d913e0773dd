"""Knock-outs: a law with one clause deleted or weakened on purpose.

The grade that must follow is known, so gap finding is measured on real wording without further
labels. The text itself is edited and read anew from the start; nothing is taken from the analysis
of the whole law but where the labelled clauses and the weakened words stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nis2_align.directive import Requirement, load_directive
from nis2_align.evaluate.gold import GoldRow, at_depth
from nis2_align.grade.bench import Bench, bench
from nis2_align.grade.comparison import governing_modal
from nis2_align.grade.elements import has_force
from nis2_align.grade.sightings import Sighting
from nis2_align.grade.verdict import Verdict, judge
from nis2_align.languages import Language, language
from nis2_align.match.blend import blend, weights
from nis2_align.match.clauses import Clause, clause_set
from nis2_align.match.queries import queries
from nis2_align.match.terms import TermSpace
from nis2_align.messages import REFERENCE, messages
from nis2_align.model import (
    Assessment,
    Coverage,
    Document,
    DutyKind,
    ElementState,
    Provision,
    Result,
    Segmentation,
    Span,
)
from nis2_align.segment import segment
from nis2_align.text.analyse import analyser
from nis2_align.text.figures import FigureMention, dimension

__all__ = ["OPERATORS", "Edit", "Outcome", "edits", "outcome"]

OPERATORS = ("delete_all", "delete_one", "figure", "modality")


@dataclass(frozen=True, slots=True)
class Edit:
    """One knock-out.

    Attributes:
        operator: One of :data:`OPERATORS`.
        requirement: Whose clauses are touched.
        element: The element weakened, or None for deletions.
        changes: Stretches of the text with what takes their place, in order, not overlapping.
    """

    operator: str
    requirement: str
    element: str | None
    changes: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What followed.

    Attributes:
        edit: The knock-out.
        before: Grade before.
        after: Grade after.
        followed: What had to follow did.
        became_none: The grade is ``none`` (for deletions of everything).
        kept: How many requirements that were not touched kept their grade.
        untouched: How many there are.
    """

    edit: Edit
    before: Coverage
    after: Coverage
    followed: bool
    became_none: bool
    kept: int
    untouched: int


def edits(result: Result, gold: Mapping[str, GoldRow], operator: str) -> Iterator[Edit]:
    """List the knock-outs of one kind that a labelled law allows.

    Options and chapeaux are left out: their grades follow other rules.

    Args:
        result: The analysis of the whole law, one act.
        gold: Its labels.
        operator: One of :data:`OPERATORS`.

    Yields:
        The edits, in the order of the labels.
    """
    requirements = load_directive().requirements
    segmentation = result.segmentations[0]
    by_id = {a.requirement: a for a in result.assessments}
    for id_, label in gold.items():
        requirement, assessment = requirements[id_], by_id[id_]
        if requirement.chapeau or requirement.duty is not DutyKind.MUST or not label.graded:
            continue
        if operator in {"delete_all", "delete_one"}:
            yield from _deletions(segmentation, assessment, label, operator)
        elif assessment.coverage in {Coverage.FULL, Coverage.PARTIAL}:
            yield from _weakenings(segmentation, requirement, assessment, operator)


def _deletions(
    segmentation: Segmentation, assessment: Assessment, label: GoldRow, operator: str
) -> Iterator[Edit]:
    if assessment.coverage is not Coverage.FULL or label.grade != "full":
        return
    provisions = _labelled(segmentation, label.refs)
    if operator == "delete_one":
        provisions = provisions[:1] if len({at_depth(r, 0) for r in label.refs}) > 1 else []
    spans = _merged([provision.span for provision in provisions])
    if spans:
        changes = tuple((span, "") for span in spans)
        yield Edit(operator, label.requirement, None, changes)


def _labelled(segmentation: Segmentation, refs: Sequence[str]) -> list[Provision]:
    by_ref = {_plain(provision.ref): provision for provision in segmentation.provisions}
    return [by_ref[_plain(ref)] for ref in refs if _plain(ref) in by_ref]


def _plain(ref: str) -> str:
    return at_depth(ref, 9)


def _merged(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(start=kept[-1].start, end=max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return kept


def _weakenings(
    segmentation: Segmentation, requirement: Requirement, assessment: Assessment, operator: str
) -> Iterator[Edit]:
    clauses = clause_set([segmentation], [analyser(segmentation.language)])
    accepted = [
        clauses.clauses[clauses.by_ref[match.act, match.ref]] for match in assessment.provisions
    ]
    specs = {element.id: element for element in requirement.elements}
    for element in assessment.elements:
        spec = specs[element.id]
        if element.state is not ElementState.MET or not element.spans:
            continue
        if operator == "figure" and spec.figure is not None:
            bound = spec.figure.direction == "at_most"
            pack = language(segmentation.language)
            changes = _figure_changes(accepted, element.spans[0].span, pack, double=bound)
        elif operator == "modality" and spec.figure is None and has_force(requirement, spec):
            changes = _modal_changes(segmentation, accepted, element.spans[0].span)
        else:
            continue
        if changes:
            yield Edit(operator, requirement.id, element.id, tuple(changes))


def _figure_changes(
    accepted: Sequence[Clause], where: Span, pack: Language, *, double: bool
) -> list[tuple[Span, str]]:
    """Write a weaker number wherever the accepted clauses hold the same figure or a better one."""
    mentions = [
        (clause, mention)
        for clause in accepted
        for mention in clause.text.figures
        if clause.body[0] <= mention.first and mention.last <= clause.body[1]
    ]
    found = next((m for c, m in mentions if c.text.span(m.first, m.last) == where), None)
    if found is None:
        return []
    value = found.value * 2 if double else found.value / 10
    changes = {}
    for clause, mention in mentions:
        same = dimension(mention.unit) == dimension(found.unit)
        as_good = mention.value <= found.value if double else mention.value >= found.value
        if same and as_good:
            span = clause.text.span(mention.first, mention.last)
            changes[span] = _with_number(clause, mention, value, pack)
    return sorted(changes.items())


def _with_number(clause: Clause, mention: FigureMention, value: float, pack: Language) -> str:
    """Return the mention's words with another number; its unit, if it stands behind, stays."""
    words = [token.lower for token in clause.text.tokens[mention.first : mention.last]]
    endings = [" ".join(words[-size:]) for size in (3, 2, 1)]
    known = {unit.lower() for unit in pack.units.get(mention.unit, ())}
    unit = next((ending for ending in endings if ending in known), "")
    return f"{value:.10g}".replace(".", pack.decimal) + f" {unit}".rstrip()


def _modal_changes(
    segmentation: Segmentation, accepted: Sequence[Clause], where: Span
) -> list[tuple[Span, str]]:
    """Turn the duty that governs the element's stretch into an option.

    And with it every duty of the accepted clauses: a law that says a thing twice still binds
    where it is weakened once.
    """
    weaken = language(segmentation.language).weaken
    changes: dict[Span, str] = {}
    found = False
    for clause in accepted:
        first, last = clause.text.within(where)
        inside = clause.body[0] <= first < clause.body[1]
        places = [(first, max(first + 1, last))] if inside else []
        places += [(m.first, m.last) for m in clause.text.modals_in(*clause.body)]
        for place in places or [(clause.body[0], clause.body[0] + 1)]:
            change = _weakened(segmentation, clause, place, weaken)
            if change is not None:
                changes[change[0]] = change[1]
                found = found or (inside and place == places[0])
    return sorted(changes.items()) if found else []


def _weakened(
    segmentation: Segmentation, clause: Clause, place: tuple[int, int], weaken: Mapping[str, str]
) -> tuple[Span, str] | None:
    """Return the change of the duty that governs a stretch, or None where none does."""
    modal = governing_modal(clause, Sighting(1.0, clause.index, *place, ""))
    if modal is None or modal.kind != "duty":
        return None
    span = clause.text.span(modal.first, modal.last)
    words = [token.lower for token in clause.text.tokens[modal.first : modal.last]]
    option = weaken.get(" ".join(words))
    if option is None:
        return None
    # A heading in capitals stays one.
    capitals = span.of(segmentation.document.text).isupper()
    return span, option.upper() if capitals else option


def _edited(document: Document, changes: Sequence[tuple[Span, str]]) -> Document:
    parts: list[str] = []
    position = 0
    for span, text in changes:
        parts += [document.text[position : span.start], text]
        position = span.end
    text = "".join(parts) + document.text[position:]
    digest = hashlib.sha256(text.encode()).hexdigest()
    # Hints and pages point into the whole text, so the edited one is read without them.
    return replace(document, text=text, text_sha256=digest, hints=(), pages=())


def outcome(result: Result, gold: Mapping[str, GoldRow], edit: Edit) -> Outcome:
    """Apply a knock-out, analyse the edited law, and compare.

    Args:
        result: The analysis of the whole law, one act.
        gold: Its labels.
        edit: The knock-out.

    Returns:
        What followed.
    """
    document = _edited(result.segmentations[0].document, edit.changes)
    laid = _bench(document, result.segmentations[0].language)
    rows = {q.requirement.id: row for row, q in enumerate(laid.blend.space.queries)}
    before = {a.requirement: a for a in result.assessments}
    old, new = before[edit.requirement], judge(laid, rows[edit.requirement])
    untouched = [i for i in gold if i in rows and _is_untouched(result, gold, edit, before[i])]
    kept = sum(before[i].coverage is judge(laid, rows[i]).coverage for i in untouched)
    return Outcome(
        edit=edit,
        before=old.coverage,
        after=new.coverage,
        followed=_followed(edit, old, new),
        became_none=new.coverage is Coverage.NONE,
        kept=kept,
        untouched=len(untouched),
    )


def _bench(document: Document, spoken: str) -> Bench:
    """Read the edited act from the start, up to where requirements are judged."""
    segmentation = segment(document, language(spoken))
    clauses = clause_set([segmentation], [analyser(spoken)])
    return bench(blend(TermSpace(clauses, queries(spoken)), weights()), messages(REFERENCE))


def _followed(edit: Edit, old: Assessment, new: Verdict) -> bool:
    if edit.operator == "delete_all":
        return new.coverage is not Coverage.FULL
    states = {e.result.id: e.result.state for e in new.elements}
    if edit.operator == "delete_one":
        met = {e.id for e in old.elements if e.state is ElementState.MET}
        fell = any(state is not ElementState.MET for id_, state in states.items() if id_ in met)
        return fell or new.coverage is not Coverage.FULL
    kinds = {gap.kind for gap in new.gaps if gap.element == edit.element}
    weaker = edit.element is not None and states[edit.element] is ElementState.WEAKER
    return weaker and edit.operator in kinds


def _is_untouched(
    result: Result, gold: Mapping[str, GoldRow], edit: Edit, assessment: Assessment
) -> bool:
    """Neither its labelled nor its accepted clauses share words with what was edited."""
    requirement = load_directive().requirements[assessment.requirement]
    if requirement.chapeau or requirement.duty is not DutyKind.MUST:
        return False
    label = gold[assessment.requirement]
    spans = [p.span for p in _labelled(result.segmentations[0], label.refs)]
    spans += [match.span for match in assessment.provisions]
    return not any(
        span.start < changed.end and changed.start < span.end
        for span in spans
        for changed, _ in edit.changes
    )
