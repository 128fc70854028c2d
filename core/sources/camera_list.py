"""The cameras of this computer, by name."""

import logging
from dataclasses import dataclass

from cv2_enumerate_cameras import enumerate_cameras

from core.sources.opencv_capture import CAMERA_BACKEND

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera as the user knows it.

    Attributes:
        index: the system's number for it, the N of `camera:N`.
        name: as its maker calls it.
    """

    index: int
    name: str


def list_cameras() -> tuple[CameraInfo, ...]:
    """Every camera that is plugged in, by rising index; none is opened."""
    try:
        found = enumerate_cameras(CAMERA_BACKEND)
    except (OSError, NotImplementedError) as error:
        _log.warning("Cameras could not be listed: %s", error)
        return ()
    cameras = {camera.index: camera.name for camera in found}
    return tuple(
        CameraInfo(index, cameras[index] or f"Camera {index}") for index in sorted(cameras)
    )
