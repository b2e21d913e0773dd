"""Lays people's decisions over a result, and takes new ones on it.

What holds afterwards: what the tool found and graded is as it was; each decision stands as
``review`` beside it; a decision on an earlier draft is shown with its clauses where they stand now,
and is stale where they changed; a decision that fits nowhere is told as an issue, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from nis2_align.errors import ReviewsError, UnknownRequirementError
from nis2_align.model import (
    Assessment,
    ClauseRef,
    Coverage,
    Elsewhere,
    Issue,
    Match,
    Result,
    Review,
)
from nis2_align.notices import error, issue
from nis2_align.reviews.decision import Basis, Decision, Fingerprint, now, standing
from nis2_align.reviews.fingerprints import Prints, prints
from nis2_align.reviews.store import Reviews

__all__ = ["apply", "decide", "find_dossier", "recognised"]

# So large a share of its clauses must be found again for a dossier to be taken for the same.
_ENOUGH = 0.5


def apply(result: Result, decisions: Iterable[Decision]) -> Result:
    """Lay decisions over a result.

    Args:
        result: The analysis, as the tool made it.
        decisions: Those of one dossier: what stands, or the whole history, oldest first.

    Returns:
        The same analysis whose assessments carry ``review``, and in ``elsewhere`` also what the
        decisions name. A review is ``stale`` if the acts are not those of the day of the decision
        and a clause that it rests on is nowhere found in the same words, or the tool's own verdict
        has moved and rests on a clause that the person did not see. Decisions on requirements
        that the result does not hold become issues.
    """
    held = {decision.requirement: decision for decision in standing(decisions)}
    if not held:
        return result
    found = prints(result)
    known = {item.requirement for item in result.assessments}
    return replace(
        result,
        assessments=tuple(
            _reviewed(item, held[item.requirement], found) if item.requirement in held else item
            for item in result.assessments
        ),
        issues=(*result.issues, *_homeless(held.keys() - known)),
    )


def _reviewed(item: Assessment, decision: Decision, found: Prints) -> Assessment:
    review = Review(
        grade=decision.grade,
        comment=decision.comment,
        who=decision.who,
        when=decision.when,
        added=tuple(_today(clause, decision, found) for clause in decision.added),
        removed=tuple(_today(clause, decision, found) for clause in decision.removed),
        elsewhere=decision.elsewhere,
        stale=_stale(item, decision, found),
    )
    named = dict.fromkeys((*item.elsewhere, *decision.elsewhere))
    return replace(item, review=review, elsewhere=tuple(named))


def _today(clause: ClauseRef, decision: Decision, found: Prints) -> ClauseRef:
    """Return where a clause stands now; its old name where it is gone."""
    digest = decision.basis.of(clause)
    places = found.places.get(digest or "", ())
    if not places or clause in places:
        return clause
    return next((place for place in places if place.act == clause.act), places[0])


def _stale(item: Assessment, decision: Decision, found: Prints) -> bool:
    basis = decision.basis
    if basis.acts == found.acts:
        return False
    rests_on = (one for one in basis.clauses if one.clause not in decision.removed)
    if any(one.sha256 not in found.places for one in rests_on):
        return True
    seen = {one.sha256 for one in basis.clauses}.union(basis.seen)
    return item.coverage is not decision.before_coverage and any(
        found.of[clause] not in seen for clause in _named(item.provisions)
    )


def _named(matches: Iterable[Match]) -> Iterator[ClauseRef]:
    return (ClauseRef(act=match.act, ref=match.ref) for match in matches)


def _homeless(requirements: Iterable[str]) -> Iterator[Issue]:
    for requirement in sorted(requirements):
        yield issue("review_without_requirement", requirement=requirement)


def decide(
    result: Result,
    requirement: str,
    *,
    dossier: str,
    grade: Coverage | None,
    who: str,
    comment: str = "",
    added: Sequence[ClauseRef] = (),
    removed: Sequence[ClauseRef] = (),
    elsewhere: Sequence[Elsewhere] = (),
    when: str | None = None,
    found: Prints | None = None,
) -> Decision:
    """Take a decision on what a result says now.

    Args:
        result: The analysis that the person looked at.
        requirement: Id such as ``21(2)(j)``.
        dossier: Name of the dossier.
        grade: The grade the person gives; the tool's own to accept it; None for a comment only.
        who: The person.
        comment: What they write.
        added: Clauses that the tool did not accept and that count.
        removed: Clauses that the tool accepted and that do not count.
        elsewhere: Where acts that are not loaded meet the requirement.
        when: ISO 8601 in UTC; now where None.
        found: The fingerprints of the result, where many decisions are taken on it; taken anew
            where None.

    Returns:
        The decision with its basis, ready for :meth:`nis2_align.reviews.Reviews.record`.

    Raises:
        UnknownRequirementError: The result holds no such requirement or clause.
        ReviewsError: See :class:`Decision`.
    """
    item = next((one for one in result.assessments if one.requirement == requirement), None)
    if item is None:
        raise UnknownRequirementError(
            f'There is no requirement "{requirement}".', "Ids look like 21(2)(j) or I(1)(a)."
        )
    found = found or prints(result)
    clauses = dict.fromkeys((*_named(item.provisions), *added, *removed))
    return Decision(
        dossier=dossier,
        requirement=requirement,
        grade=grade,
        added=tuple(added),
        removed=tuple(removed),
        elsewhere=tuple(elsewhere),
        comment=comment,
        who=who,
        when=when or now(),
        before_coverage=item.coverage,
        basis=Basis(
            clauses=tuple(_print_of(clause, found.of) for clause in clauses),
            seen=tuple(dict.fromkeys(found.of[clause] for clause in _named(item.candidates))),
            acts=found.acts,
        ),
    )


def _print_of(clause: ClauseRef, of: Mapping[ClauseRef, str]) -> Fingerprint:
    if clause not in of:
        raise UnknownRequirementError(
            f'There is no provision "{clause.ref}" in {clause.act}.',
            "Look at the outline with `nis2-align show`.",
        )
    return Fingerprint(clause=clause, sha256=of[clause])


def recognised(result: Result, decisions: Iterable[Decision]) -> str | None:
    """Tell by their clauses which dossier the acts of a result belong to.

    Args:
        result: The analysis, perhaps of a later draft in a file of another name.
        decisions: Histories of any number of dossiers.

    Returns:
        The dossier of which the largest share of clauses is found in the acts, or whose acts are
        the same; None where that share is under a half for all, or two fit equally well.
    """
    found = prints(result)
    clauses: dict[str, set[str]] = {}
    same: set[str] = set()
    for decision in decisions:
        seen = clauses.setdefault(decision.dossier, set())
        seen.update(one.sha256 for one in decision.basis.clauses)
        if decision.basis.acts == found.acts:
            same.add(decision.dossier)
    shares = {
        dossier: 2.0 if dossier in same else len(seen & found.places.keys()) / max(1, len(seen))
        for dossier, seen in clauses.items()
    }
    best = max(shares.values(), default=0.0)
    names = [dossier for dossier, share in shares.items() if share == best]
    return names[0] if best >= _ENOUGH and len(names) == 1 else None


def find_dossier(result: Result, reviews: Reviews, named: str | None = None) -> str | None:
    """Find the dossier of a store that a result belongs to.

    Args:
        result: The analysis.
        reviews: The store.
        named: Its name, where a person gave one.

    Returns:
        The dossier named; else the one recognised by its clauses; else the only one there is;
        None where the store is empty.

    Raises:
        ReviewsError: The store holds others but not that one, or several and none is recognised.
    """
    names = tuple(reviews.dossiers())
    if named in names or not names:
        return named if named in names else None
    if named is None:
        histories = (entry for name in names for entry in reviews.history(name))
        found = recognised(result, histories) or (names[0] if len(names) == 1 else None)
        if found is not None:
            return found
    there = {"path": str(reviews.path), "names": ", ".join(names)}
    if named is None:
        raise error(ReviewsError, "reviews_which_dossier", there)
    raise error(ReviewsError, "reviews_no_dossier", {**there, "dossier": named})
