"""Reads one photo of a job down to its faces: decoded, searched, cut into chips.

A video takes the same way until it is opened: see `core.batch.video_reader`.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from core.batch.file_stamp import file_stamp
from core.batch.job_control import JobControl
from core.batch.outcome import KnownContent, PhotoAnswer, PhotoFailure
from core.batch.record import LabelledFace, WaitingPhoto
from core.batch.video_reader import VideoReader
from core.errors import PhotoError, SourceError, VisageError
from core.estimation.predictor import Predictor
from core.faces.versions import FLIP_AVERAGE
from core.photo_labelling import FaceFinder, FoundFaces, full_note
from core.sources.file_check import display_name, open_file
from core.sources.photo import Photo, check_photo, open_photo
from core.types import Detection, Estimate, Image

_CHUNK_BYTES = 1 << 20
_HASHED_EVERY_ROWS = 8
_HASHED_UNSEEN_BYTES = 32_000_000
"""A larger file is hashed only if its head is a photo's: a film may have such a name."""
_CROWD = 32
"""Of more faces, few are cropped at a time: the chips of some such photos would fill the memory."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoReading:
    """A photo without its pixels.

    Attributes:
        width_px: of the upright photo at full size.
        height_px: likewise.
        note: a sentence where faces may be there that could not be seen.
        picture_hash: `hash_picture` of it.
        estimates: of a crowd, one for each face, which then has no chip; else None.
        kept_ids: the last faces of `found` are these, which a person touched before.
    """

    photo_id: int
    content_hash: bytes
    width_px: int
    height_px: int
    found: FoundFaces
    note: str | None
    picture_hash: bytes
    estimates: Sequence[Estimate] | None = None
    kept_ids: tuple[int, ...] = ()


Reading: TypeAlias = PhotoReading | PhotoAnswer | KnownContent | PhotoFailure
"""A video is answered as it is read: its faces are estimated over and over on the way."""


class Lookup(Protocol):
    """What knows of a photo before it is read: see `core.batch.content_lookup`."""

    def knows(self, content_hash: bytes) -> bool: ...

    def kept_faces(self, photo_id: int) -> Sequence[LabelledFace]: ...

    def close(self) -> None: ...


class PhotoReader:
    """Reads photos one by one; one thread at a time may use it.

    Args:
        finder: finds and crops the faces.
        lookup: knows what is labelled already; closed with the reader.
        predictor: estimates the faces of a crowd.
        video_reader: reads the videos.
        control: of the job; once it is cancelled, no photo is hashed any further.
        is_thorough: read photos at the size that a thorough search needs.
    """

    def __init__(
        self,
        finder: FaceFinder,
        lookup: Lookup,
        predictor: Predictor,
        video_reader: VideoReader,
        control: JobControl,
        *,
        is_thorough: bool = False,
        flip_average: bool = FLIP_AVERAGE,
    ) -> None:
        self._finder = finder
        self._lookup = lookup
        self._control = control
        self._predictor = predictor
        self._video_reader = video_reader
        self._is_thorough = is_thorough
        self._flip_average = flip_average

    def read(self, photo: WaitingPhoto) -> Reading | None:
        """What the photo shows; whatever is wrong with it becomes a sentence.

        None if the job was cancelled meanwhile.

        Raises:
            ModelError: if a detector cannot be used.
            StoreError: if the store cannot be asked.
        """
        try:
            return self._read(photo)
        except SourceError as error:
            return PhotoFailure(photo.id, str(error))
        except VisageError:
            raise
        except Exception as error:
            logger.exception("A bug met the file %r.", photo.path.name)
            kind = type(error).__name__
            if photo.is_video:
                return PhotoFailure(photo.id, f"A fault in Visage stopped this video ({kind}).")
            return PhotoFailure(photo.id, f"A fault in Visage stopped this photo ({kind}).")

    def close(self) -> None:
        """Release the lookup."""
        self._lookup.close()

    def _read(self, photo: WaitingPhoto) -> Reading | None:
        if not photo.is_video and photo.size_bytes > _HASHED_UNSEEN_BYTES:
            check_photo(photo.path)
        content_hash = hash_content(photo.path, lambda: self._control.is_cancelled)
        if content_hash is None:
            return None
        kept = self._lookup.kept_faces(photo.id)
        if not kept and self._lookup.knows(content_hash):
            _check_unchanged(photo)
            return KnownContent(photo.id, content_hash)
        if photo.is_video:
            answer = self._video_reader.read(photo, content_hash)
            _check_unchanged(photo)
            return answer
        with open_photo(photo.path, is_thorough=self._is_thorough) as picture:
            _check_unchanged(photo)
            found = self._finder.detect(picture.image, picture.scale)
            note = full_note(picture.note, picture.image, len(found))
            found += [face.detection.scaled(1 / picture.scale) for face in kept]
            is_crowd = len(found) > _CROWD
            estimates = self._estimate_crowd(picture.image, found) if is_crowd else None
            chips = self._finder.crop(picture.image, [] if is_crowd else found)
            return PhotoReading(
                photo.id,
                content_hash,
                picture.width_px,
                picture.height_px,
                FoundFaces(tuple(face.scaled(picture.scale) for face in found), chips),
                note,
                hash_picture(picture),
                estimates,
                tuple(face.id for face in kept),
            )

    def _estimate_crowd(self, image: Image, found: Sequence[Detection]) -> list[Estimate]:
        estimates: list[Estimate] = []
        for begin in range(0, len(found), _CROWD):
            chips = self._finder.crop(image, found[begin : begin + _CROWD])
            estimates += self._predictor.predict(chips, flip_average=self._flip_average)
        return estimates


def hash_content(path: Path, is_cancelled: Callable[[], bool]) -> bytes | None:
    """What tells a photo from every other: the SHA-256 of its bytes; None once it is cancelled.

    Raises:
        PhotoError: if it cannot be read to its end.
    """
    digest = hashlib.sha256()
    try:
        with open_file(path, PhotoError) as file:
            while chunk := file.read(_CHUNK_BYTES):
                if is_cancelled():
                    return None
                digest.update(chunk)
    except OSError as error:
        raise PhotoError(
            f"{display_name(path)} could not be read to its end ({error.strerror})."
        ) from error
    return digest.digest()


def hash_picture(picture: Photo) -> bytes:
    """What tells a picture, upright, from others, whatever else its file holds.

    Of every eighth row of its pixels: no face lies between, and no two photos agree in them.
    """
    digest = hashlib.blake2b(f"{picture.width_px} × {picture.height_px}".encode(), digest_size=16)
    digest.update(picture.image[::_HASHED_EVERY_ROWS].tobytes())
    return digest.digest()


def _check_unchanged(photo: WaitingPhoto) -> None:
    """The store would keep the old size and time beside the new picture."""
    name = display_name(photo.path)
    try:
        status = photo.path.stat()
    except OSError as error:
        raise PhotoError(f"{name} disappeared while it was read ({error.strerror}).") from error
    if file_stamp(status) != (photo.size_bytes, photo.mtime_ns):
        raise PhotoError(f"{name} was changed after it was found. Try it again.")
