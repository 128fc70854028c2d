from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
from keras.src.legacy.saving.legacy_h5_format import save_weights_to_hdf5_group

from core.errors import DataError
from tests.training.made_up_faces import draw_chip
from training.architectures import efficientnet_b2, mobilenet_v2
from training.architectures.age_gender_cnn import PARAMETER_COUNT, make_age_gender_cnn
from training.architectures.heads import YEAR_BINS
from training.architectures.hse_mobilenet import load_hse_mobilenet, make_hse_mobilenet
from training.architectures.registry import ARCHITECTURES
from training.architectures.transfer import BACKBONE, load_backbone, make_transfer_model
from training.data.chip_cache import resize_chips
from training.learning.freezing import train_all_but, train_heads_only
from training.publishing.model_file import save_model


def trainable_count(model: keras.Model) -> int:
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def make_tiny_backbone(**options: Any) -> keras.Model:
    """Stands in for a network of keras.applications; its weights cannot be downloaded."""
    if options["weights"] == "imagenet":
        raise Exception("URL fetch failure on https://somewhere")  # as Keras raises it
    inputs = keras.Input(options["input_shape"])
    x = keras.layers.Rescaling(1 / 255)(inputs)
    x = keras.layers.Normalization()(x)
    outputs = keras.layers.Conv2D(4, 3, activation="relu")(x)
    return keras.Model(inputs, outputs, name=options.get("name"))


def make_tiny_model() -> keras.Model:
    return make_transfer_model("tiny", make_tiny_backbone, lambda image: image, 32, YEAR_BINS)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_network_has_its_parameters_and_names_its_outputs(name: str) -> None:
    architecture = ARCHITECTURES[name]
    model = architecture.make()
    assert model.count_params() == architecture.parameter_count
    names = {"age_output": architecture.says_age, "gender_output": architecture.says_gender}
    assert set(model.output) == {output for output, is_there in names.items() if is_there}


def test_the_counts_are_those_of_the_report() -> None:
    reported = {
        "gender_cnn": 2_600_833,
        "age_cnn": 423_361,
        "age_gender_cnn": 8_779_970,
        "efficientnet_b2": 8_758_779,
    }
    assert {name: ARCHITECTURES[name].parameter_count for name in reported} == reported


def test_the_reports_trainable_weights_are_those_behind_keras_first_hundred_layers() -> None:
    """Keras's EfficientNet with ImageNet weights has one Rescaling more than the one without."""
    model = efficientnet_b2.make_efficientnet_b2()
    train_all_but(model, 99)
    assert trainable_count(model) == 8_598_246
    train_heads_only(model)
    head = efficientnet_b2.PARAMETER_COUNT - model.get_layer(BACKBONE).count_params()
    assert trainable_count(model) == head - 2 * 1408  # the batch norm's running statistics
    train_all_but(model, 0)
    assert trainable_count(model) > 8_598_246


@pytest.mark.parametrize("name", ["age_cnn", "age_gender_cnn", "hse_mobilenet"])
def test_an_age_is_years_or_a_distribution(name: str) -> None:
    images = np.random.default_rng(0).uniform(0, 255, (2, 64, 64, 3)).astype(np.float32)
    years = ARCHITECTURES[name].build(64, 1).predict_on_batch(images)["age_output"]
    shares = ARCHITECTURES[name].build(64, YEAR_BINS).predict_on_batch(images)["age_output"]
    assert years.shape == (2, 1)
    assert shares.shape == (2, YEAR_BINS)
    assert shares.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_network_without_an_age_is_built_whatever_the_bins() -> None:
    model = ARCHITECTURES["gender_cnn"].build(100, YEAR_BINS)
    assert set(model.output) == {"gender_output"}


def test_weights_that_cannot_be_downloaded_are_a_sentence_with_the_way_out() -> None:
    with pytest.raises(DataError, match=r"could not be downloaded .*--weights PATH"):
        load_backbone(make_tiny_model(), make_tiny_backbone, "imagenet")


def test_weights_from_nowhere_or_of_another_network_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no file"):
        load_backbone(make_tiny_model(), make_tiny_backbone, "nowhere.weights.h5")
    make_age_gender_cnn(32).save_weights(tmp_path / "other.weights.h5")
    with pytest.raises(DataError, match=r"other.weights.h5 does not hold weights of tiny: [^()]*$"):
        load_backbone(make_tiny_model(), make_tiny_backbone, str(tmp_path / "other.weights.h5"))
    with pytest.raises(DataError, match="There is no file"):
        load_hse_mobilenet(make_hse_mobilenet(), "imagenet")
    (tmp_path / "half.npz").write_bytes(b"PK" + bytes(100))
    (tmp_path / "text.npz").write_text("a text")
    for name in ("half.npz", "text.npz", "other.weights.h5"):
        with pytest.raises(DataError, match=f"{name} does not hold weights of hse_mobi[^()]*$"):
            load_hse_mobilenet(make_hse_mobilenet(), str(tmp_path / name))


