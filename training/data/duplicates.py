"""Finds chips that show the same picture, whatever their names say."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from core.adapting.likeness import difference_hash

MAX_DISTANCE_BITS = 12
_ROWS_AT_ONCE = 2048


def difference_hashes(images: Iterable[NDArray[np.uint8]]) -> NDArray[np.bool_]:
    """The hash of each picture, bool of shape (N, 256)."""
    return np.stack([difference_hash(image) for image in images])


def duplicate_groups(hashes: NDArray[np.bool_]) -> NDArray[np.int64]:
    """A group number for each picture: equal numbers for copies and near copies.

    Two pictures belong together when their hashes differ in at most 12 of 256 bits, and so do
    all that are linked by a chain of such pairs. The number is the least index of the group.

    Args:
        hashes: from `difference_hashes`, shape (N, 256).

    Returns:
        int64 of shape (N,).
    """
    parent = np.arange(len(hashes))
    for start, is_same in _compare(hashes, hashes):
        rows, columns = np.nonzero(is_same)
        for a, b in zip(rows + start, columns, strict=True):
            if a < b:
                _join(parent, int(a), int(b))
    return np.array([_root(parent, index) for index in range(len(parent))], dtype=np.int64)


def shows_one_of(hashes: NDArray[np.bool_], others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each of `hashes`, (N, 256), is of the same picture as one of `others`, (M, 256)."""
    found = [is_same.any(axis=1) for _, is_same in _compare(hashes, others)]
    return np.concatenate([np.zeros(0, np.bool_), *found])


def _compare(
    hashes: NDArray[np.bool_], others: NDArray[np.bool_]
) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """For some rows of `hashes` at a time: the first, and which of `others` are the same picture.

    With bits as +1 and -1, the dot product of two hashes is 256 - 2 x distance.
    """
    signs, other_signs = (bits.astype(np.float32) * 2 - 1 for bits in (hashes, others))
    threshold = hashes.shape[1] - 2 * MAX_DISTANCE_BITS
    for start in range(0, len(signs), _ROWS_AT_ONCE):
        yield start, signs[start : start + _ROWS_AT_ONCE] @ other_signs.T >= threshold


def _root(parent: NDArray[np.int64], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = int(parent[index])
    return index


def _join(parent: NDArray[np.int64], a: int, b: int) -> None:
    low, high = sorted((_root(parent, a), _root(parent, b)))
    parent[high] = low
