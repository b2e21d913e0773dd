"""One bad file of a dossier becomes an issue; the others are analysed."""

from __future__ import annotations

from pathlib import Path

import pytest

import nis2_align
from nis2_align import pipeline
from nis2_align.errors import UnreadableFileError
from nis2_align.export.json import to_json
from nis2_align.pipeline import Progress, run
from nis2_align.read import Limits
from tests.hostile import package_files, pdf_files
from tests.hostile.cases import PROSE


@pytest.fixture(autouse=True)
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No requirement has statements, so that an analysis takes no time."""
    monkeypatch.setattr(pipeline, "queries", lambda *_: ())


@pytest.fixture
def law(tmp_path: Path) -> Path:
    path = tmp_path / "law.txt"
    path.write_text(PROSE, encoding="utf-8")
    return path


def bad(folder: Path) -> list[Path]:
    """Write a locked, a cut-off, an endless and a missing file."""
    made = {
        "locked.pdf": pdf_files.encrypted(),
        "cut.docx": package_files.docx()[:-40],
        "long.txt": b"Article 1 " * 3_000,
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in (*made, "gone.pdf")]


def test_the_others_go_on(law: Path, tmp_path: Path) -> None:
    locked, cut, long, gone = bad(tmp_path)
    told: list[Progress] = []
    paths = [locked, cut, law, long, gone]
    result = run(paths, "en", on_stage=told.append, limits=Limits(characters=2_000))
    assert [act.id for act in result.acts] == ["law"]
    assert [p.act for p in told if p.stage == "read"] == [path.name for path in paths]
    issues = [issue for issue in result.issues if issue.code == "act_unreadable"]
    assert [issue.severity for issue in issues] == ["warning"] * 4
    for issue, name, says in zip(
        issues,
        ["locked.pdf", "cut.docx", "long.txt", "gone.pdf"],
        ["password", "cut off", "--limit characters=4000", "does not exist"],
        strict=True,
    ):
        assert name in issue.message and says in issue.message
        assert "made without it" in issue.message
    assert to_json(result).count("act_unreadable") == 4


def test_a_sound_dossier_has_no_such_issue(law: Path) -> None:
    assert "act_unreadable" not in {issue.code for issue in run([law], "en").issues}


def test_the_only_file_raises_its_own_error(tmp_path: Path) -> None:
    locked = bad(tmp_path)[0]
    with pytest.raises(UnreadableFileError) as caught:
        run([locked], "en")
    assert caught.value.what == "The file locked.pdf is protected by a password."


def test_where_none_can_be_read_each_is_named(tmp_path: Path) -> None:
    paths = bad(tmp_path)
    with pytest.raises(UnreadableFileError, match="None of the 4 files can be read") as caught:
        run(paths, "en", limits=Limits(characters=2_000))
    for path in paths:
        assert path.name in caught.value.what


def test_a_cancelled_dossier_reads_no_further(law: Path, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        run([bad(tmp_path)[0], law, law], "en", on_stage=stop)


def test_the_api_takes_the_limits(law: Path) -> None:
    with pytest.raises(UnreadableFileError, match="more than 9 characters"):
        nis2_align.align(law, "en", limits=Limits(characters=9))
    assert nis2_align.align(law, "en").result.acts[0].articles == 2