def test_a_backbone_starts_from_a_file_and_its_head_does_not(tmp_path: Path) -> None:
    first, second = mobilenet_v2.make_mobilenet_v2(96), mobilenet_v2.make_mobilenet_v2(64)
    first.get_layer(BACKBONE).save_weights(tmp_path / "notop.weights.h5")
    mobilenet_v2.load_mobilenet_v2(second, str(tmp_path / "notop.weights.h5"))
    pairs = zip(
        first.get_layer(BACKBONE).get_weights(),
        second.get_layer(BACKBONE).get_weights(),
        strict=True,
    )
    assert all(np.array_equal(a, b) for a, b in pairs)
    heads = (model.get_layer("age_dense").get_weights()[0] for model in (first, second))
    assert not np.array_equal(*heads)


def test_kerass_own_files_are_given_the_variance_that_they_lack(tmp_path: Path) -> None:
    model = make_tiny_model()
    model.get_layer(BACKBONE).save_weights(tmp_path / "own.weights.h5")
    load_backbone(model, make_tiny_backbone, str(tmp_path / "own.weights.h5"))
    normalisation = model.get_layer(BACKBONE).layers[2]
    assert np.array(normalisation.variance).ravel().tolist() == [1.0, 1.0, 1.0]
    legacy = tmp_path / "tiny_notop.h5"
    _save_as_keras_2(model.get_layer(BACKBONE), legacy)
    load_backbone(model, make_tiny_backbone, str(legacy))
    assert np.array(normalisation.variance).ravel() == pytest.approx([0.229**2, 0.224**2, 0.225**2])


def _save_as_keras_2(model: keras.Model, path: Path) -> None:
    with h5py.File(path, "w") as file:
        save_weights_to_hdf5_group(file, model)


def test_the_face_weights_are_turned_from_bgr_and_male_to_rgb_and_female(tmp_path: Path) -> None:
    model = make_hse_mobilenet(32)
    rng = np.random.default_rng(0)
    arrays: dict[str, np.ndarray] = {}
    for layer in model.layers:
        name = {"age_output": "age_pred", "gender_output": "gender_pred"}.get(
            layer.name, layer.name
        )
        for part, values in zip(("kernel", "bias"), layer.get_weights(), strict=False):
            shape = (*values.shape[:-1], 100) if name == "age_pred" else values.shape
            arrays[f"{name}/{part}"] = rng.normal(0, 0.1, shape)
    np.savez(tmp_path / "face.npz", allow_pickle=False, **arrays)
    load_hse_mobilenet(model, str(tmp_path / "face.npz"))
    conv1 = model.get_layer("conv1").get_weights()[0]
    assert np.allclose(conv1, arrays["conv1/kernel"][:, :, ::-1])
    assert np.allclose(
        model.get_layer("gender_output").get_weights()[1], -arrays["gender_pred/bias"]
    )
    age_bias = model.get_layer("age_output").get_weights()[1]
    assert np.allclose(age_bias[1:], arrays["age_pred/bias"])
    assert age_bias[0] == pytest.approx(age_bias[1] - 1)


def test_a_saved_model_answers_as_before_but_for_the_rounding_of_its_weights(
    tmp_path: Path,
) -> None:
    keras.utils.set_random_seed(0)
    cnn = make_age_gender_cnn()
    save_model(cnn, tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    images = np.random.default_rng(1).uniform(0, 255, (4, 128, 128, 3)).astype(np.float32)
    before, after = cnn.predict_on_batch(images), loaded.predict_on_batch(images)
    assert np.abs(before["age_output"] - after["age_output"]).max() < 0.01
    assert np.abs(before["gender_output"] - after["gender_output"]).max() < 1e-3
    assert (tmp_path / "model.keras").stat().st_size < 2.1 * PARAMETER_COUNT
    for weight in loaded.weights:
        values = keras.ops.convert_to_numpy(weight)
        assert np.array_equal(values.astype(np.float16).astype(np.float32), values)


@pytest.mark.slow
def test_the_joint_cnn_learns_eight_pictures_by_heart() -> None:
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    ages = np.array([5, 12, 25, 33, 41, 56, 68, 80], np.float32)
    is_female = np.arange(8) % 2
    chips = [draw_chip(int(a), bool(f), rng) for a, f in zip(ages, is_female, strict=True)]
    images = resize_chips(np.stack(chips), 64).astype(np.float32)
    model = make_age_gender_cnn(64, dropout=0.0)
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss={"age_output": "mean_squared_error", "gender_output": "binary_crossentropy"},
        loss_weights={"age_output": 0.01, "gender_output": 1.0},
        jit_compile=False,
    )
    targets = {"age_output": ages[:, None], "gender_output": is_female[:, None].astype(np.float32)}
    for _ in range(60):
        model.train_on_batch(images, targets)
    outputs = model(images, training=True)
    error = np.abs(keras.ops.convert_to_numpy(outputs["age_output"])[:, 0] - ages)
    said = keras.ops.convert_to_numpy(outputs["gender_output"])[:, 0] > 0.5
    assert error.max() < 5
    assert (said == is_female.astype(bool)).all()
