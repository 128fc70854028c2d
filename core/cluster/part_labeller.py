"""Labels the photos of one part, the way a local job does, in a worker of a cluster."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from core.batch.export.csv_file import Row, rows_of
from core.batch.file_stamp import file_stamp
from core.batch.job_control import JobControl
from core.batch.outcome import Outcome, PhotoAnswer, PhotoFailure
from core.batch.parallel_estimating import ParallelEstimator, is_full
from core.batch.parallel_reading import Reader, read_in_parallel
from core.batch.photo_reader import Reading
from core.batch.recipe import Recipe
from core.batch.record import LabelledFace, LabelledPhoto, PhotoFacts, PhotoState, WaitingPhoto
from core.closing import Closing
from core.cluster.part_file import PartFile
from core.cluster.storage import Storage, StorageError
from core.cluster.work import Part, WorkPhoto
from core.estimation.predictor import Predictor
from core.faces.versions import FLIP_AVERAGE
from core.types import FaceSpan

READING_THREADS = 2
"""Of one worker, which has one processor: one waits for a file while the other decodes."""

FETCHING_THREADS = 8
"""Likewise, where each photo is asked for over a network first."""


class NothingKnown:
    """What a reader asks of photos in a cluster, where no store knows any: `Lookup`."""

    def knows(self, content_hash: bytes) -> bool:
        return False

    def kept_faces(self, photo_id: int) -> Sequence[LabelledFace]:
        return ()

    def close(self) -> None:
        """There is nothing to release."""


@dataclass(frozen=True, slots=True)
class PhotoOutOfReach(PhotoFailure):
    """A photo that its storage did not give, and may give another time."""


class PartLabeller(Closing):
    """Labels parts, one at a time.

    Args:
        readers: one for each reading thread.
        predictor: estimates the faces; closed with this.
        storage: where the photos lie.
    """

    def __init__(
        self, readers: Sequence[Reader], predictor: Predictor, storage: Storage, recipe: Recipe
    ) -> None:
        self._readers = readers
        self._predictor = predictor
        self._storage = storage
        self._recipe = recipe

    def label(self, part: Part) -> tuple[PartFile, list[Row]]:
        """The rows of a part, in the order of its photos, and what they hold.

        Raises:
            ModelError: if the model fails.
        """
        outcomes = list(self._outcomes(part.photos))
        rows: list[Row] = []
        for photo, outcome in zip(part.photos, outcomes, strict=True):
            rows += rows_of_outcome(photo, outcome, self._recipe.labelled_by)
        return summed_up(part, outcomes), rows

    def close(self) -> None:
        """Release the model."""
        self._predictor.close()

    def _outcomes(self, photos: Sequence[WorkPhoto]) -> Iterator[Outcome]:
        """What becomes of each photo; of videos last, as in a local job, but given in order."""
        waiting = [self._waiting(number, photo) for number, photo in enumerate(photos)]
        waiting.sort(key=lambda photo: photo.is_video)
        readers: Sequence[Reader] = self._readers
        if not self._storage.is_local:
            readers = [_FetchingReader(one, self._storage, photos) for one in readers]
        readings = read_in_parallel(readers, waiting, JobControl())
        found = {outcome.photo_id: outcome for outcome in self._estimated(readings)}
        return (found[number] for number in range(len(photos)))

    def _waiting(self, number: int, photo: WorkPhoto) -> WaitingPhoto:
        mtime_ns = int(photo.stamp) if self._storage.is_local else 0
        return WaitingPhoto(number, Path(photo.place), photo.size_bytes, mtime_ns, photo.is_video)

    def _estimated(self, readings: Iterable[Reading | None]) -> Iterator[Outcome]:
        settings = self._recipe.settings()
        estimator = ParallelEstimator(self._predictor, 1, flip_average=FLIP_AVERAGE)
        try:
            pending: list[Reading] = []
            for reading in readings:
                if reading is not None:
                    pending.append(reading)
                if is_full(pending):
                    estimator.begin(pending)
                    pending = []
                for batch in estimator.finished():
                    yield from batch.outcomes(settings)
            estimator.begin(pending)
            for batch in estimator.finished(wait_for_all=True):
                yield from batch.outcomes(settings)
        finally:
            estimator.close()


class _FetchingReader:
    """Reads copies of files that lie elsewhere; no copy outlives its reading."""

    def __init__(self, reader: Reader, storage: Storage, photos: Sequence[WorkPhoto]) -> None:
        self._reader = reader
        self._storage = storage
        self._photos = photos

    def read(self, photo: WaitingPhoto) -> Reading | None:
        wanted = self._photos[photo.id]
        name = PurePosixPath(wanted.place).name
        with TemporaryDirectory(prefix="visage-") as folder:
            copy = Path(folder, name)
            try:
                self._storage.fetch(wanted.place, copy)
            except FileNotFoundError:
                return PhotoFailure(photo.id, f"{name} does not exist. Was it moved or renamed?")
            except StorageError as error:
                return PhotoOutOfReach(photo.id, str(error))
            size_bytes, mtime_ns = file_stamp(copy.stat())
            if size_bytes != wanted.size_bytes:
                return PhotoFailure(
                    photo.id, f"{name} was changed after it was found. Try it again."
                )
            return self._reader.read(
                replace(photo, path=copy, size_bytes=size_bytes, mtime_ns=mtime_ns)
            )


def rows_of_outcome(photo: WorkPhoto, outcome: Outcome, labelled_by: str) -> list[Row]:
    """The rows of a photo, as a local job exports them."""
    facts = PhotoFacts(0, Path(photo.place), PhotoState.DONE, is_video=photo.is_video)
    faces: Sequence[LabelledFace] = ()
    if isinstance(outcome, PhotoFailure):
        facts = replace(facts, state=PhotoState.FAILED, error=outcome.error)
    elif isinstance(outcome, PhotoAnswer):
        facts = replace(facts, note=outcome.note)
        faces = _labelled_faces(outcome)
    return rows_of(photo.name, LabelledPhoto(facts, faces, labelled_by))


def _labelled_faces(answer: PhotoAnswer) -> list[LabelledFace]:
    spans: Sequence[FaceSpan | None] = answer.spans or [None] * len(answer.faces)
    return [
        LabelledFace(number, number, face, detection.landmarks, span=span)
        for number, ((detection, face), span) in enumerate(zip(answer.faces, spans, strict=True), 1)
    ]


def summed_up(part: Part, outcomes: Sequence[Outcome]) -> PartFile:
    """What the rows of a part hold."""
    return PartFile(
        part.key,
        photos=len(outcomes),
        faces=sum(len(one.faces) for one in outcomes if isinstance(one, PhotoAnswer)),
        failed=sum(isinstance(one, PhotoFailure) for one in outcomes),
        unreached=sum(isinstance(one, PhotoOutOfReach) for one in outcomes),
    )
