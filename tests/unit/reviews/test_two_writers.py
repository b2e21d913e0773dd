"""Programs side by side, and programs that are killed at work."""

import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from nis2_align.reviews import open_reviews

WRITER = Path(__file__).with_name("writer.py")


@contextmanager
def writers(path, names, count):
    """Start programs that stand ready to write; what is started is ended, whatever happens."""
    started = [
        subprocess.Popen(
            [sys.executable, str(WRITER), str(path), name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    try:
        for writer in started:
            assert writer.stdout.readline() == "ready\n", writer.stderr.read()
        for writer in started:
            writer.stdin.write("\n")
            writer.stdin.flush()
        yield started
    finally:
        for writer in started:
            writer.kill()
            writer.communicate()


def test_two_programs_make_the_file_and_write_at_once_and_nothing_is_lost(tmp_path):
    path = tmp_path / "reviews.sqlite"
    with writers(path, ["Ana", "Bo"], 60) as started:
        told = [writer.communicate(timeout=120) for writer in started]
        assert [writer.returncode for writer in started] == [0, 0], told
    with open_reviews(path) as reviews:
        history = reviews.history("Svetionici")
    for name in ("Ana", "Bo"):
        mine = [entry for entry in history if entry.who == name and not entry.undone]
        for requirement in {entry.requirement for entry in mine}:
            numbers = [int(e.comment.split()[0]) for e in mine if e.requirement == requirement]
            assert numbers == sorted(numbers)
        assert len(mine) == 60
        assert sum(entry.undone for entry in history if entry.who == name) == 12


@pytest.mark.parametrize("after", [1, 7, 23])
def test_a_program_killed_at_work_loses_nothing_it_had_recorded(tmp_path, after):
    path = tmp_path / "reviews.sqlite"
    with writers(path, ["Ana"], 100_000) as (writer,):
        for _ in range(after):
            last = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate(timeout=60)
        assert writer.returncode == -signal.SIGKILL
        last = int(rest.split("\n")[-2]) if "\n" in rest else last
    with open_reviews(path) as reviews:
        kept = [
            int(entry.comment.split()[0])
            for entry in reviews.history("Svetionici")
            if not entry.undone
        ]
        # Of the decision in hand when it died all is there, or nothing.
        assert sorted(kept) in (list(range(last + 1)), list(range(last + 2)))
        reviews.record(reviews.history("Svetionici")[0])
