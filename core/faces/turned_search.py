"""Finds the faces of photos that lie on their side or stand upside down, too."""

from collections.abc import Iterable
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Box, Detection, Image

_TURNS = {
    1: cv2.ROTATE_90_COUNTERCLOCKWISE,
    3: cv2.ROTATE_90_CLOCKWISE,
    2: cv2.ROTATE_180,
}
"""Quarter turns to the left, in the order in which they are tried, and OpenCV's names of them."""

_SURE_SCORE = 0.8
"""Mean of both detectors: an upside-down face is seen as one that stands upright with 0.73, and
one that YuNet alone sees has less than 0.75."""


class UprightSearch(Protocol):
    """What finds the upright faces of a photo: see core/faces/photo_search.py."""

    def detect_photo(self, image: Image) -> tuple[Detection, ...]: ...


class TurnedSearch:
    """Finds the faces of photos like the search that it uses, however the photo lies.

    Where no face surely stands upright, the photo is turned, and the turn that shows most of
    them is believed if it shows one surely: scans and old cameras leave photos on their side
    without saying so. Landmarks keep the face's own turn, so that it is aligned upright.

    Args:
        search: looks at whole photos.
    """

    def __init__(self, search: UprightSearch) -> None:
        self._search = search

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        """The faces of a photo, in its px, from left to right."""
        found = self._search.detect_photo(image)
        if _is_surely_upright(found):
            return found
        height, width = image.shape[:2]
        best, best_score, best_turns = found, _upright_score(found), 0
        for quarter_turns, code in _TURNS.items():
            turned = self._search.detect_photo(np.asarray(cv2.rotate(image, code), np.uint8))
            if _is_surely_upright(turned) and _upright_score(turned) > best_score:
                best, best_score, best_turns = turned, _upright_score(turned), quarter_turns
        return _from_left([_turned_back(face, best_turns, width, height) for face in best])


def _is_surely_upright(faces: Iterable[Detection]) -> bool:
    return any(_is_upright(face) and face.score >= _SURE_SCORE for face in faces)


def _upright_score(faces: Iterable[Detection]) -> float:
    """How much a picture looks as if it were the right way up: more upright faces, and surer."""
    return sum(face.score for face in faces if _is_upright(face))


def _is_upright(face: Detection) -> bool:
    """Whether the mouth lies below the eyes rather than beside or above them."""
    right_eye, left_eye, _, mouth = face.landmarks[:4]
    across, down = mouth - (right_eye + left_eye) / 2
    return bool(down > abs(across))


def _turned_back(face: Detection, quarter_turns: int, width_px: int, height_px: int) -> Detection:
    """A face found in the image turned to the left, in px of the image itself.

    Args:
        width_px: of the image itself.
        height_px: likewise.
    """
    box = face.box
    corners = np.array([[box.left, box.top], [box.right, box.bottom]], np.float32)
    first, second = _points_back(corners, quarter_turns, width_px, height_px).tolist()
    (left, right), (top, bottom) = sorted((first[0], second[0])), sorted((first[1], second[1]))
    landmarks = _points_back(face.landmarks, quarter_turns, width_px, height_px)
    return Detection(Box(left, top, right, bottom), face.score, landmarks)


def _points_back(
    points: NDArray[np.float32], quarter_turns: int, width_px: int, height_px: int
) -> NDArray[np.float32]:
    """Points (N, 2) of the image turned to the left as points of the image itself."""
    x, y = points[:, 0], points[:, 1]
    back = {
        0: (x, y),
        1: (width_px - y, x),
        2: (width_px - x, height_px - y),
        3: (y, height_px - x),
    }[quarter_turns]
    return np.stack(back, axis=1).astype(np.float32)


def _from_left(faces: list[Detection]) -> tuple[Detection, ...]:
    return tuple(sorted(faces, key=lambda face: face.box.left))
