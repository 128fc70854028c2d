from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.training.learning.test_freezing import SMALL, run_of
from tests.training.made_up_faces import write_chips
from training.data.augmentation import CAMERA, FLIPS
from training.data.chip_cache import resize_chips
from training.data.labelled_data import Data
from training.learning import frozen_features
from training.learning.configs import Schedule
from training.learning.frozen_features import (
    SIDES,
    learns_from_features,
    load_features,
    split_network,
    turned,
)
from training.learning.train import finished_model

FROZEN = replace(
    SMALL,
    augmentation=FLIPS,
    frozen_layers=4,
    epochs=3,
    schedule=Schedule.PLATEAU,
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    root = tmp_path_factory.mktemp("data")
    return Data([write_chips(root / "UTKFace", 90)], root / "cache")


def test_only_a_head_on_a_backbone_that_never_learns_has_features() -> None:
    assert learns_from_features(FROZEN)
    assert not learns_from_features(replace(FROZEN, frozen_layers=3))
    assert not learns_from_features(replace(FROZEN, augmentation=CAMERA))
    assert not learns_from_features(replace(FROZEN, teachers=("visage",)))
    assert not learns_from_features(replace(FROZEN, head_epochs=1))


def test_a_picture_has_eight_different_sides_the_upright_one_first() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (8, 8, 3)).astype(np.uint8)
    sides = [turned(picture, side) for side in range(SIDES)]
    assert (sides[0] == picture).all()
    assert len({side.tobytes() for side in map(np.ascontiguousarray, sides)}) == SIDES


def test_features_are_what_the_backbone_says_of_each_side(data: Data, tmp_path: Path) -> None:
    body, head = split_network(model := FROZEN.build())
    images = data.images[:3]
    features = load_features(body, images, 32, tmp_path / "features.npy")
    picture = turned(resize_chips(images[1:2], 32)[0], 5)[None].astype(np.float32)
    whole = model.predict_on_batch(picture)
    from_features = head.predict_on_batch(features[1:2, 5].astype(np.float32))
    for name, values in whole.items():
        assert from_features[name] == pytest.approx(values, abs=2e-3)


def test_features_that_are_there_are_not_computed_again(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frozen_features, "_CHIPS_AT_ONCE", 2)
    body, _ = split_network(FROZEN.build())
    features = load_features(body, data.images[:5], 32, tmp_path / "features.npy")
    features[2:4] = 7
    features[4] = 0
    features.flush()  # type: ignore[attr-defined]
    again = load_features(body, data.images[:5], 32, tmp_path / "features.npy")
    assert (again[2:4] == 7).all()
    assert again[4].any()


@pytest.mark.slow
def test_a_head_learns_from_features_in_one_go_as_in_two(data: Data, tmp_path: Path) -> None:
    whole = run_of(tmp_path / "whole", FROZEN, data)
    run_of(tmp_path / "parts", replace(FROZEN, epochs=1), data)
    parts = run_of(tmp_path / "parts", FROZEN, data)
    assert [e.figures for e in whole.read_history()] == [e.figures for e in parts.read_history()]
    network = finished_model(FROZEN, whole)
    body, _ = split_network(network)
    found = load_features(body, data.images[:4], 32, tmp_path / "features.npy")
    learnt_from = np.load(whole.features_file)[:4]
    assert np.abs(found.astype(float) - learnt_from).max() < 1e-2, "the backbone stood still"
