"""Runs a model.keras with Keras: the engine for machines on which TensorFlow sees a GPU.

The only file of core that imports keras or tensorflow. Importing it takes seconds, so it is
imported where it is used: see core/assembly.py.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import library_caches
from core.errors import ModelError

library_caches.keep_in_own_folder()
import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

# Each model that is loaded is a new function for TensorFlow, which warns of the sixth.
logging.getLogger("tensorflow").setLevel(logging.ERROR)


def visible_gpu() -> str | None:
    """The name of the GPU that TensorFlow uses; None if it sees none."""
    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        return None
    details = tf.config.experimental.get_device_details(gpus[0])
    return str(details.get("device_name", gpus[0].name))


class KerasEngine:
    """Keeps the contract `Engine`.

    Raises:
        ModelError: if the file cannot be read as a model.
    """

    name = "Keras/TensorFlow"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._model: Any = _load(path)
        gpu = visible_gpu()
        self._device = f"GPU: {gpu}" if gpu else "CPU"
        self._one_at_a_time = Lock()  # Keras builds its function in the first call

    @property
    def device(self) -> str:
        return self._device

    def run(self, images: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
        if self._model is None:
            raise ModelError(f"The model {self._path} is closed.")
        try:
            with self._one_at_a_time:
                outputs = self._model.predict_on_batch(images)
        except (ValueError, TypeError, tf.errors.OpError) as error:
            raise ModelError(f"Keras cannot run the model {self._path}: {error}") from error
        return _by_name(self._model.output_names, outputs)

    def close(self) -> None:
        self._model = None


def _load(path: Path) -> Any:
    try:
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # zip, JSON, HDF5 and Keras each raise their own kind
        raise ModelError(f"The model file {path} cannot be loaded ({error}).") from error


def _by_name(names: list[str], outputs: Any) -> dict[str, NDArray[np.float32]]:
    """One array, a list or a dictionary, as the model was built, as a dictionary."""
    if isinstance(outputs, Mapping):
        return {name: np.asarray(value) for name, value in outputs.items()}
    values = outputs if isinstance(outputs, list | tuple) else [outputs]
    return {name: np.asarray(value) for name, value in zip(names, values, strict=True)}
