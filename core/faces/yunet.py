"""Finds faces with YuNet, on ONNX Runtime.

Wu, Peng, Yu: "YuNet: A Tiny Millisecond-level Face Detector" (2023). It sees faces of 10 to some
300 px, in any number, cut or half hidden. The network answers for each cell of three grids, of 8,
16 and 32 px: how likely a face is there, its box relative to the cell, and five points.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core import paths
from core.onnx_session import open_cpu_session
from core.types import Box, Detection, Image

YUNET_FILE = "face_detection_yunet_n.onnx"

_STRIDES_PX = (8, 16, 32)
_MAX_OVERLAP = 0.3
"""Intersection over union beyond which of two boxes the less sure one goes."""

_EYES_AND_MOUTH_PX = np.array([59.4 + 58.4j, 137.5 + 57.7j, 98.5 + 134.8j])
"""Where YuNet sees the right eye, the left eye and the middle of the mouth in a chip of 200 px as
`core.faces.alignment` cuts it by BlazeFace's landmarks: x + y j."""

_EYES_AND_MOUTH = _EYES_AND_MOUTH_PX - _EYES_AND_MOUTH_PX.mean()
"""The same from their middle on."""

_RIGHT_EYE, _LEFT_EYE, _NOSE_TIP, *_MOUTH_CORNERS = np.eye(5)
_MOUTH = np.mean(_MOUTH_CORNERS, axis=0)
_FITTED = np.stack([_RIGHT_EYE, _LEFT_EYE, _MOUTH], axis=1)
_MIDDLE = _FITTED.mean(axis=1)
"""What makes these of YuNet's five points."""

_FROM_MIDDLE = _FITTED - _MIDDLE[:, None]

_NEAREST = np.stack([_RIGHT_EYE, _LEFT_EYE, _NOSE_TIP, _MOUTH, _MIDDLE, _MIDDLE], axis=1)
"""What makes the points from which BlazeFace's six are looked for; YuNet has none for the ears."""

_TO_BLAZE_FACE = np.array(
    [
        *(2.4 + 2.3j, 2.0 + 3.7j, 1.9 + 3.9j, 1.7 + 9.5j),
        *(np.array([19.6 + 75.7j, 181.0 + 77.5j]) - _EYES_AND_MOUTH_PX.mean()),
    ]
)
"""From these to BlazeFace's, in the same chip."""

_BOX_SIDE = 0.87
_BOX_DROP = 0.07
"""Side of BlazeFace's square box, and how far below YuNet's its centre lies, in heights of YuNet's.

All of these are medians over pasted UTKFace chips: `python -m training fit-yunet`. With them, chips
differ from those of BlazeFace's landmarks by 3.6 degrees, 5.1 % and 3 px of 200 (299 faces)."""


@dataclass(frozen=True, slots=True, eq=False)
class RawFaces:
    """What the network says, before it is made `Detection`s: N faces, the surest first.

    Attributes:
        boxes: shape (N, 4), px: left, top, right, bottom.
        scores: shape (N,), 0-1.
        points: shape (N, 5, 2), px: right eye, left eye, nose tip, right and left corner of the
            mouth. Right and left are the person's own.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    points: NDArray[np.float32]


_NO_FACES = (
    np.empty((0, 4), np.float32),
    np.empty(0, np.float32),
    np.empty((0, 5, 2), np.float32),
)


class YuNet:
    """The detector. Several threads may use it at once.

    Args:
        min_score: faces of lower confidence are not reported, 0-1.
        thread_count: at most, for one picture.

    Raises:
        ModelError: if its file is missing or broken.
    """

    def __init__(self, min_score: float, thread_count: int = 1) -> None:
        self._min_score = min_score
        self._session = open_cpu_session(paths.face_detector_dir() / YUNET_FILE, thread_count)
        self._names = [output.name for output in self._session.get_outputs()]

    def find(self, image: Image) -> list[Detection]:
        """The faces of a picture at its own size, the surest first, in px of it.

        Boxes and landmarks are made those that BlazeFace would give. The nearer a face is to 20
        to 200 px, the better it is found: large pictures are reduced before, small ones enlarged.
        """
        raw = self.find_raw(image)
        landmarks = as_blaze_face(raw.points)
        return [
            Detection(_square(Box(*box)), score, points)
            for box, score, points in zip(
                raw.boxes.tolist(), raw.scores.tolist(), landmarks, strict=True
            )
        ]

    def find_raw(self, image: Image) -> RawFaces:
        """The same as the network puts it."""
        return decode(self.run(image), _grid_px(image), self._min_score)

    def run(self, image: Image) -> Mapping[str, NDArray[np.float32]]:
        """The bare network's outputs for a picture, by name."""
        outputs = self._session.run(self._names, {"input": _blob(image)})
        return dict(zip(self._names, outputs, strict=True))


