"""A dossier may be handed over whole: bytes instead of files, and what was read before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import nis2_align
from nis2_align import pipeline
from nis2_align.dossier import Dossier, Entry
from nis2_align.errors import UnreadableFileError
from nis2_align.model import Elsewhere
from nis2_align.official_text import OfficialText
from nis2_align.pipeline import run
from nis2_align.resources import corpus_dir

SAMPLE = corpus_dir() / "samples" / "valdoria_draft.txt"


def test_bytes_give_the_same_result_as_the_file() -> None:
    entry = Entry(path=Path("valdoria_draft.txt"), content=SAMPLE.read_bytes())
    alignment = nis2_align.align(Dossier(entries=(entry,)), words="en")
    assert alignment.result == run([SAMPLE], words="en")


def test_what_is_said_of_each_act_and_elsewhere_counts() -> None:
    entry = Entry(
        path=Path("law.txt"),
        content=SAMPLE.read_bytes(),
        kind="law",
        jurisdiction="BA-SRP",
        title="The law",
    )
    other = Elsewhere(title="Another law")
    result = run(Dossier(entries=(entry,), elsewhere={"22(1)": (other,)}))
    (act,) = result.acts
    assert (act.kind, act.jurisdiction, act.title) == ("law", "BA-SRP", "The law")
    (assessment,) = [one for one in result.assessments if one.requirement == "22(1)"]
    assert other in assessment.elsewhere


def test_a_document_that_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = run([SAMPLE])
    document = before.segmentations[0].document

    def refused(*_given: object, **_more: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(pipeline, "read_safely", refused)
    entry = Entry(path=Path(SAMPLE.name), document=document)
    assert run(Dossier(entries=(entry,))) == before
    twice = run(Dossier(entries=(entry, replace(entry, title="Second"))))
    assert len({act.id for act in twice.acts}) == 2


def test_bytes_that_cannot_be_read_are_named() -> None:
    entry = Entry(path=Path("broken.pdf"), content=b"%PDF-1.7 nothing")
    with pytest.raises(UnreadableFileError, match=r"broken\.pdf"):
        run(Dossier(entries=(entry,)))


def test_an_official_text_that_was_read_is_taken_as_it_is() -> None:
    official = OfficialText(
        celex="32022L2555", name="x.html", sha256="0" * 64, language="fr", texts={"1(1)": "mots"}
    )
    entry = Entry(path=Path("law.txt"), content=SAMPLE.read_bytes())
    alignment = nis2_align.align(Dossier(entries=(entry,)), directive_text=official)
    assert alignment.result.official_text is official
