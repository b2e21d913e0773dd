"""Each language knows the terms that the directive defines, and the words that define one."""

from __future__ import annotations

from itertools import combinations

import pytest

from nis2_align.directive import load_directive, load_statements
from nis2_align.languages import language, language_codes
from nis2_align.match.definitions import definitions
from nis2_align.match.queries import queries
from nis2_align.text.analyse import analyser
from tests.conftest import ROOT
from tests.unit.match import lighthouse

STATED = sorted(
    path.name for path in (ROOT / "mappings" / "nis2" / "statements").iterdir() if path.is_dir()
)
DEFINITIONS = [id_ for id_ in load_directive().requirements if id_.startswith("6(")]


def test_the_directive_defines_forty_one_terms() -> None:
    assert [f"6({number})" for number in range(1, 42)] == DEFINITIONS
    assert {"en", "hr", "mk", "sq", "sr"} <= set(STATED)


@pytest.mark.parametrize("code", STATED)
def test_every_definition_has_its_term(code: str) -> None:
    english = load_statements("en").defines
    assert english.keys() == set(DEFINITIONS)
    assert [id_ for id_ in english if not load_statements(code).defines.get(id_)] == []
    assert load_statements(code).defines.keys() == english.keys(), "and nothing else has one"


def test_an_element_that_is_a_term_is_of_a_definition() -> None:
    """It is met where the term is defined, so without ``defines`` it never would be."""
    terms = [
        requirement.id
        for requirement in load_directive().requirements.values()
        for element in requirement.elements
        if element.kind == "term"
    ]
    assert len(terms) > 35
    assert set(terms) <= set(DEFINITIONS)


@pytest.mark.parametrize("code", STATED)
def test_no_two_definitions_have_the_same_term(code: str) -> None:
    """As the matching compares terms: by four fifths of their words."""
    held = {q.requirement.id: q.defines for q in queries(code) if q.defines}
    assert all(all(terms) for terms in held.values()), "a term of stop words alone"
    alike = [
        (one, other, sorted(a), sorted(b))
        for one, other in combinations(held, 2)
        for a in held[one]
        for b in held[other]
        if len(a & b) >= 0.8 * len(a | b)
    ]
    assert alike == []


@pytest.mark.parametrize("code", language_codes())
def test_every_pack_has_words_that_define(code: str) -> None:
    words = language(code).structure.defining
    assert len(words) >= 3
    assert len(set(words)) == len(words)
    # They are compared with one word of the text each, in small letters.
    for word in words:
        tokens = [token.lower for token in analyser(code).analyse(word).tokens]
        assert tokens == [word]


@pytest.mark.parametrize("code", STATED)
def test_a_list_of_all_terms_is_read_as_one(code: str) -> None:
    """Each term, defined by the first defining word of its language, has the item that does it."""
    pack, terms = language(code), load_statements(code).defines
    word = pack.structure.defining[0]
    items = [f"{number}. {forms[0]} {word} xyz;" for number, forms in enumerate(terms.values(), 1)]
    head = pack.structure.article[0].capitalize()
    text = "\n".join([f"{head} 1", "Xyz.", f"{head} 2", "(1) Xyz:", *items, f"{head} 3", "Xyz."])
    asked = [query for query in queries(code) if query.defines]
    held = lighthouse.clauses(text, code)
    found = definitions(held, asked)
    for row, own in found.of.items():
        refs = {held.clauses[c].provision.ref for c in own}
        # "and" tells terms apart, so what secures networks and systems seems to define the latter.
        beside = {"2(1)(2)"} if asked[row].requirement.id == "6(1)" else set()
        assert refs - beside == {f"2(1)({row + 1})"}, asked[row].requirement.id
    assert len(found.of) == len(terms)
