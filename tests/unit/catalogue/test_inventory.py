"""Nothing of the directive is left out: ids, listed items, rows of the annexes."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from nis2_align.directive import Directive, load_directive
from nis2_align.resources import load_yaml
from tests.conftest import ROOT

_DASH = re.compile(r"(?:^|\s)—\s")
_FOOTNOTE = re.compile(r"\(\s*\d+\s*\)")
_CELL = re.compile(r"<td\b.*?</td>", re.S)
_TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def directive() -> Directive:
    return load_directive()


@pytest.fixture(scope="module")
def inventory() -> dict[str, str]:
    entries = load_yaml(ROOT / "mappings" / "nis2" / "inventory.yaml")
    return {provision: str(carrier) for provision, carrier in entries.items()}


@pytest.fixture(scope="module")
def official(shared: Path) -> list[str]:
    """The ids of all provisions of the articles, in order."""
    entries = json.loads((shared / "directive" / "nis2_en.json").read_text(encoding="utf-8"))
    return [entry["id"] for entry in entries]


def dangling(inventory: dict[str, str], directive: Directive) -> list[str]:
    elements = {e.id for r in directive.requirements.values() for e in r.elements}
    known = directive.requirements.keys() | elements
    return [f"{at}: {carrier}" for at, carrier in inventory.items() if carrier not in known]


def test_every_entry_names_a_requirement_or_an_element(
    inventory: dict[str, str], directive: Directive
) -> None:
    assert len(inventory) >= 535
    assert dangling(inventory, directive) == []
    assert dangling({"21(1)": "21(1)#no_such"}, directive) == ["21(1): 21(1)#no_such"]


def test_every_provision_is_in_the_inventory(
    inventory: dict[str, str], official: list[str]
) -> None:
    assert len(official) == 510
    assert [provision for provision in official if provision not in inventory] == []


def test_the_inventory_invents_nothing(
    inventory: dict[str, str], official: list[str], shared: Path
) -> None:
    annexes = {row["id"] for row in units(shared) if row["id"].startswith("I")}
    assert inventory.keys() - set(official) == annexes


def units(shared: Path) -> list[dict[str, str]]:
    with (shared / "gold" / "units.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_every_labelled_id_is_a_requirement(directive: Directive, shared: Path) -> None:
    ids = [row["id"] for row in units(shared)]
    assert len(ids) == 354
    assert [id_ for id_ in ids if id_ not in directive.requirements] == []


def test_a_carrier_stands_at_or_above_its_provision(inventory: dict[str, str]) -> None:
    """A provision is carried by itself or by what holds it, never by a stranger."""
    strangers = [
        (provision, carrier)
        for provision, carrier in inventory.items()
        if not provision.startswith(carrier.split("#")[0])
    ]
    assert strangers == []


def test_a_list_of_n_items_has_n_elements_or_children(
    directive: Directive, official: list[str]
) -> None:
    items = Counter(id_[: id_.rindex("(")] for id_ in official if id_.endswith(")"))
    assert items["23(4)"] == 5
    short = {
        id_: f"{items[id_]} items, {len(r.elements)} elements, {len(r.children)} children"
        for id_, r in directive.requirements.items()
        if len(r.elements) + len(r.children) < items[id_]
    }
    assert short == {}


def annex_rows(html: str) -> Counter[str]:
    """Row id → number of entity types, read off the tables of the official page."""
    found: Counter[str] = Counter()
    tables = [t for t in re.findall(r"<table\b.*?</table>", html, re.S) if "Subsector" in t[:3000]]
    for annex, table in zip(("I", "II"), tables, strict=True):
        sector = row = ""
        for line in re.findall(r"<tr\b.*?</tr>", table, re.S)[1:]:
            cells = [" ".join(_TAG.sub(" ", cell).split()) for cell in _CELL.findall(line)]
            if _FOOTNOTE.match(cells[0]):
                continue
            for cell in cells[:-1]:
                if number := re.match(r"(\d+)\.", cell):
                    sector = row = f"{annex}({number.group(1)})"
                if letter := re.match(r"\(([a-z])\)", cell):
                    row = f"{sector}({letter.group(1)})"
            found[row] += max(1, len(_DASH.findall(cells[-1])))
    return found


def test_every_row_of_the_annexes_names_all_its_entity_types(
    directive: Directive, shared: Path
) -> None:
    page = shared / "directive" / "32022L2555_en_eurlex.html"
    rows = annex_rows(page.read_text(encoding="utf-8").replace("&nbsp;", " "))
    assert len(rows) >= 30
    assert rows["I(1)(a)"] == 7
    short = {}
    for row, count in rows.items():
        carrier = directive.requirements.get(row) or directive.requirements[row[: row.rindex("(")]]
        if len(carrier.elements) < count:
            short[row] = f"{count} types, {len(carrier.elements)} elements"
    assert short == {}
