"""The dialogs above the live view."""

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from gui.choices.comparison_dialog import ComparisonDialog
from gui.choices.get_model_dialog import GetModelDialog
from gui.choices.model_card_dialog import ModelCardDialog
from gui.choices.settings_dialog import SettingsDialog
from gui.live.tracks_dialog import TracksDialog
from gui.preferences import Preferences
from gui.start.crash_dialog import CrashDialog
from gui.window.guide_dialog import GuideDialog
from gui.window.keys_dialog import KeysDialog
from gui.window.main_window import MainWindow
from scenes.live import show_live, show_recorded
from scenes.stage import opened, wait

OTHER_MODEL = "mobilenet_v2"
TRACEBACK = """Traceback (most recent call last):
  File "gui/live/live_view.py", line 142, in show
    self.canvas.show_result(result)
ValueError: an example
"""


def show_model_card(window: MainWindow) -> QWidget:
    wait(lambda: window.model_menu.card(None) is not None)
    card = window.model_menu.card(None)
    assert card is not None
    return opened(ModelCardDialog(card, window))


def show_settings(window: MainWindow) -> QWidget:
    return opened(SettingsDialog(Preferences().settings, Preferences().look, window))


def show_keys(window: MainWindow) -> QWidget:
    window.commands.keys.trigger()
    return window.findChildren(KeysDialog)[-1]


def show_guide(window: MainWindow) -> QWidget:
    window.commands.guide.trigger()
    return window.findChildren(GuideDialog)[-1]


def show_about(window: MainWindow) -> QWidget:
    window.commands.about.trigger()
    return window.findChildren(QMessageBox)[-1]


def show_get_a_model(window: MainWindow) -> QWidget:
    return opened(GetModelDialog(window.model_dialogs.download, window))


def show_comparison(window: MainWindow) -> QWidget:
    """Two models beside each other, for both faces of the sample."""
    show_live(window)
    wait(lambda: len(window.model_menu.cards) > 1)
    window.commands.compare.trigger()
    dialog = window.findChildren(ComparisonDialog)[-1]
    wait(lambda: dialog.table.rowCount() > 0)
    dialog.table.setRowCount(0)
    dialog.second.setCurrentIndex(dialog.second.findData(OTHER_MODEL))
    dialog.second.activated.emit(dialog.second.currentIndex())
    wait(lambda: dialog.table.rowCount() > 0)
    return dialog


def show_both(window: MainWindow) -> QWidget:
    """Both models' answers in the picture, which stays paused."""
    dialog = show_comparison(window)
    assert isinstance(dialog, ComparisonDialog)
    dialog.both_button.click()

    def both_answer() -> bool:
        shown = window.live_view.shown
        faces = () if shown is None or shown.result is None else shown.result.faces
        return sum(face.other is not None for face in faces) >= 2

    wait(both_answer)
    return window


def show_who_was_seen(window: MainWindow) -> QWidget:
    """The people of a recording."""
    show_recorded(window)
    window.live_view.strip.findChildren(QPushButton)[-1].click()
    return window.findChildren(TracksDialog)[-1]


def show_crash(window: MainWindow) -> QWidget:
    return opened(CrashDialog(TRACEBACK, window))
