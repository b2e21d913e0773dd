"""Every dependency does real work, and every package that is imported is asked for."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

# The packages that the user prescribed.
PRESCRIBED = {"spacy", "pdfplumber", "rapidfuzz", "pandas", "streamlit"}


def canonical(name: str) -> str:
    """The form in which names of distributions are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(root: Path) -> set[str]:
    """Top-level names that the package and the app import from elsewhere."""
    found: set[str] = set()
    for path in [root / "app.py", *(root / "nis2_align").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"nis2_align"}


@pytest.fixture(scope="module")
def declared(repo_root: Path) -> set[str]:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {canonical(re.split(r"[<>=!~\[; ]", entry)[0]) for entry in project["dependencies"]}


@pytest.fixture(scope="module")
def used(repo_root: Path) -> set[str]:
    owners = packages_distributions()
    return {canonical(owner) for name in imported(repo_root) for owner in owners.get(name, [name])}


def test_nothing_is_declared_that_nobody_imports(declared: set[str], used: set[str]) -> None:
    assert declared - used == set()


def test_nothing_is_imported_that_nobody_declares(declared: set[str], used: set[str]) -> None:
    assert used - declared == set()


def test_the_prescribed_packages_do_real_work(declared: set[str], used: set[str]) -> None:
    assert PRESCRIBED - declared == set()
    assert PRESCRIBED - used == set()


def test_every_dependency_is_pinned(declared: set[str], repo_root: Path) -> None:
    pins = (repo_root / "constraints.txt").read_text(encoding="utf-8")
    pinned = {canonical(name) for name in re.findall(r"^([\w.-]+)==", pins, re.M)}
    assert declared - pinned == set()
    assert not re.search(r"://|^-", pins, re.M), "no addresses and no options among the pins"
