"""What parts YuNet's boxes and points from BlazeFace's, seen on the same pasted faces."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.faces.alignment import CHIP_SIZE_PX, chip_transform
from core.faces.detector import FaceDetector
from core.faces.pyramid import Pyramid
from core.faces.similarity import apply_similarity, similarity_scale, similarity_turn
from core.faces.yunet import YuNet
from core.types import Box
from training.data.pasted import draw_similarity, make_background, paste_chip, truth_box

FACE_PX = (60, 400)
MAX_TURN_DEGREES = 12.0
PICTURE_PX = (640, 480)
_MIN_OVERLAP = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class YuNetFit:
    """Medians over faces that both see, in the 200 px chip that BlazeFace's landmarks make.

    Attributes:
        points: where YuNet's five points stand, shape (5, 2).
        landmarks: where BlazeFace's six stand, shape (6, 2).
        box_side: BlazeFace's side, in heights of YuNet's box.
        box_drop: how far below YuNet's centre BlazeFace's lies, likewise.
        spread: standard deviation of turn (degrees), scale (share) and centre (x and y in chip px)
            between the chips that both make, once YuNet's landmarks are made alike.
    """

    face_count: int
    points: NDArray[np.float64]
    landmarks: NDArray[np.float64]
    box_side: float
    box_drop: float
    spread: NDArray[np.float64]


def fit_yunet(images: NDArray[np.uint8], seed: int = 0) -> YuNetFit:
    """Paste each chip, shape (N, 200, 200, 3), and let both detectors look."""
    rng = np.random.default_rng(seed)
    yunet = YuNet(0.5)
    points, landmarks, sides, drops, differences = [], [], [], [], []
    detector = FaceDetector(min_face_px=1)
    for image in images:
        to_picture = draw_similarity(rng, FACE_PX, MAX_TURN_DEGREES, PICTURE_PX)
        picture = paste_chip(image, make_background(rng, *PICTURE_PX), to_picture)
        raw, found = yunet.find_raw(picture), yunet.find(picture)
        index = _index_of(truth_box(to_picture), [face.box for face in found])
        face = None if index is None else detector.look_again(Pyramid(picture), found[index])
        if index is None or face is None:
            continue
        to_chip = chip_transform(face, CHIP_SIZE_PX)
        points.append(apply_similarity(to_chip, raw.points[index]))
        landmarks.append(apply_similarity(to_chip, face.landmarks))
        box = Box(*raw.boxes[index].tolist())
        sides.append(face.box.height / box.height)
        drops.append((face.box.centre[1] - box.centre[1]) / box.height)
        differences.append(_difference(chip_transform(found[index], CHIP_SIZE_PX), to_chip))
    return YuNetFit(
        face_count=len(points),
        points=np.median(points, axis=0),
        landmarks=np.median(landmarks, axis=0),
        box_side=float(np.median(sides)),
        box_drop=float(np.median(drops)),
        spread=np.std(differences, axis=0),
    )


def yunet_table(fit: YuNetFit) -> str:
    """The medians as lines of text."""
    turn, scale, x, y = fit.spread.tolist()
    return "\n".join(
        [
            f"{fit.face_count} faces that both see",
            f"YuNet's points: {fit.points.round(1).tolist()}",
            f"BlazeFace's landmarks: {fit.landmarks.round(1).tolist()}",
            f"box: side {fit.box_side:.3f}, drop {fit.box_drop:.3f}",
            f"chips differ by {turn:.1f} degrees, {scale:.1%}, {x:.1f} and {y:.1f} px",
        ]
    )


def _index_of(truth: Box, boxes: Sequence[Box]) -> int | None:
    overlaps = [box.intersection_over_union(truth) for box in boxes]
    best = int(np.argmax(overlaps)) if overlaps else None
    return best if best is not None and overlaps[best] >= _MIN_OVERLAP else None


def _difference(
    transform: NDArray[np.float64], expected: NDArray[np.float64]
) -> tuple[float, float, float, float]:
    """Turn in degrees, scale as a share, and the shift of the chip's centre in chip px."""
    turn = np.degrees(similarity_turn(transform) - similarity_turn(expected))
    scale = similarity_scale(transform) / similarity_scale(expected) - 1
    linear, shift = expected[:, :2], expected[:, 2]
    middle = np.linalg.solve(linear, np.full(2, CHIP_SIZE_PX / 2) - shift)
    x, y = (apply_similarity(transform, middle) - CHIP_SIZE_PX / 2).tolist()
    return float(turn), scale, x, y
