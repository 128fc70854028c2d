"""A tiny model that can learn, and made-up faces in pictures of two kinds."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from core.adapting.rehearsal import Faces, Rehearsal
from core.estimation.model_card import ONNX_FILE, AgeOutput, AgeOutputKind, read_card
from core.estimation.model_folder import ModelFolder
from tests.model_folders import INPUT_SIZE_PX, make_card, sign_folder
from training.publishing.rehearsal import fit_reading

BIN_COUNT = 101
LAYER = "planes"
STYLE_SIZE = 4


def make_faces(
    count: int,
    *,
    is_of_camera: bool = False,
    bias_years: float = 0.0,
    seed: int = 0,
    error_years: float = 5.0,
) -> Faces:
    """Faces whose estimates are off by chance; in a camera's pictures, by a bias, too."""
    rng = np.random.default_rng(seed)
    styles = rng.normal(0, 1, (count, STYLE_SIZE)).astype(np.float32)
    styles[:, 0] += 5.0 if is_of_camera else 0.0
    true_years = rng.uniform(5, 80, count)
    estimated = np.clip(true_years + bias_years + rng.normal(0, error_years, count), 0, 100)
    return Faces(styles, estimated, np.full(count, 5.0), true_years)


def make_teachable(root: Path, name: str = "visage") -> ModelFolder:
    """A model folder that can learn: red is age, and the style is that of the pixels."""
    folder = root / name
    folder.mkdir(parents=True)
    _write_model(folder / ONNX_FILE)
    sign_folder(folder, make_card(name, age=AgeOutput(AgeOutputKind.DISTRIBUTION)))
    rng = np.random.default_rng(3)
    statistics = rng.uniform(0, 255, (2, 500, 3)).astype(np.float32)
    reading = fit_reading(LAYER, statistics[0], statistics[1], STYLE_SIZE)
    faces = make_faces(500, seed=1)
    known = Faces(
        reading.styles(statistics[0], statistics[1]),
        faces.estimated_years,
        faces.spread_years,
        faces.true_years,
    )
    digest = hashlib.sha256((folder / ONNX_FILE).read_bytes()).hexdigest()
    Rehearsal(digest, "made up", BIN_COUNT, reading, known).write(folder)
    return ModelFolder(folder, read_card(folder))


def make_pixels(count: int, seed: int = 0) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    shape = (count, INPUT_SIZE_PX, INPUT_SIZE_PX, 3)
    shades = rng.uniform(0, 255, (count, 1, 1, 3)) + rng.normal(0, 20, shape)
    return np.clip(shades, 0, 255).astype(np.float32)


def _write_model(path: Path) -> None:
    """The logit of bin b is 40 (red b - b² / 2) / 1000: the age is about 100 times the red."""
    bins = np.arange(BIN_COUNT, dtype=np.float32)
    weights = np.zeros((3, BIN_COUNT), np.float32)
    weights[0] = 0.04 * bins * 100 / 255
    gender = np.array([[0], [0], [1 / 255]], np.float32)
    size = INPUT_SIZE_PX
    graph = helper.make_graph(
        [
            helper.make_node("Transpose", ["image"], [LAYER], perm=[0, 3, 1, 2]),
            helper.make_node("GlobalAveragePool", [LAYER], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["mean"]),
            helper.make_node("MatMul", ["mean", "weights"], ["products"]),
            helper.make_node("Add", ["products", "bias"], ["logits"]),
            helper.make_node("Softmax", ["logits"], ["age_output"]),
            helper.make_node("MatMul", ["mean", "gender"], ["blue"]),
            helper.make_node("Sigmoid", ["blue"], ["gender_output"]),
        ],
        "teachable",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", size, size, 3])],
        [
            helper.make_tensor_value_info("age_output", TensorProto.FLOAT, ["N", BIN_COUNT]),
            helper.make_tensor_value_info("gender_output", TensorProto.FLOAT, ["N", 1]),
        ],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(-0.02 * bins**2, "bias"),
            numpy_helper.from_array(gender, "gender"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
