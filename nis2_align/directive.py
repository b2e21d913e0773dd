"""The catalogue: the directive's requirements, and what each says in each language.

``mappings/nis2/requirements/`` is language-neutral, ``mappings/nis2/statements/LANG/`` holds
our own sentences. Both are validated strictly: all faults come in one report, because a
catalogue that is silently incomplete would grade a law wrongly.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from nis2_align.errors import CatalogueError
from nis2_align.model import DutyKind
from nis2_align.resources import load_yaml, mappings_dir

__all__ = [
    "CELEX",
    "Directive",
    "ElementSpec",
    "Figure",
    "Requirement",
    "Statements",
    "element_name",
    "load_directive",
    "load_statements",
]

CELEX = "32022L2555"

_ID = re.compile(r"^(Annex )?(I{1,3}|\d+)((\(\w+\))*)(#sub\d+)?$")
_REQUIREMENT_KEYS = {"heading", "duty", "modality", "chapeau", "addressee", "elements"}
_ELEMENT_KEYS = {"kind", "role", "figure", "covers"}
_STATEMENT_KEYS = {"headings", "says", "also", "elements", "delegated", "defines"}
KINDS = (
    "duty", "power", "actor", "measure", "content", "deadline", "frequency", "amount", "timing",
    "condition", "safeguard", "criterion", "term", "scope", "entity_type", "cooperation",
)  # fmt: skip
UNITS = ("hour", "day", "working_day", "week", "month", "year", "EUR", "percent", "staff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A bound that the directive sets; ``at_most`` 24 hours: 12 is stricter, 48 weaker."""

    direction: Literal["at_most", "at_least"]
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.value:,.10g} {self.unit}".replace(",", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementSpec:
    """One checkable part of a requirement; ``core``: without it the job is not done at all."""

    id: str
    kind: str
    core: bool
    figure: Figure | None = None
    covers: str | None = None

    @property
    def name(self) -> str:
        """The part of the id after the number sign."""
        return self.id.rsplit("#", 1)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One provision of the directive that can be checked on its own.

    Attributes:
        id: The directive's own numbering, e.g. ``21(2)(j)``, ``I(1)(a)``.
        heading: A few words of ours, in English.
        duty: What it asks of national law.
        modality: ``duty``; ``power`` where "may" in national law is no weakness; ``fact`` for
            definitions, criteria and list rows, which carry no deontic force.
        chapeau: It only introduces a list, whose grades make its own.
        addressee: Glossary concepts of those whom it binds.
        elements: Its elements, in the order of the file.
        parent: Id of the requirement that holds it, or None.
        children: Ids of the requirements directly below it.
    """

    id: str
    heading: str
    duty: DutyKind
    modality: Literal["duty", "power", "fact"]
    chapeau: bool
    addressee: tuple[str, ...]
    elements: tuple[ElementSpec, ...]
    parent: str | None
    children: tuple[str, ...]

    @property
    def article(self) -> str:
        """``21`` for Article 21, ``Annex I`` for an annex row."""
        head = self.id.split("(")[0].split("#")[0].removeprefix("Annex ")
        return head if head.isdigit() else f"Annex {head}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What the requirements say in one language.

    Attributes:
        language: Code of the language pack.
        headings: Article (``21``, ``Annex I``) or requirement id → how a law may title it.
        says: Requirement id → whole sentences.
        elements: Element id → short phrasings.
        delegated: Requirement id → how a law names the subject when it leaves it to a by-law; it
            holds for the requirement's children too.
        defines: Requirement id → the term that it defines, in the forms a law may give it.
    """

    language: str
    headings: Mapping[str, tuple[str, ...]]
    says: Mapping[str, tuple[str, ...]]
    elements: Mapping[str, tuple[str, ...]]
    delegated: Mapping[str, tuple[str, ...]]
    defines: Mapping[str, tuple[str, ...]]

    def label(self, element: str) -> str:
        """Return an element's name for people: its first phrasing, else its id in words."""
        return next(iter(self.elements.get(element, ())), None) or element_name(element)


def element_name(element: str) -> str:
    """Return the words of an element's id.

    Args:
        element: Its id, e.g. ``21(2)(j)#secured_voice`` or ``23(4)#sub2_trust_services``.

    Returns:
        ``secured voice``, ``trust services``: the number of an unnumbered subparagraph
        orders the catalogue and says nothing to a reader.
    """
    name = element.rpartition("#")[2]
    return re.sub(r"^sub\d+_(?=.)", "", name).replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """The catalogue; iterate over ``requirements.values()`` in the directive's order."""

    requirements: Mapping[str, Requirement]
    version: str


