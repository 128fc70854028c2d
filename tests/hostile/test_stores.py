"""Whatever is left of a store: it is used, or a sentence is said, and a repair makes it sound."""

from pathlib import Path

from tests.hostile.child import run_function
from tests.hostile.stores import try_mutated_stores


def test_mutated_stores_are_used_or_told_and_can_be_repaired(
    tmp_path: Path, thousands: int
) -> None:
    count = 1000 * thousands or 80
    ending = run_function(
        try_mutated_stores, str(tmp_path), 0, count, memory_mb=500, time_s=120 + 400 * thousands
    )
    ending.check()
    sound, told, repaired = map(int, ending.output.split())
    assert sound + told == count
    assert told > count / 10
    assert repaired > count / 10
