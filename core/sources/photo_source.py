"""One photo as a source of frames."""

from pathlib import Path
from threading import Lock

from core.errors import SourceError
from core.sources.file_check import display_name
from core.sources.frame_source import FrameSource, SourceKind
from core.sources.photo import read_photo
from core.types import Frame


class PhotoSource(FrameSource):
    """Keeps the contract of `FrameSource`: its one frame, then the end.

    Args:
        is_thorough: read it at the size that a thorough search needs.
    """

    def __init__(self, path: Path, is_thorough: bool = False) -> None:
        self._path = path
        self._is_thorough = is_thorough
        self._lock = Lock()
        self._is_open = False
        self._frame: Frame | None = None

    @property
    def kind(self) -> SourceKind:
        return SourceKind.PHOTO

    @property
    def title(self) -> str:
        return display_name(self._path)

    @property
    def frame_rate_hz(self) -> float | None:
        return None

    @property
    def duration_s(self) -> float | None:
        return None

    @property
    def is_seekable(self) -> bool:
        return False

    def open(self) -> None:
        with self._lock:
            if not self._is_open:
                photo = read_photo(self._path, is_thorough=self._is_thorough)
                self._frame = Frame(photo.image, 0, 0.0, photo.scale, photo.note)
                self._is_open = True

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        with self._lock:
            frame, self._frame = self._frame, None
            return frame

    def seek(self, time_s: float) -> None:
        raise SourceError(f"{self.title} is a photo: there is nothing to seek in.")

    def close(self) -> None:
        with self._lock:
            self._is_open, self._frame = False, None
