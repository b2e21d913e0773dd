"""Gaps that closed and opened, and laws beside each other."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import product

import openpyxl
import pytest

from nis2_align import align
from nis2_align.compare.drafts import Move, move
from nis2_align.compare.laws import compare_laws, named, quoted, wordings
from nis2_align.compare.sheets import drafts_grids, laws_grids, to_csv, to_xlsx
from nis2_align.messages import messages
from nis2_align.model import Coverage, Review
from nis2_align.resources import corpus_dir

SAY = messages("en")


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    """The sample, and an earlier draft of it without one article, with a longer deadline."""
    text = (corpus_dir() / "samples" / "valdoria_draft.txt").read_text(encoding="utf-8")
    start, end = text.index("\nArticle 10\n"), text.index("\nArticle 11\n")
    earlier = (text[:start] + text[end:]).replace("within 72 hours", "within 90 hours")
    path = tmp_path_factory.mktemp("drafts") / "spring.txt"
    path.write_text(earlier, encoding="utf-8")
    later = path.with_name("autumn.txt")
    later.write_text(text, encoding="utf-8")
    return align(path), align(later)


def test_moves_mirror_each_other():
    mirror = {
        Move.CLOSED: Move.OPENED, Move.OPENED: Move.CLOSED, Move.BETTER: Move.WORSE,
        Move.WORSE: Move.BETTER, Move.OPEN: Move.OPEN, Move.IN_ORDER: Move.IN_ORDER,
    }  # fmt: skip
    for before, after in product(Coverage, Coverage):
        assert move(after, before) is mirror[move(before, after)]
        assert move(before, before) in (Move.OPEN, Move.IN_ORDER)
    assert move(Coverage.NONE, Coverage.FULL) is Move.CLOSED
    assert move(Coverage.FULL, Coverage.UNCERTAIN) is Move.OPENED
    assert move(Coverage.UNCERTAIN, Coverage.NONE) is Move.OPEN


def test_an_article_that_came_back_closes_its_gaps(drafts):
    spring, autumn = drafts
    moved = {line.requirement: line for line in autumn.changes_since(spring).lines}
    cooperation = moved["13(1)"]
    assert cooperation.move is Move.CLOSED
    assert cooperation.closed
    assert not cooperation.opened
    assert {one.after.clause.ref.split("(")[0] for one in cooperation.changes} == {"10"}
    # The deadline is the directive's again, and the gap that told of it has gone.
    warning = moved["23(4)(b)"]
    assert warning.move is Move.CLOSED
    assert [gap.kind for gap in warning.closed] == ["figure"]
    words = [piece.text for one in warning.changes for piece in one.words()[1] if piece.marked]
    assert words == ["72"]


def test_the_same_draft_twice_moves_nothing(drafts):
    found = drafts[1].changes_since(drafts[1])
    assert {line.move for line in found.lines} == {Move.OPEN, Move.IN_ORDER}
    assert not any(line.closed or line.opened or line.changes for line in found.lines)


def test_the_other_way_round_opens_what_was_closed(drafts):
    there = drafts[1].changes_since(drafts[0]).to_frame().set_index("requirement")
    back = drafts[0].changes_since(drafts[1]).to_frame().set_index("requirement")
    assert list(there.index[there.move == "closed"]) == list(back.index[back.move == "opened"])
    assert list(there.closed["13(1)"]) == list(back.opened["13(1)"])


def test_a_persons_grade_counts_before_the_tools(drafts):
    spring, autumn = drafts
    review = Review(grade=Coverage.NONE, who="A", when="2026-01-01T00:00:00Z")
    overruled = replace(
        autumn.result,
        assessments=tuple(
            replace(one, review=review) if one.requirement == "13(1)" else one
            for one in autumn.result.assessments
        ),
    )
    found = replace(autumn, result=overruled).changes_since(spring)
    assert next(one for one in found.lines if one.requirement == "13(1)").move is Move.OPEN


def test_the_workbook_holds_every_requirement_and_the_words(drafts):
    found = drafts[1].changes_since(drafts[0])
    grids = drafts_grids(found, SAY)
    book = openpyxl.load_workbook(BytesIO(to_xlsx("Two drafts", grids, date(2026, 1, 1))))
    first, second = book.worksheets
    assert first.max_row == 1 + len(found.lines)
    line = next(row for row in first.iter_rows(values_only=True) if row[0] == "13(1)")
    assert line[2:5] == ("gap closed", "not found in the acts given", "full")
    steps = {row[0] for row in second.iter_rows(min_row=2, values_only=True)}
    assert steps == {"added", "changed"}
    assert to_csv(grids[0]).decode("utf-8-sig").count("gap closed") == sum(
        one.move is Move.CLOSED for one in found.lines
    )


def test_laws_stand_beside_each_other(drafts):
    held = named({"a": drafts[0].table(), "b": drafts[1].table()})
    assert len(held) == 2
    assert all("VALDORIA" in name for name in held)
    frame = compare_laws(held).to_frame()
    assert list(frame.columns) == ["heading", *held]
    assert list(frame.loc["13(1)"][1:]) == ["none", "full"]
    (only,) = wordings("13(1)", held)
    assert only.law == list(held)[1]
    assert only.clauses[0].ref.startswith("10")
    assert quoted(held)["13(1)"][0].startswith(only.law)
    grids = laws_grids(compare_laws(held), held, SAY)
    book = openpyxl.load_workbook(BytesIO(to_xlsx("Laws", grids)))
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "13(1)")
    assert [cell.value for cell in row[2:]] == ["not found in the acts given", "full"]
    fills = {cell.fill.fgColor.rgb for cell in row[2:]}
    assert len(fills) == 2
    assert "00000000" not in fills


def test_full_comes_first_and_what_is_missing_is_not_shown(drafts):
    held = named({"a": drafts[1].table(), "b": drafts[0].table()})
    for row in compare_laws(held).rows:
        shown = [one.coverage for one in wordings(row[0].requirement, held)]
        assert shown == sorted(shown, key=lambda one: one is not Coverage.FULL)
        assert not {Coverage.NONE, Coverage.UNCERTAIN} & set(shown)


def test_a_weaker_lead_in_is_shown_for_its_points(tmp_path):
    text = (corpus_dir() / "samples" / "valdoria_draft.txt").read_text(encoding="utf-8")
    start = text.index("\nArticle 25\n")
    end = text.index("(a)", start)
    head = text[start:end]
    weaker = head.replace("shall ", "may ").replace("must ", "may ")
    assert weaker != head
    (tmp_path / "spring.txt").write_text(text, encoding="utf-8")
    changed = text[:start] + weaker + text[end:]
    (tmp_path / "autumn.txt").write_text(changed, encoding="utf-8")
    found = align(tmp_path / "autumn.txt").changes_since(align(tmp_path / "spring.txt"))
    point = next(line for line in found.lines if line.requirement == "21(2)(d)")
    words = [piece.text for one in point.changes for piece in one.words()[1] if piece.marked]
    assert "may" in words
