"""The file behind the store: how it is told from other files, made, and brought up to date.

What holds afterwards: a file that is not ours, or of a later version, or damaged, is refused
before anything is written to it; an older one is brought up to date whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from nis2_align.errors import ReviewsError
from nis2_align.notices import error

__all__ = ["APPLICATION", "BUSY_SECONDS", "STEPS", "connect", "guards", "unusable"]

#: "NIS2" in the header of the file (PRAGMA application_id).
APPLICATION = 0x4E495332
#: How long a writer waits for another one.
BUSY_SECONDS = 10.0

_NO_CHANGE = """CREATE TRIGGER no_change BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END"""
_NO_DELETION = """CREATE TRIGGER no_deletion BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are deleted with their dossier only'); END"""

#: The statements that lead from each version of the schema to the next; the first from nothing.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        # `position` orders the history: the time of the entry, but never before an earlier entry
        # of the same requirement, so that a slow clock cannot hide what was just decided.
        """CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            dossier TEXT NOT NULL,
            requirement TEXT NOT NULL,
            position TEXT NOT NULL,
            body TEXT NOT NULL
        )""",
        "CREATE INDEX of_requirement ON entries (dossier, requirement, position, id)",
        _NO_CHANGE,
        _NO_DELETION,
    ),
)


def guards() -> tuple[str, str]:
    """Return the statements that lift the guard against deletion and set it again."""
    return "DROP TRIGGER no_deletion", _NO_DELETION


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, or make it, readable for its owner only.

    Args:
        path: The file; its folder exists.

    Returns:
        A connection in autocommit mode, for any thread that holds the store's lock.

    Raises:
        ReviewsError: The file is not ours, damaged, of a later version, or cannot be written.
    """
    if path.is_dir():
        raise error(ReviewsError, "reviews_not_opened", {"path": str(path)})
    try:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(
            path.absolute(), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as failed:
        raise error(ReviewsError, "reviews_not_opened", {"path": str(path)}) from failed
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    try:
        # Neither a trigger nor a view of a strange file may run code while we look at it.
        connection.execute("PRAGMA trusted_schema = OFF")
        _refuse_foreign(connection, path)
        _refuse_damaged(connection, path)
        if _version(connection) < len(STEPS):
            _bring_up_to_date(connection)
        _write_ahead(connection)
        # FULL: a decision stays also when the power fails; see docs/decisions/0019_reviews.md.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.OperationalError as failed:
        raise unusable(path, failed) from failed
    except sqlite3.DatabaseError as failed:
        raise error(ReviewsError, "reviews_refused", {"path": str(path)}) from failed


def unusable(path: Path, failed: sqlite3.Error) -> ReviewsError:
    """Return what is said where SQLite cannot do what it was asked to, in its own words."""
    told = {"path": str(path), "error": str(failed).rstrip(".")}
    return error(ReviewsError, "reviews_unusable", told)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _version(connection: sqlite3.Connection) -> int:
    return _pragma(connection, "user_version")


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN")  # One look: another writer may be making the tables just now.
    application, version = _pragma(connection, "application_id"), _version(connection)
    objects = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("COMMIT")
    if application == version == objects == 0:
        return  # Empty: just made, by us or by another writer.
    if application != APPLICATION:
        raise error(ReviewsError, "reviews_foreign", {"path": str(path)})
    if version > len(STEPS):
        raise error(ReviewsError, "reviews_version")


def _refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise error(ReviewsError, "reviews_refused", {"path": str(path)})


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another writer may have done it while this one waited.
        for step in STEPS[_version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, which SQLite refuses at once while another is at work."""
    until = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return  # Where the file system cannot, SQLite keeps to its older journal: as safe.
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
