"""Fixtures for every test of training."""

from collections.abc import Iterator

import keras
import pytest


@pytest.fixture(autouse=True)
def _precision_is_left_as_it_was() -> Iterator[None]:
    """A run computes in the precision that suits it; the next test has none of that."""
    policy = keras.mixed_precision.dtype_policy()
    yield
    keras.mixed_precision.set_global_policy(policy)
