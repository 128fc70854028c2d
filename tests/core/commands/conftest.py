"""A Ctrl+C that ends with the test."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def own_control_c() -> Iterator[None]:
    """The test may send Ctrl+C, and change what it does."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
