"""A Ctrl+C that ends with the test."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def own_control_c() -> Iterator[None]:
    """The test may send Ctrl+C or ask the program to end, and change what that does."""
    before = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for ending, answer in before.items():
        signal.signal(ending, answer)
