"""The limits stand in one place, are shown, can be changed, and each is named when it is passed."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nis2_align.cli import app
from nis2_align.errors import ReadingLimitError, UnreadableFileError
from nis2_align.read import MAX_BYTES, Limits, read, read_safely
from nis2_align.read.limits import DEFAULT, defaults, exceeded, limits_from
from tests.hostile import pdf_files
from tests.hostile.cases import PROSE

COMMANDS = ("align", "gaps", "show", "explain", "evaluate")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_shows_each_default(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], terminal_width=200).stdout
    shown = " ".join(shown.split())
    assert "--limit NAME=NUMBER" in shown
    for name, value in asdict(DEFAULT).items():
        assert f"{name}={value}" in shown
    assert defaults() in shown


def test_what_a_person_says_replaces_the_defaults() -> None:
    assert limits_from([]) == DEFAULT == Limits()
    assert limits_from(["seconds=9", "pages=7", "seconds=8"]) == replace(
        DEFAULT, seconds=8, pages=7
    )


@pytest.mark.parametrize(
    "setting", ["", "seconds", "seconds=", "seconds=0", "seconds=-1", "seconds=1.5", "patience=3",
                "seconds=x", "SECONDS=3", "file_bytes=3", "seconds=\u0663"],
)  # fmt: skip
def test_what_says_nothing_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="write NAME=NUMBER"):
        limits_from([setting])
    done = CliRunner().invoke(app, ["show", "act.txt", "--limit", setting])
    assert done.exit_code == 2
    assert "file_mb, pages, characters, seconds, memory_mb" in " ".join(done.stderr.split())


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "3"])
def test_a_bound_is_a_whole_number_from_1(value: object) -> None:
    with pytest.raises(ValueError, match="seconds"):
        Limits(seconds=value)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", asdict(DEFAULT))
def test_each_error_names_its_limit_and_a_way_on(name: str) -> None:
    limits = replace(DEFAULT, **{name: 123})
    error = exceeded(name, "act.pdf", limits)
    assert error.limit == name and error.exit_code == UnreadableFileError.exit_code
    assert error.what.startswith("The file act.pdf ") and "123" in error.what
    assert error.remedy.endswith(f"raise the limit: --limit {name}=246.")
    # What the remedy says can be typed.
    setting = re.findall(r"--limit (\S+)\.", error.remedy)
    assert getattr(limits_from(setting), name) == 246


def passed(data: bytes, limits: Limits) -> str:
    """Return the limit that both ways of reading say was passed."""
    names = []
    for way in (read, read_safely):
        with pytest.raises(ReadingLimitError) as caught:
            way(data, limits=limits, name="act.pdf")
        names.append(caught.value.limit)
    assert len(set(names)) == 1
    return names[0]


def test_each_bound_holds_to_the_last_one() -> None:
    text = PROSE.encode()
    assert read_safely(text, Limits(characters=len(PROSE))).text == PROSE
    assert passed(text, Limits(characters=len(PROSE) - 1)) == "characters"
    two = pdf_files.many_pages(2)
    assert len(read_safely(two, Limits(pages=2)).pages) == 2
    assert passed(two, Limits(pages=1)) == "pages"
    long = text + b"\n" * (1024 * 1024 - len(text))
    assert read_safely(long, Limits(file_mb=1)).text == PROSE
    assert passed(long + b"\n", Limits(file_mb=1)) == "file_mb"
    assert DEFAULT.file_bytes == MAX_BYTES == 50 * 1024 * 1024


def test_the_command_line_says_which_limit(tmp_path: Path) -> None:
    path = tmp_path / "act.txt"
    path.write_text(PROSE)
    done = CliRunner().invoke(app, ["show", str(path), "--text", "--limit", "characters=20"])
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "error: The file act.txt holds more than 20 characters of text, which is the limit. Split "
        "it and read the parts. Or raise the limit: --limit characters=40."
    ]
    done = CliRunner().invoke(app, ["show", str(path), "--text", "--limit", "characters=2000"])
    assert (done.exit_code, done.stdout) == (0, PROSE)
