"""Steps of wear for `evaluate --degrade`: how a model bears them, one figure a step."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.estimation.predictor import Predictor
from core.faces.alignment import CHIP_SIZE_PX, warp_chip
from core.types import Image
from training.data import degradations
from training.data.chip import Chip
from training.data.chip_cache import resize_chips
from training.measuring.evaluate import predict_part
from training.measuring.metrics import GROWN_YEARS, summarise

Change = Callable[[Image, np.random.Generator], Image]

_FACE_SHARE = 184 / 200
"""Height of the detector's box in a chip, as a share of the chip's side."""

_GRAIN_PX = 3.0

_KEPT = ("n", "age_mae", "age_bias", "age_within_10", "gender_accuracy", "gender_accuracy_13plus")


def _far(face_px: int) -> Change:
    return lambda image, _: degradations.shrink(image, round(face_px / _FACE_SHARE))


def _noise(deviation: float) -> Change:
    return lambda image, rng: degradations.add_noise(image, deviation, rng)


def _grain(deviation: float) -> Change:
    return lambda image, rng: degradations.add_grain(image, deviation, _GRAIN_PX, rng)


def _jpeg(quality: int) -> Change:
    return lambda image, _: degradations.compress(image, quality)


def _blur(deviation_px: float) -> Change:
    return lambda image, _: degradations.blur(image, deviation_px)


def _dark(light: float) -> Change:
    return lambda image, _: degradations.darken(image, light)


def _cast(red: float, blue: float) -> Change:
    return lambda image, _: degradations.cast(image, np.array([red, 1.0, blue]))


def _fade(share: float) -> Change:
    return lambda image, _: degradations.fade(image, share)


def _old_print(image: Image, rng: np.random.Generator) -> Image:
    """A little of everything: a soft lens, grain, faded paper, and the scanner's file."""
    grainy = degradations.add_grain(degradations.blur(image, 1.0), 8, _GRAIN_PX, rng)
    return degradations.compress(degradations.fade(grainy, 0.3), 60)


def _shift(share: float) -> Change:
    """Any direction, by this share of the side."""

    def change(image: Image, rng: np.random.Generator) -> Image:
        angle = rng.uniform(0, 2 * np.pi)
        step_px = share * CHIP_SIZE_PX * np.array([np.cos(angle), np.sin(angle)])
        return warp_chip(image, np.column_stack([np.eye(2), step_px]), CHIP_SIZE_PX)

    return change


def _zoom(factor: float) -> Change:
    offset = CHIP_SIZE_PX / 2 * (1 - factor)
    transform = np.array([[factor, 0.0, offset], [0.0, factor, offset]])
    return lambda image, _: warp_chip(image, transform, CHIP_SIZE_PX)


def _cover(share: float) -> Change:
    side_px = round(share * CHIP_SIZE_PX)

    def change(image: Image, rng: np.random.Generator) -> Image:
        left, top = rng.integers(0, CHIP_SIZE_PX - side_px, 2).tolist()
        return degradations.cover(image, (left, top, side_px, side_px), rng.integers(0, 256, 3))

    return change


STEPS: dict[str, Change] = {
    "face 96 px": _far(96),
    "face 64 px": _far(64),
    "face 48 px": _far(48),
    "face 32 px": _far(32),
    "blur 1.5 px": _blur(1.5),
    "blur 3 px": _blur(3.0),
    "noise 10": _noise(10),
    "noise 20": _noise(20),
    "grain 6": _grain(6),
    "grain 12": _grain(12),
    "sharpened": lambda image, _: degradations.sharpen(image, 1.0, 2.0),
    "smoothed": lambda image, _: degradations.smooth(image, 40.0),
    "JPEG 40": _jpeg(40),
    "JPEG 20": _jpeg(20),
    "light 25 %": _dark(0.25),
    "light 8 %": _dark(0.08),
    "light from above": lambda image, _: degradations.light_from(image, -np.pi / 2, 0.5),
    "warm cast": _cast(1.2, 0.75),
    "cold cast": _cast(0.8, 1.2),
    "grey": lambda image, _: degradations.grey(image),
    "faded 30 %": _fade(0.3),
    "faded 60 %": _fade(0.6),
    "old print": _old_print,
    "shift 3 %": _shift(0.03),
    "shift 6 %": _shift(0.06),
    "smaller by 8 %": _zoom(0.92),
    "larger by 8 %": _zoom(1.08),
    "covered 20 % of the side": _cover(0.2),
    "covered 35 % of the side": _cover(0.35),
}
"""Every change is made to the 200 px chip, before it is resized for the model."""


def measure_degraded(
    predictor: Predictor, chips: Sequence[Chip], images: NDArray[np.uint8], seed: int = 0
) -> dict[str, dict[str, Any]]:
    """The summary under each step, `none` first, without flip averaging.

    Args:
        images: the chips' pictures, shape (N, 200, 200, 3).
    """
    steps: dict[str, Change] = {"none": lambda image, _: image, **STEPS}
    return {
        name: _summary(predictor, chips, _changed(images, change, seed))
        for name, change in steps.items()
    }


def degraded_table(degraded: dict[str, dict[str, Any]]) -> str:
    """The figures and their change as lines of text."""
    whole = degraded["none"]
    lines = []
    for name, row in degraded.items():
        cells = [f"{name:>25}"]
        if "age_mae" in row:
            cells.append(f"MAE {row['age_mae']:5.2f} ({row['age_mae'] - whole['age_mae']:+.2f})")
            cells.append(f"bias {row['age_bias']:+.2f}")
        if "child_age_bias" in row:
            cells.append(f"under {GROWN_YEARS} {row['child_age_bias']:+.2f}")
        if "gender_accuracy" in row:
            change = row["gender_accuracy"] - whole["gender_accuracy"]
            cells.append(f"gender {row['gender_accuracy']:.1%} ({100 * change:+.1f})")
        lines.append("  ".join(cells))
    return "\n".join(lines)


def _changed(images: NDArray[np.uint8], change: Change, seed: int) -> NDArray[np.uint8]:
    rng = np.random.default_rng(seed)
    return np.stack([change(image, rng) for image in images])


def _summary(
    predictor: Predictor, chips: Sequence[Chip], images: NDArray[np.uint8]
) -> dict[str, Any]:
    resized = resize_chips(images, predictor.card.input_size_px)
    answers = predict_part(predictor, chips, resized)
    figures = summarise(answers)
    kept: dict[str, Any] = {name: figures[name] for name in _KEPT if name in figures}
    is_child = answers.true_age_years < GROWN_YEARS
    if answers.has_age and is_child.any():
        kept["child_age_bias"] = summarise(answers.chosen(is_child))["age_bias"]
    return kept
