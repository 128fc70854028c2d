"""Compares a model on chips with itself on the same chips found and cropped by the app."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.estimation.predictor import Predictor
from core.faces.alignment import align_face
from core.photo_labelling import FaceSearch
from core.types import Detection, Image
from training.data.chip import Chip
from training.data.chip_cache import resize_chips
from training.data.pasted import PICTURE_PX, draw_similarity, make_background, paste_chip, truth_box
from training.measuring.evaluate import predict_part
from training.measuring.metrics import summarise

MIN_OVERLAP = 0.3
"""Intersection over union with the true face from which a detection counts as that face."""


@dataclass(frozen=True, slots=True)
class Placement:
    """How chips are pasted: side in px, smallest and largest, turn either way, and edge.

    Attributes:
        feather: whether the chip's edge fades. It hides the seam, and 6 % of the chip with it.
    """

    face_px: tuple[int, int]
    max_turn_degrees: float
    feather: bool

    def scaled(self, scale: float) -> "Placement":
        """The same in pictures of another size."""
        least, most = self.face_px
        return replace(self, face_px=(round(least * scale), round(most * scale)))


OWN_SIZE = Placement((200, 200), 0.0, feather=False)
TURNED = Placement((120, 400), 12.0, feather=True)


@dataclass(frozen=True, slots=True)
class CropCheck:
    """What the app's detection and crop cost.

    Attributes:
        found_share: faces found of all, 0-1.
        false_per_100: other faces found, per 100 pictures.
        chips: the figures on the plain chips, of those faces that were found.
        pasted: the figures on the same faces as the app cropped them.
    """

    found_share: float
    false_per_100: float
    chips: dict[str, float]
    pasted: dict[str, float]


def check_crop(
    predictor: Predictor,
    search: FaceSearch,
    chips: Sequence[Chip],
    images: NDArray[np.uint8],
    placement: Placement,
    seed: int = 0,
) -> CropCheck:
    """Paste each chip into a soft background, let the app find and crop it, and compare.

    Args:
        images: the chips' pictures, shape (N, 200, 200, 3).
    """
    size_px = predictor.card.input_size_px
    crops: list[Image] = []
    found: list[int] = []
    false_count = 0
    for index, (face, others, picture) in enumerate(find_pasted(search, images, placement, seed)):
        false_count += others
        if face is not None:
            found.append(index)
            crops.append(align_face(picture, face, size_px))
    found_chips = [chips[index] for index in found]
    resized = resize_chips(images[found], size_px)
    # The app averages each face of a photo with its mirror image: so do both sides here.
    plain = predict_part(predictor, found_chips, resized, flip_average=True)
    cropped = predict_part(predictor, found_chips, np.stack(crops), flip_average=True)
    return CropCheck(
        found_share=len(found) / len(chips),
        false_per_100=100 * false_count / len(chips),
        chips=summarise(plain),
        pasted=summarise(cropped),
    )


def find_pasted(
    search: FaceSearch, images: NDArray[np.uint8], placement: Placement, seed: int
) -> Iterator[tuple[Detection | None, int, Image]]:
    """For each chip: the detection of its face, how many others there are, and the picture."""
    rng = np.random.default_rng(seed)
    for image in images:
        to_picture = draw_similarity(rng, placement.face_px, placement.max_turn_degrees, PICTURE_PX)
        background = make_background(rng, *PICTURE_PX)
        picture = paste_chip(image, background, to_picture, placement.feather)
        truth = truth_box(to_picture)
        detections = search.detect_photo(picture)
        overlaps = [d.box.intersection_over_union(truth) for d in detections]
        best = int(np.argmax(overlaps)) if overlaps else None
        is_found = best is not None and overlaps[best] >= MIN_OVERLAP
        face = detections[best] if best is not None and is_found else None
        yield face, len(detections) - int(is_found), picture


def crop_table(check: CropCheck) -> str:
    """The figures as lines of text."""
    lines = [
        f"found {check.found_share:.2%}, false faces per 100 pictures {check.false_per_100:.2f}"
    ]
    for key, form in (("age_mae", ".3f"), ("age_rmse", ".3f"), ("gender_accuracy", ".4f")):
        if key in check.chips:
            chips, pasted = check.chips[key], check.pasted[key]
            lines.append(
                f"{key}: chips {chips:{form}}, found and cropped {pasted:{form}}, "
                f"difference {pasted - chips:+{form}}"
            )
    return "\n".join(lines)
