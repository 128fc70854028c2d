import pytest
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


def begin_px(button: QRadioButton | QCheckBox, element: QStyle.SubElement) -> int:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(element, option, button).left()
