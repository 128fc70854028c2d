"""Looks harder for the faces of a photo: turned photos, and small faces in large groups."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.faces.overlap import intersection_over_smaller, suppress_overlaps
from core.types import Box, Detection, Image

TILE_PX = 640
"""Full-range finds faces from about a twentieth of a picture on: here, from 30 px."""

TILE_OVERLAP_PX = 160
"""A face up to this size lies whole in some tile."""

_TURNS = {
    1: cv2.ROTATE_90_COUNTERCLOCKWISE,
    3: cv2.ROTATE_90_CLOCKWISE,
    2: cv2.ROTATE_180,
}
"""Quarter turns to the left, in the order in which they are tried, and OpenCV's names of them."""

_SURE_SCORE = 0.75
"""Below this, an upside-down face can pass for a false one that stands upright."""

_MAX_OVERLAP = 0.5
_EDGE_PX = 2.0


class PhotoSearch(Protocol):
    """What finds the faces of a photo: see core/faces/detector.py."""

    def detect_photo(self, image: Image) -> tuple[Detection, ...]: ...

    def close(self) -> None: ...


class ThoroughSearch:
    """Finds the faces of photos like the detector that it uses, and more of them.

    Where no face surely stands upright, the photo is turned, and the turn that shows most of
    them is believed: scans and old cameras leave photos on their side without saying so.
    Landmarks keep the face's own turn, so that it is aligned upright.

    Args:
        detector: looks at whole photos; closed with this.
        tile_detector: looks for small faces in tiles of the photo, closed with this; None to
            leave them alone.
    """

    def __init__(self, detector: PhotoSearch, tile_detector: PhotoSearch | None = None) -> None:
        self._detector = detector
        self._tile_detector = tile_detector

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        """The faces of a photo, in its px, from left to right."""
        found = self._search(image)
        if any(_is_upright(face) and face.score >= _SURE_SCORE for face in found):
            return found
        height, width = image.shape[:2]
        best, best_score, best_turns = found, _upright_score(found), 0
        for quarter_turns, code in _TURNS.items():
            turned = self._search(np.asarray(cv2.rotate(image, code), np.uint8))
            if _upright_score(turned) > best_score:
                best, best_score, best_turns = turned, _upright_score(turned), quarter_turns
        return _from_left([_turned_back(face, best_turns, width, height) for face in best])

    def close(self) -> None:
        """Release the detectors."""
        self._detector.close()
        if self._tile_detector is not None:
            self._tile_detector.close()

    def _search(self, image: Image) -> tuple[Detection, ...]:
        found = self._detector.detect_photo(image)
        if self._tile_detector is None or max(image.shape[:2]) <= TILE_PX:
            return found
        in_tiles = _search_tiles(image, self._tile_detector)
        kept = suppress_overlaps([*found, *in_tiles], _MAX_OVERLAP, intersection_over_smaller)
        return _from_left(kept)


def _upright_score(faces: Iterable[Detection]) -> float:
    """How much a picture looks as if it were the right way up: more upright faces, and surer."""
    return sum(face.score for face in faces if _is_upright(face))


def _is_upright(face: Detection) -> bool:
    """Whether the mouth lies below the eyes rather than beside or above them."""
    right_eye, left_eye, _, mouth = face.landmarks[:4]
    across, down = mouth - (right_eye + left_eye) / 2
    return bool(down > abs(across))


def _search_tiles(image: Image, detector: PhotoSearch) -> Iterator[Detection]:
    """The faces that lie whole within a tile."""
    height, width = image.shape[:2]
    for left, top in product(_tile_starts(width), _tile_starts(height)):
        tile = np.ascontiguousarray(image[top : top + TILE_PX, left : left + TILE_PX])
        for face in detector.detect_photo(tile):
            moved = Detection(
                face.box.moved(left, top),
                face.score,
                face.landmarks + np.array([left, top], np.float32),
            )
            bounds = Box(left, top, left + tile.shape[1], top + tile.shape[0])
            if not _is_cut(moved.box, bounds, width, height):
                yield moved


def _tile_starts(length_px: int) -> list[int]:
    """Where tiles begin along a side, spread evenly, overlapping by `TILE_OVERLAP_PX` or more."""
    last = length_px - TILE_PX
    if last <= 0:
        return [0]
    count = -(-last // (TILE_PX - TILE_OVERLAP_PX)) + 1
    return [round(index * last / (count - 1)) for index in range(count)]


def _is_cut(box: Box, tile: Box, width_px: int, height_px: int) -> bool:
    """Whether a face reaches over an edge of its tile that is no edge of the photo."""
    return (
        (box.left < tile.left + _EDGE_PX and tile.left > 0)
        or (box.top < tile.top + _EDGE_PX and tile.top > 0)
        or (box.right > tile.right - _EDGE_PX and tile.right < width_px)
        or (box.bottom > tile.bottom - _EDGE_PX and tile.bottom < height_px)
    )


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
