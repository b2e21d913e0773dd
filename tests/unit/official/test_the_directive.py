"""The directive itself: EUR-Lex's page, the same as Markdown, and a German translation by hand."""

import importlib.util
import json
import re

import pytest

from nis2_align.errors import NoArticlesError, UnreadableFileError
from nis2_align.official import official_of
from nis2_align.official.lengths import ratio, surprise
from nis2_align.official.skeleton import measures, order
from nis2_align.read import read

_MARKS = re.compile(r"[►▼◄]\s?(?:[A-Z]\d\b)?|\(\s*\d*\s*\)")


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "directive"


@pytest.fixture(scope="module")
def page(folder):
    return official_of(read(folder / "32022L2555_en_eurlex.html"))


@pytest.fixture(scope="module")
def german(folder):
    return official_of(read(folder / "nis2_de_articles.md"))


def bare(text):
    """Without editors' marks, numbers of footnotes and white space."""
    return re.sub(r"\s+", "", _MARKS.sub("", text))


def test_the_measures_are_those_of_the_page(page, repo_root):
    place = repo_root / "benchmarks" / "official_measures.py"
    spec = importlib.util.spec_from_file_location("official_measures", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PATH.read_text(encoding="utf-8") == module.page(page)


@pytest.mark.parametrize("name", ["32022L2555_en_eurlex.html", "nis2_en_full.md"])
def test_every_provision_has_the_words_of_the_flat_list(folder, name):
    flat = json.loads((folder / "nis2_en.json").read_text(encoding="utf-8"))
    official = official_of(read(folder / name))
    same = [
        entry["id"] for entry in flat if bare(entry["text"]) == bare(official.texts[entry["id"]])
    ]
    assert len(flat) == 510
    assert len(same) >= 0.99 * len(flat)
    assert official.missing == ()
    assert (official.language, official.celex) == ("en", "32022L2555")


def test_the_rows_of_the_annexes(page):
    rows = {id_: page.texts[id_].split("\n") for id_ in order() if id_.startswith("I")}
    assert len(rows) == 25
    assert rows["I(1)(a)"][0] == "Energy – Electricity"
    assert [sum(line.startswith("—") for line in rows[id_]) for id_ in ("I(1)(a)", "I(8)")] == [
        7,
        9,
    ]
    assert sum(line.startswith("(") for line in rows["II(5)"]) == 6
    assert rows["II(7)"][-1] == "Research organisations"
    assert not [line for lines in rows.values() for line in lines if "OJ L" in line]


def test_a_requirement_is_read_with_the_parts_it_carries(page):
    lines = page.text("2(2)(a)").split("\n")
    assert lines[0] == page.texts["2(2)(a)"]
    assert [line[: line.index(")") + 1] for line in lines[1:]] == ["(i)", "(ii)", "(iii)"]
    assert page.text("2(2)(a)#ii_trust_services") == page.texts["2(2)(a)(ii)"]
    assert page.text("21(1)").split("\n") == [page.texts["21(1)"], page.texts["21(1)#sub2"]]
    assert page.text("21(2)(j)") == page.texts["21(2)(j)"]
    assert page.text("99(1)") is None


def test_no_record_of_it_shows_the_words(page):
    assert "entities" not in repr(page)
    assert page.sha256 in repr(page)


def test_how_much_of_the_german_text_is_found(german):
    """The file runs 29 unnumbered subparagraphs on behind others and has no annexes."""
    assert german.language == "de"
    articles = [id_ for id_ in german.missing if not id_.startswith("I")]
    assert len(german.texts) >= 481
    assert {id_[: id_.index("#")] + "#" for id_ in articles} == {
        id_.split("#")[0] + "#" for id_ in articles
    }
    assert len(german.within) >= 0.75 * len(articles)


def figures(text):
    """Numbers of two digits and more: the same in every language."""
    return set(re.findall(r"\d{2,}", text))


def test_no_german_text_stands_under_a_wrong_id(german, page):
    """Told by figures and acts cited, and by length, against the English text."""
    held: dict[str, list[str]] = {}
    for id_, holder in german.within.items():
        held.setdefault(holder, []).append(id_)
    scale = ratio(german.texts, measures().lengths)
    compared, strange = 0, {}
    for id_, text in german.texts.items():
        english = " ".join(page.texts[part] for part in (id_, *held.get(id_, ())))
        # Numbers of footnotes are printed "( 1 )" in the one and "(27)" in the other.
        wanted = figures(re.sub(r"\( \d+ \)", "", english))
        differing = wanted ^ figures(re.sub(r"\(\d+\)", "", text))
        compared += bool(wanted)
        if differing or surprise(len(text), len(english) * scale) > 4:
            strange[id_] = differing
    assert compared > 120
    # Two hold a subparagraph whose length does not give it away.
    assert strange.keys() <= {"24(2)", "41(1)"}


@pytest.mark.parametrize(
    ("id_", "begins", "ends"),
    [
        ("5", "Diese Richtlinie", "im Einklang stehen."),
        ("6(12)", "„IKT-Produkt“", "2019/881;"),
        ("7(1)", "Jeder Mitgliedstaat", ":"),
        ("15(3)(j)(iii)", "gegenseitiger", "Unterstützung,"),
        ("18(1)(e)", "eine aggregierte", "."),
        ("23(1)", "Jeder Mitgliedstaat", "."),
        ("23(4)(a)", "unverzüglich", ";"),
        ("27(2)(e)", "die Mitgliedstaaten", "und"),
        ("37(1)#sub2", "Die in Unterabsatz 1", "."),
        ("39(3)", "Wird die Stellungnahme", "verlangt."),
        ("44#sub2", "Bezugnahmen", "zu lesen."),
        ("46", "Diese Richtlinie", "gerichtet."),
    ],
)
def test_samples_of_the_german_text(german, id_, begins, ends):
    assert german.texts[id_].startswith(begins)
    assert german.texts[id_].endswith(ends)


def test_no_national_law_is_taken_for_the_directive(shared):
    laws = sorted(path for path in (shared / "laws").iterdir() if path.suffix != ".json")
    assert len(laws) > 12
    for law in laws:
        with pytest.raises((UnreadableFileError, NoArticlesError)) as refused:
            official_of(read(law))
        assert law.name in refused.value.what
