"""``nis2-align app`` answers on this machine, and stops with its parent."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from typer.testing import CliRunner

from nis2_align.cli import app


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_command_starts_the_page() -> None:
    port = free_port()
    command = [sys.executable, "-c", "from nis2_align.cli import main; main()"]
    server = subprocess.Popen(
        [*command, "app", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert answers(f"http://127.0.0.1:{port}/_stcore/health")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def answers(address: str, patience: float = 60.0) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2) as reply:
                return reply.status == 200
        except OSError:
            time.sleep(0.3)
    return False


@pytest.mark.parametrize(
    ("arguments", "named", "kept"),
    [
        ([], None, "own/nis2-align/reviews.sqlite"),
        ([], "shared.sqlite", "shared.sqlite"),
        (["--private"], "shared.sqlite", ""),
    ],
)
def test_decisions_go_where_they_outlive_the_program(monkeypatch, arguments, named, kept):
    asked = {}

    def run(command, *, check, env):
        asked.update(env)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/own")
    monkeypatch.delenv("NIS2_ALIGN_REVIEWS", raising=False)
    if named:
        monkeypatch.setenv("NIS2_ALIGN_REVIEWS", named)
    done = CliRunner().invoke(app, ["app", *arguments])
    assert done.exit_code == 0, done.output
    assert asked["NIS2_ALIGN_REVIEWS"].lstrip("/") == kept
