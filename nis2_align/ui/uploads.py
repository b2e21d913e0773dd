"""From what the browser sends to a dossier; in memory alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import DeletedFile

from nis2_align.dossier import ENDINGS, Entry, load_dossier
from nis2_align.errors import UnreadableFileError
from nis2_align.messages import REFERENCE, messages
from nis2_align.model import Elsewhere
from nis2_align.notices import error, error_text
from nis2_align.ui.session import Dossier, Settings, Source

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = ["Upload", "put_together", "taken", "uploader"]

#: What the file dialog offers; what a file is, its content decides.
_KINDS = ("txt", "md", "html", "htm", "docx", "pdf", "xml", "doc", "odt", "rtf")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it."""

    name: str
    content: bytes = field(repr=False)


def taken(key: str) -> tuple[Upload, ...]:
    """Take the files out of an uploader, which holds them no longer.

    Args:
        key: Key of the uploader.

    Returns:
        The files, in the order of the upload.
    """
    files = [file for file in _held(key) if not isinstance(file, DeletedFile)]
    uploads = tuple(Upload(file.name, file.getvalue()) for file in files)
    context = get_script_run_ctx()
    if files and context is not None:
        # The server would keep them until long after the session has ended.
        manager: Any = context.uploaded_file_mgr
        for file in files:
            manager.remove_file(context.session_id, file.file_id)
    return uploads


def _held(key: str) -> list[UploadedFile | DeletedFile]:
    """Return what an uploader holds.

    A click while acts are read sends its old value again, with the files that were taken out of it.
    """
    held = st.session_state.get(key)
    return held if isinstance(held, list) else [held] if held else []


def uploader(
    name: str,
    label: str,
    take: Callable[[Sequence[Upload]], None],
    *,
    help_: str | None = None,
    several: bool = True,
) -> None:
    """Show an uploader that hands its files over and is empty again.

    Args:
        name: What its key begins with.
        label: What stands above it.
        take: Given the files; none where the visitor took them away.
        help_: What its question mark says.
        several: Whether it takes more than one, and a dossier file with them.
    """
    # A new key empties it, which no call of Streamlit does.
    key = f"{name}_{st.session_state.get('uploads', 0)}"

    def changed() -> None:
        held = _held(key)
        if held and all(isinstance(file, DeletedFile) for file in held):
            return
        uploads = taken(key)
        st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
        take(uploads)

    st.file_uploader(
        label,
        type=[*_KINDS, *(ending[1:] for ending in sorted(ENDINGS))] if several else list(_KINDS),
        accept_multiple_files=several,
        key=key,
        help=help_,
        on_change=changed,
    )


def put_together(uploads: Iterable[Upload]) -> tuple[Dossier | None, tuple[str, ...]]:
    """Make a dossier of uploads; a dossier file among them says what the others are.

    Args:
        uploads: The files. A dossier file can only name files that came with it.

    Returns:
        The dossier, or None where no act is left; and a sentence for each file left out, in the
        language of the screen.
    """
    sources: dict[str, Source] = {}
    files: list[Upload] = []
    for upload in uploads:
        if Path(upload.name).suffix.lower() in ENDINGS:
            files.append(upload)
        else:
            source = Source(upload.name, upload.content)
            sources.setdefault(source.digest, source)
    settings: dict[str, Settings] = {}
    elsewhere: dict[str, tuple[Elsewhere, ...]] = {}
    notes: list[str] = []
    say = messages(st.session_state.get("screen_language", REFERENCE))
    for file in files:
        try:
            entries, places = _read(file)
        except UnreadableFileError as broken:
            notes.append(error_text(broken, say))
            continue
        named = {source.name: source.digest for source in sources.values()}
        absent = [_absent(file, entry) for entry in entries if entry.path.name not in named]
        notes += [error_text(one, say) for one in absent]
        settings |= {named[e.path.name]: _said(e) for e in entries if e.path.name in named}
        elsewhere |= places
    if not sources:
        return None, tuple(notes)
    return Dossier(tuple(sources.values()), settings, None, elsewhere), tuple(notes)


def _read(file: Upload) -> tuple[tuple[Entry, ...], Mapping[str, tuple[Elsewhere, ...]]]:
    """Read a dossier file; of the files that it names only the names are looked at."""
    with tempfile.TemporaryDirectory(prefix="nis2-align-") as folder:
        path = Path(folder) / Source(file.name, b"").name
        path.write_bytes(file.content)
        found = load_dossier(path)
    return found.entries, found.elsewhere


def _absent(file: Upload, entry: Entry) -> UnreadableFileError:
    told = {"name": file.name, "act": entry.path.name}
    return error(UnreadableFileError, "dossier_act_absent", told)


def _said(entry: Entry) -> Settings:
    return Settings(
        entry.language, entry.country, entry.jurisdiction, entry.kind, entry.planned, entry.title
    )
