"""Take pictures of all pages of the app with the sample, and write the page that shows them.

``make tour``; it needs Chromium (packages.txt) and the test extra.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from tests.app.browser.running import ROOT, SAMPLE, Visitor, browser, running

PICTURES = ROOT / "docs" / "img"
MOST_BYTES = 1_500_000
#: Colours of a picture: enough for pages of text, at a third of the size.
_COLOURS = 256
_HEIGHT = 1000
WIDE, NARROW = 1400, 800
_NAME = "A. Reader"

#: Page → what stands below its picture; in the order of the tour.
PAGES = {
    "Dossier": "The acts are loaded here, one or several. What was found out about each stands"
    " below it, and can be put right: language, country, kind, where it holds.",
    "Coverage": "Where the acts stand: figures, and a map with a box for each requirement. A click"
    " on a box opens it in Review; the tabs hold the same by chapter and as a table.",
    "Review": "One requirement after the other, the most doubtful first: what is asked, the clauses"
    " found with the telling words marked, and why they count. Below them a person decides.",
    "Gaps": "What is missing or weaker than asked, with the place in the act where it would belong,"
    " as a list to work through.",
    "Draft": "A clause is tried before it is proposed: where to put it, and which grades would"
    " change.",
    "Compare": "An earlier draft beside the dossier, here one without its Article 10: which gaps"
    " were closed or opened, which provisions changed, and in which words. Laws of other"
    " countries stand beside it as a matrix.",
    "Export": "The table of concordance as a spreadsheet, a document or data, in several forms and"
    " languages, with a preview.",
    "About": "How it works, how good it is on acts that people labelled, what is kept and for how"
    " long, and the button that deletes everything.",
}
#: Pages that are also shown in the dark, and on a narrow screen.
ALSO_DARK = ("Coverage", "Review")
ALSO_NARROW = ("Coverage", "Review")


def pictures(visitor: Visitor, names: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Load the sample and take a picture of each page that the app has."""
    visitor.visit("/?req=21.2.j").send(SAMPLE).opened("Review")
    visitor.page.get_by_role("textbox", name="Your name").fill(_NAME)
    visitor.settle()
    sidebar = visitor.page.get_by_test_id("stSidebar")
    for name in names:
        if sidebar.get_by_role("link", name=name, exact=True).count():
            visitor.open(name)
            if name == "Compare":
                _lay_beside(visitor)
            visitor.page.wait_for_timeout(1500)
            yield name, visitor.page.screenshot(animations="disabled")


def _lay_beside(visitor: Visitor) -> None:
    """Add an earlier draft: the sample without one article."""
    text = SAMPLE.with_suffix(".txt").read_text(encoding="utf-8")
    start, end = text.index("\nArticle 10\n"), text.index("\nArticle 11\n")
    earlier = (text[:start] + text[end:]).encode()
    visitor.send({"name": "spring.txt", "mimeType": "text/plain", "buffer": earlier})
    visitor.page.get_by_role("tab", name="Provisions").wait_for()
    visitor.settle()


def small(picture: bytes) -> bytes:
    """Return the picture as a PNG of few colours."""
    with Image.open(io.BytesIO(picture)) as full:
        few = full.convert("RGB").quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=0)
        written = io.BytesIO()
        few.save(written, "PNG", optimize=True)
    return written.getvalue()


def take(folder: Path, *, everything: bool = False) -> list[str]:
    """Write the pictures into a folder and return their names, in the order of the tour."""
    folder.mkdir(parents=True, exist_ok=True)
    everywhere = tuple(PAGES)
    rounds = [
        ("light", WIDE, everywhere),
        ("dark", WIDE, everywhere if everything else ALSO_DARK),
        ("light", NARROW, everywhere if everything else ALSO_NARROW),
        *([("dark", NARROW, everywhere)] if everything else []),
    ]
    written: list[str] = []
    with (
        tempfile.TemporaryDirectory() as place,
        running(Path(place) / "log") as app,
        browser() as opened,
    ):
        for scheme, width, names in rounds:
            size = {"width": width, "height": _HEIGHT}
            visitor = Visitor(opened, app, viewport=size, color_scheme=scheme, locale="en-GB")
            for name, picture in pictures(visitor, names):
                ending = "" if (scheme, width) == ("light", WIDE) else f"-{scheme}-{width}"
                written.append(f"{name.lower()}{ending}.png")
                (folder / written[-1]).write_bytes(small(picture))
            visitor.context.close()
    return written


def text(written: list[str]) -> str:
    """Return the page that shows the pictures."""
    parts = [
        "# A tour of the app",
        "Generated by `make tour`; do not edit. `make app` starts the app; the pictures show it"
        " with the bundled sample draft, an invented act.",
    ]
    for name, about in PAGES.items():
        stem = name.lower()
        own = [one for one in written if one == f"{stem}.png" or one.startswith(f"{stem}-")]
        if own:
            parts += [f"## {name}", about]
        for one in own:
            parts.append(f"![{_described(name, one)}](img/{one})")
    return "\n\n".join(parts) + "\n"


def _described(name: str, picture: str) -> str:
    """Say in words what a picture shows."""
    stem = picture.removesuffix(".png")
    if "-" not in stem:
        return f"The page {name}"
    _, scheme, width = stem.split("-")
    return f"The page {name}, {scheme}, {width} pixels wide"


def main() -> None:
    """Take the pictures and write ``docs/tour.md``, or look at all of them elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, help="only take every picture, into this folder")
    folder = parser.parse_args().all
    if folder is not None:
        take(folder, everything=True)
        return
    for old in PICTURES.glob("*.png"):
        old.unlink()
    written = take(PICTURES)
    size = sum((PICTURES / one).stat().st_size for one in written)
    if size > MOST_BYTES:
        raise SystemExit(f"{size} bytes of pictures are more than {MOST_BYTES}")
    (ROOT / "docs" / "tour.md").write_text(text(written), encoding="utf-8")
    print(f"{len(written)} pictures, {size // 1000} kB")


if __name__ == "__main__":
    main()
