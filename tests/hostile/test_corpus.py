"""Every hostile file ends soon, in a document or in one clear error, and hurts nobody."""

from __future__ import annotations

import time

import pytest

from nis2_align.errors import ReadingLimitError, UnreadableFileError
from nis2_align.model import Document
from nis2_align.read import Limits, read_safely
from tests.hostile import package_files, pdf_files, text_files
from tests.hostile.cases import MARKER, Case
from tests.notice_guarantees import unsaid

# Ten times what the slowest of these files takes on an idle machine of two cores.
LIMITS = Limits(seconds=120)
CASES = (*text_files.CASES, *pdf_files.CASES, *package_files.CASES)


def test_names_are_told_apart() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 80


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_ends_in_a_document_or_in_one_clear_error(case: Case) -> None:
    data = case.make()
    start = time.monotonic()
    try:
        outcome: Document | UnreadableFileError = read_safely(data, LIMITS, name=case.name)
    except UnreadableFileError as error:
        outcome = error
    assert time.monotonic() - start < LIMITS.seconds / 2
    if isinstance(outcome, Document):
        assert case.may or case.says is None, f"read, but should be refused: {outcome.text[:80]!r}"
        assert case.holds is None or case.holds in outcome.text
        assert outcome.name == case.name
        assert [fault for issue in outcome.issues for fault in unsaid(issue)] == []
        return
    assert unsaid(outcome) == []
    assert case.may or case.says is not None, f"refused, but should be read: {outcome}"
    assert case.says is None or case.says in outcome.what
    assert case.name in outcome.what and outcome.remedy.endswith(".")
    assert MARKER not in str(outcome), "an error must not repeat the draft"
    assert "reader failed" not in outcome.what, "a defect of ours, not of the file"
    if case.limit is not None:
        assert isinstance(outcome, ReadingLimitError) and outcome.limit == case.limit
        assert f"--limit {case.limit}=" in outcome.remedy
