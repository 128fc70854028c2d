from PySide6.QtCore import QPoint
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.window.about import show_about

LEAST_MARGIN_PX = 20


def test_the_words_about_visage_have_room_around_them(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    show_about(window, QIcon())
    (box,) = window.findChildren(QMessageBox)
    inner = box.rect().adjusted(*(LEAST_MARGIN_PX * side for side in (1, 1, -1, -1)))
    parts: list[QWidget] = [*box.findChildren(QLabel), *box.findChildren(QPushButton)]
    for part in parts:
        corner = part.mapTo(box, QPoint())
        assert part.isHidden() or inner.contains(part.rect().translated(corner))
