"""One collection of chips: a folder or an archive with its labels, pictures and split."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.data.archive import open_data
from training.data.chip import Chip, chip_folder, read_chips
from training.data.chip_cache import load_chip_images
from training.data.duplicates import difference_hashes, duplicate_groups
from training.data.split import HELD_OUT_SHARE, Split, count_leaked, report_split, split_chips

_HELD_OUT_SHARES = {"AAF": 1 / 8}
"""Where it is not `HELD_OUT_SHARE`."""


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """Chips from one place, which share a camera, a crop, and who labelled them.

    Attributes:
        name: of its folder or archive.
        images: of the chips, shape (N, 200, 200, 3), mapped from a file.
        hashes: tell which chips show the same picture, bool of shape (N, 256).
        leaked_count: test chips that show the picture of a training chip.
    """

    name: str
    chips: tuple[Chip, ...]
    images: NDArray[np.uint8]
    hashes: NDArray[np.bool_]
    split: Split
    leaked_count: int

    def counts(self) -> dict[str, str | int]:
        """The digest of the split and the size of each part, for cards."""
        return {
            "split": self.split.digest,
            "train": len(self.split.train),
            "validation": len(self.split.validation),
            "test": len(self.split.test),
        }


def collection_name(source: Path) -> str:
    """What the collection in a folder or an archive is called: `UTKFace` for UTKFace.tar.gz."""
    path = source.resolve()
    return chip_folder(path).name if path.is_dir() else path.name.split(".")[0]


def open_collection(source: Path, cache_dir: Path, is_reports_split: bool = False) -> Collection:
    """Read everything once; a second time comes from `cache_dir`.

    Args:
        source: the folder of chips, or an archive of it.
        is_reports_split: split as the report did, copies on both sides.

    Raises:
        DataError: if `source` holds no readable chips.
    """
    name = collection_name(source)
    chips = read_chips(open_data(source, cache_dir), name)
    images = load_chip_images(chips, cache_dir)
    hashes = difference_hashes(images)
    groups = duplicate_groups(hashes)
    share = _HELD_OUT_SHARES.get(name, HELD_OUT_SHARE)
    split = report_split(chips) if is_reports_split else split_chips(chips, groups, share)
    return Collection(name, chips, images, hashes, split, count_leaked(split, groups))
