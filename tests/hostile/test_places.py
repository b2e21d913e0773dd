"""What is no file of an act: folders, pipes, devices, loops of links. Opening one must not wait."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nis2_align.errors import ReadingLimitError, UnreadableFileError
from nis2_align.read import Limits, read, read_safely

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kinds of files of POSIX")


def refusal(path: Path) -> UnreadableFileError:
    """Return the error that both ways of reading raise, at once."""
    found: list[UnreadableFileError] = []

    def ask() -> None:
        for way in (read, read_safely):
            try:
                way(path)
            except UnreadableFileError as error:
                found.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(10)
    assert not asking.is_alive(), "the reading waits"
    here, apart = found
    assert str(here) == str(apart)
    assert path.name in here.what and here.remedy
    return here


def pipe(path: Path) -> None:
    os.mkfifo(path)


def local_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        # The whole path may be longer than a socket's name may be.
        before = Path.cwd()
        os.chdir(path.parent)
        try:
            one.bind(path.name)
        finally:
            os.chdir(before)


def loop(path: Path) -> None:
    other = path.with_name("other.pdf")
    other.symlink_to(path)
    path.symlink_to(other)


def own_loop(path: Path) -> None:
    path.symlink_to(path)


def nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("gone.pdf"))


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe_behind_a_link(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to(path.with_name("pipe"))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (Path.mkdir, "it is a folder"),
        (pipe, "a pipe or a device"),
        (pipe_behind_a_link, "a pipe or a device"),
        (local_socket, "a pipe or a device"),
        (device, "a pipe or a device"),
        (loop, "cannot be opened"),
        (own_loop, "cannot be opened"),
        (nowhere, "does not exist"),
    ],
    ids=lambda made: getattr(made, "__name__", None),
)
def test_what_is_no_file_is_refused_at_once(
    make: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    path = tmp_path / "act.pdf"
    make(path)
    assert says in refusal(path).what


@pytest.mark.parametrize("name", ["a\0b.pdf", "n" * 300 + ".pdf"])
def test_names_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / name).what


def test_a_link_to_an_act_is_the_act(tmp_path: Path) -> None:
    (tmp_path / "act.txt").write_text("Article 1\n")
    (tmp_path / "link.txt").symlink_to(tmp_path / "act.txt")
    assert read_safely(tmp_path / "link.txt").text == "Article 1\n"


def test_a_file_that_becomes_a_pipe_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the path and the opening another thing may have come there."""
    path, regular = tmp_path / "act.txt", tmp_path / "regular.txt"
    os.mkfifo(path)
    regular.write_text("Article 1\n")
    status = regular.stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
    assert "a pipe or a device" in refusal(path).what


def test_a_file_that_says_it_is_short_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "act.txt"
    path.write_bytes(b"a" * (1024 * 1024 + 1))
    status = list(path.stat())
    status[6] = 0
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result(status))
    with pytest.raises(ReadingLimitError, match="longer than 1 MB"):
        read(path, limits=Limits(file_mb=1))
