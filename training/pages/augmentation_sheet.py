"""One chip through every step of each mix of augmentations."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from core.types import Image
from training.data.augmentation import REPORT, REPORTS_WORDS, Augmentation, augment
from training.pages.page import Picture

_SHOWN_PX = 160
_DRAWS = 12
_VARIANT_COUNT = 4


def sheet(chip: Image, mix: Augmentation, seed: int = 0) -> list[Picture]:
    """The chip, each step of `mix` alone, as strong as a few draws make it, and all together.

    Args:
        chip: shape (200, 200, 3).
    """
    plain = augment(chip, _SHOWN_PX, Augmentation(mirror=False), np.random.default_rng(seed))
    words = REPORTS_WORDS if mix == REPORT else {}
    pictures = [Picture(plain, "the chip")]
    for name, value, step in _steps(mix):
        rng = np.random.default_rng(seed)
        draws = [augment(chip, _SHOWN_PX, step, rng) for _ in range(_DRAWS)]
        strongest = max(draws, key=lambda draw: _distance(draw, plain))
        pictures.append(Picture(strongest, words.get(name, f"{_in_words(name)} {value}")))
    rng = np.random.default_rng(seed)
    together = [augment(chip, _SHOWN_PX, mix, rng) for _ in range(_VARIANT_COUNT)]
    return pictures + [Picture(variant, "all together") for variant in together]


def _steps(mix: Augmentation) -> Iterator[tuple[str, str, Augmentation]]:
    """Name and strength of each step, and the mix that has nothing but this step, always."""
    for field in fields(mix):
        value = getattr(mix, field.name)
        if not value or field.name == "jpeg_min_quality":
            continue
        if field.name.endswith("_probability"):
            yield field.name, f"in {value:.0%}", _alone(field.name, 1.0)
        else:
            words = "" if value is True else f"±{value:g}"
            yield field.name, words, _alone(field.name, value)


def _alone(name: str, value: Any) -> Augmentation:
    nothing: dict[str, Any] = {"mirror": False}
    return Augmentation(**nothing | {name: value})


def _in_words(name: str) -> str:
    return name.removesuffix("_probability").replace("_", " ")


def _distance(image: Image, other: Image) -> float:
    return float(np.abs(image.astype(np.float32) - other).mean())
