"""The CSV files, read back by pandas and by the standard library."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from nis2_align.concordance import table
from nis2_align.export import Layout, render
from nis2_align.model import Gap
from tests.unit.export.result_samples import HEADINGS, act, assessments, beyond, result


def frame(held=None, **asked):
    content = render(held or result(), ".csv", HEADINGS, "en", Layout(**asked))
    # The mark by which a common spreadsheet knows UTF-8; without it Cyrillic is misread.
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    read = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", dtype=str, keep_default_na=False)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [list(read.columns), *read.to_numpy().tolist()] == lines
    return read


def test_the_concordance_is_what_comes_unasked():
    assert frame().equals(frame(listing="concordance"))
    assert list(frame()["Requirement"]) == [item.requirement for item in assessments()]


def test_the_gaps_have_a_line_each():
    shown = frame(listing="gaps")
    assert list(shown["Kind of gap"]) == ["figure", "element"]
    assert list(shown["Required"]) == ["24 h", ""]
    assert shown["What is missing or weaker"][1].startswith("'=1+1")


def test_the_reverse_listing_has_a_line_per_provision():
    held = result(assessments=beyond())
    shown = frame(held, listing="reverse")
    entries = table(held, HEADINGS).reverse
    assert list(shown["Provision"]) == [entry.ref for entry in entries]
    assert list(shown["Requirements"]) == [", ".join(entry.requirements) for entry in entries]


@pytest.mark.parametrize("listing", ["concordance", "gaps", "reverse"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_no_cell_begins_like_a_formula(listing, sign):
    wicked = f"{sign}1+1"
    gap = Gap(kind="scope", message=wicked, element=f"x#{wicked}", expected=wicked, found=wicked)
    clause = replace(assessments()[3].provisions[0], quote=wicked, ref=wicked, label=wicked)
    harm = replace(
        assessments()[3], gaps=(gap,), rationale=wicked, requirement=wicked, provisions=(clause,)
    )
    held = result(
        assessments=(harm,), acts=(replace(act(), title=wicked, id=wicked),), segmentations=()
    )
    shown = frame(held, listing=listing)
    assert len(shown) >= 1
    for value in shown.to_numpy().ravel():
        assert value[:1] not in set("=+-@\t\r\uff1d")
