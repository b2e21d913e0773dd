"""While a file is read, the one who asked hears how many pages are done, and may stop it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nis2_align.pipeline import Progress, run
from nis2_align.read import read_safely, safely
from nis2_align.resources import corpus_dir
from tests.hostile.conftest import start_with

SLOW = (
    "    import time\n"
    "    on_page(1, 9)\n"
    "    time.sleep(.5)\n"
    "    on_page(2, 9)\n"
    "    time.sleep(60)\n"
)
PLANTED = f"def planted(data, *, name, limits, on_page):\n{SLOW}"


class Stopped(Exception):
    pass


def test_pages_are_told_and_a_refusal_ends_the_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []

    def on_page(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Stopped

    monkeypatch.setattr(safely, "_START", start_with(PLANTED))
    start = time.monotonic()
    with pytest.raises(Stopped):
        read_safely(b"Article 1", name="draft.pdf", on_page=on_page)
    assert time.monotonic() - start < 20
    assert list(dict.fromkeys(told)) == [(1, 9), (2, 9)]
    assert not list(folder.iterdir())


def test_a_flood_on_the_way_does_no_harm(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flood = (
        "    from nis2_align.read.door import read\n"
        "    for page in range(200_000): on_page(page, 1 << 40)\n"
        "    for page in range(200_000): on_page(page, 9)\n"
        "    return read(data, name=name)\n"
    )
    planted = f"def planted(data, *, name, limits, on_page):\n{flood}"
    monkeypatch.setattr(safely, "_START", start_with(planted))
    assert read_safely(b"Article 1\n", name="draft.txt").text == "Article 1\n"


def test_the_pipeline_tells_the_pages_of_each_act() -> None:
    told: list[Progress] = []
    sample = next((corpus_dir() / "samples").glob("*.pdf"))

    def stop_after_reading(progress: Progress) -> None:
        told.append(progress)
        if progress.stage != "read":
            raise Stopped

    with pytest.raises(Stopped):
        run([sample], on_stage=stop_after_reading)
    pages = [(p.page, p.pages) for p in told if p.pages]
    assert pages and pages[-1][0] == pages[-1][1] == 18
    assert all(p.act == sample.name and (p.done, p.total) == (0, 1) for p in told[:-1])
