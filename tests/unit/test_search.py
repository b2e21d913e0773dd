"""Words and numbers are found in the acts, in either script and with or without marks."""

from dataclasses import replace

import pytest

from nis2_align.model import ClauseRef, Document, Provision, Result, Segmentation, Span
from nis2_align.search import index

ARTICLES = (
    ("1", "Члан 1. Оператор обавештава надлежни орган о инциденту."),
    ("2", "Član 2. Čuvar uređaja vodi dnevnik o kvarovima."),
    ("3", "Član 3. Lampa."),
    ("4", "Član 4. Dnevnik kvarova čuva se godinu dana, a čuvar uređaja odgovara za njega."),
)


def cut(act="lampe"):
    text = "\n".join(words for _, words in ARTICLES)
    provisions = []
    for ref, words in ARTICLES:
        start = text.index(words)
        label = " ".join(words.split()[:2])
        span = Span(start=start, end=start + len(words))
        own = Span(start=start + len(label) + 1, end=span.end)
        provisions.append(
            Provision(act=act, ref=ref, label=label, kind="article", span=span, own=own, page=1)
        )
    document = Document(
        id=act, name="x.txt", text=text, format="text", sha256="0" * 64, text_sha256="1" * 64
    )
    return Segmentation(document=document, language="sr", provisions=tuple(provisions))


RESULT = Result(celex="x", catalogue_version="x", acts=(), assessments=(), segmentations=(cut(),))


def refs(query, **more):
    return [place.clause.ref for place in index(RESULT).find(query, **more)]


@pytest.mark.parametrize(
    "query", ["čuvar uređaja", "cuvar UREDAJA", "чувар уређаја", "cuvar uredjaja"]
)
def test_script_marks_case_and_order_do_not_matter(query):
    assert refs(query)[:2] == ["2", "4"]
    assert refs(" ".join(reversed(query.split())))[:2] == ["2", "4"]


def test_a_text_in_the_other_script_is_found_and_shown_as_written():
    (place,) = [one for one in index(RESULT).find("nadležni organ") if one.exact]
    assert place.clause == ClauseRef(act="lampe", ref="1")
    assert place.words == ARTICLES[0][1]


def test_a_number_finds_its_provision_first():
    assert refs("3")[0] == "3"
    assert refs(" 4 ")[0] == "4"


def test_similar_words_come_last_and_say_so():
    places = index(RESULT).find("dnevnik kvarovima")
    assert [(one.clause.ref, one.exact) for one in places][:1] == [("2", True)]
    near = index(RESULT).find("operater obavestava nadlezni organ o incidentu")
    assert [(one.clause.ref, one.exact) for one in near] == [("1", False)]


@pytest.mark.parametrize("query", ["", "   ", "!?", "zzzzzzzz qqqqqq"])
def test_nothing_finds_nothing(query):
    assert refs(query) == []


def test_the_same_number_in_two_acts_is_found_twice_and_the_limit_holds():
    two = replace(RESULT, segmentations=(cut("a"), cut("b")))
    found = index(two).find("3")
    assert {one.clause for one in found if one.clause.ref == "3"} == {
        ClauseRef(act="a", ref="3"), ClauseRef(act="b", ref="3"),
    }  # fmt: skip
    assert len(index(two).find("o", limit=3)) == 3
