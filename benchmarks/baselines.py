"""What simple methods reach, in the same run and by the same scorer as ours."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from nis2_align.evaluate.figures import Answer
from nis2_align.evaluate.gold import GoldRow
from nis2_align.match.clauses import Clause
from nis2_align.match.terms import TermSpace
from nis2_align.text.analyse import analyser

__all__ = ["never_reads", "rankings"]

_KEPT = 40
_OFFICIAL = Path(__file__).resolve().parents[2] / "shared/directive/nis2_en.json"
# A folder with a sentence encoder on this machine, e.g. all-MiniLM-L6-v2; nothing is fetched.
_ENCODER = "NIS2_ALIGN_ENCODER"


def never_reads(
    gold: Mapping[str, GoldRow], others: list[Mapping[str, GoldRow]]
) -> dict[str, Answer]:
    """Answer each requirement's most frequent grade in the other labelled acts, without reading."""
    answers = {}
    for id_ in gold:
        grades = Counter(rows[id_].grade for rows in others if id_ in rows)
        grade = grades.most_common(1)[0][0] if grades else "full"
        answers[id_] = Answer(grade, (), (), None)
    return answers


def _texts(space: TermSpace) -> tuple[list[str], list[str]]:
    plain = lambda terms: " ".join(t for t in terms if not t.startswith("§"))  # noqa: E731
    clauses = [plain(clause.terms) for clause in space.clauses.clauses]
    asked = [plain([t for s in query.sentences for t in s]) for query in space.queries]
    return asked, clauses


def _scores(space: TermSpace) -> dict[str, np.ndarray]:
    asked, clauses = _texts(space)
    index = bm25s.BM25(method="lucene")
    index.index([text.split() or ["-"] for text in clauses], show_progress=False)
    known = [[t for t in text.split() if t in index.vocab_dict] for text in asked]
    tfidf = TfidfVectorizer(token_pattern=r"\S+")
    right = tfidf.fit_transform(clauses)
    nothing = np.zeros(len(clauses))
    return {
        "bm25s alone": np.array([index.get_scores(k) if k else nothing for k in known]),
        "TF-IDF cosine": np.asarray((tfidf.transform(asked) @ right.T).todense()),
        "token_set_ratio": process.cdist(asked, clauses, scorer=fuzz.token_set_ratio, workers=2),
        "WRatio": process.cdist(asked, clauses, scorer=fuzz.WRatio, workers=2),
    }  # fmt: skip


def _english(space: TermSpace) -> dict[str, np.ndarray]:
    """Rank English clauses by the directive's own words, and by an encoder where there is one."""
    if space.clauses.segmentations[0].language != "en" or not _OFFICIAL.exists():
        return {}
    listed = json.loads(_OFFICIAL.read_text(encoding="utf-8"))
    official = {entry["id"]: entry["text"] for entry in listed}
    asked = [official.get(query.requirement.id, "") for query in space.queries]
    texts = [clause.provision.span.of(_text(space, clause)) for clause in space.clauses.clauses]
    speaker = analyser("en")
    index = bm25s.BM25(method="lucene")
    index.index([list(speaker.stems(text)) or ["-"] for text in texts], show_progress=False)
    rows = []
    for text in asked:
        known = [stem for stem in speaker.stems(text) if stem in index.vocab_dict]
        rows.append(index.get_scores(known) if known else np.zeros(len(texts)))
    found = {"official text, bm25s": np.array(rows)}
    folder = os.environ.get(_ENCODER)
    if folder and find_spec("sentence_transformers") is not None:
        from sentence_transformers import SentenceTransformer

        encode = SentenceTransformer(folder).encode
        found["official text, encoder"] = np.asarray(encode(asked) @ encode(texts).T)
    return found


def _text(space: TermSpace, clause: Clause) -> str:
    act = clause.provision.act
    return next(s.document.text for s in space.clauses.segmentations if s.document.id == act)


def rankings(space: TermSpace) -> dict[str, dict[str, Answer]]:
    """Rank the clauses of each requirement by one method; the first is the claim."""
    found: dict[str, dict[str, Answer]] = {}
    refs = [clause.provision.ref for clause in space.clauses.clauses]
    for name, scores in (_scores(space) | _english(space)).items():
        rows = {}
        for row, query in enumerate(space.queries):
            order = np.argsort(-scores[row], kind="stable")[:_KEPT]
            ranked = tuple(refs[column] for column in order)
            rows[query.requirement.id] = Answer("full", ranked[:1], ranked, None)
        found[name] = rows
    return found
