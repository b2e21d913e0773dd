"""A reading process in which a reader can be planted that behaves as badly as wanted."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nis2_align.model import Document
from nis2_align.read import Limits, read_safely, safely
from tests.hostile.cases import PROSE

Planted = Callable[..., Document]

# The tests' own folder must not be needed inside the process; what is planted travels as text.
_PLANT = (
    ";import nis2_align.read.worker as worker;"
    "exec(compile({code!r},'planted.py','exec'),globals());"
    "worker.read=planted;worker.serve(request)"
)


def start_with(code: str) -> str:
    """Return the start of a process whose reader is the function ``planted`` of ``code``."""
    head = safely._START.partition("from nis2_align")[0].rstrip(";")
    return head + _PLANT.format(code=code)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place for temporary files."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def planted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Planted:
    """Read with the body of a reader that is given as code; its arguments are data and limits."""

    def read(body: str, **limits: int) -> Document:
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        code = f"def planted(data, *, name, limits, on_page=None):\n{lines}\n"
        monkeypatch.setattr(safely, "_START", start_with(code))
        return read_safely(PROSE.encode(), Limits(**limits), name="draft.pdf")

    return read
