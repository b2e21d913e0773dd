"""What simple methods reach, in the same run and by the same scorer as ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from nis2_align.evaluate.figures import Answer
from nis2_align.evaluate.gold import GoldRow
from nis2_align.match.terms import TermSpace

__all__ = ["never_reads", "rankings"]

_KEPT = 40


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


def rankings(space: TermSpace) -> dict[str, dict[str, Answer]]:
    """Rank the clauses of each requirement by one method; the first is the claim."""
    found: dict[str, dict[str, Answer]] = {}
    refs = [clause.provision.ref for clause in space.clauses.clauses]
    for name, scores in _scores(space).items():
        rows = {}
        for row, query in enumerate(space.queries):
            order = np.argsort(-scores[row], kind="stable")[:_KEPT]
            ranked = tuple(refs[column] for column in order)
            rows[query.requirement.id] = Answer("full", ranked[:1], ranked, None)
        found[name] = rows
    return found
