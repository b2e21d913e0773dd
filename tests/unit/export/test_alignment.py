import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import nis2_align
from nis2_align import explanation, pipeline
from nis2_align.alignment import Alignment, align, catalogue_headings
from nis2_align.directive import load_statements
from nis2_align.errors import Nis2AlignError, UnknownRequirementError
from nis2_align.explanation import explain
from nis2_align.model import Evidence, Place, Span
from nis2_align.read.limits import DEFAULT
from tests.unit.export.result_samples import HEADINGS, TEXT, assessments, match, result


def test_the_frame_has_one_line_per_requirement():
    frame = Alignment(result()).to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame["requirement"]) == [a.requirement for a in assessments()]
    assert frame["confidence"].between(0, 1).all()


def test_the_gaps_have_one_line_each():
    frame = Alignment(result()).gaps()
    assert list(frame["kind"]) == ["figure", "element"]
    assert frame.loc[0, "expected"] == "24 h"
    assert frame.loc[0, "provisions"] == ["svetionik:2(1)"]


def test_without_gaps_the_columns_stand():
    frame = Alignment(result(assessments=())).gaps()
    assert len(frame) == 0
    assert "message" in frame.columns


def test_the_headings_come_from_the_catalogue():
    held = Alignment(result()).table().rows
    assert held[2].requirement == "21(2)(j)"
    assert held[2].heading


@pytest.mark.parametrize("language", ["hr", "sr"])
def test_headings_of_another_language_are_its_first_sentences_shortened(language):
    english, held = catalogue_headings(), catalogue_headings(language)
    says = load_statements(language).says
    assert list(held) == list(english)
    for id_, heading in held.items():
        if id_ not in says:
            assert heading == english[id_]
        elif heading.endswith("…"):
            kept = heading.removesuffix("…")
            assert says[id_][0].startswith(kept)
            assert not says[id_][0][len(kept)].isalnum()
            assert 80 < len(heading) <= 121
        else:
            assert heading == says[id_][0]
    assert any(heading.endswith("…") for heading in held.values())


def test_outputs_speak_the_language_of_the_result_unless_asked_otherwise(tmp_path):
    alignment = Alignment(result(words="sr"))
    says = load_statements("sr").says["21(2)(j)"][0]
    assert says.startswith(alignment.table().rows[2].heading.removesuffix("…"))
    assert "Prihvaćene odredbe" in str(alignment.explain("21(2)(j)"))
    assert "Accepted clauses" in str(alignment.explain("21(2)(j)", language="en"))
    alignment.save(tmp_path / "sr.csv")
    alignment.save(tmp_path / "en.csv", language="en")
    serbian, english = ((tmp_path / f"{n}.csv").read_text("utf-8-sig") for n in ("sr", "en"))
    assert serbian.startswith("Zahtev,") and "potpuno" in serbian and says[:60] in serbian
    assert english.startswith("Requirement,") and says[:60] not in english


def test_it_saves_by_ending(tmp_path):
    alignment = Alignment(result())
    alignment.save(str(tmp_path / "out.json"))
    alignment.save(tmp_path / "out.xlsx", language="sr")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "out.xlsx"]
    with pytest.raises(Nis2AlignError):
        alignment.save(tmp_path / "out.pdf")


def test_align_hands_everything_to_the_pipeline(monkeypatch):
    called = []

    def run(*arguments):
        called.append(arguments)
        return result()

    monkeypatch.setattr(pipeline, "run", run)

    def notify(progress):
        return None

    assert align("law.txt", language="sr", country="RS", on_stage=notify).result == result()
    assert align([Path("a"), "b"], words="hr").result == result()
    assert called == [
        ([Path("law.txt")], "sr", "RS", notify, None, DEFAULT, None),
        ([Path("a"), Path("b")], None, None, None, "hr", DEFAULT, None),
    ]


def test_the_bars_of_a_waterfall_add_up_to_the_score():
    told = explain(result(), "21(2)(j)")
    for waterfall in (*told.accepted, *told.candidates):
        assert waterfall.total == pytest.approx(waterfall.score, abs=1e-9)
        assert len(waterfall.bars) == 3


def test_a_bar_quotes_the_stretch_it_rests_on():
    bar = explain(result(), "23(4)(a)").accepted[0].bars[0]
    start = TEXT.index("(1) Оператор")
    assert bar.quote == TEXT[start : start + 10]
    assert explain(result(), "23(4)(a)").accepted[0].bars[1].quote is None


