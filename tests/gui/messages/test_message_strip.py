from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.icons import Icons
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
