"""The page as a visitor meets it, without a browser."""

import tempfile
from pathlib import Path

import pytest
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

import nis2_align
from nis2_align.ui import visits
from tests.app import page_samples

APP = Path(__file__).resolve().parents[2] / "app.py"
ACT = b"Article 1\nThe keeper reports."


class Page:
    """The running page with the few actions that the tests take."""

    def __init__(self, files):
        self._files = files
        self.at = AppTest.from_file(str(APP), default_timeout=120).run()

    def upload(self, name="lamp.txt", content=ACT, *more):
        """Load an act; further pairs of name and content come in the same upload."""
        pairs = [(name, content), *zip(more[::2], more[1::2], strict=True)]
        self.open("dossier")
        files = [(one, bytes_, "application/octet-stream") for one, bytes_ in pairs]
        self.at.file_uploader[0].set_value(files).run()
        return self

    def open(self, name):
        """Go to a page by its name."""
        self.at.session_state["way"] = name
        self.at.run()
        return self

    def view(self):
        """Return the result that the pages show, without the decisions laid over it."""
        visit = visits._visits().of(self.at.session_state["visit"])
        return list(visit.views.values())[-1]

    def choose(self, label, value):
        next(box for box in self.at.selectbox if box.label == label).set_value(value).run()
        return self

    def download(self, ending):
        """Return name and bytes of what the browser would get."""
        for button in self.at.get("download_button"):
            if button.proto.url.endswith(ending):
                return self._files[Path(button.proto.url).stem]
        raise AssertionError(f"no download of {ending}")

    def words(self):
        """Return all that the page says, apart from grids and tables."""
        at = self.at
        lists = (
            at.title, at.markdown, at.text, at.header, at.error, at.warning, at.caption, at.info,
            at.success,
        )  # fmt: skip
        return "\n".join(str(item.value) for items in lists for item in items)


@pytest.fixture(autouse=True)
def temporary_files_stay_where_they_are(monkeypatch):
    """The app sends them into its own folder; other tests must not notice."""
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())


@pytest.fixture
def files(monkeypatch):
    """Note every file that the page offers: id, which is part of its address, and content."""
    noted = {}

    class Storage(MemoryMediaFileStorage):
        def load_and_get_id(self, path_or_data, mimetype, kind, filename=None):
            file_id = super().load_and_get_id(path_or_data, mimetype, kind, filename)
            noted[file_id] = (filename, path_or_data)
            return file_id

    monkeypatch.setattr("streamlit.testing.v1.app_test.MemoryMediaFileStorage", Storage)
    return noted


@pytest.fixture
def calls(monkeypatch):
    """Put the stand-in in the pipeline's place; the dossiers it was given are noted."""
    noted = []

    def align(dossier, **settings):
        noted.append(dossier)
        return page_samples.align(dossier, **settings)

    monkeypatch.setattr(nis2_align, "align", align)
    return noted


@pytest.fixture
def page(calls, files):
    return Page(files)


@pytest.fixture
def real_page(files):
    return Page(files)
