"""Runs a model.onnx with ONNX Runtime: the engine for machines without a GPU."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.onnx_session import CPU_PROVIDER, GPU_PROVIDERS, open_session

LIVE_THREADS = 2
"""Beyond two, a model of this size gains little and the detector loses its core."""

CPU_BATCH = 4
"""Faces that a processor answers at once: of 16 at 160 px, what passes from layer to layer leaves
its cache, and each takes a tenth longer."""


class OnnxEngine:
    """Keeps the contract `Engine`.

    Args:
        thread_count: at most; fewer where there are fewer processors. A second one makes an
            answer come sooner and costs a tenth to a third more work.

    Raises:
        ModelError: if the file cannot be read as a model.
    """

    name = "ONNX Runtime"

    def __init__(self, path: Path, thread_count: int = LIVE_THREADS) -> None:
        self._path = path
        self._session: Any = open_session(path, thread_count)
        self._provider: str = self._session.get_providers()[0]
        self._input_name: str = self._session.get_inputs()[0].name
        self._output_names: list[str] = [output.name for output in self._session.get_outputs()]

    @property
    def device(self) -> str:
        return GPU_PROVIDERS.get(self._provider, "CPU")

    def run(self, images: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
        if self._session is None:
            raise ModelError(f"The model {self._path} is closed.")
        batch = CPU_BATCH if self._provider == CPU_PROVIDER else len(images)
        try:
            parts = [
                self._session.run(self._output_names, {self._input_name: images[at : at + batch]})
                for at in range(0, len(images), batch)
            ]
        except Exception as error:  # ONNX Runtime's errors share no narrower class.
            raise ModelError(f"ONNX Runtime cannot run the model {self._path}: {error}") from error
        outputs = map(np.concatenate, zip(*parts, strict=True))
        return dict(zip(self._output_names, outputs, strict=True))

    def close(self) -> None:
        self._session = None
