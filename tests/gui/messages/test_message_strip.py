import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.icons import Icons
from gui.messages import message_strip
from gui.messages.message_strip import MessageStrip
from gui.theme import Theme


def make_strip(theme: Theme, qtbot: QtBot) -> MessageStrip:
    strip = MessageStrip(Icons(theme))
    qtbot.addWidget(strip)
    return strip


def buttons_of(strip: MessageStrip) -> list[QPushButton]:
    return [each for each in strip.findChildren(QPushButton) if each.isVisibleTo(strip)]


def test_a_strip_shows_its_sentence_and_does_what_its_buttons_say(
    theme: Theme, qtbot: QtBot
) -> None:
    strip = make_strip(theme, qtbot)
    done: list[str] = []
    strip.show_trouble("The camera is gone.", ("Try again", lambda: done.append("again")))
    (button,) = buttons_of(strip)
    button.click()
    assert strip.text == "The camera is gone."
    assert done == ["again"]


def test_a_new_message_replaces_the_old_one_and_its_buttons(theme: Theme, qtbot: QtBot) -> None:
    strip = make_strip(theme, qtbot)
    strip.show_trouble("One.", ("Try again", lambda: None))
    strip.show_notice("Two.")
    assert strip.text == "Two."
    assert buttons_of(strip) == []
    assert strip.property("tone") == "notice"


def test_a_strip_without_a_message_is_hidden(theme: Theme, qtbot: QtBot) -> None:
    strip = make_strip(theme, qtbot)
    strip.show_notice("One.")
    strip.clear()
    assert strip.isHidden()
    assert strip.text == ""


def test_a_message_lies_over_its_page_and_moves_nothing(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    area = QWidget(page)
    page.resize(800, 600)
    area.setGeometry(0, 40, 800, 500)
    strip = MessageStrip(Icons(theme))
    strip.float_over(area, page)
    page.show()
    strip.show_trouble("A long sentence that says what happened. " * 8, ("Undo", lambda: None))
    assert area.geometry() == QRect(0, 40, 800, 500)
    assert area.geometry().contains(strip.geometry())
    area.resize(500, 400)
    qtbot.waitUntil(lambda: area.geometry().contains(strip.geometry()))
    assert strip.height() >= strip.heightForWidth(strip.width())


def test_a_message_that_is_there_while_the_colours_change_stays_whole(
    theme: Theme, qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    strip = MessageStrip(Icons(theme))
    strip.float_over(page, page)
    page.show()
    strip.show_notice("Recorded as x.webm: 0:03, 2 people.", ("Open", print), ("People", print))
    width = strip.width()
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        theme.apply(scheme)
        page.resize(page.width() - 1, page.height())
        qtbot.waitUntil(lambda: strip.width() == width, timeout=2000)


def test_a_notice_that_offers_nothing_goes_by_itself(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_strip, "NOTICE_MS", 10)
    strip = make_strip(theme, qtbot)
    strip.show_notice("Saved.")
    qtbot.waitUntil(strip.isHidden)
    strip.show_notice("Saved.", ("Open", lambda: None))
    with qtbot.waitSignal(strip.destroyed, timeout=50, raising=False):
        pass
    assert not strip.isHidden()
