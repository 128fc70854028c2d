"""The weights that an earlier run kept: of a whole network, at any input size."""

import math
import warnings
from pathlib import Path

import keras

from core.errors import DataError

BEST_WEIGHTS_FILE = "best.weights.h5"

WEIGHTS_TROUBLE = (OSError, ValueError, KeyError, UserWarning)


def is_run_weights(weights: str) -> bool:
    """Whether `--weights` names what a run kept, not weights of a backbone alone."""
    path = Path(weights)
    return path.name == BEST_WEIGHTS_FILE and path.with_name("config.json").is_file()


def load_run_weights(model: keras.Model, path: Path) -> None:
    """Give `model` all of the weights in `path`.

    Raises:
        DataError: if there are none, or they are another network's.
    """
    if not path.is_file():
        raise DataError(f"There is no file {path}.")
    try:
        load_all_weights(model, path)
    except WEIGHTS_TROUBLE as error:
        raise do_not_fit(path, model.name) from error


def load_all_weights(model: keras.Model, path: Path) -> None:
    """Give `model` all of the weights in `path`; raises one of `WEIGHTS_TROUBLE` if it cannot."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # Keras only warns of what does not fit
        model.load_weights(path)


def file_size_bytes(model: keras.Model) -> int:
    """At most so many bytes that the weights of `model` and its optimizer's state take."""
    optimizer = getattr(model, "optimizer", None)
    variables = [*model.variables, *(optimizer.variables if optimizer else ())]
    numbers: int = sum(math.prod(variable.shape) for variable in variables)
    return 4 * numbers + 8192 * len(variables) + 1_000_000


def do_not_fit(path: Path, name: str) -> DataError:
    """That `path` is no start for the network `name`; what Keras says of it helps nobody."""
    return DataError(
        f"{path} does not hold weights of {name}: it is another network's file, or damaged, "
        "or no file of weights."
    )
