"""Acts in languages that have only a structural pack: Finnish, and German of two states.

The golden files hold labels, places, lengths and digests, never the words of a law.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from nis2_align.languages import language
from nis2_align.model import Provision, Segmentation
from nis2_align.read import read
from nis2_align.segment import citations, segment
from nis2_align.text.detect import detect
from tests.segment_guarantees import faults

LAWS = {
    "fi_124_2025.akn.xml": "fi",
    "de_bsig_2025.md": "de",
    "li_csg_2025.txt": "de",
}
COUNTRIES = {"fi_124_2025.akn.xml": "FI", "de_bsig_2025.md": "DE", "li_csg_2025.txt": "LI"}


def act(shared: Path, name: str) -> Segmentation:
    return _cut(shared / "laws" / name, LAWS[name])


@cache
def _cut(path: Path, code: str) -> Segmentation:
    return segment(read(path), language(code))


def _line(one: Provision, text: str) -> str:
    words = {
        "ref": one.ref, "label": one.label, "kind": one.kind, "parent": one.parent,
        "span": [one.span.start, one.span.end], "own": [one.own.start, one.own.end],
        "heading": len(one.heading or ""),
        "sha256": sha256(one.span.of(text).encode()).hexdigest()[:16],
    }  # fmt: skip
    return json.dumps(words, ensure_ascii=False)


@pytest.mark.parametrize("name", LAWS)
def test_golden(name: str, shared: Path, golden: Callable[[str, str], None]) -> None:
    cut = act(shared, name)
    lines = [_line(one, cut.document.text) for one in cut.provisions]
    golden(f"segment/{name.partition('.')[0]}.jsonl", "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", LAWS)
def test_guarantees(name: str, shared: Path) -> None:
    assert faults(act(shared, name)) == []


@pytest.mark.parametrize("name", LAWS)
def test_language_and_country(name: str, shared: Path) -> None:
    found = detect(act(shared, name).document.text)
    assert (found.language, found.country) == (LAWS[name], COUNTRIES[name])


@pytest.mark.parametrize(
    ("name", "articles", "chapters", "annexes"),
    [
        ("fi_124_2025.akn.xml", 47, 6, 2),
        # The source holds no parts of the German act, only its sections.
        ("de_bsig_2025.md", 66, 0, 2),
        ("li_csg_2025.txt", 29, 6, 2),
    ],
)
def test_counts(name: str, articles: int, chapters: int, annexes: int, shared: Path) -> None:
    cut = act(shared, name)
    assert [one.ref for one in cut.articles()] == [str(n) for n in range(1, articles + 1)]
    assert all(one.heading for one in cut.articles())
    titled = [one for one in cut.provisions if one.kind == "chapter" and one.heading]
    assert len(titled) == chapters
    kinds = [one.ref for one in cut.provisions if one.kind == "annex"]
    assert kinds == [f"Annex {n}" for n in range(1, annexes + 1)]
    assert not cut.amending and cut.issues == ()


MARKS = {
    "de_bsig_2025.md": r"(?:\((\d+)\)|(\d+)\.|([a-z]{1,2})\))(?=\s)",
    "li_csg_2025.txt": r"(?:(\d+)\)|(\d+)\.|([a-z]{1,2})\))(?=\s)",
}


@pytest.mark.parametrize("name", MARKS)
def test_every_number_at_the_start_of_a_line_is_a_provision(name: str, shared: Path) -> None:
    """Counted in the source by a plain pattern: paragraphs, numbers and letters."""
    cut = act(shared, name)
    text = cut.document.text
    body = text[: min(p.span.start for p in cut.provisions if p.kind in {"annex", "closing"})]
    printed = {m.start() for m in re.finditer(rf"^{MARKS[name]}", body, re.M)}
    cut_at = {p.span.start for p in cut.provisions if p.kind not in {"article", "chapter"}}
    assert len(printed) > 250
    assert len(printed & cut_at) >= 0.99 * len(printed)


@pytest.mark.parametrize(
    ("name", "refs"),
    [
        ("de_bsig_2025.md", ["2(20)(c)(aa)", "30(2)(10)", "32(1)(1)", "65(5)(1)", "38(3)"]),
        ("li_csg_2025.txt", ["1(2)(a)(1)(aa)", "4(3)(k)", "Annex 1(1)(a)(1)", "23(1)"]),
        ("fi_124_2025.akn.xml", ["2(1)(22)(a)", "9(2)(12)", "41(2)(7)", "Annex 1(8)(g)"]),
    ],
)
def test_provisions_that_matter_are_there(name: str, refs: list[str], shared: Path) -> None:
    known = {one.ref for one in act(shared, name).provisions}
    assert [ref for ref in refs if ref not in known] == []


@pytest.mark.parametrize("name", MARKS)
def test_what_a_law_cites_in_itself_is_there(name: str, shared: Path) -> None:
    cut = act(shared, name)
    known = {one.ref for one in cut.provisions}
    found = [
        one.article if one.paragraph is None else f"{one.article}({one.paragraph})"
        for provision in cut.provisions
        for one in citations(provision.own.of(cut.document.text), language(cut.language))
        if one.kind == "internal" and one.article is not None
    ]
    missing = [ref for ref in found if ref not in known]
    assert len(found) >= 30 and len(missing) <= 0.1 * len(found), missing


# ----- the Finnish act, whose file holds its structure -----


def _children(element: Any, tag: str) -> list[Any]:
    return [child for child in element if child.tag.endswith(f"}}{tag}")]


def _number(element: Any) -> str | None:
    found = _children(element, "num")
    return "".join(found[0].itertext()).split()[0].rstrip(")") if found else None


def _structure(path: Path) -> Iterator[str]:
    """Read the refs off the elements, with another parser than the reader's."""
    from xml.etree import ElementTree

    for section in ElementTree.parse(path).getroot().iter():
        if not section.tag.endswith("}section"):
            continue
        article = _number(section)
        yield f"{article}"
        for place, paragraph in enumerate(_children(section, "subsection"), start=1):
            yield f"{article}({place})"
            for point in _children(paragraph, "paragraph"):
                # One without a number is text after the list.
                if (number := _number(point)) is not None:
                    yield f"{article}({place})({number})"
                    for inner in _children(point, "subparagraph"):
                        yield f"{article}({place})({number})({_number(inner)})"


