"""The page on the method: its worked examples still hold, and its names exist.

After a new fit the figures move: ``NIS2_ALIGN_GOLDEN=write`` lays the outputs of today into the
page. What must not move unread is the verdict, which is named by each example's heading.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from nis2_align import Alignment, align
from nis2_align.model import Coverage

SAMPLE = "corpus/samples/valdoria_draft.pdf"
EXAMPLE = re.compile(
    rf'^### (\w+): [^\n]+\n(.*?)^```console\n\$ nis2-align explain {SAMPLE} "(.+?)"\n(.*?)^```$',
    re.M | re.S,
)
NUMBER = re.compile(r"[+-]?\d+\.\d{2,4}\b")
# A signal and its reason; the lines of the sum and of the score are none.
BAR = re.compile(r"^( {4} *[+-]\d\.\d{4})  (\w+) {2,}(?=\S)", re.M)
# Figures of two machines may differ in the last digits; a new fit moves them by more.
TOLERANCE = 0.02
SHOWN_BARS = 3
WIDTH = 118


@pytest.fixture(scope="module")
def page(repo_root: Path) -> str:
    return (repo_root / "docs" / "method.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def valdoria(repo_root: Path) -> Alignment:
    return align(repo_root / SAMPLE)


def shortened(told: str) -> str:
    """What the page shows of an explanation: the nearest clause, its largest signals, the rest."""
    sections = told.rstrip().split("\n\n")
    head, accepted, *others = sections
    found_none = len(accepted.splitlines()) == 2
    ranked = [others.pop()] if any(map(BAR.match, others[-1].splitlines())) else []
    shown = [head, "\n".join(_first_clause(accepted)), *others]
    shown += ["\n".join(_first_clause(part)) for part in ranked if found_none]
    # One width of the names, whichever signals happen to be there.
    padded = (BAR.sub(lambda m: f"{m[1]}  {m[2]:<12}", part) for part in shown)
    lines = "\n\n".join(padded).splitlines()
    cut = [line if len(line) <= WIDTH else line[:WIDTH].rstrip() + "…" for line in lines]
    return "".join(f"{line}\n" for line in cut)


def _first_clause(section: str) -> Iterator[str]:
    """The title of a section and its first clause, with the largest bars only."""
    title, *lines = section.splitlines()
    yield title
    clauses = bars = 0
    for line in lines:
        clauses += line.startswith("  ") and not line.startswith("   ")
        if clauses > 1:
            yield "  …"
            return
        is_bar = BAR.match(line) is not None
        bars += is_bar
        if not is_bar or bars <= SHOWN_BARS:
            yield line
        elif bars == SHOWN_BARS + 1:
            yield "      …"


def renewed(page: str, told: Alignment) -> str:
    """The page with the outputs of today in place of its own."""

    def fresh(match: re.Match[str]) -> str:
        start, end = match.span(4)
        whole, offset = match.group(0), match.start()
        output = shortened(str(told.explain(match.group(3))))
        return whole[: start - offset] + output + whole[end - offset :]

    return EXAMPLE.sub(fresh, page)


def differences(left: str, right: str) -> list[str]:
    """Lines that differ in more than the last digits of a number."""
    pairs = zip(left.splitlines(), right.splitlines(), strict=False)
    told = [f"{a!r} is now {b!r}" for a, b in pairs if not alike(a, b)]
    same_length = left.count("\n") == right.count("\n")
    return told or ([] if same_length else ["the number of lines differs"])


def alike(left: str, right: str) -> bool:
    if NUMBER.sub("#", left) != NUMBER.sub("#", right):
        return False
    pairs = zip(NUMBER.findall(left), NUMBER.findall(right), strict=True)
    return all(abs(float(a) - float(b)) <= TOLERANCE for a, b in pairs)


def test_there_is_one_example_of_each_grade(page: str) -> None:
    assert sorted(m.group(1) for m in EXAMPLE.finditer(page)) == sorted(Coverage)


def test_the_verdicts_still_hold(page: str, valdoria: Alignment) -> None:
    found = {a.requirement: a.coverage for a in valdoria.result.assessments}
    examples = [(m.group(3), m.group(1)) for m in EXAMPLE.finditer(page)]
    assert [(id_, found[id_].value) for id_, _ in examples] == examples


def test_the_outputs_are_what_the_tool_prints(
    page: str, valdoria: Alignment, repo_root: Path
) -> None:
    fresh = renewed(page, valdoria)
    if os.environ.get("NIS2_ALIGN_GOLDEN") == "write":
        (repo_root / "docs" / "method.md").write_text(fresh, encoding="utf-8")
        return
    assert differences(page, fresh) == [], "NIS2_ALIGN_GOLDEN=write lays them in; read them first"


def test_a_stale_output_is_seen(page: str, valdoria: Alignment) -> None:
    fresh = renewed(page, valdoria)
    assert "48 hours" in fresh
    assert differences(fresh, fresh.replace("48 hours", "36 hours"))
    assert differences("sum +0.5649", "sum +0.5949")
    assert not differences("sum +0.5649", "sum +0.5650")


ROW = re.compile(r"^\| (`[^|]+) \|[^\n|]*\| `([\w/.]+)` \|$", re.M)


def keys(value: object) -> Iterator[str]:
    """All keys of a YAML file, at any depth."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


def known_names(root: Path, place: str) -> set[str]:
    """What a data file, a folder of them, or a module of the package holds by name."""
    path = root / place
    if path.suffix == ".py":
        return set(vars(importlib.import_module(place.removesuffix(".py").replace("/", "."))))
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    held = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)
    return {key for data in held for key in keys(data)}


def test_every_parameter_is_where_the_page_says(page: str, repo_root: Path) -> None:
    rows = ROW.findall(page)
    assert len(rows) > 20
    missing = [
        f"{name} in {place}"
        for names, place in rows
        for name in re.findall(r"`(\w+)`", names)
        if name not in known_names(repo_root, place)
    ]
    assert missing == []


@pytest.mark.parametrize("file", ["match", "grade", "currencies"])
def test_no_weight_is_left_unnamed(page: str, repo_root: Path, file: str) -> None:
    path = repo_root / "mappings" / "weights" / f"{file}.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    inner = {"signals", "select", "presence", "completeness", "elements", "decide"}
    asked = {name for part in inner & set(data) for name in data[part]}
    asked |= set(data) - {"select", "elements", "decide"}
    assert {name for name in asked if f"`{name}`" not in page} == set()
