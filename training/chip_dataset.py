"""Feeds chips to `model.fit`, in an order that depends on nothing but seed and epoch."""

from collections.abc import Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from core.types import Image
from training.augmentation import Augmentation, augment
from training.utkface import Chip

Batch = tuple[NDArray[np.float32], dict[str, NDArray[np.float32]]]


class ChipDataset(keras.utils.PyDataset):  # type: ignore[misc]
    """Augmented training batches; the last, shorter one of an epoch is left out.

    Set `epoch` before each epoch: order and augmentation follow from (seed, epoch) alone, which
    is what lets a killed run go on as if nothing had happened.
    """

    def __init__(
        self,
        images: NDArray[np.uint8],
        chips: Sequence[Chip],
        indices: NDArray[np.int64],
        outputs: Sequence[str],
        input_size_px: int,
        batch_size: int,
        augmentation: Augmentation,
        seed: int,
    ) -> None:
        super().__init__(workers=1, use_multiprocessing=False, max_queue_size=8)
        self.epoch = 0
        self._images = images
        self._indices = indices
        self._targets = targets_of(chips, outputs)
        self._input_size_px = input_size_px
        self._batch_size = batch_size
        self._augmentation = augmentation
        self._seed = seed

    def __len__(self) -> int:
        return len(self._indices) // self._batch_size

    def __getitem__(self, batch: int) -> Batch:
        order = np.random.default_rng([self._seed, self.epoch]).permutation(self._indices)
        chosen = np.sort(order[batch * self._batch_size : (batch + 1) * self._batch_size])
        rng = np.random.default_rng([self._seed, self.epoch, batch])
        pictures = [self._picture(index, rng) for index in chosen]
        targets = {name: values[chosen] for name, values in self._targets.items()}
        return np.stack(pictures).astype(np.float32), targets

    def _picture(self, index: int, rng: np.random.Generator) -> Image:
        return augment(self._images[index], self._input_size_px, self._augmentation, rng)


def targets_of(chips: Sequence[Chip], outputs: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Labels by output name, each float32 of shape (N, 1): years, and 1 for female."""
    labels = {
        "age_output": [chip.age_years for chip in chips],
        "gender_output": [chip.is_female for chip in chips],
    }
    return {name: np.array(labels[name], dtype=np.float32)[:, None] for name in outputs}
