"""A model with what it said of the test chips and how it learnt: what pages are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.estimation.model_card import ONNX_FILE, ModelCard, read_card
from core.estimation.model_folder import ModelFolder
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from training.data.chip import Chip
from training.learning.run_dir import Epoch, RunDir
from training.measuring.evaluate import Evaluation, evaluate


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredModel:
    """One model on a page.

    Attributes:
        history: of the run that made it; empty if that is gone.
    """

    card: ModelCard
    evaluation: Evaluation
    history: Sequence[Epoch]


def measure_model(
    folder: Path, runs_dir: Path, chips: Sequence[Chip], images: NDArray[np.uint8]
) -> MeasuredModel:
    """Measure the model in `folder`.

    Args:
        runs_dir: where the run may be that made it.
        images: the chips' pictures, shape (N, 200, 200, 3).
    """
    model = ModelFolder(folder, read_card(folder))
    with Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE))) as predictor:
        evaluation = evaluate(predictor, chips, images)
    run = find_run(folder, model.card, runs_dir)
    return MeasuredModel(model.card, evaluation, run.read_history() if run else [])


def find_run(folder: Path, card: ModelCard, runs_dir: Path) -> RunDir | None:
    """The run that made the model in `folder`, where it still is."""
    candidates = [folder.parent, *([runs_dir / card.run] if card.run else [])]
    return next((RunDir(path) for path in candidates if (path / "config.json").is_file()), None)
