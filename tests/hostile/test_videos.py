"""Damaged videos: each plays or is a sentence, in bounded memory and time."""

import collections
from pathlib import Path

import pytest

from core.sources.ffmpeg_memory import bound_memory
from tests.hostile.child import outcomes, run_function
from tests.hostile.video_bombs import VIDEO_BOMBS, make_video_bombs, play_folder
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


@pytest.mark.skipif(not bound_memory(), reason="OpenCV's package keeps FFmpeg to itself")
def test_no_bomb_goes_off_in_a_video(tmp_path: Path) -> None:
    run_function(make_video_bombs, str(tmp_path), memory_mb=4000).check()
    ending = run_function(play_folder, str(tmp_path), memory_mb=400)
    assert outcomes(ending) == {"sentence": len(VIDEO_BOMBS)}
