"""The parts of core for a batch window: real jobs and stores, faces that need no detector."""

from threading import Event
from typing import Any

from core.settings import Settings
from core.types import Detection, Image
from gui.core_parts import CoreParts
from tests.core.batch.builders import RECIPE, ColourDetector, make_run


class HeldDetector(ColourDetector):
    """Looks at no photo before it may; says when it is asked to."""

    def __init__(self, may_look: Event, was_asked: Event) -> None:
        super().__init__()
        self._may_look = may_look
        self._was_asked = was_asked

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        self._was_asked.set()
        assert self._may_look.wait(20)
        return super().detect_photo(image)


class BatchCore:
    """Makes the parts.

    Attributes:
        may_look: no photo is finished before this is set.
        was_asked: a photo is being looked at.
        trouble: raised instead of making a job, once.
        recipes: what was asked for: the model and whether to look hard.
    """

    def __init__(self) -> None:
        self.may_look = Event()
        self.may_look.set()
        self.was_asked = Event()
        self.trouble: Exception | None = None
        self.recipes: list[tuple[str | None, bool]] = []

    @property
    def parts(self) -> CoreParts:
        return CoreParts(
            make_recipe=self._make_recipe,
            make_batch_job=self._make_batch_job,
            list_cameras=lambda: (),
            find_models=lambda: (),
        )

    def _make_recipe(self, model: str | None, settings: Settings) -> Any:
        self.recipes.append((model, settings.is_thorough))
        return RECIPE

    def _make_batch_job(self, store: Any, job: Any, control: Any, _engine: Any) -> Any:
        trouble, self.trouble = self.trouble, None
        if trouble is not None:
            raise trouble
        return make_run(store, job, control, make_detector=self._make_detector)

    def _make_detector(self) -> ColourDetector:
        return HeldDetector(self.may_look, self.was_asked)
