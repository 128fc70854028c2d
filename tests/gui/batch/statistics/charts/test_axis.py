import pytest

from gui.batch.statistics.charts.axis import nice_ticks


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (6, (0, 2, 4, 6)),
        (487, (0, 100, 200, 300, 400, 500)),
        (50_001, (0, 20_000, 40_000, 60_000)),
    ],
)
def test_ticks_are_round_and_reach_the_highest_value(highest: int, ticks: tuple[int, ...]) -> None:
    assert nice_ticks(highest) == ticks
