"""From the words of a user to a source."""

from pathlib import Path

from core import paths
from core.batch.scan import find_photos
from core.errors import PhotoError, SourceError
from core.settings import CameraResolution
from core.sources.camera import CameraSource
from core.sources.camera_list import list_cameras
from core.sources.endings import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from core.sources.file_check import check_file, display_name, is_folder
from core.sources.frame_source import FrameSource
from core.sources.opencv_capture import Resolution
from core.sources.photo import check_photo
from core.sources.photo_source import PhotoSource
from core.sources.video_file import VideoFileSource

_SAMPLE = "sample"
_CAMERA_PREFIX = "camera:"


def make_source(
    text: str,
    camera_resolution: CameraResolution = CameraResolution.HD,
    *,
    is_thorough: bool = False,
) -> FrameSource:
    """The source that `text` names; it is not opened.

    Args:
        text: "sample", "camera:N", the path of a video or photo, or a folder, of which it is the
            first photo.
        camera_resolution: the picture size to ask a camera for.
        is_thorough: read photos at the size that a thorough search needs.

    Raises:
        SourceError: if it names nothing of these, or a file that may not be read.
    """
    if text == _SAMPLE:
        return VideoFileSource(paths.sample_clip())
    if text.startswith(_CAMERA_PREFIX):
        return _make_camera(text.removeprefix(_CAMERA_PREFIX), camera_resolution)
    if not text:
        raise SourceError("An empty name is no source. Name a file, a folder or a camera.")
    path = Path(text).expanduser()
    if is_folder(path):
        return _make_first_photo(path, is_thorough)
    check_file(path)
    return PhotoSource(path, is_thorough) if _is_photo(path) else VideoFileSource(path)


def _make_camera(number: str, resolution: CameraResolution) -> CameraSource:
    if not (number.isascii() and number.isdigit()):
        raise SourceError(f'"{number}" is not the number of a camera. The first is "camera:0".')
    names = {camera.index: camera.name for camera in list_cameras()}
    size = Resolution(*resolution.size_px)
    return CameraSource(int(number), names.get(int(number)), size)


def _make_first_photo(folder: Path, is_thorough: bool) -> PhotoSource:
    photo = next(find_photos([folder]), None)
    if photo is None:
        raise SourceError(f"The folder {display_name(folder)} holds no photos.")
    return PhotoSource(photo, is_thorough)


def _is_photo(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in PHOTO_SUFFIXES or (suffix not in VIDEO_SUFFIXES and _holds_picture(path))


def _holds_picture(path: Path) -> bool:
    """Whether the head of a file is that of a photo."""
    try:
        check_photo(path)
    except PhotoError:
        return False
    return True
