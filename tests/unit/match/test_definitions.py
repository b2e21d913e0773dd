"""Which clause defines which term: items of a list, and the few definitions outside one."""

from __future__ import annotations

import pytest

from nis2_align.languages import language
from nis2_align.match.definitions import Definitions
from nis2_align.match.terms import TermSpace
from tests.unit.match import lighthouse

# Three terms beside the one that is asked for, so that Article 2 is a list of definitions.
OTHERS = {"tower": "a tall house on a rock", "keeper": "whoever lives there", "oil": "what burns"}


def act(*items: str, after: str = "") -> str:
    """An act whose Article 2 defines some terms, with further words at its end."""
    listed = "".join(f"{number}. {item};\n" for number, item in enumerate(items, 1))
    return (
        "Article 1\n(1) This Act governs what shines.\n(2) The coast is long.\n"
        f"Article 2\nWords\n(1) In this Act:\n{listed}"
        f"Article 3\n(1) Dogs stay outside.\n(2) Ropes are checked.\n{after}"
    )


def listing(*items: str, after: str = "") -> str:
    """The three other terms as items 1 to 3; the items given follow as 4, 5 ..."""
    others = (f"{term} means {meaning}" for term, meaning in OTHERS.items())
    return act(*others, *items, after=after)


def read(text: str, *terms: str, code: str = "en") -> tuple[TermSpace, Definitions]:
    space = lighthouse.space(text, lighthouse.defining(*terms, code=code), code)
    return space, space.definitions


def where(text: str, *terms: str, code: str = "en") -> list[list[str] | None]:
    """For each term the refs of the clauses that define it; None where nothing is said of it."""
    space, found = read(text, *terms, *([] if code != "en" else OTHERS), code=code)
    ref = [held.provision.ref for held in space.clauses.clauses]
    return [
        sorted(ref[i] for i in found.of[row]) if row in found.of else None
        for row in range(len(terms))
    ]


def test_each_term_has_the_item_that_defines_it() -> None:
    text = listing("red lamp means a light seen from the sea", "fog horn means a loud pipe")
    assert where(text, "fog horn", "red lamp", "keeper") == [["2(1)(5)"], ["2(1)(4)"], ["2(1)(2)"]]


@pytest.mark.parametrize(
    "item",
    [
        '"red lamp" means a light seen from the sea',
        "„red lamp“ is a light",
        "«red lamp» is a light",
        "red lamp: a light",
        "red lamp – a light",
        "red lamp — a light",
        "red lamp (beacon) means a light",
        "a red lamp (one that is lit at dusk) means a light",
        "beacon (hereinafter: the red lamp) is a light",
        "beacon or red lamp means a light",
        "the red (or green) lamp means a light",
        'what shines at night, in short "red lamp"',
        "red lamps are lights",
        '"night light" is understood as in the Code of Lamps, and "red lamp" as in the Code of Oil',
        "night light is understood as in the Code of Lamps, and a red lamp is a light",
    ],
)
def test_the_ways_to_define(item: str) -> None:
    assert where(listing(item), "red lamp") == [["2(1)(4)"]]


@pytest.mark.parametrize(
    "item",
    [
        "night light means a red lamp",
        "night light means any light, unless red lamp",
        "red lamp, green lamp, night light",
        "lamp of the red-lamp kind, kept in good repair",
        "light at night. Red lamp is its name",
        "red lamp. It is a light",
        "red lamp; it is a light",
        "red lamp signal means a flash",
        "the red signal lamp is a light",
        "light which shines by night over the rocks and ships and boats and nets and sails and "
        "masts, red lamp, is a fire",
    ],
)
def test_what_defines_another_term_or_none(item: str) -> None:
    assert where(listing(item), "red lamp") == [[]]


def test_one_item_defines_several_terms() -> None:
    text = listing('"red lamp", "green lamp" and "fog horn" have the meaning of the Lamp Code')
    assert where(text, "red lamp", "green lamp", "fog horn") == [["2(1)(4)"]] * 3
    assert where(text, "lamp", "horn") == [[], []]


def test_a_qualified_term_is_not_the_bare_one_nor_the_other_way_round() -> None:
    text = listing("red lamp means a light", "lamp means any light")
    assert where(text, "lamp", "red lamp", "red lamp keeper") == [["2(1)(5)"], ["2(1)(4)"], []]


def test_of_five_words_four_make_the_term_and_of_four_three_do_not() -> None:
    text = listing("coastal tower fire alarm means a bell", "harbour boat rope check means a tug")
    asked = ("loud coastal tower fire alarm", "boat rope check")
    assert where(text, *asked) == [["2(1)(4)"], []]


def test_any_form_of_the_term_will_do() -> None:
    text = listing("night beacon means a light")
    space, found = read(text, ("red lamp", "night beacon"), *OTHERS)
    assert {space.clauses.clauses[i].provision.ref for i in found.of[0]} == {"2(1)(4)"}


def test_further_on_one_word_is_no_term() -> None:
    text = listing("red lamp is a light, and horn is a pipe, a fog horn is a loud one")
    assert where(text, "horn", "fog horn") == [[], ["2(1)(4)"]]


