import sqlite3
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from nis2_align.errors import ReviewsError
from nis2_align.model import Coverage, Elsewhere
from nis2_align.reviews import open_reviews, schema
from tests.unit.reviews.review_samples import clause, decision

SECRET = "svetioniktajna"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reviews.sqlite"


@pytest.fixture
def reviews(path):
    with open_reviews(path) as held:
        yield held


def test_what_is_recorded_is_there_after_reopening(path):
    held = decision(added=(clause("3"),), elsewhere=(Elsewhere(title="Pravilnik"),), comment="č\n")
    with open_reviews(path) as reviews:
        reviews.record(held)
    with open_reviews(path) as reviews:
        assert reviews.current("Svetionici") == (held,)
        assert reviews.history("Svetionici", "21(2)(j)") == (held,)
        assert reviews.dossiers() == {"Svetionici": 1}


def test_a_later_decision_lies_over_the_earlier_which_stays(reviews):
    first, second = decision(), decision(grade=Coverage.NONE, who="Bo")
    reviews.record(first)
    reviews.record(second)
    assert reviews.current("Svetionici") == (second,)
    assert reviews.history("Svetionici", "21(2)(j)") == (first, second)


def test_several_are_recorded_all_or_none(reviews):
    first, other = decision(), decision(requirement="23(5)")
    with pytest.raises(ReviewsError):
        reviews.record(first, replace(other, undone=True))
    assert reviews.history("Svetionici") == ()
    reviews.record(first, other)
    assert reviews.current("Svetionici") == (first, other)


def test_a_slow_clock_does_not_hide_what_was_just_decided(reviews):
    ahead = decision(when="2026-03-02T00:00:00Z")
    behind = decision(when="2026-03-01T00:00:00Z", grade=Coverage.NONE, who="Bo")
    reviews.record(ahead)
    reviews.record(behind)
    assert reviews.current("Svetionici") == (behind,)


def test_dossiers_do_not_see_each_other(reviews):
    reviews.record(decision())
    reviews.record(decision(dossier="Luke", grade=Coverage.NONE))
    assert [held.grade for held in reviews.current("Luke")] == [Coverage.NONE]
    assert len(reviews.history("Svetionici")) == 1
    assert reviews.current("Nigde") == ()


def test_undo_is_an_entry_of_its_own_and_restores_what_stood(reviews):
    first, second = decision(), decision(grade=Coverage.NONE)
    reviews.record(first)
    reviews.record(second)
    entry = reviews.undo(second, who="Bo", comment="typo")
    assert (entry.undone, entry.who, entry.comment) == (True, "Bo", "typo")
    assert reviews.current("Svetionici") == (first,)
    assert reviews.history("Svetionici", "21(2)(j)") == (first, second, entry)
    reviews.undo(first, who="Bo")
    assert reviews.current("Svetionici") == ()
    assert len(reviews.history("Svetionici")) == 4


def test_nobody_takes_back_what_another_decided_unseen(reviews):
    seen = decision()
    reviews.record(seen)
    reviews.record(decision(grade=Coverage.NONE, who="Bo"))
    with pytest.raises(ReviewsError, match="does not stand any more"):
        reviews.undo(seen, who="Ana")
    assert len(reviews.history("Svetionici")) == 2
    with pytest.raises(ReviewsError, match="undo"):
        reviews.record(replace(seen, undone=True))


@pytest.mark.parametrize("change", ["UPDATE entries SET body = 'x'", "DELETE FROM entries"])
def test_the_file_itself_refuses_to_change_an_entry(path, reviews, change):
    reviews.record(decision())
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.IntegrityError, match="entries are"):
        other.execute(change)
    assert reviews.history("Svetionici") == (decision(),)


def test_one_store_serves_several_threads(reviews):
    def work(name):
        for number in range(20):
            reviews.record(decision(requirement=f"{number}(1)", who=name))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Ana", "Bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reviews.history("Svetionici")) == 40


