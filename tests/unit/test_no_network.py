"""No network call at run time: the main job runs in a process whose sockets are blocked."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.network_guard import NetworkCallError, attempts

# 192.0.2.0/24 is kept for documentation (RFC 5737): nothing answers there.
NOWHERE = "192.0.2.1"

ALIGN = """
import sys
from tests.network_guard import attempts, block_network
block_network()
import nis2_align
result = nis2_align.align([sys.argv[1]])
result.save(sys.argv[2])
assert not attempts, attempts
"""


def run_blocked(root: Path, code: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_main_job_reaches_nobody(repo_root: Path, tmp_path: Path) -> None:
    sample = repo_root / "corpus" / "samples" / "valdoria_draft.txt"
    out = tmp_path / "out.json"
    done = run_blocked(repo_root, ALIGN, str(sample), str(out))
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 10_000


def test_the_block_holds_in_a_child(repo_root: Path) -> None:
    code = ALIGN.split("import nis2_align")[0] + (
        f"import socket; socket.create_connection(({NOWHERE!r}, 80), timeout=5)"
    )
    done = run_blocked(repo_root, code)
    assert done.returncode == 1
    assert "NetworkCallError" in done.stderr


@pytest.mark.parametrize(
    "call",
    [
        lambda: socket.create_connection((NOWHERE, 80), timeout=5),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", (NOWHERE, 53)),
        lambda: urllib.request.urlopen("https://example.org", timeout=5),
    ],
    ids=["connect", "resolve", "datagram", "url"],
)
def test_a_planted_call_is_refused(call) -> None:
    before = len(attempts)
    with pytest.raises(NetworkCallError):
        call()
    assert len(attempts) == before + 1
    attempts.pop()  # planted here; anything else would fail this test


def test_loopback_is_allowed() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        client.sendall(b"x")
