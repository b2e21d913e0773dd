"""The order of the stages, how it is told and cancelled, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nis2_align import pipeline
from nis2_align.directive import load_directive
from nis2_align.dossier import Entry
from nis2_align.errors import NoArticlesError, UnknownLanguageError, UnreadableFileError
from nis2_align.export.json import to_json
from nis2_align.model import Coverage, Document, Issue, Reason, Result
from nis2_align.pipeline import STAGES, Progress, run, run_documents
from nis2_align.read import Limits, read
from tests.unit.pipeline.mini_laws import ENGLISH, SERBIAN, analysed


class Cancelled(Exception):
    """What a caller raises to stop the work."""


@pytest.fixture
def law(tmp_path: Path) -> Path:
    path = tmp_path / "law.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No requirement has statements, so that an analysis takes no time."""
    monkeypatch.setattr(pipeline, "queries", lambda *_: ())


def test_stages_come_in_order_and_count_up_to_their_totals(law: Path) -> None:
    told: list[Progress] = []
    run([law], on_stage=told.append)
    stages = [progress.stage for progress in told]
    assert list(dict.fromkeys(stages)) == list(STAGES)
    assert stages == sorted(stages, key=STAGES.index)
    for stage in STAGES:
        counts = [progress for progress in told if progress.stage == stage]
        assert [progress.done for progress in counts] == list(range(len(counts)))
        assert len({progress.total for progress in counts}) == 1
        assert counts[-1].done <= counts[-1].total
    assert told[-1].done == told[-1].total == len(load_directive().requirements)
    assert {progress.act for progress in told} == {"law.txt", "law", None}


def test_every_act_is_told(law: Path, tmp_path: Path, unasked: None) -> None:
    second = tmp_path / "second.txt"
    second.write_text(ENGLISH, encoding="utf-8")
    told: list[Progress] = []
    run([law, second], on_stage=told.append)
    for stage, acts in (("read", ["law.txt", "second.txt"]), ("segment", ["law", "second"])):
        assert [(p.act, p.total) for p in told if p.stage == stage] == [(a, 2) for a in acts]


@pytest.mark.parametrize("stage", STAGES)
def test_an_exception_of_the_caller_cancels_the_work_and_leaves_nothing(
    stage: str, law: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told: list[str] = []

    def stop(progress: Progress) -> None:
        told.append(progress.stage)
        if progress.stage == stage:
            raise Cancelled(stage)

    with pytest.raises(Cancelled, match=stage):
        run([law], on_stage=stop)
    assert told[-1] == stage and told.count(stage) == 1, "nothing goes on after the cancelling"
    assert [path.name for path in tmp_path.iterdir()] == ["law.txt"]
    assert law.read_text(encoding="utf-8") == ENGLISH


def test_a_cancelled_analysis_changes_no_later_one() -> None:
    document = read(ENGLISH.encode(), name="law.txt")

    def stop(progress: Progress) -> None:
        if progress.stage == "grade" and progress.done == 200:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_documents([document], language="en", on_stage=stop)
    assert to_json(run_documents([document], language="en")) == to_json(analysed(ENGLISH, "en"))


def test_every_requirement_is_answered_and_acts_are_described() -> None:
    result: Result = analysed(SERBIAN, "sr")
    assert [a.requirement for a in result.assessments] == list(load_directive().requirements)
    (act,) = result.acts
    assert (act.id, act.language, act.script, act.articles) == ("law", "sr", "Latn", 10)
    assert act.detected["language"] == 1.0
    assert result.catalogue_version == load_directive().version


def test_without_statements_nothing_is_claimed(law: Path, unasked: None) -> None:
    result = run([law])
    for one in result.assessments:
        wanted = {Reason.UNION_BODY: Coverage.NOT_APPLICABLE, Reason.NO_STATEMENT: "uncertain"}
        assert one.reason in wanted and one.coverage == wanted[one.reason]
        assert one.provisions == one.candidates == one.gaps == ()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"nowhere\.txt"):
        run([tmp_path / "nowhere.txt"])


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\xff" * 40, b"%PDF-1.7 torn"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "law.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=r"law\.pdf"):
        run([path])


