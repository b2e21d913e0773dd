"""The browser, and the app that it opens; skipped, or failed in CI, where there is none."""

from importlib.util import find_spec

import pytest

from tests.app.browser import running


@pytest.fixture(scope="module")
def browser():
    if find_spec("playwright") is None:
        pytest.skip("playwright is not installed (extra: test)")
    if not running.CHROMIUM.is_file():
        pytest.skip("chromium is not installed (packages.txt)")
    with running.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def app(browser, tmp_path_factory):
    with running.running(tmp_path_factory.mktemp("app") / "log") as started:
        yield started


@pytest.fixture
def visitor(browser, app):
    """Let somebody come to the app, who is gone when the test ends."""
    come = []

    def comes(where=app, **context):
        come.append(running.Visitor(browser, where, **context))
        return come[-1]

    yield comes
    for one in come:
        one.context.close()
