"""Writes ``docs/cli.md`` from the commands' own help, so that the two cannot drift apart."""

from __future__ import annotations

from pathlib import Path

import typer.main
from typer.testing import CliRunner

from nis2_align.cli import app

PATH = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
_WIDTH = 90
_INTRO = """\
# The command line

Made by `make cli-docs` from the commands' own `--help`; a test holds the two together.

Progress goes to stderr and data to stdout, so `nis2-align align law.pdf --json > law.json` gives
a clean file. An error is one line, `error: what happened. What to do now.`, with an exit code of
its own. Outputs are written whole or not at all: after an error nothing new lies on the disk.
Nothing is sent anywhere. What the JSON holds is described in [json.md](json.md).

The percentage of `--fail-under` is the share of requirements graded full among those that were
assessed: those that apply to national law and that the catalogue states in the act's language. A
requirement that stays uncertain counts as not full.
"""


def commands() -> list[str]:
    """Return the names of the commands, in the order of the help."""
    return list(getattr(typer.main.get_command(app), "commands", {}))


def parts_of(name: str) -> list[str]:
    """Return the names of the commands in a group, in the order of the help; else none."""
    group = getattr(typer.main.get_command(app), "commands", {})[name]
    return list(getattr(group, "commands", {}))


def page() -> str:
    """Return the whole page."""
    parts = [_INTRO, _help([])]
    for name in commands():
        parts.append(f"## {name}\n\n{_help([name])}")
        parts += [f"### {name} {part}\n\n{_help([name, part])}" for part in parts_of(name)]
    return "\n".join(parts)


def _help(command: list[str]) -> str:
    outcome = CliRunner().invoke(
        app, [*command, "--help"], prog_name="nis2-align", terminal_width=_WIDTH
    )
    lines = (line.rstrip() for line in outcome.stdout.strip("\n").splitlines())
    title = " ".join(["nis2-align", *command, "--help"])
    return "\n".join([f"```console\n$ {title}", *lines, "```\n"])


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
