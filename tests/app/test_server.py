"""The app as it is started: ready, on this machine only, quiet."""

import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    port = free_port()
    log = (tmp_path / "log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    yield port, process, log
    process.terminate()
    process.wait(20)


def test_server_gets_ready_on_loopback(server):
    port, process, log = server
    health = f"http://127.0.0.1:{port}/_stcore/health"
    for _ in range(120):
        try:
            with urllib.request.urlopen(health, timeout=2) as answer:
                assert answer.read() == b"ok"
                break
        except OSError:
            assert process.poll() is None
            time.sleep(0.25)
    else:
        pytest.fail("the server did not get ready within 30 seconds")
    log.seek(0)
    assert "External URL" not in log.read()
    # Every address of 127/8 is this machine; a server on all addresses would answer here too.
    with socket.socket() as probe:
        probe.settimeout(2)
        assert probe.connect_ex(("127.0.0.2", port)) != 0


def test_settings_keep_drafts_on_the_machine():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["fileWatcherType"] == "none"
    assert settings["server"]["maxUploadSize"] == 50
    assert settings["client"]["showErrorDetails"] == "none"
