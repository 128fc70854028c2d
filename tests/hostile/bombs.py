"""Small files that would fill the memory, or take for ever, if they were believed."""

import io
import os
import socket
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pillow
from PIL import ImageCms

from core.errors import PhotoError
from core.heap import share_arenas
from core.sources.photo import load_reduced
from tests.hostile.pictures import read

_LONG, _BYTES = 4, 7
_SIZE_TAGS = [(256, _LONG, 1, 8), (257, _LONG, 1, 8), (258, 3, 1, 8), (262, 3, 1, 1)]
_STRIP_TAGS = [(273, _LONG, 1, 8), (278, _LONG, 1, 8), (279, _LONG, 1, 64)]


def _tiff(tags: list[tuple[int, int, int, int]], rest: bytes) -> bytes:
    """A TIFF of one directory; `rest` lies at its end, from 1,000 bytes before the end on."""
    entries = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + bytes(4)
    return head.ljust(1000, b"\0") + rest


def _jpeg(**options: Any) -> bytes:
    return _saved(Pillow.new("RGB", (80, 60)), "JPEG", **options)


def _saved(picture: Pillow.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def _with_size(content: bytes, marker: bytes, offset: int, size: tuple[int, int]) -> bytes:
    """Another size in the head."""
    place = content.index(marker) + offset
    return content[:place] + struct.pack(">II", *size) + content[place + 8 :]


def _tags_that_share_their_bytes() -> bytes:
    size = 2_000_000
    tags = [(1000 + number, _BYTES, size, 8) for number in range(30_000)]
    return _tiff([*_SIZE_TAGS, (259, 3, 1, 1), *_STRIP_TAGS, *tags], bytes(size))


def _exif_that_shares_its_bytes() -> bytes:
    entries = b"".join(struct.pack("<HHII", 0x9000 + n, _BYTES, 60_000, 8) for n in range(5000))
    exif = (b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 5000) + entries).ljust(65_000, b"\0")
    return _jpeg(exif=exif)


def _strips_by_the_million() -> bytes:
    count = 4_000_000
    tags = [(273, _LONG, count, 1000), (278, _LONG, 1, 1), (279, _LONG, count, 1000)]
    return _tiff([*_SIZE_TAGS, (259, 3, 1, 1), *tags], bytes(4 * count))


def _huge_tile(compression: int) -> bytes:
    tags = [(322, _LONG, 1, 36_000), (323, _LONG, 1, 36_000), (324, _LONG, 1, 1000)]
    return _tiff([*_SIZE_TAGS, (259, 3, 1, compression), *tags, (325, _LONG, 1, 900)], bytes(1000))


def _jpeg_in_tiff() -> bytes:
    """The strip is a JPEG of another size than the directory says."""
    inner = _saved(Pillow.new("L", (9000, 9000)), "JPEG")
    tags = [(273, _LONG, 1, 1000), (278, _LONG, 1, 8), (279, _LONG, 1, len(inner))]
    return _tiff([*_SIZE_TAGS, (259, 3, 1, 7), *tags], inner)


def _padded_png() -> bytes:
    """Metadata after the pixels, each piece within bounds."""
    content = _saved(Pillow.new("RGB", (80, 60)), "PNG")
    piece = struct.pack(">I", 1_000_000) + b"prIv" + bytes(1_000_004)
    return content[:-12] + piece * 150 + content[-12:]


def _padded_jpeg() -> bytes:
    segment = b"\xff\xe2\xff\xffICC_PROFILE\0\1\1" + bytes(65_519)
    return b"\xff\xd8" + segment * 1500 + _jpeg()[2:]


def _gif_frame() -> bytes:
    """A frame that is larger than the screen it lies on."""
    content = bytearray(_saved(Pillow.new("P", (80, 60)), "GIF"))
    place = content.index(b"\x2c", 13)
    struct.pack_into("<HH", content, place + 5, 60_000, 60_000)
    return bytes(content)


def _wavelet(**options: Any) -> bytes:
    return _saved(Pillow.new("RGB", (900, 900)), "JPEG2000", **options)


def _hidden_crumbs() -> bytes:
    """A picture of 24 megapixels in blocks of 4 px, which is said far behind the beginning."""
    content = _wavelet(codeblock_size=(4, 4))
    for marker, offset in ((b"ihdr", 4), (b"\xff\x51", 6), (b"\xff\x51", 22)):
        content = _with_size(content, marker, offset, (4900, 4900))
    at = content.index(b"jp2c") - 4
    return content[:at] + _box(b"free", bytes(5000)) + content[at:]


def _extents_of_no_bytes() -> bytes:
    """A table of 200 million places, none of which takes a byte of it."""
    content = _saved(Pillow.new("RGB", (80, 60)), "AVIF", speed=10)
    begin, after = content.index(b"meta") - 4, content.index(b"iinf") - 4
    count = 3000
    table = struct.pack(">4xHH", 0, count) + struct.pack(">HHH", 9, 0, 65_535) * count
    head = content[begin + 8 : content.index(b"iloc") - 4]
    meta_end = begin + int.from_bytes(content[begin : begin + 4])
    meta = _box(b"meta", head + _box(b"iloc", table) + content[after:meta_end])
    return content[:begin] + meta + content[meta_end:]


