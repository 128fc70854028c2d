"""Videos in a job: one row for each person, and everything else as for photos."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.batch.correction import correct_face
from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress
from core.batch.outcome import PhotoAnswer
from core.batch.record import Correction, JobCounts, LabelledPhoto, PhotoState
from core.batch.scan import SkippedFile, scan
from core.batch.store import BatchStore
from core.types import Box, Detection, FaceSpan, Gender, Image
from core.video_labelling import Trail
from tests.core.batch.builders import (
    OTHER_RECIPE,
    RECIPE,
    ColourDetector,
    make_face,
    make_run,
    photos_of,
    run_job,
    write_film,
    write_frames,
    write_photo,
)

NOBODY = (0, 0, 0)
WOMAN_OF_30 = (30, 0, 255)
MAN_OF_60 = (60, 0, 0)


class OpenDetector(ColourDetector):
    """Looks on only when it is let; tells when it has begun."""

    def __init__(self, begun: threading.Event, go_on: threading.Event) -> None:
        super().__init__()
        self._begun = begun
        self._go_on = go_on

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        self._begun.set()
        self._go_on.wait(10)
        return super().detect_photo(image)


def test_each_person_of_a_video_is_a_face_with_the_seconds_of_their_stay(
    store: BatchStore, tmp_path: Path
) -> None:
    away = [NOBODY] * 75
    write_film(tmp_path / "film.mkv", [WOMAN_OF_30] * 50 + away + [MAN_OF_60] * 50)
    job, progress = run_job(store, [tmp_path])
    (video,) = photos_of(store, job)
    woman, man = video.faces
    assert (woman.number, man.number) == (1, 2)
    assert (woman.gender, man.gender) == (Gender.FEMALE, Gender.MALE)
    assert woman.age_years == pytest.approx(30, abs=2)
    assert man.age_years == pytest.approx(60, abs=2)
    assert woman.span is not None
    assert man.span is not None
    assert woman.span.from_s == 0
    assert man.span.from_s == pytest.approx(5.0)
    assert woman.span.to_s == pytest.approx(2.0, abs=0.3)
    assert woman.span.from_s <= woman.span.frame_s <= woman.span.to_s
    assert woman.face.quality is not None
    assert (video.facts.width_px, video.facts.height_px) == (64, 48)
    assert (progress[-1].total, progress[-1].done, progress[-1].videos) == (1, 1, 1)
    assert progress[-1].faces == 2
    assert video.facts.note is None


def test_a_video_without_anybody_is_done(store: BatchStore, tmp_path: Path) -> None:
    write_film(tmp_path / "night.mkv", [NOBODY] * 20)
    job, _ = run_job(store, [tmp_path])
    (video,) = photos_of(store, job)
    assert (video.facts.state, video.facts.is_video, video.faces) == (PhotoState.DONE, True, ())


class BlindDetector(ColourDetector):
    """Sees nobody."""

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        return ()


def test_a_video_in_which_nobody_could_be_seen_says_why(store: BatchStore, tmp_path: Path) -> None:
    night = np.zeros((48, 64, 3), np.uint8)
    stripes = night.copy()
    stripes[::6] = 100
    write_frames(tmp_path / "night.mkv", [night] * 20)
    write_frames(tmp_path / "stripes.mkv", [night] * 20 + [stripes] * 20)
    job = store.create_job("job", [tmp_path], RECIPE)
    list(make_run(store, job, make_detector=BlindDetector).run())
    notes = {video.path.stem: video.facts.note for video in photos_of(store, job)}
    assert notes == {"night": "It is very dark: faces may stay unseen.", "stripes": None}


def test_photos_are_labelled_before_videos(store: BatchStore, tmp_path: Path) -> None:
    write_film(tmp_path / "a.mkv", [WOMAN_OF_30] * 50)
    write_photo(tmp_path / "b.png", MAN_OF_60)
    begun, go_on = threading.Event(), threading.Event()
    job = store.create_job("job", [tmp_path], RECIPE)
    run = make_run(store, job, make_detector=lambda: OpenDetector(begun, go_on)).run()
    for progress in run:
        if progress.done == 1:
            assert [photo.facts.state for photo in photos_of(store, job)] == [
                PhotoState.WAITING,
                PhotoState.DONE,
            ]
        go_on.set()
    assert store.counts(job.id).done == 2


def test_a_video_that_breaks_off_shows_who_was_seen_before_with_a_note(
    store: BatchStore, tmp_path: Path
) -> None:
    whole = write_film(tmp_path / "film.mkv", [WOMAN_OF_30] * 250).read_bytes()
    (tmp_path / "film.mkv").write_bytes(whole[: len(whole) // 2])
    job, _ = run_job(store, [tmp_path])
    (video,) = photos_of(store, job)
    assert video.facts.note is not None
    assert "breaks off at 0:0" in video.facts.note
    assert [face.gender for face in video.faces] == [Gender.FEMALE]


def test_a_video_that_is_none_is_a_sentence_and_the_others_follow(
    store: BatchStore, tmp_path: Path
) -> None:
    (tmp_path / "a.mp4").write_text("no video")
    (tmp_path / "b.mp4").touch()
    write_film(tmp_path / "c.mkv", [WOMAN_OF_30] * 10)
    job, progress = run_job(store, [tmp_path])
    errors = [photo.facts.error for photo in photos_of(store, job)]
    assert errors == [
        "a.mp4 is not a video that Visage can play.",
        "b.mp4 is empty: it has zero bytes.",
        None,
    ]
    assert (progress[-1].failed, progress[-1].done) == (2, 1)


@pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
def test_what_is_called_a_video_and_is_a_pipe_is_not_waited_for(
    store: BatchStore, tmp_path: Path
) -> None:
    write_film(tmp_path / "film.mkv", [WOMAN_OF_30] * 10)
    job = store.create_job("job", [tmp_path], RECIPE)
    run = make_run(store, job).run()
    assert next(run).is_scanning
    (tmp_path / "film.mkv").unlink()
    os.mkfifo(tmp_path / "film.mkv")
    list(run)
    error = photos_of(store, job)[0].facts.error
    assert error == "film.mkv is no file but a pipe, a socket or a device, and is not read."


def test_a_video_that_is_changed_while_it_is_read_is_a_sentence(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_film(tmp_path / "film.mkv", [WOMAN_OF_30] * 50)

    class ChangingDetector(ColourDetector):
        def detect_photo(self, image: Image) -> tuple[Detection, ...]:
            os.utime(path, ns=(1, 1))
            return super().detect_photo(image)

    job = store.create_job("job", [tmp_path], RECIPE)
    list(make_run(store, job, make_detector=ChangingDetector).run())
    error = photos_of(store, job)[0].facts.error
    assert error == "film.mkv was changed after it was found. Try it again."


def begin_a_long_video(
    store: BatchStore, folder: Path, control: JobControl
) -> tuple[threading.Thread, list[JobProgress]]:
    """A job on a video of a minute, each look at which takes a tenth of a second."""
    write_film(folder / "long.mkv", [WOMAN_OF_30] * 1500)

    class SlowDetector(ColourDetector):
        def detect_photo(self, image: Image) -> tuple[Detection, ...]:
            time.sleep(0.1)
            return super().detect_photo(image)

    told: list[JobProgress] = []

    def work() -> None:
        with BatchStore.open(store.database.path) as own:
            job = own.create_job("job", [folder], RECIPE)
            for progress in make_run(own, job, control, make_detector=SlowDetector).run():
                told.append(progress)  # noqa: PERF402  it is read meanwhile

    thread = threading.Thread(target=work)
    thread.start()
    return thread, told


def wait_until(is_so: Callable[[], object]) -> None:
    end_s = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end_s
        time.sleep(0.01)


def test_progress_tells_how_far_a_long_video_is_and_a_cancel_ends_it_within_a_second(
    store: BatchStore, tmp_path: Path
) -> None:
    control = JobControl()
    thread, told = begin_a_long_video(store, tmp_path, control)
    wait_until(lambda: told and told[-1].in_hand and told[-1].in_hand[0].time_s > 0.5)
    (place,) = told[-1].in_hand
    assert place.path == tmp_path / "long.mkv"
    assert place.length_s == pytest.approx(60)
    assert 0 < told[-1].share < 0.5
    begun_s = time.monotonic()
    control.cancel()
    thread.join(10)
    assert time.monotonic() - begun_s < 1
    (job,) = store.jobs()
    assert store.counts(job.id).waiting == 1, "it is read again from its beginning"


def test_a_pause_takes_effect_in_the_middle_of_a_video(store: BatchStore, tmp_path: Path) -> None:
    control = JobControl()
    thread, told = begin_a_long_video(store, tmp_path, control)
    wait_until(lambda: told and told[-1].in_hand)
    control.pause()
    wait_until(lambda: told[-1].is_paused)
    time.sleep(0.3)
    (before,), count = told[-1].in_hand, len(told)
    control.resume()
    wait_until(lambda: len(told) > count and told[-1].in_hand[0].time_s > before.time_s)
    control.cancel()
    thread.join(10)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")
def test_a_job_killed_in_the_middle_of_a_video_reads_it_again_and_nothing_else(
    store: BatchStore, tmp_path: Path
) -> None:
    write_photo(tmp_path / "album" / "photo.png", MAN_OF_60)
    write_film(tmp_path / "album" / "film.mkv", [WOMAN_OF_30] * 50)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(store.database.path), str(job.id)], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert store.counts(job.id) == JobCounts(waiting=1, done=1, faces=1, videos=1, waiting_videos=1)
    detector = ColourDetector()
    list(make_run(store, job, make_detector=lambda: detector).run())
    assert detector.look_count == 10, "of the video alone, from its beginning"
    video, _ = photos_of(store, job)
    assert [face.span is not None and face.span.from_s for face in video.faces] == [0]


KILLED = """
import os, signal, sys, time
from pathlib import Path
from core.batch.store import BatchStore
from tests.core.batch.builders import ColourDetector, make_run

