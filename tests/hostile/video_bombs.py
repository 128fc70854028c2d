"""Small videos that would fill the memory, if FFmpeg believed them."""

import io
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image as Pillow

from tests.core.sources.builders import write_video
from tests.hostile.videos import play

_SAMPLES = 60_000_000
_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_LISTS = {
    b"stts": struct.pack(">4xIII", 1, _SAMPLES, 1),
    b"stsc": struct.pack(">4xIIII", 1, 1, _SAMPLES, 1),
}


def _sixty_million_frames() -> bytes:
    """An MP4 whose tables say that 60 million frames of the same size follow each other."""
    with TemporaryDirectory() as folder:
        content = write_video(Path(folder, "a.mp4"), 12, codec="mp4v").read_bytes()
    return b"".join(_exaggerated(kind, inner) for kind, inner in _boxes(content))


def _exaggerated(kind: bytes, content: bytes) -> bytes:
    if kind in _PARENTS:
        content = b"".join(_exaggerated(*box) for box in _boxes(content))
    if kind == b"stsz":
        content = struct.pack(">4xII", int.from_bytes(content[12:16]), _SAMPLES)
    if kind == b"stco":
        content = struct.pack(">4xI", 1) + content[8:12]
    return _chunk(_LISTS.get(kind, content), kind, is_box=True)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    while content:
        size = int.from_bytes(content[:4])
        yield content[4:8], content[8:size]
        content = content[size:]


def _chunk(content: bytes, kind: bytes, *, is_box: bool = False) -> bytes:
    """Of an MP4, or of a RIFF file (Microsoft's and IBM's "Multimedia Programming Interface")."""
    if is_box:
        return struct.pack(">I4s", 8 + len(content), kind) + content
    return struct.pack("<4sI", kind, len(content)) + content + bytes(len(content) % 2)


def _frame_that_grew() -> bytes:
    """An AVI of three JPEGs, of which the second has 146 megapixels, in several passes."""
    small, large = _jpeg((64, 48)), _jpeg((12_100, 12_100))
    return _avi([small, large, small], (64, 48), b"MJPG")


def _from_the_lowest_row(size: tuple[int, int], code: bytes, frame_bytes: int) -> bytes:
    """An AVI that is not compressed."""
    return _avi([bytes(frame_bytes)] * 2, size, code)


def _jpeg(size: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    Pillow.new("L", size).save(stream, "JPEG", progressive=True)
    return stream.getvalue()


def _avi(frames: Sequence[bytes], size: tuple[int, int], code: bytes) -> bytes:
    count = len(frames)
    head = struct.pack("<14I", 100_000, 0, 0, 16, count, 0, 1, 0, *size, 0, 0, 0, 0)
    numbers = (*[0] * 4, 1, 10, 0, count, *[0] * 7)
    stream = b"vids" + code + struct.pack("<I2H8I4H", *numbers)
    form = struct.pack("<IiiHH4s5I", 40, *size, 1, 24, code, *[0] * 5)
    about = _chunk(b"strl" + _chunk(stream, b"strh") + _chunk(form, b"strf"), b"LIST")
    heads = _chunk(b"hdrl" + _chunk(head, b"avih") + about, b"LIST")
    movie = _chunk(b"movi" + b"".join(_chunk(frame, b"00dc") for frame in frames), b"LIST")
    return _chunk(b"AVI " + heads + movie, b"RIFF")


VIDEO_BOMBS: dict[str, Callable[[], bytes]] = {
    "frames.mp4": _sixty_million_frames,
    "grown.avi": _frame_that_grew,
    "upwards.avi": lambda: _from_the_lowest_row((64, 48), bytes(4), 64 * 48 * 3),
    "wide.avi": lambda: _from_the_lowest_row((1_200_000, 8), b"I420", 1_200_000 * 8 * 3 // 2),
}


def make_video_bombs(folder: str) -> None:
    """Write each of them, in a child of its own: some take memory to make."""
    for name, make in VIDEO_BOMBS.items():
        Path(folder, name).write_bytes(make())


def play_folder(folder: str) -> None:
    """Play every file of a folder, in a child."""
    for path in sorted(Path(folder).iterdir()):
        play(path)
