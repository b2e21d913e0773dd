import sys
from pathlib import Path

import pytest

from nis2_align.reviews import VARIABLE, default_path


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    for name in (VARIABLE, "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


def test_a_shared_database_is_named_by_the_environment(monkeypatch):
    monkeypatch.setenv(VARIABLE, "/srv/shared/reviews.sqlite")
    assert default_path() == Path("/srv/shared/reviews.sqlite")


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".local/share"),
        ("darwin", "Library/Application Support"),
        ("win32", "AppData/Local"),
    ],
)
def test_else_it_lies_in_the_persons_own_folder(monkeypatch, home, platform, folder):
    monkeypatch.setattr(sys, "platform", platform)
    assert default_path() == home / folder / "nis2-align" / "reviews.sqlite"


def test_the_platforms_own_variables_count(monkeypatch, home, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_path().parent.parent == tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert default_path().parent.parent == home / ".local" / "share"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_path().parent.parent == tmp_path / "local"
