"""Visitors are kept apart, and nothing of a visit outlives it."""

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nis2_align.errors import NoArticlesError, ReviewsError
from nis2_align.pipeline import Progress
from nis2_align.text.analyse import analyser
from nis2_align.ui import private_folder, visits
from nis2_align.ui.private_folder import PREFIX, PrivateFolder, sweep
from nis2_align.ui.visits import Visits, browser
from nis2_align.ui.work import Cancelled, Defect, Work
from tests.notice_guarantees import all_said

ONE = Progress(stage="read", act=None, done=0, total=1)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(private_folder.tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("NIS2_ALIGN_REVIEWS", raising=False)
    return tmp_path


def gone(path, seconds=5.0):
    end = time.monotonic() + seconds
    while path.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return not path.exists()


def test_a_visit_ends_after_its_last_page_and_not_before(temporary):
    house = Visits(grace=0.2)
    house.enter("a")
    house.enter("a")
    visit = house.of("a")
    visit.dossiers["d"] = "dossier"
    place = visit.reviews().path.parent
    assert place.is_dir()
    assert house.of("b").dossiers == {}
    house.leave("a")
    time.sleep(0.4)
    assert house.of("a") is visit
    house.leave("a")
    house.enter("a")  # loaded anew
    time.sleep(0.4)
    assert house.of("a") is visit
    assert place.is_dir()
    house.leave("a")
    assert gone(place)
    assert house.of("a") is not visit
    assert visit.dossiers == {}


def test_the_end_of_a_visit_stops_its_work(temporary):
    house = Visits(grace=0.0)
    house.enter("a")
    ended = []

    def task(tell):
        try:
            while True:
                tell(ONE)
                time.sleep(0.01)
        finally:
            ended.append(True)

    house.of("a").work["k"] = Work(task)
    house.leave("a")
    end = time.monotonic() + 5
    while not ended and time.monotonic() < end:
        time.sleep(0.02)
    assert ended


def test_each_visit_has_a_store_of_its_own(temporary):
    house = Visits()
    one, other = house.of("a").reviews(), house.of("b").reviews()
    assert one.path != other.path
    assert one.path.is_relative_to(temporary)
    assert os.name == "nt" or (one.path.parent.stat().st_mode & 0o777) == 0o700
    house.of("a").clear()
    assert not one.path.exists()
    assert other.path.exists()


def test_a_full_disk_is_told_in_every_language(temporary, monkeypatch):
    def full(*_args, **_named):
        raise OSError("no space left")

    monkeypatch.setattr(Path, "mkdir", full)
    with all_said(ReviewsError), pytest.raises(ReviewsError, match="cannot be made"):
        Visits().of("a").reviews()


def test_a_named_store_is_shared_and_stays(temporary, monkeypatch):
    shared = temporary / "shared.sqlite"
    monkeypatch.setenv("NIS2_ALIGN_REVIEWS", str(shared))
    house = Visits()
    assert house.of("a").reviews().path == house.of("b").reviews().path == shared
    house.of("a").clear()
    assert shared.exists()
    assert not list(temporary.glob(f"{PREFIX}*"))


KILLED = (
    "import os, signal, tempfile; tempfile.tempdir = {place!r}\n"
    "from nis2_align.ui.private_folder import PrivateFolder\n"
    "folder = PrivateFolder().path(); (folder / 'secret').write_text('x'); print(folder)\n"
    "os.kill(os.getpid(), signal.SIGKILL)"
)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_a_killed_program_left_is_removed_at_the_next_start(temporary):
    command = [sys.executable, "-c", KILLED.format(place=str(temporary))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    left = Path(done.stdout.strip())
    running = PrivateFolder()
    own = running.path()
    strange = temporary / f"{PREFIX}young"
    strange.mkdir()
    assert left.is_dir()
    Visits()
    assert not left.exists()
    assert own.is_dir()
    assert strange.is_dir()
    os.utime(strange, (1, 1))
    assert sweep() == 1
    running.remove()
    assert not own.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_is_never_followed(temporary, tmp_path_factory):
    kept = tmp_path_factory.mktemp("kept")
    (kept / "file").write_text("x")
    os.utime(kept, (1, 1))
    (temporary / f"{PREFIX}link").symlink_to(kept)
    assert sweep() == 0
    assert (kept / "file").exists()


def masked(token, mask):
    return bytes(one ^ mask[place % 4] for place, one in enumerate(token)).hex()


def test_a_browser_is_known_by_its_token_whatever_the_mask():
    token, other = bytes(range(16)), bytes(range(1, 17))
    keys = {
        browser(f"2|{mask.hex()}|{masked(token, mask)}|1700000000")
        for mask in (b"\x00\x00\x00\x00", b"abcd", b"\xff\x01\x02\x03")
    }
    assert len(keys) == 1
    assert browser(f"2|{b'abcd'.hex()}|{masked(other, b'abcd')}|1") not in keys
    assert token.hex() not in keys


@pytest.mark.parametrize("cookie", [None, "", "2|", "x", "2|61626364||1", "2|61|6162|1", "1|a|b|c"])
def test_without_a_sound_cookie_nobody_is_recognised(cookie):
    assert browser(cookie) is None


def test_work_says_how_far_it_is_and_gives_its_result():
    work = Work(lambda tell: tell(ONE) or "done")
    assert work.wait(5)
    assert work.progress == ONE
    assert work.result() == "done"


def test_work_that_is_stopped_is_over_at_once_and_ends_at_its_next_step():
    steps = []

    def task(tell):
        while True:
            tell(ONE)
            steps.append(1)
            time.sleep(0.01)

    work = Work(task)
    assert not work.wait(0.05)
    work.cancel()
    assert work.wait(0)
    with pytest.raises(Cancelled):
        work.result()
    time.sleep(0.1)
    before = len(steps)
    time.sleep(0.1)
    assert len(steps) == before


def test_what_the_work_raises_comes_back_and_a_defect_says_nothing_of_the_draft(caplog):
    def refused(_tell):
        raise NoArticlesError("No article.", "Give one.")

    def broken(_tell):
        raise ValueError("the keeper's secret clause")

    work = Work(refused)
    work.wait(5)
    with pytest.raises(NoArticlesError):
        work.result()
    with caplog.at_level(logging.DEBUG):
        work = Work(broken)
        work.wait(5)
    with pytest.raises(Defect, match=r"^ValueError$") as caught:
        work.result()
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_grace_is_long_enough_for_a_reload():
    assert 30 <= visits.GRACE_SECONDS <= 600


def test_after_the_last_visit_no_word_of_an_act_is_remembered(temporary):
    house = Visits(grace=0.0)
    for name in "ab":
        house.enter(name)
    reader = analyser("en")
    reader.analyse("The Zwyxwort reports.")
    house.leave("a")
    time.sleep(0.2)
    assert analyser("en") is reader
    house.leave("b")
    end = time.monotonic() + 5
    while analyser("en") is reader and time.monotonic() < end:
        time.sleep(0.02)
    assert analyser("en") is not reader
