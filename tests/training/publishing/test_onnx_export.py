from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import onnx
import pytest

from core.estimation.keras_engine import KerasEngine
from core.estimation.onnx_engine import OnnxEngine
from training.architectures.heads import gender_output
from training.architectures.normalisation import (
    scale_to_both_sides,
    scale_to_unit,
    subtract_mean,
    subtract_mean_as_bgr,
)
from training.publishing.onnx_export import MAX_DIFFERENCE, check_same, export_onnx


def test_a_picture_is_turned_to_planes_before_its_mean_is_taken_off(tmp_path: Path) -> None:
    image = keras.Input((8, 8, 3), name="image")
    x = keras.layers.Conv2D(4, 3, padding="same")(subtract_mean(image))
    output = keras.layers.Dense(1, name="age_output")(keras.layers.GlobalAveragePooling2D()(x))
    model = keras.Model(image, {"age_output": output})
    export_onnx(model, tmp_path / "model.onnx")
    kinds = [node.op_type for node in onnx.load(tmp_path / "model.onnx").graph.node]
    assert kinds.index("Transpose") < kinds.index("Add") < kinds.index("Conv")
    pictures = np.random.default_rng(0).uniform(0, 255, (2, 8, 8, 3)).astype(np.float32)
    engine = OnnxEngine(tmp_path / "model.onnx")
    expected = keras.ops.convert_to_numpy(model(pictures)["age_output"])
    np.testing.assert_allclose(engine.run(pictures)["age_output"], expected, rtol=1e-4, atol=1e-3)
    engine.close()


def test_the_constants_of_a_normalisation_are_no_inputs(tmp_path: Path) -> None:
    """EfficientNet's, behind a scaling: its mean and variance are weights."""
    normalise = keras.layers.Normalization()
    image = keras.Input((32, 32, 3), name="image")
    x = keras.layers.Conv2D(4, 3)(normalise(keras.layers.Rescaling(1 / 255)(image)))
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(image, {"age_output": keras.layers.Dense(1, name="age_output")(x)})
    normalise.set_weights([np.array([0.1, 0.2, 0.3]), np.array([0.4, 0.5, 0.6]), np.array(0)])
    model.save(tmp_path / "model.keras")
    stored = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    export_onnx(stored, tmp_path / "model.onnx")
    graph = onnx.load(tmp_path / "model.onnx").graph
    assert [entry.name for entry in graph.input] == ["image"]
    check_same(
        KerasEngine(tmp_path / "model.keras"), OnnxEngine(tmp_path / "model.onnx"), input_size_px=32
    )


@pytest.mark.parametrize(
    "normalise", [scale_to_unit, scale_to_both_sides, subtract_mean, subtract_mean_as_bgr]
)
def test_every_scaling_of_the_picture_says_the_same_once_exported(
    normalise: Callable[[keras.KerasTensor], keras.KerasTensor], tmp_path: Path
) -> None:
    image = keras.Input((32, 32, 3), name="image")
    x = keras.layers.Conv2D(4, 3, padding="same")(normalise(image))
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(image, {"gender_output": gender_output(x)})
    model.save(tmp_path / "model.keras")
    stored = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    export_onnx(stored, tmp_path / "model.onnx")
    engines = KerasEngine(tmp_path / "model.keras"), OnnxEngine(tmp_path / "model.onnx")
    assert check_same(*engines, input_size_px=32) < MAX_DIFFERENCE
