"""The weights that an earlier run kept: of a whole network, at any input size."""

import warnings
from pathlib import Path

import keras

from core.errors import DataError

BEST_WEIGHTS_FILE = "best.weights.h5"


def is_run_weights(weights: str) -> bool:
    """Whether `--weights` names what a run kept, not weights of a backbone alone."""
    path = Path(weights)
    return path.name == BEST_WEIGHTS_FILE and path.with_name("config.json").is_file()


def load_run_weights(model: keras.Model, path: Path) -> None:
    """Give `model` all of the weights in `path`.

    Raises:
        DataError: if there are none, or they are another network's.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # Keras only warns of what does not fit
            model.load_weights(path)
    except (OSError, ValueError, UserWarning) as error:
        raise DataError(f"{path.parent} has no weights that fit this network.") from error
