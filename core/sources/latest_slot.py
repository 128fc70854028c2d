"""A one-place hand-over between threads in which the newest value wins."""

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds at most one value; an untaken value is replaced and counted as dropped."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._value: T | None = None
        self._closed = False
        self._dropped_count = 0

    @property
    def dropped_count(self) -> int:
        """How many values were replaced before anyone took them."""
        return self._dropped_count

    @property
    def is_closed(self) -> bool:
        return self._closed

    def put(self, value: T) -> bool:
        """Store `value`. True if the slot was empty, so that a waiting reader must be told."""
        with self._changed:
            was_empty = self._value is None
            if not was_empty:
                self._dropped_count += 1
            self._value = value
            self._changed.notify()
            return was_empty

    def take(self, timeout_s: float = 0.0) -> T | None:
        """Take the value, waiting up to `timeout_s`; None if none came or the slot was closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._value is not None or self._closed, timeout_s)
            value, self._value = self._value, None
            return value

    def close(self) -> None:
        """Wake every waiting reader. What is still inside can be taken once."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
