"""What is learnt from corrections: by how many years ages are wrong in pictures of a kind.

    shift = sigmoid(w · style + b) · years(age)

The first factor says how much a picture looks like those that were corrected, the second is
linear between a few ages. A distribution is moved as a whole, so that its shape and its
calibrated range stay.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.adapting.onnx_graph import Node, OnnxGraph
from core.adapting.picture_style import STYLE_OUTPUT, StyleReading, with_style
from core.estimation.predictor import AGE_OUTPUT

KNOT_AGES = np.array([0.0, 20.0, 40.0, 70.0])
"""Estimated ages, in years, at which a shift is learnt; below and above it stays the same."""

MAX_SHIFT_YEARS = 20.0

_PUBLISHED_AGE = "published_age"


@dataclass(frozen=True, slots=True, eq=False)
class AgeShift:
    """A learnt shift.

    Attributes:
        style_weights: shape (K,), of a style.
        style_bias: how much a picture of the middle style looks like those that were corrected.
        years_at_knots: shape (4,), at `KNOT_AGES`.
    """

    style_weights: NDArray[np.float64]
    style_bias: float
    years_at_knots: NDArray[np.float64]

    @property
    def parameter_count(self) -> int:
        return len(self.style_weights) + 1 + len(self.years_at_knots)

    def likeness(self, styles: NDArray[np.float32]) -> NDArray[np.float64]:
        """How much pictures of these styles, (N, K), look like the corrected ones, 0-1, (N,)."""
        values: NDArray[np.float64] = sigmoid(styles @ self.style_weights + self.style_bias)
        return values

    def years(
        self, styles: NDArray[np.float32], ages_years: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """What is added to the ages (N,) that the published model gives faces of these styles."""
        by_age = np.interp(ages_years, KNOT_AGES, self.years_at_knots)
        shifts: NDArray[np.float64] = self.likeness(styles) * by_age
        return np.clip(shifts, -MAX_SHIFT_YEARS, MAX_SHIFT_YEARS)


def sigmoid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + e^-x), without an overflow."""
    result: NDArray[np.float64] = 0.5 * (1 + np.tanh(values / 2))
    return result


def knot_shares(ages_years: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much the value at each knot counts at each age: (N, 4), each row sums to 1."""
    return np.stack([np.interp(ages_years, KNOT_AGES, row) for row in np.eye(len(KNOT_AGES))], 1)


def with_shift(
    graph: OnnxGraph, reading: StyleReading, shift: AgeShift, ages_years: NDArray[np.float64]
) -> OnnxGraph:
    """The graph of a model whose ages are shifted.

    Args:
        ages_years: the ages (B,) of the bins of its distribution, each a year after the last.
    """
    graph = with_style(graph.with_renamed(AGE_OUTPUT, _PUBLISHED_AGE), reading)
    slopes = np.diff(shift.years_at_knots) / np.diff(KNOT_AGES)
    constants = {
        "likeness_weights": shift.style_weights[:, None],
        "likeness_bias": np.array(shift.style_bias),
        "bin_ages": ages_years[:, None],
        "bin_row": ages_years[None, None, :],
        "knot_ages": KNOT_AGES[:-1],
        "knot_slopes": np.diff(slopes, prepend=0.0)[:, None],
        "first_years": np.array(shift.years_at_knots[0]),
        "first_knot": np.array(KNOT_AGES[0]),
        "last_knot": np.array(KNOT_AGES[-1]),
        "least_shift": np.array(-MAX_SHIFT_YEARS),
        "most_shift": np.array(MAX_SHIFT_YEARS),
        "first_bin": np.array(ages_years[0]),
        "last_bin": np.array(ages_years[-1]),
        "one_bin": np.array(1.0),
    }
    for name, values in constants.items():
        graph = graph.with_constant(name, values.astype(np.float32))
    bin_count = len(ages_years)
    graph = graph.with_constant("as_columns", np.array([-1, bin_count, 1], np.int64))
    graph = graph.with_constant("as_rows", np.array([-1, 1, bin_count], np.int64))
    graph = graph.with_constant("as_outputs", np.array([-1, bin_count], np.int64))
    return graph.with_nodes([*_shift_nodes(), *_moving_nodes()])


def _shift_nodes() -> list[Node]:
    """From style and distribution to `shift_years`, (N, 1)."""
    return [
        Node("MatMul", (STYLE_OUTPUT, "likeness_weights"), "likeness_sum"),
        Node("Add", ("likeness_sum", "likeness_bias"), "likeness_logit"),
        Node("Sigmoid", ("likeness_logit",), "likeness"),
        Node("MatMul", (_PUBLISHED_AGE, "bin_ages"), "expected_age"),
        Node("Clip", ("expected_age", "first_knot", "last_knot"), "age_in_knots"),
        Node("Sub", ("age_in_knots", "knot_ages"), "beyond_knots"),
        Node("Relu", ("beyond_knots",), "beyond_knots_from_0"),
        Node("MatMul", ("beyond_knots_from_0", "knot_slopes"), "years_beyond_first"),
        Node("Add", ("years_beyond_first", "first_years"), "years_by_age"),
        Node("Mul", ("likeness", "years_by_age"), "shift_unlimited"),
        Node("Clip", ("shift_unlimited", "least_shift", "most_shift"), "shift_years"),
    ]


def _moving_nodes() -> list[Node]:
    """Each bin goes by `shift_years`, shared by the two bins beside where it comes to lie."""
    return [
        Node("Reshape", ("bin_ages", "as_outputs"), "bin_starts"),
        Node("Add", ("bin_starts", "shift_years"), "bin_ends_unlimited"),
        Node("Clip", ("bin_ends_unlimited", "first_bin", "last_bin"), "bin_ends"),
        Node("Reshape", ("bin_ends", "as_columns"), "bin_end_columns"),
        Node("Sub", ("bin_end_columns", "bin_row"), "bin_distances_signed"),
        Node("Abs", ("bin_distances_signed",), "bin_distances"),
        Node("Sub", ("one_bin", "bin_distances"), "bin_shares_signed"),
        Node("Relu", ("bin_shares_signed",), "bin_shares"),
        Node("Reshape", (_PUBLISHED_AGE, "as_rows"), "bins_before"),
        Node("MatMul", ("bins_before", "bin_shares"), "bins_after"),
        Node("Reshape", ("bins_after", "as_outputs"), AGE_OUTPUT),
    ]
