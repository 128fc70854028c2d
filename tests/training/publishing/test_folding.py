"""Batch norms vanish from what is published, and it says the same."""

from pathlib import Path

import keras
import numpy as np
import onnx
import pytest
from keras import layers

from core.estimation.keras_engine import KerasEngine
from core.estimation.onnx_engine import OnnxEngine
from training.learning.configs import Preset
from training.learning.presets import find_config
from training.publishing.folding import fold_batch_norms
from training.publishing.model_file import save_model
from training.publishing.onnx_export import check_same, export_onnx


def with_learnt_norms(model: keras.Model) -> keras.Model:
    """As if it had learnt: no norm is the one that it began with."""
    rng = np.random.default_rng(1)
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            with_learnt_norms(layer)
        if isinstance(layer, layers.BatchNormalization):
            size = len(layer.get_weights()[0])
            low = np.array([[0.5], [-0.5], [-0.5], [0.5]])
            high = np.array([[1.5], [0.5], [0.5], [1.5]])
            layer.set_weights(list(rng.uniform(low, high, (4, size)).astype(np.float32)))
    return model


def answers(model: keras.Model, size_px: int) -> np.ndarray:
    pictures = np.random.default_rng(0).uniform(0, 255, (4, size_px, size_px, 3))
    said = model.predict_on_batch(pictures.astype(np.float32))
    return np.concatenate([said[name] for name in sorted(said)], axis=1)


def norms(model: keras.Model) -> list[str]:
    inner = [name for one in model.layers if isinstance(one, keras.Model) for name in norms(one)]
    own = [one.name for one in model.layers if isinstance(one, layers.BatchNormalization)]
    return own + inner


@pytest.mark.parametrize("name", ["efficientnet_b0", "mobilenet_v2", "resnet50"])
def test_a_backbone_without_its_batch_norms_says_the_same(name: str) -> None:
    model = with_learnt_norms(find_config(name, Preset.TUNED).make_model(64))
    folded = fold_batch_norms(model)
    assert norms(folded) == ["head_norm"]
    assert len(norms(model)) > 40
    np.testing.assert_allclose(answers(folded, 64), answers(model, 64), atol=1e-4)


def test_batch_norms_behind_an_activation_or_a_fork_stay() -> None:
    image = keras.Input((16, 16, 3))
    active = layers.Conv2D(4, 3, activation="relu")(image)
    x = layers.BatchNormalization(name="after_activation")(active)
    forked = layers.Conv2D(4, 3)(x)
    y = layers.BatchNormalization(name="after_fork")(forked)
    x = layers.GlobalAveragePooling2D()(layers.Add()([y, forked]))
    model = with_learnt_norms(keras.Model(image, {"age_output": layers.Dense(1)(x)}))
    folded = fold_batch_norms(model)
    assert norms(folded) == ["after_activation", "after_fork"]
    np.testing.assert_allclose(answers(folded, 16), answers(model, 16), atol=1e-4)


def test_both_files_of_a_folded_network_hold_float16_and_say_the_same(tmp_path: Path) -> None:
    model = fold_batch_norms(with_learnt_norms(find_config("mobilenet_v2").make_model(64)))
    save_model(model, tmp_path / "model.keras")
    stored = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    export_onnx(stored, tmp_path / "model.onnx")
    engines = KerasEngine(tmp_path / "model.keras"), OnnxEngine(tmp_path / "model.onnx")
    check_same(*engines, input_size_px=64)
    weights = onnx.load(tmp_path / "model.onnx").graph.initializer
    sizes = dict.fromkeys((onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16), 0)
    for weight in weights:
        if weight.data_type in sizes:
            sizes[weight.data_type] += int(np.prod(weight.dims))
    assert sizes[onnx.TensorProto.FLOAT] < 0.02 * sizes[onnx.TensorProto.FLOAT16]
