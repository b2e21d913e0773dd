"""Files that are no directive: a clear error in bounded time, whatever they hold."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nis2_align.errors import Nis2AlignError, NoArticlesError, UnreadableFileError
from nis2_align.official import official_of, read_official
from nis2_align.official.reading import MOST_CHARACTERS
from nis2_align.official.skeleton import order
from nis2_align.read import read
from tests.unit.official.formats import as_text
from tests.unit.official.invented import lines, texts

PRINTED = lines(texts())


def heads(body):
    return "\n".join(f"Art {n}\nTitle\n{body}" for n in range(1, 47))


ROOM = MOST_CHARACTERS // 3
NOISE = random.Random(1)
HOSTILE = {
    "one line": "a) x; " * (ROOM // 6),
    "one article of one line": heads("x.") + " 1. x: (a) y; (b) z;" * (ROOM // 20),
    "one number": "Art 1\n" * (ROOM // 6),
    "numbers alone": "\n".join(f"Art {n % 46 + 1}" for n in range(ROOM // 7)),
    "units": heads("\n".join(NOISE.choices(["1. x", "(a) y.", "z", "(i) k;", "w."], k=2000))),
    "sentences": heads("Ab cd.\n" * 2000),
    "brackets": "Art 1\n" + "( " * (ROOM // 2),
    "stops": "Art 1\nx\nArt 2\n" + ". " * (ROOM // 2),
    "bars": heads("x.") + "\nANNEX I\n" + "| — a " * (ROOM // 6),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name):
    began = time.monotonic()
    try:
        official = official_of(read(HOSTILE[name].encode(), name="x.txt"))
        assert len(official.texts) + len(official.missing) == len(order())
    except (UnreadableFileError, NoArticlesError) as error:
        assert "x.txt" in error.what
    assert time.monotonic() - began < 30


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(UnreadableFileError, match="too long"):
        official_of(read(b"x " * (MOST_CHARACTERS // 2 + 1), name="x.txt"))


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 5000, b"PK\x03\x04 broken", b"%PDF-1.7 broken", b"<html>" + b"<div>" * 50_000],
)
def test_damaged_files_give_one_clear_error(data):
    with pytest.raises(Nis2AlignError) as refused:
        read_official(data, name="directive")
    assert refused.value.remedy


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"directive\.docx"):
        read_official(tmp_path / "directive.docx")


def test_another_text_of_the_same_shape_is_refused():
    other = [line.replace("/", " of ") for line in PRINTED]
    with pytest.raises(UnreadableFileError, match="is not a text of the directive") as refused:
        official_of(read(as_text(other), name="other.txt"))
    assert not [line for line in other if len(line) > 60 and line in str(refused.value)]


def test_its_words_are_not_in_any_error_or_note(capsys):
    broken = [line for line in PRINTED if not line.startswith("(")]
    official = official_of(read(as_text(broken), name="x.txt"))
    assert official.missing
    assert capsys.readouterr() == ("", "")


@settings(max_examples=15)
@given(st.data())
def test_whatever_is_cut_out_or_doubled_every_id_is_told(data):
    count = len(PRINTED)
    start = data.draw(st.integers(0, count - 1))
    end = data.draw(st.integers(start, count))
    how = data.draw(st.sampled_from(["cut", "double", "shuffle", "join"]))
    part = PRINTED[start:end]
    if how == "shuffle":
        random.Random(start).shuffle(part)
    middle = {"cut": [], "double": part * 2, "shuffle": part, "join": [" ".join(part)]}[how]
    try:
        official = official_of(read(as_text([*PRINTED[:start], *middle, *PRINTED[end:]])))
    except (UnreadableFileError, NoArticlesError):
        return
    assert sorted([*official.texts, *official.missing]) == sorted(order())
    assert all(text.strip() for text in official.texts.values())
    assert official.within.keys() <= set(official.missing)
