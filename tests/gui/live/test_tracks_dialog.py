import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import paths
from core.recording.track_log import TrackSpan
from core.types import Gender
from gui.language.translation import speak
from gui.live.tracks_dialog import TracksDialog

DOUBTFUL = TrackSpan(1, 0.0, 2.0, 9, 34.0, 28.0, 41.0, Gender.FEMALE, 0.96, 120.0, 0.4)


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("language", paths.languages())
def test_who_was_seen_is_said_in_full(language: str, qtbot: QtBot) -> None:
    speak(language)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = TracksDialog([DOUBTFUL], parent)
    dialog.show()
    table = dialog.table
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    for column in range(table.columnCount()):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
