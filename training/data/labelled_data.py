"""The chips, their pictures and their split: the same for every model."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from training.data.archive import open_data
from training.data.chip_cache import load_chip_images
from training.data.duplicates import duplicate_groups
from training.data.split import Split, count_leaked, report_split, split_chips
from training.data.utkface import Chip, read_chips


class Part(StrEnum):
    """A part of the chips; the first three share no picture."""

    TRAIN = "train"
    VALIDATION = "val"
    TEST = "test"
    ALL = "all"


class Data:
    """Reads everything once; a second time comes from `cache_dir`.

    Args:
        source: the folder of chips, or the official archive.
        is_reports_split: split as the report did, copies on both sides.

    Raises:
        DataError: if `source` holds no readable chips.
    """

    def __init__(self, source: Path, cache_dir: Path, is_reports_split: bool = False) -> None:
        self.is_reports_split = is_reports_split
        self.chips: tuple[Chip, ...] = read_chips(open_data(source, cache_dir))
        self.images: NDArray[np.uint8] = load_chip_images(self.chips, cache_dir)
        groups = duplicate_groups(self.images)
        self.split: Split = (
            report_split(self.chips) if is_reports_split else split_chips(self.chips, groups)
        )
        self.leaked_count: int = count_leaked(self.split, groups)

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
