"""An analysis that goes on in a thread of its own, so that the page can show it and stop it."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, cast

from nis2_align.errors import Nis2AlignError

if TYPE_CHECKING:
    from nis2_align.pipeline import Progress

__all__ = ["Cancelled", "Defect", "Tell", "Work"]

_LOG = logging.getLogger(__name__)
T = TypeVar("T")
#: Told how far the work is; raises :class:`Cancelled` once it is to stop.
Tell: TypeAlias = "Callable[[Progress], None]"


class Cancelled(Exception):
    """The visitor stopped the work."""


class Defect(Exception):
    """The program failed; the message names the kind of failure only.

    What the failure itself says may quote the draft, so it is kept nowhere.
    """


class Work(Generic[T]):
    """One analysis under way.

    Args:
        task: What to do; it is given a function to call with its progress, which raises
            :class:`Cancelled` once the work is to stop.

    Attributes:
        progress: What was last told, or None before the first word.
    """

    def __init__(self, task: Callable[[Tell], T]) -> None:
        self.progress: Progress | None = None
        self._task: Callable[[Tell], T] | None = task
        self._stop = threading.Event()
        self._over = threading.Event()
        self._result: T | None = None
        self._error: Exception | None = None
        threading.Thread(target=self._run, name="analysis", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait until the work is over, at most so long; return whether it is over.

        Work that was asked to stop counts as over, though its thread may need a moment more.
        """
        return self._over.wait(seconds)

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step."""
        self._stop.set()
        self._over.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()

    def result(self) -> T:
        """Return the result of work that is over.

        Raises:
            Nis2AlignError: What the work raised.
            Cancelled: It was stopped.
            Defect: It failed otherwise.
        """
        if self._stop.is_set() or (self._error is None and self._result is None):
            raise Cancelled
        if self._error is not None:
            raise self._error
        return cast("T", self._result)

    def _tell(self, progress: Progress) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.progress = progress

    def _run(self) -> None:
        try:
            # Let go of with what it holds, once it is begun: the work may be kept for its result.
            task, self._task = self._task, None
            assert task is not None
            self._result = task(self._tell)
        except (Nis2AlignError, Cancelled) as error:
            self._error = error
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            _LOG.error("%s at %s:%s", type(error).__name__, frame.filename, frame.lineno)
            self._error = Defect(type(error).__name__)
        finally:
            self._over.set()