def _same(first: set[str], second: set[str]) -> float:
    return len(first & second) / len(first | second)


def test_the_elements_and_the_lines_give_the_same_provisions(shared: Path) -> None:
    name = "fi_124_2025.akn.xml"
    told = list(_structure(shared / "laws" / name))
    found = {one.ref for one in act(shared, name).provisions if one.ref[0].isdigit()}
    assert len(told) == len(set(told)) == 333
    assert _same(set(told), found) >= 0.98


def test_the_act_and_its_text_without_hints_give_the_same_provisions(shared: Path) -> None:
    """The plain text of the act is what its file says, line by line, with nothing beside it."""
    marked = act(shared, "fi_124_2025.akn.xml")
    plain = segment(read(marked.document.text.encode(), name="fi.txt"), language("fi"))
    assert plain.document.hints == () and marked.document.hints
    ours = {(p.ref, p.kind, p.parent, p.heading) for p in marked.provisions}
    theirs = {(p.ref, p.kind, p.parent, p.heading) for p in plain.provisions}
    assert len(ours & theirs) >= 0.98 * len(ours | theirs)


def _norm(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_the_text_that_lost_its_numbers_has_the_same_sections(shared: Path) -> None:
    """``fi_124_2025.txt`` holds no number of a section and no annex; headings and words remain."""
    text = (shared / "laws" / "fi_124_2025.txt").read_text(encoding="utf-8")
    assert re.search(r"^\d+ §", text, re.M) is None
    blocks = [block.strip().split("\n") for block in text.split("\n\n")[1:]]
    blocks = [block[1:] if block[0].startswith("## ") else block for block in blocks]
    articles = act(shared, "fi_124_2025.akn.xml").articles()
    assert [block[0] for block in blocks] == [one.heading for one in articles]
    document = act(shared, "fi_124_2025.akn.xml").document
    kept = total = 0
    for block, one in zip(blocks, articles, strict=True):
        words = _norm(" ".join(block[1:]))
        own = _norm(one.span.of(document.text).split("\n", 2)[2])
        total += len(own)
        kept += sum(min(own.count(word), words.count(word)) for word in set(own))
    assert kept >= 0.98 * total


def test_an_inserted_section_and_a_chapter_without_a_title() -> None:
    text = (
        "1 luku\nYleistä\n1 §\nAlku\nTeksti.\n1 a §\nLisä\nTeksti 2 §:n mukaan.\n2 luku\n"
        "2 §\nLoppu\nTeksti.\n"
    )
    cut = segment(read(text.encode(), name="fi.txt"), language("fi"))
    assert [one.ref for one in cut.articles()] == ["1", "1a", "2"]
    assert [one.heading for one in cut.articles()] == ["Alku", "Lisä", "Loppu"]
    assert sum(one.kind == "chapter" for one in cut.provisions) == 2
    assert faults(replace(cut)) == []
