"""From the words of a user to a source."""

import re
from pathlib import Path

import pytest

from core.errors import SourceError
from core.settings import CameraResolution
from core.sources import source_choice
from core.sources.camera_list import CameraInfo
from core.sources.frame_source import SourceKind
from core.sources.opencv_capture import Resolution
from core.sources.source_choice import make_source
from tests.core.sources.builders import write_photo, write_video


def test_the_sample_is_a_video() -> None:
    source = make_source("sample")
    assert (source.kind, source.title) == (SourceKind.VIDEO, "sample.mp4")


def test_a_camera_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_choice, "list_cameras", lambda: (CameraInfo(2, "Face Cam"),))
    named, unnamed = make_source("camera:2"), make_source("camera:3")
    assert named.kind is SourceKind.CAMERA
    assert (named.title, unnamed.title) == ("Face Cam", "Camera 3")


@pytest.mark.parametrize("resolution", CameraResolution)
def test_a_camera_is_asked_for_the_chosen_picture_size(
    resolution: CameraResolution, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[Resolution] = []
    monkeypatch.setattr(source_choice, "list_cameras", lambda: ())
    monkeypatch.setattr(
        source_choice, "CameraSource", lambda _index, _name, size: sizes.append(size)
    )
    make_source("camera:0", resolution)
    assert sizes == [Resolution(*resolution.size_px)]
    assert f"{sizes[0].width_px}x{sizes[0].height_px}" == resolution.value


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "²"])
def test_a_camera_that_is_no_number_is_a_sentence(number: str) -> None:
    with pytest.raises(SourceError, match="is not the number of a camera"):
        make_source(f"camera:{number}")


def test_a_file_is_a_photo_or_a_video_by_its_name(tmp_path: Path) -> None:
    photo = write_photo(tmp_path / "a.JPG")
    video = write_video(tmp_path / "a.mp4")
    assert make_source(str(photo)).kind is SourceKind.PHOTO
    assert make_source(str(video)).kind is SourceKind.VIDEO


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("a.jpg", "group"),
        ("a.jpg", "a.jpg~"),
        ("a.pgm", "a.pgm"),
        ("a.tif", "a.scan"),
    ],
)
def test_a_file_with_another_ending_is_a_photo_if_it_holds_one(
    tmp_path: Path, written: str, name: str
) -> None:
    photo = write_photo(tmp_path / written).rename(tmp_path / name)
    assert make_source(str(photo)).kind is SourceKind.PHOTO


@pytest.mark.parametrize("head", [None, b"\0\0\1\xb3\x16\0\xf0\x13", b"P6 nonsense", b"words"])
def test_a_file_with_another_ending_that_holds_no_photo_is_a_video(
    tmp_path: Path, head: bytes | None
) -> None:
    video = write_video(tmp_path / "a.mp4").rename(tmp_path / "holiday")
    if head is not None:
        video.write_bytes(head + bytes(100))
    assert make_source(str(video)).kind is SourceKind.VIDEO


def test_a_folder_is_its_first_photo(tmp_path: Path) -> None:
    write_photo(tmp_path / "b.jpg")
    write_photo(tmp_path / "a.jpg")
    assert make_source(str(tmp_path)).title == "a.jpg"


def test_a_folder_without_photos_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no photos"):
        make_source(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "reason"),
    [("gone.mp4", "does not exist. Was it moved"), ("x" * 300, "could not be read (")],
)
def test_what_is_not_there_is_a_sentence(name: str, reason: str) -> None:
    with pytest.raises(SourceError, match=re.escape(f"{name} {reason}")):
        make_source(name)
