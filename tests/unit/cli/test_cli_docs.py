"""Every command has help, and the page holds that help to the letter."""

import importlib.util
import re

import pytest
from typer.testing import CliRunner

from nis2_align.cli import app


@pytest.fixture
def docs(repo_root):
    path = repo_root / "benchmarks" / "cli_docs.py"
    spec = importlib.util.spec_from_file_location("cli_docs", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_commands_say(docs, repo_root):
    page = (repo_root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == docs.page(), "renew it with `make cli-docs`"


def test_the_commands_are_those_of_the_design(docs):
    assert docs.commands() == [
        "align",
        "gaps",
        "show",
        "explain",
        "evaluate",
        "demo",
        "app",
        "compare",
        "reviews",
    ]


def test_every_command_has_a_sentence_an_example_and_the_exit_codes(docs):
    names = docs.commands()
    names += [f"{name} {part}" for name in docs.commands() for part in docs.parts_of(name)]
    assert "reviews delete" in names
    for name in names:
        text = CliRunner().invoke(app, [*name.split(), "--help"], prog_name="nis2-align").stdout
        assert re.search(r"\n  [A-Z][^\n]+\.\n", text), name
        assert f"nis2-align {name}" in text.split("Example", 1)[1], name
        assert "Exit codes:" in text, name
        for line in re.findall(r"^  (--?\S+.*)$", text, re.MULTILINE):
            assert re.search(r"\s{2,}\S|\.$", line), f"{name}: {line} has no help"


def test_without_a_command_the_help_is_shown():
    assert "Commands:" in CliRunner().invoke(app, []).output
