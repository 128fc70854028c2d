"""Fits the weights of `core.face_quality` on faces whose age is known and that are hard to read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.estimation.predictor import Predictor
from core.face_quality import quality_features
from core.faces.versions import FLIP_AVERAGE
from core.photo_labelling import FaceFinder
from core.types import Image
from training.data.chip import Chip
from training.data.degradations import blur
from training.data.pasted import draw_similarity, make_background, paste_chip, truth_box
from training.measuring.hard_faces import KINDS, cut_off

RIGHT_WITHIN_YEARS = 10.0
PICTURE_PX = (640, 480)
_MIN_OVERLAP = 0.3
_BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True, eq=False)
class QualityFit:
    """The fitted weights, and how often ages are right by the chance that they give.

    Attributes:
        bins: for each range of the chance from its lower end: faces, mean chance, share right.
    """

    weights: NDArray[np.float64]
    bins: dict[float, tuple[int, float, float]]


def fit_quality(
    predictor: Predictor,
    finder: FaceFinder,
    chips: Sequence[Chip],
    images: NDArray[np.uint8],
    seed: int = 0,
) -> QualityFit:
    """Paste each chip small, large, blurred, covered or cut; half of the faces fit, half check."""
    rng = np.random.default_rng(seed)
    features, rights = [], []
    for chip, image in zip(chips, images, strict=True):
        found = _answer(predictor, finder, image, rng)
        if found is not None:
            feature, age_years = found
            features.append(feature)
            rights.append(abs(age_years - (chip.age_years or 0)) <= RIGHT_WITHIN_YEARS)
    x, y = np.array(features), np.array(rights, np.float64)
    weights = _logistic_weights(x[::2], y[::2])
    chances = 1 / (1 + np.exp(-(x[1::2] @ weights)))
    return QualityFit(weights, _bins(chances, y[1::2]))


def quality_table(fit: QualityFit) -> str:
    """The weights and the check as lines of text."""
    lines = ["weights " + ", ".join(f"{weight:.3f}" for weight in fit.weights)]
    for low, (count, chance, right) in fit.bins.items():
        lines.append(f"from {low:.1f}: {count:5d} faces, chance {chance:.2f}, right {right:.2f}")
    return "\n".join(lines)


def _answer(
    predictor: Predictor, finder: FaceFinder, image: Image, rng: np.random.Generator
) -> tuple[tuple[float, ...], float] | None:
    """What the app says of a chip that was pasted somewhere; None if it is not found."""
    makers: list[Callable[[Image, np.random.Generator], Image]] = [*KINDS.values()]
    choice = int(rng.integers(2 * len(makers) + 4))
    face = makers[choice](image, rng) if choice < len(makers) else image
    if choice == len(makers):
        face = blur(image, float(rng.uniform(1, 6)))
    side_px = int(np.exp(rng.uniform(np.log(14), np.log(300))))
    to_picture = draw_similarity(rng, (side_px, side_px), 15.0, PICTURE_PX)
    picture = paste_chip(face, make_background(rng, *PICTURE_PX), to_picture)
    truth = truth_box(to_picture)
    if choice == len(makers) + 1:
        picture, truth = cut_off(picture, truth, int(rng.integers(4)))
    found = finder.find(picture, 1.0)
    overlaps = [one.box.intersection_over_union(truth) for one in found.detections]
    best = int(np.argmax(overlaps)) if overlaps else -1
    if best < 0 or overlaps[best] < _MIN_OVERLAP:
        return None
    (estimate,) = predictor.predict(found.chips[best : best + 1], flip_average=FLIP_AVERAGE)
    assert estimate.age_years is not None
    return quality_features(found.detections[best], estimate), estimate.age_years


def _logistic_weights(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Newton's steps to the logistic regression of y, 0 or 1, on x, with a little shrinkage."""
    weights = np.zeros(x.shape[1])
    ridge = 1e-2 * np.eye(x.shape[1])
    for _ in range(25):
        chances = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (chances - y) + ridge @ weights
        curve = (x.T * (chances * (1 - chances))) @ x + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def _bins(
    chances: NDArray[np.float64], rights: NDArray[np.float64]
) -> dict[float, tuple[int, float, float]]:
    bins = {}
    for low, high in pairwise(_BINS):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            bins[low] = (
                int(inside.sum()),
                float(chances[inside].mean()),
                float(rights[inside].mean()),
            )
    return bins
