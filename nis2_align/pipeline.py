"""The order of the work, and the only place that knows it.

paths → documents → provisions → clauses and requirements → scores → assessments → result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nis2_align.directive import CELEX, load_directive
from nis2_align.errors import UnreadableFileError
from nis2_align.grade.assess import assessments
from nis2_align.languages import language as pack
from nis2_align.match.blend import Blend, blend, weights
from nis2_align.match.clauses import clause_set
from nis2_align.match.queries import queries
from nis2_align.match.terms import TermSpace
from nis2_align.messages import REFERENCE, Messages, available, messages
from nis2_align.model import Act, Assessment, Document, Issue, Result, Segmentation
from nis2_align.read import read
from nis2_align.segment import segment
from nis2_align.text.analyse import analyser
from nis2_align.text.detect import Detection, detect

__all__ = ["STAGES", "Progress", "run", "run_documents"]

STAGES = ("read", "segment", "match", "grade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the work is: ``done`` of ``total`` steps of a stage, from 0."""

    stage: str
    act: str | None
    done: int
    total: int


OnStage = Callable[[Progress], None]


def run(
    paths: Sequence[Path],
    language: str | None = None,
    country: str | None = None,
    on_stage: OnStage | None = None,
    words: str | None = None,
) -> Result:
    """Analyse the acts of one dossier.

    Args:
        paths: Files, one act each.
        language: Code of a language pack for all acts; detected where None.
        country: ISO 3166 code for all acts; read from the texts where None.
        on_stage: Called with the progress of each stage; an exception it raises cancels the work.
        words: Language of the gaps, rationales and reasons; where None the first act's, if there
            are messages in it, else English.

    Returns:
        The result, with one assessment per requirement of the catalogue.

    Raises:
        UnreadableFileError: A file cannot be read.
        NoArticlesError: A text holds no article.
        UnknownLanguageError: There is no pack for a text's language, or no messages in ``words``.
        CatalogueError: The data is broken.
    """
    tell = on_stage or _silent
    if words is not None:
        messages(words)  # Refused before the work, not after it.
    return run_documents(_read(paths, tell), language, country, tell, words)


def run_documents(
    documents: Sequence[Document],
    language: str | None = None,
    country: str | None = None,
    on_stage: OnStage | None = None,
    words: str | None = None,
) -> Result:
    """Analyse acts that are already text; else as :func:`run`."""
    tell = on_stage or _silent
    if not documents:
        raise UnreadableFileError("No act was given.", "Name at least one file.")
    found = [detect(document.text, language, country) for document in documents]
    segmentations: list[Segmentation] = []
    for done, (document, detection) in enumerate(zip(documents, found, strict=True)):
        tell(Progress(stage="segment", act=document.id, done=done, total=len(documents)))
        segmentations.append(segment(document, pack(detection.language)))
    spoken = segmentations[0].language
    say = messages(words or (spoken if spoken in available() else REFERENCE))
    graded = tuple(_grade(_match(segmentations, spoken, tell), say, tell))
    return Result(
        celex=CELEX,
        catalogue_version=load_directive().version,
        acts=tuple(map(_act, segmentations, found)),
        assessments=graded,
        segmentations=tuple(segmentations),
        issues=tuple(_issues(segmentations)),
        words=say.language,
    )


def _silent(progress: Progress) -> None:
    """Show no progress."""


def _read(paths: Sequence[Path], tell: OnStage) -> list[Document]:
    documents: list[Document] = []
    for done, path in enumerate(paths):
        tell(Progress(stage="read", act=path.name, done=done, total=len(paths)))
        document = read(path)
        taken = {other.id for other in documents}
        number, id_ = 2, document.id
        while id_ in taken:
            id_ = f"{document.id}-{number}"
            number += 1
        issues = tuple(replace(issue, act=id_) for issue in document.issues)
        documents.append(replace(document, id=id_, issues=issues))
    return documents


def _match(segmentations: Sequence[Segmentation], spoken: str, tell: OnStage) -> Blend | None:
    tell(Progress(stage="match", act=None, done=0, total=2))
    asked = queries(spoken)
    if not asked:
        return None
    clauses = clause_set(segmentations, [analyser(s.language) for s in segmentations])
    tell(Progress(stage="match", act=None, done=1, total=2))
    return blend(TermSpace(clauses, asked), weights())


def _grade(blended: Blend | None, words: Messages, tell: OnStage) -> Iterator[Assessment]:
    directive = load_directive()
    total = len(directive.requirements)
    for done, assessment in enumerate(assessments(directive, blended, words)):
        tell(Progress(stage="grade", act=None, done=done, total=total))
        yield assessment
    tell(Progress(stage="grade", act=None, done=total, total=total))


def _issues(segmentations: Sequence[Segmentation]) -> Iterator[Issue]:
    for segmentation in segmentations:
        yield from segmentation.document.issues
        yield from segmentation.issues
        if segmentation.language != segmentations[0].language:
            yield Issue(
                code="mixed_languages",
                message=(
                    f"{segmentation.document.name} is in another language than the first act and "
                    "was compared with statements in the first act's language; analyse it apart."
                ),
                act=segmentation.document.id,
            )


def _act(segmentation: Segmentation, detection: Detection) -> Act:
    document = segmentation.document
    return Act(
        id=document.id,
        title=document.title or document.name,
        language=segmentation.language,
        script=detection.script,
        country=detection.country,
        jurisdiction=detection.country,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        articles=len(segmentation.articles()),
        detected={
            "language": detection.language_certainty,
            "country": detection.country_certainty,
        },
        amending=segmentation.amending,
    )
