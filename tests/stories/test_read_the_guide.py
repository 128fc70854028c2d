"""Somebody who does not know how to go on opens the guide from Help, and finds the chapter."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlock, QTextListFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import paths
from core.settings import SYSTEM_LANGUAGE
from gui.language.translation import speak
from gui.theme import Theme, load_colours
from gui.window.guide_dialog import GuideDialog
from gui.window.main_window import MainWindow
from tests.live_fakes import FakeCore
from tests.window_fixtures import MakeWindow


@pytest.fixture
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    speak(request.param)
    yield request.param
    speak(SYSTEM_LANGUAGE)


def open_guide(window: MainWindow) -> GuideDialog:
    window.commands.guide.trigger()
    (dialog,) = window.findChildren(GuideDialog)
    return dialog


def blocks_of(dialog: GuideDialog) -> Iterator[QTextBlock]:
    block = dialog.text.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def links_of(dialog: GuideDialog) -> list[str]:
    links = []
    for block in blocks_of(dialog):
        iterator = block.begin()
        while not iterator.atEnd():
            if iterator.fragment().charFormat().isAnchor():
                links.append(iterator.fragment().charFormat().anchorHref())
            iterator += 1
    return links


def top_line(dialog: GuideDialog) -> str:
    """What is read first in the part that is shown."""
    return dialog.text.cursorForPosition(dialog.text.viewport().rect().topLeft()).block().text()


@pytest.mark.parametrize("language", ["en", "fr"], indirect=True)
def test_each_chapter_of_the_guide_comes_to_the_top_by_keyboard(
    make_window: MakeWindow, language: str
) -> None:
    dialog = open_guide(make_window(FakeCore().parts))
    titles = [
        line.removeprefix("## ")
        for line in paths.user_guide(language).read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    ]
    listed = [dialog.chapters.item(row).text() for row in range(dialog.chapters.count())]
    assert listed == titles
    for title in titles[1:-1]:  # nothing below the last one fills the window
        QTest.keyClick(dialog.chapters, Qt.Key.Key_Down)
        assert top_line(dialog) == title


@pytest.mark.parametrize("language", ["en", "fr"], indirect=True)
def test_links_lead_within_the_guide_and_pictures_are_left_out(
    make_window: MakeWindow, language: str
) -> None:
    dialog = open_guide(make_window(FakeCore().parts))
    links = links_of(dialog)
    assert links
    for link in links:
        dialog.text.anchorClicked.emit(QUrl(link))
        assert top_line(dialog) == dialog.chapters.currentItem().text()
    assert "￼" not in dialog.text.toPlainText()
    assert "user-guide" not in dialog.text.toPlainText()


def link_colours(dialog: GuideDialog) -> set[str]:
    colours = set()
    for block in blocks_of(dialog):
        iterator = block.begin()
        while not iterator.atEnd():
            if (letters := iterator.fragment().charFormat()).isAnchor():
                colours.add(letters.foreground().color().name())
            iterator += 1
    return colours


def test_links_take_the_colours_of_a_theme_that_changes(
    make_window: MakeWindow, theme: Theme
) -> None:
    dialog = open_guide(make_window(FakeCore().parts))
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        theme.apply(scheme)
        assert link_colours(dialog) == {dialog.palette().link().color().name()}
        assert link_colours(dialog) == {load_colours(scheme).accent}


def test_points_have_full_bullets(make_window: MakeWindow, qtbot: QtBot) -> None:
    lists = [block.textList() for block in blocks_of(open_guide(make_window(FakeCore().parts)))]
    styles = {points.format().style() for points in lists if points is not None}
    assert QTextListFormat.Style.ListDisc in styles
    assert QTextListFormat.Style.ListCircle not in styles


def test_the_guide_stays_open_beside_the_window_and_is_there_once(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeCore().parts)
    dialog = open_guide(window)
    assert not dialog.isModal()
    assert open_guide(window) is dialog
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(GuideDialog))
