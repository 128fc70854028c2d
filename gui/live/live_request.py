"""What goes between the window and the live worker: what is wanted, what runs, what is seen."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.settings import Settings

if TYPE_CHECKING:
    from core.recording.track_log import TrackLog
    from core.sources.frame_source import SourceKind
    from core.types import FrameResult


@dataclass(frozen=True, slots=True)
class LiveRequest:
    """What the user wants to see.

    Attributes:
        word: a source as `--source` takes it; of a folder, all its photos are shown, and of a photo
            those beside it, too.
        model: a model's name; None for the default.
        time_s: where a video begins.
        photo_index: which of the photos comes first; None for the one that `word` names.
        is_paused: whether a video stands still there.
        second_model: the name of a model that answers beside `model` in a video or a camera.
        second_title: its title, as its card says it; empty without one.
        log: who was seen before, to be gone on with.
    """

    word: str
    model: str | None = None
    settings: Settings = field(default_factory=Settings)
    time_s: float = 0.0
    photo_index: int | None = None
    is_paused: bool = False
    second_model: str | None = None
    second_title: str = ""
    log: "TrackLog | None" = None

    @property
    def is_camera(self) -> bool:
        """Whether `word` names a camera."""
        return self.word.startswith("camera:")


@dataclass(frozen=True, slots=True)
class LiveInfo:
    """What really runs, known once everything is open.

    Attributes:
        title: the source's name; for photos the first one's.
        duration_s: None for what has no end.
        photo_count: 0 for a camera or a video.
        photo_index: which of the photos is shown first.
        frame_rate_hz: as a video claims; None if it does not.
    """

    kind: "SourceKind"
    title: str
    duration_s: float | None
    is_seekable: bool
    photo_count: int
    model_title: str
    engine: str
    device: str
    photo_index: int = 0
    frame_rate_hz: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LiveResult:
    """One answer for the window: a result, or the sentence why a photo has none.

    Attributes:
        process_ms: time from the picture in memory to its faces.
        dropped_count: frames that were never shown, since the start.
    """

    result: "FrameResult | None"
    title: str
    process_ms: float = 0.0
    dropped_count: int = 0
    photo_index: int = 0
    error: str | None = None
