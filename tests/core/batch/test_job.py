import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray

from core import photo_labelling
from core.batch import photo_reader
from core.batch.correction import correct_face
from core.batch.job_control import JobControl
from core.batch.record import Correction, JobCounts, PhotoState
from core.batch.scan import scan
from core.batch.store import BatchStore
from core.errors import ModelError, StoreError
from core.faces.alignment import align_faces
from core.sources import file_check
from core.types import Detection, Gender, Image
from tests.core.batch.builders import (
    OTHER_RECIPE,
    RECIPE,
    ColourDetector,
    make_run,
    photos_of,
    run_job,
    write_album,
    write_photo,
)
from tests.fakes import FunctionEngine, Outputs, make_detection, red_and_blue

Detectors = list[ColourDetector]


@pytest.fixture
def detectors() -> Detectors:
    """Every detector that a run made."""
    return []


@pytest.fixture
def make_detector(detectors: Detectors) -> Callable[[], ColourDetector]:
    def make() -> ColourDetector:
        detectors.append(ColourDetector())
        return detectors[-1]

    return make


def test_every_photo_gets_its_faces_in_the_order_of_the_scan(
    store: BatchStore, tmp_path: Path
) -> None:
    paths = write_album(tmp_path / "album", 40)
    job, progress = run_job(store, [tmp_path / "album"])
    photos = photos_of(store, job)
    assert [photo.path for photo in photos] == paths
    ages = [photo.faces[0].age_years for photo in photos]
    assert ages == pytest.approx([2 * n + 20 for n in range(40)], abs=0.5)
    assert photos[0].faces[0].gender is Gender.MALE
    last = progress[-1]
    assert (last.total, last.done, last.failed, last.faces) == (40, 40, 0, 40)
    assert last.time_left_s == 0


def test_faces_of_several_photos_are_estimated_in_one_call(
    store: BatchStore, tmp_path: Path
) -> None:
    write_album(tmp_path, 16)
    engine = FunctionEngine(red_and_blue)
    job = store.create_job("job", [tmp_path], RECIPE)
    list(make_run(store, job, engine=engine).run())
    warm_up, *calls = engine.batch_sizes
    assert warm_up == 1
    assert sum(calls) == 16
    assert len(calls) < 16


class CrowdDetector(ColourDetector):
    """Seventy faces, side by side."""

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        return tuple(make_detection(left=20.0 * number, top=5, side=20) for number in range(70))


def test_the_faces_of_a_crowd_are_cropped_and_estimated_a_few_at_a_time(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_labelling, "MOST_FACES", 70)
    cropped: list[int] = []

    def crop(image: Image, found: Sequence[Detection], size_px: int) -> Image:
        cropped.append(len(found))
        return align_faces(image, found, size_px)

    monkeypatch.setattr(photo_labelling, "align_faces", crop)
    for age_years in (50, 60):
        write_photo(tmp_path / f"{age_years}.png", (age_years, 0, 0), (1400, 40))
    job = store.create_job("job", [tmp_path], RECIPE)
    list(make_run(store, job, make_detector=CrowdDetector).run())
    assert sorted(cropped) == [0, 0, 6, 6, 32, 32, 32, 32]
    for photo, age_years in zip(photos_of(store, job), (50, 60), strict=True):
        assert [face.age_years for face in photo.faces] == [age_years] * 70
        assert photo.facts.note == "It shows 1,000 faces or more, of which the surest are given."


def test_boxes_are_in_px_of_the_full_photo(store: BatchStore, tmp_path: Path) -> None:
    write_photo(tmp_path / "large.jpg", size=(4000, 3000))
    job, _ = run_job(store, [tmp_path])
    (photo,) = photos_of(store, job)
    assert (photo.facts.width_px, photo.facts.height_px) == (4000, 3000)
    assert photo.faces[0].face.box.left == pytest.approx(1000)
    assert photo.faces[0].landmarks[:, 0].max() > 1000


