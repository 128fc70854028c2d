"""Feeds chips to `model.fit`, in an order that depends on nothing but seed and epoch."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from training.data.augmentation import place, wear
from training.data.chip import Chip
from training.data.drawing import draw_epoch, rarity
from training.data.joined_images import Pictures
from training.learning.configs import TrainConfig

Arrays = dict[str, NDArray[np.float32]]
Teach = Callable[[Callable[[int], NDArray[np.uint8]], Sequence[str]], Arrays]
_WEAR = 1
"""Wear draws numbers of its own: crops are the same with it and without."""

Batch = tuple[NDArray[np.float32], Arrays, Arrays]


@dataclass(frozen=True, slots=True, eq=False)
class Crops:
    """Chips as the app crops them out of a picture.

    Attributes:
        images: one for each chip, (200, 200, 3).
        found: bool (N,), where the app found the face; elsewhere there is no picture.
    """

    images: Pictures
    found: NDArray[np.bool_]


class ChipDataset(keras.utils.PyDataset):  # type: ignore[misc]
    """Augmented training batches; the last, shorter one of an epoch is left out.

    Half of the cores make them ahead of time, in threads, and hand them over in order.
    Set `epoch` before each epoch: order and augmentation follow from (seed, epoch) alone, which
    is what lets a killed run go on as if nothing had happened.

    Args:
        images: of all chips, each (200, 200, 3).
        indices: of the chips to learn from.
        crops: drawn instead of the plain chips, as often as the configuration says.
        teach: says what teachers answer to a batch, as further targets by output name. They may
            ask for its pictures before wear, at any size, and are told their collections.
    """

    def __init__(
        self,
        config: TrainConfig,
        images: Pictures,
        chips: Sequence[Chip],
        indices: NDArray[np.int64],
        crops: Crops | None = None,
        teach: Teach | None = None,
    ) -> None:
        threads = max(1, (os.cpu_count() or 1) // 2)
        super().__init__(workers=threads, use_multiprocessing=False, max_queue_size=2 * threads + 6)
        # OpenCV would share each small picture out among all cores, and take them from training.
        cv2.setNumThreads(0)
        self.epoch = 0
        self._config = config
        self._images = images
        self._indices = indices
        self._crops = crops
        self._teach = teach
        self._collections = [chip.collection for chip in chips]
        self._targets = targets_of(chips, config.outputs)
        learnt = [chips[index] for index in indices]
        self._draws = rarity(
            learnt, config.rare_age_draws, config.rare_group_draws, config.rare_collection_draws
        )
        self._known = known_labels(chips, config.outputs)
        self._age_weights = np.ones((len(chips), 1), np.float32)
        self._age_weights[indices, 0] = rarity(learnt, config.rare_age_weight)

    def __len__(self) -> int:
        return len(self._indices) // self._config.batch_size

    def __getitem__(self, batch: int) -> Batch:
        """Pictures (B, S, S, 3), targets and weights by output name.

        All are (B, 1), but for ages: (B, 2), or (B, bins) where teachers say them.
        """
        seed, size = self._config.seed, self._config.batch_size
        order = draw_epoch(self._indices, self._draws, np.random.default_rng([seed, self.epoch]))
        chosen = np.sort(order[batch * size : (batch + 1) * size])
        pictures, taught = self._draw(chosen, batch)
        targets = {name: values[chosen] for name, values in self._targets.items()} | taught
        return pictures, targets, self._weights_of(chosen, targets)

    def _draw(self, chosen: NDArray[np.int64], batch: int) -> tuple[NDArray[np.float32], Arrays]:
        """What the network sees of the chosen chips, and what teachers say of them."""
        place_batch = partial(self._place_batch, chosen, batch)
        collections = [self._collections[index] for index in chosen]
        taught = self._teach(place_batch, collections) if self._teach else {}
        return self._wear_batch(place_batch(self._config.input_size_px), batch), taught

    def _place_batch(
        self, chosen: NDArray[np.int64], batch: int, size_px: int
    ) -> NDArray[np.uint8]:
        """The same crops whatever the size."""
        rng = np.random.default_rng([self._config.seed, self.epoch, batch])
        return np.stack([self._placed(index, size_px, rng) for index in chosen])

    def _placed(self, index: int, size_px: int, rng: np.random.Generator) -> NDArray[np.uint8]:
        image = self._images[index]
        is_crop = self._crops is not None and rng.random() < self._config.crop_share
        if self._crops is not None and is_crop and self._crops.found[index]:
            image = self._crops.images[index]
        return place(image, size_px, self._config.augmentation, rng)

    def _wear_batch(self, placed: NDArray[np.uint8], batch: int) -> NDArray[np.float32]:
        rng = np.random.default_rng([self._config.seed, self.epoch, batch, _WEAR])
        worn = np.stack([wear(picture, self._config.augmentation, rng) for picture in placed])
        return worn.astype(np.float32)

    def _weights_of(self, chosen: NDArray[np.int64], names: Iterable[str]) -> Arrays:
        """What teachers say counts of every chip, a label only where it is known."""
        every = np.ones((len(chosen), 1), np.float32)
        known = {name: values[chosen] for name, values in self._known.items()}
        ages = self._age_weights[chosen]
        return {
            name: known.get(name, every) * (ages if name.startswith("age_output") else 1)
            for name in names
        }


def targets_of(chips: Sequence[Chip], outputs: Sequence[str]) -> Arrays:
    """Labels by output name, float32; what is not known is zero, to be weighed by `known_labels`.

    Of an age the first and the last year between which it lies, (N, 2); 1 for female, (N, 1).
    """
    labels = {
        "age_output": [chip.years or (0, 0) for chip in chips],
        "gender_output": [(bool(chip.is_female),) for chip in chips],
    }
    return {name: np.array(labels[name], dtype=np.float32) for name in outputs}


def known_labels(chips: Sequence[Chip], outputs: Sequence[str]) -> Arrays:
    """1 where a label is known and 0 elsewhere, by output name, each float32 of shape (N, 1)."""
    known = {
        "age_output": [chip.years is not None for chip in chips],
        "gender_output": [chip.is_female is not None for chip in chips],
    }
    return {name: np.array(known[name], dtype=np.float32)[:, None] for name in outputs}
