"""The numbers beside a chart."""

from collections.abc import Iterator
from itertools import count

MAX_STEPS = 5


def nice_ticks(highest: int) -> tuple[int, ...]:
    """Whole numbers from 0 to `highest` or a little above it, in steps of 1, 2 or 5 times ten."""
    step = next(step for step in _steps() if step * MAX_STEPS >= highest)
    last = -(-max(1, highest) // step)
    return tuple(step * number for number in range(last + 1))


def _steps() -> Iterator[int]:
    return ((1, 2, 5)[number % 3] * 10 ** (number // 3) for number in count())
