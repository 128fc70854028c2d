from pytestqt.qtbot import QtBot

from gui.live.status_line import StatusLine


def test_a_photo_that_hides_faces_says_so_beside_no_face_found(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_photo(0, 12.4, "It is very dark: faces may stay unseen.")
    shown = line.speed_label.text()
    assert shown == "No face found  ·  12 ms  ·  It is very dark: faces may stay unseen."
    line.show_photo(2, 12.4)
    assert line.speed_label.text() == "2 faces  ·  12 ms"
