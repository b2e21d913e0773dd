"""The labelled acts that development measures itself by, and how they are prepared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nis2_align.evaluate.gold import GoldRow, read_gold
from nis2_align.grade.bench import Bench, bench
from nis2_align.languages import language
from nis2_align.match.blend import blend, weights
from nis2_align.match.clauses import clause_set
from nis2_align.match.queries import queries
from nis2_align.match.terms import TermSpace
from nis2_align.messages import messages
from nis2_align.read import read
from nis2_align.segment import segment
from nis2_align.text.analyse import analyser
from nis2_align.text.detect import detect

__all__ = ["SLICE", "LabelledAct", "labelled_acts"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# The provisions with which the format of the catalogue was proven.
SLICE = r"(20|21|23|32|34)\(|I\("


@dataclass(frozen=True, slots=True)
class LabelledAct:
    """An act with its labels."""

    name: str
    act: Path
    labels: Path

    def gold(self, only: str = "") -> dict[str, GoldRow]:
        """Return the labels of the requirements whose ids match ``only``."""
        return {id_: row for id_, row in read_gold(self.labels).items() if re.match(only, id_)}


def labelled_acts() -> tuple[LabelledAct, ...]:
    """Return the labelled acts that are present, real laws first."""
    every = (
        LabelledAct("Croatia", SHARED / "laws/hr_zks_2024.txt", SHARED / "gold/hr_zks_2024.csv"),
        LabelledAct(
            "Montenegrin draft", SHARED / "drafts/cnr_draft.txt", SHARED / "gold/cnr_draft.csv"
        ),
        LabelledAct(
            "Macedonian draft", SHARED / "drafts/mk_draft.txt", SHARED / "gold/mk_draft.csv"
        ),
        LabelledAct(
            "Kosovo draft (Albanian)",
            SHARED / "drafts/sq_draft_kosovo.txt",
            SHARED / "gold/sq_draft_kosovo.csv",
        ),
        LabelledAct(
            "Valdoria (sample)",
            ROOT / "corpus/samples/valdoria_draft.txt",
            ROOT / "corpus/gold/valdoria_draft.csv",
        ),
    )
    return tuple(act for act in every if act.act.exists() and act.labels.exists())


def other_labels(act: LabelledAct) -> list[dict[str, GoldRow]]:
    """Return the labels of all other acts, those in languages without statements included."""
    paths = [*sorted((SHARED / "gold").glob("*_*.csv")), ROOT / "corpus/gold/valdoria_draft.csv"]
    kept = [p for p in paths if p.exists() and p != act.labels and "annexIII" not in p.name]
    return [read_gold(path) for path in kept]


@cache
def bench_of(path: Path) -> Bench:
    """Read an act and lay out its bench, without judging anything."""
    document = read(path)
    spoken = detect(document.text).language
    segmentation = segment(document, language(spoken))
    clauses = clause_set([segmentation], [analyser(spoken)])
    blended = blend(TermSpace(clauses, queries(spoken)), weights())
    return bench(blended, messages("en"))
