"""The wheel carries its data and nothing else, and does the main job outside the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

DATA = "nis2_align/_data/"
SHIPPED = (
    "mappings/nis2",
    "mappings/languages",
    "mappings/glossary",
    "mappings/messages",
    "mappings/weights",
    "mappings/forms",
    "corpus/samples",
    "corpus/gold",
    "docs/accuracy.json",
)


def run(*command: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run in an environment that knows nothing of the checkout."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, **more},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, repo_root,
        cwd=out,
    )  # fmt: skip
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> frozenset[str]:
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it.

    Third-party packages are read from the running environment through a path file, so that
    nothing is downloaded again; the project itself comes from the wheel alone.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    venv = folder / "venv"
    python = venv / "bin" / "python"
    home = str(folder)
    uv = shutil.which("uv")
    if uv:
        run(uv, "venv", "--quiet", "--python", sys.executable, venv, cwd=folder, HOME=home)
        installer: tuple[str, ...] = (uv, "pip", "install", "--offline", "--python", str(python))
    else:
        run(sys.executable, "-m", "venv", venv, cwd=folder, HOME=home)
        installer = (str(python), "-m", "pip", "install", "--no-index")
    run(*installer, "--quiet", "--no-deps", wheel, cwd=folder, HOME=home)
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(python, "-c", asked, cwd=folder).stdout.strip())
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    return folder


def test_all_data_of_the_checkout_is_in_the_wheel(names: frozenset[str], repo_root: Path) -> None:
    wanted = {
        DATA + path.relative_to(repo_root).as_posix()
        for part in SHIPPED
        for path in (repo_root / part, *(repo_root / part).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(wanted) > 30
    assert wanted - names == set()
    assert f"{DATA}mappings/nis2/requirements/4_risk_management.yaml" in names
    assert f"{DATA}corpus/samples/valdoria_draft.txt" in names


def test_all_modules_and_package_data_are_in_the_wheel(
    names: frozenset[str], repo_root: Path
) -> None:
    wanted = {
        path.relative_to(repo_root).as_posix()
        for path in (repo_root / "nis2_align").rglob("*")
        if path.suffix in {".py", ".json", ".yaml", ".typed"}
    }
    assert wanted - names == set()


def test_nothing_else_is_in_the_wheel(names: frozenset[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top.split("-")[0] for top in tops} == {"nis2_align"}
    assert len(tops) == 2, "the package and its metadata"
    caches = ("__pycache__", "_cache", ".pyc", ".hypothesis", "tests/", "shared/")
    assert [name for name in names if any(part in name for part in caches)] == []


def test_the_licence_is_named(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode("utf-8")
    assert "License-Expression: EUPL-1.2" in metadata


def test_force_include_names_every_shipped_part(repo_root: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {part: DATA + part for part in SHIPPED}
    folders = {f"mappings/{path.parent.name}" for path in (repo_root / "mappings").glob("*/*")}
    assert folders - set(SHIPPED) == set(), "a folder of data that does not travel"


def test_the_package_comes_from_the_wheel(elsewhere: Path) -> None:
    asked = "import nis2_align as n, nis2_align.resources as r; print(n.__file__, r.mappings_dir())"
    done = run(elsewhere / "venv" / "bin" / "python", "-c", asked, cwd=elsewhere)
    for place in done.stdout.split():
        assert Path(place).is_relative_to(elsewhere / "venv")


def test_the_demo_runs_outside_the_checkout(elsewhere: Path, tmp_path: Path) -> None:
    command = elsewhere / "venv" / "bin" / "nis2-align"
    run(command, "demo", "--out", tmp_path / "out", cwd=tmp_path, HOME=str(tmp_path))
    written = {path.suffix for path in (tmp_path / "out").iterdir()}
    assert {".json", ".xlsx"} <= written
