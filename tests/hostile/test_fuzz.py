"""The fuzz run itself: it is repeatable, and counts what it should."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from nis2_align.read import door
from tests.hostile import fuzz, report
from tests.hostile.fuzz import Outcome, attempt, bytes_of, case_of, outcomes
from tests.hostile.mutations import FORMATS


@pytest.fixture(autouse=True)
def no_script(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new process runs the main module's file anew, and a test of the app leaves a page there."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def test_formats_take_turns_and_each_case_is_always_the_same_file() -> None:
    cases = [case_of(number) for number in range(42)]
    assert {case.partition(":")[0] for case in cases} == set(FORMATS)
    files = [bytes_of(case, 1) for case in cases]
    assert files == [bytes_of(case, 1) for case in cases]
    assert len(set(files)) == len(files)
    assert files != [bytes_of(case, 2) for case in cases]


def test_each_end_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = b"Article 1\nLamps.\n"
    assert attempt("text:0", sound).end == "read"
    assert attempt("text:0", b"").end == "refused"
    real = door.read

    def fails(*_: object, **__: object) -> None:
        raise KeyError("Lamps")

    monkeypatch.setattr(door, "read", fails)
    outcome = attempt("text:0", sound)
    assert outcome.end == "crash" and outcome.what.startswith("KeyError test_fuzz.py:")
    assert "Lamps" not in outcome.what
    monkeypatch.setattr(door, "read", lambda data, **given: real(data + b"more", **given))
    outcome = attempt("text:0", sound)
    assert outcome.end == "crash" and "digest" in outcome.what


def test_a_process_that_dies_is_a_crash_and_the_others_go_on() -> None:
    # There is no such format, so that the process which is to make its file ends.
    found = outcomes(["nothing:0", "text:1", "text:2"], 1, hands=1, seconds=60)
    assert [(one.case, one.end == "crash") for one in found] == [
        ("nothing:0", True), ("text:1", False), ("text:2", False),
    ]  # fmt: skip


def test_a_case_over_the_time_is_a_hang() -> None:
    (outcome,) = outcomes(["text:1"], 1, hands=1, seconds=0)
    assert outcome.end == "hang"


def test_the_figures_go_into_their_place(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- fuzz -->\nold\n<!-- /fuzz -->\nb\n")
    found = [Outcome("pdf:1"), Outcome("pdf:2", end="hang", seconds=21), Outcome("text:3")]
    text = report.write(found, 1, 20, 90, page)
    assert page.read_text() == f"a\n<!-- fuzz -->\n{text}<!-- /fuzz -->\nb\n"
    assert "| pdf | 2 | 1 | 0 | 0 | 1 | 21.0 |" in text
    assert "| all | 3 | 2 | 0 | 0 | 1 | 21.0 |" in text
    assert fuzz.failures(found) == found[1:2]
    with pytest.raises(ValueError, match="0 blocks other"):
        report.put(page, "other", "")


def test_the_page_holds_figures_without_a_crash_or_a_hang(repo_root: Path) -> None:
    """What docs/reliability.md says was so when it was written; `make fuzz` writes it again."""
    page = (repo_root / "docs" / "reliability.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith("| all |")]
    cases, read, refused, crashes, hangs = (int(part) for part in line.split("|")[2:7])
    assert cases >= 10_000 and read > 3_000 and refused > 3_000
    assert (crashes, hangs) == (0, 0)
