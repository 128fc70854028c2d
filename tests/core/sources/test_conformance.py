"""What every source must do, whatever it is."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from core.errors import SourceError
from core.sources.frame_source import FrameSource, SourceKind
from core.sources.photo_source import PhotoSource
from core.sources.video_file import VideoFileSource
from core.types import Frame
from tests.core.sources.builders import FakeCamera, write_photo, write_video


def make_camera(_folder: Path) -> FrameSource:
    return FakeCamera().make_source()


def make_video(folder: Path) -> FrameSource:
    return VideoFileSource(write_video(folder / "clip.mp4"))


def make_photo(folder: Path) -> FrameSource:
    return PhotoSource(write_photo(folder / "photo.png"))


@pytest.fixture(params=[make_camera, make_video, make_photo], ids=lambda make: make.__name__)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FrameSource]:
    make: Callable[[Path], FrameSource] = request.param
    made = make(tmp_path)
    yield made
    made.close()


def read_some(source: FrameSource) -> list[Frame]:
    frames: list[Frame] = []
    while len(frames) < 5 and (frame := source.read()) is not None:
        frames.append(frame)
    return frames


def test_a_source_knows_its_kind_and_has_a_title(source: FrameSource) -> None:
    assert source.kind in SourceKind
    assert source.title


def test_frames_are_rgb_bytes(source: FrameSource) -> None:
    with source:
        frame = source.read()
    assert frame is not None
    assert frame.image.shape == (48, 64, 3)
    assert frame.image.dtype == np.uint8
    red, green, blue = frame.image[5, 5]
    assert red > 180 > 80 > max(green, blue)


def test_a_frame_stays_as_it_is_when_the_next_is_read(source: FrameSource) -> None:
    with source:
        frame = source.read()
        assert frame is not None
        before = frame.image.copy()
        read_some(source)
    assert np.array_equal(frame.image, before)


def test_index_and_time_rise(source: FrameSource) -> None:
    with source:
        frames = read_some(source)
    assert frames[0].index == 0 or source.kind is SourceKind.CAMERA
    assert frames[0].time_s >= 0
    assert all(a.index < b.index for a, b in pairwise(frames))
    assert all(a.time_s < b.time_s for a, b in pairwise(frames))


def test_opening_an_open_source_does_nothing(source: FrameSource) -> None:
    with source:
        first = source.read()
        source.open()
        assert first is not None
        assert all(frame.index > first.index for frame in read_some(source))


def test_a_closed_source_gives_nothing(source: FrameSource) -> None:
    source.open()
    source.close()
    source.close()
    assert source.read() is None


def test_a_closed_source_can_be_opened_again(source: FrameSource) -> None:
    with source:
        first = read_some(source)
    with source:
        second = read_some(source)
    assert len(first) == len(second)
    assert second[0].index <= first[-1].index


def test_only_a_source_with_a_length_can_seek(source: FrameSource) -> None:
    with source:
        assert source.is_seekable == (source.duration_s is not None)
        if source.is_seekable:
            source.seek(0.2)
            frame = source.read()
            assert frame is not None
            assert frame.time_s == pytest.approx(0.2, abs=0.05)
        else:
            with pytest.raises(SourceError, match="nothing to seek"):
                source.seek(0.2)


def test_a_reader_in_another_thread_ends_when_the_source_is_closed(source: FrameSource) -> None:
    source.open()
    reader = Thread(target=lambda: list(iter(source.read, None)))
    reader.start()
    source.close()
    reader.join(5)
    assert not reader.is_alive()
