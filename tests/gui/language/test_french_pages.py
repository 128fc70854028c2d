"""What a reader of French sees: nothing in English, and nothing cut off."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core import paths
from gui.batch.elided_label import ElidedLabel
from gui.language.translation import speak
from gui.window import screen_fit
from gui.window.main_window import MainWindow
from gui.window.screen_fit import TITLE_HEIGHT_PX, fitted
from tests.gui.language.pages import make_parts, pages
from tests.gui.language.test_catalogues import FRENCH, forms, messages
from tests.window_fixtures import MakeWindow

SMALL_SCREEN, SMALLEST_SCREEN = (1024, 700), (853, 533)
"""In px of the window; the smallest one is 1280 × 800 at 150 %."""

LARGE_TEXT = 1.25
REST_MS = 2000


@pytest.fixture
def language() -> str:
    return "fr"


@pytest.fixture
def window(english: None, language: str, make_window: MakeWindow) -> MainWindow:
    speak(language)
    window = make_window(make_parts())
    window.resize(SMALL_SCREEN[0], SMALL_SCREEN[1] - TITLE_HEIGHT_PX)
    return window


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """As a desktop at 125 % has it, on the same screen."""
    before, font = qapp.font(), qapp.font()
    font.setPointSizeF(before.pointSizeF() * LARGE_TEXT)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def english_forms() -> list[re.Pattern[str]]:
    """What every text of the window looks like before it is translated."""
    found = set()
    for _, message in messages(FRENCH):
        source = message.findtext("source", "").replace("&", "")
        if source not in {form.replace("&", "") for form in forms(message)}:
            parts = re.split(r"%L?n|%\d|\{[^}]*\}", source)
            if len("".join(parts).strip(" ,:·")) > 2:
                found.add("(.+)".join(re.escape(part) for part in parts))
    return [re.compile(form, re.DOTALL) for form in found]


def shown_texts(page: QWidget) -> Iterator[str]:
    """All that a page says, to eyes and to a screen reader."""
    for widget in (page, *page.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip())
        yield from (widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QTableView | QTreeWidget):
            yield from _cells(widget)
    for action in page.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def _cells(view: QTableView | QTreeWidget) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(20, model.rowCount())):
            yield str(model.index(row, column).data() or "")


def cut_off(page: QWidget) -> Iterator[tuple[object, ...]]:
    """Texts that have less room than they need, the room, and the need."""
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and widget.text() and not _has_room(widget):
            yield widget.text(), widget.size().toTuple(), widget.sizeHint().toTuple()
        if isinstance(widget, QAbstractButton) and widget.text():
            wanted = widget.sizeHint()
            if widget.width() < wanted.width() or widget.height() < wanted.height() - 2:
                yield widget.text(), widget.size().toTuple(), wanted.toTuple()


def cut_off_for_good(page: QWidget, qtbot: QtBot) -> list[tuple[object, ...]]:
    """What is cut off once the page has come to rest."""
    with contextlib.suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not list(cut_off(page)), timeout=REST_MS)
    return list(cut_off(page))


def _has_room(label: QLabel) -> bool:
    wanted = label.sizeHint()
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width())
    return label.width() >= wanted.width() and label.height() >= label.minimumSizeHint().height()


def test_no_page_has_english_left(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    english, french = english_forms(), {form for _, one in messages(FRENCH) for form in forms(one)}
    found = set()
    for name, page in pages(window, tmp_path, qtbot):
        for text in {text.replace("&", "").strip() for text in shown_texts(page)}:
            for part in {text, *re.split(r" {2}· {2}| · |[\n\t]", text)} - french:
                if any(form.fullmatch(part) for form in english):
                    found.add((name, part))
    assert found == set()


def test_keys_are_called_in_menus_as_in_the_guide(window: MainWindow) -> None:
    shown = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
    assert shown == "Ctrl+Entrée"
    guide = paths.install_dir() / "docs" / "user-guide.fr.md"
    assert shown in guide.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", paths.languages())
def test_no_text_is_cut_off_on_a_small_screen_with_large_text(
    large_text: None, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    found = set()
    for name, page in pages(window, tmp_path, qtbot):
        found |= {(name, *each) for each in cut_off_for_good(page, qtbot)}
    assert found == set()


@pytest.mark.parametrize("language", paths.languages())
def test_every_page_and_dialog_lies_within_the_smallest_screen_with_all_of_its_texts(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QRect(0, 0, *SMALLEST_SCREEN)
    monkeypatch.setattr(screen_fit, "room_of", lambda _: screen)
    room = fitted(screen, screen)
    window.setGeometry(room)
    found: set[tuple[object, ...]] = set()
    for name, page in pages(window, tmp_path, qtbot):
        found |= {(name, *each) for each in cut_off_for_good(page, qtbot)}
        if page.width() > room.width() or page.height() > room.height():
            found.add((name, page.size().toTuple()))
    assert found == set()
