import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.settings import Settings
from gui.choices.look import Look
from gui.choices.settings_dialog import SettingsDialog
from gui.scrolled_page import ScrolledPage
from gui.window.guide_dialog import GuideDialog
from gui.window.keys_dialog import KeysDialog
from gui.window.screen_fit import TITLE_HEIGHT_PX, fitted, keep_on_screen
from tests.live_fakes import FakeCore
from tests.window_fixtures import MakeWindow

SCREENS = [(1024, 700), (1280 * 2 // 3, 800 * 2 // 3), (1366 * 4 // 5, 768 * 4 // 5)]
"""In px of the window: plain, at 150 % and at 125 %."""


@pytest.mark.parametrize("size", SCREENS)
def test_a_window_is_clamped_to_its_screen(size: tuple[int, int]) -> None:
    screen = QRect(0, 0, *size)
    for window in (QRect(900, 500, 1120, 760), QRect(-50, -80, 300, 200)):
        assert screen.adjusted(0, TITLE_HEIGHT_PX, 0, 0).contains(fitted(window, screen))


def test_a_window_that_fits_stays_where_it_is() -> None:
    assert fitted(QRect(40, 50, 600, 400), QRect(0, 0, 1024, 700)) == QRect(40, 50, 600, 400)


@pytest.mark.parametrize("size", SCREENS)
def test_the_window_can_be_as_small_as_the_smallest_screen(
    size: tuple[int, int], make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeCore().parts)
    room = QSize(size[0], size[1] - TITLE_HEIGHT_PX)
    window.resize(room)
    assert window.size() == room
    view = window.empty_view
    qtbot.waitUntil(lambda: view.minimumSizeHint().height() <= view.height())


@pytest.mark.parametrize("size", SCREENS)
def test_dialogs_scroll_where_the_screen_is_low(
    size: tuple[int, int], make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeCore().parts)
    dialogs: list[QDialog] = [
        SettingsDialog(Settings(), Look(), window),
        GuideDialog(window),
        KeysDialog(window.commands, window.batch.actions.every, window),
    ]
    room = QRect(0, TITLE_HEIGHT_PX, size[0], size[1] - TITLE_HEIGHT_PX)
    for dialog in dialogs:
        assert dialog.minimumSizeHint().height() <= room.height()
        assert dialog.minimumSizeHint().width() <= room.width()


def test_a_dialog_that_is_larger_than_the_screen_is_made_smaller_when_it_appears(
    make_window: MakeWindow,
) -> None:
    window = make_window(FakeCore().parts)
    dialog = KeysDialog(window.commands, window.batch.actions.every, window)
    dialog.resize(3000, 3000)
    dialog.show()
    screen = dialog.screen().availableGeometry()
    assert screen.contains(dialog.geometry())


def test_a_dialog_is_as_high_as_its_page_where_the_screen_allows_it(
    make_window: MakeWindow,
) -> None:
    dialog, page = QDialog(make_window(FakeCore().parts)), QWidget()
    keep_on_screen(dialog)
    room_px = dialog.screen().availableGeometry().height() - TITLE_HEIGHT_PX
    QVBoxLayout(page).addSpacing(room_px * 3 // 4)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(ScrolledPage(page))
    dialog.show()
    assert page.sizeHint().height() <= dialog.height() <= room_px


def test_the_list_of_keys_is_as_high_as_what_it_lists(make_window: MakeWindow) -> None:
    window = make_window(FakeCore().parts)
    dialog = KeysDialog(window.commands, window.batch.actions.every, window)
    page = dialog.findChild(QWidget, "page")
    assert page is not None
    assert dialog.height() == page.heightForWidth(dialog.width())
