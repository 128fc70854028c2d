import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from core.batch.database import Database
from core.errors import StoreError
from gui.batch.jobs.job_reader import JobReader
from gui.language.words import bug_sentence


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[JobReader]:
    reader = JobReader(tmp_path / "jobs.sqlite")
    yield reader
    reader.close()


def test_an_answer_is_made_in_the_thread_and_brought_to_the_window(
    reader: JobReader, qtbot: QtBot
) -> None:
    asked_in, answered_in = [], []

    def count_jobs(database: Database) -> int:
        asked_in.append(current_thread())
        row = database.row("SELECT count(*) FROM job")
        assert row is not None
        return int(row[0])

    def note(count: int) -> None:
        assert count == 0
        answered_in.append(current_thread())

    reader.ask("count", count_jobs, note)
    qtbot.waitUntil(lambda: bool(answered_in))
    assert asked_in[0] is not main_thread()
    assert answered_in == [main_thread()]


def test_a_newer_question_on_the_same_topic_replaces_the_older(
    reader: JobReader, qtbot: QtBot
) -> None:
    go_on = Event()
    asked: list[str] = []
    answers: list[str] = []

    def slow(name: str) -> str:
        asked.append(name)
        assert go_on.wait(10)
        return name

    reader.ask("rows", lambda _: slow("first"), answers.append)
    qtbot.waitUntil(lambda: asked == ["first"])
    reader.ask("rows", lambda _: slow("second"), answers.append)
    reader.ask("rows", lambda _: slow("third"), answers.append)
    reader.ask("other", lambda _: slow("other"), answers.append)
    go_on.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["third", "other"]
    assert asked == ["first", "third", "other"]


def test_no_change_is_replaced_and_closing_makes_them_all(tmp_path: Path) -> None:
    reader = JobReader(tmp_path / "jobs.sqlite")
    made: list[int] = []
    for number in range(3):
        reader.write(lambda _, number=number: made.append(number), lambda _: None)  # type: ignore[misc]
    reader.close()
    assert made == [0, 1, 2]


def test_a_store_that_cannot_be_opened_is_a_sentence_and_may_be_opened_later(
    tmp_path: Path, qtbot: QtBot
) -> None:
    in_the_way = tmp_path / "folder"
    in_the_way.write_text("a file")
    reader = JobReader(in_the_way / "jobs.sqlite")
    answers: list[str] = []
    with qtbot.waitSignal(reader.failed) as failed:
        reader.ask("any", lambda _: "answer", answers.append)
    assert "cannot be made" in failed.args[0]
    in_the_way.unlink()
    reader.ask("any", lambda _: "answer", answers.append)
    qtbot.waitUntil(lambda: answers == ["answer"])
    reader.close()


def test_trouble_with_one_question_leaves_the_next_one_its_answer(
    reader: JobReader, qtbot: QtBot
) -> None:
    def fail(_: Database) -> None:
        raise StoreError("The disk is full.")

    answers: list[str] = []
    with qtbot.waitSignal(reader.failed) as failed:
        reader.ask("one", fail, lambda _: None)
        reader.ask("two", lambda _: "answer", answers.append)
    assert failed.args == ["The disk is full."]
    qtbot.waitUntil(lambda: answers == ["answer"])


def test_after_a_bug_with_one_question_the_next_one_has_its_answer(
    reader: JobReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)
    answers: list[str] = []
    with qtbot.waitSignal(reader.failed) as failed:
        reader.ask("one", lambda _: 1 / 0, lambda _: None)
        reader.ask("two", lambda _: "answer", answers.append)
    assert failed.args == [bug_sentence()]
    qtbot.waitUntil(lambda: answers == ["answer"])
    assert [report.exc_type for report in reported] == [ZeroDivisionError]
