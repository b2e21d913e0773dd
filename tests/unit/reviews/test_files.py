"""Files that are not ours, not whole, older or later."""

import sqlite3

import pytest

from nis2_align.errors import ReviewsError
from nis2_align.messages import messages
from nis2_align.notices import error_text
from nis2_align.reviews import open_reviews, schema
from tests.unit.reviews.review_samples import decision


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reviews.sqlite"


def refused(path, said):
    before = path.read_bytes()
    with pytest.raises(ReviewsError, match=said) as error:
        open_reviews(path)
    assert error.value.remedy
    assert path.read_bytes() == before
    assert "Traceback" not in str(error.value)


@pytest.mark.parametrize(
    "content", [b"Clan 1. Zakon\n" * 100, b"SQLite format 3\x00" + b"\x07" * 600]
)
def test_another_kind_of_file_is_refused_and_left_alone(path, content):
    path.write_bytes(content)
    refused(path, "is damaged or holds no reviews|cannot be used now")


@pytest.mark.parametrize("tables", ["CREATE TABLE mine (a)", "PRAGMA user_version = 1"])
def test_the_database_of_another_program_is_refused_and_left_alone(path, tables):
    with sqlite3.connect(path) as other:
        other.execute(tables)
    other.close()
    refused(path, "database of another program")


def test_a_later_version_is_refused_and_left_alone(path):
    open_reviews(path).close()
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    other.close()
    refused(path, "later version")


def test_a_damaged_file_is_refused_and_left_alone(path):
    with open_reviews(path) as reviews:
        for number in range(200):
            reviews.record(decision(requirement=f"{number}(1)", comment="x" * 500))
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    path.write_bytes(content)
    refused(path, "damaged")


def test_a_truncated_file_is_refused(path):
    with open_reviews(path) as reviews:
        for number in range(200):
            reviews.record(decision(requirement=f"{number}(1)", comment="x" * 500))
    path.write_bytes(path.read_bytes()[: 4096 * 5])
    refused(path, "damaged")


def test_an_entry_that_is_no_decision_is_damage(path):
    open_reviews(path).close()
    with sqlite3.connect(path) as other:
        other.execute("INSERT INTO entries VALUES (1, 'a', '1(1)', '', '{}')")
    other.close()
    with open_reviews(path) as reviews, pytest.raises(ReviewsError, match="damaged"):
        reviews.current("a")


def test_a_strange_file_is_refused_in_the_language_of_the_reader(path):
    path.write_bytes(b"Clan 1. Zakon\n" * 100)
    with pytest.raises(ReviewsError) as refusal:
        open_reviews(path)
    assert error_text(refusal.value, messages("mk")) == (
        f"Датотеката {path} е оштетена или не содржи одлуки. "
        "Не е менувана. Вратете ја од резервна копија или наведете друга датотека."
    )


def test_a_folder_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(ReviewsError, match=r"cannot be opened.* no folder"):
        open_reviews(tmp_path)
    with pytest.raises(ReviewsError, match="cannot be opened"):
        open_reviews(tmp_path / "nowhere" / "reviews.sqlite")


def test_an_empty_file_becomes_a_store(path):
    path.touch()
    with open_reviews(path) as reviews:
        reviews.record(decision())
    with open_reviews(str(path)) as reviews:
        assert reviews.dossiers() == {"Svetionici": 1}


LATER = ("ALTER TABLE entries ADD COLUMN colour TEXT", "CREATE INDEX by_colour ON entries (colour)")


def test_an_older_file_is_brought_up_to_date_with_all_its_entries(path, monkeypatch):
    with open_reviews(path) as reviews:
        reviews.record(decision())
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, LATER))
    with open_reviews(path) as reviews:
        reviews.record(decision(who="Bo"))
        assert [held.who for held in reviews.history("Svetionici")] == ["Ana", "Bo"]
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (2,)
        assert other.execute("SELECT colour FROM entries").fetchall() == [(None,), (None,)]
    other.close()


def test_a_step_that_fails_leaves_the_older_file_as_it_was(path, monkeypatch):
    with open_reviews(path) as reviews:
        reviews.record(decision())
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, (*LATER, "CREATE TABLE entries (a)")))
        with pytest.raises(ReviewsError):
            open_reviews(path)
    with open_reviews(path) as reviews:
        assert reviews.current("Svetionici") == (decision(),)
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (1,)
        assert len(other.execute("PRAGMA table_info(entries)").fetchall()) == 5
    other.close()
