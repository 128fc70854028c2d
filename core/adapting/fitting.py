"""Fits a shift of ages to corrected faces, and keeps what the model knew before.

Likeness is a logistic regression of the corrected pictures against the rehearsed ones, the years a
weighted ridge regression of what the corrections say, in which the rehearsed faces ask for none:
both have one best answer, found in milliseconds.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.adapting.age_shift import KNOT_AGES, AgeShift, knot_shares, sigmoid
from core.adapting.rehearsal import Faces

_STYLE_RIDGE = 3.0
"""On the weights of a style, whose numbers have variance 1."""

_YEARS_RIDGE = 5.0
"""A knot asks for no shift as much as so many faces at it do."""

LEAST_VARIANCE = 20.0
"""Of what a person says of an age, in years²: what the model's own spread leaves out."""

_STEPS = 30


def fit_shift(corrected: Faces, rehearsed: Faces) -> AgeShift:
    """The shift that brings the estimates of corrected faces to what a person said of them."""
    weights, bias = _fit_likeness(corrected.styles, rehearsed.styles)
    likeness_only = AgeShift(weights, bias, np.zeros(len(KNOT_AGES)))
    design, certainty = _design(likeness_only, corrected)
    kept_design, kept_certainty = _design(likeness_only, rehearsed)
    missing_years = corrected.true_years - corrected.estimated_years
    normal = _gram(design, certainty) + _gram(kept_design, kept_certainty)
    normal += _YEARS_RIDGE * certainty.mean() * np.eye(len(KNOT_AGES))
    years = _solve(normal, design.T @ (certainty * missing_years))
    return AgeShift(weights, bias, years)


def _design(shift: AgeShift, faces: Faces) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much each knot's years would move each face, (N, 4), and how much a face counts, (N,)."""
    shares = knot_shares(faces.estimated_years) * shift.likeness(faces.styles)[:, None]
    return shares, 1 / (faces.spread_years**2 + LEAST_VARIANCE)


def _gram(design: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    product: NDArray[np.float64] = (design * weights[:, None]).T @ design
    return product


def _solve(positive: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The solution of a positive definite system: the packaged NumPy has no library for that."""
    _, solution = cv2.solve(positive, values, flags=cv2.DECOMP_CHOLESKY)
    return solution[:, 0].astype(np.float64, copy=False)


def _fit_likeness(
    like: NDArray[np.float32], unlike: NDArray[np.float32]
) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of a logistic regression, by Newton's method."""
    styles = np.vstack([like, unlike]).astype(np.float64)
    design = np.hstack([np.ones((len(styles), 1)), styles])
    wanted = np.repeat([1.0, 0.0], [len(like), len(unlike)])
    ridge = _STYLE_RIDGE * np.eye(design.shape[1])
    ridge[0, 0] = 1e-3
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        shares = sigmoid(design @ weights)
        slope = design.T @ (shares - wanted) + ridge @ weights
        step = _solve(_gram(design, shares * (1 - shares)) + ridge, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights[1:], float(weights[0])
