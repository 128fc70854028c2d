"""A batch that goes on while something else is looked at."""

import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.batch.jobs.batch_session import BatchState
from gui.window.main_window import MainWindow
from tests.core.batch.builders import write_album
from tests.gui.batch.batch_parts import BatchCore
from tests.gui.drops import drop, files
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 10_000


@pytest.fixture
def core() -> BatchCore:
    return BatchCore()


@pytest.fixture
def window(core: BatchCore, make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A batch of four photos that waits for its first; the live view is shown meanwhile."""
    core.may_look.clear()
    window = make_window(core.parts)
    write_album(tmp_path / "album", 4)
    drop(window, files([tmp_path / "album"]))
    session = window.batch.view.session
    qtbot.waitUntil(lambda: session.state is BatchState.RUNNING, timeout=PATIENCE_MS)
    window.views.setCurrentWidget(window.live_view)
    return window


def test_how_far_it_is_stands_in_the_tool_bar_and_in_the_title(
    core: BatchCore, window: MainWindow, qtbot: QtBot
) -> None:
    chip = window.batch.chip
    qtbot.waitUntil(chip.isVisible, timeout=PATIENCE_MS)
    assert chip.text() == " album  0 %"
    assert window.windowTitle() == "0 % · Visage"
    window.batch.view.jobs.toggle_pause()
    assert "paused" in chip.accessibleName()
    window.batch.view.jobs.toggle_pause()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert window.views.currentWidget() is window.batch.view
    assert window.windowTitle() == "0 % · album – Visage"
    core.may_look.set()
    qtbot.waitUntil(lambda: not chip.isVisible(), timeout=PATIENCE_MS)
    assert window.windowTitle() == "album – Visage"


def test_its_end_is_told_to_whoever_looks_at_something_else(
    core: BatchCore, window: MainWindow, qtbot: QtBot
) -> None:
    core.may_look.set()
    strip = window.live_view.strip
    qtbot.waitUntil(lambda: bool(strip.text), timeout=PATIENCE_MS)
    assert strip.text == "The batch “album” is done: 4 photos, 4 faces."
    assert window.batch.chip.text() == " album  done"
    assert window.windowTitle() == "Visage"
    window.batch.chip.click()
    assert window.views.currentWidget() is window.batch.view
    assert not window.batch.chip.isVisible(), "it was seen"


def test_going_on_answers_at_once(core: BatchCore, window: MainWindow, qtbot: QtBot) -> None:
    view = window.batch.view
    window.batch.chip.click()
    view.header.cancel_button.click()
    qtbot.waitUntil(view.header.go_on_button.isVisible, timeout=PATIENCE_MS)
    view.header.go_on_button.click()
    assert view.header.title_label.text() == "album"
    assert view.header.status_label.text() == "Opening…"
    assert view.header.cancel_button.isVisible(), "though the worker of before is still at a photo"
    core.may_look.set()


def test_the_process_ends_soon_though_a_library_is_still_at_a_photo() -> None:
    program = (
        "import threading, time\n"
        "from gui.quit_limit import end_within\n"
        "threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "end_within(0.2, 3)\n"
    )
    began_s = monotonic()
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=50)
    assert ended.returncode == 3
    assert monotonic() - began_s < 40


def test_a_worker_makes_pythons_threads_take_short_turns() -> None:
    program = (
        "import sys\n"
        "from core.thread_priority import lower_priority\n"
        "lower_priority()\n"
        "print(sys.getswitchinterval())\n"
    )
    assert float(printed_by(program)) == pytest.approx(0.001)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not inherited")
def test_threads_that_a_worker_starts_stand_back_behind_the_window() -> None:
    program = (
        "import os, threading\n"
        "from core.thread_priority import lower_priority\n"
        "def niceness():\n"
        "    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())\n"
        "def work():\n"
        "    lower_priority()\n"
        "    inner = threading.Thread(target=lambda: print(niceness() - before))\n"
        "    inner.start(); inner.join()\n"
        "before = niceness()\n"
        "worker = threading.Thread(target=work)\n"
        "worker.start(); worker.join()\n"
        "print(niceness() - before)\n"
    )
    inner, window_thread = map(int, printed_by(program).split())
    assert inner > 0
    assert window_thread == 0


def printed_by(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, timeout=50, capture_output=True, text=True).stdout
