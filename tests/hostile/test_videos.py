"""Damaged videos: each plays or is a sentence, in bounded memory and time."""

import collections

from tests.hostile.child import outcomes, run_function
from tests.hostile.videos import read_mutated

SHORT_RUN = 100
PER_CHILD = 500


def test_each_damaged_video_plays_or_is_a_sentence(thousands: int) -> None:
    total: collections.Counter[str] = collections.Counter()
    peak_mb = 0.0
    count = 1000 * thousands or SHORT_RUN
    for begin in range(0, count, PER_CHILD):
        ending = run_function(read_mutated, begin, min(PER_CHILD, count), time_s=1800)
        total += outcomes(ending)
        peak_mb = max(peak_mb, ending.peak_mb)
    print(f"\n{dict(total)}, at most {peak_mb:.0f} MB")
    assert sum(total.values()) == count
    assert min(total["video"], total["sentence"]) > 0.1 * count
