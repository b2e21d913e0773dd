"""Read thousands of harmed files of every format: ``make fuzz``, outside the normal suite.

Every case is named ``FORMAT:NUMBER`` and comes from the seed alone. A crash is any end but a
document whose guarantees hold or an UnreadableFileError; a hang is a case over the time. Cases
that fail are written to ``out/fuzz``. Ends with code 1 if there are any.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from nis2_align.errors import NoArticlesError, UnreadableFileError
from nis2_align.read import Limits
from tests.hostile.guarantees import broken
from tests.hostile.mutations import FORMATS, harmed

__all__ = ["Outcome", "attempt", "case_of", "main"]

# LibreOffice and Tesseract cost seconds for each file: most cases are read without them, and a few
# (``--whole``) as in use, with them and in a process of their own.
_SHARES = {"text": 3, "html": 4, "akn": 3, "docx": 5, "pdf": 5, "office": 1}
_ROUND = [kind for kind in FORMATS for _ in range(_SHARES[kind])]
LIMITS = Limits()
# Segmentation of a text is tried up to this length, so that a case stays a matter of moments.
_SEGMENTED_AT_MOST = 40_000


@dataclass
class Outcome:
    """How one case ended.

    Attributes:
        case: Its name, ``FORMAT:NUMBER``.
        stage: ``read`` or ``segment``, the stage in which it ended.
        end: ``read``, ``refused``, ``crash`` or ``hang``.
        seconds: How long it took.
        what: What crashed and where.
    """

    case: str
    stage: str = "read"
    end: str = "read"
    seconds: float = 0.0
    what: str = ""


def case_of(number: int) -> str:
    """Return the name of a case; formats take turns."""
    return f"{_ROUND[number % len(_ROUND)]}:{number}"


def bytes_of(case: str, seed: int) -> bytes:
    """Return the file of a case."""
    return harmed(random.Random(f"{seed}/{case}"), case.partition(":")[0])


def attempt(case: str, data: bytes, say: Any = None) -> Outcome:
    """Read one file in this process, and find the provisions in what was read."""
    from nis2_align.read import read

    outcome = Outcome(case)
    start = time.perf_counter()
    try:
        document = read(data, name="act", limits=LIMITS)
        faults = broken(document, data)
        if faults:
            outcome.end, outcome.what = "crash", "; ".join(faults)
        elif len(document.text) <= _SEGMENTED_AT_MOST:
            outcome.stage = "segment"
            if say is not None:
                say("segment")
            _segment(document)
    except UnreadableFileError:
        outcome.end = "refused"
    except Exception as error:
        outcome.end, outcome.what = "crash", f"{type(error).__name__} {_place(error)}"
    outcome.seconds = time.perf_counter() - start
    return outcome


def _segment(document: Any) -> None:
    from nis2_align.languages import language
    from nis2_align.segment import segment

    with contextlib.suppress(NoArticlesError):
        segment(document, language("en"))


def _place(error: BaseException) -> str:
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return "nowhere"
    return f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}"


def _work(line: Connection, seed: int) -> None:
    """Take names of cases from the line until there are no more, and say how each ended."""
    import logging
    import resource

    bound = LIMITS.memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    logging.disable(logging.CRITICAL)
    os.environ["PATH"] = ""  # no other program is found
    while (case := line.recv()) is not None:
        line.send(attempt(case, bytes_of(case, seed), line.send))


@dataclass
class _Hand:
    """A process that takes cases, and what it has in hand."""

    seed: int
    case: str = ""
    stage: str = "read"
    since: float = 0.0
    line: Connection = field(init=False)
    process: Any = field(init=False)

    def __post_init__(self) -> None:
        ways = multiprocessing.get_context("spawn")
        self.line, other = ways.Pipe()
        self.process = ways.Process(target=_work, args=(other, self.seed), daemon=True)
        self.process.start()
        other.close()

    def give(self, case: str) -> None:
        self.case, self.stage, self.since = case, "read", time.monotonic()
        self.line.send(case)

    def end(self, end: str) -> Outcome:
        """Kill the process and return how its case ended."""
        self.process.kill()
        self.process.join()
        what = f"exit code {self.process.exitcode}" if end == "crash" else ""
        return Outcome(self.case, self.stage, end, time.monotonic() - self.since, what)


def outcomes(cases: list[str], seed: int, hands: int, seconds: float) -> list[Outcome]:
    """Return how each case ended, in the order in which they ended."""
    found: list[Outcome] = []
    left = iter(cases)
    busy = [_Hand(seed) for _ in range(hands)]
    for hand in list(busy):
        _go_on(hand, left, busy)
    while busy:
        ready = wait([hand.line for hand in busy], timeout=0.5)
        for place, hand in list(enumerate(busy)):
            late = time.monotonic() - hand.since > seconds
            if hand.line in ready and not late:
                try:
                    said = hand.line.recv()
                except (EOFError, ConnectionError):
                    found.append(hand.end("crash"))
                    _show(found, len(cases))
                    busy[place] = hand = _Hand(seed)
                    _go_on(hand, left, busy)
                    continue
                if isinstance(said, str):
                    hand.stage = said
                    continue
                found.append(said)
                _show(found, len(cases))
                _go_on(hand, left, busy)
            elif late:
                found.append(hand.end("hang"))
                _show(found, len(cases))
                busy[place] = hand = _Hand(seed)
                _go_on(hand, left, busy)
    return found


def _go_on(hand: _Hand, left: Any, busy: list[_Hand]) -> None:
    case = next(left, None)
    if case is None:
        hand.line.send(None)
        hand.process.join()
        busy.remove(hand)
    else:
        hand.give(case)


def _show(found: list[Outcome], total: int) -> None:
    for one in failures(found[-1:]):
        print(f"{one.end} in {one.stage}: {one.case} {one.what}", file=sys.stderr)
    if len(found) % 500 == 0:
        print(f"{len(found)} of {total}", dict(Counter(one.end for one in found)), file=sys.stderr)


def failures(found: list[Outcome]) -> list[Outcome]:
    """Return the crashes and hangs."""
    return [one for one in found if one.end in ("crash", "hang")]


def keep(failed: list[Outcome], seed: int, folder: Path) -> None:
    """Write the files of failed cases."""
    for one in failed:
        folder.mkdir(parents=True, exist_ok=True)
        case = one.case.removeprefix("whole ")
        (folder / case.replace(":", "-")).write_bytes(bytes_of(case, seed))


def whole(number: int, seed: int) -> list[Outcome]:
    """Read harmed files as they are read in use: in a process apart, with the other programs."""
    from nis2_align.read import read_safely

    found = []
    for n in range(number):
        case = f"{('office', 'pdf')[n % 2]}:whole-{n}"
        outcome, start = Outcome(f"whole {case}"), time.perf_counter()
        try:
            data = bytes_of(case, seed)
            faults = broken(read_safely(data, LIMITS, name="act"), data)
            if faults:
                outcome.end, outcome.what = "crash", "; ".join(faults)
        except UnreadableFileError as error:
            outcome.end = "refused"
            if "reader" in error.what:
                outcome.end, outcome.what = "crash", error.what
            if getattr(error, "limit", None) == "seconds":
                outcome.end = "hang"
        outcome.seconds = time.perf_counter() - start
        found.append(outcome)
    return found


def main() -> int:
    """Run the cases, write the figures."""
    from tests.hostile.report import write

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--whole", type=int, default=60, help="cases read as in use")
    asked.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    asked.add_argument("--seconds", type=float, default=20, help="a case over it is a hang")
    asked.add_argument("--write", type=Path, help="page to write the figures into")
    asked.add_argument("--case", help="try one case, e.g. pdf:17, and say how it ends")
    options = asked.parse_args()
    if options.case:
        print(attempt(options.case, bytes_of(options.case, options.seed)))
        return 0
    start = time.monotonic()
    cases = [case_of(number) for number in range(options.cases)]
    found = outcomes(cases, options.seed, options.processes, options.seconds)
    found += whole(options.whole, options.seed)
    text = write(found, options.seed, options.seconds, time.monotonic() - start, options.write)
    print(text)
    failed = failures(found)
    keep(failed, options.seed, Path("out") / "fuzz")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
