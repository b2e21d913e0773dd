"""Invented acts that transpose together: a law and a by-law, in two languages, in our own words.

The by-law alone holds what ``FILLED`` names; the rest of both is there so that scores, which are
relative to the acts, rest on enough clauses.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nis2_align.dossier import Entry
from nis2_align.model import Assessment, Result
from nis2_align.pipeline import run_documents
from nis2_align.read import read
from tests.unit.pipeline.mini_laws import LAWS

_MEASURES = {
    "en": (
        "(1) Operators shall put in place at least the following measures:\n"
        "(a) risk analysis and an information security policy;\n"
        "(b) incident handling;\n"
        "(c) business continuity, with backup copies, recovery after a disaster and crisis "
        "management;\n"
        "(d) cyber hygiene and training in cybersecurity;\n"
        "(e) rules on cryptography and encryption;\n"
        "(f) multi-factor authentication, secured voice and video calls, and secured emergency "
        "communication inside the operator.\n"
    ),
    "sr": (
        "(1) Operatori su dužni da uvedu najmanje sledeće mere:\n"
        "1) analizu rizika i politiku bezbednosti informacionih sistema;\n"
        "2) postupanje sa incidentima;\n"
        "3) kontinuitet poslovanja, sa rezervnim kopijama, oporavkom od havarije i upravljanjem "
        "krizama;\n"
        "4) sajber higijenu i obuku o sajber bezbednosti;\n"
        "5) pravila o kriptografiji i enkripciji;\n"
        "6) višefaktorsku autentifikaciju, zaštićenu glasovnu i video komunikaciju i zaštićene "
        "sisteme za komunikaciju u vanrednim situacijama.\n"
    ),
}
_LEFT = {
    "en": "(1) The Minister shall prescribe by rulebook the measures that operators take.\n",
    "sr": "(1) Ministar pravilnikom propisuje mere koje operatori uvode.\n",
}
# A by-law with the measures and further articles on other things.
_AROUND = {
    "en": (
        "RULEBOOK ON MEASURES OF ISLANDIA\nArticle 1\nSubject\n(1) This rulebook lays down the "
        "measures of Article 4 of the Act.\n(2) Words mean here what they mean in the Act.\n"
        "Article 2\nMeasures\n",
        (
            ("Lamps", "The lamps of the tower are lit at dusk.", "Oil is kept in the cellar."),
            ("Boats", "Boats are tarred in April.", "Sails dry on the meadow."),
            ("Bees", "Hives stand away from the road.", "Honey is weighed by two people."),
            ("Roofs", "Slate is laid before the frost.", "Gutters lead to the well."),
            ("Bread", "Ovens are swept on Mondays.", "Loaves bear the mark of the baker."),
            ("Bells", "The large bell rings at noon.", "The small bell rings for school."),
            ("Sheep", "Flocks move uphill in June.", "Wool is sorted by colour."),
            ("Entry into force", "This rulebook takes effect in winter.", "It hangs at the gate."),
        ),
    ),
    "sr": (
        "PRAVILNIK O MERAMA OSTRVA\nČlan 1.\nPredmet\n(1) Ovim pravilnikom uređuju se mere iz "
        "člana 4. zakona.\n(2) Reči ovde znače što i u zakonu.\nČlan 2.\nMere\n",
        (
            ("Lampe", "Lampe na kuli pale se u sumrak.", "Ulje se čuva u podrumu."),
            ("Čamci", "Čamci se katrane u aprilu.", "Jedra se suše na livadi."),
            ("Pčele", "Košnice stoje dalje od puta.", "Med mere dva čoveka."),
            ("Krovovi", "Škriljac se polaže pre mraza.", "Oluci vode u bunar."),
            ("Hleb", "Peći se čiste ponedeljkom.", "Vekne nose znak pekara."),
            ("Zvona", "Veliko zvono zvoni u podne.", "Malo zvono zvoni za školu."),
            ("Ovce", "Stada idu uzbrdo u junu.", "Vuna se deli po boji."),
            ("Stupanje na snagu", "Ovaj pravilnik važi od zime.", "On visi na kapiji."),
        ),
    ),
}
_ARTICLE = {"en": "Article {}", "sr": "Član {}."}
# What the by-law's list of measures transposes, and nothing else does.
FILLED = frozenset({"21(2)(a)", "21(2)(b)", "21(2)(c)", "21(2)(g)", "21(2)(h)", "21(2)(j)"})


def whole(code: str) -> str:
    """The law that says it all itself."""
    return LAWS[code]


def law(code: str) -> str:
    """The law that leaves the measures to a by-law."""
    text = LAWS[code]
    if text.count(_MEASURES[code]) != 1:
        raise AssertionError("the measures do not stand in the law")
    return text.replace(_MEASURES[code], _LEFT[code])


def bylaw(code: str) -> str:
    """The by-law with the measures."""
    head, others = _AROUND[code]
    articles = (
        f"{_ARTICLE[code].format(number)}\n{heading}\n(1) {first}\n(2) {second}\n"
        for number, (heading, first, second) in enumerate(others, 3)
    )
    return head + _MEASURES[code] + "".join(articles)


@cache
def dossier(
    *acts: tuple[str, str], said: tuple[tuple[str, ...], ...] = (), language: str | None = None
) -> Result:
    """Analyse ``(name, text)`` acts; ``said`` has for each its jurisdiction and planned date."""
    documents = [read(text.encode(), name=name) for name, text in acts]
    told = [(*one, "", "")[:2] for one in said] or [("", "")] * len(acts)
    entries = [
        Entry(path=Path(name), title=name.upper(), jurisdiction=place or None, planned=due or None)
        for (name, _), (place, due) in zip(acts, told, strict=True)
    ]
    return run_documents(documents, language, words="en", entries=entries)


def by_id(result: Result) -> dict[str, Assessment]:
    """Requirement id → assessment."""
    return {one.requirement: one for one in result.assessments}


def coverages(result: Result) -> dict[str, str]:
    """Requirement id → coverage."""
    return {one.requirement: str(one.coverage) for one in result.assessments}


def changed(before: Result, after: Result) -> dict[str, tuple[str, str]]:
    """Requirement id → coverage before and after, where it changed."""
    first, second = coverages(before), coverages(after)
    return {id_: (first[id_], second[id_]) for id_ in first if first[id_] != second[id_]}
