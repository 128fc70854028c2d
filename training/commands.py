"""One function a command; each takes the parsed options."""

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from core import paths
from core.errors import DataError
from core.estimation.model_card import CARD_FILE, ONNX_FILE, read_card, write_card
from core.estimation.model_folder import ModelFolder
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from training import model_folder
from training.configs import CONFIGS, TrainConfig
from training.data import Data, Part
from training.evaluate import evaluate as evaluate_model
from training.evaluate import figures_table
from training.run_dir import RunDir, new_run, newest_run
from training.train import finished_model
from training.train import train as train_run

RUNS_DIR = Path("runs")
CACHE_DIR = RUNS_DIR / "cache"


def train(options: Namespace) -> None:
    """Train a model, or go on with its newest run, and make its model folder."""
    config = _config(options)
    data = Data(options.data, CACHE_DIR)
    run = _run_for(options, config)
    run.start({**config.described(), "split": data.split.digest})
    print(f"{run.path}: {len(data.split.train)} chips to learn from", flush=True)
    train_run(config, data, run)
    command = f"python -m training train {config.name} --data {options.data.name}"
    model = finished_model(config, run)
    model_folder.build_model_folder(config, model, data, command, run.model_dir)
    print(f"Trained. Next: python -m training evaluate {run.path} --data {options.data} --card")


def evaluate(options: Namespace) -> None:
    """Measure a model on a part of the chips."""
    folder = _model_folder(options.model)
    data = Data(options.data, CACHE_DIR)
    chips, images = data.part(Part(options.split))
    model = ModelFolder(folder, read_card(folder))
    with Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE))) as predictor:
        figures = evaluate_model(predictor, chips, images)
    print(figures_table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if options.card:
        command = (
            f"python -m training evaluate {model.card.name} "
            f"--data {options.data.name} --split {options.split}"
        )
        write_card(replace(model.card, figures=figures, figures_command=command), folder)


def publish(options: Namespace) -> None:
    """Copy an evaluated model to where the app finds it."""
    target = model_folder.publish(_model_folder(options.model), paths.models_dir())
    print(f"Published as {target.name}. The app offers it from now on.")


def _config(options: Namespace) -> TrainConfig:
    if options.name not in CONFIGS:
        raise DataError(f"There is no model {options.name!r}. Choose from {', '.join(CONFIGS)}.")
    config = CONFIGS[options.name]
    return replace(config, epochs=options.epochs) if options.epochs else config


def _run_for(options: Namespace, config: TrainConfig) -> RunDir:
    if options.run:
        return RunDir(options.run)
    return newest_run(RUNS_DIR, config.name) or new_run(RUNS_DIR, config.name)


def _model_folder(name_or_path: str) -> Path:
    """A published model by name, a model folder, or the model of a run."""
    path = Path(name_or_path)
    candidates = (paths.models_dir() / name_or_path, path, RunDir(path).model_dir)
    for folder in candidates:
        if (folder / CARD_FILE).is_file():
            return folder
    newest = newest_run(RUNS_DIR, name_or_path)
    if newest and (newest.model_dir / CARD_FILE).is_file():
        return newest.model_dir
    raise DataError(
        f"{name_or_path!r} is neither a published model, nor a model folder, nor a finished run."
    )
