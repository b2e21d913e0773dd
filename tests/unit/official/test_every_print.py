"""An invented directive, printed as languages and publishers print, is read whole."""

import random
import re

import pytest

from nis2_align.official import issues, official_of
from nis2_align.official.marks import ALPHABETS
from nis2_align.official.skeleton import order
from nis2_align.read import read
from tests.unit.official.formats import as_docx, as_html, as_pdf, as_text
from tests.unit.official.invented import CYRILLIC, GREEK, Print, lines, texts, wrapped

_, GAJICA, _, ALBANIAN, _, AZBUKA, MACEDONIAN, BULGARIAN, GREEK_NUMBERS, _ = ALPHABETS
PRINTS = {
    "numbers and brackets": Print(),
    "brackets and one bracket": Print(number="({n})", letter="{n})", roman="{n})"),
    "headings above": Print(heading="above"),
    "headings beside": Print(heading="beside"),
    "number before the word": Print(article="{n} artikla", annex="{n} LIITE", chapter="{n} LUKU"),
    "number with a stop before": Print(
        article="{n}. cikk", annex="{n}. MELLÉKLET", chapter="{n}. FEJEZET"
    ),
    "azbuka": Print(article="Члан {n}.", annex="ПРИЛОГ {n}", alphabet=AZBUKA, syllables=CYRILLIC),
    "Macedonian": Print(
        article="Член {n}", annex="АНЕКС {n}", alphabet=MACEDONIAN, syllables=CYRILLIC,
        letter="{n})",
    ),
    "Bulgarian, headings above": Print(
        article="Член {n}", annex="ПРИЛОЖЕНИЕ {n}", alphabet=BULGARIAN, syllables=CYRILLIC,
        heading="above",
    ),
    "Greek": Print(
        article="Άρθρο {n}", annex="ΠΑΡΑΡΤΗΜΑ {n}", chapter="ΚΕΦΑΛΑΙΟ {n}",
        alphabet=GREEK_NUMBERS, syllables=GREEK, letter="{n})",
    ),
    "Albanian": Print(article="Neni {n}", annex="ANEKSI {n}", alphabet=ALBANIAN, letter="{n})"),
    "gajica": Print(article="Članak {n}.", annex="PRILOG {n}.", alphabet=GAJICA),
    "chapters by words": Print(chapter="DRUGO POGLAVLJE"),
    "annexes without a table": Print(cells=False),
}  # fmt: skip
MADE = texts()


def flat(text):
    return " ".join((text or "").split())


def wrong(official, made):
    """Ids whose text is not the one printed; of an annex row, whose text does not hold it."""
    return [
        id_
        for id_, text in made.items()
        if (
            flat(text) not in flat(official.texts.get(id_))
            if id_.startswith("I")
            else flat(text) != flat(official.texts.get(id_))
        )
    ]


def of(listed, name="directive.txt"):
    return official_of(read(as_text(listed), name=name))


@pytest.mark.parametrize("name", PRINTS)
@pytest.mark.parametrize("width", [None, 72])
def test_every_print_is_read_whole(name, width):
    made = texts(PRINTS[name])
    printed = lines(made, PRINTS[name])
    official = of(wrapped(printed, width) if width else printed)
    assert wrong(official, made) == []
    assert official.missing == ()
    assert issues(official) == ()


@pytest.mark.parametrize(
    ("made_as", "name"),
    [(as_docx, "nis2.docx"), (as_html, "nis2.html"), (as_pdf, "nis2.pdf")],
)
def test_every_format_is_read_whole(made_as, name):
    official = official_of(read(made_as(lines(MADE)), name=name))
    assert wrong(official, MADE) == []
    assert (official.name, official.missing) == (name, ())


def test_a_row_of_an_annex_names_sector_subsector_and_kinds_of_entity():
    official = of(lines(MADE))
    text = official.texts["I(1)(b)"].split("\n")
    assert text[0] == "Sector1 – Sub"
    assert text[1] == f"– {MADE['I(1)(b)']}"
    assert len(text) == 3
    assert official.texts["I(3)"].split("\n")[0] == "Sector3"


