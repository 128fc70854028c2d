"""Similarity transforms: turn, scale and shift, as arrays of shape (2, 3)."""

import math

import numpy as np
from numpy.typing import NDArray


def fit_similarity(
    points: NDArray[np.float64], targets: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The similarity that takes `points` to `targets`, both (N, 2), best.

    Least squares over rotation, scale and shift, without reflection (Umeyama 1991). In the
    complex plane it is the regression of the targets on the points. Zero where all points
    coincide.
    """
    z, w = _complex(points), _complex(targets)
    z_mean, w_mean = z.mean(), w.mean()
    spread = np.sum(np.abs(z - z_mean) ** 2)
    turn = np.sum(np.conj(z - z_mean) * (w - w_mean)) / spread if spread > 0 else 0j
    shift = w_mean - turn * z_mean
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def similarity_about(
    point: tuple[float, float], target: tuple[float, float], scale: float, turn: float = 0.0
) -> NDArray[np.float64]:
    """The similarity that takes one point to another, with a scale and a turn in radians."""
    a, b = scale * math.cos(turn), scale * math.sin(turn)
    x, y = point
    return np.array([[a, -b, target[0] - (a * x - b * y)], [b, a, target[1] - (b * x + a * y)]])


def apply_similarity(
    transform: NDArray[np.float64], points: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Where points of shape (..., 2) go."""
    return np.asarray(points @ transform[:, :2].T + transform[:, 2])


def invert_similarity(transform: NDArray[np.float64]) -> NDArray[np.float64]:
    """The way back. The scale must not be 0."""
    a, b = transform[0, 0], transform[1, 0]
    x, y = transform[:, 2]
    square = a * a + b * b
    return np.asarray(np.array([[a, b, -a * x - b * y], [-b, a, b * x - a * y]]) / square)


def similarity_scale(transform: NDArray[np.float64]) -> float:
    """How many px a px becomes."""
    return math.hypot(transform[0, 0], transform[1, 0])


def similarity_turn(transform: NDArray[np.float64]) -> float:
    """Its rotation in radians; as y points down, a positive one turns clockwise."""
    return math.atan2(transform[1, 0], transform[0, 0])


def _complex(points: NDArray[np.float64]) -> NDArray[np.complex128]:
    return points[:, 0] + 1j * points[:, 1]
