from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.sources.frame_source import SourceKind
from gui.live.live_request import LiveInfo
from gui.live.status_line import StatusLine


def test_a_photo_that_hides_faces_says_so_beside_no_face_found(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_photo(0, 12.4, "It is very dark: faces may stay unseen.")
    shown = line.speed_label.text()
    assert shown == "No face found  ·  12 ms  ·  It is very dark: faces may stay unseen."
    line.show_photo(2, 12.4)
    assert line.speed_label.text() == "2 faces  ·  12 ms"
    line.show_photo(2, 1145.0)
    assert line.speed_label.text() == "2 faces  ·  1,145 ms"


def test_the_title_of_a_model_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    title = "<img src='/etc/passwd'>"
    line.show_engine(LiveInfo(SourceKind.PHOTO, "a.jpg", None, False, 1, title, "Keras", "CPU"))
    assert line.engine_label.text().startswith(title)
    assert line.engine_label.textFormat() is Qt.TextFormat.PlainText
