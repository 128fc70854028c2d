"""Cameras, videos and photos for tests, each in a few plain arguments."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags
from PIL import Image as Pillow

from core.sources.camera import CameraSource
from core.sources.camera_list import CameraInfo
from core.sources.opencv_capture import Resolution
from core.types import Image

RED = (220, 40, 30)


def make_image(
    width: int = 64, height: int = 48, colour: tuple[int, int, int] = RED, level: int = 0
) -> Image:
    """A picture of one colour; its lower half is grey of `level`."""
    image = np.full((height, width, 3), colour, np.uint8)
    image[height // 2 :] = level
    return image


def write_video(
    path: Path,
    frame_count: int = 10,
    frame_rate_hz: float = 25.0,
    codec: str = "mp4v",
    size_px: tuple[int, int] = (64, 48),
) -> Path:
    """A video whose frame n has a lower half of grey 10 × n."""
    # OpenCV's writer takes the name's end for the format; names of tests come after.
    written = path.with_name(f"written{path.suffix}")
    writer = cv2.VideoWriter(str(written), cv2.VideoWriter.fourcc(*codec), frame_rate_hz, size_px)
    assert writer.isOpened()
    for number in range(frame_count):
        writer.write(make_image(*size_px, level=10 * number % 250)[..., ::-1])
    writer.release()
    return written.rename(path)


def cut_video(path: Path, start_s: float, length_s: float) -> Path:
    """Hide all but a part of a video of `write_video` with its edit list, as phones cut."""
    content = bytearray(path.read_bytes())

    def put(value: int, box: bytes, place: int) -> None:
        begin = content.index(box) + 4 + place
        content[begin : begin + 4] = value.to_bytes(4, "big")

    per_s = int.from_bytes(content[content.index(b"mdhd") + 16 :][:4], "big")
    length_ms = round(1000 * length_s)
    for box, place in ((b"mvhd", 16), (b"tkhd", 20), (b"elst", 8)):
        put(length_ms, box, place)
    put(round(per_s * start_s), b"elst", 12)
    path.write_bytes(content)
    return path


def start_later(path: Path) -> Path:
    """Let a Matroska video of `write_video`, of ten frames, begin at 0.2 s on its own clock."""
    content = path.read_bytes()
    assert content.count(CLUSTER_AT_0) == 1
    content = content.replace(CLUSTER_AT_0, CLUSTER_AT_0[:-1] + bytes([200]))
    before, after = (b"\x44\x89\x88" + struct.pack(">d", ms) for ms in (400.0, 600.0))
    path.write_bytes(content.replace(before, after))
    return path


CLUSTER_AT_0 = b"\xe7\x81\x00"


def stretch_pixels(path: Path, width: int) -> Path:
    """Let an MP4 video of `write_video` be shown so wide."""
    content = bytearray(path.read_bytes())
    place = content.index(b"tkhd") + 80
    content[place : place + 4] = (width << 16).to_bytes(4, "big")
    path.write_bytes(content)
    return path


def frame_number(image: Image) -> int:
    """The n of a frame of `write_video`."""
    return round(float(image[30:44].mean()) / 10)


def write_photo(path: Path, image: Image | None = None, **options: object) -> Path:
    """A photo in the format that the name says."""
    Pillow.fromarray(make_image() if image is None else image).save(path, **options)  # type: ignore[arg-type]
    return path


def write_tiff(path: Path, *pages: NDArray[np.uint8 | np.uint16 | np.uint32], **tags: int) -> Path:
    """An uncompressed TIFF, as Pillow writes none: 16 bits, planes that lie apart, any tag.

    Args:
        pages: of shape (H, W) for grey, or (3, H, W) for colours that lie apart.
        tags: more tags of every page, by the names of `ExifTags.Base`.
    """
    content = bytearray(b"II*\0\x08\0\0\0")
    for number, page in enumerate(pages):
        *planes, height, width = page.shape
        count, plane_bytes = (planes or [1])[0], height * width * page.itemsize
        values = {
            ExifTags.Base.ImageWidth: [width],
            ExifTags.Base.ImageLength: [height],
            ExifTags.Base.BitsPerSample: [8 * page.itemsize] * count,
            ExifTags.Base.Compression: [1],
            ExifTags.Base.PhotometricInterpretation: [2 if count == 3 else 1],
            ExifTags.Base.SamplesPerPixel: [count],
            ExifTags.Base.RowsPerStrip: [height],
            ExifTags.Base.StripByteCounts: [plane_bytes] * count,
            ExifTags.Base.PlanarConfiguration: [2 if count == 3 else 1],
            **{ExifTags.Base[name]: [value] for name, value in tags.items()},
        }
        begin = len(content)
        data = begin + 2 + 12 * (len(values) + 1) + 4
        lists = bytearray()
        values[ExifTags.Base.StripOffsets] = [0] * count
        lists_bytes = sum(4 * len(value) for value in values.values() if len(value) > 1)
        pixels = data + lists_bytes
        values[ExifTags.Base.StripOffsets] = [pixels + i * plane_bytes for i in range(count)]
        content += struct.pack("<H", len(values))
        for tag, value in sorted(values.items()):
            place = value[0] if len(value) == 1 else data + len(lists)
            content += struct.pack("<HHII", tag, 4, len(value), place)
            lists += struct.pack(f"<{len(value)}I", *value) if len(value) > 1 else b""
        end = pixels + page.nbytes
        content += struct.pack("<I", end if number + 1 < len(pages) else 0)
        content += lists + page.astype(page.dtype.newbyteorder("<")).tobytes()
    path.write_bytes(content)
    return path


@dataclass
class FakeCamera:
    """A camera whose plug the test holds.

    Attributes:
        index: the number under which the system knows it.
        gives_pictures: False for a camera that another program is using.
        breaks_with: what its driver raises.
        gave_twenty: set once it has given twenty pictures.
    """

    index: int = 0
    name: str = "Face Cam"
    gives_pictures: bool = True
    breaks_with: Exception | None = None
    is_plugged: bool = True
    opened_count: int = 0
    released_count: int = 0
    asked_for: Resolution | None = None
    given_count: int = 0
    gave_twenty: Event = field(default_factory=Event)

    def connect(self, index: int, resolution: Resolution) -> "FakeCapture | None":
        if not self.is_plugged or index != self.index:
            return None
        self.opened_count += 1
        self.asked_for = resolution
        return FakeCapture(self)

    def list_cameras(self) -> tuple[CameraInfo, ...]:
        return (CameraInfo(self.index, self.name),) if self.is_plugged else ()

    def make_source(self, index: int = 0, name: str | None = None) -> CameraSource:
        return CameraSource(
            index,
            name,
            make_capture=self.connect,
            list_cameras=self.list_cameras,
            retry_interval_s=0.005,
        )


class FakeCapture:
    """What `FakeCamera` gives when it is opened: a red picture every two milliseconds."""

    def __init__(self, camera: FakeCamera) -> None:
        self._camera = camera
        self._shutter = Event()
        self.frame_rate_hz: float | None = 30.0
        self.frame_count: int | None = None
        self.time_s = 0.0

    def read(self) -> Image | None:
        if self._camera.breaks_with:
            raise self._camera.breaks_with
        self._shutter.wait(0.002)
        is_giving = self._camera.is_plugged and self._camera.gives_pictures
        if not is_giving:
            return None
        self._camera.given_count += 1
        if self._camera.given_count > 20:
            self._camera.gave_twenty.set()
        return make_image()

    def grab(self) -> bool:
        raise AssertionError("No picture of a camera is passed over.")

    def retrieve(self) -> Image | None:
        raise AssertionError("A picture of a camera is read at once.")

    def seek(self, time_s: float) -> None:
        raise AssertionError("A camera is never asked to seek.")

    def release(self) -> None:
        self._camera.released_count += 1


class FakeVideo:
    """A video with the timestamps that a test wants."""

    def __init__(
        self,
        times_s: list[float],
        frame_rate_hz: float | None = 25.0,
        frame_count: int | None = None,
    ) -> None:
        self._times_s = times_s
        self._next = 0
        self.frame_rate_hz = frame_rate_hz
        self.frame_count = frame_count
        self.time_s = 0.0
        self.retrieved_count = 0

    def grab(self) -> bool:
        if self._next >= len(self._times_s):
            return False
        self.time_s = self._times_s[self._next]
        self._next += 1
        return True

    def retrieve(self) -> Image | None:
        self.retrieved_count += 1
        return make_image()

    def read(self) -> Image | None:
        return self.retrieve() if self.grab() else None

    def seek(self, time_s: float) -> None:
        self._next = next((i for i, t in enumerate(self._times_s) if t >= time_s), 0)

    def release(self) -> None:
        self._next = len(self._times_s)


def opens(video: FakeVideo) -> Callable[[Path], FakeVideo]:
    """A capture factory that gives `video`, whatever the path."""
    return lambda _path: video