def test_a_definition_goes_on_in_its_parts() -> None:
    text = listing("red lamp means:\n(a) any light;\n(b) any fire", "fog horn means a pipe")
    assert where(text, "red lamp") == [["2(1)(4)", "2(1)(4)(a)", "2(1)(4)(b)"]]
    space, found = read(text, *OTHERS)
    ref = {space.clauses.clauses[i].provision.ref for i in found.items}
    assert {"2(1)(1)", "2(1)(4)", "2(1)(4)(b)"} <= ref
    assert not {"1(1)", "3(1)", "3(2)"} & ref


@pytest.mark.parametrize(
    ("sentence", "defines"),
    [
        ("A fog horn is a pipe that sounds.", True),
        ("The fog horn means a pipe that sounds.", True),
        ("Where ships pass, a fog horn is a pipe.", True),
        # Outside a list a dash, a colon or quotes are not enough, nor is one word.
        ("Fog horn – a pipe that sounds.", False),
        ("Fog horn: a pipe that sounds.", False),
        ('A pipe that sounds has the name "fog horn".', False),
        # Who must do a thing, and of whom it is told, is not defined.
        ("The fog horn is obliged to sound.", False),
        ("A fog horn has to sound.", False),
        ("The fog horn which is loud sounds.", False),
        ("Horn in fog that is loud sounds.", False),
    ],
)
def test_outside_a_list(sentence: str, defines: bool) -> None:
    assert where(listing(after=f"(3) {sentence}\n"), "fog horn") == [["3(3)"] if defines else []]


def test_outside_a_list_one_word_defines_nothing() -> None:
    text = listing("red lamp means a light", after="(3) A horn is a pipe that sounds.\n")
    assert where(text, "horn") == [[]]
    assert where(listing("horn is a pipe"), "horn") == [["2(1)(4)"]]


@pytest.mark.parametrize("there", [2, 3])
def test_three_terms_in_one_article_make_a_list(there: int) -> None:
    terms = list(OTHERS)[:there]
    text = act(*(f"{term} means a thing" for term in terms), "rope is long")
    space, found = read(text, *OTHERS)
    assert bool(found.of) is bool(found.items) is (there == 3)
    assert all(
        found.admits(row, column)
        for row in range(len(OTHERS))
        for column in range(len(space.clauses.clauses))
    ) is (there == 2)


def test_the_terms_of_two_articles_are_no_list() -> None:
    text = act("tower is tall", "oil is black", after="(3) The keeper means a man.\n")
    assert where(text, "tower", "oil", "keeper") == [None, None, None]


def test_only_what_defines_its_term_is_admitted() -> None:
    space, found = read(listing("red lamp means a light"), "red lamp", "fog horn", *OTHERS)
    every = range(len(space.clauses.clauses))
    ref = [held.provision.ref for held in space.clauses.clauses]
    assert [ref[c] for c in every if found.admits(0, c)] == ["2(1)(4)"]
    assert not any(found.admits(1, c) for c in every)


def test_a_requirement_that_is_no_definition_is_left_alone() -> None:
    queries = (*lighthouse.asked(), *lighthouse.defining("red lamp", *OTHERS))
    space = lighthouse.space(listing("red lamp means a light"), queries)
    found = space.definitions
    duties = range(len(lighthouse.asked()))
    assert found.of.keys() == set(range(len(queries))) - set(duties)
    assert all(found.admits(r, c) for r in duties for c in range(len(space.clauses.clauses)))


LISTS = {
    "en": ("Article", "(1) In this Act:", "lighthouse", "red lamp", "keeper", "breakdown"),
    "hr": ("Članak", "(1) U ovome Zakonu:", "svjetionik", "crvena svjetiljka", "čuvar", "kvar"),
    "sr": ("Члан", "(1) У овом закону:", "светионик", "црвена светиљка", "чувар", "квар"),
    "mk": ("Член", "(1) Во овој закон:", "светилник", "црвена светилка", "чувар", "дефект"),
    "sq": ("Neni", "(1) Në këtë ligj:", "far", "llambë e kuqe", "roje", "prishje"),
}
MEANING = {
    "en": "what is told", "hr": "ono rečeno", "sr": "оно речено", "mk": "тоа речено", "sq": "kjo",
}  # fmt: skip
WAYS = [(code, word) for code in LISTS for word in language(code).structure.defining]


@pytest.mark.parametrize(("code", "word"), [*WAYS, ("sq", "do të thotë")])
def test_every_defining_word_of_a_language_defines(code: str, word: str) -> None:
    article, lead_in, *terms = LISTS[code]
    items = "".join(f"{n}. {term} {word} {MEANING[code]};\n" for n, term in enumerate(terms, 1))
    text = f"{article} 1\nX.\n{article} 2\n{lead_in}\n{items}{article} 3\nY.\n"
    assert where(text, *terms, code=code) == [[f"2(1)({n})"] for n in range(1, 5)]


@pytest.mark.parametrize("code", sorted(LISTS))
def test_a_defining_word_is_one_word(code: str) -> None:
    """Words are compared one by one, so a phrase would never be found."""
    assert [word for word in language(code).structure.defining if " " in word] == []
