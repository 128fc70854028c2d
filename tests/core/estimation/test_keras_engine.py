"""Keras and ONNX Runtime on the same tiny model; importing TensorFlow takes seconds."""

import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import ModelError
from core.estimation.model_card import KERAS_FILE, ONNX_FILE
from core.estimation.onnx_engine import OnnxEngine

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

SIZE_PX = 16


@pytest.fixture(scope="module")
def keras() -> Any:
    return pytest.importorskip("keras")


@pytest.fixture(scope="module")
def folder(keras: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one random model as model.keras and, exported from it, model.onnx."""
    folder = tmp_path_factory.mktemp("model")
    keras.utils.set_random_seed(0)
    image = keras.Input((SIZE_PX, SIZE_PX, 3))
    features = keras.layers.Conv2D(4, 3, activation="relu")(keras.layers.Rescaling(1 / 255)(image))
    features = keras.layers.Flatten()(features)
    age = keras.layers.Dense(1, name="age_output")(features)
    gender = keras.layers.Dense(1, activation="sigmoid", name="gender_output")(features)
    model = keras.Model(image, {"age_output": age, "gender_output": gender})
    model(np.zeros((1, SIZE_PX, SIZE_PX, 3), np.float32))
    model.save(folder / KERAS_FILE)
    model.export(folder / ONNX_FILE, format="onnx", verbose=False)
    return folder


@pytest.fixture
def images() -> NDArray[np.float32]:
    pixels = np.random.default_rng(0).integers(0, 256, (5, SIZE_PX, SIZE_PX, 3))
    return pixels.astype(np.float32)


def test_both_engines_give_the_same_answers(folder: Path, images: NDArray[np.float32]) -> None:
    from core.estimation.keras_engine import KerasEngine

    keras_outputs = KerasEngine(folder / KERAS_FILE).run(images)
    onnx_outputs = OnnxEngine(folder / ONNX_FILE).run(images)
    assert set(keras_outputs) == set(onnx_outputs) == {"age_output", "gender_output"}
    for name in keras_outputs:
        assert keras_outputs[name].shape == (5, 1)
        np.testing.assert_allclose(keras_outputs[name], onnx_outputs[name], atol=1e-4)
        assert np.ptp(keras_outputs[name]) > 0


def test_a_model_with_a_list_of_outputs_answers_by_name_too(
    keras: Any, tmp_path: Path, images: NDArray[np.float32]
) -> None:
    from core.estimation.keras_engine import KerasEngine

    image = keras.Input((SIZE_PX, SIZE_PX, 3))
    mean = keras.layers.GlobalAveragePooling2D()(image)
    outputs = [keras.layers.Dense(1, name=f"{name}_output")(mean) for name in ("age", "gender")]
    keras.Model(image, outputs).save(tmp_path / KERAS_FILE)
    assert set(KerasEngine(tmp_path / KERAS_FILE).run(images)) == {"age_output", "gender_output"}


def test_says_what_runs_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.estimation import keras_engine

    monkeypatch.setattr(keras_engine, "visible_gpu", lambda: None)
    engine = keras_engine.KerasEngine(folder / KERAS_FILE)
    assert (engine.name, engine.device) == ("Keras/TensorFlow", "CPU")
    monkeypatch.setattr(keras_engine, "visible_gpu", lambda: "NVIDIA H100")
    assert keras_engine.KerasEngine(folder / KERAS_FILE).device == "GPU: NVIDIA H100"


def test_a_file_that_is_no_model_is_a_sentence(keras: Any, tmp_path: Path) -> None:
    from core.estimation.keras_engine import KerasEngine

    (tmp_path / KERAS_FILE).write_bytes(b"not a model")
    with pytest.raises(ModelError, match="cannot be loaded"):
        KerasEngine(tmp_path / KERAS_FILE)


def test_code_inside_a_model_file_is_not_run(keras: Any, tmp_path: Path) -> None:
    from core.estimation.keras_engine import KerasEngine

    image = keras.Input((SIZE_PX, SIZE_PX, 3))
    sneaky = keras.layers.Lambda(lambda x: x, output_shape=(SIZE_PX, SIZE_PX, 3))(image)
    keras.Model(image, sneaky).save(tmp_path / KERAS_FILE)
    with pytest.raises(ModelError, match="cannot be loaded"):
        KerasEngine(tmp_path / KERAS_FILE)


def test_images_of_another_size_are_a_sentence(folder: Path) -> None:
    from core.estimation.keras_engine import KerasEngine

    with pytest.raises(ModelError, match="cannot run"):
        KerasEngine(folder / KERAS_FILE).run(np.zeros((1, 7, 7, 3), np.float32))


def test_a_closed_engine_says_so(folder: Path, images: NDArray[np.float32]) -> None:
    from core.estimation.keras_engine import KerasEngine

    engine = KerasEngine(folder / KERAS_FILE)
    engine.close()
    with pytest.raises(ModelError, match="closed"):
        engine.run(images)


def test_weights_that_lead_out_of_the_file_are_refused(
    keras: Any, folder: Path, tmp_path: Path
) -> None:
    """Keras 3.15 does so; older versions read whatever file the weights named."""
    import h5py

    from core.estimation.keras_engine import KerasEngine

    outside = tmp_path / "outside.h5"
    with h5py.File(outside, "w") as file:
        file["secret"] = np.zeros(3)
    weights = tmp_path / "model.weights.h5"
    with zipfile.ZipFile(folder / KERAS_FILE) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    weights.write_bytes(members["model.weights.h5"])
    with h5py.File(weights, "a") as file:
        variables = file["layers/conv2d/vars"]
        del variables["0"]
        variables["0"] = h5py.ExternalLink(str(outside), "/secret")
    members["model.weights.h5"] = weights.read_bytes()
    with zipfile.ZipFile(tmp_path / KERAS_FILE, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with (
        warnings.catch_warnings(action="ignore"),
        pytest.raises(ModelError, match="ExternalLink"),
    ):
        KerasEngine(tmp_path / KERAS_FILE)
