"""Akoma Ntoso: structure as lines and hints, notes and tables, and nothing that is followed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.errors import UnreadableFileError
from nis2_align.languages import language
from nis2_align.model import Document
from nis2_align.read import read
from nis2_align.segment import segment

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def akn(body: str, *, preface: str = "", after: str = "", namespace: str = NAMESPACE) -> Document:
    text = (
        f'<akomaNtoso xmlns="{namespace}"><act name="act"><meta><identification source="#x">'
        "<FRBRWork><FRBRalias value='not read'/></FRBRWork></identification>not read</meta>"
        f"{preface}<body>{body}</body>{after}</act></akomaNtoso>"
    )
    return read(text.encode(), name="act.xml")


def hints(document: Document) -> list[tuple[str, int | None, str]]:
    return [(h.kind, h.level, h.span.of(document.text).strip()) for h in document.hints]


ACT = """
<chapter eId="c1"><num>Chapter I</num><heading>General</heading>
 <article eId="a1"><num>Article 1</num><heading>Subject <i>matter</i></heading>
  <paragraph eId="p1"><num>(1)</num><list><intro><p>This Act covers:</p></intro>
    <point><num>(a)</num><content><p>networks;</p></content></point>
    <point><num>(b)</num><list><intro><p>services:</p></intro>
      <point><num>(i)</num><content><p>of <b>energy</b>.</p></content></point></list></point>
    <wrapUp><p>in the whole country.</p></wrapUp></list></paragraph>
  <paragraph eId="p2"><num>(2)</num><content><p>It does not
      cover defence.</p></content></paragraph>
 </article>