def test_a_text_without_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear keeper, the lamp is out and the ships are lost at sea. Yours, C.\n")
    with pytest.raises(NoArticlesError, match=r"letter\.txt"):
        run([path], language="en")


def test_a_language_said_that_is_unknown_is_refused(law: Path) -> None:
    with pytest.raises(UnknownLanguageError, match="tlh"):
        run([law], language="tlh")


def test_a_language_found_that_is_unknown_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loi.txt"
    path.write_text(
        "Article 1\nLes exploitants des installations signalent sans tarder toute perturbation "
        "grave au service compétent, qui confirme aussitôt la réception du signalement.\n",
        encoding="utf-8",
    )
    with pytest.raises(UnknownLanguageError, match="--language"):
        run([path])


def test_one_bad_file_is_an_issue_and_the_others_go_on(
    law: Path, tmp_path: Path, unasked: None
) -> None:
    result = run([tmp_path / "gone.txt", law])
    assert [act.id for act in result.acts] == ["law"]
    (issue,) = [issue for issue in result.issues if issue.code == "act_unreadable"]
    assert "gone.txt" in issue.message


def test_what_is_said_of_language_and_country_holds(law: Path, unasked: None) -> None:
    (act,) = run([law], language="en", country="xk").acts
    assert (act.language, act.country, act.jurisdiction) == ("en", "XK", "XK")
    assert act.detected == {"language": 1.0, "country": 1.0}


def test_files_of_one_name_get_ids_of_their_own(tmp_path: Path, unasked: None) -> None:
    paths = [tmp_path / folder / "law.txt" for folder in ("a", "b", "c")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(ENGLISH, encoding="utf-8")
    result = run(paths)
    ids = [act.id for act in result.acts]
    assert ids[0] == "law" and len(set(ids)) == 3
    for id_, segmentation in zip(ids, result.segmentations, strict=True):
        assert {provision.act for provision in segmentation.provisions} == {id_}


def test_an_issue_names_the_act_it_is_about(
    tmp_path: Path, unasked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the act's id had to be changed, because another file has the same name."""

    def read_with_issue(path: Path, limits: Limits, **_told: object) -> Document:
        document = read(path, limits=limits)
        issue = Issue(code="odd_page", message=f"in {path.parent.name}", act=document.id)
        return replace(document, issues=(issue,))

    monkeypatch.setattr(pipeline, "read_safely", read_with_issue)
    paths = [tmp_path / folder / "law.txt" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(ENGLISH, encoding="utf-8")
    result = run(paths)
    found = {issue.message: issue.act for issue in result.issues if issue.code == "odd_page"}
    assert found == {"in a": result.acts[0].id, "in b": result.acts[1].id}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("hr", "sr", ["zakon"]),
        ("sr", "sr", []),
        # Languages that are no neighbours: each act is compared with its own statements.
        ("en", "sr", []),
        ("mk", "sr", []),
    ],
)
def test_an_act_compared_with_a_neighbours_statements_is_said_so(
    first: str, second: str, said: list[str], unasked: None
) -> None:
    texts = {"en": ENGLISH, "mk": "Член 1\nОператорот ги чува мрежите на островот.\n"}
    documents = [
        read(texts.get(first, SERBIAN).encode(), name="law.txt"),
        read(SERBIAN.encode(), name="zakon.txt"),
    ]
    entries = [
        Entry(path=Path(document.name), language=code)
        for document, code in zip(documents, (first, second), strict=True)
    ]
    result = run_documents(documents, entries=entries)
    assert [act.language for act in result.acts] == [first, second]
    issues = [issue for issue in result.issues if issue.code == "mixed_languages"]
    assert [issue.act for issue in issues] == said
    assert all("zakon.txt" in issue.message for issue in issues)
