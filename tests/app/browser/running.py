"""The app as its own process, and a browser that opens it: for tests and for the tour."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "corpus" / "samples" / "valdoria_draft.docx"
CHROMIUM = Path("/usr/bin/chromium")
#: Generous: a busy machine is not a defect of the app.
PATIENCE_SECONDS = 120
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
    # No name but our own leads anywhere, so that a page cannot reach out even where it tries.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
_STORE = "NIS2_ALIGN_REVIEWS"


class App:
    """The server on a free port of this machine; killed or stopped, it may be started again."""

    def __init__(self, log: Path, reviews: Path | None = None) -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = log
        self._settings = {name: value for name, value in os.environ.items() if name != _STORE}
        if reviews is not None:
            self._settings[_STORE] = str(reviews)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable, "-m", "streamlit", "run", "app.py",
                    "--server.port", str(self.port),
                ],
                cwd=ROOT, env=self._settings, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        ends = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"the app did not start: {self.log.read_text('utf-8')}")
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5) as answer:
                return bool(answer.read() == b"ok")
        except OSError:
            return False

    @property
    def pid(self) -> int:
        """Number of its process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)

    def stop(self) -> None:
        """End it in an orderly way, or at once where it does not listen."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def running(log: Path, reviews: Path | None = None) -> Iterator[App]:
    """Run the app; it is stopped whatever happens."""
    app = App(log, reviews)
    try:
        app.start()
        yield app
    finally:
        app.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def browser() -> Iterator[Browser]:
    """Open the system's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS)
        try:
            yield opened
        finally:
            opened.close()


class Visitor:
    """A person at a browser of their own: nothing is shared with another's."""

    def __init__(self, opened: Browser, app: App, **context: object) -> None:
        self.app = app
        self.context: BrowserContext = opened.new_context(**context)
        self.asked: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket_: self.asked.append(socket_.url))
        self.page.set_default_timeout(PATIENCE_SECONDS * 1000)

    def visit(self, path: str = "/") -> Visitor:
        """Open an address of the app."""
        self.page.goto(f"{self.app.address}{path}", timeout=PATIENCE_SECONDS * 1000)
        self.page.locator("h1").first.wait_for()
        self.settle()
        return self

    def send(self, *files: Path | Mapping[str, object]) -> Visitor:
        """Give files to the first uploader on the page."""
        box = self.page.locator('[data-testid="stFileUploader"] input[type="file"]').first
        box.set_input_files([str(one) if isinstance(one, Path) else one for one in files])
        return self

    def upload(self, *files: Path | Mapping[str, object]) -> Visitor:
        """Give files to the first uploader on the page and wait until they are analysed."""
        return self.send(*files).analysed()

    def analysed(self) -> Visitor:
        """Wait for the sentence that says what was read."""
        self.page.get_by_text(re.compile(r"^Acts read: \d+\.")).wait_for()
        self.settle()
        return self

    def open(self, name: str) -> Visitor:
        """Follow the link of the sidebar to a page and wait until it stands."""
        sidebar = self.page.get_by_test_id("stSidebar")
        sidebar.get_by_role("link", name=name, exact=True).click()
        return self.opened(name)

    def opened(self, name: str) -> Visitor:
        """Wait until a page stands."""
        self.page.get_by_role("heading", name=name, exact=True, level=1).wait_for()
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the server has nothing more to say."""
        state = '[data-testid="stApp"][data-test-script-state="notRunning"]'
        self.page.locator(state).wait_for()
        # A run may begin another one, such as for a deep link.
        self.page.wait_for_timeout(300)
        self.page.locator(state).wait_for()

    def choose(self, label: str, option: str) -> Visitor:
        """Choose in a select box."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()
        return self

    def words(self) -> str:
        """Return all words of the page, the sidebar's included."""
        return self.page.get_by_test_id("stApp").inner_text()

    def strangers(self) -> list[str]:
        """Return what was asked, or would be asked, of any host but the app's own."""
        linked = self.page.evaluate(
            "() => [...document.querySelectorAll('[src], link[href]')]"
            ".map(one => one.src || one.href)"
        )
        urls = [url for url in [*self.asked, *linked] if isinstance(url, str)]
        own = urlsplit(self.app.address).netloc
        return sorted({url for url in urls if urlsplit(url).netloc not in ("", own)})
