"""The chips of all collections, their pictures and their split: the same for every model."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from training.data.chip import Chip
from training.data.collection import Collection, open_collection
from training.data.duplicates import shows_one_of
from training.data.joined_images import JoinedImages
from training.data.split import Split


class Part(StrEnum):
    """A part of the chips; the first three share no picture."""

    TRAIN = "train"
    VALIDATION = "val"
    TEST = "test"
    ALL = "all"


class Data:
    """One or several collections, in the order of their names, as one.

    Each is split by itself, so that its parts are the same whatever else is there. A chip to
    learn from that shows the picture of another collection's held-out chip is left out.

    Args:
        sources: folders of chips, or archives of them.
        is_reports_split: split as the report did, copies on both sides.

    Raises:
        DataError: if one holds no readable chips, or two have one name.
    """

    def __init__(
        self, sources: Sequence[Path], cache_dir: Path, is_reports_split: bool = False
    ) -> None:
        self.is_reports_split = is_reports_split
        opened = [open_collection(source, cache_dir, is_reports_split) for source in sources]
        self.collections: tuple[Collection, ...] = tuple(sorted(opened, key=lambda one: one.name))
        names = [collection.name for collection in self.collections]
        if len(set(names)) < len(names):
            raise DataError(f"Two of these collections have one name: {', '.join(names)}.")
        self.chips: tuple[Chip, ...] = tuple(
            chip for collection in self.collections for chip in collection.chips
        )
        self.images = JoinedImages([collection.images for collection in self.collections])
        self.split: Split = _join_splits(self.collections)
        self.leaked_count: int = sum(collection.leaked_count for collection in self.collections)

    @property
    def withheld_count(self) -> int:
        """Chips that nothing learns from, because another collection holds their picture out."""
        dealt = sum(map(len, (self.split.train, self.split.validation, self.split.test)))
        return len(self.chips) - dealt

    def indices(self, part: Part) -> NDArray[np.int64]:
        """Where the chips of `part` stand in `chips` and `images`."""
        if part is Part.ALL:
            return np.arange(len(self.chips))
        by_part = {
            Part.TRAIN: self.split.train,
            Part.VALIDATION: self.split.validation,
            Part.TEST: self.split.test,
        }
        return by_part[part]

    def part(self, part: Part) -> tuple[Sequence[Chip], NDArray[np.uint8]]:
        """The chips of `part` and their pictures, (N, 200, 200, 3).

        Raises:
            DataError: if there are none.
        """
        indices = self.indices(part)
        if len(indices) == 0:
            raise DataError(f"The part {part} of {len(self.chips)} chips is empty.")
        return [self.chips[index] for index in indices], self.images[indices]


def _join_splits(collections: Sequence[Collection]) -> Split:
    """The parts of all; a digest of several names each of them."""
    if len(collections) == 1:
        return collections[0].split
    train, validation, test = [], [], []
    start = 0
    for one in collections:
        others = [other for other in collections if other is not one]
        tested = [other.hashes[other.split.test] for other in others]
        validated = [other.hashes[other.split.validation] for other in others]
        train.append(start + _unless_shown(one.hashes, one.split.train, tested + validated))
        validation.append(start + _unless_shown(one.hashes, one.split.validation, tested))
        test.append(start + one.split.test)
        start += len(one.chips)
    digest = " ".join(f"{one.name}:{one.split.digest}" for one in collections)
    return Split(np.concatenate(train), np.concatenate(validation), np.concatenate(test), digest)


def _unless_shown(
    hashes: NDArray[np.bool_], indices: NDArray[np.int64], others: Sequence[NDArray[np.bool_]]
) -> NDArray[np.int64]:
    return indices[~shows_one_of(hashes[indices], np.concatenate(others))]
