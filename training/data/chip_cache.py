"""All chips, decoded once into one memory-mapped array."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.faces.alignment import CHIP_SIZE_PX, warp_chip
from core.types import Image
from training.data.array_file import create_array, read_array
from training.data.chip import Chip
from training.data.file_lock import exclusive


def load_chip_images(chips: Sequence[Chip], cache_dir: Path) -> NDArray[np.uint8]:
    """The pictures of `chips` in their order, decoded now or read from an earlier time.

    Returns:
        uint8 of shape (N, 200, 200, 3), RGB, mapped from a file in `cache_dir`.

    Raises:
        DataError: if a chip cannot be read, or the file is damaged.
    """
    shape = (len(chips), CHIP_SIZE_PX, CHIP_SIZE_PX, 3)
    path = cache_dir / f"chips-{chips_digest(chips)}.npy"
    if not path.exists():
        with exclusive(path):
            if not path.exists():  # another run may just have made it
                _decode_all(chips, path, shape)
    return read_array(path, shape)


def read_chip_image(path: Path) -> Image:
    """One chip as RGB, 200 x 200 px; a picture of another size is resized.

    Raises:
        DataError: if it cannot be read.
    """
    data = np.fromfile(path, np.uint8)
    bgr = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None  # OpenCV throws at no data
    if bgr is None:
        raise DataError(f"The chip {path} cannot be read. Delete it and start again.")
    if bgr.shape[:2] != (CHIP_SIZE_PX, CHIP_SIZE_PX):
        bgr = cv2.resize(bgr, (CHIP_SIZE_PX, CHIP_SIZE_PX), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(bgr[..., ::-1])


def resize_chips(images: NDArray[np.uint8], size_px: int) -> NDArray[np.uint8]:
    """Chips of shape (N, 200, 200, 3) at another size, resampled as the app's crop is."""
    scale = size_px / CHIP_SIZE_PX
    transform = np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]])
    return np.stack([warp_chip(image, transform, size_px) for image in images])


def _decode_all(chips: Sequence[Chip], path: Path, shape: tuple[int, ...]) -> None:
    part = path.with_suffix(".part")
    images = create_array(part, np.uint8, shape)
    for index, chip in enumerate(chips):
        images[index] = read_chip_image(chip.path)
    images.flush()
    del images  # closes the file
    part.rename(path)


def chips_digest(chips: Sequence[Chip]) -> str:
    """Tells two sets of chips apart by their names and sizes on disk."""
    listing = "\n".join(f"{chip.name} {chip.path.stat().st_size}" for chip in chips)
    return hashlib.sha256(listing.encode("utf-8", "surrogateescape")).hexdigest()[:16]
