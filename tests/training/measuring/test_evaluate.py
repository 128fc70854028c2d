from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.estimation.model_card import AgeOutput, AgeOutputKind, ModelCard
from core.estimation.predictor import Predictor
from tests.training.made_up_faces import draw_chip
from training.data.chip import Chip
from training.measuring.evaluate import evaluate, figures_table


class BrightnessEngine:
    """Says an age that is the left half's brightness, and counts the pictures it is shown."""

    name, device = "brightness", "CPU"

    def __init__(self) -> None:
        self.count = 0

    def run(self, images: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
        self.count += len(images)
        left = images[:, :, : images.shape[2] // 2]
        return {"age_output": left.mean(axis=(1, 2, 3))[:, None] / 4}

    def close(self) -> None: ...


def make_predictor() -> Predictor:
    kind = AgeOutput(AgeOutputKind.YEARS)
    card = ModelCard("brightness", "", "", {}, 64, 0, kind, False, "", "", "", "")
    return Predictor(card, BrightnessEngine())


def test_each_collection_is_measured_apart_and_all_together() -> None:
    rng = np.random.default_rng(0)
    ages = {"album": (5, 20), "street": (60,)}
    chips = [Chip(Path("c"), age, False, 0, None, of) for of in ages for age in ages[of]]
    images = np.stack([draw_chip(chip.age_years, False, rng) for chip in chips])
    with make_predictor() as predictor:
        figures = evaluate(predictor, chips, images).figures
        album = evaluate(predictor, chips[:2], images[:2]).figures
    apart = figures["by_collection"]
    assert list(apart) == ["album", "street"]
    assert apart["album"] == album
    assert apart["street"]["n"] == 1
    assert figures["age_mae"] == (2 * album["age_mae"] + apart["street"]["age_mae"]) / 3
    titles = ("album", "street", "all together")
    assert tuple(line for line in figures_table(figures).splitlines() if line in titles) == titles


def test_an_evaluation_carries_the_answers_that_its_figures_are_of() -> None:
    rng = np.random.default_rng(0)
    chips = [Chip(Path("c.jpg"), age_years, False, 0) for age_years in (5, 20, 60)]
    images = np.stack([draw_chip(chip.age_years, False, rng) for chip in chips])
    engine = BrightnessEngine()
    kind = AgeOutput(AgeOutputKind.YEARS)
    card = ModelCard("brightness", "", "", {}, 64, 0, kind, False, "", "", "", "")
    with Predictor(card, engine) as predictor:
        tried = engine.count
        evaluation = evaluate(predictor, chips, images)
    errors = np.abs(evaluation.answers.age_years - [5, 20, 60])
    assert evaluation.figures["age_mae"] == errors.mean()
    assert evaluation.figures["flip_average"]["age_mae"] != errors.mean()
    assert engine.count - tried == 3 * len(chips), "once as they are, twice to average the mirror"
