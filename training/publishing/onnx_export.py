"""Exports a Keras model to ONNX and checks that both say the same."""

import warnings
from itertools import pairwise
from pathlib import Path

import keras
import numpy as np
import onnx
from onnx import numpy_helper

from core.errors import ModelError
from core.estimation.engine import Engine

MAX_DIFFERENCE = 1e-3
"""Between the outputs of the two files: in years for ages, in probability for the rest."""

_CHECK_COUNT = 16
_MIN_HALVED_SIZE = 1024


def export_onnx(model: keras.Model, path: Path) -> None:
    """Write `model` as ONNX with a free batch size; weights that float16 holds exactly are halved.

    The file computes in float32: ONNX Runtime folds the casts away when it loads it.
    """
    model.predict_on_batch(np.zeros((1, *model.input_shape[1:]), np.float32))  # or Keras refuses
    with warnings.catch_warnings():
        # Keras 3.15 asks NumPy whether it still has the alias `object`, which NumPy warns about.
        warnings.simplefilter("ignore", FutureWarning)
        model.export(path, format="onnx", verbose=False)
    graph = onnx.load(path)
    _drop_unused_inputs(graph.graph)
    _shift_planes(graph.graph)
    _halve_weights(graph.graph)
    onnx.checker.check_model(graph)
    onnx.save(graph, path)


def check_same(reference: Engine, exported: Engine, input_size_px: int) -> float:
    """The largest difference between two engines' outputs, over pictures of noise and of light.

    Raises:
        ModelError: if it exceeds `MAX_DIFFERENCE`.
    """
    rng = np.random.default_rng(0)
    shape = (_CHECK_COUNT, input_size_px, input_size_px, 3)
    noise = rng.uniform(0, 255, shape)
    light = np.broadcast_to(np.linspace(0, 255, _CHECK_COUNT)[:, None, None, None], shape)
    images = np.concatenate([noise, light, (noise + light) / 2]).astype(np.float32)
    expected, actual = reference.run(images), exported.run(images)
    difference = max(float(np.abs(expected[name] - actual[name]).max()) for name in expected)
    if not difference <= MAX_DIFFERENCE:
        raise ModelError(
            f"The ONNX model differs from the Keras model by {difference:.2g}, more than "
            f"{MAX_DIFFERENCE}. It is not published."
        )
    return difference


def _drop_unused_inputs(graph: onnx.GraphProto) -> None:
    """Leave the picture alone: constants of a normalisation stay inputs when they are folded."""
    used = {name for node in graph.node for name in node.input}
    kept = [entry for entry in graph.input if entry.name in used]
    del graph.input[:]
    graph.input.extend(kept)


def _shift_planes(graph: onnx.GraphProto) -> None:
    """Turn a picture from NHWC to NCHW before a number is added to each channel, not after.

    Added px by px, three numbers at a time, they take ONNX Runtime 6 % of MobileNet's time.
    """
    shifts = {weight.name: weight for weight in graph.initializer if list(weight.dims) == [3]}
    for add, turn in pairwise(graph.node):
        is_shift = add.op_type == "Add" and add.input[1] in shifts
        if not (is_shift and turn.op_type == "Transpose" and turn.input[0] == add.output[0]):
            continue
        picture, shift = list(add.input)
        turned, result = str(add.output[0]), str(turn.output[0])
        planes = numpy_helper.to_array(shifts[shift]).reshape(1, 3, 1, 1)
        graph.initializer.append(numpy_helper.from_array(planes, f"{shift}/planes"))
        turn_first = onnx.helper.make_node("Transpose", [picture], [turned], perm=(0, 3, 1, 2))
        add.CopyFrom(turn_first)
        turn.CopyFrom(onnx.helper.make_node("Add", [turned, f"{shift}/planes"], [result]))


def _halve_weights(graph: onnx.GraphProto) -> None:
    for index, weight in enumerate(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < _MIN_HALVED_SIZE:
            continue
        with np.errstate(over="ignore"):
            halved = values.astype(np.float16)
        if not np.array_equal(halved.astype(np.float32), values):
            continue
        name = weight.name
        stored = numpy_helper.from_array(halved, f"{name}/float16")
        graph.initializer[index].CopyFrom(stored)
        graph.node.insert(
            0, onnx.helper.make_node("Cast", [stored.name], [name], to=onnx.TensorProto.FLOAT)
        )
