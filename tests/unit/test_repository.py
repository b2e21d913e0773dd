"""What the checkout may hold, and what no file of it may say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

TOP_LEVEL = {
    # the product
    "nis2_align", "corpus", "mappings", "app.py", "notebooks", "tests", "pyproject.toml",
    "README.md",
    # around it
    "benchmarks", "docs", "Makefile", "constraints.txt", "packages.txt", "CHANGELOG.md",
    "CONTRIBUTING.md", ".ci",
    # tool configuration
    ".gitignore", ".gitattributes", ".pre-commit-config.yaml", ".streamlit", ".editorconfig",
}  # fmt: skip
OPTIONAL = {".gitattributes", ".streamlit", ".editorconfig", "notebooks"}
BINARY = {".docx", ".pdf", ".xlsx", ".png", ".odt", ".doc", ".zip"}
MAX_LINES = 450

# Written in pieces, so that this file does not refuse itself.
MACHINE_PATH = re.compile(r"(?<![\w.}/])/(?:work|root|home)/" + r"\w")
REGISTRY = re.compile(
    "pypi" + r"\.org|python" + "hosted|--" + r"index-url|npm" + r"js\.|deb" + r"ian\.org"
)
_LATIN, _CYRILLIC = r"[A-Za-z\u00C0-\u024F]", r"[\u0400-\u04FF]"
# The letter of an escape such as \\n is no letter of the word behind it.
MIXED_WORD = re.compile(rf"(?<!\\){_LATIN}{_CYRILLIC}|{_CYRILLIC}{_LATIN}")


@cache
def tracked() -> tuple[Path, ...]:
    """Files that git tracks or would track; in an unpacked archive, all but the hidden ones."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
        return tuple(ROOT / name for name in names if (ROOT / name).is_file())
    found = (path for path in ROOT.rglob("*") if path.is_file())
    hidden = {".venv", "__pycache__", ".hypothesis", "dist", "build", "out"}
    return tuple(
        path
        for path in found
        if not any(part in hidden or part.endswith("_cache") for part in path.parts)
    )


def texts(*suffixes: str) -> list[tuple[Path, str]]:
    return [
        (path.relative_to(ROOT), path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix not in BINARY and (not suffixes or path.suffix in suffixes)
    ]


def faults(pattern: re.Pattern[str], files: list[tuple[Path, str]]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in files
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_top_level_is_the_design() -> None:
    entries = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert entries - TOP_LEVEL == set()
    assert TOP_LEVEL - OPTIONAL - entries == set()


def test_no_file_has_outgrown_its_room() -> None:
    sizes = {str(path): len(text.splitlines()) for path, text in texts(".py")}
    assert len(sizes) > 50
    assert {path: size for path, size in sizes.items() if size > MAX_LINES} == {}


def test_no_catch_all_modules() -> None:
    names = {path.stem for path in tracked() if path.suffix == ".py"}
    assert names & {"utils", "util", "helpers", "helper", "manager", "common", "misc"} == set()


def test_no_machine_path() -> None:
    assert faults(MACHINE_PATH, texts()) == []


def test_no_registry_address() -> None:
    assert faults(REGISTRY, texts()) == []


def test_no_word_mixes_alphabets() -> None:
    files = texts(".yaml", ".py", ".json", ".md")
    assert faults(MIXED_WORD, files) == []


def test_no_file_name_mixes_alphabets_or_leaves_ascii() -> None:
    assert [path.name for path in tracked() if not path.name.isascii()] == []


def test_no_automatic_writing_of_golden_files() -> None:
    assert "NIS2_ALIGN_GOLDEN" not in os.environ, "unset NIS2_ALIGN_GOLDEN, then run again"


@pytest.mark.parametrize(
    ("pattern", "planted"),
    [
        (MACHINE_PATH, "open('" + "/wo" + "rk/main/x')"),
        (MACHINE_PATH, "cd " + "/ro" + "ot/x"),
        (REGISTRY, "https://py" + "pi.org/simple"),
        (MIXED_WORD, "b\u0435zbednost"),
        (MIXED_WORD, "\u0431e\u0437\u0431\u0435\u0434\u043d\u043e\u0441\u0442"),
    ],
)
def test_a_planted_fault_is_found(pattern: re.Pattern[str], planted: str) -> None:
    assert faults(pattern, [(Path("planted"), planted)])


def listed_packages() -> list[str]:
    lines = (ROOT / "packages.txt").read_text(encoding="utf-8").splitlines()
    return [name for line in lines if (name := line.partition("#")[0].strip())]


def test_the_readme_quotes_the_system_packages() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    quoted = re.search(r"apt-get install ([a-z0-9 .+\\\n-]+?)\n```", readme)
    assert quoted is not None
    assert quoted.group(1).replace("\\", " ").split() == listed_packages()


def test_links_between_pages_lead_somewhere() -> None:
    pages = texts(".md")
    assert len(pages) > 4
    dead = [
        f"{path}: {target}"
        for path, text in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
        if "://" not in target and not (ROOT / path.parent / target).exists()
    ]
    assert dead == []


def test_the_readme_names_every_command_and_no_other() -> None:
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    offered = set(re.findall(r"nis2-align ([a-z]+) --help", reference))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"nis2-align ([a-z]+)", readme)) == offered != set()


def test_every_make_target_is_described() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.M))
    described = set(re.findall(r"^([a-z-]+):[^\n]*## ", makefile, re.M))
    assert phony == described
    assert {"demo", "test", "app", "help"} <= phony


def test_ci_starts_and_ends_as_agreed() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")


@pytest.mark.parametrize(
    ("reason", "ending"),
    [("no soffice here", "1 failed"), ("needs ../shared", "1 skipped")],
)
def test_ci_refuses_to_skip(tmp_path: Path, reason: str, ending: str) -> None:
    planted = tmp_path / "test_planted.py"
    planted.write_text(f"import pytest\n\ndef test_x():\n    pytest.skip({reason!r})\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", os.devnull,
         "--rootdir", str(tmp_path), "-p", "no:cacheprovider", str(planted)],
        cwd=ROOT,
        env={**os.environ, "CI": "true", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.stdout.strip().splitlines()[-1].startswith(ending)
