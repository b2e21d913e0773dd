"""The figures in docs/accuracy.json are of the tool as it stands, and do not fall unseen."""

import json
from pathlib import Path

import pytest

from nis2_align.evaluate import score_result
from nis2_align.pipeline import run

ACTS = {
    "Croatia": ("laws/hr_zks_2024.txt", "gold/hr_zks_2024.csv"),
    "Montenegrin draft": ("drafts/cnr_draft.txt", "gold/cnr_draft.csv"),
}
PARTS = {"pair_f1": "article", "mrr": "article", "kappa": "grade", "balanced": "grade"}


@pytest.mark.parametrize("name", ACTS)
def test_no_figure_falls_below_its_interval(name: str, repo_root: Path, shared: Path) -> None:
    published = json.loads((repo_root / "docs/accuracy.json").read_text(encoding="utf-8"))
    intervals = published["all"][name]["interval"]
    act, labels = (shared / path for path in ACTS[name])
    figures = score_result(run([act]), labels)
    now = {key: figures[part][key] for key, part in PARTS.items()}
    fallen = {key: value for key, value in now.items() if value < intervals[key][0]}
    assert not fallen, f"below the published interval: {fallen}; see `make accuracy`"


def test_the_page_is_made_from_the_figures(repo_root: Path) -> None:
    published = json.loads((repo_root / "docs/accuracy.json").read_text(encoding="utf-8"))
    page = (repo_root / "docs/accuracy.md").read_text(encoding="utf-8")
    assert published["catalogue"] in page
    for part in ("all", "slice"):
        for entry in published[part].values():
            assert f"{entry['ours']['kappa']:.2f}" in page
