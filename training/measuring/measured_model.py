"""A model that is measured once more, for pages that show faces."""

from dataclasses import dataclass, replace
from pathlib import Path

from core.estimation.model_card import ONNX_FILE, ModelCard, read_card
from core.estimation.model_folder import ModelFolder
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from training.data.labelled_data import Data, Part
from training.learning.run_dir import RunDir
from training.measuring.answers import Answers
from training.measuring.evaluate import evaluate
from training.measuring.held_out import check_held_out, measured_on
from training.measuring.run_record import record_run


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredModel:
    """One model on a page.

    Attributes:
        card: with the figures of this measurement, and the record of its run where that is there.
        answers: what it said.
    """

    card: ModelCard
    answers: Answers


def measure_model(folder: Path, runs_dir: Path, data: Data) -> MeasuredModel:
    """Measure the model in `folder` on the test part.

    Args:
        runs_dir: where the run may be that made it.

    Raises:
        DataError: if the model learnt from another split of the data.
    """
    with open_predictor(folder) as predictor:
        check_held_out(predictor.card, data, Part.TEST, is_for_card=True)
        evaluation = evaluate(predictor, *data.part(Part.TEST))
        figures = {**evaluation.figures, "measured_on": measured_on(data, Part.TEST)}
        card = replace(predictor.card, figures=figures)
    if run := find_run(folder, card, runs_dir):
        card = replace(card, learning=record_run(run))
    return MeasuredModel(card, evaluation.answers)


def open_predictor(folder: Path) -> Predictor:
    """What the app would estimate with, from a model folder."""
    model = ModelFolder(folder, read_card(folder))
    return Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE)))


def find_run(folder: Path, card: ModelCard, runs_dir: Path) -> RunDir | None:
    """The run that made the model in `folder`, where it still is."""
    candidates = [folder.parent, *([runs_dir / card.run] if card.run else [])]
    return next((RunDir(path) for path in candidates if (path / "config.json").is_file()), None)
