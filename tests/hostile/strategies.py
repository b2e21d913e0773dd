"""Hypothesis strategies of what may come in: files of every format, and answers of a process."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.hostile.mutations import FORMATS, harmed, sound_files
from tests.hostile.package_files import OLE

__all__ = ["answers", "files", "harmed_files", "signed_noise", "texts"]

SIGNATURES = (
    b"", b"%PDF-1.4\n", b"PK\x03\x04", OLE, b"{\\rtf1", b"<html>", b"<?xml ", b"\xff\xfe",
    b"\xef\xbb\xbf", b"<akomaNtoso ", b"BM", b"\x1f\x8b",
)  # fmt: skip


def harmed_files(kind: str) -> SearchStrategy[bytes]:
    """Return files of one format that have come to harm."""
    return st.builds(harmed, st.randoms(use_true_random=False), st.just(kind))


def signed_noise() -> SearchStrategy[bytes]:
    """Return noise behind what a format begins with."""
    return st.builds(lambda head, rest: head + rest, st.sampled_from(SIGNATURES), st.binary())


def cut_files() -> SearchStrategy[bytes]:
    """Return sound files that end too soon."""
    whole = st.sampled_from([one for files in sound_files().values() for one in files])
    return whole.flatmap(lambda one: st.integers(0, len(one)).map(lambda end: one[:end]))


def texts() -> SearchStrategy[bytes]:
    """Return texts of any characters, with lines as acts have them among them."""
    line = st.sampled_from(
        ("Article 1", "(1) Keepers report.", "a) lamps;", "x: a)", "- dash", "# Part", "**Bold**",
         "| 1 | Lamps |", "", "<!-- note -->", "% Title", "\u0427\u043b\u0430\u043d 1.")
    )  # fmt: skip
    lines = st.lists(st.one_of(line, line, st.text()), min_size=1)
    encoding = st.sampled_from(("utf-8", "utf-16", "cp1250", "cp1251"))
    return st.builds(lambda ls, e: "\n".join(ls).encode(e, "replace"), lines, encoding)


def files() -> SearchStrategy[bytes]:
    """Return anything that somebody may hand in as an act."""
    return st.one_of(signed_noise(), cut_files(), texts(), *map(harmed_files, FORMATS))


def answers() -> SearchStrategy[Any]:
    """Return what a process that was taken over may send: a document's fields, with any value."""
    leaf = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
    value = st.recursive(leaf, lambda inner: st.lists(inner), max_leaves=12)
    names = ("id", "name", "title", "text", "format", "sha256", "text_sha256", "pages", "hints",
             "issues")  # fmt: skip
    sound: dict[str, SearchStrategy[Any]] = {
        "text": st.just("Article 1\n"),
        "format": st.just("text"),
        "pages": st.just([]),
        "hints": st.just([["bold", 0, 10, None]]),
        "issues": st.just([]),
        "title": st.none(),
    }
    return st.fixed_dictionaries(
        {name: st.one_of(value, sound.get(name, st.just("x"))) for name in names}
    )
