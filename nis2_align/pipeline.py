"""The order of the work, and the only place that knows it.

paths → documents → provisions → clauses and requirements → scores → assessments → result.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from nis2_align.directive import CELEX, load_directive
from nis2_align.dossier import Dossier, Entry, dossier_of
from nis2_align.errors import NoArticlesError, UnknownLanguageError, UnreadableFileError
from nis2_align.grade.assess import assessments
from nis2_align.grade.standing import Standing, nothing, weakest, with_planned
from nis2_align.languages import language as pack
from nis2_align.match.blend import Blend, blend, weights
from nis2_align.match.clauses import clause_set
from nis2_align.match.memory import Memory
from nis2_align.match.queries import queries
from nis2_align.match.terms import TermSpace
from nis2_align.messages import REFERENCE, Messages, available, messages
from nis2_align.model import Act, Assessment, Document, Elsewhere, Issue, Result, Segmentation
from nis2_align.notices import error as error_of
from nis2_align.notices import issue
from nis2_align.official import issues as official_issues
from nis2_align.official import read_official
from nis2_align.official_text import OfficialText
from nis2_align.read.door import OnPage
from nis2_align.read.limits import DEFAULT, Limits
from nis2_align.read.safely import read_safely
from nis2_align.segment import segment
from nis2_align.text.analyse import analyser
from nis2_align.text.detect import Detection, detect

__all__ = ["STAGES", "Progress", "run", "run_documents"]

STAGES = ("read", "segment", "match", "grade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the work is: ``done`` of ``total`` steps of a stage, from 0.

    Where an act has pages, ``page`` of ``pages`` are read; else both are 0.
    """

    stage: str
    act: str | None
    done: int
    total: int
    page: int = 0
    pages: int = 0


OnStage = Callable[[Progress], None]


def run(
    paths: Sequence[Path] | Dossier,
    language: str | None = None,
    country: str | None = None,
    on_stage: OnStage | None = None,
    words: str | None = None,
    limits: Limits = DEFAULT,
    directive_text: Path | OfficialText | None = None,
) -> Result:
    """Analyse the acts of one dossier.

    A file that cannot be read becomes an issue ``act_unreadable``, and the others go on.

    Args:
        paths: Files, one act each; a ``dossier.yaml`` among them names acts and says where they
            hold; or a dossier that is put together already.
        language: Code of a language pack for all acts; detected where None.
        country: ISO 3166 code for all acts; read from the texts where None.
        on_stage: Called with the progress of each stage; an exception it raises cancels the work.
        words: Language of the gaps, rationales and reasons; where None the first act's, if there
            are messages in it, else English.
        limits: Bounds on reading each file.
        directive_text: A file with an official text of the directive, or what was read from it.

    Returns:
        The result, with one assessment per requirement of the catalogue.

    Raises:
        UnreadableFileError: No file can be read, or ``directive_text`` is not the directive.
        NoArticlesError: No text holds an article.
        UnknownLanguageError: There is no pack for the language of any text, or no messages in
            ``words``.
        CatalogueError: The data is broken.
    """
    tell = on_stage or _silent
    if words is not None:
        messages(words)  # Refused before the work, not after it.
    official = (
        read_official(directive_text, limits)
        if isinstance(directive_text, Path)
        else directive_text
    )
    dossier = paths if isinstance(paths, Dossier) else dossier_of(paths)
    documents, entries, unread = _read(dossier.entries, tell, limits)
    result = run_documents(
        documents, language, country, tell, words, entries, dossier.elsewhere, official
    )
    return replace(result, issues=(*unread, *result.issues))


