import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.types import Box, Image
from gui.picture.frame_canvas import FrameCanvas, as_qimage, view_box
from gui.picture.zoom import letterbox
from tests.fakes import make_frame, make_image
from tests.live_fakes import make_face, make_result


@pytest.fixture
def canvas(qtbot: QtBot) -> FrameCanvas:
    canvas = FrameCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(640, 480)
    return canvas


def half_red_half_blue() -> Image:
    image = make_image((0, 0, 255), (320, 240))
    image[:, :160] = (255, 0, 0)
    return image


def colour_at(canvas: FrameCanvas, x: int, y: int) -> QColor:
    return canvas.grab().toImage().pixelColor(x, y)


def test_an_image_becomes_a_qimage_without_a_copy() -> None:
    image = make_image((10, 20, 30), (7, 5))
    picture = as_qimage(image)
    assert picture.pixelColor(6, 4) == QColor(10, 20, 30)
    image[4, 6] = (200, 100, 50)
    assert picture.pixelColor(6, 4) == QColor(200, 100, 50)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((320, 240), (0, 0, 640, 480)),
        ((200, 100), (0, 80, 640, 320)),
        ((50, 100), (200, 0, 240, 480)),
    ],
)
def test_a_picture_is_as_large_as_fits_and_in_the_middle(
    size: tuple[int, int], expected: tuple[int, ...]
) -> None:
    assert letterbox(QSize(*size), QRectF(0, 0, 640, 480)) == QRectF(*expected)


def test_a_box_lies_where_its_face_is_on_the_screen() -> None:
    area = QRectF(100, 50, 640, 480)
    assert view_box(Box(10, 20, 30, 60), area, 2.0, False) == QRectF(120, 90, 40, 80)
    assert view_box(Box(10, 20, 30, 60), area, 2.0, True) == QRectF(680, 90, 40, 80)


def test_mirroring_flips_the_picture(canvas: FrameCanvas) -> None:
    canvas.show_result(make_result(frame=make_frame(half_red_half_blue())))
    assert colour_at(canvas, 20, 400) == QColor(255, 0, 0)
    canvas.set_mirrored(True)
    assert colour_at(canvas, 20, 400) == QColor(0, 0, 255)


def test_labels_stay_readable_in_the_mirror(canvas: FrameCanvas) -> None:
    """The pill of a face in the middle has the same pixels, mirrored or not."""
    face = make_face(box=Box(120, 80, 200, 160))
    canvas.show_result(make_result(face, frame=make_frame(make_image((0, 0, 90)))))
    pill = QRectF(240, 125, 150, 30).toRect()
    plain = canvas.grab(pill).toImage()
    canvas.set_mirrored(True)
    assert canvas.grab(pill).toImage() == plain


def test_blurred_faces_lose_their_detail_and_the_rest_keeps_it(canvas: FrameCanvas) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
    face = make_face(box=Box(200, 200, 400, 400), estimate=None, gender=None)
    canvas.show_result(make_result(face, frame=make_frame(noise)))
    canvas.set_blurred(True)
    picture = canvas.grab().toImage()
    inside = [picture.pixelColor(x, 300).red() for x in range(250, 350)]
    outside = [picture.pixelColor(x, 100).red() for x in range(250, 350)]
    assert np.abs(np.diff(inside)).mean() < 10
    assert np.abs(np.diff(outside)).mean() > 40


def test_a_blurred_face_that_reaches_beyond_the_picture_is_no_trouble(canvas: FrameCanvas) -> None:
    face = make_face(box=Box(-40, -30, 60, 70))
    gone = make_face(box=Box(400, 300, 500, 400))
    frame = make_frame(make_image((9, 9, 9)))
    canvas.show_result(make_result(face, gone, frame=frame))
    canvas.set_blurred(True)
    assert colour_at(canvas, 600, 440) == QColor(9, 9, 9)


def test_the_first_painted_estimate_is_told_once(canvas: FrameCanvas, qtbot: QtBot) -> None:
    told: list[bool] = []
    canvas.estimate_painted.connect(lambda: told.append(True))
    canvas.show_result(make_result(make_face(estimate=None)))
    canvas.grab()
    assert not told
    canvas.show_result(make_result(make_face()))
    canvas.grab()
    canvas.grab()
    assert len(told) == 1


def test_a_canvas_without_a_result_paints_nothing(canvas: FrameCanvas) -> None:
    canvas.show_result(make_result(frame=make_frame(half_red_half_blue())))
    canvas.show_result(None)
    assert canvas.result is None
    assert colour_at(canvas, 20, 400) != QColor(255, 0, 0)
