"""The notebooks run from top to bottom, as scripts, in a process that reaches nobody."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nis2_align
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
RUN = """
import runpy, sys
from tests.network_guard import attempts, block_network
block_network()
runpy.run_path(sys.argv[1], run_name="__main__")
assert not attempts, attempts
"""
HEADER = "# ---\n# jupyter:\n#   jupytext:\n"


def run(notebook: Path) -> subprocess.CompletedProcess[str]:
    """Run a notebook in its own folder, with none of the project's own variables set."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NIS2_")}
    return subprocess.run(
        [sys.executable, "-c", RUN, str(notebook)],
        cwd=notebook.parent,
        env={**env, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A copy of what the notebooks read, with no ../shared beside it and room for outputs."""
    root = tmp_path / "beside_nothing" / "project"
    for part in ("notebooks", "corpus", "docs"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_there_are_notebooks_and_the_readme_names_them() -> None:
    readme = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in NOTEBOOKS] == sorted(set(re.findall(r"\d\d_\w+\.py", readme)))
    assert len(NOTEBOOKS) > 1


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_a_percent_file(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert len(re.findall(r"^# %%$", text, re.M)) > 5
    assert len(re.findall(r"^# %% \[markdown\]$", text, re.M)) > 5


def test_the_first_uses_the_public_api_alone() -> None:
    tree = ast.parse(NOTEBOOKS[0].read_text(encoding="utf-8"))
    plain = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    froms = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    ours = [n for n in froms if (n.module or "").partition(".")[0] == "nis2_align"]
    assert not {name for name in plain if name.startswith("nis2_align")}
    assert {n.module for n in ours} == {"nis2_align"}
    assert {a.name for n in ours for a in n.names} <= set(nis2_align.__all__)


def test_one_law_is_aligned(alone: Path) -> None:
    done = run(alone / "notebooks" / "01_align_one_law.py")
    assert done.returncode == 0, done.stderr
    assert "VALDORIA" in done.stdout
    assert "alt.Chart" in done.stdout
    assert "48 hours" in done.stdout
    written = {path.name for path in (alone / "out").iterdir()}
    assert written == {f"valdoria_notebook.{ending}" for ending in ("csv", "json", "xlsx")}


def test_the_sample_is_measured_again(alone: Path) -> None:
    done = run(alone / "notebooks" / "02_accuracy.py")
    assert done.returncode == 0, done.stderr
    now = re.search(r"^Valdoria \(sample\) now +([\d.]+) ", done.stdout, re.M)
    assert now is not None, done.stdout
    assert float(now.group(1)) > 0.9  # hit@5 of the sample, labelled by its writers
    assert "not beside this checkout" in done.stdout


@pytest.mark.shared
def test_all_labelled_acts_are_measured_again(shared: Path) -> None:
    done = run(ROOT / "notebooks" / "02_accuracy.py")
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"^.+ now +[\d. ]+$", done.stdout, re.M)) > 2
    assert re.search(r"^ +published +here +difference$", done.stdout, re.M)


def test_a_notebook_that_calls_out_fails(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    # 192.0.2.0/24 is kept for documentation (RFC 5737).
    planted.write_text(
        "import socket\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), timeout=1)\n"
        "except Exception:\n    pass\n"
    )
    done = run(planted)
    assert done.returncode == 1
    assert "192.0.2.1" in done.stderr