def _profile_that_repeats_a_table() -> bytes:
    """A colour profile (ICC.1:2022, 10.16) that is a chain of the same 96 KB, 20,000 times."""
    side, count = 20, 20_000
    table = struct.pack(">4s4xHH16s", b"clut", 3, 3, bytes([side] * 3)) + bytes(side**3 * 12)
    links = struct.pack(">II", 16 + 8 * count, len(table)) * count
    chain = struct.pack(">4s4xHHI", b"mpet", 3, 3, count) + links + table
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The chain takes the place of the description, whose name other readers would see as sRGB.
    entry = struct.pack(">4sII", b"D2B0", len(usual), len(chain))
    content = usual[:8] + b"\4\x40" + usual[10:132] + entry + usual[144:] + chain
    profile = struct.pack(">I", len(content)) + content[4:]
    return _saved(Pillow.new("RGB", (80, 60)), "PNG", icc_profile=profile)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


BOMBS: dict[str, Callable[[], bytes]] = {
    "tags.tif": _tags_that_share_their_bytes,
    "exif.jpg": _exif_that_shares_its_bytes,
    "strips.tif": _strips_by_the_million,
    "raw-tile.tif": lambda: _huge_tile(1),
    "packed-tile.tif": lambda: _huge_tile(5),
    "zipped-tile.tif": lambda: _huge_tile(8),
    "jpeg.tif": _jpeg_in_tiff,
    "padded.png": _padded_png,
    "padded.jpg": _padded_jpeg,
    "frame.gif": _gif_frame,
    "crumbs.jp2": lambda: _wavelet(codeblock_size=(4, 4)),
    "hidden.jp2": _hidden_crumbs,
    "head.jp2": lambda: _with_size(_wavelet(), b"ihdr", 4, (60, 80)),
    "whole.jp2": lambda: _with_size(_wavelet(), b"ihdr", 4, (5000, 5000)),
    "small.avif": lambda: _with_size(
        _saved(Pillow.new("RGB", (4000, 4000)), "AVIF", speed=10), b"ispe", 8, (80, 60)
    ),
    "large.avif": lambda: _with_size(
        _saved(Pillow.new("RGB", (80, 60)), "AVIF", speed=10), b"ispe", 8, (7000, 7000)
    ),
    "extents.avif": _extents_of_no_bytes,
    "profile.png": _profile_that_repeats_a_table,
    "program.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n",
    "icon.jpg": lambda: _saved(Pillow.new("RGB", (256, 256)), "ICO"),
    "icon.png": lambda: _saved(Pillow.new("RGB", (512, 512)), "ICNS"),
}


def make_bombs(folder: str) -> None:
    """Write each of them, in a child of its own: some take memory to make."""
    for name, make in BOMBS.items():
        Path(folder, name).write_bytes(make())


def read_what_is_no_file(folder: str) -> None:
    """Pipes, sockets, devices and folders with names of photos, in a child."""
    kinds = ("pipe", "socket", "device", "folder")
    pipe, plug, device, place = (Path(folder, f"{kind}.jpg") for kind in kinds)
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    place.mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(plug))
        for path in (pipe, plug, device, place):
            read(path)


def make_large_pictures(folder: str, copies: int) -> None:
    """Some of the largest that are read, of the hungriest kinds, each under several names."""
    noise = np.random.default_rng(0).integers(0, 255, (50, 50, 3), np.uint8)
    for name, size, kind, options in (
        ("large.png", (12_000, 9_000), "PNG", {"compress_level": 1}),
        ("large.jpg", (8_900, 8_900), "JPEG", {"progressive": True}),
        ("large.webp", (4_900, 4_900), "WEBP", {"method": 0}),
        ("large.avif", (5_000, 5_000), "AVIF", {"speed": 10}),
        ("large.jp2", (4_000, 4_000), "JPEG2000", {}),
        ("large.tif", (8_000, 8_000), "TIFF", {"compression": "tiff_lzw"}),
    ):
        picture = Pillow.new("RGB", size, (200, 120, 90))
        picture.paste(Pillow.fromarray(noise), (9, 9))
        picture.save(Path(folder, name), kind, **options)
        for number in range(1, copies):
            os.link(Path(folder, name), Path(folder, f"{number}-{name}"))


def make_largest_jpegs(folder: str, count: int) -> None:
    """Photos of 100 megapixels without a face: a thorough search turns them every way."""
    first = Path(folder, "0.jpg")
    Pillow.new("RGB", (11_500, 8_700), (200, 120, 90)).save(first)
    for number in range(1, count):
        Path(folder, f"{number}.jpg").write_bytes(first.read_bytes() + bytes([number]))


def read_all_at_once(folder: str, thread_count: int) -> None:
    """Read large pictures with many threads, in a child, with the heap of a job."""
    share_arenas()

    def load(path: Path) -> str:
        try:
            return f"{path.name} {load_reduced(path, 1600).width_px}"
        except PhotoError as error:
            return str(error)

    with ThreadPoolExecutor(thread_count) as executor:
        for line in executor.map(load, sorted(Path(folder).iterdir())):
            print(line, flush=True)
