"""Whatever comes in: a document that keeps its guarantees, or a refusal, and nothing else."""

from __future__ import annotations

import contextlib
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nis2_align.errors import UnreadableFileError
from nis2_align.model import Document
from nis2_align.read import read
from nis2_align.read.wire import BrokenAnswerError, document_from, pack, unpack
from tests.hostile.cases import MARKER, PROSE
from tests.hostile.guarantees import broken
from tests.hostile.mutations import FORMATS, sound_files
from tests.hostile.strategies import answers, harmed_files, signed_noise, texts

QUIET = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True, scope="module")
def alone() -> Any:
    """No other program is found, and libraries say nothing of the files on the screen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(logging.NOTSET)


def holds(data: bytes) -> None:
    try:
        document = read(data, name="act.pdf")
    except UnreadableFileError as error:
        assert "act.pdf" in error.what and error.remedy
        assert MARKER not in str(error)
        return
    assert broken(document, data) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_sound_files_are_read(kind: str) -> None:
    for data in sound_files()[kind]:
        holds(data)
        if kind != "office":
            assert broken(read(data, name="act"), data) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_harmed_files(kind: str) -> None:
    @QUIET
    @given(harmed_files(kind))
    def check(data: bytes) -> None:
        holds(data)

    check()


@QUIET
@given(signed_noise())
def test_noise(data: bytes) -> None:
    holds(data)


@QUIET
@given(texts())
@example(b"\x00")
def test_texts(data: bytes) -> None:
    holds(data)


@QUIET
@given(answers())
def test_an_answer_is_a_document_or_is_refused(answer: Any) -> None:
    try:
        document = document_from(answer)
    except BrokenAnswerError:
        return
    assert isinstance(document, Document)
    assert all(0 <= h.span.start <= h.span.end <= len(document.text) for h in document.hints)


@QUIET
@given(st.binary())
@example(b"[" * 100_000)
@example(b"1" * 10_000)
def test_bytes_that_are_no_answer_are_refused(data: bytes) -> None:
    with contextlib.suppress(BrokenAnswerError):
        assert isinstance(unpack(data), dict)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("text", "", "blank"),
        ("text", "a\u2028\n", "foreign line ends"),
        ("sha256", "", "digest of the bytes"),
        ("text_sha256", "", "digest of the text"),
    ],
)
def test_a_broken_guarantee_is_found(field: str, value: str, says: str) -> None:
    document = read(PROSE.encode(), name="act")
    plain = unpack(pack(document))["document"] | {field: value}
    assert any(says in fault for fault in broken(document_from(plain), PROSE.encode()))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("pages", [[2, 0, 242]], "missing"),
        ("pages", [[1, 0, 200]], "cover"),
        ("pages", [[1, 3, 242]], "does not begin"),
        ("hints", [["bold", 1, 29, None]], "whole number"),
        ("hints", [["bold", 29, 39, None], ["bold", 0, 29, None]], "out of order"),
    ],
)
def test_a_broken_span_is_found(field: str, value: list[Any], says: str) -> None:
    document = read(PROSE.encode(), name="act")
    plain = unpack(pack(document))["document"] | {field: value}
    assert any(says in fault for fault in broken(document_from(plain), PROSE.encode()))
