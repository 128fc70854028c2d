"""One call in a thread of its own, its answer brought back to the window."""

import logging
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")
logger = logging.getLogger(__name__)


class BackgroundCall(QObject, Generic[T]):
    """Runs `function` in a thread; at most one run at a time.

    Signals:
        done: what the function returned, in the window's thread.
    """

    done = Signal(object)

    def __init__(self, function: Callable[[], T], parent: QObject) -> None:
        super().__init__(parent)
        self._function = function
        self._thread: Thread | None = None

    def start(self) -> None:
        """Run the function, unless it is running."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name=type(self).__name__)
            self._thread.start()

    def join(self, timeout_s: float = 5.0) -> None:
        """Wait for the thread to end."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        self.done.emit(self._function())
