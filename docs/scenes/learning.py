"""Learning from corrections; the album has too few, so core's part is made up."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from core.adapting.learning import Learnt
from core.adapting.validation import Verdict
from gui.batch.learning.learning_dialog import LearningDialog
from gui.core_parts import CoreParts
from gui.window.main_window import MainWindow
from scenes.albums import show_album
from scenes.stage import wait

BETTER = Verdict(300, 8.86, 4.83, -8.28, -1.15, 0.0005, 4.18, 4.24, 0.0005)
AT_RANDOM = Verdict(300, 20.47, 16.06, -0.28, 1.20, 0.0005, 4.18, 4.27, 0.282)
"""What tests/training/publishing/test_rehearsal.py measures of a camera, and of ages at random."""


def show_learning(window: MainWindow) -> QWidget:
    view = show_album(window, page=0)
    view.dialogs.learn()
    dialog = view.dialogs.learning
    assert dialog is not None
    dialog.measure_button.click()
    wait(lambda: not dialog.run.is_active)
    dialog.learn_button.setFocus()
    return dialog


def show_learning_running(window: MainWindow) -> QWidget:
    def learn(*given: Any) -> None:
        *_, tell, is_stopped = given
        tell(120, 300)
        while not is_stopped():
            time.sleep(0.01)

    dialog = _learning_dialog(window, learn)
    wait(lambda: bool(dialog.words.text()))
    return dialog


def show_learning_better(window: MainWindow) -> QWidget:
    return _learnt_dialog(window, BETTER)


def show_learning_not_better(window: MainWindow) -> QWidget:
    return _learnt_dialog(window, AT_RANDOM)


def _learnt_dialog(window: MainWindow, verdict: Verdict) -> QWidget:
    dialog = _learning_dialog(window, lambda *_: Learnt(verdict, None, missing_count=0))
    wait(lambda: not dialog.run.is_active)
    return dialog


def _learning_dialog(window: MainWindow, learn: Callable[..., Learnt | None]) -> LearningDialog:
    """It was asked to learn, and core's part is made up: the album has too few faces."""
    view = show_album(window, page=0)
    job = view.session.job
    assert job is not None
    dialog = LearningDialog(
        replace(CoreParts(), learn=learn), view.reader.database_path, job, window
    )
    dialog.show()
    dialog.learn_button.click()
    return dialog