</chapter>"""


def test_structure_becomes_lines_as_they_would_be_printed():
    document = akn(ACT)
    assert document.format == "akn"
    assert document.text.splitlines() == [
        "Chapter I", "General", "Article 1", "Subject matter", "(1) This Act covers:",
        "(a) networks;", "(b) services:", "(i) of energy.", "in the whole country.",
        "(2) It does not cover defence.",
    ]  # fmt: skip
    assert document.issues == ()


def test_numbers_and_headings_of_parts_are_heading_hints_as_deep_as_the_part():
    assert hints(akn(ACT)) == [
        ("heading", 1, "Chapter I"), ("heading", 1, "General"),
        ("heading", 2, "Article 1"), ("heading", 2, "Subject matter"),
    ]  # fmt: skip


def test_a_wrapper_without_number_and_heading_makes_nothing_deeper():
    wrapped = akn(f'<hcontainer name="wrapper">{ACT}</hcontainer>')
    assert hints(wrapped) == hints(akn(ACT))
    assert wrapped.text == akn(ACT).text


def test_its_provisions():
    cut = segment(akn(ACT), language("en"))
    assert [p.ref for p in cut.provisions] == [
        "Chapter 1", "1", "1(1)", "1(1)(a)", "1(1)(b)", "1(1)(b)(i)", "1(1)~2", "1(2)",
    ]  # fmt: skip
    assert cut.articles()[0].heading == "Subject matter"


@pytest.mark.parametrize(
    "namespace",
    ["", "http://www.akomantoso.org/2.0", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/CSD13"],
)
def test_every_version_of_the_schema(namespace):
    assert akn(ACT, namespace=namespace).text == akn(ACT).text


def test_a_prefix_and_a_declaration_and_another_encoding():
    text = akn(ACT).text
    head = '<?xml version="1.0" encoding="utf-16"?><!-- a note -->'
    made = f'<a:akomaNtoso xmlns:a="{NAMESPACE}"><act><body>{ACT}</body></act></a:akomaNtoso>'
    made = re.sub(r"<(/?)(?!a:|\?|!)(\w)", r"<\1a:\2", head + made)
    assert read(made.encode("utf-16")).text == text


def test_the_title_and_the_ends_of_the_act():
    document = akn(
        ACT,
        preface="<preface><p><docNumber>5/2030</docNumber> <docTitle>Act on <i>Order</i></docTitle>"
        "</p></preface><preamble><recitals><recital><num>(1)</num><p>Whereas.</p></recital>"
        "</recitals><formula name='x'><p>Enacted:</p></formula></preamble>",
        after="<conclusions><p>Done in <location>Town</location></p></conclusions><attachments>"
        "<attachment><heading>Annex 1</heading><doc name='x'><mainBody><p>Row.</p></mainBody></doc>"
        "</attachment></attachments>",
    )
    assert document.title == "Act on Order"
    lines = document.text.splitlines()
    assert lines[:3] == ["5/2030 Act on Order", "(1) Whereas.", "Enacted:"]
    assert lines[-3:] == ["Done in Town", "Annex 1", "Row."]


def test_what_was_deleted_is_left_out_and_told():
    document = akn("<article><num>Art. 1</num><content><p>In <del>48</del><ins>24</ins> hours."
                   "</p></content></article>")  # fmt: skip
    assert document.text == "Art. 1\nIn 24 hours.\n"
    assert [issue.code for issue in document.issues] == ["akn_tracked_changes"]


def test_notes_stand_where_they_hang():
    note = '<authorialNote marker="1"><p>OJ L 333.</p></authorialNote>'
    document = akn(
        f"<article><num>Art. 1{note}</num><content><p>The Act transposes a directive{note}, see"
        " there.</p></content></article>"
    )
    assert document.text == (
        "Art. 1\nThe Act transposes a directive, see there [OJ L 333] [OJ L 333].\n"
    )
    assert [(issue.code, issue.severity) for issue in document.issues] == [("akn_notes", "info")]


def test_tables_lists_and_quotes():
    cells = "<tr><th>Sector</th><th>Body</th><th>Kind</th></tr><tr><td rowspan='2'><p>Energy</p>"
    cells += "</td><td><p>A</p></td><td>x</td></tr><tr><td>B</td><td>y</td></tr>"
    document = akn(
        f"<article><num>Art. 1</num><content><table><caption>List</caption>{cells}</table>"
        "<blockList><listIntroduction>As follows:</listIntroduction><item><num>a)</num><p>one;</p>"
        "</item><item><num>b)</num><p>two</p></item></blockList>"
        "<p>it reads <quotedText startQuote='«' endQuote='»'>new</quotedText>.</p>"
        "</content></article>"
    )
    assert document.text.splitlines()[1:] == [
        "List", "Sector | Body | Kind", "Energy | A | x", "| B | y", "As follows:", "a) one;",
        "b) two", "it reads «new».",
    ]  # fmt: skip
    assert [kind for kind, _, _ in hints(document)] == ["heading"] + ["table_row"] * 3


def test_a_quoted_article_of_an_amending_act_is_no_heading():
    document = akn(
        "<article><num>Art. 1</num><content><p>Art. 5 reads:</p><p><quotedStructure startQuote='\"'"
        " endQuote='\"'><article><num>Art. 5</num><content><p>New.</p></content></article>"
        "</quotedStructure></p></content></article>"
    )
    assert [text for _, _, text in hints(document)] == ["Art. 1"]
    assert document.text.splitlines()[2:] == ['"', "Art. 5", "New.", '"']


def test_a_number_without_text_and_bold_lines():
    document = akn("<article><num>Art. 1</num><paragraph><num>(1)</num></paragraph>"
                   "<paragraph><num>(2)</num><content><p>Text.</p></content></paragraph>"
                   "<p><b>Annex</b> <b>I</b></p></article>")  # fmt: skip
    assert document.text.splitlines() == ["Art. 1", "(1)", "(2) Text.", "Annex I"]
    assert hints(document)[-1] == ("bold", None, "Annex I")


def test_no_document_type_is_ever_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    for declared in (
        f'<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        '<!DOCTYPE akomaNtoso SYSTEM "http://127.0.0.1:9/akn.dtd">',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ):
        text = f'{declared}<akomaNtoso xmlns="{NAMESPACE}"><act><p>&x;</p></act></akomaNtoso>'
        for encoding in ("utf-8", "utf-16"):
            with pytest.raises(UnreadableFileError, match="document type"):
                read(text.encode(encoding), name="act.xml")


def test_links_are_not_opened(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text("<p>SECRET</p>")
    document = akn(
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}"/>'
        f'<article><num>Art. 1</num><p><ref href="{secret.as_uri()}">link</ref></p></article>'
    )
    assert document.text == "Art. 1\nlink\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<akomaNtoso><act><p>x</act></akomaNtoso>", "damaged"),
        ("<akomaNtoso><act><p>text", "damaged"),
        ("<akomaNtoso>" + "<p>" * 5000 + "x" + "</p>" * 5000 + "</akomaNtoso>", "damaged"),
        ("<akomaNtoso><act><p>&unknown;</p></act></akomaNtoso>", "damaged"),
        ("<akomaNtoso><act/></akomaNtoso>", "no text"),
    ],
)
def test_bad_files_are_told_apart(text, says):
    with pytest.raises(UnreadableFileError) as caught:
        read(text.encode(), name="act.xml")
    assert says in caught.value.what and "act.xml" in caught.value.what


TAGS = (
    "article", "section", "paragraph", "point", "num", "heading", "p", "b", "content", "intro",
    "table", "tr", "td", "hcontainer", "blockList", "item", "unknown", "quotedStructure",
)  # fmt: skip
leaves = st.sampled_from(["word", "(1)", "a)", " ", "Article 1", "Tekst."])


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.lists(children, max_size=4).map("".join)
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(TAGS), inner)


@given(st.recursive(leaves, element, max_leaves=25))
def test_any_nesting_keeps_every_word_in_order(inner):
    """Nothing outside the data about the act is lost or moved, whatever the schema forbids."""
    text = f"<akomaNtoso><act><p>begin</p>{inner}<p>end</p></act></akomaNtoso>"
    found = read(text.encode(), name="act.xml").text
    words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", text))
    assert "".join(re.findall(r"\w+", found)) == "".join(words)
