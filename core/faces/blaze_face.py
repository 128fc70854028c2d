"""Places the face of a picture of 128 px with BlazeFace, on ONNX Runtime.

Bazarevsky and others: "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs" (2019), the
short-range network of MediaPipe. It answers for two faces in each of 16 × 16 cells and for six in
each of 8 × 8: how likely a face is there, its box, and six landmarks, all relative to the cell.
Alignment and models have learnt from its landmarks as MediaPipe gives them.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core import paths
from core.onnx_session import open_cpu_session
from core.types import Box, Detection, Image

BLAZE_FACE_FILE = "face_detection_short_range.onnx"

SIDE_PX = 128
"""Of the pictures that it sees."""

_CELLS = ((16, 2), (8, 6))
"""Cells along a side, and faces in each."""

_MAX_OVERLAP = 0.3
"""Intersection over union from which on two answers mean one face, and are averaged."""

_SHIFT_PX = 0.25
"""MediaPipe takes every second px of a picture of 256, and so puts a face too far to the right and
down by a quarter of a px of 128; models have learnt it there."""


class BlazeFace:
    """The detector. Several threads may use it at once.

    Args:
        min_score: faces of lower confidence are not reported, above 0 and below 1.

    Raises:
        ModelError: if its file is missing or broken.
    """

    def __init__(self, min_score: float) -> None:
        self._min_logit = _logit(min_score)
        self._session = open_cpu_session(paths.face_detector_dir() / BLAZE_FACE_FILE, 1)

    def find(self, picture: Image, min_score: float | None = None) -> list[Detection]:
        """The faces of a picture of `SIDE_PX`, the surest first, in px of it.

        The nearer a face is to half of the picture's side, the better it is placed.

        Args:
            min_score: for this picture, instead of the detector's own.
        """
        min_logit = self._min_logit if min_score is None else _logit(min_score)
        pixels = (picture[None] * np.float32(2 / 255)) - np.float32(1)
        places, logits = self._session.run(["regressors", "classificators"], {"input": pixels})
        return list(_joined(*_decoded(places[0], logits[0, :, 0], min_logit)))


def _logit(score: float) -> float:
    return float(np.log(score / (1 - score)))


def _decoded(
    places: NDArray[np.float32], logits: NDArray[np.float32], min_logit: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The points, shape (N, 8, 2), and scores, shape (N,), of what reaches `min_logit`.

    The first two points are the left upper and right lower corner of the box.
    """
    likely = np.flatnonzero(logits >= min_logit)
    points = places[likely].reshape(-1, 8, 2)
    centres, halves = points[:, 0] + _CENTRES_PX[likely], points[:, 1] / 2
    points[:, 2:] += _CENTRES_PX[likely, None]
    points[:, 0], points[:, 1] = centres - halves, centres + halves
    scores = 1 / (1 + np.exp(-logits[likely]))
    return points, scores.astype(np.float32)


def _joined(points: NDArray[np.float32], scores: NDArray[np.float32]) -> Iterator[Detection]:
    """One detection a face: the mean of the answers that overlap its surest, by their scores."""
    while len(scores):
        surest = int(scores.argmax())
        is_same = _overlaps(points, surest) > _MAX_OVERLAP
        is_same[surest] = True
        weights = scores[is_same, None, None] / scores[is_same].sum()
        mean = (weights * points[is_same]).sum(axis=0)
        yield Detection(Box(*mean[:2].ravel().tolist()), float(scores[surest]), mean[2:])
        points, scores = points[~is_same], scores[~is_same]


def _overlaps(points: NDArray[np.float32], index: int) -> NDArray[np.float32]:
    """Intersection over union of each box with that of one."""
    top_left, bottom_right = points[:, 0], points[:, 1]
    starts = np.maximum(top_left, top_left[index])
    ends = np.minimum(bottom_right, bottom_right[index])
    shared = np.prod(np.maximum(ends - starts, 0), axis=1)
    areas = np.prod(bottom_right - top_left, axis=1)
    return np.asarray(shared / np.maximum(areas + areas[index] - shared, 1e-6), np.float32)


def _cell_centres() -> NDArray[np.float32]:
    """Where each answer's cell has its centre, shape (896, 2), in px."""
    grids = []
    for cells, faces in _CELLS:
        along = (np.arange(cells) + 0.5) * SIDE_PX / cells
        x, y = np.meshgrid(along, along)
        grids.append(np.repeat(np.stack([x, y], axis=-1).reshape(-1, 2), faces, axis=0))
    return (np.concatenate(grids) + _SHIFT_PX).astype(np.float32)


_CENTRES_PX = _cell_centres()
