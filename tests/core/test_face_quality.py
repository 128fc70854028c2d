import numpy as np
import pytest

from core.doubt import DOUBTFUL_BELOW, is_doubtful
from core.face_quality import face_quality
from core.types import Estimate
from tests.fakes import make_detection


def quality(side: float, low: float | None, high: float | None) -> float:
    return face_quality(make_detection(side=side), Estimate(40.0, low, high, 0.5))


def test_the_wider_the_range_the_lower_the_quality() -> None:
    qualities = [quality(120, 40 - half, 40 + half) for half in (3, 8, 15, 25)]
    assert np.all(np.diff(qualities) < 0)
    assert not is_doubtful(qualities[0])
    assert is_doubtful(qualities[-1])


def test_it_is_a_chance_whatever_the_face() -> None:
    for side in (1, 20, 5000):
        for half in (0, 60):
            assert 0 < quality(side, 40 - half, 40 + half) < 1


def test_a_model_without_ranges_has_a_usual_one() -> None:
    assert quality(60, None, None) == pytest.approx(quality(60, 32, 48))


def test_what_is_not_known_is_not_doubtful() -> None:
    assert not is_doubtful(None)
    assert not is_doubtful(DOUBTFUL_BELOW)


def test_a_face_of_more_px_than_a_chip_has_is_no_better_and_a_lower_one_is_another() -> None:
    assert quality(128, 32, 48) == quality(129, 32, 48) == quality(5000, 32, 48)
    assert quality(120, 32, 48) != pytest.approx(quality(128, 32, 48), abs=1e-6)
