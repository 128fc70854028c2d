"""Candidates that a second look refused: when to look again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.types import Box, Detection

FIRST_WAIT_S = 0.15
MAX_WAIT_S = 1.0
"""A refused candidate waits twice as long each time, at most this long: a real face comes in."""

_FORGET_AFTER_S = 2.0
_MIN_OVERLAP = 0.4
"""Intersection over union from which on a candidate is one that was refused before."""


@dataclass(frozen=True, slots=True)
class _Rejection:
    box: Box
    wait_s: float
    time_s: float


class Rejections:
    """Remembers refused candidates by their places, so that they do not cost every frame."""

    def __init__(self) -> None:
        self._rejections: list[_Rejection] = []

    def due(self, candidates: Sequence[Detection], time_s: float) -> list[Detection]:
        """The candidates worth a look now, those never refused first."""
        self._rejections = [r for r in self._rejections if time_s - r.time_s <= _FORGET_AFTER_S]
        fresh, again = [], []
        for candidate in candidates:
            known = self._at(candidate.box)
            if known is None:
                fresh.append(candidate)
            elif time_s - known.time_s >= known.wait_s:
                again.append(candidate)
        return fresh + again

    def add(self, candidate: Detection, time_s: float) -> None:
        """Note that `candidate` was refused at `time_s`."""
        known = self._at(candidate.box)
        rejection = _Rejection(candidate.box, FIRST_WAIT_S, time_s)
        if known is not None:
            rejection = replace(rejection, wait_s=min(2 * known.wait_s, MAX_WAIT_S))
        self._rejections = [r for r in self._rejections if r is not known]
        self._rejections.append(rejection)

    def _at(self, box: Box) -> _Rejection | None:
        alike = (r for r in self._rejections if r.box.intersection_over_union(box) >= _MIN_OVERLAP)
        return next(alike, None)