def decode(
    outputs: Mapping[str, NDArray[np.float32]], size_px: tuple[int, int], min_score: float
) -> RawFaces:
    """The faces in the network's outputs, of which no two overlap by much.

    Args:
        outputs: by name, `cls_8` to `kps_32`, each of shape (1, cells, values).
        size_px: height and width of the network's input, multiples of 32.
    """
    levels = [_decode_level(outputs, size_px, stride, min_score) for stride in _STRIDES_PX]
    boxes, scores, points = map(np.concatenate, zip(*levels, strict=True))
    if not len(scores):
        return RawFaces(boxes, scores, points)
    left, top, right, bottom = boxes.T
    corner_and_size = np.stack([left, top, right - left, bottom - top], axis=1)
    kept = cv2.dnn.NMSBoxes(corner_and_size.tolist(), scores.tolist(), min_score, _MAX_OVERLAP)
    order = np.asarray(kept, np.int64)
    return RawFaces(boxes[order], scores[order], points[order])


def _decode_level(
    outputs: Mapping[str, NDArray[np.float32]],
    size_px: tuple[int, int],
    stride: int,
    min_score: float,
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Boxes, scores and points of the cells of one grid that reach `min_score`."""
    squares = (outputs[f"cls_{stride}"] * outputs[f"obj_{stride}"]).ravel()
    cells = (squares >= min_score**2).nonzero()[0]
    if not len(cells):
        return _NO_FACES
    place, points = (outputs[f"{name}_{stride}"][0, cells] for name in ("bbox", "kps"))
    rows, columns = np.divmod(cells, size_px[1] // stride)
    corners = np.stack([columns, rows], axis=1).astype(np.float32)
    centres = (corners + place[:, :2]) * stride
    halves = np.exp(place[:, 2:]) * (stride / 2)
    boxes = np.concatenate([centres - halves, centres + halves], axis=1)
    points = (points.reshape(-1, 5, 2) + corners[:, None]) * stride
    return boxes, np.sqrt(squares[cells]), points


def _blob(image: Image) -> NDArray[np.float32]:
    """The picture as the network takes it: BGR, 0-255, black beyond it up to multiples of 32."""
    height, width = image.shape[:2]
    blob = np.zeros((1, 3, *_grid_px(image)), np.float32)
    for plane, colour in zip(blob[0], reversed(cv2.split(image)), strict=True):
        plane[:height, :width] = colour
    return blob


def _grid_px(image: Image) -> tuple[int, int]:
    """Height and width of a picture, up to multiples of 32."""
    height, width = image.shape[:2]
    return -(-height // 32) * 32, -(-width // 32) * 32


def as_blaze_face(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """YuNet's five points as the six landmarks of a `Detection`, where BlazeFace has them.

    Each moves by what parts the two detectors on the median face, turned and scaled with the face:
    in the complex plane, turning and scaling is a multiplication (see `fit_similarity`). Matrices
    are multiplied as real ones: the installed app has no BLAS for complex numbers.

    Args:
        points: shape (N, 5, 2).

    Returns:
        Shape (N, 6, 2).
    """
    seen = points.astype(np.float64).transpose(0, 2, 1)
    apart = _complex(seen @ _FROM_MIDDLE)
    spread = np.maximum((np.abs(apart) ** 2).sum(axis=1), 1e-6)
    to_chip = (np.conj(apart) * _EYES_AND_MOUTH).sum(axis=1) / spread
    to_chip[np.abs(to_chip) < 1e-6] = 1  # all points in one place: nothing to turn by
    landmarks = _complex(seen @ _NEAREST) + _TO_BLAZE_FACE / to_chip[:, None]
    places: NDArray[np.float64] = landmarks.view(np.float64).reshape(-1, 6, 2)
    return places.astype(np.float32)


def _complex(places: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Points as numbers x + y j: shape (N, 2, K) to (N, K)."""
    return places[:, 0] + 1j * places[:, 1]


def _square(box: Box) -> Box:
    """YuNet's box, which is as high and wide as the face, as the square that BlazeFace gives."""
    x, y = box.centre
    y += _BOX_DROP * box.height
    half = _BOX_SIDE * box.height / 2
    return Box(x - half, y - half, x + half, y + half)
