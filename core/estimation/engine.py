"""The contract of what runs a model; one file per engine beside this one keeps it."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Engine(Protocol):
    """A loaded model. Several threads may run it at once."""

    @property
    def name(self) -> str:
        """The engine's name for the user, such as "ONNX Runtime"."""
        ...

    @property
    def device(self) -> str:
        """What really runs the model, such as "CPU" or "GPU: NVIDIA GeForce RTX 3060"."""
        ...

    def run(self, images: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
        """The model's outputs by name, each of shape (N, ...).

        Args:
            images: shape (N, S, S, 3), RGB, 0-255, with S the model's input size.

        Raises:
            ModelError: if the model cannot be run on them.
        """
        ...

    def close(self) -> None:
        """Release the model. Closing twice is harmless; a closed engine cannot run."""
        ...
