"""Doubles for what a live worker is made of: sources that tests feed, pipelines that they hold."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Event
from types import SimpleNamespace, TracebackType
from typing import Any, Self

from core.errors import SourceInterruptedError
from core.settings import Settings
from core.sources.camera_list import CameraInfo
from core.sources.frame_source import SourceKind
from core.types import Box, Estimate, Face, Frame, FrameResult, Gender
from gui.core_parts import CoreParts
from tests.fakes import make_frame, make_image
from tests.model_folders import make_card


def make_face(age_years: float = 34.0, female_probability: float = 0.96, **changes: Any) -> Face:
    """A face with an estimate, at (100, 60) and 80 px large."""
    values: dict[str, Any] = {
        "box": Box(100, 60, 180, 140),
        "score": 0.9,
        "estimate": Estimate(age_years, age_years - 6, age_years + 7, female_probability),
        "gender": Gender.FEMALE if female_probability > 0.5 else Gender.MALE,
    }
    return Face(**{**values, **changes})


def make_result(*faces: Face, frame: Frame | None = None) -> FrameResult:
    return FrameResult(frame or make_frame(make_image((40, 90, 160))), faces)


class FakeCamera:
    """A camera that gives what it is fed: frames, or errors to raise."""

    kind = SourceKind.CAMERA
    title = "Desk camera"
    frame_rate_hz = None
    duration_s: float | None = None
    is_seekable = False

    def __init__(self, *items: Frame | Exception) -> None:
        self.is_open = False
        self.open_count = 0
        self._items: Queue[Frame | Exception] = Queue()
        for item in items:
            self.feed(item)

    def feed(self, item: Frame | Exception) -> None:
        self._items.put(item)

    def open(self) -> None:
        self.is_open = True
        self.open_count += 1

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        try:
            item = self._items.get(timeout=0.02)
        except Empty:
            raise SourceInterruptedError(f"{self.title} gives no picture.") from None
        if isinstance(item, Exception):
            raise item
        return item

    def seek(self, time_s: float) -> None:
        raise AssertionError("nobody may seek in a camera")

    def close(self) -> None:
        self.is_open = False

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


class FakeVideo(FakeCamera):
    """A video of ten frames a second."""

    kind = SourceKind.VIDEO
    title = "holiday.mp4"
    is_seekable = True

    def __init__(self, frame_count: int = 3) -> None:
        super().__init__()
        self.duration_s = frame_count / 10
        self._frame_count = frame_count
        self._next = 0
        self._index = 0

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if self._next >= self._frame_count:
            return None
        frame = make_frame(index=self._index, time_s=self._next / 10)
        self._next += 1
        self._index += 1
        return frame

    def seek(self, time_s: float) -> None:
        self._next = round(time_s * 10)


class FakePhoto(FakeCamera):
    """A photo; one called broken.jpg cannot be opened."""

    kind = SourceKind.PHOTO

    def __init__(self, word: str, error: Exception | None = None) -> None:
        super().__init__(make_frame())
        self.title = Path(word).name
        self._error = error

    def open(self) -> None:
        if self._error is not None:
            raise self._error
        super().open()


class FakePipeline:
    """Answers every frame with the same faces.

    Attributes:
        were_held: of each frame, whether it was to stay.
    """

    def __init__(self, *faces: Face, model: str | None = None) -> None:
        self.faces = faces or (make_face(),)
        self.is_closed = False
        self.processed: list[Frame] = []
        self.is_held = False
        self.were_held: list[bool] = []
        card = make_card(model or "tiny", title=f"Model {model or 'tiny'}")
        engine = SimpleNamespace(name="ONNX Runtime", device="CPU")
        self.predictor: Any = SimpleNamespace(card=card, engine=engine)

    def process(self, frame: Frame) -> FrameResult:
        self.processed.append(frame)
        self.were_held.append(self.is_held)
        return FrameResult(frame, self.faces)

    def close(self) -> None:
        self.is_closed = True


class FakeCore:
    """The parts of core for a window; each thing that was made is kept.

    Attributes:
        may_build: a pipeline is not done before this is set.
    """

    def __init__(
        self,
        sources: dict[str, FakeCamera | Exception] | None = None,
        *,
        models: Sequence[Any] = (),
        cameras: Iterable[CameraInfo] = (),
    ) -> None:
        self.sources = sources or {}
        self.pipelines: list[FakePipeline] = []
        self.settings: list[Settings] = []
        self.may_build = Event()
        self.may_build.set()
        self.is_building = Event()
        self.next_pipeline: FakePipeline | Exception | None = None
        self._models = tuple(models)
        self._cameras = tuple(cameras)

    @property
    def parts(self) -> CoreParts:
        return CoreParts(
            make_source=self.make_source,
            make_pipeline=self.make_pipeline,
            find_photos=lambda paths: iter(
                sorted(photo for path in paths for photo in path.glob("*.jpg"))
            ),
            list_cameras=lambda: self._cameras,
            find_models=lambda: self._models,
        )

    def make_source(self, word: str, _settings: Settings) -> Any:
        source = self.sources.get(word) or FakePhoto(word)
        if isinstance(source, Exception):
            raise source
        return source

    def make_pipeline(self, kind: SourceKind, model: str | None, settings: Settings) -> Any:
        self.is_building.set()
        assert self.may_build.wait(10)
        pipeline, self.next_pipeline = self.next_pipeline, None
        if isinstance(pipeline, Exception):
            raise pipeline
        self.settings.append(settings)
        self.pipelines.append(pipeline or FakePipeline(model=model))
        return self.pipelines[-1]
