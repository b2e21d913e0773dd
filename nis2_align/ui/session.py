"""What a visitor works on: the dossier, its result, the requirement that is open, the decisions.

Pages ask here and nowhere else. What is held, and how long, :mod:`nis2_align.ui.visits` knows;
the acts themselves are never written to the disk, and no text or name of an act reaches a log.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from nis2_align.alignment import Alignment, catalogue_headings
from nis2_align.concordance import Table
from nis2_align.concordance.doubt import by_doubt
from nis2_align.dossier import Dossier as Acts
from nis2_align.dossier import Entry
from nis2_align.errors import Nis2AlignError
from nis2_align.export import Layout, render
from nis2_align.messages import Messages
from nis2_align.model import Document, Elsewhere
from nis2_align.resources import corpus_dir
from nis2_align.reviews import Decision, Reviews, apply, recognised
from nis2_align.ui.visits import KEPT, visit

if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "Dossier", "Settings", "Source", "View", "beside", "choose", "chosen",
    "chosen_requirement", "current", "documents", "drop", "go", "hold", "open_requirement",
    "others", "remember", "reviews", "sample", "tables_beside",
]  # fmt: skip

_OPEN = ("none", "partial", "uncertain")
# Most file systems allow 255 bytes; an ending of up to 10 characters is kept.
_NAME_BYTES = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One uploaded or bundled file.

    Attributes:
        name: Its name as the visitor knows it, without folders.
        content: Its bytes.
        digest: SHA-256 of the bytes.
    """

    name: str
    content: bytes = field(repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _file_name(self.name))
        object.__setattr__(self, "digest", hashlib.sha256(self.content).hexdigest())


