"""Two drafts of one law: which gaps were closed, which opened, and which clauses that rests on.

What holds afterwards: one line per requirement of the later draft's table, in its order; the same
draft twice moves nothing; what one order calls closed the other calls opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nis2_align.compare.provisions import Change, Side, Step, changes
from nis2_align.concordance import Row, Table, final
from nis2_align.model import ClauseRef, Coverage, Gap, Result

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Drafts", "Line", "Move", "compare_drafts", "move"]


class Move(StrEnum):
    """What became of a requirement from one draft to the next.

    A gap is any grade that asks for a look: partial, none, or uncertain.
    """

    CLOSED = "closed"
    BETTER = "better"
    OPENED = "opened"
    WORSE = "worse"
    OPEN = "open"
    IN_ORDER = "in_order"


_GAPS = frozenset({Coverage.PARTIAL, Coverage.NONE, Coverage.UNCERTAIN})


def move(before: Coverage, after: Coverage) -> Move:
    """Name what became of a requirement.

    Args:
        before: Its grade in the earlier draft.
        after: Its grade in the later one.

    Returns:
        ``closed`` or ``opened`` where it was a gap and is none, or the other way round; ``better``
        from none to partial and ``worse`` back; ``open`` for any other gap, since a doubt is
        neither; else ``in_order``.
    """
    if before in _GAPS and after not in _GAPS:
        return Move.CLOSED
    if after in _GAPS and before not in _GAPS:
        return Move.OPENED
    if after not in _GAPS:
        return Move.IN_ORDER
    if (before, after) == (Coverage.NONE, Coverage.PARTIAL):
        return Move.BETTER
    return Move.WORSE if (before, after) == (Coverage.PARTIAL, Coverage.NONE) else Move.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One requirement in both drafts.

    Attributes:
        requirement: Its id.
        heading: Our short summary.
        move: What became of it.
        before: Its row in the earlier draft.
        after: Its row in the later one.
        closed: Gaps of the earlier draft that the later one has no longer.
        opened: Gaps of the later draft that the earlier one did not have.
        changes: What became of the clauses that count in either draft, with their parts, where
            their words changed; nothing where none did, so that the grade moved for other reasons.
    """

    requirement: str
    heading: str
    move: Move
    before: Row
    after: Row
    closed: tuple[Gap, ...]
    opened: tuple[Gap, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """Two drafts beside each other.

    Attributes:
        lines: One per requirement.
        changes: One per provision; see :func:`nis2_align.compare.provisions.changes`.
    """

    lines: tuple[Line, ...]
    changes: tuple[Change, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the lines as a DataFrame.

        Returns:
            Columns ``requirement``, ``heading``, ``move``, ``before`` and ``after`` (grades, a
            person's before the tool's), ``closed`` and ``opened`` (lists of messages), ``changed``
            (list of ``act:ref`` in the later draft, or in the earlier one where it was removed).
        """
        import pandas as pd

        columns = ("requirement", "heading", "move", "before", "after", "closed", "opened")
        return pd.DataFrame(map(_record, self.lines), columns=[*columns, "changed"])


def _record(line: Line) -> dict[str, object]:
    sides = (one.after or one.before for one in line.changes)
    return {
        "requirement": line.requirement,
        "heading": line.heading,
        "move": line.move.value,
        "before": final(line.before).value,
        "after": final(line.after).value,
        "closed": [gap.message for gap in line.closed],
        "opened": [gap.message for gap in line.opened],
        "changed": [f"{side.clause.act}:{side.clause.ref}" for side in sides if side],
    }


def compare_drafts(before: tuple[Result, Table], after: tuple[Result, Table]) -> Drafts:
    """Lay two drafts of one law beside each other.

    Args:
        before: The analysis of the earlier draft and its table of concordance.
        after: Those of the later one.

    Returns:
        The comparison; requirements that only one of the tables holds are left out.
    """
    pairs = changes(before[0].segmentations, after[0].segmentations)
    old = {row.requirement: row for row in before[1].rows}
    touched = _touched(before[0], pairs, earlier=True), _touched(after[0], pairs, earlier=False)
    return Drafts(
        lines=tuple(
            _line(old[row.requirement], row, touched)
            for row in after[1].rows
            if row.requirement in old
        ),
        changes=pairs,
    )


_Touched = Mapping[ClauseRef, tuple[Change, ...]]


def _line(before: Row, after: Row, touched: tuple[_Touched, _Touched]) -> Line:
    old = {(gap.kind, gap.element): gap for gap in before.gaps}
    new = {(gap.kind, gap.element): gap for gap in after.gaps}
    found = [*_of(before, touched[0]), *_of(after, touched[1])]
    return Line(
        requirement=after.requirement,
        heading=after.heading,
        move=move(final(before), final(after)),
        before=before,
        after=after,
        closed=tuple(gap for key, gap in old.items() if key not in new),
        opened=tuple(gap for key, gap in new.items() if key not in old),
        changes=tuple(dict.fromkeys(found)),
    )


def _of(row: Row, touched: _Touched) -> Iterator[Change]:
    for clause in row.counting:
        yield from touched.get(ClauseRef(act=clause.act, ref=clause.ref), ())


def _touched(result: Result, pairs: Iterable[Change], *, earlier: bool) -> _Touched:
    """Return clause → the changes of words in it, in its parts, and in the lead-ins above it."""
    own: dict[ClauseRef, Change] = {}
    for change in pairs:
        side: Side | None = change.before if earlier else change.after
        if side is not None and change.step not in (Step.SAME, Step.RENUMBERED):
            own[side.clause] = change
    found: dict[ClauseRef, dict[Change, None]] = {}
    for cut in result.segmentations:
        above = {one.ref: one.parent for one in cut.provisions}
        for one in cut.provisions:
            clause = ClauseRef(act=one.act, ref=one.ref)
            holder: str | None = one.ref
            while holder is not None:
                held = ClauseRef(act=one.act, ref=holder)
                if clause in own:
                    found.setdefault(held, {})[own[clause]] = None
                if held in own:
                    found.setdefault(clause, {})[own[held]] = None
                holder = above.get(holder)
    return {clause: tuple(held) for clause, held in found.items()}
