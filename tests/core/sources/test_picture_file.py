"""The door for pictures: what comes in, what stays out, and for how long."""

import io
import shutil
import struct
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL import ImageFile as PillowFile
from PIL import PngImagePlugin, WebPImagePlugin

from core import paths
from core.errors import PhotoError
from core.sources import picture_file, picture_limits
from core.sources.endings import PHOTO_SUFFIXES
from core.sources.photo import check_photo, load_photo
from core.sources.picture_file import FORMATS
from tests.core.sources.builders import make_image, write_photo

SAMPLES = Path(__file__).with_name("samples")
HEIF_SUFFIXES = {".heic", ".heics", ".heif", ".heifs", ".hif"}
NO_PICTURE = r"^photo\.jpg is not a picture that Visage can read\.$"


@pytest.mark.parametrize("kind", ["ICO", "ICNS", "EPS", "TGA", "PCX", "SGI", "DDS", "IM"])
def test_formats_that_are_not_promised_stay_out(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "photo.jpg"
    Pillow.fromarray(make_image(64, 64)).save(path, kind)
    with pytest.raises(PhotoError, match=NO_PICTURE):
        check_photo(path)


@pytest.mark.parametrize(
    "head", [b"%!PS-Adobe-3.0\n", b"\xc5\xd0\xd3\xc6", b"8BPS\0\1", b"\0\0\2\0"]
)
def test_a_program_for_printers_in_a_jpg_stays_out(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(head + b"%%BoundingBox: 0 0 99 99\n" + bytes(500))
    with pytest.raises(PhotoError, match=NO_PICTURE):
        load_photo(path)


@pytest.mark.parametrize(
    "head",
    [
        b"\0\0\0\x18ftypmp42",
        b"\0\0\0\x6cmoov",
        b"\x1aE\xdf\xa3",
        b"RIFF\0\0\0\0AVI LIST",
        b"\0\0\x01\xba",
    ],
)
@pytest.mark.parametrize("name", ["clip.xyz", "clip", "clip.jpg"])
def test_a_video_that_is_not_called_one_is_told_what_to_do(
    tmp_path: Path, name: str, head: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(head + bytes(500))
    with pytest.raises(PhotoError, match=r"holds a video, but is not called one: rename it"):
        load_photo(path)


@pytest.mark.parametrize("name", ["clip.mp4", "clip.MOV"])
def test_a_video_that_is_called_one_is_told_that_it_is_no_photo(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(paths.sample_clip().read_bytes()[:5000])
    with pytest.raises(PhotoError, match=rf"{name} is a video, not a photo: open it as a video\."):
        load_photo(path)


@pytest.mark.parametrize("head", [b"\0\0\0\x18ftypM4A ", b"\0\0\0\x18ftypcrx "])
def test_sound_and_raw_pictures_are_not_taken_for_videos(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(head + bytes(500))
    with pytest.raises(PhotoError, match=NO_PICTURE):
        load_photo(path)


def write_kind(path: Path) -> None:
    """A photo of the kind that an ending stands for, where Pillow goes by more than the ending."""
    modes = {".pbm": "1", ".pfm": "F", ".pgm": "L"}
    formats = {".dib": "BMP", ".mpo": "MPO"}
    grey = Pillow.fromarray(make_image()).convert("L")
    picture = grey.convert(modes.get(path.suffix, "RGB"))
    picture.save(path, formats.get(path.suffix))


@pytest.mark.parametrize("suffix", sorted(PHOTO_SUFFIXES))
def test_every_ending_that_is_promised_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"photo{suffix}"
    if suffix in HEIF_SUFFIXES:  # Pillow writes none
        shutil.copy(SAMPLES / "turned.heic", path)
    else:
        write_kind(path)
    assert load_photo(path).width_px > 0


def test_every_ending_of_a_format_that_is_opened_is_known() -> None:
    """Else a photo that is read alone would be passed over in its folder."""
    endings = {ending for ending, kind in Pillow.EXTENSION.items() if kind in FORMATS}
    assert endings <= PHOTO_SUFFIXES


def test_a_decoder_that_stops_for_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_released = threading.Event()
    path = write_photo(tmp_path / "slow.webp")
    monkeypatch.setattr(picture_file, "TIME_LIMIT_S", 0.2)
    monkeypatch.setattr(WebPImagePlugin.WebPImageFile, "load", lambda _: is_released.wait(60))
    begun_s = time.monotonic()
    with pytest.raises(PhotoError, match=r"^slow\.webp took longer than 0 seconds and was given"):
        load_photo(path)
    assert time.monotonic() - begun_s < 10
    (stuck,) = (one for one in threading.enumerate() if one.name == "bounded-work")
    assert stuck.daemon, "it keeps no program from ending"
    is_released.set()
    stuck.join(10)


def test_a_jpeg_of_endless_passes_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each pass takes milliseconds and ten bytes of file: a megabyte would take an hour."""
    path = write_photo(tmp_path / "passes.jpg", make_image(3000, 3000), progressive=True)
    content = path.read_bytes()
    begin = content.rindex(b"\xff\xda")
    (length,) = struct.unpack_from(">H", content, begin + 2)
    last_pass = content[begin : begin + 2 + length] + b"\0" * 8
    path.write_bytes(content[:-2] + last_pass * 30_000 + content[-2:])
    monkeypatch.setattr(picture_file, "TIME_LIMIT_S", 0.5)
    begun_s = time.monotonic()
    with pytest.raises(PhotoError, match=r"took longer than"):
        load_photo(path)
    assert time.monotonic() - begun_s < 30


def test_waiting_for_memory_takes_no_time_of_a_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_file, "TIME_LIMIT_S", 0.3)
    path = write_photo(tmp_path / "patient.webp")
    with ThreadPoolExecutor(1) as executor:
        with picture_file._budget.hold(picture_file._budget.total_bytes):
            waiting = executor.submit(load_photo, path)
            time.sleep(0.5)
        assert waiting.result(10).width_px == 64


def test_no_thread_leaves_warnings_changed(tmp_path: Path) -> None:
    paths = [write_photo(tmp_path / f"{number}.png") for number in range(40)]
    load_photo(paths[0])
    filters = list(warnings.filters)
    with ThreadPoolExecutor(8) as executor:
        for _ in executor.map(load_photo, paths * 5):
            pass
    assert warnings.filters == filters
    with pytest.warns(UserWarning, match="still heard"):
        warnings.warn("still heard", stacklevel=1)


def test_what_pillow_warns_of_is_read(tmp_path: Path) -> None:
    path = write_photo(tmp_path / "odd.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\x05\0" + bytes(20))
    assert load_photo(path).width_px == 64


@pytest.mark.parametrize("place", ["before", "after"])
def test_metadata_beyond_measure_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(picture_file, "_MAX_HEAD_BYTES", 100_000)
    stream = io.BytesIO()
    more = PngImagePlugin.PngInfo()
    for _ in range(20):
        more.add(b"prIv", bytes(10_000), after_idat=place == "after")
    Pillow.fromarray(make_image()).save(stream, "PNG", pnginfo=more)
    path = tmp_path / "padded.png"
    path.write_bytes(stream.getvalue())
    with pytest.raises(PhotoError, match=r"^padded\.png is damaged or incomplete"):
        load_photo(path)


@pytest.mark.parametrize(
    "options",
    [{"codeblock_size": (4, 4)}, {"precinct_size": (4, 4), "codeblock_size": (4, 4)}],
)
def test_a_jpeg_2000_in_crumbs_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    monkeypatch.setattr(picture_limits, "_MAX_PIECES", 600)
    coarse = write_photo(tmp_path / "coarse.jp2", make_image(100, 100))
    check_photo(coarse)
    fine = write_photo(tmp_path / "fine.jp2", make_image(100, 100), **options)
    with pytest.raises(PhotoError, match=r"^fine\.jp2 is cut into too many pieces"):
        check_photo(fine)


@pytest.fixture
def audited() -> Iterator[list[str]]:
    """What Python was asked to start since the test began."""
    started: list[str] = []
    is_listening = [True]

    def hear(event: str, arguments: Any) -> None:
        if is_listening and event in STARTING:
            started.append(f"{event} {arguments}")

    sys.addaudithook(hear)
    yield started
    is_listening.clear()


STARTING = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile"}


@pytest.mark.parametrize("kind", ["EPS", "JPEG", "TIFF", "WEBP"])
def test_no_program_is_started_for_a_picture(tmp_path: Path, audited: list[str], kind: str) -> None:
    path = tmp_path / "photo.jpg"
    Pillow.fromarray(make_image()).save(path, kind)
    try:
        load_photo(path)
    except PhotoError:
        assert kind == "EPS"
    assert audited == []


RUN = bytes([200, 7])
PACKED_BMP = (
    b"BM"
    + struct.pack("<IHHI", 1078 + 200 * len(RUN), 0, 0, 1078)
    + struct.pack("<IiiHHIIiiII", 40, 200, 200, 1, 8, 1, 200 * len(RUN), 0, 0, 256, 0)
    + bytes(1024)
    + 200 * RUN
)
ODD_PPM = b"P6\n200 200\n100\n" + bytes(120_000)


@pytest.mark.parametrize(
    ("name", "content", "least_bytes"),
    [("packed.bmp", PACKED_BMP, 3 * 40_000), ("odd.ppm", ODD_PPM, (4 + 3 + 3) * 40_000)],
)
def test_memory_is_asked_for_the_bytes_besides_the_pixels(
    tmp_path: Path, name: str, content: bytes, least_bytes: int
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with Pillow.open(path) as picture:
        assert isinstance(picture, PillowFile.ImageFile)
        assert picture_limits.decoding_bytes(picture, len(content), 0, 0) >= least_bytes
