"""Texts and what they cite, in pairs."""

from __future__ import annotations

import pytest

from nis2_align.languages import language, language_codes
from nis2_align.segment import Citation, citations

Place = tuple[str, str | None, str | None, str | None]


def found(text: str, code: str) -> list[Place]:
    """Return ``(celex or "", article, paragraph, point)`` of each citation."""
    return [
        (one.celex or "", one.article, one.paragraph, one.point)
        for one in citations(text, language(code))
    ]


@pytest.mark.parametrize(
    ("code", "text", "places"),
    [
        # The same article, named or not.
        ("sr", "iz stava 1. ovog člana", [("", None, "1", None)]),
        ("sr", "из става 1. овог члана", [("", None, "1", None)]),
        ("hr", "iz stavka 3. ovoga članka", [("", None, "3", None)]),
        ("en", "under paragraph 2 of this Article", [("", None, "2", None)]),
        # Another article of the act, inflected.
        ("hr", "u skladu s člankom 14. ovoga Zakona", [("", "14", None, None)]),
        ("cnr", "u skladu sa članom 32 ovog zakona", [("", "32", None, None)]),
        ("sr", "сходно члану 12a овог закона", [("", "12a", None, None)]),
        # Lists and ranges.
        ("sr", "iz čl. 12. i 13.", [("", "12", None, None), ("", "13", None, None)]),
        ("sr", "st. 1–3. ovog člana", [("", None, n, None) for n in "123"]),
        ("cnr", "mjere iz čl. 24, 25 i 26", [("", n, None, None) for n in ("24", "25", "26")]),
        ("en", "Articles 24 to 26", [("", n, None, None) for n in ("24", "25", "26")]),
        # Levels.
        ("cnr", "člana 7 stav 2 tač. 3 i 5 ovog zakona", [("", "7", "2", n) for n in "35"]),
        ("hr", "članka 9. podstavka 1. ovoga Zakona", [("", "9", None, "1")]),
        ("hr", "članka 61. stavka 1. podstavka 8.", [("", "61", "1", "8")]),
        ("sr", "тачка 2) подтачка (3) овог члана", [("", None, None, "2")]),
        ("en", "Article 12(3)", [("", "12", "3", None)]),
        ("en", "Article 17(2), point (e)", [("", "17", "2", "e")]),
        ("en", "point (b) of Article 5(1) of this Act", [("", "5", "1", "b")]),
        # Annexes.
        ("hr", "iz Priloga III. ovoga Zakona", [("", "Annex 3", None, None)]),
        ("en", "the sectors in Annex 1(3)", [("", "Annex 1", None, "3")]),
        # Acts of the Union, whole and in part.
        ("hr", "Direktiva (EU) 2022/2555 donesena", [("32022L2555", None, None, None)]),
        ("hr", "prema Direktivi NIS2", [("32022L2555", None, None, None)]),
        ("en", "the NIS 2 Directive", [("32022L2555", None, None, None)]),
        ("en", "Regulation (EU) 910/2014", [("32014R0910", None, None, None)]),
        ("hr", "Uredbe (EU) br. 910/2014", [("32014R0910", None, None, None)]),
        ("hr", "Direktiva 2002/58/EZ", [("32002L0058", None, None, None)]),
        ("hr", "Direktiva 95/46/EZ", [("31995L0046", None, None, None)]),
        ("hr", "Direktive (EU) 2018/1972", [("32018L1972", None, None, None)]),
        ("hr", "u članku 4. točki 19. Uredbe (EU) 2019/881", [("32019R0881", "4", None, "19")]),
        ("en", "Article 2 of Regulation (EU) 2019/881", [("32019R0881", "2", None, None)]),
        ("hr", "članka 4. i članka 5. Uredbe (EU) 2016/679",
         [("32016R0679", "4", None, None), ("32016R0679", "5", None, None)]),
        # Macedonian.
        ("mk", "во член 23 став (4) на овој закон", [("", "23", "4", None)]),
        ("mk", "членовите 16 и 17 на овој закон", [("", "16", None, None), ("", "17", None, None)]),
        ("mk", "став (1) точка 3) на овој член", [("", None, "1", "3")]),
        ("mk", "од ставот (1) алинеја 2 на овој член", [("", None, "1", "2")]),
        ("mk", "член 12-а на овој закон", [("", "12a", None, None)]),
        ("mk", "член 21 од Директивата (ЕУ) 2022/2555", [("32022L2555", "21", None, None)]),
        # Albanian, as Albania cites ...
        ("sq", "sipas pikës 1 të nenit 5 të këtij ligji", [("", "5", "1", None)]),
        ("sq", "shkronja “a”, e pikës 2, të nenit 12, të këtij ligji", [("", "12", "2", "a")]),
        ("sq", "shkronjat “a” dhe “ç” të pikës 3 të nenit 4",
         [("", "4", "3", "a"), ("", "4", "3", "ç")]),
        ("sq", "nenit 5/1 të këtij ligji", [("", "5/1", None, None)]),
        ("sq", "Rregullores (BE) nr. 910/2014", [("32014R0910", None, None, None)]),
        ("sq", "nenit 11 të Direktivës (BE) 2022/2555", [("32022L2555", "11", None, None)]),
        # ... and as Kosovo does, in its three languages.
        ("sq", "neni 7, paragrafi 3., nënparagrafi 3.5. të këtij ligji", [("", "7", "3", "5")]),
        ("sq", "nga nënparagrafi 1.2. i këtij paragrafi", [("", None, "1", "2")]),
        ("sq", "nënparagrafët 1.1. deri 1.3.", [("", None, "1", n) for n in "123"]),
        ("sr", "iz stava 1. podstav 1.2. ovog člana", [("", None, "1", "2")]),
        ("en", "paragraph 1., sub-paragraph 1.2. of this Article", [("", None, "1", "2")]),
        # The finest level stands first and lists several.
        ("en", "paragraphs 1 and 2 of Article 5", [("", "5", "1", None), ("", "5", "2", None)]),
        # Bosnian, and text typed without marks.
        ("bs", "člana 5. stav (2) tačka a) ovog zakona", [("", "5", "2", "a")]),
        ("sr", "clana 5. stav 2. tacka 3) ovog zakona", [("", "5", "2", "3")]),
        ("sq", "pikes 1 te nenit 5", [("", "5", "1", None)]),
    ],
)  # fmt: skip
def test_cited(code: str, text: str, places: list[Place]) -> None:
    assert found(text, code) == places


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        ("hr", "članak 41. Zakona o redu", "another act"),
        ("hr", "članak 17. i članak 21. Zakona o redu", "both in another act"),
        ("en", "Article 5 of the Law on Order", "another act"),
        ("sr", "država članica Unije", "a word that begins alike"),
        ("sr", "u roku od 15 dana", "a figure"),
        ("en", "the paragraph before", "no number"),
        ("mk", "член 5 од Законот за редот", "another act"),
        ("sq", "nenit 5 të ligjit nr. 9887", "another act"),
        ("sq", "para 16 janarit 2023", "a word that begins alike"),
        ("sq", "pika e vetme e kontaktit", "no number"),
    ],
)
def test_not_cited(code: str, text: str, reason: str) -> None:
    assert found(text, code) == [], reason


def test_span_counts_in_the_source_and_takes_in_the_words_that_cite() -> None:
    text = "Подаци из члана 7. став 2. овог закона и „Директиве (ЕУ)” 2022/2555 чувају се."
    first = citations(text, language("sr"))[0]
    assert first.span.of(text) == "члана 7. став 2. овог закона"
    assert first.kind == "internal"


def test_kind_and_order() -> None:
    text = "Uredba (EU) 2022/2554 i članak 5. ovoga Zakona"
    assert [one.kind for one in citations(text, language("hr"))] == ["eu_act", "internal"]


def test_a_range_beyond_reason_is_not_filled() -> None:
    assert len(found("čl. 1–999. ovog zakona", "sr")) == 2


@pytest.mark.parametrize("code", language_codes())
def test_no_text_no_citation(code: str) -> None:
    none: tuple[Citation, ...] = ()
    assert citations("", language(code)) == none
