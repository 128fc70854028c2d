"""What a frozen backbone says of each chip on each of its eight sides, computed once.

Where nothing but flips and quarter turns changes a chip, and the backbone never learns, an epoch
costs its head alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from core.types import Image
from training.architectures.transfer import BACKBONE
from training.data.array_file import open_array
from training.data.augmentation import FLIPS
from training.data.chip import Chip
from training.data.chip_cache import resize_chips
from training.data.chip_dataset import Arrays, ChipDataset
from training.data.joined_images import Pictures
from training.learning.configs import TrainConfig

SIDES = 8
_CHIPS_AT_ONCE = 64


class FeatureDataset(ChipDataset):
    """Batches of features instead of pictures, each of a side that is drawn.

    Args:
        features: shape (N, 8, F), of all chips; the first side is the upright one.
    """

    def __init__(
        self,
        config: TrainConfig,
        features: NDArray[np.float16],
        chips: Sequence[Chip],
        indices: NDArray[np.int64],
    ) -> None:
        super().__init__(config, np.zeros((0, 0, 0, 3), np.uint8), chips, indices)
        self._features = features

    def _draw(self, chosen: NDArray[np.int64], batch: int) -> tuple[NDArray[np.float32], Arrays]:
        rng = np.random.default_rng([self._config.seed, self.epoch, batch])
        sides = rng.integers(SIDES, size=len(chosen))
        return self._features[chosen, sides].astype(np.float32), {}


def learns_from_features(config: TrainConfig) -> bool:
    """Whether all that a run shows its head can be computed before."""
    if config.augmentation != FLIPS or not config.frozen_layers:
        return False
    if config.head_epochs or config.crop_share or config.teachers:
        return False
    names = {layer.name: layer for layer in config.build().layers}
    return BACKBONE in names and config.frozen_layers >= len(names[BACKBONE].layers)


def split_network(model: keras.Model) -> tuple[keras.Model, keras.Model]:
    """The part from a picture to its features, and the part above it; they share the weights."""
    pooled = next(
        layer.output
        for layer in model.layers
        if isinstance(layer, keras.layers.GlobalAveragePooling2D)
    )
    return keras.Model(model.input, pooled), keras.Model(pooled, model.output)


def head_config(config: TrainConfig) -> TrainConfig:
    """The configuration of the head alone: all of it learns."""
    return replace(config, frozen_layers=0)


def load_features(
    body: keras.Model, images: Pictures, input_size_px: int, path: Path
) -> NDArray[np.float16]:
    """The features of every picture on every side, (N, 8, F), goes on where it was killed.

    Args:
        images: each (200, 200, 3).
        path: the file that they are kept in.

    Raises:
        DataError: if the disk has no room for them.
    """
    shape = (len(images), SIDES, body.output.shape[-1])
    features = open_array(path, np.float16, shape)
    _compute_missing(body, images, input_size_px, features)
    return features


def _compute_missing(
    body: keras.Model, images: Pictures, input_size_px: int, features: "np.memmap[Any, Any]"
) -> None:
    """Put into `features` what `body` says of the pictures that it was not shown yet."""
    for start in range(0, len(images), _CHIPS_AT_ONCE):
        stop = min(start + _CHIPS_AT_ONCE, len(images))
        if features[stop - 1].any():  # no picture leaves every feature at zero
            continue
        resized = resize_chips(images[slice(start, stop)], input_size_px)
        sides = np.stack([turned(picture, side) for picture in resized for side in range(SIDES)])
        said = body.predict(sides.astype(np.float32), batch_size=_CHIPS_AT_ONCE, verbose=0)
        features[start:stop] = said.reshape(stop - start, *features.shape[1:])
    features.flush()


def turned(image: Image, side: int) -> Image:
    """A picture on one of its eight sides: four quarter turns, and those of its mirror image."""
    mirrored = image[:, ::-1] if side >= SIDES // 2 else image
    return np.rot90(mirrored, side % (SIDES // 2))
