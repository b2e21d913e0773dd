"""An act gives the same provisions as text and as pages, plain, in columns, and scanned."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.ingest import (
    DIVIDED,
    ONE,
    SAMPLE,
    SURE,
    TWO,
    TWO_DIVIDED,
    kept,
    paragraphs,
    provisions,
)
from benchmarks.typeset import scanned, typeset
from nis2_align.read import ocr, read

STYLES = {
    "one": ONE,
    "divided": DIVIDED,
    "two": TWO,
    "two_divided": TWO_DIVIDED,
    "row_by_row": replace(TWO_DIVIDED, rowwise=True, seed=1),
}


def share(path: Path, style, *, scan: bool = False, part: int | None = None) -> float:
    text = paragraphs(path)[:part]
    truth = provisions(read("\n".join(text).encode(), name=path.name))
    data = typeset(text, style)
    found = provisions(read(scanned(data) if scan else data, name="act.pdf"))
    return kept(truth, found, SURE if scan else 1.0)


@pytest.mark.parametrize("style", STYLES)
def test_the_sample_survives_every_kind_of_page(fonts, style):
    assert share(SAMPLE, STYLES[style]) == 1.0


@pytest.mark.shared
@pytest.mark.parametrize("style", ["divided", "two_divided"])
@pytest.mark.parametrize("act", ["drafts/cnr_draft.txt", "laws/rs_zib_2025.txt"])
def test_acts_of_the_region_survive_every_kind_of_page(fonts, shared, act, style):
    assert share(shared / act, STYLES[style]) >= 0.99


@pytest.mark.parametrize("style", [ONE, replace(TWO_DIVIDED, size=9.0)], ids=["one", "two"])
def test_the_beginning_of_the_sample_survives_a_scan(fonts, style):
    if ocr.engine() is None and not os.environ.get("CI"):
        pytest.skip("Tesseract is not installed (packages.txt)")
    assert share(SAMPLE, style, scan=True, part=40) >= 0.92


def test_what_is_lost_lowers_the_share():
    truth = provisions(read(SAMPLE))
    text = read(SAMPLE).text
    assert kept(truth, truth) == 1.0
    spoilt = text.replace("(1) ", "(9) ", 1).replace("shall", "may", 20)
    assert kept(truth, provisions(read(spoilt.encode(), name="a.txt"))) < 0.98
