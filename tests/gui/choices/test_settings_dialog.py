import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QRadioButton, QStyle, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from core.settings import Settings
from gui.choices.look import Look
from gui.choices.settings_dialog import SettingsDialog


@pytest.mark.usefixtures("theme")
def test_words_beside_what_is_chosen_begin_in_one_line(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(Settings(), Look(), parent)
    dialog.show()
    radio, check = QStyle.SubElement.SE_RadioButtonContents, QStyle.SubElement.SE_CheckBoxContents
    begins = {begin_px(button, radio) for button in dialog.findChildren(QRadioButton)}
    begins |= {begin_px(box, check) for box in dialog.findChildren(QCheckBox)}
    explanations = {line.indent() for line in dialog.findChildren(QLabel) if line.indent() > 0}
    assert begins == explanations and len(begins) == 1


@pytest.mark.usefixtures("theme")
def test_tab_leads_to_what_is_chosen_and_the_arrows_from_there(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(Settings(), Look(language="fr"), parent)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    button = dialog.focusWidget()
    assert isinstance(button, QRadioButton) and button.isChecked()
    QTest.keyClick(button, Qt.Key.Key_Up)
    assert dialog.language.value == "en"
    while dialog.focusWidget() is not button:
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert dialog.language.value == "fr"


def begin_px(button: QRadioButton | QCheckBox, element: QStyle.SubElement) -> int:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(element, option, button).left()
