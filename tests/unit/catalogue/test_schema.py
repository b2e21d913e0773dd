"""Every catalogue file against its JSON Schema, and broken entries that must be refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from nis2_align import directive
from nis2_align.resources import load_yaml
from tests.conftest import ROOT

NIS2 = ROOT / "mappings" / "nis2"
REQUIREMENTS = sorted((NIS2 / "requirements").glob("*.yaml"))
STATEMENTS = sorted((NIS2 / "statements").glob("*/[!_]*.yaml"))


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((NIS2 / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(name: str, data: object) -> list[str]:
    found = validator(name).iter_errors(data)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def test_there_are_files_to_check() -> None:
    assert len(REQUIREMENTS) >= 11
    assert {path.parent.name for path in STATEMENTS} >= {"en", "hr", "sr"}


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_schema_of_requirements(path: Path) -> None:
    assert faults("requirements", load_yaml(path)) == []


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_schema_of_statements(path: Path) -> None:
    assert faults("statements", load_yaml(path)) == []


GOOD_REQUIREMENT = """
"21(2)(j)":
  heading: strong authentication
  duty: must
  modality: power
  addressee: [essential_entity]
  elements:
    mfa: {kind: measure, role: core}
    day: {kind: deadline, figure: {at_most: 24, unit: hour}, covers: "21(2)#sub2"}
"""
GOOD_STATEMENT = """
"21":
  headings: [security measures of entities]
"21(2)(j)":
  says: [Operators secure the access to their systems with more than one factor.]
  defines: [strong authentication, strong proof of identity]
  elements:
    mfa: [multi-factor authentication, second factor]
    voice: {also: [protected calls], drop: [secure voice]}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"21(2)(j)"', '"21.2.j"'),
        ("duty: must", "duty: shall"),
        ("  duty: must\n", ""),
        ("heading: strong authentication", "heading: ''"),
        ("modality: power", "modality: permission"),
        ("modality: power", "weight: 2"),
        ("[essential_entity]", "essential_entity"),
        ("[essential_entity]", "[Essential entity]"),
        ("kind: measure", "kind: thing"),
        ("kind: measure, ", ""),
        ("role: core", "role: main"),
        ("role: core", "role: detail"),
        (", role: core", ""),
        ("mfa:", "MFA:"),
        ("unit: hour", "unit: minute"),
        (", unit: hour", ""),
        ("at_most: 24", "at_most: 24, at_least: 12"),
        ("at_most: 24", "at_most: twenty-four"),
        ("at_most: 24", "at_most: 0"),
        ('covers: "21(2)#sub2"', 'covers: "21(2)#sub1"'),
    ],
)
def test_a_broken_requirement_is_refused(before: str, after: str) -> None:
    assert faults("requirements", yaml.safe_load(GOOD_REQUIREMENT)) == []
    assert before in GOOD_REQUIREMENT
    assert faults("requirements", yaml.safe_load(GOOD_REQUIREMENT.replace(before, after))) != []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"21(2)(j)"', '"XXI(2)"'),
        ("says: [Operators", "say: [Operators"),
        ("says: [Operators", "says: []\n  also: [Operators"),
        ("[security measures of entities]", "[]"),
        ("[multi-factor authentication, second factor]", "multi-factor authentication"),
        ("[multi-factor authentication, second factor]", "[second factor, second factor]"),
        ("second factor", "a  factor"),
        ("second factor", "one two three four five six seven eight nine ten eleven 12 13"),
        ("drop:", "remove:"),
        ("[strong authentication, strong proof of identity]", "strong authentication"),
        ("[strong authentication, strong proof of identity]", "[]"),
        ("defines:", "defined:"),
        ("  elements:", "  delegated: true\n  elements:"),
        ("voice:", "Voice:"),
    ],
)
def test_a_broken_statement_is_refused(before: str, after: str) -> None:
    assert faults("statements", yaml.safe_load(GOOD_STATEMENT)) == []
    assert before in GOOD_STATEMENT
    assert faults("statements", yaml.safe_load(GOOD_STATEMENT.replace(before, after))) != []


def test_the_schemas_and_the_loader_know_the_same_words() -> None:
    requirements = validator("requirements").schema["$defs"]
    statements = validator("statements").schema["$defs"]
    assert set(requirements["requirement"]["properties"]) == directive._REQUIREMENT_KEYS
    assert set(requirements["element"]["properties"]) == directive._ELEMENT_KEYS
    assert set(requirements["element"]["properties"]["kind"]["enum"]) == set(directive.KINDS)
    assert set(requirements["figure"]["properties"]["unit"]["enum"]) == set(directive.UNITS)
    assert set(statements["requirement"]["properties"]) == directive._STATEMENT_KEYS
