"""Where what is missing would belong, and the drafting checklist."""

from dataclasses import replace

from nis2_align.concordance.belonging import addressees, homes
from nis2_align.export.gap_list import COLUMNS, gap_lines, to_csv
from nis2_align.messages import available, messages
from nis2_align.model import Coverage
from tests.app import page_samples


def only(table, **grades):
    """Keep the clauses of the named requirements alone, each with a grade."""
    rows = tuple(
        replace(row, coverage=grades[row.requirement])
        if row.requirement in grades
        else replace(row, coverage=Coverage.NONE, clauses=())
        for row in table.rows
    )
    return replace(table, rows=rows)


def sample():
    return page_samples.align_text().table()


def with_clauses(table, prefix, besides="-"):
    return next(
        row.requirement
        for row in table.rows
        if row.requirement.startswith(prefix)
        and not row.requirement.startswith(besides)
        and row.clauses
    )


def test_the_nearest_sister_gives_the_place():
    table = sample()
    one, other = with_clauses(table, "21(2)("), with_clauses(table, "21(", "21(2)")
    found = homes(only(table, **{one: Coverage.FULL, other: Coverage.PARTIAL}))
    assert found["21(2)(j)"].sister == one
    assert found["21(2)(j)"].printed == "Article 1"
    assert found["21(2)(j)"].ref == "1"
    assert found[other].sister == other
    assert "23(1)" not in found


def test_an_uncertain_sister_gives_no_place():
    table = sample()
    one = with_clauses(table, "21(2)(")
    assert homes(only(table, **{one: Coverage.UNCERTAIN})) == {}


def test_a_line_without_a_sister_names_the_article():
    table = only(sample())
    row = next(row for row in table.rows if row.requirement == "21(2)(j)")
    for language in available():
        say = messages(language)
        line = gap_lines([row], table, say)[0]
        assert line.home is None
        assert "21" in line.place
        assert len(line.checklist) == len(row.labels) > 0
        heads = to_csv([line], say).decode("utf-8-sig").split("\r\n")[0]
        assert all(say.text(key) in heads for key in COLUMNS)


def test_only_what_is_met_is_ticked():
    table = sample()
    row = next(row for row in table.rows if row.met and row.absent and row.weaker)
    line = gap_lines([row], table, messages("en"))[0]
    assert [each[0] for each in line.checklist].count("☑") == len(row.met)
    assert sum("(absent)" in each for each in line.checklist) == len(row.absent)


def test_points_bind_whom_their_paragraph_binds():
    assert "essential_entity" in addressees("21(1)")
    assert addressees("21(2)(j)") == addressees("21(2)")
    assert addressees("nothing") == ()
