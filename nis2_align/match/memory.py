"""What was worked out of an act's words, kept to be used again where the words are the same.

Only what depends on nothing but its key is remembered, so that an analysis with a memory and one
without are the same. A memory holds text of the acts: it belongs to whoever made it and goes with
them; there is none for the whole program.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

__all__ = ["Memory"]

T = TypeVar("T")
_NOTHING = object()


class Memory:
    """Values by key, as many as the last two turns asked for.

    Two threads may use one at a time: the worst that follows is that a value is made twice.
    """

    def __init__(self) -> None:
        self._now: dict[Hashable, object] = {}
        self._before: dict[Hashable, object] = {}

    def turn(self) -> None:
        """Begin another analysis: what the last one did not ask for is forgotten."""
        self._before, self._now = self._now, {}

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key, made now unless it is remembered.

        Args:
            key: All that the value depends on, with a name that says what it is.
            make: Makes the value.

        Returns:
            The value; not to be changed.
        """
        now = self._now
        value = now.get(key, _NOTHING)
        if value is _NOTHING:
            value = self._before.get(key, _NOTHING)
            now[key] = value = make() if value is _NOTHING else value
        return cast("T", value)