def test_without_the_text_of_the_act_the_quote_serves_when_it_holds_the_stretch():
    bare = result(segmentations=())
    bar = explain(bare, "23(4)(a)").accepted[0].bars[0]
    assert bar.quote == match("2(1)", "(1)", "(1) Оператор", "48 часова.").quote[:10]
    far = Evidence(signal="x", contribution=0.0, why="", span=Span(start=0, end=5))
    clause = replace(assessments()[3].provisions[0], evidence=(far,))
    odd = replace(assessments()[3], provisions=(clause,))
    told = explain(result(segmentations=(), assessments=(odd,)), "23(4)(a)")
    assert told.accepted[0].bars[0].quote is None


def test_an_element_carries_every_stretch():
    places = (
        Place(act="svetionik", ref="2(2)(1)", span=Span(start=0, end=5)),
        Place(act="svetionik", ref="2(2)(2)", span=Span(start=6, end=10)),
    )
    element = replace(assessments()[2].elements[0], spans=places)
    told = explain(
        result(assessments=(replace(assessments()[2], elements=(element,)),)), "21(2)(j)"
    )
    assert told.findings[0].quotes == (("2(2)(1)", TEXT[:5]), ("2(2)(2)", TEXT[6:10]))


def test_the_printed_explanation_shows_all_it_rests_on():
    text = str(explain(result(), "21(2)(j)", HEADINGS))
    lines = text.splitlines()
    assert lines[0] == "21(2)(j)  strong authentication and secured communication"
    assert lines[1] == "full, confidence 0.87"
    for part in (
        "svetionik: 2(2), page 1  [near best]",
        "+0.3123  bm25      shares rare words: “(2) Операт”",
        "-0.0312  modality  may, not shall",
        "+0.5311  sum of the contributions",
        "+0.5311  score",
        "met     zaštićena govorna komunikacija  (2(2)(1): “1) глас;”)",
        "without 2(2): not found in the acts given",
        "The cited clauses carry the verdict.",
        "Ranked, not accepted",
        "svetionik: 2(1), page 1",
    ):
        assert part in text, part


def test_the_printed_bars_add_up_to_the_printed_score():
    shown = [
        float(line.split()[0])
        for line in str(explain(result(), "23(4)(a)")).splitlines()
        if line.lstrip()[:1] in "+-" and line.lstrip()[1:2].isdigit()
    ]
    *bars, total, score = shown
    assert len(bars) == 3
    assert sum(bars) == pytest.approx(total, abs=0.00005 * 4)
    assert total == score


def test_what_is_missing_is_printed_too():
    text = str(explain(result(), "23(4)(a)"))
    assert "absent  unlawful" in text
    assert "weaker  day" in text
    assert "figure: 24 h required, 48 h found" in text
    assert "The verdict does not move" in text


def test_a_verdict_without_clauses_says_so():
    text = str(explain(result(), "1(1)"))
    assert "uncertain (no statement in this language), confidence 0.00" in text
    assert "no clause was accepted" in text


def test_it_speaks_the_language_asked_for():
    assert "nije nađeno u zadatim aktima" in str(explain(result(), "23(5)", language="sr"))


def test_white_space_in_an_id_does_not_matter():
    assert explain(result(), " 21 (2)(j)").assessment.requirement == "21(2)(j)"


def test_an_unknown_id_is_refused_with_the_nearest():
    with pytest.raises(UnknownRequirementError, match=r"21\(2\)\(j\)"):
        explain(result(), "21(2)(k)")
    with pytest.raises(UnknownRequirementError, match="Ids look like"):
        explain(result(), "quux")


def test_long_quotes_are_cut_between_words():
    cut = explanation._short("word " * 100)
    assert cut.endswith("word […]")
    assert len(cut) <= 170


def test_the_public_names_are_these_and_load_when_used():
    assert set(nis2_align.__all__) == {
        "Alignment", "CatalogueError", "Nis2AlignError", "NoArticlesError",
        "UnknownLanguageError", "UnknownRequirementError", "UnreadableFileError",
        "__version__", "align",
    }  # fmt: skip
    assert nis2_align.Alignment is Alignment
    assert nis2_align.align is align
    with pytest.raises(AttributeError):
        nis2_align.nothing  # noqa: B018


def test_the_version_is_that_of_the_package(repo_root):
    import tomllib

    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))
    assert nis2_align.__version__ == project["project"]["version"]


@pytest.mark.parametrize("module", ["nis2_align", "nis2_align.alignment", "nis2_align.cli"])
def test_importing_is_cheap(repo_root, module):
    heavy = ("spacy", "pandas", "numpy", "xlsxwriter", "rich.progress", "pdfplumber", "streamlit")
    code = f"import sys, {module}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=repo_root
    )
    assert done.stdout.strip() == "[]"
