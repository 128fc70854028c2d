import pytest

from core.batch.job_progress import JobProgress
from gui.batch.jobs.batch_session import BatchState
from gui.batch.jobs.progress_text import duration_words, progress_words

HALF = JobProgress(total=900, done=118, failed=2, faces=203, photos_per_s=24.04, time_left_s=32.4)
WHOLE = JobProgress(total=1204, done=1203, failed=1, faces=1)


@pytest.mark.parametrize(
    ("progress", "state", "words"),
    [
        (JobProgress(), BatchState.LOADING, "Opening…"),
        (
            JobProgress(is_scanning=True, total=1500),
            BatchState.RUNNING,
            "Looking for photos… 1,500 found",
        ),
        (HALF, BatchState.RUNNING, "120 of 900 photos · 203 faces · 24 photos/s · 32 s left"),
        (JobProgress(total=1), BatchState.RUNNING, "0 of 1 photo · 0 faces"),
        (HALF, BatchState.PAUSED, "Paused at 120 of 900 photos · 203 faces"),
        (HALF, BatchState.RESTING, "Stopped at 120 of 900 photos · 203 faces"),
        (WHOLE, BatchState.RESTING, "Done · 1,204 photos · 1 face"),
        (
            JobProgress(is_scanning=True, total=7),
            BatchState.RESTING,
            "Stopped while looking for photos · 7 found",
        ),
        (
            JobProgress(is_scanning=True, total=7),
            BatchState.PAUSED,
            "Paused while looking for photos · 7 found",
        ),
    ],
)
def test_the_words_fit_what_happens(progress: JobProgress, state: BatchState, words: str) -> None:
    assert progress_words(progress, state) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (40, "40 s"), (720, "12 min"), (7500, "2 h 5 min"), (3599, "1 h 0 min")],
)
def test_durations_are_short(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
