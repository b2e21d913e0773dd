"""HTML: blocks to lines, lists set as tables, data tables, hostile pages."""

from __future__ import annotations

import pytest

from nis2_align.errors import UnreadableFileError
from nis2_align.read import read


def page(body: str, head: str = "") -> str:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def text_of(body: str) -> str:
    return read(page(body).encode()).text


def test_one_line_for_each_block_and_inline_joined():
    body = (
        "<div>Član\n  1.<p>Prvi <b>de</b>o&nbsp;reči &mdash; i <i>drugi</i><!-- no --></p>rep</div>"
        "<ul><li>jedan</li><li><p>dva</p></li></ul>tekst<br/>ispod<p> \n </p>"
    )
    assert text_of(body) == (
        "Član 1.\nPrvi deo reči \N{EM DASH} i drugi\nrep\njedan\ndva\ntekst\nispod\n"
    )


def test_scripts_styles_and_navigation_are_dropped():
    body = (
        "<script>var a = 'Article 9';</script><style>p {}</style><nav>Article 8</nav>"
        "<noscript>Turn it on</noscript><button>Print</button><p>Article 1</p>"
    )
    assert text_of(body) == "Article 1\n"


def test_entities_soft_hyphens_and_wide_spaces():
    assert text_of("<p>&#269;lan&shy;ak&nbsp;&nbsp;1 &lt;a&gt; &amp;</p>") == "članak 1 <a> &\n"


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>(a)</td><td>first;</td></tr><tr><td>(b)</td><td>second</td></tr></table>",
        "<div><div><p>(a)</p></div><div><p>first;</p></div></div>"
        "<div><div><span>(b)\u00a0</span></div><div><p>second</p></div></div>",
        "<div><span>(a)</span><div>first;</div></div><div><span>(b)</span><p>second</p></div>",
        "<dl><dt>(a)</dt><dd>first;</dd><dt>(b)</dt><dd>second</dd></dl>",
    ],
)
def test_a_list_mark_set_apart_is_joined_with_its_text(body):
    assert text_of(body) == "(a) first;\n(b) second\n"


def test_nested_lists_set_as_tables():
    inner = "<table><tr><td>(i)</td><td>one;</td></tr><tr><td>(ii)</td><td>two</td></tr></table>"
    body = f"<table><tr><td>(a)</td><td><p>services:</p>{inner}</td></tr></table>"
    assert text_of(body) == "(a) services:\n(i) one;\n(ii) two\n"


def test_a_data_table_keeps_its_columns():
    body = (
        "<p>Before</p><table><caption>Sectors</caption><thead><tr><th>Sector</th><th>Sub</th>"
        "<th>Type</th></tr></thead><tbody><tr><td rowspan='2'>1. Energy</td><td>(a) Heat</td>"
        "<td><p>one</p><p>two</p></td></tr><tr><td></td><td>three</td></tr>"
        "<tr><td colspan='2'>2. Water</td><td>four</td></tr></tbody></table>After"
    )
    document = read(page(body).encode())
    assert document.text == (
        "Before\nSectors\nSector | Sub | Type\n1. Energy | (a) Heat | one two\n| | three\n"
        "2. Water | | four\nAfter\n"
    )
    rows = [hint.span.of(document.text) for hint in document.hints if hint.kind == "table_row"]
    assert len(rows) == 4
    assert rows[1] == "1. Energy | (a) Heat | one two\n"


def test_a_layout_table_is_read_as_its_text():
    paragraphs = "".join(f"<p>Član {n}.</p><p>Tekst {n}</p>" for n in range(1, 9))
    body = f"<table><tr><td>Meni</td><td>{paragraphs}</td></tr></table>"
    assert "Član 8.\nTekst 8\n" in text_of(body)
    assert "|" not in text_of(f"<table><tr><td>{paragraphs}</td></tr></table>")


def test_headings_and_bold_blocks_become_hints():
    body = (
        "<h2>I. UVOD</h2><p class='bold'>Predmet</p><p style='font-weight:700'>Cilj</p>"
        "<p><b>Ceo</b> <strong>red</strong></p><p><b>Samo</b> početak</p>"
        "<p class='title-article-norm'>Article 1</p>"
    )
    document = read(page(body).encode())
    hints = [(h.kind, h.level, h.span.of(document.text).strip()) for h in document.hints]
    assert hints == [
        ("heading", 2, "I. UVOD"),
        ("bold", None, "Predmet"),
        ("bold", None, "Cilj"),
        ("bold", None, "Ceo red"),
        ("heading", None, "Article 1"),
    ]


def test_the_title_is_the_first_big_heading():
    assert read(page("<h1>Zakon o <i>redu</i></h1><p>Član 1.</p>").encode()).title == "Zakon o redu"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_declared_encodings(encoding):
    source = f"<html><head><meta charset='{encoding}'></head><body><p>Члан 1. Чћђ</p></body></html>"
    assert read(source.encode(encoding)).text == "Члан 1. Чћђ\n"


def test_a_wrongly_declared_utf8_page_is_utf8_and_an_unknown_name_is_passed_over():
    for declared in ("iso-8859-1", "no-such-thing"):
        source = page("<p>Члан 1.</p>").replace("'utf-8'", f"'{declared}'")
        assert read(source.encode()).text == "Члан 1.\n"


def test_preformatted_lines_stay_lines():
    assert text_of("<pre>Art. 1\nText  of it\n\nArt. 2</pre>") == "Art. 1\nText of it\nArt. 2\n"


def test_entities_of_a_document_type_are_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET WORDS")
    source = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f'<html><body><p>Article 1 &x;</p><iframe src="{secret.as_uri()}"></iframe></body></html>'
    )
    assert "SECRET" not in read(source.encode()).text


def test_hostile_nesting_is_refused_and_wide_spans_are_capped():
    with pytest.raises(UnreadableFileError, match="nested too deeply"):
        read(page("<div>" * 5000 + "Article 1" + "</div>" * 5000).encode())
    wide = "<table><tr><td colspan='99999999' rowspan='99999999'>a</td><td>b</td></tr></table>"
    assert len(text_of(wide)) < 500