def test_merging_twice_is_merging_once_and_keeps_the_order_of_time(tmp_path, reviews):
    old = decision(when="2026-01-01T00:00:00Z", grade=Coverage.NONE)
    new = decision(when="2026-02-01T00:00:00Z")
    reviews.record(new)
    assert reviews.merge([old, new]) == 1
    assert reviews.merge([old, new]) == 0
    assert reviews.history("Svetionici") == (old, new)
    assert reviews.current("Svetionici") == (new,)


def test_a_merged_history_keeps_its_own_order_whatever_its_clocks(tmp_path, reviews):
    entries = [
        decision(when="2026-03-02T00:00:00Z"),
        decision(when="2026-03-01T00:00:00Z", who="Bo"),
    ]
    assert reviews.merge(entries) == 2
    assert list(reviews.history("Svetionici")) == entries


def test_deleting_a_dossier_leaves_no_byte_of_it(path, tmp_path, reviews):
    reviews.record(decision(comment=SECRET * 500))
    reviews.record(decision(dossier="Luke", comment="stays"))
    assert SECRET.encode() in everything(tmp_path)
    assert reviews.delete("Svetionici") == 1
    assert SECRET.encode() not in everything(tmp_path)
    assert b"Svetionici" not in everything(tmp_path)
    assert reviews.dossiers() == {"Luke": 1}
    assert reviews.delete("Svetionici") == 0
    reviews.record(decision())
    with sqlite3.connect(path) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute("DELETE FROM entries")


def test_deleting_gives_the_room_back(path, reviews):
    reviews.record(*(decision(requirement=f"{n}(1)", comment="x" * 2000) for n in range(200)))
    reviews.record(decision(dossier="Luke"))
    reviews.delete("Svetionici")
    assert sum(len(file.read_bytes()) for file in path.parent.iterdir()) < 100_000


def everything(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_deleting_says_so_where_another_program_reads_an_older_state(path, monkeypatch):
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    with open_reviews(path) as reviews:
        reviews.record(decision(comment=SECRET))
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM entries").fetchall()
        with pytest.raises(ReviewsError, match="entries are deleted, but traces stay"):
            reviews.delete("Svetionici")
        reader.close()
        assert reviews.delete("Svetionici") == 0
    assert SECRET.encode() not in everything(path.parent)


def test_a_writer_that_waits_in_vain_says_so(path, monkeypatch):
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    with open_reviews(path) as reviews:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ReviewsError, match=r"cannot be used now: database is locked\."):
            reviews.record(decision())
        other.execute("ROLLBACK")
        other.close()
        reviews.record(decision())
        assert len(reviews.history("Svetionici")) == 1


def test_only_its_owner_may_read_the_file(path, reviews):
    reviews.record(decision())
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_settings_that_safety_rests_on(path, reviews):
    ask = reviews._connection.execute
    assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ask("PRAGMA synchronous").fetchone() == (2,)
    assert ask("PRAGMA secure_delete").fetchone() == (1,)


def test_closed_is_closed(path):
    reviews = open_reviews(path)
    reviews.close()
    reviews.close()
    with pytest.raises(ReviewsError):
        reviews.dossiers()


def test_a_name_that_cannot_be_written_down_is_refused(reviews):
    for ask in (reviews.current, reviews.delete):
        with pytest.raises(ReviewsError, match="no name"):
            ask("\udcff")


def test_without_a_path_the_folder_is_made(monkeypatch, tmp_path):
    where = tmp_path / "data" / "nis2-align" / "reviews.sqlite"
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(where))
    with open_reviews() as reviews:
        assert reviews.path == where
    assert stat.S_IMODE(where.parent.stat().st_mode) == 0o700
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(Path(tmp_path, "file", "reviews.sqlite")))
    with pytest.raises(ReviewsError, match="cannot be made"):
        open_reviews()
