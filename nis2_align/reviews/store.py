"""The store of people's decisions: an SQLite file to which entries are only ever appended.

What holds afterwards: what ``record`` returned from is on the disk, whatever happens to the
program or the machine next; no entry is changed or taken out but with its whole dossier; the order
of the entries never changes.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from nis2_align.errors import ReviewsError
from nis2_align.notices import error
from nis2_align.reviews.decision import Decision, instant, now, standing
from nis2_align.reviews.place import default_path
from nis2_align.reviews.plain import from_plain, to_plain
from nis2_align.reviews.schema import connect, guards, unusable

__all__ = ["Reviews", "open_reviews"]


def open_reviews(path: Path | str | None = None) -> Reviews:
    """Open the store of decisions, and make it where there is none.

    Args:
        path: The file. Where None, :func:`nis2_align.reviews.default_path`, whose folder is made
            and opened to its owner only; else the folder must be there.

    Returns:
        The store; use it in a ``with`` statement, or close it.

    Raises:
        ReviewsError: The file is not ours, damaged, of a later version, or cannot be written.
    """
    where = default_path() if path is None else Path(path)
    if path is None:
        try:
            where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as failed:
            raise error(ReviewsError, "reviews_folder", {"path": str(where.parent)}) from failed
    return Reviews(connect(where), where)


class Reviews:
    """The decisions of any number of dossiers.

    One object may serve several threads, and several programs may have the same file open: they
    write one after the other.

    Attributes:
        path: The file.
    """

    __slots__ = ("_connection", "_lock", "path")

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._lock:
            self._connection.close()

    def record(self, *decisions: Decision) -> None:
        """Append decisions; each lies over any earlier one, which stays in the history.

        Args:
            decisions: One, or several that are kept all or none, which is faster than one by
                one. Their ``undone`` is False; :meth:`undo` writes the others.

        Raises:
            ReviewsError: The file cannot be written; nothing was.
        """
        if any(decision.undone for decision in decisions):
            raise error(ReviewsError, "reviews_undone")
        with self._writing():
            for decision in decisions:
                self._append(decision)

    def undo(
        self, decision: Decision, *, who: str, when: str | None = None, comment: str = ""
    ) -> Decision:
        """Take a decision back, by appending an entry that says so.

        Args:
            decision: What stands now for its requirement, as the person saw it.
            who: The person who takes it back.
            when: ISO 8601 in UTC; now where None.
            comment: Why.

        Returns:
            The entry. What stood before the decision stands again.

        Raises:
            ReviewsError: Another decision stands by now, or the file cannot be written.
        """
        entry = replace(decision, undone=True, who=who, when=when or now(), comment=comment)
        with self._writing():
            if standing(self._entries(decision.dossier, decision.requirement)) != (decision,):
                told = {"requirement": decision.requirement}
                raise error(ReviewsError, "review_superseded", told)
            self._append(entry)
        return entry

    def merge(self, entries: Sequence[Decision]) -> int:
        """Append entries that were taken out of another store, each into its place in time.

        Args:
            entries: Histories, each in its own order.

        Returns:
            How many were new; the others are here already, to the letter.

        Raises:
            ReviewsError: The file cannot be written; then nothing was.
        """
        latest: dict[tuple[str, str], str] = {}
        added = 0
        with self._writing():
            held = {
                key: set(self._entries(*key))
                for key in {(entry.dossier, entry.requirement) for entry in entries}
            }
            for entry in entries:
                key = (entry.dossier, entry.requirement)
                position = latest[key] = max(_position(entry), latest.get(key, ""))
                if entry not in held[key]:
                    held[key].add(entry)
                    self._insert(entry, position)
                    added += 1
        return added

    def current(self, dossier: str) -> tuple[Decision, ...]:
        """Return the decisions that stand, at most one a requirement; first decided first."""
        return standing(self.history(dossier))

    def history(self, dossier: str, requirement: str | None = None) -> tuple[Decision, ...]:
        """Return every entry of a requirement, or of a whole dossier, oldest first."""
        with self._reading():
            return self._entries(dossier, requirement)

    def dossiers(self) -> Mapping[str, int]:
        """Return the names of the dossiers, sorted, with the number of their entries."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT dossier, count(*) FROM entries GROUP BY dossier ORDER BY dossier"
            ).fetchall()
        return {str(name): int(count) for name, count in rows}

    def delete(self, dossier: str) -> int:
        """Delete everything about a dossier, also from the unused parts of the file and its log.

        Args:
            dossier: Its name.

        Returns:
            How many entries were deleted; 0 where there were none, and the file is cleaned too.

        Raises:
            ReviewsError: The file cannot be written, or another program reads an older state of
                it; the message says whether the entries are gone.
        """
        lift, guard = guards()
        with self._writing():
            self._connection.execute(lift)
            gone = self._connection.execute("DELETE FROM entries WHERE dossier = ?", (dossier,))
            self._connection.execute(guard)
        with self._reading():
            if not self._clean():
                raise error(ReviewsError, "reviews_traces")
        return gone.rowcount

    def _clean(self) -> bool:
        """Rewrite the file without its unused parts and empty its log; False where it is busy."""
        try:
            self._connection.execute("VACUUM")
            return not self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:
            return False

    def _entries(self, dossier: str, requirement: str | None = None) -> tuple[Decision, ...]:
        rows = self._connection.execute(
            "SELECT body FROM entries WHERE dossier = ? AND requirement = coalesce(?, requirement)"
            " ORDER BY position, id",
            (dossier, requirement),
        ).fetchall()
        try:
            return tuple(from_plain(json.loads(body)) for (body,) in rows)
        except (ReviewsError, ValueError) as broken:
            raise self._damaged() from broken

    def _append(self, entry: Decision) -> None:
        last = self._connection.execute(
            "SELECT max(position) FROM entries WHERE dossier = ? AND requirement = ?",
            (entry.dossier, entry.requirement),
        ).fetchone()[0]
        self._insert(entry, max(_position(entry), last or ""))

    def _insert(self, entry: Decision, position: str) -> None:
        self._connection.execute(
            "INSERT INTO entries (dossier, requirement, position, body) VALUES (?, ?, ?, ?)",
            (entry.dossier, entry.requirement, position, json.dumps(to_plain(entry))),
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the file for one change: all of it is written, and on the disk, or nothing is."""
        with self._reading():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.ProgrammingError, sqlite3.OperationalError) as failed:
                raise unusable(self.path, failed) from failed
            except sqlite3.Error as failed:
                raise self._damaged() from failed
            except UnicodeEncodeError as failed:
                raise error(ReviewsError, "review_name", {"then": "nameless_dossier"}) from failed

    def _damaged(self) -> ReviewsError:
        return error(ReviewsError, "reviews_damaged", {"path": str(self.path)})


def _position(entry: Decision) -> str:
    return instant(entry.when).isoformat(timespec="microseconds")
