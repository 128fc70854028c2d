"""Finds the faces of photos that lie on their side or stand upside down, too."""

from collections.abc import Iterable
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.faces.overlap import intersection_over_smaller, suppress_overlaps
from core.faces.photo_judge import CLEARLY_UPRIGHT_SCORE
from core.faces.second_look import is_upright
from core.types import Box, Detection, Image

_TURNS = {
    1: cv2.ROTATE_90_COUNTERCLOCKWISE,
    3: cv2.ROTATE_90_CLOCKWISE,
    2: cv2.ROTATE_180,
}
"""Quarter turns to the left, in the order in which they are tried, and OpenCV's names of them."""


_MAX_OVERLAP = 0.5
"""Share of the smaller box from which on two faces of different turns are one."""


class UprightSearch(Protocol):
    """What finds the upright faces of a photo: see core/faces/photo_search.py."""

    def detect_photo(self, image: Image) -> tuple[Detection, ...]: ...


class TurnedSearch:
    """Finds the faces of photos like the search that it uses, however the photo lies.

    Where no face surely stands upright, the photo is turned, and the turn that shows most of
    them is believed if it shows one surely: scans and old cameras leave photos on their side
    without saying so. A thorough search looks at every turn, and takes what surely stands
    upright there. Landmarks keep the face's own turn, so that it is aligned upright.

    Args:
        search: looks at whole photos.
        beside: finds what lies or stands upside down beside upright faces; None to leave it out.
    """

    def __init__(self, search: UprightSearch, *, beside: UprightSearch | None = None) -> None:
        self._search = search
        self._beside = beside

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        """The faces of a photo, in its px, from left to right."""
        found = self._search.detect_photo(image)
        is_upright_photo = _is_surely_upright(found)
        search = self._beside if is_upright_photo else self._search
        if search is None:
            return found
        height, width = image.shape[:2]
        best, best_score = found, _upright_score(found)
        sure: list[Detection] = []
        for quarter_turns, code in _TURNS.items():
            turned = search.detect_photo(np.asarray(cv2.rotate(image, code), np.uint8))
            upright = [face for face in turned if _is_surely_upright([face])]
            sure += [_turned_back(face, quarter_turns, width, height) for face in upright]
            if upright and not is_upright_photo and _upright_score(turned) > best_score:
                best_score = _upright_score(turned)
                best = tuple(_turned_back(face, quarter_turns, width, height) for face in turned)
        return _from_left(_merged(best, sure) if self._beside else best)


def _merged(faces: Iterable[Detection], others: Iterable[Detection]) -> list[Detection]:
    """All of both; one that is among both counts where it is surest."""
    return suppress_overlaps([*faces, *others], _MAX_OVERLAP, intersection_over_smaller)


def _is_surely_upright(faces: Iterable[Detection]) -> bool:
    return any(is_upright(face) and face.score >= CLEARLY_UPRIGHT_SCORE for face in faces)


def _upright_score(faces: Iterable[Detection]) -> float:
    """How much a picture looks as if it were the right way up: more upright faces, and surer."""
    return sum(face.score for face in faces if is_upright(face))


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


def _from_left(faces: Iterable[Detection]) -> tuple[Detection, ...]:
    return tuple(sorted(faces, key=lambda face: face.box.left))
