from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.estimation.model_card import AgeOutput, AgeOutputKind, ModelCard
from core.estimation.predictor import Predictor
from tests.training.made_up_faces import draw_chip
from training.data import degradations
from training.data.chip import Chip
from training.measuring.degraded import STEPS, degraded_table, measure_degraded


class DetailEngine:
    """Says an age that is the picture's detail: any loss of it moves the estimate."""

    name, device = "detail", "CPU"

    def run(self, images: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
        detail = np.abs(np.diff(images, axis=2)).mean(axis=(1, 2, 3))
        return {"age_output": detail[:, None].astype(np.float32)}

    def close(self) -> None: ...


def make_predictor() -> Predictor:
    card = ModelCard(
        "detail", "", "", {}, 64, 0, AgeOutput(AgeOutputKind.YEARS), False, "", "", "", ""
    )
    return Predictor(card, DetailEngine())


def test_every_step_changes_a_chip_and_keeps_its_shape() -> None:
    face = draw_chip(50, True, np.random.default_rng(0))
    for name, change in STEPS.items():
        changed = change(face, np.random.default_rng(1))
        assert changed.shape == face.shape, name
        assert changed.dtype == np.uint8, name
        assert (changed != face).any(), name


def test_a_worn_chip_is_measured_beside_the_plain_one() -> None:
    rng = np.random.default_rng(0)
    chips = [Chip(Path(f"{age}.jpg"), age, True, 0) for age in (20, 40)]
    images = np.stack([draw_chip(chip.age_years, True, rng) for chip in chips])
    with make_predictor() as predictor:
        degraded = measure_degraded(predictor, chips, images)
    assert list(degraded) == ["none", *STEPS]
    assert degraded["face 32 px"]["age_bias"] < degraded["face 96 px"]["age_bias"]
    assert degraded["noise 20"]["age_bias"] > degraded["none"]["age_bias"]
    assert "gender_accuracy" not in degraded["none"]
    assert "face 32 px" in degraded_table(degraded)


def test_a_dim_room_keeps_the_share_of_light_in_linear_terms() -> None:
    white = np.full((4, 4, 3), 255, np.uint8)
    dim = degradations.darken(white, 0.25)
    assert (dim[0, 0, 0] / 255) ** 2.2 == pytest.approx(0.25, abs=0.01)


def test_fading_ends_at_paper_and_grey_has_no_colour() -> None:
    image = np.random.default_rng(0).integers(0, 256, (8, 8, 3)).astype(np.uint8)
    assert np.ptp(degradations.fade(image, 1.0).reshape(-1, 3), axis=0).tolist() == [0, 0, 0]
    assert np.ptp(degradations.grey(image), axis=2).max() == 0


def test_grain_is_without_colour_and_coarser_than_noise() -> None:
    image = np.full((200, 200, 3), 128, np.uint8)
    grain = degradations.add_grain(image, 10, 3.0, np.random.default_rng(0)).astype(float) - 128
    noise = degradations.add_noise(image, 10, np.random.default_rng(0)).astype(float) - 128
    assert np.ptp(grain, axis=2).max() == 0
    assert grain.std() == pytest.approx(10, abs=0.5)
    alike = [
        np.corrcoef(change[:, :-1, 0].ravel(), change[:, 1:, 0].ravel())[0, 1]
        for change in (grain, noise)
    ]
    assert alike[0] > 0.7
    assert abs(alike[1]) < 0.05


def test_sharpening_draws_edges_over_and_leaves_plain_areas() -> None:
    image = np.full((32, 32, 3), 100, np.uint8)
    image[:, 16:] = 150
    sharp = degradations.sharpen(image, 1.0, 2.0)
    assert sharp[16, 15, 0] < 95
    assert sharp[16, 16, 0] > 155
    assert (sharp[:, [0, 31]] == image[:, [0, 31]]).all()


def test_smoothing_takes_pores_and_leaves_edges() -> None:
    pores = np.random.default_rng(0).normal(0, 5, (64, 64, 3))
    image = np.full((64, 64, 3), 80.0)
    image[:, 32:] = 200
    smooth = degradations.smooth(np.rint(image + pores).astype(np.uint8), 40.0)
    assert smooth[:, :28].std() < 2.5
    assert np.abs(smooth[:, [31, 32]].mean(axis=(0, 2)) - (80, 200)).max() < 5


def test_light_from_above_brightens_the_top_and_darkens_the_bottom() -> None:
    image = np.full((21, 21, 3), 100, np.uint8)
    lit = degradations.light_from(image, -np.pi / 2, 0.5)
    assert (lit[0] == 150).all()
    assert (lit[10] == 100).all()
    assert (lit[20] == 50).all()
