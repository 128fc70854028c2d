from pathlib import Path

import keras
import numpy as np
import pytest

from tests.training.made_up_faces import draw_chip
from training.architectures.age_gender_cnn import PARAMETER_COUNT, make_age_gender_cnn
from training.chip_cache import resize_chips
from training.configs import CONFIGS, TrainConfig
from training.model_file import save_model


@pytest.fixture(scope="module")
def cnn() -> keras.Model:
    keras.utils.set_random_seed(0)
    return make_age_gender_cnn()


def test_the_joint_cnn_has_the_parameters_that_the_report_counts(cnn: keras.Model) -> None:
    assert cnn.count_params() == PARAMETER_COUNT == 8_779_970


@pytest.mark.parametrize("config", CONFIGS.values(), ids=lambda config: config.name)
def test_every_model_takes_raw_pictures_and_names_its_outputs(config: TrainConfig) -> None:
    model = config.make_model(config.input_size_px)
    images = np.random.default_rng(0).uniform(0, 255, (2, *model.input_shape[1:]))
    outputs = model.predict_on_batch(images.astype(np.float32))
    assert set(outputs) == set(config.outputs)
    assert all(values.shape == (2, 1) for values in outputs.values())


def test_a_saved_model_answers_as_before_but_for_the_rounding_of_its_weights(
    cnn: keras.Model, tmp_path: Path
) -> None:
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
