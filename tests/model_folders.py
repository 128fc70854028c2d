"""Tiny models on disk, whose answers can be told from the colour of the face.

The age is the mean red of the picture in hundredths of full red: red 128 is about 50 years.
The probability of female is that of the mean blue: above 128 it is more than one half.
"""

import hashlib
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from core.estimation.model_card import (
    ONNX_FILE,
    AgeOutput,
    AgeOutputKind,
    AgeRange,
    ModelCard,
    write_card,
)

INPUT_SIZE_PX = 32
AGE_WEIGHTS = np.array([[100 / 255], [0], [0]], np.float32)
GENDER_WEIGHTS = np.array([[0], [0], [1 / 16]], np.float32)
GENDER_BIAS = np.array([-128 / 16], np.float32)

CALIBRATED_AGE = AgeOutput(
    kind=AgeOutputKind.YEARS, range=AgeRange((0.0, 100.0), (-2.0, -12.0), (4.0, 14.0))
)


def make_card(name: str = "tiny", **changes: object) -> ModelCard:
    values: dict[str, object] = {
        "name": name,
        "title": "A tiny model",
        "description": "Red is age, blue is female.",
        "sha256": {},
        "input_size_px": INPUT_SIZE_PX,
        "parameter_count": 7,
        "age": CALIBRATED_AGE,
        "gender": True,
        "training_data": "none",
        "training_command": "none",
        "licence": "Apache-2.0",
        "limits": "tests only",
    }
    return ModelCard(**{**values, **changes})  # type: ignore[arg-type]


def make_model_folder(root: Path, name: str = "tiny", **card_changes: object) -> Path:
    """A valid folder `root`/`name` with model.onnx and card.json, but without model.keras."""
    folder = root / name
    folder.mkdir(parents=True)
    write_onnx_model(folder / ONNX_FILE)
    sign_folder(folder, make_card(name, **card_changes))
    return folder


def sign_folder(folder: Path, card: ModelCard) -> None:
    """Write the card with the digests of the model files that lie in `folder`."""
    digests = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.glob("model.*"))
    }
    write_card(make_card(card.name, **{**_values(card), "sha256": digests}), folder)


def write_onnx_model(path: Path, gender_output: str = "gender_output") -> None:
    size = INPUT_SIZE_PX
    graph = helper.make_graph(
        [
            helper.make_node("ReduceMean", ["image"], ["mean"], axes=[1, 2], keepdims=0),
            helper.make_node("MatMul", ["mean", "age_weights"], ["age_output"]),
            helper.make_node("MatMul", ["mean", "gender_weights"], ["blue"]),
            helper.make_node("Add", ["blue", "gender_bias"], ["logit"]),
            helper.make_node("Sigmoid", ["logit"], [gender_output]),
        ],
        "tiny",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", size, size, 3])],
        [
            helper.make_tensor_value_info("age_output", TensorProto.FLOAT, ["N", 1]),
            helper.make_tensor_value_info(gender_output, TensorProto.FLOAT, ["N", 1]),
        ],
        [
            numpy_helper.from_array(AGE_WEIGHTS, "age_weights"),
            numpy_helper.from_array(GENDER_WEIGHTS, "gender_weights"),
            numpy_helper.from_array(GENDER_BIAS, "gender_bias"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def coloured_chips(
    *colours: tuple[int, int, int], size_px: int = INPUT_SIZE_PX
) -> NDArray[np.uint8]:
    """One plain chip per colour, shape (N, S, S, 3)."""
    pixels = np.array(colours, np.uint8)[:, None, None, :]
    return np.broadcast_to(pixels, (len(colours), size_px, size_px, 3)).copy()


def _values(card: ModelCard) -> dict[str, object]:
    return {name: getattr(card, name) for name in card.__slots__ if name != "name"}
