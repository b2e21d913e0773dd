"""Text recognition by Tesseract, where it is installed, as a process of its own for each page.

Tesseract (Smith, ICDAR 2007) is asked for its hOCR output, which tells the baseline of each line
and its certainty of each word. It runs with one thread: its own threads get in each other's way,
and pages are read side by side anyway.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from nis2_align.languages import language, language_codes
from nis2_align.read.pdf_lines import BELOW_BASELINE, Word

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = [
    "Engine",
    "Image",
    "Recognised",
    "RecognitionError",
    "Seen",
    "engine",
    "missing",
    "models",
]

_PROGRAM = "tesseract"
_LONGEST = 120  # seconds for one page; a dense one takes about two
_SCRIPTS = {"Latin": "Latn", "Cyrillic": "Cyrl"}
_FLOAT = r"(-?\d+(?:\.\d+)?)"
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_BASELINE = re.compile(rf"baseline {_FLOAT} {_FLOAT}")
_SIZE = re.compile(rf"x_size {_FLOAT}")
_CERTAINTY = re.compile(rf"x_wconf {_FLOAT}")
_LINES = ("ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption")
# What rules and specks are taken for.
_SPECK = re.compile(r"[|_~=.,:;'`\"°*\\/<>«»\[\]{}]+")
_RULE = re.compile(r"^[|\[\]{}]+|[|\[\]{}]+$")
_NOT_SIGN = "\N{NOT SIGN}"  # how a broken hyphen is read
# "Article1": Tesseract loses the narrow space before a short number that ends a heading.
_GLUED = re.compile(r"([^\W\d_]{3,})(\d{1,3}[.a-z]?)")
# Sizes of type that differ by less are one: the height of a line depends on its letters.
_ONE_SIZE = 1.3


class Image(NamedTuple):
    """A grey picture of a page, one byte for each dot, row by row."""

    dots: bytes
    width: int
    height: int
    dpi: int

    def pgm(self) -> bytes:
        """Return it as a file in the simplest of formats (Netpbm's PGM)."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.dots


class Recognised(NamedTuple):
    """What was read on a page.

    Attributes:
        words: With their places in points, as on the picture.
        certainty: Mean of Tesseract's certainty over the letters, in [0, 1]; 0 without letters.
    """

    words: list[Word]
    certainty: float

    @property
    def text(self) -> str:
        """The words in the order they were read."""
        return " ".join(word.text for word in self.words)


class Seen(NamedTuple):
    """What a page looks like before it is read.

    Attributes:
        script: ISO 15924 code, or None where it is none of a language pack's or not clear.
        turned: Degrees by which the picture must be turned clockwise to stand upright.
    """

    script: str | None
    turned: int


class RecognitionError(Exception):
    """Tesseract failed or took too long on one page."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Tesseract as installed: where it is, and the models of languages it has."""

    program: str
    installed: frozenset[str]

    def recognise(
        self, image: Image, models: Iterable[str], *, one_line: bool = False
    ) -> Recognised:
        """Read the text of a page.

        Args:
            image: The page.
            models: Names of installed models; with more than one the best fitting word wins.
            one_line: It is no page but a single line.

        Raises:
            RecognitionError: Tesseract failed or took too long.
        """
        output = self._run(image, "-l", "+".join(models), "--psm", "7" if one_line else "3", "hocr")
        return _recognised(output, image.dpi)

    def look(self, image: Image) -> Seen:
        """Find the script of a page and which way up it is."""
        if "osd" not in self.installed:
            return Seen(None, 0)
        try:
            output = self._run(image, "-l", "osd", "--psm", "0").decode("utf-8", "replace")
        except RecognitionError:  # too few letters to tell
            return Seen(None, 0)
        script = re.search(r"^Script: (\w+)", output, re.M)
        turned = re.search(r"^Rotate: (\d+)", output, re.M)
        return Seen(_SCRIPTS.get(script[1]) if script else None, int(turned[1]) if turned else 0)

    def _run(self, image: Image, *options: str) -> bytes:
        command = [self.program, "stdin", "stdout", "--dpi", str(image.dpi), *options]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
        try:
            done = subprocess.run(
                command,
                input=image.pgm(),
                capture_output=True,
                env=environment,
                timeout=_LONGEST,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RecognitionError(str(error)) from error
        if done.returncode:
            raise RecognitionError(done.stderr.decode("utf-8", "replace").strip()[-200:])
        return done.stdout


def engine() -> Engine | None:
    """Return Tesseract as installed on this machine, or None."""
    program = shutil.which(_PROGRAM)
    return Engine(program, _installed(program)) if program else None


@cache
def _installed(program: str) -> frozenset[str]:
    try:
        done = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    lines = [line.strip() for line in (done.stdout or done.stderr).splitlines()]
    return frozenset(line for line in lines[1:] if line and " " not in line)


@cache
def models(script: str) -> tuple[str, ...]:
    """Return the models that the language packs name for a script, in the order of the packs."""
    packs = (language(code) for code in language_codes())
    return tuple(dict.fromkeys(pack.ocr[script] for pack in packs if script in pack.ocr))


@cache
def ocr_scripts() -> tuple[str, ...]:
    """Return the scripts for which the language packs name models, the commonest first."""
    counts = Counter(script for code in language_codes() for script in language(code).ocr)
    return tuple(script for script, _ in counts.most_common())


def missing(wanted: Iterable[str] = ()) -> tuple[str, str]:
    """Return what must be installed so that pages without a text layer can be read.

    Args:
        wanted: Names of the models that are missing, where it is known which.

    Returns:
        Which sentence says it, as :mod:`nis2_align.notices` fills ``then``, and the packages of
        the models.
    """
    packages = ", ".join(f"tesseract-ocr-{model.replace('_', '-')}" for model in wanted)
    if engine() is None:
        return "ocr_no_engine", packages
    return ("ocr_no_model" if packages else "ocr_nothing"), packages


def _recognised(hocr: bytes, dpi: int) -> Recognised:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )
    root = etree.fromstring(hocr, parser) if hocr.strip() else None
    if root is None:
        return Recognised([], 0.0)
    lines = [node for node in root.iter("{*}span") if node.get("class") in _LINES]
    sizes = [_number(_SIZE, line) for line in lines for _ in line]
    usual = median(sizes) if sizes else 0.0
    words: list[Word] = []
    letters, sure = 0, 0.0
    for line in lines:
        for word, certainty in _words(line, usual, 72 / dpi):
            words.append(word)
            letters += len(word.text)
            sure += len(word.text) * certainty
    return Recognised(words, sure / letters if letters else 0.0)


def _words(line: Element, usual: float, scale: float) -> list[tuple[Word, float]]:
    """Return the words of a line, in points, each with its certainty in [0, 1]."""
    box = _box(line)
    slope = _BASELINE.search(line.get("title") or "")
    size = _number(_SIZE, line)
    if size < _ONE_SIZE * usual and usual < _ONE_SIZE * size:
        size = usual
    # The baseline leans as the scan does: where the middle of the line stands counts for all
    # of it, so that its words stay together.
    offset = float(slope[2]) + float(slope[1]) * (box[2] - box[0]) / 2 if slope else 0.0
    baseline = (box[3] + offset) * scale
    size *= scale
    top = baseline - (1 - BELOW_BASELINE) * size
    found: list[tuple[Word, float]] = []
    nodes = [node for node in line.iter("{*}span") if node.get("class") == "ocrx_word"]
    for node in nodes:
        text = _RULE.sub("", "".join(str(part) for part in node.itertext()).strip())
        text = text.replace(_NOT_SIGN, "-") if text.endswith(_NOT_SIGN) else text
        if len(nodes) == 1 and (glued := _GLUED.fullmatch(text)):
            text = f"{glued[1]} {glued[2]}"
        if text and not (_SPECK.fullmatch(text) and _number(_CERTAINTY, node) < 60):
            x0, _, x1, _ = _box(node)
            word = Word(text, x0 * scale, x1 * scale, top, top + size, size, False)
            found.append((word, _number(_CERTAINTY, node) / 100))
    return found


def _box(node: Element) -> tuple[int, int, int, int]:
    match = _BOX.search(node.get("title") or "")
    if match is None:
        return 0, 0, 0, 0
    left, top, right, bottom = (int(side) for side in match.groups())
    return left, top, right, bottom


def _number(pattern: re.Pattern[str], node: Element) -> float:
    match = pattern.search(node.get("title") or "")
    return float(match[1]) if match else 0.0
