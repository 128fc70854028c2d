"""The mean of several runs' weights, as one network.

Between a network and what it became by learning other pictures lies one that has most of what
each is good at (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
"""

from collections.abc import Sequence

import keras
import numpy as np

from training.learning.configs import TrainConfig
from training.learning.run_dir import RunDir
from training.learning.train import finished_model


def average_runs(config: TrainConfig, runs: Sequence[RunDir]) -> keras.Model:
    """A network of `config` with the mean of the best weights of `runs`, computing in float32.

    Raises:
        DataError: if one of them has no weights, or they do not fit.
    """
    models = [finished_model(config, run) for run in runs]
    weights = zip(*(model.get_weights() for model in models), strict=True)
    models[0].set_weights([np.mean(same, axis=0) for same in weights])
    return models[0]
