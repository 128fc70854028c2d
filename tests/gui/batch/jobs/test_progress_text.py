from dataclasses import replace
from pathlib import Path

import pytest

from core.batch.job_progress import JobProgress, VideoPlace
from gui.batch.jobs.batch_session import BatchState
from gui.batch.jobs.progress_text import duration_words, progress_words
from gui.language.translation import speak

HALF = JobProgress(total=900, done=118, failed=2, faces=203, photos_per_s=24.04, time_left_s=32.4)
PLACE = VideoPlace(Path("/films/clip.mp4"), 125, 3700)
FILMS = JobProgress(total=9, done=3, faces=7, videos=2, photos_per_s=2, in_hand=[PLACE])
FILMS_DONE = "Done · 7 photos, 2 videos · 0 faces"
WHOLE = JobProgress(total=1204, done=1203, failed=1, faces=1)


@pytest.mark.parametrize(
    ("progress", "state", "words"),
    [
        (JobProgress(), BatchState.LOADING, "Opening…"),
        (
            JobProgress(is_scanning=True, total=1500),
            BatchState.RUNNING,
            "Looking for photos and videos… 1,500 found",
        ),
        (HALF, BatchState.RUNNING, "120 of 900 photos · 203 faces · 32 s left · 24 photos/s"),
        (JobProgress(total=1), BatchState.RUNNING, "0 of 1 photo · 0 faces"),
        (HALF, BatchState.PAUSED, "Paused at 120 of 900 photos · 203 faces"),
        (HALF, BatchState.RESTING, "Stopped at 120 of 900 photos · 203 faces"),
        (FILMS, BatchState.RUNNING, "3 of 9 files · 7 faces · clip.mp4: 2:05 of 1:01:40"),
        (FILMS, BatchState.PAUSED, "Paused at 3 of 9 files · 7 faces"),
        (JobProgress(total=9, done=9, videos=2), BatchState.RESTING, FILMS_DONE),
        (JobProgress(total=2, done=2, videos=2), BatchState.RESTING, "Done · 2 videos · 0 faces"),
        (WHOLE, BatchState.RESTING, "Done · 1,204 photos · 1 face"),
        (
            JobProgress(is_scanning=True, total=7),
            BatchState.RESTING,
            "Stopped while looking for photos and videos · 7 found",
        ),
        (
            JobProgress(is_scanning=True, total=7),
            BatchState.PAUSED,
            "Paused while looking for photos and videos · 7 found",
        ),
    ],
)
def test_the_words_fit_what_happens(progress: JobProgress, state: BatchState, words: str) -> None:
    assert progress_words(progress, state) == words


@pytest.mark.parametrize(
    ("language", "rate", "words"),
    [
        ("en", 0.4, "0.4 photos/s"),
        ("en", 1.5, "1.5 photos/s"),
        ("en", 24.04, "24 photos/s"),
        ("fr", 0.4, "0,4 photo/s"),
        ("fr", 1.94, "1,9 photo/s"),
        ("fr", 1.96, "2,0 photos/s"),
        ("fr", 24.04, "24 photos/s"),
    ],
)
def test_a_speed_has_the_plural_of_its_language(
    english: None, language: str, rate: float, words: str
) -> None:
    speak(language)
    shown = progress_words(replace(HALF, photos_per_s=rate), BatchState.RUNNING)
    assert shown.split(" · ")[-1] == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (40, "40 s"), (720, "12 min"), (7500, "2 h 5 min"), (3599, "1 h 0 min")],
)
def test_durations_are_short(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
