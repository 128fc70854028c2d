"""Chips as the app makes them: pasted into a picture, found, and cropped again, once.

What is left of a chip's jitter after that is what the detector really does.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.assembly import make_photo_search
from core.faces.alignment import CHIP_SIZE_PX, align_face
from core.faces.versions import CROP_VERSION, SEARCH_VERSION
from core.photo_labelling import FaceSearch
from core.settings import Settings
from core.types import Detection, Image
from training.data import degradations
from training.data.array_file import open_array
from training.data.chip import Chip
from training.data.chip_cache import chips_digest
from training.data.chip_dataset import Crops
from training.data.file_lock import exclusive
from training.data.joined_images import JoinedImages
from training.data.pasted import draw_similarity, make_background, paste_chip, truth_box

FACE_PX = (70, 400)
MAX_TURN_DEGREES = 20.0
PICTURE_PX = (520, 520)
MIN_OVERLAP = 0.3
"""Intersection over union with the true face from which a detection counts as that face."""

WORKERS = os.cpu_count() or 1

_JPEG_QUALITY = (30, 95)

Progress = Callable[[int, int], None]


def load_app_crops(
    chips: Sequence[Chip], images: NDArray[np.uint8], cache_dir: Path, progress: Progress
) -> Crops:
    """The crops of `chips`, made now or read from an earlier time; goes on where it was killed.

    Args:
        images: the chips' pictures, shape (N, 200, 200, 3).
        progress: is told how many of how many chips are done.
    """
    version = f"{SEARCH_VERSION}-{CROP_VERSION}"
    stem = cache_dir / f"crops-{version}-{chips_digest(chips)}"
    shape = (len(images), CHIP_SIZE_PX, CHIP_SIZE_PX, 3)
    path = stem.with_suffix(".npy")
    with exclusive(path):
        pictures = open_array(path, np.uint8, shape)
        states = open_array(stem.with_suffix(".states.npy"), np.uint8, shape[:1])
        _crop_missing(images, pictures, states, progress)
    return Crops(pictures, states == _CropState.FOUND)


def join_crops(crops: Sequence[Crops]) -> Crops:
    """The crops of several collections, one after the other."""
    images = JoinedImages([one.images[:] for one in crops])
    return Crops(images, np.concatenate([one.found for one in crops]))


class _CropState(IntEnum):
    """How far a chip is; zero is what a new file is filled with."""

    TO_DO = 0
    FOUND = 1
    NOT_FOUND = 2


def _crop_missing(
    images: NDArray[np.uint8],
    pictures: NDArray[np.uint8],
    states: NDArray[np.uint8],
    progress: Progress,
) -> None:
    """Crop each chip that is still to do into `pictures`, on every core."""
    search = make_photo_search(Settings())

    def crop(index: int) -> None:
        picture = crop_as_app(images[index], search, np.random.default_rng([0, index]))
        if picture is not None:
            pictures[index] = picture
        states[index] = _CropState.NOT_FOUND if picture is None else _CropState.FOUND

    to_do = np.flatnonzero(states == _CropState.TO_DO).tolist()
    with ThreadPoolExecutor(WORKERS) as pool:
        done = len(images) - len(to_do)
        for count, _ in enumerate(pool.map(crop, to_do), start=done + 1):
            progress(count, len(images))


def crop_as_app(chip: Image, search: FaceSearch, rng: np.random.Generator) -> Image | None:
    """`chip` pasted somewhere, stored as JPEG, found and cropped at 200 px; None if not found."""
    to_picture = draw_similarity(rng, FACE_PX, MAX_TURN_DEGREES, PICTURE_PX)
    picture = paste_chip(chip, make_background(rng, *PICTURE_PX), to_picture)
    picture = degradations.compress(picture, int(rng.integers(*_JPEG_QUALITY)))
    truth = truth_box(to_picture)

    def overlap(detection: Detection) -> float:
        return detection.box.intersection_over_union(truth)

    best = max(search.detect_photo(picture), key=overlap, default=None)
    if best is None or overlap(best) < MIN_OVERLAP:
        return None
    return align_face(picture, best, CHIP_SIZE_PX)
