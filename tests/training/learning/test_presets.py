import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import DataError
from core.estimation.model_card import AgeOutputKind
from training.architectures.heads import YEAR_BINS
from training.learning.compilation import compile_phase
from training.learning.configs import Preset
from training.learning.losses import AgeLoss
from training.learning.presets import BACKBONES, CONFIGS, find_config, with_age_loss, with_weights
from training.learning.run_dir import RunDir


def test_every_model_of_the_report_comes_in_both_presets() -> None:
    names = {"gender_cnn", "age_cnn", "age_gender_cnn", *BACKBONES}
    for preset in (Preset.REPORT, Preset.TUNED):
        assert {name for name, known in CONFIGS if known is preset} >= names


@pytest.mark.parametrize(
    "name", ["gender_cnn", "age_cnn", "age_gender_cnn", "mobilenet_v2", "visage"]
)
def test_a_model_gives_what_its_configuration_says(name: str) -> None:
    for (known, _), config in CONFIGS.items():
        if known != name:
            continue
        small = replace(config, input_size_px=100)
        model = small.make_model(small.input_size_px)
        outputs = model.predict_on_batch(np.zeros((1, 100, 100, 3), np.float32))
        assert set(outputs) == set(config.outputs)
        if config.age is not None:
            is_distribution = config.age.kind is AgeOutputKind.DISTRIBUTION
            assert outputs["age_output"].shape[1] == (YEAR_BINS if is_distribution else 1)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=lambda c: f"{c.name}-{c.preset}")
def test_a_configuration_is_plain_json(config: object) -> None:
    described = config.described()  # type: ignore[attr-defined]
    assert json.loads(json.dumps(described)) == json.loads(json.dumps(described, default=str))


def test_without_a_preset_a_model_is_trained_as_its_published_one_was() -> None:
    assert find_config("age_gender_cnn").preset is Preset.TUNED


def test_a_backbone_that_starts_from_nothing_learns_from_its_first_layer_on() -> None:
    config = find_config("vgg16", Preset.REPORT)
    assert config.frozen_layers > 0
    from_nothing = with_weights(config, "none")
    assert (from_nothing.frozen_layers, from_nothing.pretraining) == (0, "")
    assert from_nothing.description.endswith(", from scratch.")
    from_file = with_weights(config, "some/file.weights.h5")
    assert from_file.frozen_layers == config.frozen_layers
    assert from_file.pretraining.endswith("(the file file.weights.h5)")


def test_a_run_that_goes_on_from_another_says_the_file_that_the_first_began_from(
    tmp_path: Path,
) -> None:
    config = find_config("vgg16", Preset.TUNED)
    first = with_weights(config, "some/file.weights.h5")
    RunDir(tmp_path).start(first.described())
    second = with_weights(config, str(RunDir(tmp_path).best_weights_file))
    assert second.pretraining == first.pretraining
    assert second.settle_batches == config.settle_batches


@pytest.mark.slow
@pytest.mark.parametrize("loss", AgeLoss)
@pytest.mark.parametrize("name", ["age_cnn", "visage"])
def test_another_loss_brings_the_output_that_it_wants(name: str, loss: AgeLoss) -> None:
    config = replace(with_age_loss(find_config(name), loss), input_size_px=64)
    model = config.build()
    compile_phase(model, config, epoch=0, steps_per_epoch=1)
    ages = np.array([[20.0, 20.0], [60.0, 60.0]], np.float32)
    targets = {"age_output": ages, "gender_output": ages[:, :1] / 100}
    pictures = np.zeros((2, 64, 64, 3), np.float32)
    model.train_on_batch(pictures, {output: targets[output] for output in config.outputs})
    bins = model.predict_on_batch(pictures)["age_output"].shape[1]
    assert bins == (YEAR_BINS if loss.wants_distribution else 1)
    assert config.age is not None
    assert (config.age.kind is AgeOutputKind.DISTRIBUTION) is loss.wants_distribution


def test_a_network_without_an_age_takes_no_loss_for_it() -> None:
    with pytest.raises(DataError, match="gender_cnn says no age"):
        with_age_loss(find_config("gender_cnn"), AgeLoss.CROSS_ENTROPY)


def test_the_reports_plain_cnns_keep_their_rate_and_the_joint_one_stops_sooner() -> None:
    assert find_config("age_cnn", Preset.REPORT).plateau_factor == 1
    assert find_config("age_cnn", Preset.REPORT).stop_patience_epochs == 10
    joint = find_config("age_gender_cnn", Preset.REPORT)
    assert joint.plateau_factor < 1
    assert joint.stop_patience_epochs == 5


def test_an_unknown_model_or_preset_is_a_sentence_with_the_choice() -> None:
    with pytest.raises(DataError, match=r"Choose from .*age_cnn"):
        find_config("resnet9000")
    with pytest.raises(DataError, match="Choose from tuned"):
        find_config("visage", Preset.REPORT)
