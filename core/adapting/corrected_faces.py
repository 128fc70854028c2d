"""The faces whose ages a person corrected, as learning needs them."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from core import paths
from core.adapting.counted_faces import CountedFaces
from core.adapting.extended_model import age_moments, extended_predictor
from core.adapting.kept_answers import Answer, KeptAnswers
from core.adapting.likeness import difference_hash, picture_numbers
from core.adapting.onnx_graph import OnnxGraph
from core.adapting.picture_style import STYLE_OUTPUT, with_style
from core.adapting.rehearsal import Faces, Rehearsal
from core.batch.database import Database
from core.batch.face_row import PHOTOS_WITH_FACES
from core.batch.picture import load_picture
from core.batch.record import LabelledFace, LabelledPhoto, PhotoFacts
from core.batch.row_filter import RowFilter
from core.batch.row_query import labelled_photos
from core.errors import LearningError, PhotoError
from core.estimation.model_card import AgeOutputKind
from core.estimation.model_folder import ModelFolder
from core.estimation.predictor import AGE_OUTPUT, Predictor
from core.faces.alignment import align_faces
from core.faces.versions import FLIP_AVERAGE

logger = logging.getLogger(__name__)

_CORRECTED = RowFilter(corrected_only=True)
_SAVE_EVERY = 50
"""Photos; reading one again takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class JobChoice:
    """A job, and the store that it is in."""

    database: Database
    job_id: int

    def corrected_count(self) -> int:
        """How many faces of it have a corrected age."""
        row = self.database.row(
            f"SELECT count(*) FROM {PHOTOS_WITH_FACES} "
            "WHERE photo.job_id = ? AND corrected_age IS NOT NULL",
            (self.job_id,),
        )
        return 0 if row is None else int(row[0])


@dataclass(frozen=True, slots=True, eq=False)
class CorrectedFaces:
    """What was read.

    Attributes:
        pictures: the number of each face's picture, (N,), of `core.adapting.likeness`.
        missing_count: faces whose photos cannot be read any more.
    """

    faces: Faces
    pictures: NDArray[np.int64]
    missing_count: int


class StoppedError(Exception):
    """Somebody asked to stop."""


class TooFewFacesError(LearningError):
    """What was corrected and can be read says too little to learn from."""


class FaceReader:
    """Reads corrected faces, and goes on where it was stopped.

    Args:
        tell: called with the number of faces that are done.
        is_stopped: asked before each photo.
    """

    def __init__(
        self,
        folder: ModelFolder,
        rehearsal: Rehearsal,
        kept: KeptAnswers,
        tell: Callable[[int], None],
        is_stopped: Callable[[], bool],
    ) -> None:
        self._folder = folder
        self._rehearsal = rehearsal
        self._kept = kept
        self._tell = tell
        self._is_stopped = is_stopped

    def read(self, choices: Sequence[JobChoice]) -> CorrectedFaces:
        """The corrected faces of some jobs, each once, as the first of them says.

        Raises:
            StoppedError: if it was stopped; what was read is kept.
            TooFewFacesError: if nothing can be read any more.
            LearningError: if nothing can be kept.
            ModelError: if the model cannot be run.
            StoreError: if a job cannot be read.
        """
        answers: list[Answer] = []
        true_years: list[float] = []
        done = missing = 0
        counted = CountedFaces()
        with styled_predictor(self._folder, self._rehearsal) as predictor:
            try:
                for number, (choice, photo) in enumerate(_pictures(choices), 1):
                    if self._is_stopped():
                        raise StoppedError
                    faces = [face for face in photo.faces if face.correction.age_years is not None]
                    found = self._answers(choice, photo.facts, faces, predictor)
                    if found:
                        are_new = counted.are_new(found[0].file, photo.facts.frame_s, faces)
                        answers += compress(found, are_new)
                        true_years += [
                            face.correction.age_years or 0.0 for face in compress(faces, are_new)
                        ]
                    missing += len(faces) - len(found)
                    done += len(faces)
                    self._tell(done)
                    if number % _SAVE_EVERY == 0:
                        self._save()
            finally:
                self._save()
        if not answers:
            raise TooFewFacesError("The photos of the corrected faces cannot be read any more.")
        return _joined(answers, true_years, missing)

    def _answers(
        self,
        choice: JobChoice,
        facts: PhotoFacts,
        faces: Sequence[LabelledFace],
        predictor: Predictor,
    ) -> list[Answer]:
        """One answer per face, or none where the photo cannot be read any more."""
        keys = [self._key(choice, facts, face) for face in faces]
        known = [self._kept.get(key) for key in keys]
        if None not in known:
            return [answer for answer in known if answer is not None]
        try:
            answers = estimate_faces(facts, faces, predictor)
        except (PhotoError, OSError) as error:
            logger.warning("%s", error)
            return []
        for key, answer in zip(keys, answers, strict=True):
            self._kept.add(key, answer)
        return answers

    def _key(self, choice: JobChoice, facts: PhotoFacts, face: LabelledFace) -> str:
        """A number that was a removed face's may become another's: their boxes differ."""
        model, place = self._rehearsal.model_sha256, choice.database.path
        return f"{model} {place} {face.id} {face.face.box} {facts.size_bytes} {facts.mtime_ns}"

    def _save(self) -> None:
        try:
            self._kept.save()
        except OSError as error:
            raise LearningError(
                f"What was read cannot be kept in {paths.data_dir()} ({error.strerror})."
            ) from error


