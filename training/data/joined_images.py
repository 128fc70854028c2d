"""The pictures of several collections as one array that is never in memory as a whole."""

from collections.abc import Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from core.types import Image

Indices = slice | Sequence[int] | NDArray[np.int64] | NDArray[np.bool_]


class JoinedImages:
    """Arrays of pictures of one size, one after the other; what is indexed is read.

    Args:
        arrays: each of shape (N, H, W, 3), usually mapped from a file.
    """

    def __init__(self, arrays: Sequence[NDArray[np.uint8]]) -> None:
        self._arrays = arrays
        self._starts = np.cumsum([0, *map(len, arrays)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    @overload
    def __getitem__(self, index: int | np.integer[Any]) -> Image: ...

    @overload
    def __getitem__(self, index: Indices) -> NDArray[np.uint8]: ...

    def __getitem__(self, index: Any) -> NDArray[np.uint8]:
        """One picture (H, W, 3), or those at several indices, (N, H, W, 3), in memory."""
        if isinstance(index, int | np.integer):
            picture: Image = self[[int(index)]][0]
            return picture
        indices = np.arange(len(self))[index]
        numbers = np.searchsorted(self._starts, indices, side="right") - 1
        places = indices - self._starts[numbers]
        pictures = np.empty((len(indices), *self._arrays[0].shape[1:]), np.uint8)
        for number, array in enumerate(self._arrays):
            pictures[numbers == number] = array[places[numbers == number]]
        return pictures


Pictures = NDArray[np.uint8] | JoinedImages
