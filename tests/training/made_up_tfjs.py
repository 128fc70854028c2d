"""A graph model of TensorFlow.js with random weights, stored as the face weights are."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.architectures.hse_mobilenet import _FILTERS

SCALE, LEAST = 0.01, -1.2

Arrays = dict[str, NDArray[np.float64]]


def make_tfjs_weights(seed: int = 0) -> Arrays:
    """Every array that the converter looks for, of its true shape."""
    shapes: dict[str, tuple[int, ...]] = {"age_pred/kernel": (256, 100), "age_pred/bias": (100,)}
    shapes |= {"feats/kernel": (1024, 256), "feats/bias": (256,)}
    shapes |= {"gender_pred/kernel": (256, 1), "gender_pred/bias": (1,)}
    shapes |= {"conv1/convolution/merged_input": (3, 3, 3, 32), "conv1_bn/batchnorm_1/sub": (32,)}
    channels = 32
    for i, filters in enumerate(_FILTERS, start=1):
        shapes[f"conv_dw_{i}/depthwise_kernel"] = (3, 3, channels, 1)
        shapes[f"conv_dw_{i}_bn/batchnorm_1/mul"] = (channels,)
        shapes[f"conv_dw_{i}_bn/batchnorm_1/sub"] = (channels,)
        shapes[f"conv_pw_{i}/convolution/merged_input"] = (1, 1, channels, filters)
        shapes[f"conv_pw_{i}_bn/batchnorm_1/sub"] = (filters,)
        channels = filters
    rng = np.random.default_rng(seed)
    return {name: rng.normal(0, 0.05, shape) for name, shape in shapes.items()}


def write_tfjs_model(weights: Arrays, folder: Path, name: str = "faceres") -> Path:
    """Write `name`.json and its bytes in two files; the first array is quantised to a byte each."""
    folder.mkdir(parents=True, exist_ok=True)
    entries: list[dict[str, Any]] = []
    content = b""
    for array, values in weights.items():
        entry: dict[str, Any] = {"name": array, "shape": list(values.shape), "dtype": "float32"}
        if not entries:
            entry["quantization"] = {"dtype": "uint8", "scale": SCALE, "min": LEAST}
            content += np.rint((values - LEAST) / SCALE).astype(np.uint8).tobytes()
        else:
            entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
            content += values.astype("<f2").tobytes()
        entries.append(entry)
    half = len(content) // 2
    paths = [f"{name}-1.bin", f"{name}-2.bin"]
    (folder / paths[0]).write_bytes(content[:half])
    (folder / paths[1]).write_bytes(content[half:])
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"weightsManifest": [{"paths": paths, "weights": entries}]}))
    return path
