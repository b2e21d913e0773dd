"""Measure how well provisions are paired across drafts, on laws that are edited by chance.

``make drafts``. A law is taken for the earlier draft. The later one lacks one article in ten, has
articles of another law in their stead, has one article in twenty elsewhere, and in one line of
three a share of the words is left out or replaced. Which provision came from which is known, so
precision (pairs that are right among those made) and recall (pairs that are made among those there
are) can be counted.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Run as a script, only this folder is looked in.
sys.path.insert(0, str(ROOT))

from nis2_align.compare.provisions import Alike, Change, changes  # noqa: E402
from nis2_align.languages import language  # noqa: E402
from nis2_align.model import Segmentation  # noqa: E402
from nis2_align.read import read  # noqa: E402
from nis2_align.segment import segment  # noqa: E402
from nis2_align.text.detect import detect  # noqa: E402
from tests.hostile.report import put  # noqa: E402

LAWS = {
    "Valdoria (sample)": ROOT / "corpus/samples/valdoria_draft.txt",
    "Croatia": ROOT.parent / "shared" / "laws/hr_zks_2024.txt",
    "Serbia": ROOT.parent / "shared" / "laws/rs_zib_2025.txt",
}
#: Share of the words of an edited line that are left out or replaced.
EDITS = (0.1, 0.3, 0.5)
#: Thresholds that may be compared; the shipped ones first.
GRID = (Alike(), Alike(0.5, 0.35), Alike(0.7, 0.35), Alike(0.6, 0.25), Alike(0.6, 0.5))
_LINES = 1 / 3


@dataclass(frozen=True, slots=True)
class Edited:
    """A later draft: its provisions, and for each place in its text where the line came from."""

    cut: Segmentation
    starts: Sequence[int]
    origins: Sequence[int | None]

    def origin(self, place: int) -> int | None:
        """Return where a place of the text came from, or None."""
        return self.origins[bisect_right(self.starts, place) - 1]


def cut_of(path: Path) -> Segmentation:
    """Read a law and find its provisions."""
    document = read(path)
    return segment(document, language(detect(document.text).language))


def blocks(cut: Segmentation) -> Iterator[tuple[int, int]]:
    """Yield the articles, each up to the next."""
    starts = [one.span.start for one in cut.articles()]
    yield from zip(starts, [*starts[1:], len(cut.document.text)], strict=True)


def edited(cut: Segmentation, donor: Segmentation, share: float, chance: random.Random) -> Edited:
    """Make a later draft."""
    text, other = cut.document.text, donor.document.text
    own: list[tuple[str, int, int]] = [(text, *block) for block in blocks(cut)]
    kept = [one for one in own if chance.random() > 0.1]
    for _ in range(len(kept) // 20):
        kept.insert(chance.randrange(len(kept)), kept.pop(chance.randrange(len(kept))))
    strange = [(other, *block) for block in blocks(donor)]
    for one in chance.sample(strange, min(len(strange), len(own) - len(kept))):
        kept.insert(chance.randrange(len(kept)), one)
    words = re.findall(r"\w{4,}", text)
    pieces, starts, origins, at = [text[: own[0][1]]], [0], [None], own[0][1]
    for source, start, end in kept:
        for line in re.finditer(r".*\n?", source[start:end]):
            piece = line.group()
            if not piece:
                continue
            mine = source is text
            if mine and chance.random() < _LINES:
                piece = harmed(piece, share, words, chance)
            starts.append(at)
            origins.append(start + line.start() if mine else None)
            pieces.append(piece)
            at += len(piece)
    document = replace(cut.document, text="".join(pieces), pages=(), hints=())
    return Edited(segment(document, language(cut.language)), starts, origins)


def harmed(line: str, share: float, words: Sequence[str], chance: random.Random) -> str:
    """Leave out or replace a share of the longer words of a line."""

    def changed(found: re.Match[str]) -> str:
        if chance.random() >= share:
            return found.group()
        return chance.choice(words) if chance.random() < 0.5 else ""

    return re.sub(r"\b[^\W\d]{4,}\b", changed, line)


def counted(cut: Segmentation, later: Edited, alike: Alike) -> tuple[int, int, int]:
    """Return the pairs that are right, that were made, and that there are."""
    found = changes([cut], [later.cut], alike)
    old = {one.ref: one for one in cut.provisions}
    new = {one.ref: one for one in later.cut.provisions}

    def line_of(text: str, place: int) -> int:
        return text.rfind("\n", 0, place) + 1

    def came_from(change: Change) -> int | None:
        one = new[change.after.clause.ref]  # type: ignore[union-attr]
        span = one.own if one.own.end > one.own.start else one.heading_span
        return later.origin(span.start)  # type: ignore[union-attr]

    def stood(change: Change) -> int:
        one = old[change.before.clause.ref]  # type: ignore[union-attr]
        span = one.own if one.own.end > one.own.start else one.heading_span
        return line_of(cut.document.text, span.start)  # type: ignore[union-attr]

    here = {stood(one) for one in found if one.before}
    true = sum(one.after is not None and came_from(one) in here for one in found)
    made = [one for one in found if one.before and one.after]
    right = sum(came_from(one) == stood(one) for one in made)
    return right, len(made), true


def measured(draws: int, grid: Sequence[Alike]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| law | words changed | thresholds | precision | recall |"
    yield "| --- | ---: | --- | ---: | ---: |"
    cuts = {name: cut_of(path) for name, path in LAWS.items() if path.is_file()}
    for name, cut in cuts.items():
        donor = next((one for other, one in cuts.items() if other != name), cut)
        for share in EDITS:
            drafts = [
                edited(cut, donor, share, random.Random(f"{name} {share} {draw}"))
                for draw in range(draws)
            ]
            for alike in grid:
                counts = [counted(cut, draft, alike) for draft in drafts]
                right, made, true = (sum(column) for column in zip(*counts, strict=True))
                thresholds = f"{alike.alone:.2f}, {alike.in_place:.2f} in place"
                yield (
                    f"| {name} | {share:.0%} | {thresholds} | {right / made:.3f} "
                    f"| {right / true:.3f} |"
                )


def main() -> None:
    """Measure and print, or write the table where it belongs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=5, help="drafts of each kind")
    parser.add_argument("--write", type=Path, help="a page with a block for the table")
    parser.add_argument("--thresholds", action="store_true", help="compare other thresholds too")
    told = parser.parse_args()
    text = "\n".join(measured(told.draws, GRID if told.thresholds else GRID[:1])) + "\n"
    print(text, end="")
    if told.write:
        put(told.write, "drafts", text)


if __name__ == "__main__":
    main()
