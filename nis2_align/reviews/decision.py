"""A person's decision on one requirement, what it was taken on, and its form as plain data.

What holds afterwards: a decision says who took it, when, and what the tool had said; of the draft
it holds names of clauses and fingerprints only, and no word that nobody typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from nis2_align.errors import ReviewsError
from nis2_align.model import ClauseRef, Coverage, Elsewhere
from nis2_align.notices import error

__all__ = ["Basis", "Decision", "Fingerprint", "instant", "now", "standing"]

_DIGEST = re.compile(r"[0-9a-f]{64}")
# Lone surrogates have no form in a file; control characters have none on a screen.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A clause by its name on the day of the decision and by the digest of its words.

    Attributes:
        clause: Its act and ref then.
        sha256: See :mod:`nis2_align.reviews.fingerprints`.
    """

    clause: ClauseRef
    sha256: str

    def __post_init__(self) -> None:
        _check_digest("sha256", self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a decision was taken on.

    Attributes:
        clauses: The clauses that the tool had accepted, and those that the person added.
        seen: Fingerprints of the clauses that the tool had shown beside them as candidates.
        acts: Digests of the texts of the acts (``Act.text_sha256``), sorted.
    """

    clauses: tuple[Fingerprint, ...] = ()
    seen: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for digest in self.seen:
            _check_digest("seen", digest)
        for digest in self.acts:
            _check_digest("acts", digest)

    def of(self, clause: ClauseRef) -> str | None:
        """Return the fingerprint of a clause by its name then, or None."""
        return next((one.sha256 for one in self.clauses if one.clause == clause), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided on one requirement of a dossier, or took back.

    Attributes:
        dossier: Name of the dossier, chosen by people and the same for every draft of it.
        requirement: Id such as ``21(2)(j)``.
        grade: The grade the person gave, or None where they gave none.
        added: Clauses that the tool did not accept and that count.
        removed: Clauses that the tool accepted and that do not count.
        elsewhere: Where acts that are not loaded meet the requirement.
        comment: What the person wrote; on an entry that takes a decision back, why.
        who: The person, as they name themselves.
        when: ISO 8601 in UTC, e.g. ``2026-03-01T09:30:00Z``.
        before_coverage: What the tool had said.
        basis: What the decision was taken on.
        undone: The entry takes back the decision whose grade, clauses and basis it repeats.

    Raises:
        ReviewsError: A name is empty or unwritable, or a time or digest is none.
    """

    dossier: str
    requirement: str
    grade: Coverage | None = None
    added: tuple[ClauseRef, ...] = ()
    removed: tuple[ClauseRef, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    comment: str = ""
    who: str
    when: str
    before_coverage: Coverage
    basis: Basis = field(default_factory=Basis)
    undone: bool = False

    def __post_init__(self) -> None:
        _check_name("nameless_dossier", self.dossier)
        _check_name("nameless_requirement", self.requirement)
        _check_name("nameless_person", self.who)
        instant(self.when)
        for entry in self.elsewhere:
            _check_name("nameless_act", entry.title)
            _check_planned(entry.planned)

    @property
    def content(self) -> tuple[object, ...]:
        """What an entry that takes the decision back repeats of it."""
        return (
            self.dossier, self.requirement, self.grade, self.added, self.removed, self.elsewhere,
            self.before_coverage, self.basis,
        )  # fmt: skip


def now() -> str:
    """Return the present time, ISO 8601 in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant(when: str) -> datetime:
    """Return the time of an entry.

    Args:
        when: ISO 8601 with the offset of UTC, ``Z`` or ``+00:00``.

    Returns:
        The same time, with its time zone.

    Raises:
        ReviewsError: It is no such time.
    """
    try:
        found = datetime.fromisoformat(when)
    except ValueError:
        found = None
    if found is None or found.utcoffset() != timedelta(0):
        raise _wrong("when", when, "2026-03-01T09:30:00Z") from None
    return found


def standing(entries: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that stand.

    Args:
        entries: The history of one or several requirements, oldest first.

    Returns:
        For each requirement of each dossier the last decision that was not taken back, in the
        order in which the requirements first appear; none where all were. An entry that takes
        back takes back the last standing decision of the same content.
    """
    held: dict[tuple[str, str], list[Decision]] = {}
    for entry in entries:
        stack = held.setdefault((entry.dossier, entry.requirement), [])
        if not entry.undone:
            stack.append(entry)
            continue
        for place in range(len(stack) - 1, -1, -1):
            if stack[place].content == entry.content:
                del stack[place]
                break
    return tuple(stack[-1] for stack in held.values() if stack)


def _check_name(fault: str, name: str) -> None:
    if not name.strip() or _UNWRITABLE.search(name):
        raise error(ReviewsError, "review_name", {"then": fault})


def _check_digest(field: str, digest: str) -> None:
    if not _DIGEST.fullmatch(digest):
        raise _wrong(field, digest, "0123456789abcdef" * 4)


def _check_planned(planned: str | None) -> None:
    try:
        fits = planned is None or date.fromisoformat(planned).isoformat() == planned
    except ValueError:
        fits = False
    if not fits:
        raise _wrong("planned", str(planned), "2026-03-01")


def _wrong(field: str, value: str, like: str) -> ReviewsError:
    return error(ReviewsError, "value_wrong", {"field": field, "value": value, "like": like})