def test_a_photo_without_a_face_is_done(store: BatchStore, tmp_path: Path) -> None:
    write_photo(tmp_path / "night.png", (0, 0, 0))
    job, _ = run_job(store, [tmp_path])
    (photo,) = photos_of(store, job)
    assert (photo.facts.state, photo.faces) == (PhotoState.DONE, ())


def test_a_broken_photo_is_a_sentence_and_the_others_follow(
    store: BatchStore, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"")
    (tmp_path / "b.jpg").write_text("no picture")
    whole = write_photo(tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "c.jpg").write_bytes(whole[: len(whole) // 2])
    job, progress = run_job(store, [tmp_path])
    errors = [photo.facts.error for photo in photos_of(store, job)]
    assert errors == [
        "a.jpg is empty: it has zero bytes.",
        "b.jpg is not a picture that Visage can read.",
        "c.jpg is damaged or incomplete and could not be read to its end.",
        None,
    ]
    assert (progress[-1].failed, progress[-1].done) == (3, 1)


def test_a_photo_deleted_after_the_scan_is_a_sentence(store: BatchStore, tmp_path: Path) -> None:
    paths = write_album(tmp_path, 3)
    job = store.create_job("job", [tmp_path], RECIPE)
    run = make_run(store, job).run()
    assert next(run).is_scanning
    paths[1].unlink()
    list(run)
    states = [photo.facts.state for photo in photos_of(store, job)]
    assert states == [PhotoState.DONE, PhotoState.FAILED, PhotoState.DONE]
    error = photos_of(store, job)[1].facts.error
    assert error == "001.png does not exist. Was it moved or renamed?"


def test_a_folder_that_vanishes_after_the_scan_is_a_sentence_per_photo(
    store: BatchStore, tmp_path: Path
) -> None:
    write_album(tmp_path / "album", 3)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    run = make_run(store, job).run()
    next(run)
    (tmp_path / "album").rename(tmp_path / "elsewhere")
    list(run)
    assert all("does not exist" in (photo.facts.error or "") for photo in photos_of(store, job))


def test_a_photo_changed_after_the_scan_is_a_sentence_and_can_be_tried_again(
    store: BatchStore, tmp_path: Path
) -> None:
    (path,) = write_album(tmp_path, 1)
    job = store.create_job("job", [tmp_path], RECIPE)
    run = make_run(store, job).run()
    next(run)
    write_photo(path, (90, 0, 0), size=(100, 90))
    list(run)
    (photo,) = photos_of(store, job)
    assert photo.facts.error == "000.png was changed after it was found. Try it again."
    store.retry_failed(job.id)
    list(make_run(store, job).run())
    (photo,) = photos_of(store, job)
    assert photo.facts.error is None
    assert photo.faces[0].age_years == pytest.approx(90, abs=0.5)


def test_a_bug_in_one_photo_is_a_row_and_not_the_end(store: BatchStore, tmp_path: Path) -> None:
    class BrokenDetector(ColourDetector):
        def detect_photo(self, image: Image) -> tuple[()]:
            raise ZeroDivisionError

    write_album(tmp_path, 2)
    job = store.create_job("job", [tmp_path], RECIPE)
    list(make_run(store, job, make_detector=BrokenDetector).run())
    errors = {photo.facts.error for photo in photos_of(store, job)}
    assert errors == {"A fault in Visage stopped this photo (ZeroDivisionError)."}


def test_duplicates_within_a_job_are_labelled_once(
    store: BatchStore, tmp_path: Path, make_detector: Callable[[], ColourDetector]
) -> None:
    for name in ("a", "b", "c"):
        write_photo(tmp_path / f"{name}.png", (80, 0, 0))
    engine = FunctionEngine(red_and_blue)
    job = store.create_job("job", [tmp_path], RECIPE)
    list(make_run(store, job, engine=engine, make_detector=make_detector).run())
    assert engine.batch_sizes == [1, 1]
    ages = [photo.faces[0].age_years for photo in photos_of(store, job)]
    assert ages == pytest.approx([80] * 3, abs=0.5)


def test_an_unchanged_photo_is_answered_from_the_store_without_its_corrections(
    store: BatchStore,
    tmp_path: Path,
    make_detector: Callable[[], ColourDetector],
    detectors: Detectors,
) -> None:
    write_album(tmp_path, 3)
    first, _ = run_job(store, [tmp_path])
    correct_face(store.database, photos_of(store, first)[0].faces[0].id, Correction(age_years=77))
    again = store.create_job("again", [tmp_path], RECIPE)
    list(make_run(store, again, make_detector=make_detector).run())
    assert detectors == []
    ages = [photo.faces[0].age_years for photo in photos_of(store, again)]
    assert ages == pytest.approx([20, 22, 24], abs=0.5)


def test_a_moved_photo_is_known_by_its_content(
    store: BatchStore,
    tmp_path: Path,
    make_detector: Callable[[], ColourDetector],
    detectors: Detectors,
) -> None:
    (path,) = write_album(tmp_path, 1)
    run_job(store, [tmp_path])
    path.rename(tmp_path / "renamed.png")
    again = store.create_job("again", [tmp_path], RECIPE)
    list(make_run(store, again, make_detector=make_detector).run())
    assert sum(detector.look_count for detector in detectors) == 0
    assert photos_of(store, again)[0].faces[0].age_years == pytest.approx(20, abs=0.5)


def test_another_model_or_a_changed_photo_is_labelled_anew(
    store: BatchStore,
    tmp_path: Path,
    make_detector: Callable[[], ColourDetector],
    detectors: Detectors,
) -> None:
    paths = write_album(tmp_path, 2)
    run_job(store, [tmp_path], OTHER_RECIPE)
    job, _ = run_job(store, [tmp_path])
    assert all(photo.faces for photo in photos_of(store, job))
    write_photo(paths[0], (200, 0, 0))
    again = store.create_job("again", [tmp_path], RECIPE)
    list(make_run(store, again, make_detector=make_detector).run())
    assert sum(detector.look_count for detector in detectors) == 1
    assert photos_of(store, again)[0].faces[0].age_years == pytest.approx(200, abs=0.5)


def test_a_cancelled_job_keeps_what_is_done_and_goes_on_later(
    store: BatchStore, tmp_path: Path
) -> None:
    write_album(tmp_path, 60)
    control = JobControl()
    job = store.create_job("job", [tmp_path], RECIPE)
    run = make_run(store, job, control)
    for progress in run.run():
        if progress.done:
            control.cancel()
    done = store.counts(job.id).done
    assert 0 < done < 60
    list(make_run(store, job).run())
    assert store.counts(job.id).done == 60
    assert [len(photo.faces) for photo in photos_of(store, job)] == [1] * 60


def test_a_job_cancelled_while_it_scans_is_scanned_later(store: BatchStore, tmp_path: Path) -> None:
    write_album(tmp_path, 3)
    control = JobControl()
    control.cancel()
    job = store.create_job("job", [tmp_path], RECIPE)
    assert list(make_run(store, job, control).run()) == []
    assert not store.job(job.id).is_scanned
    list(make_run(store, job).run())
    assert store.counts(job.id).done == 3


def test_a_paused_job_begins_nothing_until_it_is_resumed(store: BatchStore, tmp_path: Path) -> None:
    class ResumingControl(JobControl):
        """Resumes as soon as the job waits, and notes what was done then."""

        done: int | None = None

        def wait_while_paused(self) -> None:
            if self.is_paused:
                self.done = store.counts(job.id).done
                self.resume()
            super().wait_while_paused()

    write_album(tmp_path, 100)
    control = ResumingControl()
    job = store.create_job("job", [tmp_path], RECIPE)
    states = []
    for progress in make_run(store, job, control).run():
        states.append(progress.is_paused)
        if progress.done and control.done is None:
            control.pause()
    assert control.done is not None
    assert 0 < control.done < 100
    assert True in states
    assert store.counts(job.id).done == 100


def test_a_closed_generator_ends_its_threads(store: BatchStore, tmp_path: Path) -> None:
    write_album(tmp_path, 60)
    job = store.create_job("job", [tmp_path], RECIPE)
    before = set(threading.enumerate())
    run = make_run(store, job).run()
    while next(run).done == 0:
        pass
    assert set(threading.enumerate()) > before
    run.close()
    assert set(threading.enumerate()) == before


def test_a_model_that_fails_stops_the_job_which_can_be_resumed(
    store: BatchStore, tmp_path: Path
) -> None:
    calls: Iterator[int] = iter(range(100))

    def fail_later(images: NDArray[np.float32]) -> Outputs:
        if next(calls) == 2:
            raise ModelError("The model broke.")
        return red_and_blue(images)

    write_album(tmp_path, 60)
    job = store.create_job("job", [tmp_path], RECIPE)
    with pytest.raises(ModelError, match="The model broke"):
        list(make_run(store, job, engine=FunctionEngine(fail_later)).run())
    assert 0 < store.counts(job.id).done < 60
    list(make_run(store, job).run())
    assert store.counts(job.id).done == 60


def test_only_a_few_photos_are_read_ahead_of_the_engine(
    store: BatchStore,
    tmp_path: Path,
    make_detector: Callable[[], ColourDetector],
    detectors: Detectors,
) -> None:
    blocked = Event()

    def note_reads(images: NDArray[np.float32]) -> Outputs:
        if detectors and not blocked.is_set():
            blocked.set()
            note_reads.looks = sum(detector.look_count for detector in detectors)  # type: ignore[attr-defined]
        return red_and_blue(images)

    write_album(tmp_path, 100)
    job = store.create_job("job", [tmp_path], RECIPE)
    engine = FunctionEngine(note_reads)
    list(make_run(store, job, engine=engine, make_detector=make_detector).run())
    assert note_reads.looks <= 16 + 16 + 2  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_names_of_any_kind_come_back_as_they_were(store: BatchStore, tmp_path: Path) -> None:
    names = [os.fsdecode(b"caf\xe9.png"), "two\nlines.png", "家族 Ελένη.png", "=1+1.png"]
    paths = {write_photo(tmp_path / name) for name in names}
    job, _ = run_job(store, [tmp_path])
    photos = photos_of(store, job)
    assert {photo.path for photo in photos} == paths
    assert all(photo.faces for photo in photos)


def test_a_disk_that_fills_up_stops_the_job_which_goes_on_later(
    store: BatchStore, tmp_path: Path
) -> None:
    write_album(tmp_path / "album", 60)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    with pytest.raises(StoreError, match="the disk is full"):
        for progress in make_run(store, job).run():
            if progress.done:
                list(store.database.rows("PRAGMA max_page_count = 1"))
    done = store.counts(job.id).done
    assert 0 < done < 60
    list(store.database.rows("PRAGMA max_page_count = 100000"))
    list(make_run(store, job).run())
    assert [len(photo.faces) for photo in photos_of(store, job)] == [1] * 60


def test_a_folder_that_loses_its_permission_midway_is_a_sentence_per_photo(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_for_real = file_check._open_without_waiting

    def refuse(path: str, flags: int) -> int:
        if Path(path).parent.name == "locked":
            raise PermissionError(13, "Permission denied")
        return open_for_real(path, flags)

    write_album(tmp_path / "locked", 2)
    write_album(tmp_path / "open", 1)
    job = store.create_job("job", [tmp_path / "locked", tmp_path / "open"], RECIPE)
    run = make_run(store, job).run()
    next(run)
    monkeypatch.setattr(file_check, "_open_without_waiting", refuse)
    list(run)
    assert [photo.facts.error for photo in photos_of(store, job)] == [
        "000.png may not be read. Check its permissions.",
        "001.png may not be read. Check its permissions.",
        None,
    ]


def test_a_photo_that_loses_its_permission_after_the_scan_is_a_row_with_the_reason(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_for_real = file_check._open_without_waiting

    def refuse(path: str, flags: int) -> int:
        if path == str(locked):
            raise PermissionError(13, "Permission denied")
        return open_for_real(path, flags)

    _, locked, _ = write_album(tmp_path / "album", 3)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    run = make_run(store, job).run()
    next(run)
    monkeypatch.setattr(file_check, "_open_without_waiting", refuse)
    list(run)
    reason = "001.png may not be read. Check its permissions."
    assert [photo.facts.error for photo in photos_of(store, job)] == [None, reason, None]


def test_a_job_that_is_deleted_while_it_runs_ends_and_harms_no_other(
    store: BatchStore, tmp_path: Path
) -> None:
    write_album(tmp_path / "album", 60)
    write_album(tmp_path / "other", 60)
    deleted = store.create_job("deleted", [tmp_path / "album"], RECIPE)
    other = store.create_job("other", [tmp_path / "other"], OTHER_RECIPE)
    for progress in make_run(store, deleted).run():
        if progress.done and not store.job(other.id).is_scanned:
            store.delete_job(deleted.id)
            store.add_findings(other.id, scan([tmp_path / "other"]))
            store.end_scan(other.id)
    assert store.counts(other.id) == JobCounts(waiting=60)
    assert store.database.row("SELECT count(*) FROM face") == (0,)


def test_a_huge_photo_is_a_sentence_and_is_not_decoded(store: BatchStore, tmp_path: Path) -> None:
    (tmp_path / "huge.ppm").write_bytes(b"P6 100000 100000 255\n" + bytes(100))
    job, _ = run_job(store, [tmp_path])
    (photo,) = photos_of(store, job)
    assert photo.facts.error is not None
    assert photo.facts.error.startswith("huge.ppm is too large: 100000 × 100000 pixels")


@pytest.mark.skipif(os.name == "nt", reason="such a file would fill the disk there")
def test_what_is_large_and_no_picture_is_not_read_to_its_end(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hash_content(path: Path, *_: object) -> bytes:
        raise AssertionError(f"{path.name} was hashed")

    for name, head, size_bytes in (("zeros.jpg", b"", 1 << 26), ("huge.tif", b"II*\0", 2 << 30)):
        (tmp_path / name).write_bytes(head)
        os.truncate(tmp_path / name, size_bytes)
    monkeypatch.setattr(photo_reader, "hash_content", hash_content)
    job, _ = run_job(store, [tmp_path / "huge.tif", tmp_path / "zeros.jpg"])
    assert [photo.facts.error for photo in photos_of(store, job)] == [
        "huge.tif is too large: its file has 2,147 MB, where 1,000 MB are the limit of its kind.",
        "zeros.jpg is not a picture that Visage can read.",
    ]


def test_a_job_that_is_cancelled_while_a_photo_is_hashed_leaves_it_waiting(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = JobControl()
    hash_content = photo_reader.hash_content

    def hash_cancelled(path: Path, is_cancelled: Callable[[], bool]) -> bytes | None:
        control.cancel()
        return hash_content(path, is_cancelled)

    write_album(tmp_path / "album", 2)
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    with monkeypatch.context() as patch:
        patch.setattr(photo_reader, "hash_content", hash_cancelled)
        list(make_run(store, job, control).run())
    assert store.counts(job.id) == JobCounts(waiting=2)
    list(make_run(store, job).run())
    assert store.counts(job.id).done == 2


def test_a_photo_with_the_wrong_ending_is_read_as_what_it_is(
    store: BatchStore, tmp_path: Path
) -> None:
    write_photo(tmp_path / "photo.png", (60, 0, 0)).rename(tmp_path / "photo.jpg")
    job, _ = run_job(store, [tmp_path])
    assert photos_of(store, job)[0].faces[0].age_years == pytest.approx(60, abs=0.5)