class KillingDetector(ColourDetector):
    def detect_frame(self, image, time_s):
        time.sleep(0.2)
        if time_s > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().detect_frame(image, time_s)

with BatchStore.open(Path(sys.argv[1])) as store:
    list(make_run(store, store.job(int(sys.argv[2])), make_detector=KillingDetector).run())
"""


def test_an_unchanged_or_moved_video_is_answered_from_the_store(
    store: BatchStore, tmp_path: Path
) -> None:
    film = write_film(tmp_path / "film.mkv", [WOMAN_OF_30] * 50)
    first, _ = run_job(store, [tmp_path])
    (known,) = photos_of(store, first)
    detector = ColourDetector()
    for name in ("film.mkv", "moved.mkv"):
        film = film.rename(tmp_path / name)
        job = store.create_job("again", [film], RECIPE)
        list(make_run(store, job, make_detector=lambda: detector).run())
        assert detector.look_count == 0
        (video,) = photos_of(store, job)
        assert [face.span for face in video.faces] == [face.span for face in known.faces]


SPANS = FaceSpan(0, 9, 2), FaceSpan(1, 8, 5)
LEFT, RIGHT = Box(10, 20, 50, 60), Box(100, 20, 140, 60)


def trail(*places: tuple[float, Box]) -> Trail:
    made = Trail()
    for time_s, box in places:
        made.add(time_s, box)
    return made


def answered_video(store: BatchStore, tmp_path: Path) -> tuple[LabelledPhoto, int]:
    """A video with two people, the second of whom, on the right at 5 s, is corrected."""
    job = store.create_job("job", [tmp_path / "film.mkv"], RECIPE)
    (tmp_path / "film.mkv").touch()
    store.add_findings(job.id, scan(job.roots))
    (video,) = store.waiting_photos(job.id, 0, 9, is_video=True)
    faces = [make_face(30, box=LEFT), make_face(50, box=RIGHT)]
    answer = PhotoAnswer(
        video.id, b"a" * 32, 200, 80, faces, spans=SPANS, trails=[Trail(), Trail()]
    )
    store.store_outcomes(RECIPE.to_text(), [answer])
    (photo,) = photos_of(store, job)
    correct_face(store.database, photo.faces[1].id, Correction(age_years=77))
    store.ask_anew(job.id, OTHER_RECIPE)
    return photo, job.id


def test_a_correction_moves_to_whoever_was_there_in_the_frame_that_was_corrected(
    store: BatchStore, tmp_path: Path
) -> None:
    _, job_id = answered_video(store, tmp_path)
    (video,) = store.waiting_photos(job_id, 0, 9, is_video=True)
    # By now the best frames are others, in which each stands where the other one did.
    faces = [make_face(33, box=RIGHT), make_face(51, box=LEFT)]
    trails = [trail((5.1, LEFT), (7, RIGHT)), trail((4.9, RIGHT), (7, LEFT))]
    spans = [FaceSpan(0, 9, 7), FaceSpan(1, 8, 7)]
    answer = PhotoAnswer(video.id, b"a" * 32, 200, 80, faces, spans=spans, trails=trails)
    store.store_outcomes(OTHER_RECIPE.to_text(), [answer])
    (photo,) = photos_of(store, store.job(job_id))
    assert [(face.number, face.age_years) for face in photo.faces] == [(1, 33), (2, 77)]
    assert [face.span for face in photo.faces] == spans


def test_a_corrected_person_who_is_seen_no_more_stays(store: BatchStore, tmp_path: Path) -> None:
    _, job_id = answered_video(store, tmp_path)
    (video,) = store.waiting_photos(job_id, 0, 9, is_video=True)
    elsewhere = trail((4.9, LEFT), (9, RIGHT))
    faces, spans = [make_face(33, box=LEFT)], [FaceSpan(2, 9, 4.9)]
    answer = PhotoAnswer(video.id, b"a" * 32, 200, 80, faces, spans=spans, trails=[elsewhere])
    store.store_outcomes(OTHER_RECIPE.to_text(), [answer])
    (photo,) = photos_of(store, store.job(job_id))
    assert [(face.number, face.age_years) for face in photo.faces] == [(1, 77), (2, 33)]


def test_what_an_older_visage_left_out_as_a_video_is_found_again(
    store: BatchStore, tmp_path: Path
) -> None:
    film = write_film(tmp_path / "album" / "film.mkv", [WOMAN_OF_30] * 10)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    store.add_findings(job.id, [SkippedFile(film, "It is a video.")])
    list(make_run(store, job).run())
    assert store.counts(job.id) == JobCounts(done=1, faces=1, videos=1)
