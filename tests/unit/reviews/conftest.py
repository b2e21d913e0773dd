"""What all tests of decisions share: no error is without words in any language."""

from collections.abc import Iterator

import pytest

from nis2_align.errors import ReviewsError
from tests.notice_guarantees import all_said


@pytest.fixture(autouse=True)
def all_languages_say_it() -> Iterator[None]:
    """Hold each error that the store or a decision gives against every language."""
    with all_said(ReviewsError):
        yield
