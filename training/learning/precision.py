"""Which number format trains a network faster on this machine.

bfloat16 pays where a processor multiplies it in hardware, and costs where it only emulates it or
where depthwise convolutions fall back to slow code: a few timed steps tell.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any

import keras
import numpy as np

from core.estimation.predictor import AGE_OUTPUT, GENDER_OUTPUT
from training.learning.compilation import compile_phase
from training.learning.configs import AUTO_PRECISION, TrainConfig

EXACT = "float32"
PRECISIONS = (EXACT, "mixed_bfloat16")
MIN_GAIN = 1.05
"""How much faster the shorter format must be to be worth its rounding."""

STEPS = 3


def resolve_precision(config: TrainConfig, noted: str | None = None) -> tuple[TrainConfig, str]:
    """`config` with a precision that is decided, and a sentence on why; empty if it was before.

    Args:
        noted: what the run has learnt with so far.

    Raises:
        DataError: if the network takes no pictures of that size.
    """
    if config.precision != AUTO_PRECISION:
        return config, ""
    if noted and noted != AUTO_PRECISION:
        return replace(config, precision=noted), ""
    speeds = _measure_speeds(replace(config, teachers=()))
    chosen = choose_precision(speeds)
    found = ", ".join(f"{name} {speed:.1f}" for name, speed in speeds.items())
    return replace(config, precision=chosen), f"{chosen}: {found} images/s in {STEPS} steps each"


def choose_precision(speeds: Mapping[str, float]) -> str:
    """The exact format, unless another is clearly faster; speeds are in images/s."""
    fastest = max(speeds, key=lambda precision: speeds[precision])
    return fastest if speeds[fastest] >= MIN_GAIN * speeds[EXACT] else EXACT


def _measure_speeds(config: TrainConfig) -> dict[str, float]:
    """Images a second in each format, of its fastest step; they take turns.

    What else the machine does then slows all of them alike, or a step that does not count.
    """
    steps = {
        precision: _make_step(replace(config, precision=precision)) for precision in PRECISIONS
    }
    seconds = dict.fromkeys(PRECISIONS, math.inf)
    for _ in range(STEPS):
        for precision, step in steps.items():
            begun_s = perf_counter()
            step()
            seconds[precision] = min(seconds[precision], perf_counter() - begun_s)
    return {precision: config.batch_size / taken for precision, taken in seconds.items()}


def _make_step(config: TrainConfig) -> Callable[[], Any]:
    """A training step on noise that was taken once: that one is slow."""
    keras.mixed_precision.set_global_policy(config.precision)
    model = config.build()
    compile_phase(model, config, config.head_epochs, STEPS)
    shape = (config.batch_size, config.input_size_px, config.input_size_px, 3)
    pictures = np.random.default_rng(0).uniform(0, 255, shape).astype(np.float32)
    labels = {
        AGE_OUTPUT: np.full((config.batch_size, 2), 30.0, np.float32),
        GENDER_OUTPUT: np.ones((config.batch_size, 1), np.float32),
    }
    targets = {name: labels[name] for name in config.outputs}
    model.train_on_batch(pictures, targets)
    return lambda: model.train_on_batch(pictures, targets)
