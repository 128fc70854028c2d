import keras
import numpy as np
import pytest

from training.measuring.calibration_error import expected_calibration_error
from training.publishing.temperature import fit_temperature, set_temperature


def test_the_temperature_undoes_how_much_too_sure_a_model_is() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, 20_000)
    is_female = rng.uniform(0, 1, 20_000) < 1 / (1 + np.exp(-logits))
    too_sure = 1 / (1 + np.exp(-logits * 1.8))
    temperature = fit_temperature(too_sure, is_female)
    assert temperature == pytest.approx(1.8, rel=0.06)
    cooled = 1 / (1 + np.exp(-logits * 1.8 / temperature))
    assert expected_calibration_error(cooled, is_female) < 0.01
    assert expected_calibration_error(too_sure, is_female) > 0.03


def test_a_temperature_in_the_weights_changes_no_verdict() -> None:
    inputs = keras.Input((4,))
    outputs = {"gender_output": keras.layers.Dense(1, "sigmoid", name="gender_output")(inputs)}
    model = keras.Model(inputs, outputs)
    model.get_layer("gender_output").set_weights([np.ones((4, 1)), np.array([0.3])])
    x = np.random.default_rng(0).normal(0, 1, (50, 4)).astype(np.float32)
    before = model.predict_on_batch(x)["gender_output"]
    set_temperature(model, "gender_output", 2.0)
    after = model.predict_on_batch(x)["gender_output"]
    logits = [np.log(values) - np.log1p(-values) for values in (before, after)]
    assert logits[1] == pytest.approx(logits[0] / 2, abs=1e-4)
    assert ((before > 0.5) == (after > 0.5)).all()