def test_lost_numbers_are_told_by_counting_or_not_at_all():
    bare = [re.sub(r"^(?:\d+\.|\([a-z]+\)) ", "", line) for line in lines(MADE)]
    whole = of(bare)
    body = {id_: text for id_, text in MADE.items() if not id_.startswith("I")}
    assert wrong(whole, body) == []
    short = of([line for line in bare if line != MADE["21(2)(c)"]])
    assert not [id_ for id_ in short.texts if re.match(r"21\b", id_)]
    assert "21(2)(a)" in short.missing


@pytest.mark.parametrize("share", [0.02, 0.05])
def test_what_is_left_out_is_missing_and_the_rest_is_right(share):
    rng = random.Random(5)
    kept = {
        id_: text for id_, text in MADE.items() if "#" in id_ or "I" in id_ or rng.random() > share
    }
    official = of(lines(kept))
    assert set(official.missing) == MADE.keys() - kept.keys() != set()
    assert wrong(official, kept) == []
    (note,) = issues(official)
    assert note.code == "official_text_missing"
    assert f"{len(official.missing)} of {len(order())}" in note.message
    assert official.missing[0] in note.message


def test_misprinted_numbers_spoil_nothing():
    rng = random.Random(2)
    printed = [
        f"{int(found.group(1)) + rng.choice([-1, 1])}. {line[found.end() :]}"
        if (found := re.match(r"(\d+)\. ", line)) and rng.random() < 0.1
        else line
        for line in lines(MADE)
    ]
    assert printed != lines(MADE)
    assert wrong(of(printed), {k: v for k, v in MADE.items() if k[0] != "I"}) == []


def test_points_that_share_a_line_are_told_apart():
    printed: list[str] = []
    for line in lines(MADE):
        if printed and re.match(r"\([a-z]+\) ", line) and printed[-1][-1] in ";:":
            printed[-1] += f" {line}"
        else:
            printed.append(line)
    assert len(printed) < len(lines(MADE)) - 150
    assert wrong(of(printed), MADE) == []


def test_a_subparagraph_that_shares_a_line_is_said_to_stand_there():
    printed: list[str] = []
    for line in lines(MADE):
        if line in (MADE["21(5)#sub2"], MADE["21(5)#sub3"], MADE["3(4)#sub3"]):
            printed[-1] += f" {line}"
        else:
            printed.append(line)
    official = of(printed)
    assert official.missing == ("3(4)#sub3", "21(5)#sub2", "21(5)#sub3")
    assert official.within == {
        "3(4)#sub3": "3(4)#sub2", "21(5)#sub2": "21(5)", "21(5)#sub3": "21(5)"
    }  # fmt: skip
    assert official.texts["21(5)#sub4"] == MADE["21(5)#sub4"]
    assert official.texts["3(4)#sub4"] == MADE["3(4)#sub4"]
    assert "3(4)#sub3 (3(4)#sub2)" in issues(official)[0].message


def test_contents_footnotes_and_page_numbers_are_left_out():
    rng = random.Random(4)
    printed = [f"Bakod {n} Titlo nek" for n in range(1, 47)]
    for line in lines(MADE):
        printed.append(line)
        if re.match(r"\d+\. ", line) and rng.random() < 0.1:
            printed += [f"({rng.randint(60, 90)}) Dorgil ven (OJ L 1, p. 2).", "– 12 –"]
    assert len(printed) > len(lines(MADE)) + 60
    assert wrong(of(printed), MADE) == []


def test_a_part_of_the_directive_is_read_too():
    printed = lines(MADE)
    some = printed[printed.index("Bakod 20") : printed.index("Bakod 26")]
    official = of(some)
    kept = {id_: text for id_, text in MADE.items() if re.match(r"2[0-5]\b", id_)}
    assert wrong(official, kept) == []
    assert official.texts.keys() == kept.keys()