@dataclass(frozen=True, slots=True)
class Settings:
    """What the visitor said about one act; None where it is to be found in the text."""

    language: str | None = None
    country: str | None = None
    jurisdiction: str | None = None
    kind: str | None = None
    planned: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The acts to analyse together, and what the visitor said about them.

    Attributes:
        sources: The files, the main one first.
        settings: SHA-256 of a file → what was said about it; nothing where it is missing.
        official: A file with an official text of the directive, or None.
        elsewhere: Requirement → clauses in acts that are not loaded.
    """

    sources: tuple[Source, ...]
    settings: Mapping[str, Settings] = field(default_factory=lambda: MappingProxyType({}))
    official: Source | None = None
    elsewhere: Mapping[str, tuple[Elsewhere, ...]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )

    @property
    def key(self) -> tuple[object, ...]:
        """What a result depends on, apart from the language of its words."""
        files = tuple((one.name, one.digest, self.said(one)) for one in self.sources)
        places = tuple(sorted(self.elsewhere.items()))
        return (files, self.official and self.official.digest, places)

    @property
    def files(self) -> frozenset[str]:
        """The digests of its files, in no order: dossiers that share one are states of the same."""
        return frozenset(source.digest for source in self.sources)

    @property
    def digest(self) -> str:
        """Name of the dossier for addresses and file names: 8 hex digits, by its acts alone."""
        joined = "".join(source.digest for source in self.sources)
        return hashlib.sha256(joined.encode("ascii")).hexdigest()[:8]

    def said(self, source: Source) -> Settings:
        """Return what was said about a file."""
        return self.settings.get(source.digest, Settings())

    def acts(self, read: Mapping[tuple[str, str], Document] = MappingProxyType({})) -> Acts:
        """Return the dossier as the analysis takes it.

        Args:
            read: Name and SHA-256 of a file → what was read from it before.
        """
        entries = tuple(
            Entry(
                path=Path(one.name),
                content=one.content,
                document=read.get((one.name, one.digest)),
                **_entry(self.said(one)),
            )
            for one in self.sources
        )
        return Acts(entries=entries, elsewhere=self.elsewhere)


def _entry(said: Settings) -> dict[str, Any]:
    names = ("title", "kind", "jurisdiction", "language", "country", "planned")
    return {name: getattr(said, name) for name in names}


@dataclass(frozen=True, slots=True)
class View:
    """A result with what pages show of it, made once.

    Attributes:
        alignment: The analysis, with the decisions laid over it.
        table: Its table of concordance.
        dossier: What was analysed.
        digest: The dossier's name in addresses: 8 hex digits.
        name: The dossier's name in the store of decisions; that of the earlier draft where its
            clauses are recognised, else the digest.
        notes: Sentences about files that were left out.
    """

    alignment: Alignment
    table: Table
    dossier: Dossier
    digest: str
    name: str
    notes: tuple[str, ...] = ()
    _files: dict[tuple[object, ...], bytes] = field(default_factory=dict, repr=False)

    def file(self, ending: str, language: str, **layout: Any) -> bytes:  # noqa: ANN401
        """Return the bytes of an output.

        Args:
            ending: One of :data:`nis2_align.export.ENDINGS`.
            language: Language of its heads and grades.
            layout: As of :class:`nis2_align.export.Layout`.

        Returns:
            The bytes; made once.

        Raises:
            Nis2AlignError: The ending, the language or the form is unknown.
        """
        key = (ending, language, *sorted(layout.items()))
        if key not in self._files:
            result = self.alignment.result
            headings = catalogue_headings(language)
            self._files[key] = render(result, ending, headings, language, Layout(**layout))
        return self._files[key]


def sample() -> Source | None:
    """Return the bundled sample draft, or None where none is installed."""
    for path in sorted((corpus_dir() / "samples").glob("*.pdf")):
        return Source(path.name, path.read_bytes())
    return None


def choose(dossier: Dossier | None) -> None:
    """Make a dossier the one that the pages show; None lets go of the one that they show."""
    state = st.session_state
    if dossier is None:
        drop(str(state.pop("dossier", None)))
        return
    if state.get("dossier") not in (None, dossier.digest):
        state.pop("requirement", None)
    state["dossier"] = dossier.digest
    hold(dossier)


def hold(dossier: Dossier) -> None:
    """Keep a dossier without showing it."""
    visit().hold(dossier, st.session_state.get("dossier"))


def drop(digest: str) -> None:
    """Let go of a dossier and its earlier states, with all that was made of them."""
    visit().drop(digest, st.session_state.get("dossier"))


def chosen() -> Dossier | None:
    """Return the dossier that the pages show, or None while none is loaded."""
    return visit().dossiers.get(str(st.session_state.get("dossier")))


def others() -> tuple[Dossier, ...]:
    """Return the dossiers held beside the one that the pages show, the latest last.

    One that shares a file with a later one or with the one shown is an earlier state of it.
    """
    shown = chosen()
    seen = set(shown.files) if shown is not None else set()
    found: list[Dossier] = []
    for dossier in reversed(list(visit().dossiers.values())):
        if not dossier.files & seen:
            found.append(dossier)
            seen |= dossier.files
    return tuple(reversed(found))


def tables_beside(words: str) -> dict[str, Table]:
    """Return what was found in the laws beside the dossier: digest → table of concordance.

    Args:
        words: Language in which a result is wanted first; one in another language serves too.
    """
    found: dict[str, Table] = {}
    for dossier in others():
        spoken = [said for key, said in list(visit().views) if key == dossier.key]
        for said in sorted(spoken, key=lambda one: one != words)[:1]:
            view = beside(dossier, said)
            if view is not None:
                found[dossier.digest] = view.table
    return found


def remember(dossier: Dossier, words: str, view: View) -> None:
    """Keep a result."""
    visit().remember((dossier.key, words), view)


def documents() -> dict[tuple[str, str], Document]:
    """Return what was read for the results that are held: name and SHA-256 → document."""
    results = [view.alignment.result for view in list(visit().views.values())]
    cuts = (cut for result in results for cut in result.segmentations)
    # One whose name met another of the same name got a number in that dossier.
    return {
        (one.name, one.sha256): one
        for one in (cut.document for cut in cuts)
        if not re.search(r"-\d+$", one.id)
    }


def current(say: Messages) -> View | None:
    """Return the result of the dossier that the pages show.

    Args:
        say: The words of the screen; gaps and reasons are in the same language.

    Returns:
        The result with the decisions that stand now, or None while there is none.
    """
    dossier = chosen()
    return None if dossier is None else beside(dossier, say.language)


def beside(dossier: Dossier, words: str) -> View | None:
    """Return the result of a dossier with the decisions that stand now.

    Args:
        dossier: The dossier, shown or not.
        words: Language of its gaps and reasons.

    Returns:
        The result, or None while there is none in that language.
    """
    base = visit().view((dossier.key, words))
    return _reviewed(base) if base is not None else None


def reviews() -> Reviews | None:
    """Return the store of this visitor's decisions.

    Returns:
        The shared store where one is named, else the visitor's own; None where it cannot be
        opened, which the page "about" says.
    """
    try:
        return visit().reviews()
    except Nis2AlignError:
        return None


def _reviewed(base: View) -> View:
    """Lay the decisions over a result; the same again while no decision is new."""
    store = reviews()
    if store is None:
        return base
    try:
        name = _name(base, store)
        held = [entry for one in {name, base.digest} for entry in store.current(one)]
    except Nis2AlignError:
        return base
    decisions = tuple(sorted(held, key=lambda entry: entry.when))
    laid = visit().laid
    key = (name, decisions)
    known = laid.get(base.digest)
    if known is not None and known[0] is base and known[1] == key:
        return known[2]
    view = _laid_over(base, name, decisions)
    laid[base.digest] = (base, key, view)
    while len(laid) > KEPT:
        del laid[next(iter(laid))]
    return view


def _laid_over(base: View, name: str, decisions: tuple[Decision, ...]) -> View:
    if not decisions:
        return base if name == base.name else replace(base, name=name, _files={})
    alignment = Alignment(apply(base.alignment.result, decisions))
    return replace(base, alignment=alignment, table=alignment.table(), name=name, _files={})


def _name(base: View, store: Reviews) -> str:
    """Find the dossier's name in the store; looked for once while the store has no new names."""
    names = tuple(name for name in store.dossiers() if name != base.digest)
    if not names:
        return base.digest
    known = visit().names
    key = (base.digest, names)
    if key not in known:
        histories = (entry for name in names for entry in store.history(name))
        known[key] = recognised(base.alignment.result, histories) or base.digest
    return known[key]


