"""Asks the store in a thread of its own, so that the window never waits for a disk."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.batch.database import Database
from core.errors import VisageError
from gui.language.translation import said
from gui.language.words import bug_sentence
from gui.start.crash_dialog import report_bug

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    topic: str | None
    query: Callable[[Database], Any]
    then: Callable[[Any], None]


class JobReader(QObject):
    """One thread with one connection; it lives in the window's thread.

    Signals:
        failed: the store cannot be used; carries the sentence.
    """

    failed = Signal(str)
    _answered = Signal(object, object)

    def __init__(self, database_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.database_path = database_path
        self._changed = Condition()
        self._waiting: list[_Question] = []
        self._newest: dict[str, _Question] = {}
        self._is_closing = False
        self._thread: Thread | None = None
        self._answered.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def ask(
        self, topic: str, query: Callable[[Database], Answer], then: Callable[[Answer], None]
    ) -> None:
        """Run `query` in the thread and bring its answer to `then`, in this thread.

        A newer question on the same topic replaces this one: its answer is dropped, and it is
        not even asked if the thread had no time for it yet.
        """
        question = _Question(topic, query, then)
        self._newest[topic] = question
        with self._changed:
            self._waiting = [other for other in self._waiting if other.topic != topic]
        self._put(question)

    def write(self, change: Callable[[Database], Answer], then: Callable[[Answer], None]) -> None:
        """As `ask`, for what changes the store: nothing replaces it, and closing waits for it."""
        self._put(_Question(None, change, then))

    def close(self) -> None:
        """Drop the questions, make the changes, and end the thread."""
        with self._changed:
            self._is_closing = True
            self._newest.clear()
            self._waiting = [question for question in self._waiting if question.topic is None]
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _put(self, question: _Question) -> None:
        with self._changed:
            if self._is_closing:
                return
            self._waiting.append(question)
            self._changed.notify_all()
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="job reader")
            self._thread.start()

    def _run(self) -> None:
        with ExitStack() as opened:
            database: Database | None = None
            while (question := self._next()) is not None:
                try:
                    if database is None:
                        database = opened.enter_context(Database(self.database_path))
                    answer = question.query(database)
                except VisageError as error:
                    self.failed.emit(said(str(error)))
                except Exception:
                    report_bug()  # and go on: the next question may have an answer
                    self.failed.emit(bug_sentence())
                else:
                    self._answered.emit(question, answer)

    def _next(self) -> _Question | None:
        """None when there is nothing left to do."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_closing)
            return self._waiting.pop(0) if self._waiting else None

    @Slot(object, object)
    def _pass_on(self, question: _Question, answer: Any) -> None:
        if question.topic is not None:
            if self._newest.get(question.topic) is not question:
                return
            del self._newest[question.topic]
        question.then(answer)
