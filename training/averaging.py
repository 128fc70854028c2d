"""The mean of several runs' weights, as one network.

Between a network and what it became by learning other pictures lies one that has most of what
each is good at (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
"""

import warnings
from collections.abc import Sequence

import keras
import numpy as np

from core.errors import DataError
from training.configs import TrainConfig
from training.run_dir import RunDir


def average_runs(config: TrainConfig, runs: Sequence[RunDir]) -> keras.Model:
    """A network of `config` with the mean of the best weights of `runs`, computing in float32.

    Raises:
        DataError: if one of them has no weights, or they do not fit.
    """
    keras.mixed_precision.set_global_policy("float32")
    model = config.build()
    each = []
    for run in runs:
        _load_best(model, run)
        each.append(model.get_weights())
    model.set_weights([np.mean(same, axis=0) for same in zip(*each, strict=True)])
    return model


def _load_best(model: keras.Model, run: RunDir) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # Keras only warns of what does not fit
            model.load_weights(run.best_weights_file)
    except (OSError, ValueError, UserWarning) as error:
        raise DataError(
            f"{run.path} has no weights that fit. Only runs of one model can be averaged."
        ) from error
