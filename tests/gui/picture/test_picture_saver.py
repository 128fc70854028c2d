from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QImage
from pytestqt.qtbot import QtBot

from gui.picture.picture_saver import PictureSaver, draw_picture, save_picture
from tests.fakes import make_frame, make_image
from tests.live_fakes import make_face, make_result


def drawn(**changes: bool) -> QImage:
    result = make_result(make_face(), frame=make_frame(make_image((40, 90, 160), (640, 480))))
    flags = {"is_mirrored": False, "is_blurred": False, **changes}
    return draw_picture(result, QFont(), **flags)


def test_a_picture_is_drawn_at_its_own_size_with_its_faces(qtbot: QtBot) -> None:
    picture = drawn()
    assert (picture.width(), picture.height()) == (640, 480)
    assert picture.pixelColor(600, 400) == QColor(40, 90, 160)
    assert picture.pixelColor(140, 60) != QColor(40, 90, 160)


@pytest.mark.parametrize("name", ["me.png", "me.jpg", "Ærø 写真.JPG"])
def test_a_saved_picture_can_be_read_again(name: str, tmp_path: Path, qtbot: QtBot) -> None:
    assert save_picture(drawn(), tmp_path / name) is None
    again = QImage(str(tmp_path / name))
    assert again.width() == 640
    colour = again.pixelColor(600, 400)
    assert np.allclose((colour.red(), colour.green(), colour.blue()), (40, 90, 160), atol=6)


def test_a_picture_that_cannot_be_written_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, qtbot: QtBot
) -> None:
    sentence = save_picture(drawn(), tmp_path / "missing" / "me.png")
    assert sentence is not None
    assert sentence.startswith("me.png could not be written")
    assert not list(tmp_path.iterdir())


def test_saving_happens_beside_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    parent = QObject()
    saver = PictureSaver(parent)
    with qtbot.waitSignal(saver.saved) as told:
        saver.save(drawn, tmp_path / "me.png")
    assert told.args == [tmp_path / "me.png"]
    with qtbot.waitSignal(saver.failed):
        saver.save(drawn, tmp_path / "missing" / "me.png")
    saver.join()
