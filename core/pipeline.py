"""The contract of what makes faces of frames: `LivePipeline` and `StillPipeline` keep it."""

from typing import Protocol

from core.estimation.predictor import Predictor
from core.types import Frame, FrameResult


class FramePipeline(Protocol):
    """Finds the faces of a frame and estimates them. One thread at a time may use it.

    Attributes:
        is_held: the next frame stays on the screen: it is worth all the time that it takes.
    """

    is_held: bool

    @property
    def predictor(self) -> Predictor:
        """What estimates; it knows its card, its engine and its device."""
        ...

    def process(self, frame: Frame) -> FrameResult:
        """The faces of `frame`, boxes in px of its image, with the milliseconds of each stage.

        Raises:
            ModelError: if the model fails.
        """
        ...

    def close(self) -> None:
        """Release the engine."""
        ...
