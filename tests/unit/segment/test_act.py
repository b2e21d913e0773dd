"""Small acts and the provisions they must give; each case says what it guards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nis2_align.errors import NoArticlesError
from nis2_align.languages import language
from nis2_align.model import Hint, Page, Provision, Segmentation, Span
from nis2_align.segment import segment
from nis2_align.text.normalise import normalise
from tests.segment_guarantees import document, faults


def cut(text: str, code: str) -> Segmentation:
    segmentation = segment(document(text), language(code))
    assert faults(segmentation) == []
    return segmentation


def own(segmentation: Segmentation) -> dict[str, str]:
    text = segmentation.document.text
    return {one.ref: one.own.of(text) for one in segmentation.provisions}


def at(segmentation: Segmentation, ref: str) -> Provision:
    return next(one for one in segmentation.provisions if one.ref == ref)


def refs(text: str, code: str) -> list[str]:
    return [one.ref for one in cut(text, code).provisions]


UNNUMBERED = """ZAKON O REDU
I. OPŠTE ODREDBE
Predmet
Član 1.
Ovaj zakon uređuje red.
Pojmovi
Član 2.
Izrazi znače:
1) red je raspored:
(1) mali;
(2) veliki;
2) nered je:
– rasut,
– razbacan;
3) ostalo.
Drugi izrazi znače isto.
II. KAZNE
Član 3.
Kazniće se ko pravi nered.
"""


def test_unnumbered_paragraphs_are_counted_and_points_lie_in_them() -> None:
    cutting = cut(UNNUMBERED, "sr")
    assert [one.ref for one in cutting.provisions] == [
        "Preamble", "Chapter 1", "1", "1(1)", "2", "2(1)", "2(1)(1)", "2(1)(1)(1)", "2(1)(1)(2)",
        "2(1)(2)", "2(1)(2)(1)", "2(1)(2)(2)", "2(1)(3)", "2(2)", "Chapter 2", "3", "3(1)",
    ]  # fmt: skip
    assert own(cutting)["2(1)"] == "Izrazi znače:"
    assert own(cutting)["2(1)(1)"] == "red je raspored:"
    assert own(cutting)["2(2)"] == "Drugi izrazi znače isto."
    assert at(cutting, "2(1)(2)(1)").kind == "dash" and at(cutting, "2(1)(1)(1)").kind == "subpoint"


def test_heading_above_the_number_belongs_to_the_article() -> None:
    cutting = cut(UNNUMBERED, "sr")
    article = at(cutting, "2")
    assert (article.label, article.heading) == ("Član 2.", "Pojmovi")
    assert article.span.of(UNNUMBERED).startswith("Pojmovi\nČlan 2.")
    assert at(cutting, "3").heading is None
    assert at(cutting, "Chapter 2").heading == "KAZNE"
    assert at(cutting, "3").parent == "Chapter 2"


def test_both_scripts_give_the_same_provisions() -> None:
    cyrillic = UNNUMBERED.translate(
        str.maketrans("abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
                      "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ")
    )  # fmt: skip
    assert normalise(cyrillic).text.startswith("ZAKON")
    cutting = cut(cyrillic.replace("И. ", "I. ").replace("ИИ. ", "II. "), "sr")
    assert [one.ref for one in cutting.provisions] == refs(UNNUMBERED, "sr")
    assert at(cutting, "2").label == "Члан 2."


NUMBERED = """Zakon o redu
Članak 1.
Predmet
(1) Zakon uređuje red.
(2) Red obuhvaća:
a) mir
b) tišinu:
– noćnu
– dnevnu
koji se čuvaju.
(3) Treći stavak.
Članak 2.
(1) Bez naslova.
Članak 2.a
Umetnuti članak
Jedini stavak.
"""


def test_numbered_paragraphs_and_heading_below() -> None:
    cutting = cut(NUMBERED, "hr")
    assert [one.ref for one in cutting.provisions] == [
        "Preamble", "1", "1(1)", "1(2)", "1(2)(a)", "1(2)(b)", "1(2)(b)(1)", "1(2)(b)(2)",
        "1(3)", "2", "2(1)", "2a", "2a(1)",
    ]  # fmt: skip
    assert [one.heading for one in cutting.articles()] == ["Predmet", None, "Umetnuti članak"]
    assert own(cutting)["1(2)(b)(2)"] == "dnevnu\nkoji se čuvaju."


def test_text_after_a_closed_list_stays_in_its_numbered_paragraph() -> None:
    text = "Članak 1.\n(1) Popis:\na) prvo;\nb) drugo;\nvrijede zajedno.\n(2) Kraj.\n"
    cutting = cut(text, "hr")
    more = at(cutting, "1(1)~2")
    assert (more.parent, more.kind, more.label) == ("1(1)", "paragraph", "")
    assert own(cutting)["1(1)~2"] == "vrijede zajedno."
    assert at(cutting, "1(1)").span.of(text).endswith("vrijede zajedno.")


def test_heading_on_the_line_of_the_number() -> None:
    cutting = cut("Član 1. Predmet\nTekst.\n\nČlan 2. Ovaj zakon stupa na snagu.\n", "sr")
    assert [one.heading for one in cutting.articles()] == ["Predmet", None]
    assert own(cutting)["2(1)"] == "Ovaj zakon stupa na snagu."


def test_titles_in_capitals_without_a_number_are_chapters() -> None:
    text = (
        "PREDLOG\nZAKONA O REDU\n\nOPŠTE ODREDBE\n\nPredmet\nČlan 1\nTekst.\n\nNADLEŽNOST\n\n"
        "Organ\nČlan 2\nTekst.\nČlan 3\nTekst.\n\nKAZNE\nČlan 4\nTekst.\n"
    )
    cutting = cut(text, "cnr")
    chapters = [one.heading for one in cutting.provisions if one.kind == "chapter"]
    assert chapters == ["OPŠTE ODREDBE", "NADLEŽNOST", "KAZNE"]
    assert [one.heading for one in cutting.articles()] == ["Predmet", "Organ", None, None]
    assert own(cutting)["Preamble"] == "PREDLOG\nZAKONA O REDU"


def test_headings_of_articles_in_capitals_are_no_chapters() -> None:
    text = "ZAKON\nPREDMET\nČlan 1\nTekst.\nORGAN\nČlan 2\nTekst.\nKAZNE\nČlan 3\nTekst.\n"
    cutting = cut(text, "cnr")
    assert [one.heading for one in cutting.articles()] == ["PREDMET", "ORGAN", "KAZNE"]


def test_references_open_no_article() -> None:
    text = (
        "Članak 7.\nRok\n(1) Rok je dan.\nČlanak 5. ovoga Zakona vrijedi.\n"
        "Članak 3. Zakona o miru prestaje važiti.\n(2) Kraj.\n"
        "Članak 8.\nKraj\nTekst.\nČlanak 2. i 3. ne vrijede.\n"
    )
    assert refs(text, "hr") == ["7", "7(1)", "7(2)", "8", "8(1)", "8(2)"]


def test_a_repeated_number_gets_a_suffix_and_an_issue() -> None:
    cutting = cut("Član 1\nPrvi.\nČlan 2\nDrugi.\nČlan 2\nOpet drugi.\nČlan 3\nTreći.\n", "cnr")
    assert [one.ref for one in cutting.articles()] == ["1", "2", "2~2", "3"]
    assert [issue.code for issue in cutting.issues] == ["duplicate_article"]
    assert cutting.issues[0].span is not None
    assert cutting.issues[0].span.of(cutting.document.text) == "Član 2"


def test_a_number_out_of_order_is_told() -> None:
    cutting = cut("Član 1\nPrvi.\nČlan 22\nDrugi.\nČlan 3\nTreći.\nČlan 4\nČetvrti.\n", "cnr")
    assert [one.ref for one in cutting.articles()] == ["1", "22", "3", "4"]
    assert [issue.code for issue in cutting.issues] == ["article_out_of_order"]


def test_a_table_of_contents_opens_no_article() -> None:
    contents = "Sadržaj\nČlan 1. Predmet\nČlan 2. Pojmovi\nČlan 3. Kraj\n"
    body = "Član 1. Predmet\nTekst.\nČlan 2. Pojmovi\nTekst.\nČlan 3. Kraj\nTekst.\n"
    assert refs(contents + body, "sr") == ["Preamble", "1", "1(1)", "2", "2(1)", "3", "3(1)"]


def test_an_amending_act_keeps_the_quoted_articles_as_text() -> None:
    text = (
        'Član 1\nU Zakonu o redu član 5 mijenja se i glasi:\n"Član 5\nNovi tekst.\nČlan 6\nJoš."\n'
        "Član 2\nPoslije člana 7 dodaje se novi član, koji glasi:\n"
        '"Član 7a\nUmetak."\nČlan 3\nStupa na snagu.\n'
    )
    cutting = cut(text, "cnr")
    assert [one.ref for one in cutting.articles()] == ["1", "2", "3"]
    assert cutting.amending and [issue.code for issue in cutting.issues] == ["amending_act"]
    assert "Novi tekst." in at(cutting, "1").span.of(text)


def test_of_an_amending_act_it_is_said_what_cannot_be_concluded() -> None:
    act = document(UNNUMBERED)
    cutting = segment(act, language("sr"), said_amending=True)
    assert cutting.amending
    (issue,) = [issue for issue in cutting.issues if issue.code == "amending_act"]
    assert issue.act == act.id
    for said in (act.name, "may stand in the act it changes", "after the change"):
        assert said in issue.message


def test_a_plain_act_is_not_amending() -> None:
    assert not cut(UNNUMBERED, "sr").amending


def test_lists_inside_a_line() -> None:
    text = (
        "Članak 1.\nPojmovi\n(1) Pojmovi znače: 1. red je red iz članka 2. točke 3. ovoga Zakona "
        "2. mir znači: a) tišinu i b) spokoj 3. ostalo je ostalo od 4. siječnja 2020. "
        "4. kraj je kraj.\n(2) Ostalo iz stavka 1. i 2. Zakona.\n"
    )
    cutting = cut(text, "hr")
    assert [one.ref for one in cutting.provisions] == [
        "1", "1(1)", "1(1)(1)", "1(1)(2)", "1(1)(2)(a)", "1(1)(2)(b)", "1(1)(3)", "1(1)(4)", "1(2)",
    ]  # fmt: skip
    assert own(cutting)["1(1)(1)"] == "red je red iz članka 2. točke 3. ovoga Zakona"
    assert own(cutting)["1(1)(3)"] == "ostalo je ostalo od 4. siječnja 2020."


def test_a_single_number_inside_a_line_is_no_list() -> None:
    assert refs("Članak 1.\n(1) Vrijedi: 1. ožujka počinje rok.\n", "hr") == ["1", "1(1)"]


def test_chapters_inside_a_line() -> None:
    text = (
        "Članak 1.\nPredmet\n(1) Prvi. DIO DRUGI TIJELA POGLAVLJE I.\n"
        "Članak 2.\nNADLEŽNA TIJELA Popis tijela\n(1) Drugi.\n"
        "Članak 3.\nDIO TREĆI KAZNENE ODREDBE Visina kazne\n(1) Treći. Rok za kaznu\n"
        "Članak 4.\n(1) Četvrti.\n"
    )
    cutting = cut(text, "hr")
    chapters = [one for one in cutting.provisions if one.kind == "chapter"]
    assert [(one.label, one.heading, one.parent) for one in chapters] == [
        ("DIO DRUGI", "TIJELA", None),
        ("POGLAVLJE I.", "NADLEŽNA TIJELA", "Chapter 1"),
        ("DIO TREĆI", "KAZNENE ODREDBE", None),
    ]
    assert [(one.heading, one.parent) for one in cutting.articles()] == [
        ("Predmet", None),
        ("Popis tijela", "Chapter 2"),
        ("Visina kazne", "Chapter 3"),
        ("Rok za kaznu", "Chapter 3"),
    ]


def test_signature_and_annexes_inside_a_line() -> None:
    text = (
        "Članak 1.\nKraj\nNa temelju Priloga II. ovoga Zakona stupa na snagu. Klasa: 1-2 Grad "
        "HRVATSKI SABOR Ivo Ivić, v. r. PRILOG I. POPIS SEKTORA PRILOG II. POPIS TIJELA R. br. "
        "Naziv 1. Energetika Ministarstvo\n– Centar 2. Promet Agencija\n"
        "– Centar PRILOG III. SADRŽAJ PLANA I. Plan iz Priloga II. ovoga Zakona sadrži:\n"
        "– ciljeve i\n– rokove. II. Plan ima i:\n– troškove.\n"
    )
    cutting = cut(text, "hr")
    assert [one.ref for one in cutting.provisions] == [
        "1", "1(1)", "Closing", "Annex 1", "Annex 2", "Annex 2(1)", "Annex 2(1)(1)", "Annex 2(2)",
        "Annex 2(2)(1)", "Annex 3", "Annex 3(I)", "Annex 3(I)(1)", "Annex 3(I)(2)", "Annex 3(II)",
        "Annex 3(II)(1)",
    ]  # fmt: skip
    assert at(cutting, "Annex 2").heading == "POPIS TIJELA"
    assert own(cutting)["Annex 2"] == "R. br. Naziv"
    assert own(cutting)["Closing"].startswith("Klasa:")


def test_annexes_on_lines_of_their_own() -> None:
    text = (
        "Član 1\nVidi Prilog 1.\n\nPrilog 1\nSEKTORI\n1. Energetika\n- struja: mreže\n- gas\n"
        "2. Saobraćaj\n\nPrilog 2\nDRUGI SEKTORI\n1. Pošta\n"
    )
    assert refs(text, "cnr") == [
        "1", "1(1)", "Annex 1", "Annex 1(1)", "Annex 1(1)(1)", "Annex 1(1)(2)", "Annex 1(2)",
        "Annex 2", "Annex 2(1)",
    ]  # fmt: skip


def test_the_only_annex_needs_no_number_and_rows_may_be_a_table() -> None:
    text = "Član 1\nTekst.\nPRILOG\nSektori\nRb. | Sektor\n1 | Energija\n2 | Pošta\n"
    cutting = cut(text, "sr")
    assert [one.ref for one in cutting.provisions][2:] == ["Annex 1", "Annex 1(1)", "Annex 1(2)"]
    assert own(cutting)["Annex 1"] == "Rb. | Sektor"
    assert own(cutting)["Annex 1(2)"] == "Pošta" and at(cutting, "Annex 1(2)").kind == "row"


def test_numbers_inside_the_cells_of_a_table_open_items() -> None:
    text = (
        "Article 1\nThis is all.\nANNEX 1\nSECTORS\nSector | Part | Who\n"
        "1. Energy | (a) Power | plants and points\n| (b) Gas | pipes\n2. Banks | | all\n"
    )
    cutting = cut(text, "en")
    assert [one.ref for one in cutting.provisions][2:] == [
        "Annex 1", "Annex 1(1)", "Annex 1(1)(a)", "Annex 1(1)(b)", "Annex 1(2)",
    ]  # fmt: skip
    assert own(cutting)["Annex 1(1)"] == "Energy"
    assert own(cutting)["Annex 1(1)(b)"] == "Gas | pipes"
    assert own(cutting)["Annex 1"] == "Sector | Part | Who"


ENGLISH = """CYBER ACT
PART ONE
GENERAL
Section 1
Purpose
1. This Act governs order.
2. It covers:
(a) peace;
(b) quiet, namely:
(i) by night;
(ii) by day;
(c) rest.
Section 2. Scope
(1) It applies to everyone.
(2) The exceptions in paragraph
(1) are lifted.
"""


def test_english_styles() -> None:
    cutting = cut(ENGLISH, "en")
    assert [one.ref for one in cutting.provisions] == [
        "Preamble", "Chapter 1", "1", "1(1)", "1(2)", "1(2)(a)", "1(2)(b)", "1(2)(b)(i)",
        "1(2)(b)(ii)", "1(2)(c)", "2", "2(1)", "2(2)",
    ]  # fmt: skip
    assert at(cutting, "Chapter 1").heading == "GENERAL"
    assert [one.heading for one in cutting.articles()] == ["Purpose", "Scope"]


def test_sections_are_chapters_where_articles_are_articles() -> None:
    text = (
        "Section 1\nGENERAL\nArticle 1\nScope\nText.\nSection 2\nDUTIES\nArticle 2\nDuty\nText.\n"
    )
    cutting = cut(text, "en")
    assert [one.ref for one in cutting.articles()] == ["1", "2"]
    assert at(cutting, "2").parent == "Chapter 2"


def test_points_numbered_one_one_lie_in_their_paragraph() -> None:
    pack = language("hr")
    foreign = replace(pack, structure=replace(pack.structure, article=("Neni",)))
    text = "Neni 1\nQëllimi\n1. Ligji përcakton:\n1.1. rendin;\n1.2. qetësinë;\n2. Fund.\n"
    found = [one.ref for one in segment(document(text), foreign).provisions]
    assert found == ["1", "1(1)", "1(1)(1)", "1(1)(2)", "1(2)"]


def test_number_before_the_word_where_the_pack_prints_it_small() -> None:
    pack = language("en")
    foreign = replace(pack, structure=replace(pack.structure, article=("straipsnis", "§")))
    text = "1 straipsnis. Tikslas\n1. Text.\n2 straipsnis. Taikymas\n1. Text.\n"
    assert [one.ref for one in segment(document(text), foreign).articles()] == ["1", "2"]
    text = "§ 1\nText.\n2. §\nText.\n"
    assert [one.ref for one in segment(document(text), foreign).articles()] == ["1", "2"]


def test_lines_broken_inside_sentences_give_the_same_provisions() -> None:
    sentence = "Subjekt dostavlja podatke o sistemima koje koristi, uključujući podatke iz stava"
    wrapped = sentence + "\n(1) ovog člana, i to bez\nodlaganja, na zahtev\nAgencije.\n"
    whole = wrapped.replace("\n", " ").strip() + "\n"
    many = "".join(f"Član {n}\n(1) {{}}(2) Kraj.\n" for n in range(1, 15))
    assert refs(many.replace("{}", wrapped), "sr") == refs(many.replace("{}", whole), "sr")


def test_hints_of_the_format_make_a_heading() -> None:
    text = "Član 1\nPrvi naslov\nTekst.\nČlan 2\nPrvi stav bez tačke\nDrugi.\n"
    start = text.index("Prvi naslov")
    hint = Hint(kind="bold", span=Span(start=start, end=start + 12))
    plain = document("Uvod\n" + text)
    hinted = replace(document(text), hints=(hint,))
    assert segment(hinted, language("sr")).articles()[0].heading == "Prvi naslov"
    assert segment(plain, language("sr")).document.hints == ()


def test_pages_and_invisible_characters() -> None:
    text = "\ufeff# Zakon\n\nČlan 1\nTekst je \u00adtu.\u200b\nČlan 2\nJoš.\n"
    cut_at = text.index("Član 2")
    pages = (
        Page(number=1, span=Span(start=0, end=cut_at)),
        Page(number=2, span=Span(start=cut_at, end=len(text))),
    )
    segmentation = segment(replace(document(text), pages=pages), language("sr"))
    assert faults(segmentation) == []
    assert [one.page for one in segmentation.articles()] == [1, 2]
    assert segmentation.provisions[0].span.start == 0


def test_a_text_without_articles_is_refused() -> None:
    with pytest.raises(NoArticlesError) as caught:
        segment(document("Samo tekst.\nIz člana 5 ne sledi ništa.\n", "note.txt"), language("sr"))
    assert "note.txt" in caught.value.what and "Serbian" in caught.value.what
    assert "--language" in caught.value.remedy


def test_the_language_is_told() -> None:
    assert cut(UNNUMBERED, "sr").language == "sr"
