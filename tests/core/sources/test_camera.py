"""A camera and its troubles."""

import threading
from collections.abc import Iterator

import pytest

from core.errors import SourceError, SourceInterruptedError
from core.sources.camera import CameraSource
from core.sources.opencv_capture import Resolution, open_camera
from core.types import Frame
from tests.core.sources.builders import FakeCamera, FakeCapture


@pytest.fixture
def camera() -> FakeCamera:
    return FakeCamera()


@pytest.fixture
def source(camera: FakeCamera) -> Iterator[CameraSource]:
    with camera.make_source() as source:
        yield source


def read_after_trouble(source: CameraSource) -> Frame:
    """The first frame after any number of interruptions."""
    for _ in range(1000):
        try:
            frame = source.read(timeout_s=0.02)
        except SourceInterruptedError:
            continue
        assert frame is not None
        return frame
    raise AssertionError("The camera never came back.")


def wait_for_interruption(source: CameraSource) -> str:
    for _ in range(1000):
        try:
            source.read(timeout_s=0.02)
        except SourceInterruptedError as error:
            return str(error)
    raise AssertionError("The camera was never lost.")


def test_the_title_is_the_cameras_name_or_its_number() -> None:
    assert CameraSource(1, "Face Cam").title == "Face Cam"
    assert CameraSource(1).title == "Camera 1"


def test_it_asks_for_720p_unless_told(camera: FakeCamera, source: CameraSource) -> None:
    assert camera.asked_for == Resolution(1280, 720)


def test_a_missing_camera_is_a_sentence(camera: FakeCamera) -> None:
    camera.is_plugged = False
    with pytest.raises(SourceError, match=r"Camera 1 could not be opened: no camera was found"):
        camera.make_source(1).open()


def test_a_wrong_number_is_a_sentence(camera: FakeCamera) -> None:
    with pytest.raises(SourceError, match=r"There is no camera 1\. There is: 0 \("):
        camera.make_source(1).open()


def test_a_camera_in_use_is_a_sentence_and_is_let_go(camera: FakeCamera) -> None:
    camera.gives_pictures = False
    with pytest.raises(SourceError, match="Is another program using it"):
        camera.make_source().open()
    assert camera.released_count == camera.opened_count == 1


def test_a_camera_whose_driver_hangs_is_a_sentence_and_is_let_go_when_it_answers(
    camera: FakeCamera,
) -> None:
    may_answer = threading.Event()

    def connect(index: int, resolution: Resolution) -> FakeCapture | None:
        may_answer.wait(10)
        return camera.connect(index, resolution)

    source = CameraSource(
        0, make_capture=connect, list_cameras=camera.list_cameras, answer_timeout_s=0.02
    )
    with pytest.raises(SourceError, match=r"Camera 0 does not answer\. Unplug it"):
        source.open()
    may_answer.set()
    for thread in threading.enumerate():
        if thread.name == "grab Camera 0":
            thread.join(10)
    assert camera.released_count == camera.opened_count == 1


def test_a_bug_while_the_camera_opens_is_told(camera: FakeCamera) -> None:
    camera.breaks_with = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError, match="a bug"):
        camera.make_source().open()
    assert camera.released_count == camera.opened_count == 1


def test_a_camera_that_was_in_use_can_be_opened_later(camera: FakeCamera) -> None:
    camera.gives_pictures = False
    source = camera.make_source()
    with pytest.raises(SourceError):
        source.open()
    camera.gives_pictures = True
    with source:
        assert source.read() is not None


def test_a_slow_reader_gets_the_newest_frame(camera: FakeCamera, source: CameraSource) -> None:
    first = source.read()
    assert camera.gave_twenty.wait(10)
    newest = source.read()
    assert first is not None
    assert newest is not None
    assert newest.index >= 19
    assert newest.time_s > first.time_s


def test_an_unplugged_camera_interrupts_and_comes_back(
    camera: FakeCamera, source: CameraSource
) -> None:
    before = read_after_trouble(source)
    camera.is_plugged = False
    assert "Is it still plugged in?" in wait_for_interruption(source)
    camera.is_plugged = True
    after = read_after_trouble(source)
    assert after.time_s > before.time_s
    assert after.index > before.index
    assert camera.opened_count == 2


def test_a_camera_that_comes_back_under_another_number_is_found_by_name(
    camera: FakeCamera,
) -> None:
    with camera.make_source(0, "Face Cam") as source:
        camera.is_plugged = False
        wait_for_interruption(source)
        camera.index = 2
        camera.is_plugged = True
        assert read_after_trouble(source).index > 0


def test_of_two_cameras_of_one_name_the_chosen_one_opens(camera: FakeCamera) -> None:
    twins = FakeCamera(index=0), FakeCamera(index=1)
    source = CameraSource(
        1,
        "Face Cam",
        make_capture=twins[1].connect,
        list_cameras=lambda: twins[0].list_cameras() + twins[1].list_cameras(),
    )
    with source:
        assert source.read() is not None


def test_a_lost_camera_does_not_come_back_as_another_one_of_its_name(camera: FakeCamera) -> None:
    other = FakeCamera(index=0)
    camera.index = 1
    source = CameraSource(
        1,
        "Face Cam",
        make_capture=lambda index, size: other.connect(index, size) or camera.connect(index, size),
        list_cameras=lambda: other.list_cameras() + camera.list_cameras(),
        retry_interval_s=0.005,
    )
    with source:
        camera.is_plugged = False
        wait_for_interruption(source)
        camera.index = 2
        camera.is_plugged = True
        read_after_trouble(source)
    assert (other.opened_count, camera.opened_count) == (0, 2)


def test_a_lost_camera_can_be_closed_at_once(camera: FakeCamera, source: CameraSource) -> None:
    camera.is_plugged = False
    wait_for_interruption(source)
    source.close()
    assert source.read() is None


def test_closing_ends_the_thread_and_lets_the_camera_go(
    camera: FakeCamera, source: CameraSource
) -> None:
    assert any(thread.name == "grab Camera 0" for thread in threading.enumerate())
    source.close()
    assert not any(thread.name == "grab Camera 0" for thread in threading.enumerate())
    assert camera.released_count == camera.opened_count


def test_closing_wakes_a_reader_that_waits(camera: FakeCamera, source: CameraSource) -> None:
    camera.is_plugged = False
    wait_for_interruption(source)
    answers: list[Frame | None] = []
    reader = threading.Thread(target=lambda: answers.append(source.read(timeout_s=60)))
    reader.start()
    source.close()
    reader.join(5)
    assert answers == [None]


def test_a_bug_in_the_thread_reaches_the_reader(camera: FakeCamera, source: CameraSource) -> None:
    camera.breaks_with = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError, match="a bug"):
        for _ in range(1000):
            source.read()


def test_opencv_opens_no_camera_that_is_not_there_and_says_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert open_camera(97, Resolution()) is None
    assert capfd.readouterr() == ("", "")
