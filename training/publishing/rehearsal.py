"""Makes what a model needs to learn from a user's corrections, and still know what it knew."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.adapting.extended_model import age_moments, extended_predictor, read_graph
from core.adapting.onnx_graph import OnnxGraph
from core.adapting.picture_style import StyleReading, with_statistics
from core.adapting.rehearsal import Faces, Rehearsal
from core.errors import DataError
from core.estimation.model_card import ONNX_FILE, AgeOutputKind
from core.estimation.model_folder import ModelFolder
from core.estimation.predictor import AGE_OUTPUT
from core.faces.versions import FLIP_AVERAGE
from training.data.chip import Chip
from training.data.chip_cache import resize_chips

STYLE_SIZE = 64
_PART = 256


def make_rehearsal(
    folder: ModelFolder,
    layer: str,
    chips: Sequence[Chip],
    images: NDArray[np.uint8],
    source: str,
) -> Rehearsal:
    """The style of faces, their ages, and what the model says of them.

    Args:
        layer: a part of the name of the early layer whose style is read.
        chips: faces that the model did not learn from; those without an age are left out.
        images: of the chips, shape (N, 200, 200, 3).
        source: where the chips are from.

    Raises:
        DataError: if the model says no distribution of ages, or has not one such layer.
        ModelError: if it cannot be run.
    """
    age = folder.card.age
    if age is None or age.kind is not AgeOutputKind.DISTRIBUTION:
        raise DataError(f"{folder.card.name} says no distribution of ages: it cannot learn.")
    graph = read_graph(folder)
    found = sorted(name for name in graph.names_of_results() if layer in name)
    if len(found) != 1:
        raise DataError(f"--layer {layer} must be a part of one name, not of {found}.")
    known = [index for index, chip in enumerate(chips) if chip.age_years is not None]
    outputs = _outputs(folder, found[0], images, known)
    means, deviations = outputs["style_means"], outputs["style_deviations"]
    reading = fit_reading(found[0], means, deviations)
    faces = Faces(
        reading.styles(means, deviations),
        *age_moments(outputs[AGE_OUTPUT], age),
        np.array([chips[index].age_years for index in known], np.float64),
    )
    bin_count = outputs[AGE_OUTPUT].shape[1]
    return Rehearsal(folder.card.sha256[ONNX_FILE], source, bin_count, reading, faces)


def fit_reading(
    layer: str,
    means: NDArray[np.float32],
    deviations: NDArray[np.float32],
    style_size: int = STYLE_SIZE,
) -> StyleReading:
    """The whitened principal components of a layer's statistics of many faces, each (N, C)."""
    statistics = np.hstack([means, deviations]).astype(np.float64)
    middle, spread = statistics.mean(axis=0), statistics.std(axis=0) + 1e-3
    covariance = np.cov((statistics - middle) / spread, rowvar=False)
    variances, directions = np.linalg.eigh(covariance)
    largest = np.argsort(variances)[::-1][:style_size]
    whitening = directions[:, largest] / np.sqrt(np.maximum(variances[largest], 1e-4))
    basis = whitening / spread[:, None]
    channel_count = means.shape[1]
    return StyleReading(
        layer,
        basis[:channel_count].astype(np.float32),
        basis[channel_count:].astype(np.float32),
        (-middle @ basis).astype(np.float32),
    )


def _outputs(
    folder: ModelFolder, layer: str, images: NDArray[np.uint8], chosen: Sequence[int]
) -> dict[str, NDArray[np.float32]]:
    def extend(graph: OnnxGraph) -> OnnxGraph:
        graph = with_statistics(graph, layer)
        return graph.with_output("style_means").with_output("style_deviations")

    size = folder.card.input_size_px
    with extended_predictor(folder, extend) as predictor:
        parts = [
            predictor.outputs(
                resize_chips(images[chosen[start : start + _PART]], size),
                flip_average=FLIP_AVERAGE,
            )
            for start in range(0, len(chosen), _PART)
        ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
