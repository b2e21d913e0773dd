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
from nis2_align.languages import language as pack
from nis2_align.read.ocr import Engine, Image, Recognised, RecognitionError, models
from nis2_align.read.pdf_lines import Word
from nis2_align.text.detect import detect
from nis2_align.text.normalise import script_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

__all__ = ["DPI", "LOW", "Scanned", "Scanner"]

DPI = 200
"""Dots per inch at which pages are rendered."""

LOW = 0.8
"""A page read with less certainty than this is reported."""

_DOUBTFUL = 0.7  # then the page may lie on its side or be in another script
_ENOUGH = 300  # letters that tell a language
_PROBES = 3  # pages looked at to find it
_MOST_DOTS = 25_000_000  # a page as large as a poster is rendered more coarsely
_LATIN = "Latn"
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
    """

    engine: Engine
    document: PdfDocument
    chosen: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def choose(self, numbers: Sequence[int], text: str, language: str | None) -> None:
        """Choose the models to read with.

        Args:
            numbers: Pages to be read, from 1.
            text: What the text layer of the other pages says, if anything.
            language: Code of the language pack, where a person said it.
        """
        code, script = _told(text)
        code = language or code
        script = script or self._script(numbers) or _usual_script(code)
        fitting = models(script)
        if code is None:
            code = self._language(numbers, self._installed(fitting))
        best = pack(code).ocr.get(script) if code else None
        if best in self.engine.installed:
            self.chosen, self.missing = (best,), ()
        else:
            self.chosen = self._installed(fitting)
            self.missing = (best,) if best else () if self.chosen else fitting

    def pages(self, numbers: Sequence[int]) -> Iterator[Scanned]:
        """Yield the pages in order; Tesseract reads several at once, pdfium renders one."""
        waiting: deque[tuple[int, Image, Future[Recognised | None]]] = deque()
        with ThreadPoolExecutor(_WORKERS) as workers:
            for number in numbers:
                if len(waiting) > _WORKERS:
                    yield self._done(*waiting.popleft())
                image = self._render(number)
                waiting.append((number, image, workers.submit(self._read, image, self.chosen)))
            while waiting:
                yield self._done(*waiting.popleft())

    def _done(self, number: int, image: Image, work: Future[Recognised | None]) -> Scanned:
        read = work.result()
        if read is None or read.certainty < _DOUBTFUL:
            better = self._again(number, image)
            if better is not None and (read is None or better.certainty > read.certainty):
                return better
        return _scanned(number, read, image)

    def _again(self, number: int, image: Image) -> Scanned | None:
        """Return the page read upright and in its own script; None where it is so already."""
        seen = self.engine.look(image)
        others = models(seen.script) if seen.script else self.chosen
        fitting = self.chosen if set(self.chosen) & set(others) else self._installed(others)
        if not seen.turned and fitting in (self.chosen, ()):
            return None
        if seen.turned:
            image = self._render(number, seen.turned)
        return _scanned(number, self._read(image, fitting or self.chosen), image)

    def _read(self, image: Image, with_models: tuple[str, ...]) -> Recognised | None:
        try:
            return self.engine.recognise(image, with_models)
        except RecognitionError:
            return None

    def _script(self, numbers: Sequence[int]) -> str | None:
        seen = (self.engine.look(self._render(number)).script for number in numbers[:_PROBES])
        return next((script for script in seen if script), None)

    def _language(self, numbers: Sequence[int], fitting: tuple[str, ...]) -> str | None:
        """Return the language of the first pages, read with all models that may fit."""
        text = ""
        for number in numbers[:_PROBES] if fitting else ():
            read = self._read(self._render(number), fitting)
            text += f"{read.text} " if read else ""
            code, _ = _told(text)
            if code is not None:
                return code
        return None

    def _installed(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in self.engine.installed)

    def _render(self, number: int, turned: int = 0) -> Image:
        page = self.document[number - 1]
        try:
            width, height = page.get_size()
            dpi = min(DPI, int((_MOST_DOTS * 72 * 72 / max(width * height, 1)) ** 0.5))
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


def _usual_script(code: str | None) -> str:
    return next(iter(pack(code).ocr), _LATIN) if code else _LATIN


def _scanned(number: int, read: Recognised | None, image: Image) -> Scanned:
    scale = 72 / image.dpi
    words = read.words if read else []
    certainty = read.certainty if read else -1.0
    return Scanned(number, words, certainty, image.width * scale, image.height * scale)
