"""What one visitor has loaded, and the way from an upload to a result.

What holds afterwards: an upload is written only to a private folder that is gone when the analysis
ends, however it ends; at most :data:`KEPT` results are held, each visitor's apart; no text or
name of an act reaches a log.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

import streamlit as st

import nis2_align
from nis2_align.alignment import Alignment, catalogue_headings
from nis2_align.concordance import Table
from nis2_align.export import render
from nis2_align.resources import corpus_dir

if TYPE_CHECKING:
    from nis2_align.pipeline import Progress

__all__ = ["KEPT", "Dossier", "Source", "View", "analyse", "held", "remember", "sample"]

#: Results that a session keeps, so that a second look is instant.
KEPT = 3
# Most file systems allow 255 bytes; an ending of up to 10 characters is kept.
_NAME_BYTES = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One uploaded or bundled file.

    Attributes:
        name: Its name as the visitor knows it.
        content: Its bytes.
        digest: SHA-256 of the bytes.
    """

    name: str
    content: bytes = field(repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(self.content).hexdigest())


@dataclass(frozen=True, slots=True)
class Dossier:
    """The acts to analyse together, and what the visitor said about them.

    Attributes:
        sources: The files.
        language: Code of a language pack, or None to have it detected.
        country: ISO 3166 code, or None to have it detected.
        words: Language of the gaps and reasons, that of the screen; None takes the acts'.
    """

    sources: tuple[Source, ...]
    language: str | None = None
    country: str | None = None
    words: str | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What a result depends on."""
        files = tuple((source.name, source.digest) for source in self.sources)
        return (files, self.language, self.country, self.words)


@dataclass(frozen=True, slots=True)
class View:
    """A result with what pages show of it, made once."""

    alignment: Alignment
    table: Table
    _files: dict[tuple[str, str], bytes] = field(default_factory=dict, repr=False)

    def file(self, ending: str, language: str) -> bytes:
        """Return the bytes of an output.

        Args:
            ending: One of :data:`nis2_align.export.ENDINGS`.
            language: Language of its heads and grades.

        Returns:
            The bytes; made once.

        Raises:
            Nis2AlignError: The ending or the language is unknown.
        """
        key = (ending, language)
        if key not in self._files:
            result = self.alignment.result
            self._files[key] = render(result, ending, catalogue_headings(language), language)
        return self._files[key]


def sample() -> Source | None:
    """Return the bundled sample draft, or None where none is installed."""
    for path in sorted((corpus_dir() / "samples").glob("*.pdf")):
        return Source(path.name, path.read_bytes())
    return None


def _recent() -> MutableMapping[tuple[object, ...], View]:
    if "recent_views" not in st.session_state:
        st.session_state["recent_views"] = {}
    return cast("MutableMapping[tuple[object, ...], View]", st.session_state["recent_views"])


def held(dossier: Dossier) -> View | None:
    """Return the result of a dossier if this session still holds it."""
    recent = _recent()
    view = recent.pop(dossier.key, None)
    if view is not None:
        recent[dossier.key] = view
    return view


def remember(dossier: Dossier, view: View) -> None:
    """Keep a result; the one that was not looked at for longest gives way."""
    recent = _recent()
    recent[dossier.key] = view
    while len(recent) > KEPT:
        del recent[next(iter(recent))]


def analyse(dossier: Dossier, on_stage: Callable[[Progress], None] | None = None) -> View:
    """Analyse a dossier, or return the result that the session still holds.

    Args:
        dossier: What to analyse.
        on_stage: Called as the work goes on.

    Returns:
        The result.

    Raises:
        Nis2AlignError: What :func:`nis2_align.align` raises.
    """
    view = held(dossier)
    if view is None:
        with _written(dossier) as paths:
            alignment = nis2_align.align(
                paths,
                language=dossier.language,
                country=dossier.country,
                on_stage=on_stage,
                words=dossier.words,
            )
        view = View(alignment, alignment.table())
        remember(dossier, view)
    return view


@contextmanager
def _written(dossier: Dossier) -> Iterator[list[Path]]:
    """Write the files into a folder that only this user can enter, and remove it."""
    with tempfile.TemporaryDirectory(prefix="nis2-align-") as folder:
        paths = []
        for place, source in enumerate(dossier.sources):
            path = Path(folder) / str(place) / _file_name(source.name)
            path.parent.mkdir(mode=0o700)
            path.write_bytes(source.content)
            paths.append(path)
        yield paths


def _file_name(name: str) -> str:
    """Return the name without folders and signs that a file system may refuse."""
    base = PurePosixPath(name.replace("\\", "/")).name
    clean = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "", base).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = clean, "", ""
    stem = stem.encode("utf-8", "ignore")[:_NAME_BYTES].decode("utf-8", "ignore")
    return f"{stem or 'act'}{dot}{ending}"
