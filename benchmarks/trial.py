"""How long it takes to try a clause in an act, beside grading the whole act again: ``make trial``.

In one run, in turns, for several requirements: the whole dossier graded again with the clause; the
requirement alone; the requirement alone with what an earlier trial left. Processor time, medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import nis2_align  # noqa: E402
from nis2_align.model import ClauseRef, Coverage, Result  # noqa: E402
from nis2_align.trial import Trial, others_changed, remembered, try_clause  # noqa: E402
from tests.hostile.report import put, table  # noqa: E402

SHARED = ROOT.parent / "shared"
ACTS = (
    ROOT / "corpus" / "samples" / "valdoria_draft.pdf",
    SHARED / "laws" / "rs_zib_2025.html",
    SHARED / "laws" / "hr_zks_2024.txt",
)
HEADS = ("act", "provisions", "all again, s", "one alone, s", "one remembered, s",
         "all : alone", "all : remembered")  # fmt: skip
OPEN = {Coverage.PARTIAL, Coverage.NONE, Coverage.UNCERTAIN}


def timed(work: Callable[[], object]) -> float:
    """Return the processor time of some work, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def asked(result: Result, number: int) -> list[str]:
    """Return open requirements, evenly spread over the catalogue."""
    found = [one.requirement for one in result.assessments if one.coverage in OPEN]
    return found[:: max(1, len(found) // number)][:number]


def row(path: Path, number: int) -> tuple[str, ...]:
    """Try a clause for some requirements of an act, in each way."""
    result = nis2_align.align(path).result
    cut = result.segmentations[0]
    paragraphs = [one for one in cut.provisions if one.kind == "paragraph"]
    after = ClauseRef(act=cut.document.id, ref=paragraphs[len(paragraphs) // 3].ref)
    memory = remembered(result)
    times: list[tuple[float, float, float]] = []
    for place, id_ in enumerate(asked(result, number)):
        # Another clause each time, in the words of the act itself.
        words = paragraphs[-1 - place].own.of(cut.document.text)
        kept: list[Trial] = []

        def alone(id_: str = id_, words: str = words, kept: list[Trial] = kept) -> None:
            kept.append(try_clause(result, id_, words, after))

        def again(id_: str = id_, words: str = words) -> None:
            try_clause(result, id_, words, after, memory=memory)

        one, remembered_ = timed(alone), timed(again)
        times.append((timed(lambda kept=kept: others_changed(result, kept[0])), one, remembered_))
    whole, one, known = (statistics.median(column) for column in zip(*times, strict=True))
    return (
        path.stem, str(len(cut.provisions)), f"{whole:.2f}", f"{one:.2f}", f"{known:.2f}",
        f"{whole / one:.1f}", f"{whole / known:.1f}",
    )  # fmt: skip


def main() -> None:
    """Print the table, and put it into a page where one is named."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--requirements", type=int, default=7)
    asking.add_argument("--write", type=Path, help="page to write the figures into")
    options = asking.parse_args()
    text = table(HEADS, [row(path, options.requirements) for path in ACTS if path.exists()])
    print(text)
    if options.write:
        put(options.write, "trial", text)


if __name__ == "__main__":
    main()
