"""Who is visiting: what is held for each browser, and when it is let go.

What holds afterwards: what one browser loads no other can reach; :data:`GRACE_SECONDS` after the
last page of a browser is closed nothing of it is held any more, in memory or on the disk. The
pause lets a page that is loaded anew find what it showed before.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import streamlit as st

from nis2_align.errors import ReviewsError
from nis2_align.notices import error
from nis2_align.reviews import VARIABLE, Reviews, default_path, open_reviews, own_path
from nis2_align.text.analyse import analyser
from nis2_align.ui.private_folder import PrivateFolder, sweep

if TYPE_CHECKING:
    from collections.abc import Container

    from nis2_align.compare.drafts import Drafts
    from nis2_align.match.memory import Memory
    from nis2_align.official_text import OfficialText
    from nis2_align.ui.attempts import Attempt
    from nis2_align.ui.session import Dossier, View
    from nis2_align.ui.work import Work

__all__ = ["GRACE_SECONDS", "KEPT", "Keeping", "Visit", "Visits", "browser", "keeping", "visit"]

#: Dossiers and results that are kept for a visitor, so that a second look is instant: one's own,
#: those of the region's other countries, and an earlier draft. Each takes about 40 MB.
KEPT = 8
#: So long a visit is held after its last page was closed.
GRACE_SECONDS = 120.0
_LOG = logging.getLogger(__name__)
_COOKIE = "_streamlit_xsrf"
_KEY = "visit"


#: What a result depends on: what its dossier does, and the language of its words.
ViewKey: TypeAlias = "tuple[object, str]"


class Visit:
    """What is held for one browser.

    Attributes:
        dossiers: Digest → the dossier as it was last analysed, the latest last.
        views: What a result depends on, the dossier and the language of its words → the result; the
            one looked at last stands last.
        work: What a result depends on → the analysis under way.
        clauses: Digest of a dossier and requirement → what was typed on the page "draft".
        attempts: Digest of a dossier, what its result depends on, requirement → the clauses tried,
            the latest first.
        officials: SHA-256 of a file → the official text read from it.
        language: The language chosen for the screen, or None.
        choices: Name of a select box → what was chosen in it last.
        reviewer: The name under which the visitor decides; empty while they gave none.
        compared: The two results that were compared last, with what that gave; or None.
        laid: Digest of a dossier → a result, the decisions laid over it last, what that gave.
        ready: Digest of a dossier, with what its result depends on, and what readies its trials.
        names: Digest and names in the store → the dossier's name in it.
    """

    def __init__(self, folder: PrivateFolder) -> None:
        self.dossiers: dict[str, Dossier] = {}
        self.views: OrderedDict[ViewKey, View] = OrderedDict()
        self.work: dict[ViewKey, Work[View]] = {}
        self.clauses: dict[tuple[str, str], str] = {}
        self.attempts: dict[tuple[str, ViewKey, str], list[Attempt]] = {}
        self.officials: dict[str, OfficialText] = {}
        self.language: str | None = None
        self.choices: dict[str, str] = {}
        self.reviewer = ""
        self.laid: dict[str, tuple[View, object, View]] = {}
        self.compared: tuple[View, View, Drafts] | None = None
        self.ready: tuple[tuple[str, ViewKey], Work[Memory]] | None = None
        self.names: dict[object, str] = {}
        self._folder = folder
        self._place: Path | None = None
        self._reviews: Reviews | None = None
        self._guard = threading.Lock()

    def hold(self, dossier: Dossier, shown: str | None) -> None:
        """Keep a dossier; the one held for longest gives way, but not the one shown.

        Args:
            dossier: The dossier.
            shown: Digest of the dossier that the pages show, or None.
        """
        self.dossiers.pop(dossier.digest, None)
        self.dossiers[dossier.digest] = dossier
        while len(self.dossiers) > KEPT:
            self.drop(next(digest for digest in self.dossiers if digest != shown), shown)

    def drop(self, digest: str, shown: str | None) -> None:
        """Let go of a dossier and its earlier states, with all that was made of them.

        Args:
            digest: Its digest. One held for longer that shares a file with it is a state of it.
            shown: Digest of the dossier that the pages show, which stays unless it is the one.
        """
        held = list(self.dossiers.items())
        before = held[: [name for name, _ in held].index(digest)] if digest in self.dossiers else []
        gone = {
            name: dossier.key
            for name, dossier in before
            if name != shown and dossier.files & self.dossiers[digest].files
        }
        if digest in self.dossiers:
            gone[digest] = self.dossiers[digest].key
        if gone:
            self.choices.clear()  # Some name provisions of the acts.
        for name in gone:
            self.dossiers.pop(name, None)
            self.laid.pop(name, None)
        for key in [key for key, view in list(self.views.items()) if view.digest in gone]:
            self.views.pop(key, None)
        for key in [key for key in list(self.work) if key[0] in gone.values()]:
            self.work.pop(key).cancel()
        self._let_go_of_drafts(gone)
        self.compared = None

    def _let_go_of_drafts(self, gone: Container[str]) -> None:
        """Let go of what was typed and tried for dossiers, by their digests."""
        for place in [place for place in list(self.clauses) if place[0] in gone]:
            self.clauses.pop(place, None)
        for key in [key for key in list(self.attempts) if key[0] in gone]:
            for one in self.attempts.pop(key, ()):
                one.stop()
        if self.ready is not None and self.ready[0][0] in gone:
            self.let_go_of_memory()

    def let_go_of_memory(self) -> None:
        """Stop readying trials and forget what they remember, which holds words of the acts."""
        if self.ready is not None:
            self.ready[1].cancel()
            self.ready = None

    def view(self, key: ViewKey) -> View | None:
        """Return a result, which now is the one looked at last; None where there is none."""
        found = self.views.get(key)
        if found is not None:
            # Another page of the same browser may have let go of it in between.
            with suppress(KeyError):
                self.views.move_to_end(key)
        return found

    def remember(self, key: ViewKey, view: View) -> None:
        """Keep a result; the one that was not looked at for longest gives way."""
        self.views[key] = view
        while len(self.views) > KEPT:
            self.views.popitem(last=False)

    def forget(self, key: ViewKey) -> None:
        """Let go of an analysis that is over, so that it may be made again."""
        self.work.pop(key, None)

    def reviews(self) -> Reviews:
        """Return the store of decisions: the one that is named, else this visit's own.

        Raises:
            ReviewsError: It cannot be opened.
        """
        with self._guard:
            if self._reviews is None:
                self._reviews = self._opened()
            return self._reviews

    def _opened(self) -> Reviews:
        match keeping():
            case Keeping.VISIT:
                return open_reviews(self._own())
            case Keeping.PERSON:
                return open_reviews()  # Its folder is made where there is none.
            case Keeping.SHARED:
                return open_reviews(default_path())

    def _own(self) -> Path:
        try:
            self._place = self._folder.path() / secrets.token_hex(8)
            self._place.mkdir(mode=0o700)
        except OSError as failed:
            raise error(ReviewsError, "visit_folder") from failed
        return self._place / "reviews.sqlite"

    def clear(self) -> None:
        """Stop all work and let everything go; a named store of decisions stays as it is."""
        for work in list(self.work.values()):
            work.cancel()
        self.work.clear()
        for tried in list(self.attempts.values()):
            for one in tried:
                one.stop()
        self.attempts.clear()
        self.clauses.clear()
        self.choices.clear()
        self.let_go_of_memory()
        self.compared = None
        for held in (self.views, self.dossiers, self.officials, self.names, self.laid):
            held.clear()
        with self._guard:
            if self._reviews is not None:
                self._reviews.close()
                self._reviews = None
            if self._place is not None:
                shutil.rmtree(self._place, ignore_errors=True)
                self._place = None


class Visits:
    """All visits of this program.

    Attributes:
        folder: Where they may write; gone when the program ends, or else at its next start.
    """

    def __init__(self, grace: float = GRACE_SECONDS) -> None:
        self._grace = grace
        self.folder = PrivateFolder()
        self._guard = threading.RLock()
        self._held: dict[str, Visit] = {}
        self._pages: dict[str, int] = {}
        self._ends: dict[str, threading.Timer] = {}
        swept = sweep()
        if swept:
            _LOG.info("%d folders of programs that were killed removed", swept)

    def enter(self, key: str) -> None:
        """Count a page that was opened."""
        with self._guard:
            self._held.setdefault(key, Visit(self.folder))
            self._pages[key] = self._pages.get(key, 0) + 1
            if key in self._ends:
                self._ends.pop(key).cancel()

    def leave(self, key: str) -> None:
        """Count a page that was closed; after the last one the visit ends a while later."""
        with self._guard:
            self._pages[key] = max(0, self._pages.get(key, 0) - 1)
            if self._pages[key] == 0 and key not in self._ends:
                timer = threading.Timer(self._grace, self._end, (key,))
                timer.daemon = True
                self._ends[key] = timer
                timer.start()

    def of(self, key: str) -> Visit:
        """Return the visit of a key, begun where there is none."""
        with self._guard:
            return self._held.setdefault(key, Visit(self.folder))

    def _end(self, key: str) -> None:
        with self._guard:
            if self._pages.get(key):
                return
            self._ends.pop(key, None)
            self._pages.pop(key, None)
            gone = self._held.pop(key, None)
            last = not self._held
        if gone is not None:
            gone.clear()
        if last:
            # The analysers keep single words of what they have read.
            analyser.cache_clear()


@st.cache_resource(show_spinner=False)
def _visits() -> Visits:
    visits = Visits()
    # What reading a file leaves for a moment, such as pictures of scanned pages, goes there too,
    # so that nothing of it is left for long after a kill.
    tempfile.tempdir = str(visits.folder.path())
    return visits


# Streamlit lets go of it, and so tells us, when the page's connection ends.
@st.cache_resource(scope="session", show_spinner=False, on_release=lambda key: _visits().leave(key))
def _page(key: str) -> str:
    _visits().enter(key)
    return key


def visit() -> Visit:
    """Return the visit that this page belongs to."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = browser(st.context.cookies.get(_COOKIE)) or secrets.token_hex(16)
    key = cast("str", st.session_state[_KEY])
    _page(key)
    return _visits().of(key)


def browser(cookie: str | None) -> str | None:
    """Return a key of the browser: a digest of the random token that the server gave it.

    Args:
        cookie: The server's cookie against forged requests, ``2|mask|masked token|time`` in hex;
            the mask changes, the token stays.

    Returns:
        The key, or None where there is no such cookie.
    """
    try:
        version, mask_hex, masked_hex, _ = (cookie or "").strip('"').split("|")
        mask, masked = bytes.fromhex(mask_hex), bytes.fromhex(masked_hex)
    except ValueError:
        return None
    if version != "2" or len(mask) != 4 or len(masked) < 16:
        return None
    token = bytes(one ^ mask[place % 4] for place, one in enumerate(masked))
    return hashlib.sha256(b"visit" + token).hexdigest()


class Keeping(StrEnum):
    """Whose the store of decisions is: the visit's, the person's own, or that of several."""

    VISIT = "visit"
    PERSON = "person"
    SHARED = "shared"


def keeping() -> Keeping:
    """Tell whose the store of decisions is.

    Returns:
        Where none is named the visit's, gone with it: several people may use this server. Else the
        person's own, as ``nis2-align app`` names it, or one that several share.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return Keeping.VISIT
    return Keeping.PERSON if Path(named) == own_path() else Keeping.SHARED
