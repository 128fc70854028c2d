"""The contract that every source of frames keeps; tests/core/sources holds it to that."""

from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from core.types import Frame


class SourceKind(StrEnum):
    """What kind of pictures a source gives."""

    CAMERA = "camera"
    VIDEO = "video"
    PHOTO = "photo"


class FrameSource(Protocol):
    """Gives frames one by one. Construction is cheap and touches nothing; `open` does the work.

    One thread at a time may call it, except `close`, which any thread may call and which makes
    a waiting `read` return None.
    """

    @property
    def kind(self) -> SourceKind: ...

    @property
    def title(self) -> str:
        """A name for the user: the camera's or the file's."""
        ...

    @property
    def frame_rate_hz(self) -> float | None:
        """Frames per second as the source claims; None if it does not say. Valid once open."""
        ...

    @property
    def duration_s(self) -> float | None:
        """Length in seconds of a video; None for anything without an end. Valid once open."""
        ...

    @property
    def is_seekable(self) -> bool:
        """Whether `seek` works. Valid once open."""
        ...

    def open(self) -> None:
        """Make the source ready to read. Opening an open source does nothing.

        Raises:
            SourceError: if that is not possible; the text says why.
        """
        ...

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        """The next frame, or None at the end and after `close`.

        A camera gives its newest frame and waits for one; a video gives every frame in order,
        at once, without pacing; a photo gives its one picture, once.

        Raises:
            SourceInterruptedError: if no frame came within `timeout_s`; the source keeps trying
                and `read` may be called again.
            SourceError: if the source broke for good.
        """
        ...

    def seek(self, time_s: float) -> None:
        """Go on reading at about `time_s`, clamped to the length of the source.

        `time_s` of later frames follows the new position; `index` keeps rising.

        Raises:
            SourceError: if the source is not seekable.
        """
        ...

    def close(self) -> None:
        """Release everything. Closing twice is harmless; a closed source can be opened again."""
        ...

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
