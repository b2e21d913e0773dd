"""Two analyses at once: the stemmer's buffer is not shared."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from nis2_align.glossary import glossary
from nis2_align.languages import language
from nis2_align.text.analyse import Analyser

STEMS = ("nacionaln", "bezbednost", "prijavljiv", "operator", "kazn", "nadzor", "mrež", "rizik")
WORDS = [f"{stem}{ending}" for stem in STEMS for ending in ("i", "a", "u", "om", "ima", "ih", "e")]


@pytest.fixture
def impatient():
    """Let threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("impatient")
def test_threads_find_the_stems_that_one_finds():
    def fresh():
        return Analyser(language("sr"), glossary("sr"))

    alone = fresh()
    wanted = [alone.stem(word) for word in WORDS]
    for _ in range(10):
        shared = fresh()
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(lambda _, one=shared: [one.stem(word) for word in WORDS], range(4))
            assert all(stems == wanted for stems in found)
