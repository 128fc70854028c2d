"""What a transfer run freezes, settles, and takes over from a run at a smaller size."""

import json
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from core.errors import DataError
from tests.training.made_up_faces import write_chips
from training.architectures.transfer import BACKBONE, load_backbone, make_transfer_model
from training.data.labelled_data import Data
from training.learning.configs import Preset, TrainConfig
from training.learning.freezing import train_all_but
from training.learning.inheritance import check_averaged, check_inheritance, origin
from training.learning.presets import find_config, with_weights
from training.learning.run_dir import RunDir
from training.learning.train import finished_model, train


def make_backbone(
    include_top: bool, weights: None, input_shape: tuple[int, int, int], name: str
) -> keras.Model:
    inputs = keras.Input(input_shape)
    x = keras.layers.Conv2D(4, 3, strides=2)(inputs)
    x = keras.layers.BatchNormalization(name="norm")(x)
    return keras.Model(
        inputs, keras.layers.Conv2D(8, 3, strides=2, activation="relu")(x), name=name
    )


def make_model(input_size_px: int) -> keras.Model:
    def scale(image: keras.KerasTensor) -> keras.KerasTensor:
        return keras.layers.Rescaling(1 / 255, name="scale")(image)

    return make_transfer_model("small", make_backbone, scale, input_size_px, 101)


def load(model: keras.Model, weights: str) -> None:
    load_backbone(model, make_backbone, weights)


SMALL: TrainConfig = replace(
    find_config("mobilenet_v2", Preset.TUNED),
    make_model=make_model,
    load_weights=load,
    weights="none",
    input_size_px=32,
    batch_size=8,
    epochs=1,
    head_epochs=0,
    settle_batches=0,
    precision="float32",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    root = tmp_path_factory.mktemp("data")
    return Data([write_chips(root / "UTKFace", 120)], root / "cache")


def run_of(path: Path, config: TrainConfig, data: Data) -> RunDir:
    run = RunDir(path)
    run.start({**config.described(), "split": data.split.digest})
    train(config, data, run)
    return run


def test_all_of_a_backbone_can_be_frozen_and_nothing_of_a_network_without_one() -> None:
    model = make_model(32)
    train_all_but(model, 99)
    assert not model.get_layer(BACKBONE).trainable_weights
    assert model.trainable_weights
    with pytest.raises(DataError, match="age_cnn has no backbone to freeze"):
        train_all_but(find_config("age_cnn").make_model(64), 1)


def test_a_frozen_batch_norm_has_the_statistics_of_the_chips_and_keeps_them(
    data: Data, tmp_path: Path
) -> None:
    config = replace(SMALL, frozen_layers=4, settle_batches=8)
    model = finished_model(config, run_of(tmp_path / "run", config, data))
    norm = model.get_layer(BACKBONE).get_layer("norm")
    keras.utils.set_random_seed(config.seed)
    start = config.build()
    first = start.get_layer(BACKBONE).layers[1]
    assert (model.get_layer(BACKBONE).layers[1].get_weights()[0] == first.get_weights()[0]).all()
    pictures = np.asarray(data.images[:][:, ::6, ::6][:, :32, :32], np.float32)
    shown = keras.ops.convert_to_numpy(first(start.get_layer("scale")(pictures)))
    mean = keras.ops.convert_to_numpy(norm.moving_mean)
    assert np.abs(mean - shown.mean(axis=(0, 1, 2))).max() < 0.1 * shown.std()
    assert norm.momentum == 0.99


@pytest.mark.slow
def test_a_run_starts_from_what_another_learnt_at_a_smaller_size(
    data: Data, tmp_path: Path
) -> None:
    small = run_of(tmp_path / "small", SMALL, data)
    config = replace(with_weights(SMALL, str(small.best_weights_file)), input_size_px=48)
    assert (config.head_epochs, config.pretraining) == (0, "")
    assert config.description.endswith(", from scratch.")
    assert origin(config.weights) == "none"
    larger = config.build()
    load(larger, config.weights)
    learnt = finished_model(SMALL, small).get_weights()
    assert all((a == b).all() for a, b in zip(larger.get_weights(), learnt, strict=True))
    run_of(tmp_path / "large", config, data)
    with pytest.raises(DataError, match="does not hold weights of other"):
        load(
            make_transfer_model("other", make_backbone, lambda image: image, 32, 1), config.weights
        )


def test_runs_are_averaged_that_learnt_from_nothing_but_the_collections_named(
    data: Data, tmp_path: Path
) -> None:
    whole = run_of(tmp_path / "whole", SMALL, data)
    (one,) = data.collections
    for split in (data.split.digest, f"{one.name}:{one.split.digest}"):
        note_split(whole, split)
        check_averaged([whole], data)
    part = run_of(tmp_path / "part", SMALL, data)
    for split in ("another", f"{one.name}:another", f"AAF:one {one.name}:{one.split.digest}"):
        note_split(part, split)
        with pytest.raises(DataError, match="part learnt from chips that are not in --data"):
            check_averaged([whole, part], data)


def note_split(run: RunDir, split: str) -> None:
    noted = run.path / "config.json"
    noted.write_text(json.dumps(json.loads(noted.read_text()) | {"split": split}))


def test_a_run_that_learnt_from_test_chips_passes_nothing_on(data: Data, tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", SMALL, data)
    config = with_weights(SMALL, str(run.best_weights_file))
    check_inheritance(config, data)
    for split in ("another", "AAF:one UTKFace:another"):
        note_split(run, split)
        with pytest.raises(DataError, match="learnt from another split"):
            check_inheritance(config, data)
    note_split(run, f"AAF:one UTKFace:{data.split.digest}")
    check_inheritance(config, data)
