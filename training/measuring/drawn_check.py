"""Compares faces that the app found with the same faces as a hand draws their boxes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.estimation.predictor import Predictor
from core.face_quality import face_quality
from core.faces.alignment import align_face
from core.faces.versions import FLIP_AVERAGE
from core.photo_labelling import FaceSearch
from core.types import Box, Detection, Estimate, Image
from training.data.chip import Chip
from training.measuring.answers import make_answers
from training.measuring.crop_check import TURNED, find_pasted
from training.measuring.metrics import summarise

HAND_SPREAD = 0.08
"""Standard deviation of each edge that a hand draws, in sides of the face."""

PlaceDrawn = Callable[[Image, Box], Detection]
"""What the app makes of a drawn box: `core.batch.drawn_face.FaceDrawer.place`."""

FOUND, DRAWN, BOX_ALONE = "found", "drawn", "box alone"


@dataclass(frozen=True, slots=True)
class DrawnCheck:
    """What drawing costs.

    Attributes:
        placed_share: drawn boxes in which a look saw the face, 0-1.
        figures: of the faces as they were found, drawn, and drawn but cut out by the box alone.
        quality: their mean quality, the chance that an age is right within ten years.
    """

    placed_share: float
    figures: dict[str, dict[str, float]]
    quality: dict[str, float]


def check_drawn(
    predictor: Predictor,
    search: FaceSearch,
    place: PlaceDrawn,
    chips: Sequence[Chip],
    images: NDArray[np.uint8],
    seed: int = 0,
) -> DrawnCheck:
    """Paste each chip at 120-400 px and turned, find it, and draw a box where it was found.

    Args:
        images: the chips' pictures, shape (N, 200, 200, 3).
    """
    rng = np.random.default_rng(seed)
    detections: dict[str, list[Detection]] = {FOUND: [], DRAWN: [], BOX_ALONE: []}
    estimates: dict[str, list[Estimate]] = {name: [] for name in detections}
    kept: list[Chip] = []
    pasted = find_pasted(search, images, TURNED, seed)
    for chip, (face, _, picture) in zip(chips, pasted, strict=True):
        if face is None:
            continue
        kept.append(chip)
        box = drawn_box(face.box, rng)
        ways = (face, place(picture, box), Detection.of_box(box))
        crops = [align_face(picture, way, predictor.card.input_size_px) for way in ways]
        answers = predictor.predict(np.stack(crops), flip_average=FLIP_AVERAGE)
        for name, way, answer in zip(detections, ways, answers, strict=True):
            detections[name].append(way)
            estimates[name].append(answer)
    return DrawnCheck(
        placed_share=float(np.mean([face.has_landmarks for face in detections[DRAWN]])),
        figures={name: summarise(make_answers(kept, of)) for name, of in estimates.items()},
        quality={
            name: float(np.mean(list(map(face_quality, detections[name], estimates[name]))))
            for name in detections
        },
    )


def drawn_box(box: Box, rng: np.random.Generator) -> Box:
    """A box as a hand draws it, its edges a little off."""
    left, top, right, bottom = rng.normal(0, HAND_SPREAD * max(box.width, box.height), 4)
    return Box(box.left + left, box.top + top, box.right + right, box.bottom + bottom)


def drawn_table(check: DrawnCheck) -> str:
    """The figures as lines of text."""
    lines = [f"a look saw the face in {check.placed_share:.1%} of the drawn boxes"]
    for name, figures in check.figures.items():
        parts = [
            f"{key} {figures[key]:{form}}"
            for key, form in (
                ("age_mae", ".2f"),
                ("age_bias", "+.2f"),
                ("age_within_10", ".1%"),
                ("gender_accuracy", ".1%"),
            )
            if key in figures
        ]
        parts.append(f"mean quality {check.quality[name]:.1%}")
        lines.append(f"{name}: {', '.join(parts)}")
    return "\n".join(lines)
