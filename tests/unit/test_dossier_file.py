"""The dossier file: what it says, and that every fault of a broken one is listed at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nis2_align.dossier import dossier_of, load_dossier
from nis2_align.errors import UnreadableFileError
from nis2_align.messages import messages
from nis2_align.model import Elsewhere
from nis2_align.notices import error_text
from tests.notice_guarantees import all_said


@pytest.fixture(autouse=True)
def all_languages_say_it() -> Iterator[None]:
    """Hold each error that a dossier file gives against every language."""
    with all_said(UnreadableFileError):
        yield


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "dossier.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


WHOLE = """
acts:
  - {file: law.docx, title: Law on cyber security, kind: law, jurisdiction: BA-FED, language: bs}
  - file: sub/bylaw.pdf
    kind: by_law
    country: NO
    planned: 2027-03-01
elsewhere:
  - {requirement: "22(1)", title: Other act, gazette: 1.10, article: 010, celex: 32016R0679}
  - {requirement: "22(1)", title: Third act, planned: 2028-01-01}
"""


def test_it_names_acts_and_what_is_met_elsewhere(tmp_path: Path) -> None:
    dossier = load_dossier(written(tmp_path, WHOLE))
    law, bylaw = dossier.entries
    assert law.path == tmp_path / "law.docx" and bylaw.path == tmp_path / "sub" / "bylaw.pdf"
    assert (law.title, law.kind, law.jurisdiction, law.language, law.planned) == (
        "Law on cyber security", "law", "BA-FED", "bs", None,
    )  # fmt: skip
    assert (bylaw.title, bylaw.kind, bylaw.planned) == (None, "by_law", "2027-03-01")
    assert dossier.elsewhere == {
        "22(1)": (
            Elsewhere(title="Other act", gazette="1.10", article="010", celex="32016R0679"),
            Elsewhere(title="Third act", planned="2028-01-01"),
        )
    }


def test_what_yaml_would_take_for_a_truth_or_a_number_stays_a_text(tmp_path: Path) -> None:
    (entry,) = load_dossier(
        written(tmp_path, "acts: [{file: 2024, title: yes, country: NO, jurisdiction: NO}]")
    ).entries
    assert (entry.path.name, entry.title) == ("2024", "yes")
    assert (entry.country, entry.jurisdiction) == ("NO", "NO")


def test_what_is_left_empty_is_not_said(tmp_path: Path) -> None:
    (entry,) = load_dossier(
        written(tmp_path, "acts: [{file: a.txt, title: , kind: ~, planned: null, country: ''}]")
    ).entries
    assert (entry.title, entry.kind, entry.planned, entry.country) == (None,) * 4
    with pytest.raises(UnreadableFileError, match="Missing or left empty: acts"):
        load_dossier(written(tmp_path, "acts:\nelsewhere:\n"))


def test_signs_of_yaml_inside_a_title_are_no_alias(tmp_path: Path) -> None:
    titles = ["R &D and *more*", "Ships &boats"]
    lines = "".join(f'  - {{file: a.txt, title: "{title}"}}\n' for title in titles)
    dossier = load_dossier(written(tmp_path, f"acts:\n{lines}"))
    assert [entry.title for entry in dossier.entries] == titles


BROKEN = """
actz: []
actx: []
acts:
  - {title: No file, kind: decree}
  - {file: a.txt, colour: red, jurisdiction: bosnia, planned: soon}
  - {file: [a, b]}
elsewhere:
  - {requirement: "99(9)", article: 5}
  - {requirement: "22(1)", title: Act, planned: 2027-02-30, page: 3}
