import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.start.crash_dialog import CrashDialog, CrashReporter


@pytest.fixture
def reporter(qtbot: QtBot) -> Iterator[CrashReporter]:
    parent = QObject()
    reporter = CrashReporter(parent)
    hooks = sys.excepthook, threading.excepthook
    reporter.install()
    yield reporter
    sys.excepthook, threading.excepthook = hooks
    for dialog in open_dialogs():
        dialog.close()


@pytest.fixture(autouse=True)
def no_error_in_the_log() -> None:
    """Errors in the log are what these tests are about."""


def open_dialogs() -> list[CrashDialog]:
    windows = QApplication.topLevelWidgets()
    return [each for each in windows if isinstance(each, CrashDialog) and each.isVisible()]


def crash() -> None:
    raise ZeroDivisionError("the whole of it")


def crash_here() -> None:
    try:
        crash()
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_bug_is_logged_and_shown_once(
    reporter: CrashReporter, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    crash_here()
    crash_here()
    qtbot.waitUntil(lambda: len(open_dialogs()) == 1)
    assert "ZeroDivisionError: the whole of it" in caplog.text


def test_a_bug_in_a_thread_is_shown_too(reporter: CrashReporter, qtbot: QtBot) -> None:
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(open_dialogs()) == 1)


def test_the_report_can_be_copied(qtbot: QtBot) -> None:
    dialog = CrashDialog("Traceback: everything")
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Traceback: everything"


def test_control_c_is_no_bug(reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, error, trace: seen.append(kind))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == [KeyboardInterrupt]
    assert not open_dialogs()
