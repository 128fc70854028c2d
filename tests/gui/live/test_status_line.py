import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.sources.frame_source import SourceKind
from gui.language.translation import speak
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


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["0 frames/s", "1 frame/s", "2 frames/s"]),
        ("fr", ["0 image/s", "1 image/s", "2 images/s"]),
    ],
)
def test_a_speed_has_the_plural_of_its_language(
    english: None, language: str, shown: list[str], qtbot: QtBot
) -> None:
    speak(language)
    line = StatusLine()
    qtbot.addWidget(line)
    found = []
    for rate in (0.2, 1.4, 1.6):
        line.show_speed(rate, 12.4, 0)
        found.append(line.speed_label.text().split("  ·  ")[0])
    assert found == shown


def test_the_title_of_a_model_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    title = "<img src='/etc/passwd'>"
    line.show_engine(LiveInfo(SourceKind.PHOTO, "a.jpg", None, False, 1, title, "Keras", "CPU"))
    assert line.engine_label.text().startswith(title)
    assert line.engine_label.textFormat() is Qt.TextFormat.PlainText
