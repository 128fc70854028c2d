"""One training run, from labelled chips to a model folder. Resumes after a kill."""

import math
import os
import time
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from core.errors import DataError, VisageError
from training.data.chip_cache import resize_chips
from training.data.chip_dataset import Arrays, ChipDataset, Crops, known_labels, targets_of
from training.data.labelled_data import Data, Part
from training.learning.compilation import compile_phase
from training.learning.configs import Schedule, TrainConfig
from training.learning.devices import host_part, share_batches, whole_batches
from training.learning.distillation import Teachers, with_teaching
from training.learning.ema import averaged_weights
from training.learning.freezing import check_frozen_layers
from training.learning.frozen_features import (
    FeatureDataset,
    head_config,
    learns_from_features,
    load_features,
    split_network,
)
from training.learning.run_dir import Epoch, RunDir
from training.learning.schedule import is_finished, is_head_epoch, learning_rate_for, starts_phase
from training.learning.settling import settle_batch_norm
from training.learning.tensorboard_log import TensorBoardLog

Labelled = tuple[NDArray[Any], Arrays, Arrays]
"""Pictures, targets and weights, as `fit` takes them."""


def train(config: TrainConfig, data: Data, run: RunDir, crops: Crops | None = None) -> None:
    """Train `config` in `run` until it is finished, from wherever the run stands.

    Raises:
        DataError: if there are too few chips, the initial weights cannot be had, the devices
            cannot share a batch, or a teacher does not fit.
        ModelError: if a teacher cannot be loaded.
        VisageError: if the loss is no longer a number.
    """
    share_batches(config.batch_size)
    keras.utils.set_random_seed(config.seed)
    keras.mixed_precision.set_global_policy(config.precision)
    history = run.read_history()
    with Teachers(config) as teachers, TensorBoardLog(run.tensorboard_dir, history) as curves:
        if learns_from_features(config):
            whole, model, training, validation = _prepare_features(config, data, run)
            config = head_config(config)
            _restore(model, config, run, history, training)
        else:
            training, validation = _make_datasets(config, data, crops, teachers)
            whole = model = _model_after(config, run, history, training)
        while not is_finished(config, history):
            if starts_phase(config, len(history)):
                compile_phase(model, config, len(history), len(training))
            history.append(_run_epoch(config, model, training, validation, history))
            run.save(model, history, config.keep_last, whole)
            run.log(progress_line(config, history))
            curves.add(history)


def check_start(config: TrainConfig, run: RunDir, frozen_layers: int | None = None) -> None:
    """See that the network of `config` can be built, and started unless `run` has learnt already.

    Args:
        frozen_layers: as many as are asked for; a preset's may be more than there are.

    Raises:
        DataError: if pictures are too small for it, it has fewer layers, its initial weights
            cannot be had, or a teacher does not fit.
        ModelError: if a teacher cannot be loaded.
    """
    model = config.build()
    if frozen_layers:
        check_frozen_layers(model, frozen_layers)
    if config.load_weights is not None and not run.read_history():
        config.load_weights(model, config.weights)
    Teachers(config).close()


def _model_after(
    config: TrainConfig, run: RunDir, history: list[Epoch], training: ChipDataset
) -> keras.Model:
    """The network as it was after the last epoch, or as it begins."""
    model = config.build()
    if not history and config.load_weights is not None:
        config.load_weights(model, config.weights)
    model = with_teaching(model, config)
    if not history:
        settle_batch_norm(model, training, config.settle_batches)
    _restore(model, config, run, history, training)
    return model


def _restore(
    model: keras.Model,
    config: TrainConfig,
    run: RunDir,
    history: Sequence[Epoch],
    training: ChipDataset,
) -> None:
    """Put `model` where it was after the last epoch, if there was one."""
    if history:
        compile_phase(model, config, len(history) - 1, len(training))
        run.restore(model, len(history))