"""


def test_every_fault_is_listed_in_one_report(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        load_dossier(written(tmp_path, BROKEN))
    report = str(caught.value)
    for fault in (
        "dossier.yaml has faults. Unknown fields: actz, actx. Known are: acts, elsewhere.",
        'Act 1: Missing or left empty: file. Fill it in. The field "kind" cannot hold "decree".'
        " Choose one of: law, by_law, penalties, amending.",
        "Act 2: Unknown fields: colour.",
        'The field "jurisdiction" cannot hold "bosnia". Write, for example: BA, BA-SRP.',
        'The field "planned" cannot hold "soon". Write, for example: 2027-03-01.',
        "Act 3: Only a text may stand here: file. Write a plain text after the colon. Entry 1",
        'Entry 1 under "elsewhere": Missing or left empty: title.',
        'The field "requirement" cannot hold "99(9)".',
        'Entry 2 under "elsewhere": Unknown fields: page.',
        'The field "planned" cannot hold "2027-02-30".',
    ):
        assert fault in report, fault
    assert report.endswith("Compare it with the example in docs/dossiers.md.")


def test_beyond_fifty_only_the_number_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        load_dossier(written(tmp_path, f"acts: [{'{colour: red},' * 52}]"))
    report = str(caught.value)
    assert "Act 50: " in report and "Act 51: " not in report
    assert "Others with faults: 2. Compare it" in report


def test_the_report_is_in_the_language_of_the_reader(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        load_dossier(written(tmp_path, BROKEN))
    report = error_text(caught.value, messages("mk"))
    for fault in (
        "dossier.yaml има грешки. Непознати полиња: actz, actx. Познати се: acts, elsewhere. ",
        "Акт 1: Недостасува или е празно: file. Дополнете ја датотеката. "
        "Во полето „kind“ не може да стои „decree“. "
        "Изберете нешто од ова: law, by_law, penalties, amending. ",
        "Акт 3: Овде може да стои само текст: file. По двете точки напишете обичен текст. ",
        "Ставка 1 во делот „elsewhere“: Недостасува или е празно: title. ",
        "Во полето „planned“ не може да стои „2027-02-30“. Напишете, на пример: 2027-03-01. ",
    ):
        assert fault in report, fault
    assert report.endswith(" Споредете ја со примерот во docs/dossiers.md.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "[1, 2]",
        "acts: {file: a.txt}",
        "acts: [a.txt]",
        "elsewhere: []",
        "acts: [",
        "acts: [{file: a.txt}]\nelsewhere: 5",
        'acts: [{file: "a\\0b"}]',
        "acts: [&a {file: x}, *a]",
        "a: &a [x, x]\nb: &b [*a, *a]\nacts: [*b]",
        "acts: !!python/object/apply:os.system [echo]",
        "acts: " + "[" * 50_000,
        b"acts: [{file: \xff\xfe}]",
        b"\x00\x01\x02",
        b"#" * 1_000_001,
    ],
    ids=lambda text: repr(text[:30]),
)
def test_what_is_no_dossier_file_is_refused(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"dossier\.yaml"):
        load_dossier(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"gone\.yaml"):
        load_dossier(tmp_path / "gone.yaml")


@pytest.mark.parametrize("name", ["../law.txt", "/law.txt", "~/law.txt", "$HOME/law.txt", "*.txt"])
def test_a_path_is_a_path_and_nothing_is_expanded(tmp_path: Path, name: str) -> None:
    (entry,) = load_dossier(written(tmp_path, f"acts: [{{file: '{name}'}}]")).entries
    assert entry.path == tmp_path / name


def test_a_dossier_file_may_stand_among_others(tmp_path: Path) -> None:
    first = written(tmp_path, WHOLE)
    second = tmp_path / "more.YML"
    second.write_text(
        'acts: [{file: x.txt}]\nelsewhere: [{requirement: "22(1)", title: Fourth act}]'
    )
    dossier = dossier_of([tmp_path / "a.txt", first, second])
    assert [e.path.name for e in dossier.entries] == ["a.txt", "law.docx", "bylaw.pdf", "x.txt"]
    titles = [place.title for place in dossier.elsewhere["22(1)"]]
    assert titles == ["Other act", "Third act", "Fourth act"]
