"""Pages without a usable text layer → lines, through text recognition.

The script is looked for first, then the language: a wrong model ruins Cyrillic and costs Latin
its marks. What the document's own text layer says counts before what the first scan says.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nis2_align.errors import UnknownLanguageError
from nis2_align.languages import Language
from nis2_align.languages import language as pack
from nis2_align.messages import REFERENCE
from nis2_align.read.ocr import (
    Engine,
    Image,
    Recognised,
    RecognitionError,
    models,
    ocr_scripts,
)
from nis2_align.read.ocr_missed import Strip, missed_lines
from nis2_align.read.pdf_lines import Word
from nis2_align.text.detect import detect
from nis2_align.text.normalise import script_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

__all__ = ["DPI", "LOW", "Scanned", "Scanner"]

DPI = 200
"""Dots per inch at which pages are rendered; clean pages come out no better at more."""

FINER = 300
"""Dots per inch at which a doubtful page is tried again: old scans and small type need it."""

LOW = 0.8
"""A page read with less certainty than this is reported."""

LATIN = "Latn"
_DOUBTFUL = 0.7  # in a wrong script pages are read with less
_ENOUGH = 200  # letters that tell a language
_PROBES = 3  # pages looked at to find it
_MOST_DOTS = 25_000_000  # a page as large as a poster is rendered more coarsely
_WORKERS = max(1, min(os.cpu_count() or 1, 8))


class Scanned(NamedTuple):
    """One page as recognised.

    Attributes:
        number: Of the page, from 1.
        words: What was read.
        certainty: In [0, 1], or -1 where recognition failed.
        width: Of the page in points, as it was read.
        height: Likewise.
    """

    number: int
    words: list[Word]
    certainty: float
    width: float
    height: float


@dataclass(slots=True)
class Scanner:
    """Recognises pages of one document.

    Attributes:
        engine: Tesseract.
        document: The document, open in pdfium.
        chosen: Models that the pages are read with; empty where none that fits is installed.
        missing: Models that fit and are not installed.
        turned: Degrees by which the first page must be turned to stand upright.
    """

    engine: Engine
    document: PdfDocument
    chosen: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    turned: int = 0

    def choose(self, numbers: Sequence[int], text: str, language: str | None) -> None:
        """Choose the models to read with.

        Args:
            numbers: Pages to be read, from 1.
            text: What the text layer of the other pages says, if anything.
            language: Code of the language pack, where a person said it.
        """
        code, script = _told(text)
        code = language or code
        scripts: Sequence[str] = (script,) if script else tuple(pack(code).ocr) if code else ()
        if code is None or len(scripts) != 1:
            scripts, sample = self._probe(numbers, scripts or ocr_scripts())
            code = code or _told(sample)[0]
        fitting = models(scripts[0])
        best = pack(code).ocr.get(scripts[0]) if code else None
        if best in self.engine.installed:
            self.chosen, self.missing = (
                (best, *self._beside(pack(code or REFERENCE), scripts[0])),
                (),
            )
        else:
            self.chosen = self._installed(fitting)
            self.missing = (best,) if best else () if self.chosen else fitting

    def _beside(self, own: Language, script: str) -> tuple[str, ...]:
        """Return the model for the Latin words that acts in another script quote.

        Without it every ``CDN`` and ``TLP`` comes out as letters of the act's script; it costs
        less than a fifth more time.
        """
        if script == LATIN:
            return ()
        model = own.ocr.get(LATIN) or pack(REFERENCE).ocr.get(LATIN)
        return self._installed([model] if model else [])

    def _probe(self, numbers: Sequence[int], scripts: Sequence[str]) -> tuple[Sequence[str], str]:
        """Return the script of the first pages, and what they say when read in it.

        What Tesseract takes for the script comes first, but it is mistaken on pages with few
        letters. The right script is then told by the certainty of the reading: .9 and more,
        against .3 to .65 in a wrong one.
        """
        seen, self.turned = self.engine.look(self._render(numbers[0]))
        best = (0.0, seen or scripts[0], "")
        for script in sorted(scripts, key=lambda script: script != seen):
            fitting = self._installed(models(script))
            certainty, text = self._sample(numbers, fitting) if fitting else (0.0, "")
            # Where the models of its script are missing, no page is read in another.
            if certainty > best[0] and (certainty >= _DOUBTFUL or script == best[1]):
                best = (certainty, script, text)
            if certainty >= _DOUBTFUL:
                break
        return (best[1],), best[2]

    def _sample(self, numbers: Sequence[int], fitting: tuple[str, ...]) -> tuple[float, str]:
        """Return certainty and text of the first pages that together tell a language."""
        text, sure = "", 0.0
        for number in numbers[:_PROBES]:
            read = self._read(self._render(number, turned=self.turned), fitting)
            if read is not None:
                text += f"{read.text} "
                sure += len(read.text) * read.certainty
            if sum(map(str.isalpha, text)) >= _ENOUGH:
                break
        return sure / max(len(text), 1), text

    def pages(self, numbers: Sequence[int]) -> Iterator[Scanned]:
        """Yield the pages in order; Tesseract reads several at once, pdfium renders one."""
        waiting: deque[tuple[int, Image, Future[Recognised | None]]] = deque()
        with ThreadPoolExecutor(_WORKERS) as workers:
            for number in numbers:
                if len(waiting) > _WORKERS:
                    yield self._done(*waiting.popleft())
                image = self._render(number, turned=self.turned)
                waiting.append((number, image, workers.submit(self._read, image, self.chosen)))
            while waiting:
                yield self._done(*waiting.popleft())

    def _done(self, number: int, image: Image, work: Future[Recognised | None]) -> Scanned:
        read = work.result()
        page = _scanned(number, read, image)
        # A page without a word may be blank; one with a few may be a coat of arms.
        if page.certainty < LOW and (read is None or read.words):
            return max(page, self._again(number), key=lambda page: page.certainty)
        return page

    def _again(self, number: int) -> Scanned:
        """Return a doubtful page read upright, in its own script, and at a finer grain."""
        seen = self.engine.look(self._render(number))
        others = models(seen.script) if seen.script else self.chosen
        same = set(self.chosen) & set(others) or not self._installed(others)
        fitting = self.chosen if same else self._installed(others)
        image = self._render(number, turned=seen.turned, dpi=FINER)
        return _scanned(number, self._read(image, fitting), image)

    def _read(self, image: Image, with_models: tuple[str, ...]) -> Recognised | None:
        try:
            read = self.engine.recognise(image, with_models)
            words = list(read.words)
            for strip in missed_lines(image, read.words):
                line = self.engine.recognise(strip.image, with_models, one_line=True)
                if line.certainty >= _DOUBTFUL:
                    words += [_moved(word, strip) for word in line.words]
        except RecognitionError:
            return None
        return read._replace(words=words)

    def _installed(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in self.engine.installed)

    def _render(self, number: int, *, turned: int = 0, dpi: int = DPI) -> Image:
        page = self.document[number - 1]
        try:
            width, height = page.get_size()
            dpi = min(dpi, int((_MOST_DOTS * 72 * 72 / max(width * height, 1)) ** 0.5))
            bitmap = page.render(scale=max(dpi, 1) / 72, grayscale=True, rotation=turned)
            rows = bitmap.to_numpy()
            high, wide = rows.shape[:2]
            return Image(rows.reshape(high, wide).tobytes(), wide, high, max(dpi, 1))
        finally:
            page.close()


def _told(text: str) -> tuple[str | None, str | None]:
    """Return language and script of a text; None where it is too short or in no known language."""
    if sum(map(str.isalpha, text)) < _ENOUGH:
        return None, None
    try:
        found = detect(text)
    except UnknownLanguageError:
        return None, script_of(text)
    return found.language, found.script


def _moved(word: Word, strip: Strip) -> Word:
    return word._replace(
        x0=word.x0 + strip.x,
        x1=word.x1 + strip.x,
        top=word.top + strip.y,
        bottom=word.bottom + strip.y,
    )


def _scanned(number: int, read: Recognised | None, image: Image) -> Scanned:
    scale = 72 / image.dpi
    words = read.words if read else []
    certainty = read.certainty if read else -1.0
    return Scanned(number, words, certainty, image.width * scale, image.height * scale)
