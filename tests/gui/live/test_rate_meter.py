import pytest

from gui.live.rate_meter import RateMeter


def test_the_rate_is_that_of_the_last_second() -> None:
    meter = RateMeter()
    for index in range(90):
        meter.note(index / 30)
    assert meter.per_second(3.0) == pytest.approx(30)


def test_nothing_for_a_second_is_a_rate_of_zero() -> None:
    meter = RateMeter()
    meter.note(0.0)
    meter.note(0.1)
    assert meter.per_second(5.0) == 0
