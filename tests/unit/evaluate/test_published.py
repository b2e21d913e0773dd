"""The published figures are read as they stand, or refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nis2_align.errors import CatalogueError
from nis2_align.evaluate.published import published
from nis2_align.languages import language_codes


def test_the_figures_are_those_of_the_file(repo_root: Path) -> None:
    file = json.loads((repo_root / "docs/accuracy.json").read_text(encoding="utf-8"))["all"]
    found = published()
    assert [one.act for one in found] == list(file)
    for one in found:
        entry = file[one.act]
        assert one.found.value == entry["ours"]["hit@5"]
        assert [one.balanced.low, one.balanced.high] == entry["interval"]["balanced"]
        assert one.gaps.value == entry["ours"]["none_p"]
        assert one.language in language_codes()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"all": {"x": {"ours": 3}}}', '{"all": [1]}'])
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accuracy.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"accuracy\.json"):
        published(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError):
        published(tmp_path / "none.json")
