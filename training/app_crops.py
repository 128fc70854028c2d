"""Chips as the app makes them: pasted into a picture, found, and cropped again, once.

What is left of a chip's jitter after that is what the detector really does.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import CHIP_SIZE_PX, align_face
from core.faces.detector import FaceDetector
from core.types import Detection, Image
from training import degradations
from training.chip_cache import chips_digest
from training.chip_dataset import Crops
from training.pasted import draw_similarity, make_background, paste_chip, truth_box
from training.utkface import Chip

FACE_PX = (70, 400)
MAX_TURN_DEGREES = 20.0
PICTURE_PX = (520, 520)
MIN_OVERLAP = 0.3
"""Intersection over union with the true face from which a detection counts as that face."""

_JPEG_QUALITY = (30, 95)

Progress = Callable[[int, int], None]


def load_app_crops(
    chips: Sequence[Chip], images: NDArray[np.uint8], cache_dir: Path, progress: Progress
) -> Crops:
    """The crops of `chips`, made now or read from an earlier time.

    Args:
        images: the chips' pictures, shape (N, 200, 200, 3).
        progress: is told how many of how many chips are done.
    """
    stem = cache_dir / f"crops-{chips_digest(chips)}"
    pictures, found = stem.with_suffix(".npy"), stem.with_suffix(".found.npy")
    if not found.exists():
        np.save(found.with_suffix(".part.npy"), _crop_all(images, pictures, progress))
        found.with_suffix(".part.npy").rename(found)
    return Crops(np.load(pictures, mmap_mode="r"), np.load(found))


def _crop_all(images: NDArray[np.uint8], path: Path, progress: Progress) -> NDArray[np.bool_]:
    """Write all crops to `path`; whether each face was found."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = (len(images), CHIP_SIZE_PX, CHIP_SIZE_PX, 3)
    crops = np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=shape)
    found = np.zeros(len(images), np.bool_)
    with closing(FaceDetector()) as detector:
        for index, image in enumerate(images):
            crop = crop_as_app(image, detector, np.random.default_rng([0, index]))
            if crop is not None:
                crops[index], found[index] = crop, True
            progress(index + 1, len(images))
    crops.flush()
    return found


def crop_as_app(chip: Image, detector: FaceDetector, rng: np.random.Generator) -> Image | None:
    """`chip` pasted somewhere, stored as JPEG, found and cropped at 200 px; None if not found."""
    to_picture = draw_similarity(rng, FACE_PX, MAX_TURN_DEGREES, PICTURE_PX)
    picture = paste_chip(chip, make_background(rng, *PICTURE_PX), to_picture)
    picture = degradations.compress(picture, int(rng.integers(*_JPEG_QUALITY)))
    truth = truth_box(to_picture)

    def overlap(detection: Detection) -> float:
        return detection.box.intersection_over_union(truth)

    best = max(detector.detect_photo(picture), key=overlap, default=None)
    if best is None or overlap(best) < MIN_OVERLAP:
        return None
    return align_face(picture, best, CHIP_SIZE_PX)