def _prepare_features(
    config: TrainConfig, data: Data, run: RunDir
) -> tuple[keras.Model, keras.Model, ChipDataset, Labelled]:
    """The whole network, its head, and what the frozen part below says of every chip."""
    whole = config.build()
    if config.load_weights is not None:
        config.load_weights(whole, config.weights)
    body, head = split_network(whole)
    run.log("What the frozen layers say of each chip on eight sides, once for all epochs")
    features = load_features(body, data.images, config.input_size_px, run.features_file)
    training = FeatureDataset(config, features, data.chips, data.split.train)
    chips = [data.chips[index] for index in data.split.validation]
    upright = features[data.split.validation, 0].astype(np.float32)
    targets = targets_of(chips, config.outputs)
    return whole, head, training, (upright, targets, known_labels(chips, config.outputs))


def finished_model(config: TrainConfig, run: RunDir) -> keras.Model:
    """The run's best weights in a network that computes in float32.

    Raises:
        DataError: if there are none, or they are another network's.
    """
    keras.mixed_precision.set_global_policy("float32")
    model = config.build()
    run.load_best(model)
    return model


def _make_datasets(
    config: TrainConfig, data: Data, crops: Crops | None, teachers: Teachers
) -> tuple[ChipDataset, Labelled]:
    split = data.split
    if min(len(split.train) // config.batch_size, len(split.validation)) < 1:
        raise DataError(
            f"{len(data.chips)} chips are too few: training needs at least one batch of "
            f"{config.batch_size} and a validation picture."
        )
    training = ChipDataset(config, data.images, data.chips, split.train, crops, teachers.answers)
    chips, images = data.part(Part.VALIDATION)
    pictures = resize_chips(images, config.input_size_px)
    collections = [chip.collection for chip in chips]
    taught = teachers.answers(lambda size_px: resize_chips(images, size_px), collections)
    targets = targets_of(chips, config.outputs) | taught
    every = {name: np.ones((len(chips), 1), np.float32) for name in taught}
    return training, (pictures, targets, known_labels(chips, config.outputs) | every)


def _run_epoch(
    config: TrainConfig,
    model: keras.Model,
    training: ChipDataset,
    validation: Labelled,
    history: list[Epoch],
) -> Epoch:
    started_s = time.monotonic()
    training.epoch = len(history)
    if config.schedule is Schedule.PLATEAU and not is_head_epoch(config, len(history)):
        model.optimizer.learning_rate = learning_rate_for(config, history)
    # When `fit` begins it may try the network on nothing, which draws random numbers too.
    seeding = keras.callbacks.LambdaCallback(
        on_train_begin=lambda _: _seed_dropout(model, config.seed, len(history))
    )
    fitted = model.fit(
        host_part(training), epochs=1, shuffle=False, verbose=_verbosity(), callbacks=[seeding]
    ).history
    rate = float(keras.ops.convert_to_numpy(model.optimizer.learning_rate))
    figures = {name: float(values[-1]) for name, values in fitted.items()}
    pictures, targets, weights = validation
    with averaged_weights(model), whole_batches():
        measured = model.evaluate(
            pictures,
            targets,
            sample_weight=weights,
            batch_size=64,
            verbose=0,
            return_dict=True,
        )
    figures |= {f"val_{name}": float(value) for name, value in measured.items()}
    if not all(math.isfinite(value) for value in figures.values()):
        raise VisageError(
            f"The loss of epoch {len(history) + 1} is no number any more. "
            "Start anew with a lower --rate, in another folder: --run DIR."
        )
    return Epoch(figures, learning_rate=rate, seconds=time.monotonic() - started_s)


def _seed_dropout(model: keras.Model, seed: int, epoch: int) -> None:
    """Let dropout follow from seed and epoch too: Keras does not store where it stood.

    On PyTorch it draws from the global generator, elsewhere from a variable of each layer.
    """
    keras.utils.set_random_seed(seed + epoch)
    states = [variable for variable in model.variables if "seed_generator" in variable.path]
    for index, state in enumerate(states):
        state.assign([seed + index, epoch])


def _verbosity() -> int:
    return 1 if os.isatty(1) else 0


def progress_line(config: TrainConfig, history: Sequence[Epoch]) -> str:
    """The last epoch's figures, and how long the rest takes at most."""
    last = history[-1]
    minutes = last.seconds * (config.epochs - len(history)) / 60
    figures = "  ".join(f"{name} {value:.4g}" for name, value in sorted(last.figures.items()))
    return (
        f"epoch {len(history)}/{config.epochs}  {figures}  "
        f"{last.seconds:.0f} s, at most {minutes:.0f} min left"
    )
