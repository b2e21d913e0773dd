"""Real acts, and the bundled draft in its three formats."""

from __future__ import annotations

import io
import re
from collections import Counter

import docx
import pytest

from nis2_align.model import Document
from nis2_align.read import read

WORDS = re.compile(r"\w+")


def numbered(document: Document, pattern: str) -> list[int]:
    return [int(m.group(1)) for m in re.finditer(rf"^{pattern}$", document.text, re.M)]


def check_guarantees(document: Document) -> None:
    text = document.text
    assert text.endswith("\n")
    assert text.splitlines() == text.split("\n")[:-1]
    assert all(c >= " " or c == "\n" for c in text)
    starts = [hint.span.start for hint in document.hints]
    assert starts == sorted(starts)
    for hint in document.hints:
        assert hint.span.start == 0 or text[hint.span.start - 1] == "\n"
        assert hint.span.of(text).strip()
        assert hint.span.of(text).endswith("\n")
    if document.pages:
        assert "".join(page.span.of(text) for page in document.pages) == text


def test_the_serbian_gazette_page(shared):
    document = read(shared / "laws" / "rs_zib_2025.html")
    check_guarantees(document)
    assert document.issues == ()
    assert numbered(document, r"Члан (\d+)\.") == list(range(1, 59))
    assert document.title == "ЗАКОН о информационој безбедности"
    bold = [hint for hint in document.hints if hint.kind == "bold"]
    assert len(bold) == 52


def test_the_serbian_gazette_page_has_the_words_of_the_plain_text(shared):
    page = read(shared / "laws" / "rs_zib_2025.html")
    plain = read(shared / "laws" / "rs_zib_2025.txt")
    # The page adds its own heading and gazette reference; the text its name once more.
    top = Counter(WORDS.findall("\n".join(page.text.split("\n")[:3])))
    only_page = Counter(WORDS.findall(page.text)) - Counter(WORDS.findall(plain.text))
    only_plain = Counter(WORDS.findall(plain.text)) - Counter(WORDS.findall(page.text))
    assert only_page <= top
    assert only_plain <= Counter(WORDS.findall(plain.text.split("\n")[0]))
    # The paragraphs are the same lines; only the article headings are laid out otherwise.
    lines = {" ".join(line.split()) for line in page.text.split("\n")}
    missing = [x for x in plain.text.split("\n") if x.strip() and " ".join(x.split()) not in lines]
    assert all(re.match(r"Члан \d+\. |Закон о", line) for line in missing)


def test_the_official_page_of_the_directive(shared):
    document = read(shared / "directive" / "32022L2555_en_eurlex.html")
    check_guarantees(document)
    assert numbered(document, r"Article (\d+)") == list(range(1, 47))
    lines = document.text.split("\n")
    assert sum(line.startswith("(j) ") for line in lines) >= 2
    assert [x for x in lines if x.startswith("ANNEX")] == ["ANNEX I", "ANNEX II", "ANNEX III"]
    assert "Sector | Subsector | Type of entity" in lines
    headings = {h.span.of(document.text).strip() for h in document.hints if h.kind == "heading"}
    assert {f"Article {number}" for number in range(1, 47)} <= headings
    assert document.title is not None
    assert "2022/2555" in document.title


@pytest.mark.parametrize(
    "name",
    ["hr_zks_2024.txt", "de_bsig_2025.md", "bg_78098.txt", "cy_89_2020.txt", "hu_2024_69.txt"],
)
def test_other_acts_lose_their_marks_and_nothing_else(shared, name):
    path = shared / "laws" / name
    document = read(path)
    check_guarantees(document)
    assert document.title
    source = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), count=1)
    assert Counter(WORDS.findall(document.text)) == Counter(WORDS.findall(source))
    assert not re.search(r"^#+ ", document.text, re.M)


@pytest.fixture
def croatian(shared) -> list[str]:
    text = read(shared / "laws" / "hr_zks_2024.txt").text
    return [line for line in text.split("\n") if line.strip()]


def test_a_law_as_docx(croatian):
    document = docx.Document()
    for line in croatian:
        run = document.add_paragraph().add_run(line)
        run.bold = bool(re.fullmatch(r"Članak \d+\.", line))
    stream = io.BytesIO()
    document.save(stream)
    found = read(stream.getvalue(), name="hr.docx")
    check_guarantees(found)
    assert found.text.splitlines() == croatian
    assert len([h for h in found.hints if h.kind == "bold"]) == 116


def set_as_pdf(lines: list[str], make_pdf, **layout) -> bytes:
    parts = ["*" + line if re.fullmatch(r"Članak \d+\.", line) else line for line in lines]
    return make_pdf(parts, head="Glasilo {page}", foot="{page}", **layout)


def test_a_law_as_pdf(croatian, make_pdf):
    found = read(set_as_pdf(croatian, make_pdf), name="hr.pdf")
    check_guarantees(found)
    assert numbered(found, r"Članak (\d+)\.") == list(range(1, 117))
    assert found.text.splitlines() == croatian


def test_a_law_as_pdf_with_indents_for_spaces(croatian, make_pdf):
    lines = croatian[: croatian.index("Članak 41.")]
    found = read(set_as_pdf(lines, make_pdf, space=0, indent=24))
    assert found.text.splitlines() == lines


def test_a_law_as_pdf_whose_layout_shows_no_paragraphs(croatian, make_pdf):
    lines = croatian[: croatian.index("Članak 41.")]
    found = read(set_as_pdf(lines, make_pdf, space=0))
    assert numbered(found, r"Članak (\d+)\.") == list(range(1, 41))
    assert found.text.split() == " ".join(lines).split()
    # Where a full line ends a sentence nothing tells whether the paragraph goes on.
    same = Counter(found.text.splitlines()) & Counter(lines)
    assert same.total() >= 0.95 * len(lines)


def test_the_bundled_draft_says_the_same_in_all_formats(repo_root):
    folder = repo_root / "corpus" / "samples"
    documents = [read(folder / f"valdoria_draft.{ending}") for ending in ("txt", "docx", "pdf")]
    assert [document.format for document in documents] == ["text", "docx", "pdf"]
    for document in documents:
        check_guarantees(document)
        assert document.issues == ()
        assert document.id == "valdoria_draft"
    plain, word, pdf = (
        [line for line in document.text.splitlines() if line.strip()] for document in documents
    )
    assert pdf == plain
    # In the DOCX the annex is two tables, which have column headings and need no colons.
    annex = next(n for n, line in enumerate(word) if " | " in line)
    assert word[:annex] == plain[:annex]
    rows = [line for line in word if line != word[annex]]
    assert len(word) - len(rows) == 2
    assert Counter(WORDS.findall("\n".join(rows))) == Counter(WORDS.findall("\n".join(plain)))
    assert len({document.title for document in documents}) == 1
