"""Made-up answers, and the cards of models that gave them."""

import shlex
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.estimation.model_card import AgeOutput, AgeOutputKind, ModelCard
from core.types import Estimate, Image
from tests.training.made_up_faces import draw_chip
from training.data.chip import Chip
from training.measuring.age_classes import measure_age_classes
from training.measuring.aggregates import aggregate
from training.measuring.answers import Answers, make_answers
from training.measuring.metrics import measure, summarise
from training.regeneration.plan import Places, published_plan, stage_command

CARD = ModelCard(
    name="age_gender_cnn",
    title="Age and gender CNN",
    description="A network.",
    sha256={},
    input_size_px=64,
    parameter_count=8_779_970,
    age=AgeOutput(AgeOutputKind.YEARS),
    gender=True,
    training_data="Made-up faces.",
    training_command="python -m training train age_gender_cnn --preset tuned --epochs 12",
    licence="A licence.",
    limits="Not for <anything>.",
    figures_command="python -m training evaluate age_gender_cnn --split test",
)
LEARNING = {
    "preset": "tuned",
    "precision": "float32",
    "batch_size": 32,
    "hardware": "AMD EPYC, 2 cores, cpu:0",
    "epochs": 3,
    "kept_epoch": 3,
    "hours": 1.25,
    "history": {
        "loss": [3.0, 2.0, 1.0],
        "val_loss": [3.5, 2.5, 2.0],
        "age_mae": [9.0, 7.0, 6.0],
        "val_age_mae": [10.0, 8.0, 7.5],
        "gender_accuracy": [0.7, 0.8, 0.9],
        "val_gender_accuracy": [0.7, 0.75, 0.85],
        "learning_rate": [1e-3, 1e-3, 4e-4],
        "seconds": [1500.0, 1500.0, 1500.0],
    },
}


@cache
def make_said(count: int = 40) -> tuple[Answers, list[Image]]:
    rng = np.random.default_rng(0)
    chips = [
        Chip(Path("c.jpg"), int(age), bool(index % 2), 0)
        for index, age in enumerate(rng.integers(1, 90, count))
    ]
    estimates = [
        Estimate(
            age := max(0.0, (chip.age_years or 0) + rng.normal(0, 6)),
            age - 8,
            age + 8,
            float(np.clip(bool(chip.is_female) + rng.normal(0, 0.3), 0.01, 0.99)),
        )
        for chip in chips
    ]
    images = [draw_chip(chip.age_years or 0, bool(chip.is_female), rng) for chip in chips]
    return make_answers(chips, estimates), images


def without(answers: Answers, output: str) -> Answers:
    """As if the model had no such output: `age` or `gender`."""
    nothing = np.full(answers.count, np.nan)
    if output == "gender":
        return replace(answers, female_probability=nothing)
    return replace(answers, age_years=nothing, age_low_years=nothing, age_high_years=nothing)


def last_stage(name: str) -> str:
    """The command that ends the plan of a published model."""
    plan = published_plan(name)
    assert plan is not None
    places = Places([Path("UTKFace")], Path("DIR"), Path("runs"))
    return shlex.join(["python", "-m", "training", *stage_command(plan, plan.stages[-1], places)])


def make_card(answers: Answers, **values: Any) -> ModelCard:
    """The card of a model that gave these answers, as `evaluate --card` would write it."""
    return replace(CARD, **{"figures": _figures(answers), "learning": LEARNING, **values})


@cache
def _figures(answers: Answers) -> dict[str, Any]:
    figures = {**measure(answers), "flip_average": summarise(answers)}
    if answers.has_age:
        figures["age_classes"] = measure_age_classes(answers)
    return {**figures, "aggregates": aggregate(answers)}