def chosen_requirement(view: View) -> str:
    """Return the requirement that is open, to begin with the most doubtful that asks for a look.

    Args:
        view: The result.

    Returns:
        Its id; one of the catalogue's, whatever the address says.
    """
    ordered = by_doubt(view.table.rows)
    wanted = st.session_state.get("requirement")
    if all(row.requirement != wanted for row in ordered):
        wanted = next(
            (row for row in ordered if row.coverage.value in _OPEN), ordered[0]
        ).requirement
        st.session_state["requirement"] = wanted
    return str(wanted)


def open_requirement(id_: str, page: str = "review") -> NoReturn:
    """Open a requirement on a page; works in the page as in a callback of a widget.

    Args:
        id_: Its id.
        page: Name of the page.
    """
    st.session_state["requirement"] = id_
    st.session_state["way"] = page
    st.rerun()


def go(page: str) -> NoReturn:
    """Open a page; works in the page as in a callback of a widget."""
    st.session_state["way"] = page
    st.rerun()


def _file_name(name: str) -> str:
    """Return the name without folders and signs that a file system may refuse."""
    base = PurePosixPath(name.replace("\\", "/")).name
    clean = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "", base).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = clean, "", ""
    stem = stem.encode("utf-8", "ignore")[:_NAME_BYTES].decode("utf-8", "ignore")
    return f"{stem or 'act'}{dot}{ending}"