def run_documents(
    documents: Sequence[Document],
    language: str | None = None,
    country: str | None = None,
    on_stage: OnStage | None = None,
    words: str | None = None,
    entries: Sequence[Entry] = (),
    elsewhere: Mapping[str, tuple[Elsewhere, ...]] | None = None,
    official: OfficialText | None = None,
    only: str | None = None,
    memory: Memory | None = None,
) -> Result:
    """Analyse acts that are already text; else as :func:`run`.

    Args:
        documents: The acts.
        language: As of :func:`run`.
        country: As of :func:`run`.
        on_stage: As of :func:`run`.
        words: As of :func:`run`.
        entries: What is said of each act, in the order of ``documents``; nothing where empty.
        elsewhere: Requirement → clauses in acts that are not loaded.
        official: An official text of the directive, to be shown beside our statements.
        only: Id of a requirement; the result then has its assessment alone, the same as among all
            except for candidates for gold-plating, which hang on what all others say.
        memory: What analyses of nearly the same acts left; it takes up what this one leaves. The
            result is the same without.

    Returns:
        As of :func:`run`.

    Raises:
        Nis2AlignError: As of :func:`run`.
    """
    tell = on_stage or _silent
    if not documents:
        raise UnreadableFileError("No act was given.", "Name at least one file.")
    told = list(entries) or [Entry(path=Path(document.name)) for document in documents]
    read, refused = _segmented(documents, told, language, country, tell)
    segmentations = [one.segmentation for one in read]
    spoken = segmentations[0].language
    say = messages(words or (spoken if spoken in available() else REFERENCE))
    memory = memory or Memory()
    memory.turn()
    task = _Task(words=say, official=official, only=only, memory=memory, tell=tell)
    graded = _by_standing(read, task)
    return Result(
        celex=CELEX,
        catalogue_version=load_directive().version,
        acts=tuple(map(_act, read)),
        assessments=tuple(_with_elsewhere(one, elsewhere or {}) for one in graded),
        segmentations=tuple(segmentations),
        issues=(
            *refused,
            *_issues(_by_language(segmentations), segmentations),
            *_unfound(official),
            *_by_official_text(graded),
        ),
        official_text=official,
        words=say.language,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What to grade, and how to tell of it; as of :func:`run_documents`."""

    words: Messages
    official: OfficialText | None
    only: str | None
    memory: Memory
    tell: OnStage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An act with what was said of it and found in it."""

    entry: Entry
    detection: Detection
    segmentation: Segmentation


def _segmented(
    documents: Sequence[Document],
    entries: Sequence[Entry],
    language: str | None,
    country: str | None,
    tell: OnStage,
) -> tuple[list[_Read], list[Issue]]:
    """Find the provisions of each act; one without any is left out while others have some."""
    read: list[_Read] = []
    errors: list[tuple[Document, NoArticlesError | UnknownLanguageError]] = []
    for done, (document, entry) in enumerate(zip(documents, entries, strict=True)):
        tell(Progress(stage="segment", act=document.id, done=done, total=len(documents)))
        try:
            found = detect(document.text, language or entry.language, country or entry.country)
            segmentation = segment(document, pack(found.language), entry.kind == "amending")
        except (NoArticlesError, UnknownLanguageError) as error:
            errors.append((document, error))
            continue
        read.append(_Read(entry=entry, detection=found, segmentation=segmentation))
    if not read:
        raise errors[0][1]
    return read, [
        issue("act_left_out", act=document.id, reason=error, name=document.name)
        for document, error in errors
    ]


def _by_language(segmentations: Sequence[Segmentation]) -> list[list[Segmentation]]:
    """Gather acts that one language's statements can serve; neighbours share the first act's."""
    groups: list[list[Segmentation]] = []
    for segmentation in segmentations:
        own = segmentation.language
        for group in groups:
            first = group[0].language
            if own == first or first in pack(own).langid or own in pack(first).langid:
                group.append(segmentation)
                break
        else:
            groups.append([segmentation])
    return groups


def _standing(read: Sequence[_Read]) -> Standing:
    return Standing(
        jurisdictions={
            one.segmentation.document.id: one.entry.jurisdiction
            for one in read
            if one.entry.jurisdiction is not None
        },
        planned={
            one.segmentation.document.id: one.entry.planned
            for one in read
            if one.entry.planned is not None
        },
    )


def _by_standing(read: Sequence[_Read], task: _Task) -> tuple[Assessment, ...]:
    """Assess what holds together, and lay the verdicts of the views beside each other."""
    standing = _standing(read)
    planned = {
        one.segmentation.document.id: (_title(one), one.entry.planned or "")
        for one in read
        if one.entry.planned is not None
    }
    found: dict[str, tuple[Assessment, ...]] = {}
    for view in standing.views(one.segmentation.document.id for one in read):
        later = _assessed(read, view.later, task)
        if view.acts == view.later:
            found[view.jurisdiction] = later
            continue
        now = _assessed(read, view.acts, task) if view.acts else nothing(later, task.words)
        found[view.jurisdiction] = tuple(
            with_planned(*pair, planned) for pair in zip(now, later, strict=True)
        )
    if len(found) == 1:
        return next(iter(found.values()))
    return tuple(
        weakest(dict(zip(found, ones, strict=True)), task.words)
        for ones in zip(*found.values(), strict=True)
    )


def _assessed(read: Sequence[_Read], acts: Collection[str], task: _Task) -> tuple[Assessment, ...]:
    seen = [one.segmentation for one in read if one.segmentation.document.id in acts]
    return tuple(_grade(_match(_by_language(seen), task), task))


def _with_elsewhere(
    assessment: Assessment, elsewhere: Mapping[str, tuple[Elsewhere, ...]]
) -> Assessment:
    """Add what a person said is met in acts that are not loaded."""
    said = elsewhere.get(assessment.requirement, ())
    return replace(assessment, elsewhere=(*assessment.elsewhere, *said)) if said else assessment


def _title(one: _Read) -> str:
    document = one.segmentation.document
    return one.entry.title or document.title or document.name


def _by_official_text(graded: Sequence[Assessment]) -> Iterator[Issue]:
    quoted = sum(
        any(m.view == "official_text" for m in (*one.provisions, *one.candidates)) for one in graded
    )
    if quoted:
        yield issue("official_text_only", count=quoted)


def _unfound(official: OfficialText | None) -> tuple[Issue, ...]:
    return official_issues(official) if official else ()


def _silent(progress: Progress) -> None:
    """Show no progress."""


def _document(entry: Entry, limits: Limits, on_page: OnPage) -> Document:
    source = entry.path if entry.content is None else entry.content
    return read_safely(source, limits, name=entry.path.name, on_page=on_page)


def _page(tell: OnStage, now: Progress, page: int, pages: int) -> None:
    tell(replace(now, page=page, pages=pages))


def _read(
    entries: Sequence[Entry], tell: OnStage, limits: Limits
) -> tuple[list[Document], list[Entry], list[Issue]]:
    documents: list[Document] = []
    kept: list[Entry] = []
    errors: list[UnreadableFileError] = []
    for done, entry in enumerate(entries):
        now = Progress(stage="read", act=entry.path.name, done=done, total=len(entries))
        tell(now)
        try:
            document = entry.document or _document(entry, limits, partial(_page, tell, now))
        except UnreadableFileError as error:
            errors.append(error)
            continue
        taken = {other.id for other in documents}
        number, id_ = 2, document.id
        while id_ in taken:
            id_ = f"{document.id}-{number}"
            number += 1
        issues = tuple(replace(issue, act=id_) for issue in document.issues)
        documents.append(replace(document, id=id_, issues=issues))
        kept.append(entry)
    if errors and not documents:
        raise _none_read(errors)
    return documents, kept, [issue("act_unreadable", reason=error) for error in errors]


def _none_read(errors: Sequence[UnreadableFileError]) -> UnreadableFileError:
    if len(errors) == 1:
        return errors[0]
    return error_of(UnreadableFileError, "none_readable", {"count": len(errors)}, reasons=errors)


def _match(groups: Sequence[Sequence[Segmentation]], task: _Task) -> list[Blend]:
    """Score the acts of each language against its statements; none where it has no statements."""
    blends: list[Blend] = []
    for done, group in enumerate(groups):
        now = Progress(stage="match", act=None, done=2 * done, total=2 * len(groups))
        task.tell(now)
        asked = queries(group[0].language, task.official)
        if asked:
            clauses = clause_set(group, [analyser(s.language) for s in group], task.memory)
            task.tell(replace(now, done=now.done + 1))
            blends.append(blend(TermSpace(clauses, asked, task.memory), weights()))
    return blends


def _grade(blends: Sequence[Blend], task: _Task) -> Iterator[Assessment]:
    directive = load_directive()
    total = len(directive.requirements) if task.only is None else 1
    graded = assessments(directive, blends, task.words, only=task.only)
    for done, assessment in enumerate(graded):
        task.tell(Progress(stage="grade", act=None, done=done, total=total))
        yield assessment
    task.tell(Progress(stage="grade", act=None, done=total, total=total))


def _issues(
    groups: Sequence[Sequence[Segmentation]], segmentations: Sequence[Segmentation]
) -> Iterator[Issue]:
    first = {s.document.id: group[0].language for group in groups for s in group}
    for segmentation in segmentations:
        yield from segmentation.document.issues
        yield from segmentation.issues
        id_, own = segmentation.document.id, segmentation.language
        if first[id_] != own:
            name, other = segmentation.document.name, first[id_]
            yield issue("mixed_languages", act=id_, name=name, language=own, other_language=other)


def _act(one: _Read) -> Act:
    segmentation, detection = one.segmentation, one.detection
    document = segmentation.document
    return Act(
        id=document.id,
        title=_title(one),
        kind=one.entry.kind,
        language=segmentation.language,
        script=detection.script,
        country=detection.country,
        jurisdiction=one.entry.jurisdiction or detection.country,
        planned=one.entry.planned,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        articles=len(segmentation.articles()),
        detected={
            "language": detection.language_certainty,
            "country": detection.country_certainty,
        },
        amending=segmentation.amending,
    )
