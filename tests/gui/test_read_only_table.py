from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.read_only_table import make_read_only_table


def test_titles_stand_above_the_beginning_of_their_texts(qtbot: QtBot) -> None:
    table = make_read_only_table(1, 2)
    qtbot.addWidget(table)
    side = table.horizontalHeader().defaultAlignment()
    assert side == Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    assert table.verticalHeader().isHidden()
