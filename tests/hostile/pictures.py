"""Damaged pictures of every kind that Visage reads: `python -m tests.hostile.pictures 17 FOLDER`
writes the picture of a number that a test names."""

import io
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image as Pillow

from core.errors import PhotoError
from core.sources.photo import check_photo, load_photo, load_reduced
from tests.core.sources.builders import write_tiff
from tests.hostile.mutation import mutated, mutated_files

SAMPLES = Path(__file__).parents[1] / "core" / "sources" / "samples"
SIZE = (80, 60)

_KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "baseline.jpg": ("JPEG", "RGB", {"quality": 80}),
    "progressive.jpg": ("JPEG", "RGB", {"progressive": True, "quality": 60}),
    "print.jpg": ("JPEG", "CMYK", {}),
    "grey.jpeg": ("JPEG", "L", {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0"}),
    "colour.png": ("PNG", "RGB", {"dpi": (72, 90)}),
    "palette.png": ("PNG", "P", {"transparency": 3}),
    "deep.png": ("PNG", "I;16", {}),
    "sticker.png": ("PNG", "RGBA", {}),
    "lossy.webp": ("WEBP", "RGB", {}),
    "lossless.webp": ("WEBP", "RGBA", {"lossless": True}),
    "palette.gif": ("GIF", "P", {}),
    "plain.tif": ("TIFF", "RGB", {}),
    "packed.tif": ("TIFF", "RGB", {"compression": "tiff_lzw"}),
    "zipped.tiff": ("TIFF", "CMYK", {"compression": "tiff_adobe_deflate"}),
    "photo.tif": ("TIFF", "RGB", {"compression": "jpeg"}),
    "fax.tif": ("TIFF", "1", {"compression": "group4"}),
    "colour.bmp": ("BMP", "RGB", {}),
    "palette.bmp": ("BMP", "P", {}),
    "wavelet.jp2": ("JPEG2000", "RGB", {}),
    "tiled.jp2": ("JPEG2000", "RGBA", {"tile_size": (32, 32), "irreversible": True}),
    "modern.avif": ("AVIF", "RGB", {"speed": 10}),
    "sticker.avif": ("AVIF", "RGBA", {"speed": 10, "subsampling": "4:4:4"}),
    "colour.ppm": ("PPM", "RGB", {}),
    "grey.ppm": ("PPM", "L", {}),
}
_ANIMATED = {"moving.gif": "GIF", "moving.webp": "WEBP", "moving.png": "PNG", "two.mpo": "MPO"}


@cache
def seeds() -> dict[str, bytes]:
    """Whole pictures by name."""
    files = {
        name: _saved(mode, format=kind, **options) for name, (kind, mode, options) in _KINDS.items()
    }
    more = [_picture("RGB").rotate(90 * turn) for turn in (1, 2)]
    for name, kind in _ANIMATED.items():
        files[name] = _saved("RGB", format=kind, save_all=True, append_images=more)
    files |= {path.name: path.read_bytes() for path in SAMPLES.glob("*.heic")}
    planes = np.random.default_rng(0).integers(0, 65_536, (3, 40, 50), np.uint16)
    with TemporaryDirectory() as folder:
        path = Path(folder, "planes.tif")
        files["planes.tif"] = write_tiff(path, planes).read_bytes()
        files["pages.tif"] = write_tiff(path, planes[0, :9, :9], planes[1]).read_bytes()
    return files


def _picture(mode: str) -> Pillow.Image:
    """Waves with some noise: something for every coder to do."""
    rows, columns = np.indices(SIZE[::-1])
    waves = np.stack([np.sin(rows / (5 + i)) * np.cos(columns / (7 - i)) for i in range(3)], -1)
    noise = np.random.default_rng(1).normal(0, 6, waves.shape)
    picture = Pillow.fromarray(np.clip(128 + 100 * waves + noise, 0, 255).astype(np.uint8))
    return picture.convert("L").convert("I;16") if mode == "I;16" else picture.convert(mode)


def _saved(mode: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    _picture(mode).save(stream, **options)
    return stream.getvalue()


def read_mutated(first: int, count: int) -> None:
    """Read so many damaged pictures, in a child; each is a photo or a sentence."""
    for path in mutated_files(seeds(), first, count):
        read(path)


def read_folder(folder: str) -> None:
    """Read every file of a folder and below, in a child."""
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            read(path)


_WAYS: tuple[Callable[[Path], Any], ...] = (
    check_photo,
    lambda path: load_reduced(path, 1600),
    lambda path: load_photo(path, 32),
)


def read(path: Path) -> None:
    """Read a file in every way and say what came of it; the name is said first."""
    print(path.name, end=" ", flush=True)
    begun_s = time.perf_counter()
    outcome = "photo"
    for way in _WAYS:
        try:
            way(path)
        except PhotoError as error:
            assert path.name in str(error), error
            outcome = "sentence"
    print(outcome, f"{time.perf_counter() - begun_s:.2f}", flush=True)


if __name__ == "__main__":
    written_name, written = mutated(seeds(), int(sys.argv[1]))
    Path(sys.argv[2], written_name).write_bytes(written)
