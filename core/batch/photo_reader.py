"""Reads one photo of a job down to its faces: decoded, searched, cut into chips."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.batch.content_lookup import ContentLookup
from core.batch.file_stamp import file_stamp
from core.batch.job_control import JobControl
from core.batch.outcome import KnownContent, PhotoFailure
from core.batch.record import WaitingPhoto
from core.errors import PhotoError, SourceError, VisageError
from core.faces.alignment import align_face
from core.pipeline import PhotoDetector
from core.sources.file_check import display_name, open_file
from core.sources.photo import Photo, check_photo, load_reduced
from core.types import Detection

NEEDED_SIDE_PX = 1600
"""The detectors look at 192 px and a chip has 200: a face they see here is sharp enough."""

THOROUGH_SIDE_PX = 3200
"""For tiles, in which faces of 30 px are found."""

_CHUNK_BYTES = 1 << 20

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoReading:
    """A photo without its pixels: what is left is 50 kB a face.

    Attributes:
        detections: in px of the upright photo at full size.
        chips: shape (N, S, S, 3), one per detection.
    """

    photo_id: int
    content_hash: bytes
    width_px: int
    height_px: int
    detections: tuple[Detection, ...]
    chips: NDArray[np.uint8]


Reading: TypeAlias = PhotoReading | KnownContent | PhotoFailure


class PhotoReader:
    """Reads photos one by one; one thread at a time may use it.

    Args:
        detector: finds the faces; closed with the reader.
        lookup: knows what is labelled already; closed with the reader.
        control: of the job; once it is cancelled, no photo is hashed any further.
        chip_size_px: side of the chips.
        needed_side_px: photos are reduced while they are decoded, but not below this.
    """

    def __init__(
        self,
        detector: PhotoDetector,
        lookup: ContentLookup,
        control: JobControl,
        chip_size_px: int,
        needed_side_px: int = NEEDED_SIDE_PX,
    ) -> None:
        self._detector = detector
        self._chip_size_px = chip_size_px
        self._lookup = lookup
        self._control = control
        self._needed_side_px = needed_side_px

    def read(self, photo: WaitingPhoto) -> Reading | None:
        """What the photo shows; whatever is wrong with it becomes a sentence.

        None if the job was cancelled meanwhile.

        Raises:
            ModelError: if the detector cannot be used.
            StoreError: if the store cannot be asked.
        """
        try:
            return self._read(photo)
        except SourceError as error:
            return PhotoFailure(photo.id, str(error))
        except VisageError:
            raise
        except Exception as error:
            logger.exception("A bug met the photo %r.", photo.path.name)
            kind = type(error).__name__
            return PhotoFailure(photo.id, f"A fault in Visage stopped this photo ({kind}).")

    def close(self) -> None:
        """Release the detector and the lookup."""
        self._detector.close()
        self._lookup.close()

    def _read(self, photo: WaitingPhoto) -> Reading | None:
        check_photo(photo.path)
        content_hash = hash_content(photo.path, lambda: self._control.is_cancelled)
        if content_hash is None:
            return None
        if self._lookup.knows(content_hash):
            _check_unchanged(photo)
            return KnownContent(photo.id, content_hash)
        picture = load_reduced(photo.path, self._needed_side_px)
        _check_unchanged(photo)
        found = self._detector.detect_photo(picture.image)
        return PhotoReading(
            photo_id=photo.id,
            content_hash=content_hash,
            width_px=picture.width_px,
            height_px=picture.height_px,
            detections=tuple(face.scaled(picture.scale) for face in found),
            chips=self._chips(picture, found),
        )

    def _chips(self, picture: Photo, found: tuple[Detection, ...]) -> NDArray[np.uint8]:
        size_px = self._chip_size_px
        chips = np.empty((len(found), size_px, size_px, 3), np.uint8)
        for index, detection in enumerate(found):
            chips[index] = align_face(picture.image, detection, size_px)
        return chips


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


def _check_unchanged(photo: WaitingPhoto) -> None:
    """The store would keep the old size and time beside the new picture."""
    name = display_name(photo.path)
    try:
        status = photo.path.stat()
    except OSError as error:
        raise PhotoError(f"{name} disappeared while it was read ({error.strerror}).") from error
    if file_stamp(status) != (photo.size_bytes, photo.mtime_ns):
        raise PhotoError(f"{name} was changed after it was found. Try it again.")
