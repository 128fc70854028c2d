"""Writes a trained network as a small .keras file: float16 weights, no optimizer."""

import shutil
import tempfile
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np

from training.architectures.run_weights import file_size_bytes
from training.data.disk_room import check_room

_WEIGHTS = "model.weights.h5"


def save_model(model: keras.Model, path: Path) -> None:
    """Save `model` for use, not for further training.

    Weights are stored as float16 and computed with in float32: Keras casts them on loading.
    Layers keep the precision that the model was made with.

    Raises:
        DataError: if the disk has no room for it.
    """
    # Packed, unpacked, halved and packed again: h5py ends the whole program when a disk is full.
    check_room(path.parent, 3 * file_size_bytes(model), "a model")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        full = Path(folder) / "full.keras"
        model.save(full, include_optimizer=False)
        small = Path(folder) / "small.keras"
        _store_weights_as_float16(full, small)
        small.replace(path)


def _store_weights_as_float16(source: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        with zipfile.ZipFile(source) as archive:
            archive.extractall(folder)
        _halve(Path(folder) / _WEIGHTS)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, file.name)


def _halve(weights: Path) -> None:
    part = weights.with_suffix(".part")
    with h5py.File(weights) as full, h5py.File(part, "w") as small:
        _copy(full, small)
    shutil.move(part, weights)


def _copy(source: h5py.Group, target: h5py.Group) -> None:
    for name, value in source.attrs.items():
        target.attrs[name] = value
    for name, item in source.items():
        if isinstance(item, h5py.Group):
            _copy(item, target.create_group(name))
        elif item.dtype == np.float32:
            target.create_dataset(name, data=item[()].astype(np.float16))
        else:
            target.create_dataset(name, data=item[()])
