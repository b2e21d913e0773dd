"""Decisions as plain data: what a row of the store holds, and the file that carries a dossier.

What holds afterwards: reading what was written gives equal decisions; a file with a single faulty
entry is refused whole, and all its faults are told in one report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set

from nis2_align.errors import ReviewsError
from nis2_align.model import ClauseRef, Coverage, Elsewhere
from nis2_align.notices import error
from nis2_align.reviews.decision import Basis, Decision, Fingerprint

__all__ = ["FORMAT", "from_plain", "parse", "to_plain", "to_text"]

#: First field of a file that carries decisions.
FORMAT = "nis2_align reviews"
_VERSION = 1
_FAULTS = 5
_FIELDS = frozenset({
    "dossier", "requirement", "grade", "added", "removed", "elsewhere", "comment", "who", "when",
    "before_coverage", "basis", "undone",
})  # fmt: skip


def to_plain(decision: Decision) -> dict[str, object]:
    """Return a decision as dicts, lists, texts and truth values."""
    return {
        "dossier": decision.dossier,
        "requirement": decision.requirement,
        "grade": decision.grade.value if decision.grade else None,
        "added": [_ref(clause) for clause in decision.added],
        "removed": [_ref(clause) for clause in decision.removed],
        "elsewhere": [
            {
                "title": act.title,
                "gazette": act.gazette,
                "article": act.article,
                "celex": act.celex,
                "planned": act.planned,
            }
            for act in decision.elsewhere
        ],
        "comment": decision.comment,
        "who": decision.who,
        "when": decision.when,
        "before_coverage": decision.before_coverage.value,
        "basis": {
            "clauses": [
                {**_ref(one.clause), "sha256": one.sha256} for one in decision.basis.clauses
            ],
            "seen": list(decision.basis.seen),
            "acts": list(decision.basis.acts),
        },
        "undone": decision.undone,
    }


def _ref(clause: ClauseRef) -> dict[str, object]:
    return {"act": clause.act, "ref": clause.ref}


def from_plain(data: object) -> Decision:
    """Return the decision that :func:`to_plain` made the data of.

    Args:
        data: The data; a field that is missing, unknown or of another kind is a fault.

    Returns:
        The decision.

    Raises:
        ReviewsError: The data is no decision.
    """
    fields = _mapping(data, "entries")
    _no_other(fields, _FIELDS)
    grade = _optional(fields, "grade")
    basis = _mapping(fields.get("basis"), "basis")
    _no_other(basis, {"clauses", "seen", "acts"})
    return Decision(
        dossier=_text(fields, "dossier"),
        requirement=_text(fields, "requirement"),
        grade=None if grade is None else _grade("grade", grade),
        added=_clauses(fields, "added"),
        removed=_clauses(fields, "removed"),
        elsewhere=tuple(map(_elsewhere, _list(fields, "elsewhere"))),
        comment=_text(fields, "comment"),
        who=_text(fields, "who"),
        when=_text(fields, "when"),
        before_coverage=_grade("before_coverage", _text(fields, "before_coverage")),
        basis=Basis(
            clauses=tuple(map(_fingerprint, _list(basis, "clauses"))),
            seen=tuple(_digests(basis, "seen")),
            acts=tuple(_digests(basis, "acts")),
        ),
        undone=_flag(fields, "undone"),
    )


def to_text(entries: Sequence[Decision]) -> str:
    r"""Return the file that carries decisions.

    Args:
        entries: The history, oldest first.

    Returns:
        JSON that ends in ``\n``, one entry a line.
    """
    lines = ",\n".join("  " + json.dumps(to_plain(entry), ensure_ascii=False) for entry in entries)
    body = f"[\n{lines}\n ]" if entries else "[]"
    text = f'{{"format": "{FORMAT}", "version": {_VERSION},\n "entries": {body}}}\n'
    # A lone surrogate in a comment has no UTF-8 form; its escape carries it.
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def parse(text: str) -> tuple[Decision, ...]:
    """Read a file that carries decisions.

    Args:
        text: What :func:`to_text` returned.

    Returns:
        The history, oldest first.

    Raises:
        ReviewsError: It is no such file, or an entry is faulty; the first faults are listed.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise error(ReviewsError, "reviews_no_export")
    if data.get("version") != _VERSION:
        raise error(ReviewsError, "reviews_version")
    found: list[Decision] = []
    faults: list[ReviewsError] = []
    for number, entry in enumerate(_list(data, "entries"), start=1):
        try:
            found.append(from_plain(entry))
        except ReviewsError as fault:
            told = {**fault.values, "number": number, "why": fault.code}
            faults.append(error(ReviewsError, "reviews_entry", told))
    if faults:
        more = len(faults) - _FAULTS
        told = {"more": more, "then": "more_faulty" if more > 0 else ""}
        raise error(ReviewsError, "reviews_import", told, reasons=faults[:_FAULTS])
    return tuple(found)


def _mapping(data: object, name: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise _wrong(name)
    return data


def _no_other(fields: Mapping[str, object], known: Set[str]) -> None:
    if set(fields) != known:
        raise _wrong(", ".join(sorted(set(fields) ^ known)))


def _wrong(names: str) -> ReviewsError:
    return error(ReviewsError, "review_fields", {"fields": names})


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str):
        raise _wrong(key)
    return value


def _optional(fields: Mapping[str, object], key: str) -> str | None:
    return None if fields.get(key) is None else _text(fields, key)


def _flag(fields: Mapping[str, object], key: str) -> bool:
    value = fields.get(key)
    if not isinstance(value, bool):
        raise _wrong(key)
    return value


def _list(fields: Mapping[str, object], key: str) -> list[object]:
    value = fields.get(key)
    if not isinstance(value, list):
        raise _wrong(key)
    return value


def _digests(fields: Mapping[str, object], key: str) -> Iterator[str]:
    return (_text({key: digest}, key) for digest in _list(fields, key))


def _grade(field: str, name: str) -> Coverage:
    try:
        return Coverage(name)
    except ValueError:
        told = {"field": field, "value": name, "choices": ", ".join(Coverage)}
        raise error(ReviewsError, "value_unlisted", told) from None


def _clauses(fields: Mapping[str, object], key: str) -> tuple[ClauseRef, ...]:
    found: list[ClauseRef] = []
    for data in _list(fields, key):
        clause = _mapping(data, key)
        _no_other(clause, {"act", "ref"})
        found.append(ClauseRef(act=_text(clause, "act"), ref=_text(clause, "ref")))
    return tuple(found)


def _fingerprint(data: object) -> Fingerprint:
    fields = _mapping(data, "clauses")
    _no_other(fields, {"act", "ref", "sha256"})
    clause = ClauseRef(act=_text(fields, "act"), ref=_text(fields, "ref"))
    return Fingerprint(clause=clause, sha256=_text(fields, "sha256"))


def _elsewhere(data: object) -> Elsewhere:
    fields = _mapping(data, "elsewhere")
    _no_other(fields, {"title", "gazette", "article", "celex", "planned"})
    return Elsewhere(
        title=_text(fields, "title"),
        gazette=_optional(fields, "gazette"),
        article=_optional(fields, "article"),
        celex=_optional(fields, "celex"),
        planned=_optional(fields, "planned"),
    )
