import math

import numpy as np
import pytest
from numpy.typing import NDArray

from core.faces.similarity import (
    apply_similarity,
    fit_similarity,
    invert_similarity,
    similarity_about,
    similarity_scale,
    similarity_turn,
)


def test_the_fit_is_the_best_one() -> None:
    rng = np.random.default_rng(1)
    points, targets = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))
    best = fit_similarity(points, targets)

    def cost(transform: NDArray[np.float64]) -> float:
        return float(np.sum((apply_similarity(transform, points) - targets) ** 2))

    for _ in range(200):
        a, b, x, y = rng.normal(scale=0.1, size=4)
        assert cost(best) <= cost(best + np.array([[a, -b, x], [b, a, y]]))


def test_the_fit_never_mirrors() -> None:
    points = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 3.0]])
    fitted = fit_similarity(points, points * [-1, 1])
    assert np.linalg.det(fitted[:, :2]) > 0


def test_points_that_coincide_have_no_scale() -> None:
    assert similarity_scale(fit_similarity(np.ones((3, 2)), np.eye(3)[:, :2])) == 0


def test_a_similarity_has_the_scale_the_turn_and_the_point_it_was_made_with() -> None:
    transform = similarity_about((3, 4), (-7, 9), scale=2.5, turn=math.radians(30))
    assert similarity_scale(transform) == pytest.approx(2.5)
    assert similarity_turn(transform) == pytest.approx(math.radians(30))
    np.testing.assert_allclose(apply_similarity(transform, np.array([3, 4])), [-7, 9])


def test_the_inverse_leads_back() -> None:
    transform = similarity_about((3, 4), (-7, 9), scale=2.5, turn=1.0)
    points = np.array([[1.0, 2.0], [-30.0, 4.5]])
    there = apply_similarity(transform, points)
    np.testing.assert_allclose(apply_similarity(invert_similarity(transform), there), points)
