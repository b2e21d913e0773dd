"""A directive of the same shape in an invented language, printed in many ways.

Its numbers, lengths and cited acts are those of the directive; its words mean nothing.
"""

from __future__ import annotations

import random
import re
import textwrap
from dataclasses import dataclass, field

from nis2_align.official.marks import ALPHABETS
from nis2_align.official.skeleton import annexes, articles, chapters, measures, order


def syllables(listed: str) -> list[str]:
    return listed.split()


LATIN = syllables("ba ko ri tu me lo sha ven dor gil pas nek ul ost am")
CYRILLIC = syllables("ба ко ри ту ме ло ша вен дор гил пас нек ул ост ам")
GREEK = syllables("βα κο ρι του με λο σα βεν δορ γιλ πας νεκ ουλ οστ αμ")


@dataclass
class Print:
    """How it is printed."""

    article: str = "Bakod {n}"
    annex: str = "LOTU {n}"
    chapter: str = "DORGIL {n}"
    number: str = "{n}."
    letter: str = "({n})"
    roman: str = "({n})"
    alphabet: tuple[str, ...] = ALPHABETS[0]
    syllables: list[str] = field(default_factory=lambda: list(LATIN))
    heading: str = "below"
    cells: bool = True
    annexed: bool = True


def texts(style: Print | None = None) -> dict[str, str]:
    """Id → invented words, about as long as the directive's."""
    style = style or Print()
    rng = random.Random(7)
    made = {}
    holders = {id_[: id_.rindex("(")] for id_ in order() if id_.endswith(")")}
    for id_ in order():
        chapeau = id_ in holders
        item = re.search(r"\([a-z]+\)$", id_) is not None
        end = ":" if chapeau else ";" if item else "."
        made[id_] = sentence(rng, measures().lengths[id_], style, end)
    for article, acts in measures().cites.items():
        holder = next(id_ for id_ in order() if re.split(r"[(#]", id_)[0] == article)
        made[holder] = f"{made[holder][:-1]} (EU) {', '.join(acts)}{made[holder][-1]}"
    return made


def word(rng: random.Random, style: Print) -> str:
    return "".join(rng.choice(style.syllables) for _ in range(rng.randint(1, 4)))


def sentence(rng: random.Random, length: int, style: Print, end: str) -> str:
    length = int(length * rng.uniform(0.85, 1.25))
    words = [word(rng, style).capitalize()]
    while sum(map(len, words)) + len(words) < length:
        words.append(word(rng, style))
    return " ".join(words) + end


def lines(made: dict[str, str], style: Print | None = None) -> list[str]:
    """The text, one line for each provision; table rows have bars."""
    style = style or Print()
    rng = random.Random(3)
    out = [sentence(rng, 90, style, "")]
    out += [f"({n}) {sentence(rng, 300, style, '.')}" for n in range(1, 9)]
    for number, nodes in articles().items():
        if number in chapters():
            out += [style.chapter.format(n=chapters()[number]), title(rng, style).upper()]
        head = style.article.format(n=number)
        name = title(rng, style)
        out += {"below": [head, name], "above": [name, head], "beside": [f"{head} {name}"]}[
            style.heading
        ]
        for node in nodes:
            if node.id in made:
                out.append(f"{mark(node, style)}{made[node.id]}")
    out += [sentence(rng, 40, style, "."), title(rng, style)]
    if style.annexed:
        for name in annexes():
            out += [style.annex.format(n=name), title(rng, style).upper(), *rows(name, made, style)]
        out += [style.annex.format(n="III"), "Bakod 5 | Bakod 6", "Bakod 7 | Bakod 8"]
    return out


def title(rng: random.Random, style: Print) -> str:
    return sentence(rng, 40, style, "")


def mark(node, style: Print) -> str:
    if node.kind == "number":
        return style.number.format(n=node.value) + " "
    if node.kind == "letter":
        return style.letter.format(n=style.alphabet[node.value - 1]) + " "
    if node.kind == "roman":
        return style.roman.format(n=["i", "ii", "iii", "iv", "v"][node.value - 1]) + " "
    return ""


def rows(name: str, made: dict[str, str], style: Print) -> list[str]:
    out = ["Ba | Ko | Ri" if style.cells else "Ba"]
    sector = ""
    for node in annexes()[name]:
        if node.kind == "number":
            sector = f"{node.value}. Sector{node.value}"
        if node.id not in made:
            continue
        sub = f"({style.alphabet[node.value - 1]}) Sub" if node.kind == "letter" else ""
        if style.cells:
            out.append(f"{sector} | {sub} | – {made[node.id]}")
            out.append(f"| | – {made[node.id][::2]}")
        else:
            out += [cell for cell in (sector, sub, f"– {made[node.id]}") if cell]
        sector = ""
    return [line for line in out if line]


def wrapped(listed: list[str], width: int) -> list[str]:
    """The lines set to a width, as text files are."""
    return [part for line in listed for part in textwrap.wrap(line, width) or [""]]
