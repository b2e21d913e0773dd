"""Labels are read, or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from nis2_align.errors import UnreadableFileError
from nis2_align.evaluate.gold import GoldRow, at_depth, read_gold


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "gold.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_rows(tmp_path: Path) -> None:
    text = (
        "\ufeffunit,national,grade,relation_note,judge\n"
        '20(1),"12(1); 12(2)(3)",full,,all\n'
        "21(2), ,none, missing ,mapping\n"
        "34(6),,na,,\n"
    )
    assert read_gold(written(tmp_path, text)) == {
        "20(1)": GoldRow("20(1)", "full", ("12(1)", "12(2)(3)"), True, ""),
        "21(2)": GoldRow("21(2)", "none", (), False, "missing"),
        "34(6)": GoldRow("34(6)", "na", (), True, ""),
    }


def test_columns_that_may_be_left_out(tmp_path: Path) -> None:
    (row,) = read_gold(written(tmp_path, "unit,national,grade\n20(1),5,full\n")).values()
    assert row.graded and row.note == ""


@pytest.mark.parametrize(
    "text",
    [
        "unit,grade\n20(1),full\n",
        "national,grade\n5,full\n",
        "unit,national\n20(1),5\n",
        "unit,national,grade\n20(1),5\n",
        "unit,national,grade\n20(1)\n",
        b"unit,national,grade\n20(1),5,\xff\xfe\n",
    ],
    ids=["no national", "no unit", "no grade", "short row", "shorter row", "no UTF-8"],
)
def test_faults_are_refused_with_the_name_of_the_file(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"gold\.csv"):
        read_gold(written(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"nowhere\.csv"):
        read_gold(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("ref", "article", "paragraph"),
    [
        ("12", "12", "12"),
        ("12(3)(1)", "12", "12(3)"),
        ("12-a(3)", "12a", "12a(3)"),
        ("12a(3)", "12a", "12a(3)"),
        ("Article 7(1)", "7", "7(1)"),
        ("Annex I(2)", "Annex 1", "Annex 1(2)"),
        ("Prilog II(1)(2)", "Annex 2", "Annex 2(1)"),
        ("Прилог 3", "Annex 3", "Annex 3"),
        ("bylaw:12(3)(1)", "bylaw:12", "bylaw:12(3)"),
        (" 12(ç) ", "12", "12(ç)"),
    ],
)
def test_a_ref_is_cut_to_its_article_or_paragraph(ref: str, article: str, paragraph: str) -> None:
    assert (at_depth(ref, 0), at_depth(ref, 1)) == (article, paragraph)
