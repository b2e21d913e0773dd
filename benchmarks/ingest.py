"""How fast PDF files are read, and how much of an act survives each kind of page: ``make ingest``.

The same files are read in one run, in turns, by us, by pdfium's bare text and by pdfplumber's
``extract_text``. Processor time is counted, and the least of several turns, so that what else the
machine does falls out as far as it can. Text recognition is counted by the clock.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2
from rapidfuzz.distance import Indel, Levenshtein

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.typeset import Style, has_fonts, ruled, scanned, typeset  # noqa: E402
from nis2_align.languages import language  # noqa: E402
from nis2_align.model import Document, Segmentation  # noqa: E402
from nis2_align.read import ocr, read  # noqa: E402
from nis2_align.segment import segment  # noqa: E402
from nis2_align.text.detect import detect  # noqa: E402
from tests.hostile.report import put, table  # noqa: E402

SAMPLE = ROOT / "corpus" / "samples" / "valdoria_draft.txt"
SHARED = ROOT.parent / "shared"
ACTS = (SAMPLE, SHARED / "drafts" / "cnr_draft.txt", SHARED / "laws" / "rs_zib_2025.txt")

HEAD = "Gazette, page"
ONE = Style(head=HEAD)
DIVIDED = Style(head=HEAD, divide=True)
TWO = Style(head=HEAD, columns=2, size=8.5)
TWO_DIVIDED = replace(TWO, divide=True)

BLOCKS = ("ingest", "ocr", "provisions")

SURE = 0.95
"""Two readings of a provision are one where so much of its letters agree, for scans."""


def bare(data: bytes) -> None:
    """Read a file as pypdfium2 alone does."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def plumbed(data: bytes) -> None:
    """Read a file as pdfplumber alone does."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def ours(data: bytes) -> None:
    """Read a file as this project does, to a document with pages, hints and issues."""
    read(data, name="act.pdf")


def least(ways: Sequence[Callable[[bytes], None]], data: bytes, turns: int) -> list[float]:
    """Return the least processor time of each way, in seconds; the ways take turns."""
    best = [float("inf")] * len(ways)
    for way in ways:
        way(data)  # loads the libraries
    for _ in range(turns):
        for number, way in enumerate(ways):
            start = time.process_time()
            way(data)
            best[number] = min(best[number], time.process_time() - start)
    return best


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of an act."""
    return [line.strip() for line in read(path).text.splitlines() if line.strip()]


def speed_rows(turns: int) -> list[tuple[str, ...]]:
    """Measure each kind of file."""
    text = paragraphs(SAMPLE)
    files = [
        ("plain, drawn by lines", SAMPLE.with_suffix(".pdf").read_bytes()),
        ("plain, drawn by words", typeset(text, ONE)),
        ("two columns", typeset(text, TWO_DIVIDED)),
        ("annex tables on every page", ruled(text[-60:], rows=90)),
    ]
    rows = []
    for name, data in files:
        pages = len(pypdfium2.PdfDocument(data))
        raw, mine = least((bare, ours), data, turns)
        (slow,) = least((plumbed,), data, max(turns // 8, 1))
        rows.append(
            (
                name,
                str(pages),
                f"{pages / raw:.0f}",
                f"{pages / mine:.0f}",
                f"{pages / slow:.1f}",
                f"{mine / raw:.2f}",
                f"{slow / mine:.0f}",
            )
        )
    return rows


def recognition_rows(pages: int) -> list[tuple[str, ...]]:
    """Read scans of the acts by text recognition, and count time and wrong letters."""
    rows = []
    for path in ACTS:
        if not path.exists():
            continue
        whole = typeset(paragraphs(path), replace(ONE, head=""))
        data, count = _first(whole, pages)
        truth = read(data, name=path.name).text
        start = time.perf_counter()
        found = read(scanned(data), name=path.name)
        seconds = time.perf_counter() - start
        wrong = Levenshtein.distance(found.text, truth) / len(truth)
        rows.append((path.stem, str(count), f"{seconds:.1f}", f"{count / seconds:.2f}",
                     f"{wrong:.2%}"))  # fmt: skip
    return rows


def _first(data: bytes, pages: int) -> tuple[bytes, int]:
    whole, part = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    count = min(pages, len(whole))
    part.import_pages(whole, list(range(count)))
    stream = io.BytesIO()
    part.save(stream)
    return stream.getvalue(), count


def provisions(document: Document) -> Segmentation:
    """Cut an act into provisions."""
    return segment(document, language(detect(document.text).language))


def kept(truth: Segmentation, found: Segmentation, sure: float = 1.0) -> float:
    """Return the share of provisions that stand in ``found`` under their ref with their text.

    Args:
        truth: The act as plain text.
        found: The act from another file.
        sure: Share of the letters that must agree; white space does not count.
    """
    theirs = {p.ref: _bare(p.own.of(found.document.text)) for p in found.provisions}
    same = sum(
        Indel.normalized_similarity(_bare(p.own.of(truth.document.text)), theirs[p.ref]) >= sure
        for p in truth.provisions
        if p.ref in theirs
    )
    return same / len(truth.provisions)


def _bare(text: str) -> str:
    return " ".join(text.split())


def survival_rows(scans: bool) -> list[tuple[str, ...]]:
    """Compare the provisions of each act as text with those of its pages."""
    rows = []
    for path in ACTS:
        if not path.exists():
            continue
        truth, text = provisions(read(path)), paragraphs(path)
        row = [path.stem, str(len(truth.provisions))]
        for style in (ONE, DIVIDED, TWO, TWO_DIVIDED):
            found = provisions(read(typeset(text, style), name=path.name))
            row.append(f"{kept(truth, found):.3f}")
        for style in (ONE, replace(TWO_DIVIDED, size=9.0)):
            if not scans:
                row.append("")
                continue
            found = provisions(read(scanned(typeset(text, style)), name=path.name))
            row.append(f"{kept(truth, found, SURE):.3f}")
        rows.append(tuple(row))
    return rows


def main() -> None:
    """Print the tables, and put them into a page where one is named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=25)
    asked.add_argument("--pages", type=int, default=8, help="pages for text recognition")
    asked.add_argument("--no-scans", action="store_true", help="leave text recognition out")
    asked.add_argument("--only", nargs="+", choices=BLOCKS, default=BLOCKS)
    asked.add_argument("--write", type=Path, help="page to write the figures into")
    options = asked.parse_args()
    if not has_fonts():
        sys.exit("The DejaVu fonts are needed (Debian: fonts-dejavu-core).")
    scans = ocr.engine() is not None and not options.no_scans
    blocks: dict[str, str] = {}
    if "ingest" in options.only:
        heads = ("pages", "number", "bare pdfium, pages/s", "ours, pages/s", "pdfplumber, pages/s",
                 "ours : pdfium", "pdfplumber : ours")  # fmt: skip
        blocks["ingest"] = table(heads, speed_rows(options.turns))
    if "ocr" in options.only and scans:
        load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.\n\n"
        heads = ("act", "pages", "seconds", "pages/s", "wrong letters")
        blocks["ocr"] = load + table(heads, recognition_rows(options.pages))
    if "provisions" in options.only:
        heads = ("act", "provisions", "one column", "divided", "two columns", "two, divided",
                 "scan", "scan of two columns")  # fmt: skip
        blocks["provisions"] = table(heads, survival_rows(scans))
    for name, text in blocks.items():
        print(text)
        if options.write:
            put(options.write, name, text)


if __name__ == "__main__":
    main()
