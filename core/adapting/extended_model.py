"""A model that says more than it was exported to say."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.adapting.onnx_graph import OnnxGraph
from core.estimation.age_reading import expected_ages
from core.estimation.model_card import ONNX_FILE, AgeOutput
from core.estimation.model_folder import ModelFolder
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor


@contextmanager
def extended_predictor(
    folder: ModelFolder, extend: Callable[[OnnxGraph], OnnxGraph]
) -> Iterator[Predictor]:
    """The model of a folder with a graph that was extended.

    Raises:
        ModelError: if the model cannot be read, extended or run.
    """
    graph = extend(read_graph(folder))
    with tempfile.TemporaryDirectory(prefix="visage-") as place:
        path = Path(place, ONNX_FILE)
        path.write_bytes(graph.to_bytes())
        engine = OnnxEngine(path)
    with Predictor(folder.card, engine) as predictor:
        yield predictor


def read_graph(folder: ModelFolder) -> OnnxGraph:
    """Raises ModelError if the model's file is missing, changed or no ONNX file."""
    return OnnxGraph.from_bytes(folder.verify_file(ONNX_FILE).read_bytes())


def age_moments(
    distributions: NDArray[np.float32], age: AgeOutput
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Expectation and standard deviation, each (N,), of distributions of ages (N, bins)."""
    ages = expected_ages(distributions, age)
    years = np.arange(distributions.shape[1]) + age.first_year
    variances = (distributions * (years - ages[:, None]) ** 2).sum(axis=1)
    return ages, np.sqrt(variances)