@cache
def load_directive() -> Directive:
    """Load and validate the language-neutral catalogue.

    Returns:
        The catalogue in the directive's order (articles, then annexes).

    Raises:
        CatalogueError: Any fault; the message lists them all.
    """
    raw, faults = _merge(sorted((mappings_dir() / "nis2" / "requirements").glob("*.yaml")))
    faults += [fault for id_, entry in raw.items() for fault in _requirement_faults(id_, entry)]
    _raise_if(faults, "The catalogue of requirements")
    ids = sorted(raw, key=_order)
    built = {id_: _build_requirement(id_, raw[id_], ids) for id_ in ids}
    return Directive(requirements=MappingProxyType(built), version=_version())


@cache
def load_statements(language: str) -> Statements:
    """Load the statements of one language, with what it inherits from its bases.

    Args:
        language: Code of a language pack.

    Returns:
        The statements; empty for a language that has none yet.

    Raises:
        CatalogueError: Unknown ids, elements, keys or dropped phrases; all in one report.
    """
    folder = mappings_dir() / "nis2" / "statements" / language
    overlay = load_yaml(folder / "_language.yaml") if (folder / "_language.yaml").exists() else {}
    raw, faults = _merge(sorted(folder.glob("[!_]*.yaml")))
    known = load_directive().requirements
    for id_, entry in raw.items():
        faults += _statement_faults(id_, entry, known)
    _raise_if(faults, f"The catalogue of statements in {language!r}")
    bases = [load_statements(str(base)) for base in cast("list[str]", overlay.get("base", []))]
    terms = {str(k): str(v) for k, v in cast("dict[str, str]", overlay.get("terms", {})).items()}
    return _inherit(language, raw, bases, terms)


def _order(id_: str) -> tuple[int, int, list[tuple[int, str]]]:
    head = id_.split("(")[0].split("#")[0].removeprefix("Annex ")
    annex = not head.isdigit()
    number = len(head) if annex else int(head)
    parts = re.findall(r"\((\w+)\)|#sub(\d+)", id_)
    tail = [
        (int(plain or sub), "") if (plain or sub).isdigit() else (0, plain) for plain, sub in parts
    ]
    return (int(annex), number, tail)


def _merge(paths: Iterable[Path]) -> tuple[dict[str, dict[str, object]], list[str]]:
    merged: dict[str, dict[str, object]] = {}
    faults: list[str] = []
    for path in paths:
        for id_, entry in load_yaml(path).items():
            if id_ in merged:
                faults.append(f"{id_} stands in two files, the second is {path.name}")
            if not isinstance(entry, dict):
                faults.append(f"{id_} in {path.name} is not a mapping")
                continue
            merged[id_] = entry
    return merged, faults


def _requirement_faults(id_: str, entry: Mapping[str, object]) -> list[str]:
    faults = [f"{id_}: unknown key {key!r}" for key in entry.keys() - _REQUIREMENT_KEYS]
    if not _ID.match(id_):
        faults.append(f"{id_!r} is not an id of the directive")
    if not entry.get("heading"):
        faults.append(f"{id_}: no heading")
    if entry.get("duty") not in {"must", "option", "none"}:
        faults.append(f"{id_}: duty must be must, option or none")
    if entry.get("modality", "duty") not in {"duty", "power", "fact"}:
        faults.append(f"{id_}: modality must be duty, power or fact")
    elements = cast("dict[str, dict[str, object]]", entry.get("elements") or {})
    for name, element in elements.items():
        faults += _element_faults(f"{id_}#{name}", element)
    without_core = not any(element.get("role") == "core" for element in elements.values())
    if elements and without_core and not entry.get("chapeau"):
        faults.append(f"{id_}: no element is core")
    return faults


def _element_faults(id_: str, element: Mapping[str, object]) -> list[str]:
    faults = [f"{id_}: unknown key {key!r}" for key in element.keys() - _ELEMENT_KEYS]
    if element.get("kind") not in KINDS:
        faults.append(f"{id_}: unknown kind {element.get('kind')!r}")
    if element.get("role", "detail") not in {"core", "detail"}:
        faults.append(f"{id_}: role must be core or detail")
    figure = cast("dict[str, object] | None", element.get("figure"))
    if figure is not None:
        bounds = figure.keys() & {"at_most", "at_least"}
        if len(bounds) != 1 or figure.keys() - bounds != {"unit"} or figure["unit"] not in UNITS:
            faults.append(f"{id_}: a figure has at_most or at_least, and a known unit")
    return faults


def _statement_faults(
    id_: str, entry: Mapping[str, object], known: Mapping[str, Requirement]
) -> list[str]:
    faults = [f"{id_}: unknown key {key!r}" for key in entry.keys() - _STATEMENT_KEYS]
    if id_ not in known:
        articles = {requirement.article for requirement in known.values()}
        if id_ not in articles:
            faults.append(f"{id_}: no such requirement")
        elif set(entry) != {"headings"}:
            faults.append(f"{id_}: an article holds headings only")
        return faults
    names = {element.name for element in known[id_].elements}
    elements = cast("dict[str, object]", entry.get("elements") or {})
    faults += [f"{id_}#{name}: no such element" for name in elements.keys() - names]
    return faults