@contextmanager
def styled_predictor(folder: ModelFolder, rehearsal: Rehearsal) -> Iterator[Predictor]:
    """The model of a folder, which gives the style of each face's picture, too.

    Raises:
        ModelError: if it cannot be read or run.
    """

    def extend(graph: OnnxGraph) -> OnnxGraph:
        return with_style(graph, rehearsal.reading).with_output(STYLE_OUTPUT)

    with extended_predictor(folder, extend) as predictor:
        yield predictor


def estimate_faces(
    facts: PhotoFacts, faces: Sequence[LabelledFace], predictor: Predictor
) -> list[Answer]:
    """What a model of `styled_predictor` says of faces of one photo.

    Raises:
        PhotoError, OSError: if the photo cannot be read.
        ModelError: if the model fails.
    """
    if not faces:
        return []
    age = predictor.card.age
    if age is None or age.kind is not AgeOutputKind.DISTRIBUTION:
        raise LearningError(f"The model {predictor.card.name} says no distribution of ages.")
    photo = load_picture(facts)
    found = [face.detection.scaled(1 / photo.scale) for face in faces]
    chips = align_faces(photo.image, found, predictor.card.input_size_px)
    outputs = predictor.outputs(chips, flip_average=FLIP_AVERAGE)
    ages, spreads = age_moments(outputs[AGE_OUTPUT], age)
    looks = map(difference_hash, chips)
    file = _digest(facts)
    rows = zip(outputs[STYLE_OUTPUT], looks, ages.tolist(), spreads.tolist(), strict=True)
    return [Answer(style, look, estimated, spread, file) for style, look, estimated, spread in rows]


def _pictures(choices: Sequence[JobChoice]) -> Iterator[tuple[JobChoice, LabelledPhoto]]:
    """Every photo, and frame of a video, with a face that was touched by hand."""
    for choice in choices:
        for photo in labelled_photos(choice.database, choice.job_id, _CORRECTED):
            yield from ((choice, picture) for picture in photo.pictures)


def _digest(facts: PhotoFacts) -> str:
    with facts.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _joined(
    answers: Sequence[Answer], true_years: Sequence[float], missing_count: int
) -> CorrectedFaces:
    faces = Faces(
        np.stack([answer.style for answer in answers]).astype(np.float32),
        np.array([answer.estimated_years for answer in answers]),
        np.array([answer.spread_years for answer in answers]),
        np.array(true_years),
    )
    looks = np.stack([answer.look for answer in answers])
    pictures = picture_numbers([answer.file for answer in answers], looks)
    return CorrectedFaces(faces, pictures, missing_count)
