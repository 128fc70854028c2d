"""Train, validation and test: by duplicate group, stratified, the same on every machine."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.data.age_bands import band_of
from training.data.chip import Chip

HELD_OUT_SHARE = 0.1
"""The share of the chips that validation gets, and test again."""

REPORTS_TRAIN_SHARE = 0.8
REPORT_SEED = 42


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Indices into the sorted chips; the three parts share no picture.

    Attributes:
        digest: tells two splits apart; equal for equal names and groups.
    """

    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    test: NDArray[np.int64]
    digest: str


def split_chips(
    chips: Sequence[Chip], groups: NDArray[np.int64], held_out_share: float = HELD_OUT_SHARE
) -> Split:
    """Deal whole duplicate groups out to the three parts, in the same shares in each stratum.

    A stratum is an age band and a gender, taken from a group's first chip. Within one, groups
    are ordered by a digest of their first chip's name, which no file system or seed can change.

    Args:
        groups: the group number of each chip, from `duplicate_groups`.
        held_out_share: of validation, and again of test, in each stratum.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for index, group in enumerate(groups.tolist()):
        members[group].append(index)
    strata: dict[tuple[str, bool | None], list[list[int]]] = defaultdict(list)
    for group_members in members.values():
        first = chips[group_members[0]]
        strata[_band(first), first.is_female].append(group_members)
    parts: tuple[list[int], list[int], list[int]] = ([], [], [])
    for stratum in strata.values():
        _deal(sorted(stratum, key=lambda group: _order(chips[group[0]])), parts, held_out_share)
    train, validation, test = (np.array(sorted(part), dtype=np.int64) for part in parts)
    return Split(train, validation, test, _digest(chips, (train, validation, test)))


def report_split(chips: Sequence[Chip]) -> Split:
    """The report's plain 80 : 20 with seed 42, for comparison: copies fall on both sides.

    The report validated on what it tested on. Here the last of its training chips validate, so
    that nothing is chosen on the test chips.
    """
    order = np.random.default_rng(REPORT_SEED).permutation(len(chips))
    first = round((REPORTS_TRAIN_SHARE - HELD_OUT_SHARE) * len(chips))
    count = round(REPORTS_TRAIN_SHARE * len(chips))
    train, validation, test = map(np.sort, (order[:first], order[first:count], order[count:]))
    return Split(train, validation, test, _digest(chips, (train, validation, test)))


def count_leaked(split: Split, groups: NDArray[np.int64]) -> int:
    """Test chips that show the same picture as a training chip."""
    return int(np.isin(groups[split.test], groups[split.train]).sum())


def _band(chip: Chip) -> str:
    return "" if chip.middle_year is None else band_of(chip.middle_year)


def _deal(
    ordered: list[list[int]], parts: tuple[list[int], list[int], list[int]], held_out_share: float
) -> None:
    total = sum(map(len, ordered))
    dealt = 0
    for group in ordered:
        position = (dealt + len(group) / 2) / total
        part = int(position >= 1 - 2 * held_out_share) + int(position >= 1 - held_out_share)
        parts[part].extend(group)
        dealt += len(group)


def _order(chip: Chip) -> bytes:
    return hashlib.sha256(chip.name.encode("utf-8", "surrogateescape")).digest()


def _digest(chips: Sequence[Chip], parts: Sequence[NDArray[np.int64]]) -> str:
    text = "\n\n".join("\n".join(chips[index].name for index in part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
