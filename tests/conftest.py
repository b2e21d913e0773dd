"""What all tests share: paths, golden files, no network, no silent skips in CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import network_guard

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NO_SHARED = "needs ../shared (real laws and labels), which is not beside this checkout"

network_guard.block_network()

# The same examples on every run, however busy the machine is: a failure can be shown again.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def repo_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real laws, the official text and the labels; skips where it is absent."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture
def golden(repo_root: Path) -> Callable[[str, str], None]:
    """Compare a text with ``tests/golden/NAME``; ``make golden`` writes it instead."""

    def check(name: str, text: str) -> None:
        path = repo_root / "tests" / "golden" / name
        if os.environ.get("NIS2_ALIGN_GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        assert path.is_file(), f"no golden file {name}: write it with `make golden`, then read it"
        assert text == path.read_text(encoding="utf-8"), f"{name}: see `make golden`"

    return check


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test during which a network call was tried, also where a library hid the error."""
    before = len(network_guard.attempts)
    yield
    tried = network_guard.attempts[before:]
    if tried:
        pytest.fail(f"network calls at run time: {', '.join(tried)}")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: a ZIP holds the time, and processes must collect alike."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI only an absent ../shared excuses a skip: a missing system package is a failure."""
    if os.environ.get("CI") != "true" or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if "../shared" not in reason:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be: {reason}"
