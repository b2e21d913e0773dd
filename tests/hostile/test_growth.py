"""Texts and pages on which some step once took time that grew with the square of their length."""

from __future__ import annotations

import time

import pytest

from nis2_align.languages import language
from nis2_align.read import read
from nis2_align.segment import segment
from tests.hostile import pdf_files, text_files

HEAD = "Article 1\n"
# Each took minutes, or would have at this length; now a second or two on an idle machine.
TEXTS = {
    "one long word": HEAD + "a" * 60_000 + "\n",
    "list marks behind colons": HEAD + "x: a)\n" * 8_000,
    "list marks in one line": HEAD + "x: a) " * 4_000 + "\n",
    "articles without text": HEAD * 8_000,
    "letters apart": HEAD + "a " * 60_000 + "\n",
    "deep lists": HEAD + "(1) x:\na) y:\n1. z:\n- q\n" * 1_500,
    "a title with a gap": "# a" + " " * 60_000 + "b\n" + HEAD + "x\n",
    "list marks apart": text_files.html("<p>Article 1</p>" + "<div>a)</div>" * 40_000),
    "a page of a kilometre": pdf_files.pdf(pdf_files.objects(pdf_files.wide_page())),
}


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_length_alone(name: str) -> None:
    text = TEXTS[name]
    start = time.process_time()
    document = read(text if isinstance(text, bytes) else text.encode(), name="act")
    assert segment(document, language("en")).articles()
    assert time.process_time() - start < 20