def _raise_if(faults: list[str], what: str) -> None:
    if faults:
        raise CatalogueError(f"{what} has faults: {'; '.join(faults)}.", "Mend the files named.")


def _build_requirement(id_: str, entry: Mapping[str, object], ids: list[str]) -> Requirement:
    elements = cast("dict[str, dict[str, object]]", entry.get("elements") or {})
    parent = id_[: id_.rindex("(")] if id_.endswith(")") else id_.split("#")[0]
    return Requirement(
        id=id_,
        heading=str(entry["heading"]),
        duty=DutyKind(str(entry["duty"])),
        modality=cast("Literal['duty', 'power', 'fact']", entry.get("modality", "duty")),
        chapeau=bool(entry.get("chapeau", False)),
        addressee=tuple(cast("list[str]", entry.get("addressee") or [])),
        elements=tuple(_build_element(id_, name, spec) for name, spec in elements.items()),
        parent=parent if parent in ids and parent != id_ else None,
        children=tuple(i for i in ids if i.endswith(")") and i[: i.rindex("(")] == id_),
    )


def _build_element(id_: str, name: str, spec: Mapping[str, object]) -> ElementSpec:
    figure = cast("dict[str, object] | None", spec.get("figure"))
    built = None
    if figure is not None:
        direction: Literal["at_most", "at_least"] = "at_most" if "at_most" in figure else "at_least"
        value = float(cast("float", figure[direction]))
        built = Figure(direction=direction, value=value, unit=str(figure["unit"]))
    return ElementSpec(
        id=f"{id_}#{name}",
        kind=str(spec["kind"]),
        core=spec.get("role") == "core",
        figure=built,
        covers=cast("str | None", spec.get("covers")),
    )


def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted((mappings_dir() / "nis2").rglob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _inherit(
    language: str,
    raw: Mapping[str, Mapping[str, object]],
    bases: list[Statements],
    terms: Mapping[str, str],
) -> Statements:
    says: dict[str, tuple[str, ...]] = {}
    elements: dict[str, tuple[str, ...]] = {}
    for base in reversed(bases):
        held = {id_ for id_ in says if id_ in base.says}
        elements = {e: p for e, p in elements.items() if e.rsplit("#", 1)[0] not in held}
        says |= {id_: _replaced(texts, terms) for id_, texts in base.says.items()}
        elements |= {id_: _replaced(texts, terms) for id_, texts in base.elements.items()}
    for id_, entry in raw.items():
        if "says" in entry:
            says[id_] = _texts(entry["says"])
        says[id_] = says.get(id_, ()) + _texts(entry.get("also"))
        for name, spec in cast("dict[str, object]", entry.get("elements") or {}).items():
            element = f"{id_}#{name}"
            elements[element] = _phrasings(element, spec, elements.get(element, ()))
    return Statements(
        language=language,
        headings=_own_or_inherited("headings", raw, [base.headings for base in bases], {}),
        says=MappingProxyType({id_: texts for id_, texts in says.items() if texts}),
        elements=MappingProxyType(elements),
        delegated=_own_or_inherited("delegated", raw, [b.delegated for b in bases], terms),
        defines=_own_or_inherited("defines", raw, [b.defines for b in bases], terms),
    )


def _own_or_inherited(
    key: str,
    raw: Mapping[str, Mapping[str, object]],
    inherited: Sequence[Mapping[str, tuple[str, ...]]],
    terms: Mapping[str, str],
) -> Mapping[str, tuple[str, ...]]:
    """Return what each requirement has under ``key``: its own, else the first base's."""
    found: dict[str, tuple[str, ...]] = {}
    for base in reversed(inherited):
        found |= {id_: _replaced(texts, terms) for id_, texts in base.items()}
    found |= {id_: _texts(entry[key]) for id_, entry in raw.items() if key in entry}
    return MappingProxyType(found)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(text) for text in cast("list[object]", value or []))


def _phrasings(id_: str, spec: object, inherited: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(spec, list):
        return _texts(spec)
    parts = cast("dict[str, object]", spec)
    dropped = set(_texts(parts.get("drop")))
    if dropped - set(inherited):
        raise CatalogueError(
            f"{id_} drops phrases that its base does not hold: {', '.join(dropped)}.",
            "Copy the phrase exactly.",
        )
    start = _texts(parts["says"]) if "says" in parts else inherited
    return tuple(text for text in start if text not in dropped) + _texts(parts.get("also"))


def _replaced(texts: tuple[str, ...], terms: Mapping[str, str]) -> tuple[str, ...]:
    if not terms:
        return texts
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, terms)) + r")\b")
    return tuple(pattern.sub(lambda m: terms[m.group(1)], text) for text in texts)
