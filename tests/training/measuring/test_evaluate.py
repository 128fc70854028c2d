from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.estimation.model_card import AgeOutput, AgeOutputKind, ModelCard
from core.estimation.predictor import Predictor
from tests.training.made_up_faces import draw_chip
from training.data.utkface import Chip
from training.measuring.evaluate import evaluate


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
