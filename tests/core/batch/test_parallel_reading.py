"""Photos are read by several threads and come back in order."""

from collections import deque
from concurrent.futures import Future
from pathlib import Path

from core.batch.job_control import JobControl
from core.batch.outcome import PhotoFailure
from core.batch.parallel_reading import _taken, read_in_parallel
from core.batch.photo_reader import Reading
from core.batch.record import WaitingPhoto


class NumberReader:
    """Answers each photo with a failure that bears its number."""

    def read(self, photo: WaitingPhoto) -> Reading | None:
        return PhotoFailure(photo.id, str(photo.path))


class LateFuture(Future[Reading | None]):
    """Is done just after whoever waits for it has given up."""

    def result(self, timeout: float | None = None) -> Reading | None:
        if timeout is not None:
            self.set_result(PhotoFailure(1, "late"))
            raise TimeoutError
        return super().result()


def test_readings_come_in_the_order_of_the_photos() -> None:
    photos = [WaitingPhoto(number, Path(f"{number}.jpg"), 0, 0) for number in range(60)]
    readings = read_in_parallel([NumberReader() for _ in range(3)], photos, JobControl())
    assert [one.photo_id for one in readings if one is not None] == list(range(60))


def test_a_photo_that_is_ready_just_after_a_look_is_taken_at_the_next() -> None:
    late = LateFuture()
    ahead: deque[Future[Reading | None]] = deque([late])
    assert _taken(ahead, in_order=True) is None
    late.set_result(PhotoFailure(1, "late"))
    assert _taken(ahead, in_order=True) == PhotoFailure(1, "late")
    assert not ahead
