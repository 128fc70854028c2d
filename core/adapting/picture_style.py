"""How a face's picture looks, as an early layer of the model sees it: tone, blur, grain.

The means and standard deviations of a layer's channels say what a picture looks like and not what
it shows (Huang and Belongie, "Arbitrary Style Transfer in Real-Time with Adaptive Instance
Normalization", 2017). The last layers were trained not to tell cameras apart; the early ones can.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.adapting.onnx_graph import Node, OnnxGraph

STYLE_OUTPUT = "picture_style"
STYLE_LIMIT = 6.0
"""A style is as far from the middle as this, in each direction, or less."""


@dataclass(frozen=True, slots=True, eq=False)
class StyleReading:
    """How a layer's statistics become a style: numbers without correlation, of variance 1.

    Attributes:
        layer: the name of the layer's result in the ONNX graph, of shape (N, C, H, W).
        of_means: float32 of shape (C, K), what each channel's mean adds to a style.
        of_deviations: likewise of its standard deviation.
        offset: float32 of shape (K,).
    """

    layer: str
    of_means: NDArray[np.float32]
    of_deviations: NDArray[np.float32]
    offset: NDArray[np.float32]

    def styles(
        self, means: NDArray[np.float32], deviations: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The styles (N, K) of faces with these statistics, each (N, C)."""
        styles = means @ self.of_means + deviations @ self.of_deviations + self.offset
        return np.clip(styles, -STYLE_LIMIT, STYLE_LIMIT).astype(np.float32)


def with_statistics(graph: OnnxGraph, layer: str) -> OnnxGraph:
    """The graph with each channel's `style_means` and `style_deviations`, (N, C), of a layer."""
    return graph.with_nodes(
        [
            Node("GlobalAveragePool", (layer,), "style_pooled"),
            Node("Flatten", ("style_pooled",), "style_means"),
            Node("Mul", (layer, layer), "style_squares"),
            Node("GlobalAveragePool", ("style_squares",), "style_pooled_squares"),
            Node("Flatten", ("style_pooled_squares",), "style_mean_squares"),
            Node("Mul", ("style_means", "style_means"), "style_squared_means"),
            Node("Sub", ("style_mean_squares", "style_squared_means"), "style_variances"),
            # Rounding may leave a little less than nothing.
            Node("Relu", ("style_variances",), "style_variances_from_0"),
            Node("Sqrt", ("style_variances_from_0",), "style_deviations"),
        ]
    )


def with_style(graph: OnnxGraph, reading: StyleReading) -> OnnxGraph:
    """The graph with a result `STYLE_OUTPUT`, (N, K): what `StyleReading.styles` says."""
    constants: Sequence[tuple[str, NDArray[np.float32]]] = [
        ("style_of_means", reading.of_means),
        ("style_of_deviations", reading.of_deviations),
        ("style_offset", reading.offset),
        ("style_least", np.array(-STYLE_LIMIT, np.float32)),
        ("style_most", np.array(STYLE_LIMIT, np.float32)),
    ]
    graph = with_statistics(graph, reading.layer)
    for name, values in constants:
        graph = graph.with_constant(name, values)
    return graph.with_nodes(
        [
            Node("MatMul", ("style_means", "style_of_means"), "style_by_means"),
            Node("MatMul", ("style_deviations", "style_of_deviations"), "style_by_deviations"),
            Node("Add", ("style_by_means", "style_by_deviations"), "style_sum"),
            Node("Add", ("style_sum", "style_offset"), "style_unlimited"),
            Node("Clip", ("style_unlimited", "style_least", "style_most"), STYLE_OUTPUT),
        ]
    )
