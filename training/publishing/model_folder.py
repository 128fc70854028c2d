"""Makes a complete model folder from a finished run."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np

from core.errors import DataError
from core.estimation.keras_engine import KerasEngine
from core.estimation.model_card import (
    CARD_FILE,
    KERAS_FILE,
    ONNX_FILE,
    ModelCard,
    read_card,
    write_card,
)
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import AGE_OUTPUT, GENDER_OUTPUT, Predictor
from training.data.chip_cache import resize_chips
from training.data.labelled_data import Data, Part
from training.learning.configs import TrainConfig
from training.publishing.calibration import calibrate_age_range
from training.publishing.folding import fold_batch_norms
from training.publishing.model_file import save_model
from training.publishing.model_search import RUNS_DIR, check_evaluated
from training.publishing.onnx_export import check_same, export_onnx
from training.publishing.replacement import check_replacement
from training.publishing.temperature import fit_temperature, set_temperature
from training.publishing.training_data import describe_licence, describe_training_data

LIMITS = (
    "An estimate of how old a face looks and of how a stranger would read its gender, not of who "
    "a person is. It must not decide about people: not who may buy, enter, work or be watched."
)


def build_model_folder(
    config: TrainConfig, model: keras.Model, data: Data, training_command: str, folder: Path
) -> ModelCard:
    """Write model.keras, model.onnx and a card, both outputs calibrated, but no figures yet.

    Args:
        model: computes in float32; its gender output is given its temperature.

    Raises:
        ModelError: if the ONNX file differs from the Keras file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if config.gender:
        _calibrate_gender(model, data, config.input_size_px)
    save_model(fold_batch_norms(model), folder / KERAS_FILE)
    # What is exported is what was stored, rounding included.
    stored = keras.saving.load_model(folder / KERAS_FILE, compile=False)
    export_onnx(stored, folder / ONNX_FILE)
    check_files(folder, config.input_size_px)
    card = ModelCard(
        name=config.name,
        title=config.title,
        description=config.description,
        sha256={name: sha256_of(folder / name) for name in (KERAS_FILE, ONNX_FILE)},
        input_size_px=config.input_size_px,
        parameter_count=int(model.count_params()),
        age=config.age,
        gender=config.gender,
        training_data=describe_training_data(config, data),
        training_command=training_command,
        licence=describe_licence(data),
        limits=LIMITS,
        collections={one.name: one.counts() for one in data.collections},
    )
    card = _calibrated(card, data, folder)
    write_card(card, folder)
    return card


def check_files(folder: Path, input_size_px: int) -> None:
    """Run both files of a model folder and compare.

    Raises:
        ModelError: if they differ.
    """
    check_same(KerasEngine(folder / KERAS_FILE), OnnxEngine(folder / ONNX_FILE), input_size_px)


def publish(source: Path, models_dir: Path, *, may_replace: bool = False) -> Path:
    """Copy an evaluated model folder to where the app finds it.

    Args:
        may_replace: even a published model that is better, or was measured on other faces.

    Raises:
        DataError: if it was never evaluated, is what the app finds already, or may not replace it.
        ModelError: if its two files differ.
    """
    card = read_card(source)
    check_evaluated(source, card)
    target = models_dir / card.name
    if source.resolve() == target.resolve():
        raise DataError(f"{card.name} is published already. Name a run: publish runs/...")
    if not may_replace and (target / CARD_FILE).is_file():
        check_replacement(card, read_card(target))
    check_files(source, card.input_size_px)
    part = models_dir / f".{card.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(source, part)
    command = card.figures_command.replace(f"{RUNS_DIR}/{card.run}", card.name)
    write_card(replace(card, figures_command=command), part)
    shutil.rmtree(target, ignore_errors=True)
    part.replace(target)
    return target


def sha256_of(path: Path) -> str:
    """The hexadecimal digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _calibrate_gender(model: keras.Model, data: Data, input_size_px: int) -> None:
    chips, images = data.part(Part.VALIDATION)
    is_known = np.array([chip.is_female is not None for chip in chips])
    if not is_known.any():
        return
    said = model.predict(resize_chips(images[is_known], input_size_px), batch_size=64, verbose=0)
    is_female = np.array([chip.is_female for chip in chips])[is_known].astype(np.bool_)
    probability = said[GENDER_OUTPUT][:, 0].astype(np.float64)
    set_temperature(model, GENDER_OUTPUT, fit_temperature(probability, is_female))


def _calibrated(card: ModelCard, data: Data, folder: Path) -> ModelCard:
    if card.age is None:
        return card
    chips, images = data.part(Part.VALIDATION)
    true_age_years = np.array([chip.age_years for chip in chips], np.float64)
    is_known = np.isfinite(true_age_years)
    if not is_known.any():
        return card
    with Predictor(card, OnnxEngine(folder / ONNX_FILE)) as predictor:
        outputs = predictor.outputs(resize_chips(images[is_known], card.input_size_px))
    age_range = calibrate_age_range(outputs[AGE_OUTPUT], card.age, true_age_years[is_known])
    return replace(card, age=replace(card.age, range=age_range))
