"""Time the way through the app in a real browser: ``make way``; it needs Chromium.

From the drop of a law set as a PDF of 60 pages to the map of its coverage, each page after the
other, a trial, a decision, the downloads; then the same with an act of 300 pages. By the clock, on
this machine: read the figures beside the load that the table names.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.typeset import Style, has_fonts, typeset  # noqa: E402
from tests.app.browser.running import App, Visitor, browser, running  # noqa: E402
from tests.hostile.report import put, table  # noqa: E402

LAW = ROOT.parent / "shared" / "laws" / "hr_zks_2024.txt"
SAMPLE = ROOT / "corpus" / "samples" / "valdoria_draft.txt"
PAGES = ("Coverage", "Review", "Gaps", "Draft", "Compare", "Export", "About", "Dossier")
_ROUNDS = 3
# Asked of the page at every frame: Playwright's own waiting looks but twice a second after a while.
_STANDS = """page => document.querySelector("h1")?.textContent === page
  && document.querySelector('[data-test-script-state="notRunning"]') !== null"""
_SAYS = """pattern => [...document.querySelectorAll("p, summary")].some(
  one => new RegExp(pattern).test(one.textContent) && one.checkVisibility())"""
_HEADING = re.compile(r"(?m)^([^\W\d]+) \d+\.?$")


def set_as(text: str, pages: int) -> bytes:
    """Set a text as a PDF of about so many pages: by the size of its letters."""
    low, high = 6.0, 20.0
    best = b""
    while high - low > 0.1:
        size = (low + high) / 2
        best = typeset(text.splitlines(), Style(size=size))
        if best.count(b"/Type /Page\n") < pages:
            low = size
        else:
            high = size
    return best


def repeated(text: str, times: int) -> str:
    """Return a longer act: the articles several times over, numbered through."""
    number = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{found[1]} {number}."

    head = _HEADING.search(text)
    assert head is not None
    body = "\n".join([text[head.start() :]] * times)
    return text[: head.start()] + _HEADING.sub(numbered, body)


class Stopwatch:
    """Takes the time of what a visitor does; the least of several rounds is kept."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}

    def of(self, name: str, act: Callable[[], object]) -> None:
        """Do something and note how long it took, in seconds."""
        start = time.perf_counter()
        act()
        self.taken.setdefault(name, []).append(time.perf_counter() - start)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield what was done and the median of its times."""
        for name, taken in self.taken.items():
            yield name, f"{statistics.median(taken):.1f}"


def stands(visitor: Visitor, page: str) -> None:
    """Wait until a page stands and nothing is loading."""
    visitor.page.wait_for_function(_STANDS, arg=page)


def says(visitor: Visitor, pattern: str) -> None:
    """Wait until a line of the page fits a pattern, in JavaScript's writing."""
    visitor.page.wait_for_function(_SAYS, arg=pattern)


def go(visitor: Visitor, page: str) -> None:
    """Follow the link of the sidebar and wait until the page stands."""
    visitor.page.get_by_test_id("stSidebar").get_by_role("link", name=page, exact=True).click()
    stands(visitor, page)


def walk(visitor: Visitor, act: dict[str, object], clause: str) -> Stopwatch:
    """Walk the whole way with one act."""
    watch = Stopwatch()
    visitor.visit()

    def dropped() -> None:
        visitor.send(act)
        says(visitor, r"^Acts read: \d+\.")

    def drawn() -> None:
        dropped()
        go(visitor, "Coverage")
        visitor.page.get_by_test_id("stVegaLiteChart").first.wait_for()

    watch.of("from the drop to the map", drawn)
    go(visitor, "Dossier")
    watch.of("the same file dropped again", dropped)
    for _ in range(_ROUNDS):
        for page in PAGES:
            watch.of(f"to the page {page}", lambda page=page: go(visitor, page))  # type: ignore[misc]
    _decide(visitor, watch)
    _try(visitor, watch, clause)
    _download(visitor, watch)
    return watch


def _decide(visitor: Visitor, watch: Stopwatch) -> None:
    page = visitor.page
    go(visitor, "Review")
    page.get_by_role("textbox", name="Your name").fill("A. Reader")
    page.keyboard.press("Tab")
    visitor.settle()

    def accepted() -> None:
        page.get_by_role("button", name=re.compile(r"^Accept")).first.click()
        says(visitor, "A. Reader")

    watch.of("a verdict accepted", accepted)


def _try(visitor: Visitor, watch: Stopwatch, clause: str) -> None:
    page = visitor.page
    go(visitor, "Draft")
    for attempt in range(_ROUNDS):
        page.get_by_role("textbox", name="Your clause").fill(f"{clause} ({attempt})")
        page.keyboard.press("Tab")
        visitor.settle()

        def tried(number: int = attempt + 1) -> None:
            page.get_by_role("button", name="Try it").click()
            says(visitor, rf"\b{number}: ")
            stands(visitor, "Draft")

        watch.of("a clause tried", tried)


def _download(visitor: Visitor, watch: Stopwatch) -> None:
    go(visitor, "Export")

    def taken() -> None:
        with visitor.page.expect_download() as waited:
            visitor.page.get_by_role("button", name="Download", exact=True).click()
        waited.value.path()

    watch.of("the workbook downloaded", taken)
    watch.of("the Word document made", lambda: visitor.choose("Format", "Word document (DOCX)"))


def memory(app: App) -> str:
    """Return what the server holds, in MiB."""
    status = Path(f"/proc/{app.pid}/status").read_text(encoding="ascii")
    kibibytes = next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]
    return str(int(kibibytes) // 1024)


def measured() -> str:
    """Walk both ways and return the table."""
    source = LAW if LAW.exists() else SAMPLE
    text = source.read_text(encoding="utf-8")
    clause = "(9) The entity shall keep secured emergency communication systems."
    columns: list[dict[str, str]] = []
    acts = (("60 pages", set_as(text, 60)), ("300 pages", set_as(repeated(text, 5), 300)))
    load = os.getloadavg()[0]
    for name, content in acts:
        act = {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": content}
        with (
            tempfile.TemporaryDirectory() as place,
            running(Path(place) / "log") as app,
            browser() as opened,
        ):
            visitor = Visitor(opened, app, locale="en-GB", viewport={"width": 1400, "height": 1000})
            found = dict(walk(visitor, act, clause).rows())
            found["server's memory, MiB"] = memory(app)
            found["pages"] = str(content.count(b"/Type /Page\n"))
            columns.append(found)
    rows = [(key, *(column[key] for column in columns)) for key in columns[0]]
    heads = ("seconds", *(name for name, _ in acts))
    return f"{os.cpu_count()} cores, load {load:.1f} before; {source.name}.\n\n{table(heads, rows)}"


def main() -> None:
    """Print the table, and put it into a page where one is named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", type=Path, help="page to write the figures into")
    options = asked.parse_args()
    if not has_fonts():
        sys.exit("The DejaVu fonts are needed (Debian: fonts-dejavu-core).")
    text = measured()
    print(text)
    if options.write:
        put(options.write, "way", text)


if __name__ == "__main__":
    main()
